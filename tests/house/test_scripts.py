"""What the scripts beside the package import of it is there: nothing else runs them before they are needed."""

from __future__ import annotations

import ast
import importlib

import pytest
from samples import ROOT

SCRIPTS = sorted(
    path.relative_to(ROOT)
    for folder in ("benchmarks", "docs", "training")
    for path in ROOT.joinpath(folder).glob("*.py")
)


@pytest.mark.parametrize("script", SCRIPTS, ids=str)
def test_what_a_script_takes_from_the_package_is_there(script):
    tree = ast.parse(ROOT.joinpath(script).read_text("utf-8"))
    taken = [
        (node.module, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("interviewer")
        for alias in node.names
    ]
    for module, name in taken:
        found = importlib.import_module(module)
        if not hasattr(found, name):
            importlib.import_module(f"{module}.{name}")
