"""What the program itself does not use is not kept: a test alone is no reason."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping

from house_parts import MODULES, name_of

Sources = Mapping[str, str]
"""The source of each module by its name."""

OUTSIDE = {
    "interviewer.common.libraries.TALKATIVE": "test_network.py holds every import to it",
    "interviewer.cli.schemas.files": "docs/make_schemas.py writes the schemas",
}


def tops(tree: ast.Module) -> Iterator[tuple[str, list[ast.expr]]]:
    """What a module defines, with its decorators."""
    for node in tree.body:
        match node:
            case ast.FunctionDef() | ast.ClassDef():
                yield node.name, node.decorator_list
            case ast.Assign(targets=targets):
                yield from ((t.id, []) for t in targets if isinstance(t, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name, []


def is_command(decorators: Iterable[ast.expr]) -> bool:
    """Click calls it, by the name that it is typed by."""
    words = {"command", "group"}
    called = [d.func for d in decorators if isinstance(d, ast.Call)]
    return any(isinstance(f, ast.Attribute) and f.attr in words for f in called)


def uses(module: str, tree: ast.Module, modules: Iterable[str]) -> Iterator[str]:
    """Every name that a module reads, by the module that defines it."""
    other = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full
                if full in modules:
                    other[alias.asname or alias.name] = full
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=attr) if name in other:
                yield f"{other[name]}.{attr}"
            case ast.Name(id=name, ctx=ast.Load()):
                yield f"{module}.{name}"


def unused(sources: Sources) -> set[str]:
    """What some module defines and none reads, unless it is a command."""
    trees = {name: ast.parse(source) for name, source in sources.items()}
    read = {use for name, tree in trees.items() for use in uses(name, tree, trees)}
    defined = {
        f"{module}.{name}"
        for module, tree in trees.items()
        for name, decorators in tops(tree)
        if not is_command(decorators) and not name.startswith("__")
    }
    return defined - read


def test_every_function_class_and_constant_is_used() -> None:
    assert unused({name_of(p): p.read_text("utf-8") for p in MODULES}) <= OUTSIDE.keys()


def test_the_walk_sees_what_is_not_used() -> None:
    sources = {
        "p.a": "from p import b\nX = b.used()\ndef f(): return X\nY: int = 1\nclass C: pass\n",
        "p.b": "def used(): pass\n@click.command()\ndef typed(): pass\ndef dead(): used()\n",
    }
    assert unused(sources) == {"p.a.f", "p.a.Y", "p.a.C", "p.b.dead"}
