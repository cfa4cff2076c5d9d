"""Two gradings side by side: what differs, and agreement worked out by hand."""

from __future__ import annotations

import json
from typing import Any

import pytest
from samples import GRADER, Story, bank, grade, question

from interviewer.regrade.compare_text import (
    agreement_lines,
    change_lines,
    note_lines,
    total_lines,
)
from interviewer.regrade.comparison import (
    ClaimPair,
    Comparison,
    Side,
    compare,
    differences,
    level_of,
)
from interviewer.session.events import Closed, Graded
from interviewer.session.record import Session
from interviewer.session.runs import run_of

BANK = bank(
    [question(n, misconceptions=[("wrong", 0.5)] if n == 1 else ()) for n in (1, 2, 3)],
    tiers=[(1, 2)],
)
FULL = {"big": "met", "small": "met"}


def first() -> Story:
    """1 in full with a follow-up, 2 half, 3 passed on."""
    told = Story(BANK).play(1, {"big": "met"}).probe("small").answer("more").graded(FULL)
    return told.play(2, {"big": "partial"}).ask(3).skip().add(Closed)


def rerun(told: Story, *levels: tuple[int, int, dict[str, Any]]) -> Story:
    for asked, answer, found in levels:
        told.add(
            Graded, question=asked, answer=answer, grade=grade(BANK.question(asked), found),
            grader=GRADER.model_copy(update={"spec": "second"}), run=1,
        )  # fmt: skip
    return told


def side(session: Session, number: int = 0, name: str = "x") -> Side:
    run = run_of(session, number)
    assert run is not None
    return Side(name, run)


def levels(claim: ClaimPair) -> tuple[str, str | None, str | None]:
    return claim.id, level_of(claim.left), level_of(claim.right)


def two_runs() -> Comparison:
    told = rerun(
        first(), (1, 2, {"big": "unmet", "small": "met", "wrong": "met"}), (1, 5, FULL),
        (2, 8, {"big": "timeout"}),
    )  # fmt: skip
    return compare(side(told.session, 0, "A"), side(told.session, 1, "B"))


def test_two_runs_of_one_session_pair_every_answer() -> None:
    found = two_runs()
    assert [(a.question, a.turn, a.left, a.right) for a in found.answers] == [
        (1, 0, 0.75, 0.0),
        (1, 1, 1.0, 1.0),
        (2, 0, 0.375, None),
        (3, 0, 0.0, 0.0),
    ]
    assert [a.differs for a in found.answers] == [True, False, True, False]
    assert [(*levels(c), c.kind) for c in found.answers[0].claims] == [
        ("big", "met", "unmet", "criterion"),
        ("small", "unmet", "met", "criterion"),
        ("wrong", "unmet", "met", "misconception"),
    ]
    assert [levels(c)[1:] for c in found.answers[2].claims] == [
        ("partial", "ungraded"),
        ("unmet", "unmet"),
    ]
    assert found.answers[3].claims == ()


def test_agreement_by_hand() -> None:
    """Levels both graded: (met, unmet), (unmet, met), (met, met) twice, (unmet, unmet).

    Equal 3 of 5. By chance: left met 3, unmet 2; right the same: (9 + 4) / 25 = 0.52.
    kappa = (0.6 - 0.52) / (1 - 0.52) = 1/6. Scores in bins: (3, 0), (4, 4): a third of two thirds.
    """
    said = two_runs().agreement
    assert (said.claims, said.answers) == (5, 2)
    assert said.exact == pytest.approx(0.6)
    assert said.kappa == pytest.approx(1 / 6)
    # observed 9 of 2 pairs; expected over (3,0) (3,4) (4,0) (4,4): (9 + 1 + 16 + 0) / 4 a pair
    assert said.qwk == pytest.approx(1 - (9 / 2) / (26 / 4))


