"""A name that a docstring points to is there."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator

from house_parts import MODULES, name_of

# `messages.ChatModel`; a name with a capital first is a class that the docstring's own module knows.
DOTTED = re.compile(r"`([a-z_]\w*(?:\.\w+)+)`")


def names_in(tree: ast.Module) -> Iterator[str]:
    """What stands at the top of a module, what it imports included."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (alias.asname or alias.name for alias in node.names)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            yield from (n.id for n in ast.walk(node) if isinstance(n, ast.Name))


TREES = {name_of(path): ast.parse(path.read_text("utf-8")) for path in MODULES}
THINGS = {f"{module}.{name}" for module, tree in TREES.items() for name in names_in(tree)}


def docstrings(tree: ast.AST) -> Iterator[str]:
    """Those of modules, classes and functions, and those beneath a name that they explain."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            yield node.value.value


def leads_nowhere(name: str) -> bool:
    """Whether it is no module, and nothing in one, however few of the rooms around it are named.

    What stands within a class or another thing is not looked into; the standard library is let be.
    """
    parts = name.split(".")
    if parts[0] in sys.stdlib_module_names:
        return False
    begins = [f".{'.'.join(parts[:count])}" for count in range(2, len(parts) + 1)]
    is_module = any(f".{module}".endswith(f".{name}") for module in TREES)
    return not is_module and not any(t.endswith(b) for t in THINGS for b in begins)


def test_every_dotted_name_leads_somewhere() -> None:
    lost = [
        f"{module} names {name}"
        for module, tree in TREES.items()
        for text in docstrings(tree)
        for name in DOTTED.findall(text)
        if leads_nowhere(name)
    ]
    assert lost == []


def test_the_walk_sees_a_name_that_leads_nowhere() -> None:
    assert not leads_nowhere("messages.ChatModel")
    assert not leads_nowhere("manners.growing")
    assert not leads_nowhere("interviewer.api")
    assert leads_nowhere("ports.ChatModel")
    assert leads_nowhere("messages.Telegram")
    assert leads_nowhere("chat.growing")
    assert leads_nowhere("interviewer.api.nothing")
