"""Grade runs: how they fold, what they see, and a re-grade that can be cut off anywhere."""

from __future__ import annotations

from typing import Any

import pytest
from fakes import FixedClock, MemoryLog, ScriptedGrader
from report_parts import transcript_of
from samples import GRADER, WHEN, Story, bank, grade, question

from interviewer.bank.questions import Bank, Criterion
from interviewer.errors import TranscriptError
from interviewer.regrade.regrading import Desk, regrade
from interviewer.regrade.rubric import Rubric, bank_as_asked, changes
from interviewer.session.events import EVENT, Appealed, Closed, Graded, Rerun, Settled
from interviewer.session.fold import apply, fold
from interviewer.session.record import BrokenLog
from interviewer.session.runs import run_of, runs, unfinished

BANK = bank([question(1), question(2), question(3)], tiers=[(1, 2)])
FULL = {"big": "met", "small": "met"}
OTHER = GRADER.model_copy(update={"spec": "other"})
CLOSED = (
    Story(BANK).play(1, FULL).ask(2).answer("two").graded({"big": "met"}).probe("small")
    .answer("more").graded({"small": "met"}).ask(3).skip().add(Closed)
)  # fmt: skip


def again(run: int, answer: int = 2, asked: int = 1, **fields: Any) -> dict[str, Any]:
    given = {"question": asked, "answer": answer, "grade": grade(BANK.question(asked)), "run": run}
    return {"grader": OTHER, "bank": "other", **given, **fields}


def head(run: int, **fields: Any) -> dict[str, Any]:
    return {"run": run, "grader": OTHER, "bank": "other", **fields}


APPEAL = {"question": 1, "answer": 2, "reason": "I did say it"}
SETTLED = {
    "question": 1, "answer": 2, "rater": "Ann", "levels": {"big": "met"}, "score": 1.0,
    "passed": True, "gold": "g",
}  # fmt: skip


def story() -> Story:
    told = Story(BANK)
    told.events, told.session = list(CLOSED.events), CLOSED.session
    return told


def test_later_events_are_taken_after_the_end_and_change_no_score() -> None:
    told = story().add(Rerun, **head(1)).add(Graded, **again(1))
    told.add(Appealed, **APPEAL, criterion="big").add(Settled, **SETTLED)
    session = fold([EVENT.validate_json(EVENT.dump_json(e)) for e in told.events])
    assert session == told.session
    assert [r.cold for r in session.records] == [r.cold for r in CLOSED.session.records]
    record = session.records[0]
    assert [a.reason for a in record.appeals] == ["I did say it"]
    assert [s.rater for s in record.settled] == ["Ann"]
    assert session.records[1].appeals == ()
    assert session.closed is not None


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        (Rerun, head(2), "grade run 2 follows run 0"),
        (Rerun, head(1, questions=(question(9),)), "question 9, never asked"),
        (Graded, again(2), "grade run 2 follows run 0"),
        (Graded, again(1, answer=3), "a grade without its answer"),
        (Graded, again(1, grade=grade(BANK.question(2))), "a grade without its answer"),
        (Appealed, {**APPEAL, "answer": 1}, "an appeal without its answer"),
        (Appealed, {**APPEAL, "question": 9}, "an appeal without its answer"),
        (Appealed, {**APPEAL, "criterion": "huge"}, "an appeal on 'huge'"),
        (Settled, {**SETTLED, "answer": 5}, "a settled grade without its answer"),
        (Settled, {**SETTLED, "levels": {"huge": "met"}}, "claims that the question lacks"),
        (Settled, {**SETTLED, "misconceptions": ("big",)}, "claims that the question lacks"),
    ],
)
def test_later_events_out_of_place_are_reported(
    kind: type[Any], fields: dict[str, Any], words: str
) -> None:
    with pytest.raises(BrokenLog, match=words):
        apply(CLOSED.session, kind(seq=len(CLOSED.events), at=WHEN, **fields))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (again(1), "graded twice in run 1"),
        (again(1, 5, 2, grader=GRADER), "changes its grader"),
        (again(1, 5, 2, bank="third"), "changes its grader or bank"),
        (again(3, 5, 2), "grade run 3 follows run 1"),
    ],
)
@pytest.mark.parametrize("with_head", [True, False])
def test_a_run_holds_each_answer_once_by_one_grader(
    fields: dict[str, Any], words: str, with_head: bool
) -> None:
    told = story().add(Rerun, **head(1)) if with_head else story()
    told.add(Graded, **again(1))
    with pytest.raises(BrokenLog, match=words):
        told.add(Graded, **fields)