def test_undefined_agreement_is_a_dash() -> None:
    told = rerun(Story(BANK).play(1, FULL), (1, 2, FULL))
    found = compare(side(told.session), side(told.session, 1))
    assert (found.agreement.kappa, found.agreement.qwk) == (None, None)
    assert list(agreement_lines(found)) == [
        "2 criterion verdicts: 1.00 at the same level, Cohen's kappa –.",
        "1 score: QWK –.",
    ]
    empty = compare(side(Story(BANK).ask(1).skip().session), side(first().session))
    assert (empty.agreement.exact, empty.agreement.claims) == (None, 0)


def test_changes_and_totals_in_words() -> None:
    found = two_runs()
    assert list(change_lines(found)) == [
        "Question 1: 0.75 -> 0.00",
        "  The big statement of 1: met -> unmet",
        "  The small statement of 1: unmet -> met",
        "  The wrong error (wrong claim): not claimed -> claimed",
        "Question 2: 0.38 -> –",
        "  The big statement of 2: partial -> ungraded",
    ]
    assert list(total_lines(found)) == [
        "Cold: 1 of 3 (95% 1-1) -> 0 of 3 (95% 0-1, 1 ungraded)",
        "Tier 'Tier 1': 1 of 2, held -> 0 of 2, not held",
    ]
    assert list(note_lines(found)) == []


def test_differences_leave_out_what_is_alike() -> None:
    found = differences(two_runs())
    assert [(a.question, a.turn, [c.id for c in a.claims]) for a in found.answers] == [
        (1, 0, ["big", "small", "wrong"]),
        (2, 0, ["big"]),
    ]
    assert found.agreement == two_runs().agreement
    assert differences(found) == found
    same = compare(side(first().session), side(first().session, name="y"))
    assert differences(same).answers == ()


def test_a_claim_that_one_side_alone_has_is_named_by_its_statement() -> None:
    later = bank([question(1, weights={"big": 1.0, "third": 1.0}), question(2)])
    found = compare(side(first().session), side(Story(later).play(1).session))
    assert {c.id: c.statement for c in found.answers[0].claims} == {
        "big": "The big statement of 1.",
        "small": "The small statement of 1.",
        "third": "The third statement of 1.",
    }


def test_two_sessions_pair_the_questions_both_were_asked() -> None:
    other = Story(BANK, questions=(1, 2)).play(1, FULL).probe("big").answer().graded()
    found = compare(side(first().session, 0, "A"), side(other.session, 0, "B"))
    assert [(a.question, a.turn) for a in found.answers] == [(1, 0)]
    assert (found.only_left, found.only_right) == ((2, 3), ())
    assert list(note_lines(found)) == ["Only A asked: 2-3."]


def test_an_incomplete_run_and_a_changed_question_are_said() -> None:
    told = rerun(first(), (1, 2, FULL))
    found = compare(side(told.session, 0, "A"), side(told.session, 1, "B"))
    assert "B is incomplete: 1 of 3 answers graded." in list(note_lines(found))
    later = bank([question(1, weights={"big": 1.0}), question(2)])
    found = compare(side(first().session), side(Story(later).play(1).session))
    assert [pair.question for pair in found.changed] == [1]
    assert any("criterion removed: The small" in line for line in note_lines(found))
    assert ("small", "unmet", None) in [levels(c) for c in found.answers[0].claims]


def test_the_data_are_plain_and_hold_nulls_not_dashes() -> None:
    data = json.loads(two_runs().model_dump_json())
    assert data["answers"][2]["right"] is None
    assert data["left"] == {
        "name": "A", "session": "s", "run": 0, "grader": GRADER.model_dump(),
        "bank": BANK.digest, "graded": 3, "answers": 3, "complete": True,
    }  # fmt: skip
    assert data["right"]["grader"]["spec"] == "second"
    assert data["tiers"][0]["left"]["reached"] is True
    assert data["cold"]["right"]["ungraded"] == 1
    assert data["answers"][2]["claims"][0]["right"]["cause"] == "timeout"
