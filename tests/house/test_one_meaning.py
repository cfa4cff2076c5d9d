"""A name of a type means one thing in the whole package, hidden or not."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping

from house_parts import MODULES, name_of


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


def twice(sources: Mapping[str, str]) -> dict[str, list[str]]:
    """The names that two modules define, with the modules."""
    found: dict[str, set[str]] = defaultdict(set)
    for module, source in sources.items():
        for name in types_of(ast.parse(source)):
            found[name].add(module)
    return {name: sorted(where) for name, where in found.items() if len(where) > 1}


def test_no_name_of_a_type_has_two_meanings() -> None:
    assert twice({name_of(p): p.read_text("utf-8") for p in MODULES}) == {}


def test_the_walk_sees_a_name_that_stands_twice() -> None:
    found = twice(
        {"a": "class Run: pass\nT = TypeVar('T')\nPairs = tuple[int, ...]", "b": "class _Run: pass",
         "c": "_Pairs = list[int]\nT = TypeVar('T')\nTOP = 1"}
    )  # fmt: skip
    assert found == {"Run": ["a", "b"], "Pairs": ["a", "c"]}