def test_a_run_shows_the_session_as_it_grades_it() -> None:
    told = story().add(Rerun, **head(1)).add(Graded, **again(1))
    own, first = runs(told.session)
    assert (own.number, own.graded, own.answers, own.complete) == (0, 3, 3, True)
    assert (first.grader, first.bank) == (OTHER, "other")
    assert (first.graded, first.answers, first.complete) == (1, 3, False)
    assert [r.cold for r in own.session.records] == [1.0, 0.75, 0.0]
    assert [r.cold for r in first.session.records] == [0.0, None, 0.0]  # 2 not graded yet
    assert run_of(told.session, 2) is None
    assert unfinished(told.session, OTHER, "other") == first
    assert unfinished(told.session, OTHER, "else") is None
    assert unfinished(told.session, GRADER, "other") is None


def test_a_run_without_a_head_is_one_all_the_same() -> None:
    run = run_of(story().add(Graded, **again(1, bank=None)).session, 1)
    assert run is not None
    assert (run.graded, run.bank) == (1, BANK.digest)


def desk(log: Any, grader: ScriptedGrader, of: Bank = BANK) -> Desk:
    return Desk(log, grader, Rubric.of_bank(of), FixedClock())


def test_a_regrade_appends_a_run_and_leaves_what_was_there() -> None:
    log = MemoryLog()
    grader = ScriptedGrader({"more": {"small": "met"}})
    session, number = regrade(desk(log, grader), CLOSED.session)
    assert number == 1
    assert log.names == ["rerun", "graded", "graded", "graded"]
    assert session == fold([*CLOSED.events, *log.events])
    assert {e.bank for e in log.events if isinstance(e, Graded)} == {BANK.digest}
    assert [r.asked for r in grader.requests] == [
        "Prompt number 1?", "Prompt number 2?", "Lead to small?",
    ]  # fmt: skip
    run = run_of(session, 1)
    assert run is not None
    assert run.complete
    assert [r.final for r in run.session.records] == [0.0, 0.25, 0.0]
    assert [r.cold for r in session.records] == [r.cold for r in CLOSED.session.records]
    assert regrade(desk(log, grader), session)[1] == 2  # another opinion by the same grader


@pytest.mark.parametrize("room", range(1, 4))
def test_a_run_that_was_cut_off_is_completed(room: int) -> None:
    log = MemoryLog(room=room)
    with pytest.raises(TranscriptError):
        regrade(desk(log, ScriptedGrader()), CLOSED.session)
    cut = fold([*CLOSED.events, *log.events])
    run = run_of(cut, 1)
    assert run is not None
    assert (run.complete, run.graded) == (False, room - 1)
    assert "incomplete" in transcript_of(cut)
    rest, grader = MemoryLog(), ScriptedGrader()
    session, number = regrade(desk(rest, grader), cut)
    assert (number, len(grader.requests)) == (1, 4 - room)
    run = run_of(session, 1)
    assert run is not None
    assert run.complete
    other = ScriptedGrader()
    other.identity = OTHER  # type: ignore[misc]
    assert regrade(desk(MemoryLog(), other), cut)[1] == 2  # another one supersedes it


