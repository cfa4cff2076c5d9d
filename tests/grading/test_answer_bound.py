"""An answer without an end: a bounded part is read, all of it is kept, and both are said."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fakes import ScriptedGrader
from hypothesis import given
from hypothesis import strategies as st
from samples import BLUE, PYTHON, question, said, write_answers

from interviewer.bank.questions import Bank
from interviewer.grading.answer_bound import MOST_READ, BoundedGrader, note_on, read_part
from interviewer.grading.grader import GradeRequest
from interviewer.session.log_file import read_log
from interviewer.specs import graders
from interviewer.specs.plain_specs import GRADERS


@given(st.integers(-3, 3) | st.integers(-MOST_READ, 10 * MOST_READ))
def test_no_grader_sees_more(beyond: int) -> None:
    answer = "word " * ((MOST_READ + beyond) // 5 + 1)
    answer = answer[: MOST_READ + beyond]
    inner = ScriptedGrader({})
    grade = BoundedGrader(inner).grade(GradeRequest(question(), answer, "Why?"))
    (request,) = inner.requests
    assert request.answer == answer[:MOST_READ] == read_part(answer)
    assert (request.question, request.asked) == (question(), "Why?")
    assert grade.notes == ((note_on(answer),) if beyond > 0 else ())
    assert (f"{len(answer):,} characters" in note_on(answer)) is (beyond > 0)


@pytest.mark.parametrize("spec", sorted(GRADERS))
def test_every_grader_is_bounded(tiny: Bank, spec: str) -> None:
    grader = graders.make_grader(spec, tiny)
    assert grader.identity.spec == spec
    asked = tiny.question(1)
    found = grader.grade(GradeRequest(asked, "x" * 2 * MOST_READ, asked.prompt))
    assert found.notes[0] == "Only the first 20,000 of 40,000 characters were read."


def test_a_megabyte_is_graded_in_little_time(home: dict[str, str], tmp_path: Path) -> None:
    """Processor time, since the machine has other things to do; it was 80 s before the bound."""
    text = "the model embeds word order lost because a bag sums vectors of tokens "
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [PYTHON, "-m", "interviewer", "grade", "1", "-"],
        input=(text * 16_000)[:1_000_000].encode(),
        capture_output=True, cwd=tmp_path, env=home, timeout=100, check=False,
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0
    assert "Only the first 20,000 of 1,000,000" in " ".join(done.stdout.decode().split())
    assert after.ru_utime - before.ru_utime < 10


def test_what_was_said_is_kept_whole_and_shown_in_part(
    tiny_run: Callable[..., Any], tmp_path: Path, call: Callable[..., Any]
) -> None:
    long = BLUE + " " + "x" * 3_000_000
    answers = write_answers(tmp_path / "a.jsonl", [{"question": 1, "answer": long}])
    ran, log = tiny_run("--answers", answers, "--probes", 0)
    assert ran.code == 0
    assert said(log) == [long]
    assert read_log(log).session.records[0].cold > 0.9
    assert "… (3,000,081 characters in all)" in " ".join(ran.out.split())
    assert len(ran.out) < 10_000
    note = "Only the first 20,000 of 3,000,081 characters were read"
    assert note in log.with_suffix(".md").read_text("utf-8")
    assert long.split()[-1] in log.with_suffix(".md").read_text("utf-8")
    shown = call("replay", log)
    assert "… (3,000,081 characters in all)" in " ".join(shown.out.split())
    assert len(shown.out) < 60_000
