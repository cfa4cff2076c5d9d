"""What was settled by the candidate's own word, in the commands that look back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from player import CTRL_D, ENTER, Player
from samples import BLUE

from interviewer.session import disputes, graded_answers
from interviewer.session.events import SELF, Appealed, Settled
from interviewer.session.log_file import LogFile, read_log

Call = Callable[..., Any]


@pytest.fixture
def log(tiny_run: Call, answers: Path, call: Call) -> Path:
    """A session whose first answer is self-graded as a full one, and whose second is appealed."""
    path: Path = tiny_run("--answers", answers)[1]
    opened, read = LogFile.reopen(path)
    found = graded_answers.answer_of(read.session, 1)
    place = {"seq": read.session.last_seq + 1, "at": read.session.last_at}
    with opened:
        both = {"scatter": "met", "wavelength": "met"}
        opened.append(Settled.model_validate({**place, **disputes.self_graded(found, both)}))  # type: ignore[arg-type]
    assert call("appeal", path, 2, "--reason", "x").code == 0
    return path


def test_list_progress_and_report_count_it_apart(call: Call, log: Path) -> None:
    apart = "ith what was settled 2 cold, 1 of them by your own word"
    state = "1 appeal open, 0 settled; 1 answer self-graded"
    for _ in range(2):  # from the log, then from the index
        listed = call("list").out
        assert f"; w{apart}; {state}" in listed
        assert " 1 of  3 cold" in listed  # as graded
        shown = call("progress").out
        assert f"W{apart}. {state}." in " ".join(shown.split())
        assert "Answered cold when asked last: 1 of 3" in shown
    data = json.loads(call("progress", "--json").out)
    assert data["settled"] == {"settled": 1, "cold": 2, "own": 1, "others": 0}
    assert data["disputes"] == {"open": 1, "settled": 0, "self_graded": 1}
    page = call("progress", "--html", "-").out
    assert f"W{apart}. {state}." in page
    shown = " ".join(call("report", log).out.split())
    assert f"W{apart}." in shown
    assert f"{state}." in shown
    md = log.with_suffix(".md").read_text("utf-8")
    assert f"W{apart}.\n\n{state}.\n" in md
    assert "- **Question 1 self-graded: scatter met, wavelength met; score 1.00, answered**" in md
    assert json.loads(call("report", log, "--json").out)["totals"]["settled"]["own"] == 1
    assert "Question 1 self-graded: “Air scatters sunlight” met" in call("replay", log).out
    assert call("replay", log, "--strict").code == 0


def test_a_self_graded_verdict_can_be_kept_as_gold(call: Call, log: Path) -> None:
    ran = call("gold", "add", "latest", 1, "--rater", SELF, "--accept-others")
    assert ran.code == 0, ran.err
    (row,) = [json.loads(line) for line in Path("gold.jsonl").read_text("utf-8").splitlines()]
    assert row["verdicts"] == {"scatter": "met", "wavelength": "met"}
    assert (row["rater"], row["score"]) == (SELF, 1.0)
    settled = [e for e in read_log(log).events if isinstance(e, Settled)]
    assert [(e.rater, e.gold) for e in settled] == [(SELF, ""), (SELF, row["id"])]
    assert "1 answer self-graded" in call("list").out
    call("gold", "add", 1, 1, "--rater", "Ann", "--accept-others", "--gold", "other.jsonl")
    assert "self-graded" not in call("list").out


def test_grading_oneself_needs_a_keyboard(call: Call, tiny_folder: Path, answers: Path) -> None:
    run = ("run", "--bank", tiny_folder, "--grader", "overlap", "--self")
    for args in (("--answers", answers), ()):
        ran = call(*run, *args, stdin=BLUE)
        assert (ran.code, "needs somebody at the keyboard" in ran.err) == (2, True)
    both = call(*run, "--silent")
    assert (both.code, "do not go together" in both.err) == (2, True)
    assert not list(Path().glob("transcripts/*"))


def test_a_self_graded_session_is_gone_on_with_at_a_keyboard(
    sit: Callable[..., Player], call: Call, answers: Path
) -> None:
    at = sit("run", "--self", "--questions", 2, "--probes", 0).wait("Question 1 of 1").prompt()
    at.press(CTRL_D).wait("Paused.")
    assert at.leave() == 0
    before = at.log.read_bytes()
    ran = call("resume", "--answers", answers)
    assert (ran.code, "needs somebody at the keyboard" in ran.err) == (2, True)
    assert at.log.read_bytes() == before
    again = sit("resume", "latest").wait("Why does ice float").prompt()
    again.press("cold", ENTER).wait("how much of it did you say?", "[h] half of it").press("n")
    again.wait("last question")
    assert again.leave() == 0
    assert "; self-graded" not in call("list").out
    assert "1 answer self-graded" in call("list").out


def test_a_file_of_answers_may_dispute(tiny_run: Call, call: Call) -> None:
    _, path = tiny_run("--questions", "1", stdin="/dispute\n\nthe sky is big\n\n/dispute\n")
    assert not [e for e in read_log(path).events if isinstance(e, Appealed)]  # it has ended
    ran, path = tiny_run(
        "--questions", "1,2", stdin="the sky is big\n\n/dispute\n\nIce is light.\n"
    )  # fmt: skip
    (appeal,) = [e for e in read_log(path).events if isinstance(e, Appealed)]
    assert (appeal.question, appeal.reason) == (1, "disputed in the interview")
    assert "It is on record as an appeal." in ran.out
    assert read_log(path).session.closed is not None
    assert "1 appeal open, 0 settled" in call("list").out
