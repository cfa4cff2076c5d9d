"""`interviewer appeal`, and `gold add` once a person has settled it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from player import ENTER, Player
from samples import ICE

from interviewer.agreement.gold_answers import GoldAnswer, gold_id
from interviewer.bank.questions import Bank
from interviewer.check.gold_append import append_gold
from interviewer.check.gold_files import load_gold
from interviewer.errors import GoldError
from interviewer.session.events import Appealed, Settled
from interviewer.session.log_file import read_log

Call = Callable[..., Any]
ADD = ("gold", "add")
HAND = ("--rater", "Ann", "--verdict", "scatter=met", "--verdict", "wavelength=partial")


@pytest.fixture
def log(tiny_run: Call, answers: Path) -> Path:
    """A finished session on the tiny bank, with its transcript."""
    found: Path = tiny_run("--answers", answers)[1]
    return found


def rows(path: Path = Path("gold.jsonl")) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def test_an_appeal_is_logged_and_shown(call: Call, log: Path) -> None:
    ran = call(
        "appeal", log, 1, "--criterion", "scatter", "--reason", " I *said* <b>so</b>\x1b[1m "
    )
    assert ran.code == 0
    assert "Appeal on question 1, scatter: logged." in ran.out
    last = read_log(log).events[-1]
    assert isinstance(last, Appealed)
    assert (last.reason, last.criterion) == ("I *said* <b>so</b>\x1b[1m", "scatter")
    md = log.with_suffix(".md").read_text("utf-8")
    assert "- **Appeal on question 1, scatter**: I \\*said\\* \\<b>so\\</b>[1m" in md
    assert call("replay", log, "--strict").code == 0
    shown = call("replay", log).out
    assert "This grade is appealed below." in shown
    assert "I *said* <b>so</b>[1m" in shown
    assert "Appeal on question 1, “Air scatters sunlight”" in shown
    call("appeal", log, 1, "--turn", 1, "--reason", "this one, too")
    record = read_log(log).session.records[0]
    answers = [turn.reply.seq for turn in record.turns[:2] if turn.reply]
    assert [appeal.answer for appeal in record.appeals] == answers
    assert read_log(log).session.cold_count == 1


def test_criteria_and_sessions_have_numbers(call: Call, log: Path, tiny_run: Call) -> None:
    call("appeal", "latest", 1, "--criterion", "2", "--reason", "x")
    call("appeal", "1", 1, "--criterion", "A", "--reason", "not that")
    call("appeal", "1", 1, "--criterion", "ocean", "--reason", "not that")
    claims = [e.criterion for e in read_log(log).events if isinstance(e, Appealed)]
    assert claims == ["wavelength", "ocean", "ocean"]
    ran = call(*ADD, "latest", 1, "--rater", "Ann", "--met", "1", "--partial", "wavelength",
               "--misconception", "a")  # fmt: skip
    assert ran.code == 0, ran.err
    assert rows()[0]["verdicts"] == {"scatter": "met", "wavelength": "partial"}
    assert rows()[0]["misconceptions"] == ["ocean"]
    call(*ADD, 1, 2, "--rater", "Ann", "--verdict", "1=partial")
    assert rows()[1]["verdicts"] == {"density": "partial"}
    for numbers in ("2,2", "1,2"):
        twice = call(*ADD, log, 1, "--rater", "Ann", "--met", numbers, "--partial", "2")
        assert (twice.code, "given twice for 'wavelength'" in twice.err) == (2, True)
    assert call(*ADD, log, 1, "--rater", "Ann", "--met", "3").code == 2
    listed = call("list").out
    assert listed.startswith("1  ")
    assert "0 appeals open, 3 settled" in listed
    assert "; with what was settled 2 cold, 1 of them by another person's word;" in listed


def test_a_number_names_what_list_shows_and_a_file_goes_first(
    call: Call, log: Path, tiny_run: Call
) -> None:
    later = log.with_name(f"zz-{log.name}")
    later.write_bytes(log.read_bytes())
    listed = call("list").out.splitlines()
    assert [line.split()[0] for line in listed] == ["1", "2"]
    assert [str(path) in line for line, path in zip(listed, (later, log), strict=True)] == [
        True
    ] * 2
    before = later.read_bytes()
    assert call("appeal", "2", 1, "--reason", "x").code == 0
    assert later.read_bytes() == before
    assert log.read_bytes() != before
    for name in ("0", "3", "999999999999"):
        ran = call("appeal", name, 1, "--reason", "x")
        assert (ran.code, "no session" in ran.err or "cannot be continued" in ran.err) == (
            1 if len(name) > 9 else 2, True,
        )  # fmt: skip
    Path("2").write_bytes(before)
    assert call("appeal", "2", 2, "--reason", "x").code == 0
    assert Path("2").read_bytes() != before
    assert "is finished" in call("resume", "latest").err
    assert call("regrade", "latest", "--grader", "overlap").code == 0
    assert call("compare", "latest", "latest@1").code == 0
    assert call("replay", "2", "--strict", "--md", log.with_suffix(".md")).code == 1


@pytest.mark.parametrize(("named", "criterion"), [("2", "wavelength"), ("a", "ocean")])
def test_an_appeal_names_the_claim_as_a_replay_does(
    call: Call, log: Path, named: str, criterion: str
) -> None:
    assert call("appeal", log, 1, "--criterion", named, "--reason", "x").code == 0
    last = read_log(log).events[-1]
    assert isinstance(last, Appealed)
    assert last.criterion == criterion


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((1,), "needs a reason"),
        ((1, "--reason", "  "), "needs a reason"),
        ((9, "--reason", "x"), "question 9 was not asked; the session asked 1, 2, 3"),
        ((3, "--reason", "x"), "question 3 has no answer"),
        ((2, "--turn", 1, "--reason", "x"), "question 2 has 0 follow-ups, not 1"),
        ((2, "--criterion", "big", "--reason", "x"), "no criterion 'big'; it has 1 density"),
    ],
)
def test_an_appeal_that_makes_no_sense(
    call: Call, log: Path, args: tuple[object, ...], words: str
) -> None:
    before = log.read_bytes()
    ran = call("appeal", log, *args)
    assert ran.code == 2
    assert words in ran.err
    assert log.read_bytes() == before


def test_an_appeal_keeps_the_draft_of_a_paused_session(
    tiny_run: Call, call: Call, tiny_folder: Path, home: dict[str, str], tmp_path: Path
) -> None:
    at = Player("run", "--bank", tiny_folder, "--grader", "overlap", "--questions", "2-3",
                home=home, cwd=tmp_path)  # fmt: skip
    at.wait("Question 1 of 2").prompt().press(ICE, ENTER)
    at.wait("Question 2 of 2").prompt().press("One hund", "\x04").wait("Paused.")
    assert at.leave() == 0
    assert call("appeal", at.log, 2, "--reason", "x").code == 0
    assert call("regrade", at.log, "--grader", "overlap").code == 0
    again = Player("resume", "--bank", tiny_folder, home=home, cwd=tmp_path)
    again.wait("Welcome back", "One hund").press("red degrees.", ENTER).wait("last question")
    assert again.leave() == 0
    assert again.said[-1] == "One hundred degrees."


def test_a_settled_answer_becomes_gold(
    call: Call, log: Path, tiny: Bank, tiny_folder: Path
) -> None:
    call("appeal", log, 1, "--reason", "x")
    ran = call(*ADD, log, 1, *HAND, "--misconception", "ocean", "--kind", "half")
    assert ran.code == 0, ran.err
    (row,) = rows()
    # (2 * 1 + 1 * 0.5) / 3 - 0.25
    assert row["score"] == pytest.approx(2.5 / 3 - 0.25)
    assert row == {
        "id": gold_id(1, "the sky is big"), "question": 1, "kind": "half", "answer": "the sky is big",
        "score": row["score"], "rater": "Ann",
        "verdicts": {"scatter": "met", "wavelength": "partial"}, "misconceptions": ["ocean"],
    }  # fmt: skip
    (found,) = load_gold(Path("gold.jsonl"), tiny)
    assert found.answers[0].passed
    checked = call("check", "--gold", "gold.jsonl", "--grader", "overlap", "--bank", tiny_folder)
    assert checked.code == 0, checked.err
    last = read_log(log).events[-1]
    assert isinstance(last, Settled)
    assert (last.rater, last.gold, last.levels) == ("Ann", row["id"], row["verdicts"])
    assert "settled by Ann" in log.with_suffix(".md").read_text("utf-8")
    assert call("replay", log, "--strict").code == 0
    assert read_log(log).session.cold_count == 1


def test_what_is_given_wins_over_what_follows(call: Call, log: Path) -> None:
    call(*ADD, log, 1, *HAND, "--score", "0.9", "--failed")
    assert (rows()[0]["score"], rows()[0]["passed"]) == (0.9, False)
    call(*ADD, log, 2, "--rater", "Ann", "--accept-others", "--gold", "deep.jsonl")
    assert rows(Path("deep.jsonl"))[0]["verdicts"] == {"density": "met"}
    call(*ADD, log, 1, "--turn", 1, "--rater", "Ann", "--score", 0.2)
    assert rows()[1]["verdicts"] == {}
    assert rows()[1]["id"] == gold_id(1, "molecules do")


def test_the_answer_appealed_last_is_the_one_settled(call: Call, log: Path) -> None:
    call("appeal", log, 1, "--turn", 1, "--reason", "x")
    call(*ADD, log, 1, *HAND)
    assert rows()[0]["answer"] == "molecules do"


def test_adding_twice_is_harmless_and_another_grade_is_refused(call: Call, log: Path) -> None:
    call(*ADD, log, 1, *HAND)
    kept, events = Path("gold.jsonl").read_bytes(), read_log(log).events
    again = call(*ADD, log, 1, *HAND)
    assert (again.code, "Already in gold.jsonl" in again.out) == (0, True)
    assert (Path("gold.jsonl").read_bytes(), read_log(log).events) == (kept, events)
    other = call(*ADD, log, 1, *HAND, "--score", "0.1")
    assert other.code == 1
    assert "gold.jsonl:1: " in other.err
    assert "with another grade" in other.err
    assert "Change that line" in other.err
    assert (Path("gold.jsonl").read_bytes(), read_log(log).events) == (kept, events)


def test_an_answer_that_was_kept_under_another_id_is_not_kept_twice(call: Call, log: Path) -> None:
    call(*ADD, log, 1, *HAND)
    named = {**rows()[0], "id": f"{log.stem}-q1-t0", "answer": "The sky is BIG."}
    Path("gold.jsonl").write_text(json.dumps(named) + "\n", "utf-8")
    kept, events = Path("gold.jsonl").read_bytes(), read_log(log).events
    again = call(*ADD, log, 1, *HAND)
    assert (again.code, "Already in gold.jsonl" in again.out) == (0, True), again.err
    assert (Path("gold.jsonl").read_bytes(), read_log(log).events) == (kept, events)
    other = call(*ADD, log, 1, *HAND, "--failed")
    assert (other.code, f"'{named['id']}' is among the gold answers with" in other.err) == (1, True)


def test_a_crash_between_gold_and_log_is_mended_by_the_same_command(call: Call, log: Path) -> None:
    before = log.read_bytes()
    call(*ADD, log, 1, *HAND)
    log.write_bytes(before)
    assert call(*ADD, log, 1, *HAND).code == 0
    assert isinstance(read_log(log).events[-1], Settled)
    assert len(rows()) == 1


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((1, "--rater", "Ann"), "no verdict on: scatter, wavelength"),
        ((1, "--rater", "Ann", "--verdict", "scatter=met"), "no verdict on: wavelength"),
        ((1, *HAND, "--verdict", "scatter=unmet"), "given twice for 'scatter'"),
        ((1, *HAND[:2], "--verdict", "big=met"), "no criterion 'big'"),
        ((1, *HAND[:2], "--verdict", "scatter=yes"), "no level 'yes'"),
        ((1, *HAND[:2], "--verdict", "scatter"), "no level ''"),
        ((1, *HAND, "--misconception", "sea"), "It has: a ocean."),
        ((2, *HAND[:2], "--accept-others", "--misconception", "sea"), "It has none."),
        ((3, *HAND[:2]), "question 3 has no answer"),
        ((1, *HAND, "--rater", " "), "--rater must name someone"),
        ((1, *HAND[2:]), "--rater"),
    ],
)
def test_gold_that_makes_no_sense(
    call: Call, log: Path, args: tuple[object, ...], words: str
) -> None:
    before = log.read_bytes()
    ran = call(*ADD, log, *args)
    assert ran.code == 2
    assert words in ran.err
    assert log.read_bytes() == before
    assert not Path("gold.jsonl").exists()


def test_gold_is_appended_whole_and_after_a_line_without_its_end(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "a"}')
    answer = GoldAnswer(id="b", question=1, answer="x\n\u2028y", score=1, passed=True)
    assert append_gold(path, answer) is None
    assert [row["id"] for row in rows(path)] == ["a", "b"]
    assert append_gold(path, answer) == "b"
    by_hand = {
        "id": "c",
        "question": 1,
        "answer": "z",
        "score": 1.0,
        "kind": "complete",
        "raters": ["A", "B"],
    }
    path.write_text(json.dumps(by_hand))
    told = answer.model_copy(update={"answer": "z", "rater": "me"})
    assert append_gold(path, told) == "c"
    with pytest.raises(GoldError, match="another grade"):
        append_gold(path, told.model_copy(update={"score": 0.0, "passed": False}))
    path.write_text("broken")
    with pytest.raises(GoldError, match="not valid JSON"):
        append_gold(path, answer)
    with pytest.raises(GoldError, match="cannot be written") as caught:
        append_gold(tmp_path / "none" / "gold.jsonl", answer)
    assert "--gold" in (caught.value.hint or "")


def test_verdicts_are_asked_for_at_a_terminal(
    log: Path, home: dict[str, str], tmp_path: Path, call: Call
) -> None:
    at = Player("appeal", log, 1, home=home, cwd=tmp_path)
    at.wait("You said: the sky is big", "1. Air scatters sunlight. (unmet)", "2. Short wavelengths")
    at.wait("Which one is it about?").press(ENTER)
    at.wait("Why is the grade wrong?").press("it is not", ENTER)
    at.wait("logged")
    assert at.leave() == 0
    at = Player(*ADD, log, 1, "--rater", "Ann", home=home, cwd=tmp_path)
    at.wait("the sky is big", "Appeal on question 1: it is not", "1. Air scatters sunlight.")
    at.wait("scatter", "[unmet]").press("yes", ENTER).wait("Error").press("met", ENTER)
    at.wait("wavelength", "[unmet]").press(ENTER).wait("Added to gold.jsonl")
    assert at.leave() == 0
    assert rows()[0]["verdicts"] == {"scatter": "met", "wavelength": "unmet"}
