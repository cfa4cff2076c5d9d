"""An unfinished answer in an interview: it is asked to go on, and nothing of it is help."""

from __future__ import annotations

from typing import Any

import pytest
from samples import bank, question
from studio_parts import Held

from interviewer.interview.asking import going_on
from interviewer.interview.telling import debrief, wordings
from interviewer.report import report_data
from interviewer.report.markdown_report import render
from interviewer.session.events import Probed
from interviewer.session.fold import fold
from interviewer.session.results import result_of

FIRST = "There are two stages. First you only train the small one."
BANK = bank([question(1), question(2)])
TABLE = {FIRST: {"small": "met"}}


def held(*replies: str, **rules: Any) -> Held:
    return Held(*replies, of=BANK, table=TABLE, **{"count": 1, "probes": 1, **rules})


def test_who_goes_on_has_it_cold() -> None:
    one = held(FIRST, "all")
    (probed,) = [e for e in one.log.events if isinstance(e, Probed)]
    assert probed.goes_on
    assert probed.text in going_on.GO_ON["second"]
    assert one.scores() == [(1.0, 1.0)]
    assert result_of(one.session.records[0]) == "cold"
    told = [text for _, text in debrief.debrief(one.session)]
    assert "Answered cold, in full." in told
    assert fold(one.log.events) == one.session


def test_nothing_else_is_said_to_an_unfinished_answer() -> None:
    one = held(FIRST, "all")
    at = one.terminal.said.index(next(s for s in one.terminal.said if s[0] == "probe"))
    assert one.terminal.said[at - 1][0] == "question"


def test_it_is_graded_as_a_reply_to_the_question() -> None:
    one = held(FIRST, "big", "all")
    assert [r.asked for r in one.grader.requests] == [BANK.question(1).prompt] * 2


def test_the_follow_ups_come_after_it_as_many_as_before() -> None:
    one = held(FIRST, "I don't know", "all")
    said = one.terminal.text("note").splitlines()
    assert set(said) & set(wordings.NOTHING["neutral"])
    assert not set(said) & set(wordings.LET_GO["neutral"])
    put = [e.goes_on for e in one.log.events if isinstance(e, Probed)]
    assert put == [True, False]
    assert one.scores() == [(0.25, 1.0)]


@pytest.mark.parametrize("rules", [{"cold": True}, {"probes": 0}])
def test_it_keeps_to_the_rules_of_the_session(rules: dict[str, Any]) -> None:
    one = held(FIRST, **rules)
    assert not [e for e in one.log.events if isinstance(e, Probed)]


def test_the_report_calls_it_no_follow_up() -> None:
    one = held(FIRST, "big", "all")
    text = render(report_data.build(one.session))
    assert "Then asked" in text
    assert "Follow-up" not in text
