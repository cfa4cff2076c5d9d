"""A session graded again."""

from __future__ import annotations

from fakes import FixedClock, ScriptedGrader
from studio_parts import BANK, Held

from interviewer.regrade.regrading import Desk, regrade
from interviewer.regrade.rubric import Rubric


def test_a_grader_is_shown_what_it_was_shown_in_the_interview() -> None:
    held = Held("I think it is the left one, right?", "right", count=1, probes=1)
    grader = ScriptedGrader()
    rubric = Rubric(BANK.digest, {q.id: q for q in BANK.questions})
    regrade(Desk(held.log, grader, rubric, FixedClock()), held.session)
    shown = [request.answer for request in grader.requests]
    assert shown == [request.answer for request in held.grader.requests]
    assert "".join(shown[0].split()) == "itistheleftone,"
