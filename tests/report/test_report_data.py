"""The values of a report: the same figures as everywhere else."""

from __future__ import annotations

import pytest
from report_parts import full_story
from samples import GRADER, Story, bank, grade, question

from interviewer.bank.questions import Aim
from interviewer.interview.telling import summary
from interviewer.report import report_data
from interviewer.report.report_values import Report
from interviewer.session import standing
from interviewer.session.events import Closed, Graded
from interviewer.session.fold import fold

RIGHT = {"big": "met", "small": "met"}
BANK = bank(
    [question(n, section="A" if n < 4 else "B") for n in range(1, 7)],
    tiers=[(1, 2, 3), (4, 5, 6)],
    aims=(Aim(name="cold", questions=(1, 2, 3, 4, 5, 6), target=3),),
)


@pytest.fixture
def told() -> Story:
    """Every result once: 1 cold, 2 prompted, 3 missed, 4 ungraded, 5 open, 6 not asked."""
    story = Story(BANK, count=6)
    story.play(1, RIGHT)
    story.play(2, {}).probe("big").answer().graded({"big": "met"})
    story.ask(3).skip("unknown")
    story.play(4, {"big": "timeout"}).probe("big").answer().graded(RIGHT)
    return story.ask(5)


def test_every_result(told: Story) -> None:
    found = report_data.build(told.session)
    results = ["cold", "prompted", "missed", "ungraded", "not-asked", "not-asked"]
    assert [cell.result for cell in found.strip] == results
    assert [cell.asked for cell in found.strip] == [True] * 5 + [False]
    first, second = found.sections
    assert (first.cold, first.prompted, first.missed, first.total) == (1, 1, 1, 3)
    assert (second.ungraded, second.not_asked, second.total) == (1, 2, 3)
    totals = found.totals
    assert (totals.questions, totals.replied) == (6, 4)
    assert (totals.cold, totals.prompted, totals.missed, totals.ungraded) == (1, 1, 1, 1)
    assert found.session.state == "open"
    assert [q.result for q in found.questions] == results[:5]


def test_the_standing_is_the_one_of_the_summary(told: Story) -> None:
    found = report_data.build(told.session)
    for shown, band in zip(found.tiers, told.bank.tiers, strict=True):
        tally = standing.tier_tally(told.session, band)
        assert shown.tally == summary.tally_words(tally)
        line = summary.tier_line(band, tally, numbers=True)[1]
        assert line == f"{band.name} ({band.questions[0]}-{band.questions[-1]}): " + (
            f"{shown.tally} {shown.verdict}".strip()
        )
        assert shown.reached == tally.reached
    known, unknown = found.tiers
    assert (known.low, known.high) == (1, 1)
    assert known.chance == pytest.approx(0.0, abs=1e-12)
    assert (known.reached, known.verdict) == (False, "Tier 1 is not held.")
    assert (unknown.expected, unknown.low, unknown.high, unknown.chance) == (None,) * 4
    assert (unknown.reached, unknown.close, unknown.verdict) == (None, False, "")
    assert found.aims[0].tally == summary.tally_words(
        standing.aim_tally(told.session, told.bank.aims[0])
    )


def test_study_next_is_worst_first_with_what_was_lacking(told: Story) -> None:
    found = report_data.build(told.session).study_next
    assert [item.question for item in found] == [3, 2]
    assert found[0].missing == ()
    assert found[1].missing == ("The small statement of 2.",)


def test_grade_runs_stand_side_by_side(told: Story) -> None:
    told.skip().add(Closed)
    answers = {r.question.id: r.first.reply.seq for r in told.session.records if r.first.reply}
    for number, levels in ((1, {"small": "met"}), (2, RIGHT)):
        told.add(
            Graded,
            question=number,
            answer=answers[number],
            grade=grade(BANK.question(number), levels),
            grader=GRADER.model_copy(update={"spec": "other"}),
            run=1,
        )
    own, other = report_data.build(told.session).runs
    assert (own.run, own.graded, own.answers, own.cold, own.changed) == (0, 5, 5, 1, 0)
    assert (other.run, other.graded, other.answers, other.changed) == (1, 2, 5, 3)
    assert (other.cold, other.grader.spec) == (1, "other")
    # run 1 graded questions 1 and 2; the passes on 3 and 5 are 0 whoever grades
    assert (own.scored, other.scored) == (4, 4)


def test_leads_and_clarifications_stand_where_they_were_said() -> None:
    (first, *rest) = report_data.build(full_story("why").session).questions
    assert (first.lead, first.led_by) == ("why", "why")
    assert [(c.asked, c.reply, c.worded_by) for c in first.turns[0].clarifications] == [
        ("why", "why", "why")
    ] * 2
    assert first.turns[1].clarifications == ()
    assert {(q.lead, q.led_by) for q in rest} == {("", "")}


def test_appeals_and_settlements_stand_by_their_answer() -> None:
    (turn, later) = report_data.build(full_story("why").session).questions[0].turns
    assert [(a.criterion, a.reason) for a in turn.appeals] == [("big", "why")]
    assert [(s.rater, s.levels, s.passed) for s in turn.settled] == [("why", {"big": "met"}, True)]
    assert later.appeals == later.settled == ()


@pytest.mark.parametrize("count", range(1, len(full_story("w").events) + 1))
def test_it_survives_json(count: int) -> None:
    built = report_data.build(fold(full_story("w\u2028👩‍🔬\x00").events[:count]))
    assert Report.model_validate_json(built.model_dump_json()) == built


def test_evidence_outside_the_answer_is_no_quote() -> None:
    events = full_story("long words").events
    answered = next(i for i, e in enumerate(events) if e.event == "answered")
    events[answered] = events[answered].model_copy(update={"text": ""})
    turn = report_data.build(fold(events)).questions[0].turns[0]
    assert turn.grade is not None
    assert [claim.quote for claim in turn.grade.claims] == [None, None, None]
