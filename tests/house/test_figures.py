"""The figures in the texts are those of benchmarks/figures.json, and that file is not stale."""

from __future__ import annotations

import copy
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from samples import ROOT

from interviewer.specs import banks, graders

sys.path.insert(0, str(ROOT / "benchmarks"))

import figures

MEND = "python benchmarks/figures.py fill"


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(figures.FILE.read_text("utf-8"))
    return data


@pytest.mark.parametrize("path", figures.TEXTS, ids=lambda path: path.name)
def test_the_texts_say_what_the_file_says(path: Path, found: dict[str, Any]) -> None:
    text = path.read_text("utf-8")
    assert figures.fill(text, found) == text, MEND
    changed = copy.deepcopy(found)
    changed["measured"]["answers"] += 1
    changed["measured"]["graders"]["offline"]["metrics"]["qwk"] = 0.01
    assert figures.fill(text, changed) != text


def test_every_text_is_used(found: dict[str, Any]) -> None:
    text = "".join(path.read_text("utf-8") for path in figures.TEXTS)
    for name, made in figures.texts(found).items():
        assert f"<!-- figures: {name} -->\n{made}\n<!-- end -->" in text, MEND


def test_the_file_counts_what_is_there(found: dict[str, Any]) -> None:
    assert found["counted"] == figures.counted(), MEND


def test_what_was_measured_is_what_is_shipped(found: dict[str, Any]) -> None:
    assert found["measured"]["bank"] == banks.open_bank().digest, "make figures"
    for spec, measured in found["measured"]["graders"].items():
        assert measured["version"] == graders.grader_identity(spec).version, "make figures"
