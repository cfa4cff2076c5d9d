"""Deeper questions: asked after a full answer, graded, and outside every count."""

from __future__ import annotations

from typing import Any

import pytest
from samples import Story, bank, question
from studio_parts import Held

from interviewer.bank.questions import FURTHER, Bank, Criterion, Deeper, question_name
from interviewer.interview.asking import order, steps
from interviewer.interview.telling import summary
from interviewer.replay.scenes import scenes
from interviewer.report import report_data
from interviewer.report.markdown_report import render
from interviewer.session import standing
from interviewer.session.events import Settled

DEEPER = Deeper(
    prompt="And why is that?",
    references=("Since it must be.",),
    criteria=(Criterion(id="must", statement="It must be.", accepts=("it has to",)),),
)
BANK = bank([question(n, deeper=DEEPER) for n in (1, 2, 3)], tiers=[(1, 2, 3)])
FULL = {"big": "met", "small": "met"}


def held(*replies: str, **rules: Any) -> Held:
    table = {"must": {"must": "met"}}
    return Held(*replies, of=BANK, table=table, **{"deeper": 1, **rules})


def test_a_full_answer_is_taken_further_and_a_lesser_one_is_not() -> None:
    story = Story(BANK, deeper=1).play(1, FULL)
    step = steps.next_step(story.session)
    assert isinstance(step, steps.GoFurther)
    assert (step.question.id, step.question.prompt) == (FURTHER + 1, "And why is that?")
    for levels in ({"big": "met"}, {"big": "met", "small": "partial"}):
        told = Story(BANK, deeper=1, probes=0).play(1, levels)
        assert steps.next_step(told.session) == steps.AskQuestion(2)
    helped = Story(BANK, deeper=1).ask(1).hint("big").answer().graded(FULL)
    assert steps.next_step(helped.session) == steps.AskQuestion(2)


def test_no_more_than_the_plan_allows_and_none_by_itself() -> None:
    assert steps.next_step(Story(BANK).play(1, FULL).session) == steps.AskQuestion(2)
    sat = held("all", "must", "all", "all")
    assert [r.question.id for r in sat.session.records] == [1, FURTHER + 1, 2, 3]


@pytest.mark.parametrize("rule", ["cold", "timed", "silent"])
def test_a_plan_that_is_strict_asks_none(rule: str) -> None:
    assert order.make_plan([1], deeper=3, **{rule: True}).deeper == 0  # type: ignore[arg-type]


def test_it_is_graded_by_its_own_criteria_with_their_exemplars() -> None:
    sat = held("all", "must", "all", "all")
    asked = sat.grader.requests[1]
    assert asked.question.criteria == DEEPER.criteria
    assert (asked.asked, asked.answer) == ("And why is that?", "must")
    assert "Let us take that further" in sat.terminal.text("title")
    assert [s.further for s in sat.terminal.statuses] == [False, True, False, False]
    assert [s.number for s in sat.terminal.statuses] == [1, 1, 2, 3]


def test_it_is_outside_counts_tiers_and_what_to_study() -> None:
    sat = held("all", "nonsense", "more nonsense", "all", "all")
    assert sat.session.cold_count == 3
    assert standing.tier_tally(sat.session, BANK.tiers[0]).asked == 3
    assert standing.study_next(sat.session) == []
    lines = [text for _, text in summary.closing_lines(sat.session)]
    assert lines[1].startswith("3 of 3 questions answered cold")


def test_it_is_in_the_report_and_in_a_replay() -> None:
    sat = held("all", "must", "all", "all")
    report = report_data.build(sat.session)
    assert report.totals.replied == 3
    assert [q.name for q in report.questions][1] == "Question 1, taken further"
    assert "### Question 1, taken further: And why is that?" in render(report)
    seen = ["".join(p.text for p in s.parts) for x in scenes(sat.log.events) for s in x.lines]
    assert "Let us take that further" in seen


def test_a_session_keeps_it_without_exemplars() -> None:
    kept = BANK.question(1).as_asked()
    assert kept.deeper is not None
    assert kept.deeper.prompt == DEEPER.prompt
    assert kept.deeper.criteria[0].accepts == ()
    assert kept.bare() == BANK.question(1).bare()


def test_numbers() -> None:
    assert question_name(3) == "Question 3"
    assert question_name(FURTHER + 3) == "Question 3, taken further"
    assert BANK.question(FURTHER + 2).prompt == DEEPER.prompt
    far = question(FURTHER - 1, deeper=DEEPER)
    assert far.further() is None  # its number would be too high
    own = Bank.model_validate(
        {**BANK.model_dump(), "questions": (question(FURTHER + 1), *BANK.questions), "tiers": ()}
    )
    assert own.question(FURTHER + 1).prompt != DEEPER.prompt  # a bank's own numbers come first


def test_who_grades_themselves_does_so_before_it_too() -> None:
    sat = held("all", "must", "all", "all", self_graded=True, keys=["y"] * 7)
    asked = [e.question for e in sat.log.events if isinstance(e, Settled)]
    assert asked == [1, FURTHER + 1, 2, 3]


def test_who_comes_back_is_shown_it_by_its_name() -> None:
    sat = held("all", "/pause").go_on("must", "/pause")
    shown = sat.terminal.text().splitlines()
    assert shown[:3] == [
        "Welcome back. 1 question of 3 asked so far.",
        "Let us take that further",
        "And why is that?",
    ]
    between = held("all")  # killed before it was put
    del between.log.lines[between.log.names.index("graded") + 1 :]
    assert between.go_on().terminal.text().splitlines()[1:] == [
        "Let us take that further",
        "And why is that?",
    ]
