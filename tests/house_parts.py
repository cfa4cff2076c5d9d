"""The source of the package, read with `ast`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import interviewer

ROOT = Path(interviewer.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))


def name_of(path: Path) -> str:
    parts = ["interviewer", *path.relative_to(ROOT).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every module imported, inside functions too, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: a relative import hides its layer"
            assert node.module is not None
            yield node.lineno, node.module
            folder = ROOT.parent.joinpath(*node.module.split("."))
            for alias in node.names:  # `from interviewer.specs import banks`
                if (folder / alias.name).is_dir() or (folder / f"{alias.name}.py").exists():
                    yield node.lineno, f"{node.module}.{alias.name}"
