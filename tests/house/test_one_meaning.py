"""A name of a type means one thing in the whole package, hidden or not, and so does one of a public
function that says by itself what it does."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from house_parts import MODULES, name_of

SAME_MEANING = {
    "open_bank": "the face does what the package does, and says what it refuses",
    "prompt_digest": "of whichever judge stands in the module, for the same use",
}
"""Functions of several modules that mean one thing, and why there are several."""


def types_of(tree: ast.Module) -> Iterator[str]:
    """Classes and aliases of types, without the underscore of what is private."""
    for node in tree.body:
        match node:
            case ast.ClassDef(name=name):
                yield name.lstrip("_")
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                bare = name.lstrip("_")
                variable = isinstance(value, ast.Call) and ast.unparse(value.func) == "TypeVar"
                if bare[:1].isupper() and not bare.isupper() and not variable:
                    yield bare


def functions_of(tree: ast.Module) -> Iterator[str]:
    """Public functions of two words and more.

    One of a single word, or a word with "of", is read with its module: `card_files.number_of`.
    """
    for node in tree.body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                if name[0] != "_" and len(set(name.split("_")) - {"of"}) > 1:
                    yield name


def twice(
    sources: Mapping[str, str], names: Callable[[ast.Module], Iterator[str]] = types_of
) -> dict[str, list[str]]:
    """The names that two modules define, with the modules."""
    found: dict[str, set[str]] = defaultdict(set)
    for module, source in sources.items():
        for name in names(ast.parse(source)):
            found[name].add(module)
    return {name: sorted(where) for name, where in found.items() if len(where) > 1}


def test_no_name_of_a_type_has_two_meanings() -> None:
    assert twice({name_of(p): p.read_text("utf-8") for p in MODULES}) == {}


def test_no_name_of_a_function_has_two_meanings() -> None:
    found = twice({name_of(p): p.read_text("utf-8") for p in MODULES}, functions_of)
    assert found.keys() - SAME_MEANING.keys() == set(), found
    assert SAME_MEANING.keys() <= found.keys(), "an exception that is none any more"


def test_the_walk_sees_a_function_that_stands_twice() -> None:
    source = "def in_utc(): ...\ndef cell(): ...\ndef rows_of(): ...\ndef _in_part(): ..."
    assert twice({"a": source, "b": source}, functions_of) == {"in_utc": ["a", "b"]}


def test_the_walk_sees_a_name_that_stands_twice() -> None:
    found = twice(
        {"a": "class Run: pass\nT = TypeVar('T')\nPairs = tuple[int, ...]", "b": "class _Run: pass",
         "c": "_Pairs = list[int]\nT = TypeVar('T')\nTOP = 1"}
    )  # fmt: skip
    assert found == {"Run": ["a", "b"], "Pairs": ["a", "c"]}
