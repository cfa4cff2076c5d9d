"""`interviewer check --behaviour` as a program."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran

from interviewer.check.behaviour import FAMILIES

Call = Callable[..., Ran]


def test_a_table_with_a_line_for_each_family(call: Call, tiny_folder: Path) -> None:
    ran = call("check", "--behaviour", "--bank", tiny_folder, "--grader", "overlap", "--limit", 4)
    assert ran.code == 0, ran.err
    for family in FAMILIES:
        assert family in ran.out
    assert "should" in ran.out


def test_json_holds_what_failed(call: Call, tiny_folder: Path) -> None:
    ran = call(
        "check", "--behaviour", "--bank", tiny_folder, "--grader", "overlap", "--grader", "cosine",
        "--json",
    )  # fmt: skip
    overlap, cosine = json.loads(ran.out)
    assert (overlap["grader"], cosine["grader"]) == ("overlap", "cosine")
    shuffled = next(f for f in overlap["families"] if f["family"] == "shuffled")
    assert shuffled["all"]["share"] == 0.0
    assert shuffled["failures"][0]["due"] == "nothing"


def test_a_requirement_that_is_missed_exits_with_3(call: Call, tiny_folder: Path) -> None:
    args = ("check", "--behaviour", "--bank", tiny_folder, "--grader", "overlap", "--require")
    missed = call(*args, "shuffled>=0.9,decision>=0.9")
    assert missed.code == 3
    assert "shuffled is 0.000, not 0.9" in missed.err
    assert "decision" not in missed.err
    assert call(*args, "decision>=1").code == 0


@pytest.mark.parametrize(
    "more",
    [
        ("--require", "kappa>=0.9"),
        ("--require", "frames>=high"),
        ("--require", "frames<=0.9"),
        ("--gold", "gold"),
    ],
)
def test_what_does_not_go_with_it_is_said(
    call: Call, tiny_folder: Path, more: tuple[str, str]
) -> None:
    ran = call("check", "--behaviour", "--bank", tiny_folder, "--grader", "overlap", *more)
    assert ran.code == 2
    assert "Traceback" not in ran.err
