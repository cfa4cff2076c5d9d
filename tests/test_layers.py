"""The layer rule of the design page, read from the source with `ast`."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import interviewer

ROOT = Path(interviewer.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))

# Each layer may import itself and the ones it names. `version` is the package's own __init__.
BELOW: dict[str, set[str]] = {
    "version": set(),
    "errors": set(),
    "domain": {"errors"},
    "core": {"domain", "errors"},
    "ports": {"core", "domain", "errors"},
    "grading": {"ports", "core", "domain", "errors", "version"},
    "flows": {"ports", "core", "domain", "errors", "version"},
    "adapters": {"ports", "core", "domain", "errors", "version"},
    "testing": {"ports", "core", "domain", "errors"},
    "wiring_models": {"adapters", "ports", "core", "domain", "errors", "version"},
    "wiring_judges": {
        *("wiring", "wiring_models", "grading", "adapters", "ports", "core", "domain", "errors"),
    },
    "wiring": {
        "wiring_judges",
        "wiring_models",
        "grading",
        "flows",
        "adapters",
        "ports",
        "core",
        "domain",
        "errors",
        "version",
    },
    "cli": {
        *(
            "wiring_judges",
            "wiring_models",
            "wiring",
            "grading",
            "flows",
            "adapters",
            "ports",
            "core",
            "domain",
            "errors",
        ),
        "version",
    },
    "__main__": {"cli"},
}
NOT_PURE = {
    *("io", "logging", "os", "pathlib", "random", "secrets", "shutil", "socket"),
    *("subprocess", "sys", "tempfile", "threading", "time", "urllib"),
}


def layer_of(module: str) -> str:
    """ "interviewer.core.steps" is in "core"; "interviewer" itself is "version"."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "version"


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
            if node.module == "interviewer":  # `from interviewer import wiring`
                for alias in node.names:
                    if (ROOT / alias.name).is_dir() or (ROOT / f"{alias.name}.py").exists():
                        yield node.lineno, f"interviewer.{alias.name}"


def arrows_up(module: str, source: str) -> list[str]:
    """The imports of a module that its layer does not allow."""
    layer = layer_of(module)
    allowed = {layer, *BELOW[layer]}
    found = []
    for line, name in imports_in(ast.parse(source)):
        if name.split(".")[0] != "interviewer":
            continue
        if name == "interviewer" and source.count("from interviewer import __version__") == 0:
            continue  # its submodules are judged one by one
        if layer_of(name) not in allowed:
            found.append(f"{module}:{line} ({layer}) imports {name} ({layer_of(name)})")
    return found


def test_there_is_something_to_walk() -> None:
    assert {layer_of(name_of(p)) for p in MODULES} <= set(BELOW), "a module outside every layer"
    assert {"domain", "core", "ports", "flows", "adapters", "grading", "wiring", "cli"} <= {
        layer_of(name_of(p)) for p in MODULES
    }


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_arrow_points_up(path: Path) -> None:
    assert arrows_up(name_of(path), path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("interviewer.domain.bank", "from interviewer.core import plan"),
        ("interviewer.core.plan", "from interviewer.ports import Reply"),
        ("interviewer.core.plan", "def f():\n    import interviewer.adapters.system"),
        ("interviewer.flows.interview", "from interviewer.adapters import system"),
        ("interviewer.grading.first", "from interviewer.flows.lint import graded"),
        ("interviewer.adapters.console", "from interviewer import wiring"),
        ("interviewer.wiring", "from interviewer.cli import main"),
        ("interviewer.errors", "from interviewer.domain.bank import Bank"),
        ("interviewer.cli.run", "from interviewer.testing import MemoryLog"),
    ],
)
def test_the_walk_sees_an_arrow_that_points_up(module: str, source: str) -> None:
    assert len(arrows_up(module, source)) == 1


PURE = [p for p in MODULES if layer_of(name_of(p)) in ("domain", "core", "errors")]


@pytest.mark.parametrize("path", PURE, ids=name_of)
def test_domain_and_core_do_nothing_to_the_world(path: Path) -> None:
    layer = layer_of(name_of(path))
    roots = {name.split(".")[0] for _, name in imports_in(ast.parse(path.read_text("utf-8")))}
    assert not roots & NOT_PURE
    foreign = {r for r in roots if r not in sys.stdlib_module_names} - {"interviewer"}
    assert foreign <= ({"pydantic"} if layer == "domain" else {"pydantic", "numpy"})


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_and_functions_stay_small(path: Path) -> None:
    source = path.read_text("utf-8")
    assert len(source.splitlines()) <= 300, "split the module"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            lines = node.end_lineno - node.lineno + 1
            assert lines < 60, f"{node.name} has {lines} lines"