@pytest.mark.parametrize("cause", ["timeout", "no-reply", "bad-reply"])
def test_a_run_that_graded_nothing_is_tried_again(cause: str) -> None:
    log = MemoryLog()
    session, _ = regrade(desk(log, ScriptedGrader(default=cause)), CLOSED.session)
    run = run_of(session, 1)
    assert run is not None
    assert (run.complete, run.graded, len(run.left)) == (False, 0, 3)
    assert [r.cold for r in run.session.records] == [None, None, 0.0]
    assert "Grade run 1: 0 of 3 answers" in transcript_of(session)
    session, number = regrade(desk(log, ScriptedGrader(default="met")), session)
    assert session == fold([*CLOSED.events, *log.events])
    run = run_of(session, 1)
    assert run is not None
    assert (number, run.complete, run.graded) == (1, True, 3)
    assert [r.cold for r in run.session.records] == [1.0, 1.0, 0.0]
    assert regrade(desk(log, ScriptedGrader()), session)[1] == 2


@pytest.mark.parametrize(("cause", "left"), [("budget", 1), ("bad-reply", 0), ("undecided", 0)])
def test_only_answers_that_a_grader_failed_on_are_tried_again(cause: str, left: int) -> None:
    log = MemoryLog()
    one = ScriptedGrader({"more": {"big": cause, "small": cause}})
    session, _ = regrade(desk(log, one), CLOSED.session)
    run = run_of(session, 1)
    assert run is not None
    assert (run.graded, len(run.left)) == (2, left)
    again = ScriptedGrader()
    assert regrade(desk(log, again), session)[1] == 2 - left
    assert [r.answer for r in again.requests] == (
        ["more"] if left else ["an answer", "two", "more"]
    )


def test_a_later_bank_is_named_and_its_questions_are_kept() -> None:
    first = question(1, weights={"big": 1.0, "new": 1.0})
    later = bank([first, question(2)])  # question 3 was only skipped
    log = MemoryLog()
    session, _ = regrade(desk(log, ScriptedGrader(default="met"), later), CLOSED.session)
    (begun,) = session.run_heads
    assert (begun.bank, begun.questions) == (later.digest, (first.bare(),))
    run = run_of(session, 1)
    assert run is not None
    assert [c.id for c in run.session.records[0].question.criteria] == ["big", "new"]
    assert run.session.records[0].final == 1.0
    assert session.records[0].question == BANK.question(1)


def test_a_question_that_the_bank_lost_is_ungraded() -> None:
    grader = ScriptedGrader(default="met")
    session, _ = regrade(
        desk(MemoryLog(), grader, bank([question(2), question(3)])), CLOSED.session
    )
    assert [r.question.id for r in grader.requests] == [2, 2]
    run = run_of(session, 1)
    assert run is not None
    assert run.complete
    assert run.session.records[0].cold is None
    assert run.session.records[0].grades[0].notes == ("the bank no longer has this question",)


def test_a_session_without_an_answer_cannot_be_graded() -> None:
    log = MemoryLog()
    with pytest.raises(ValueError, match="no answer"):
        regrade(desk(log, ScriptedGrader()), Story(BANK).ask(1).skip().session)
    assert log.lines == []


def test_changes_names_what_differs_and_no_exemplar() -> None:
    old = question(1, misconceptions=[("wrong", 0.5)])
    assert changes(old, old) == []
    assert changes(old, None) == ["is gone"]
    big = Criterion(id="big", statement="Another statement.", weight=2, accepts=("x",))
    new = question(1, prompt="Why, again?", criteria=(big,), probes=[]).model_copy(
        update={"misconceptions": ()}
    )
    assert changes(old, new) == [
        "prompt reworded: Why, again?",
        "criterion removed: The small statement of 1.",
        "criterion reworded: Another statement.",
        "criterion reweighted, 3 -> 2: Another statement.",
        "misconception removed: The wrong error.",
    ]
    assert "criterion added: The small statement of 1." in changes(new, old)
    only = Criterion(id="big", statement="The big statement of 1.", weight=3, accepts=("x",))
    assert changes(question(1), question(1, criteria=(only, question(1).criteria[1]))) == []


def test_a_bank_of_the_questions_as_asked() -> None:
    made = bank_as_asked(CLOSED.session)
    assert [q.id for q in made.questions] == [1, 2, 3]
    assert made.tiers == ()
