"""What counts as said without help."""

from __future__ import annotations

import pytest
from samples import GRADER, Story, bank, grade, question

from interviewer.session import standing
from interviewer.session.events import Answered, Graded, Hinted, Probed, Remarked, Undone
from interviewer.session.fold import fold
from interviewer.session.results import result_of

BANK = bank([question(1), question(2)], tiers=[(1, 2)])
SMALL, REST = {"small": "met"}, {"big": "met"}


def begun() -> Story:
    """After an answer that does not pass by itself."""
    return Story(BANK).play(1, SMALL)


def go_on(story: Story) -> Story:
    return story.add(Probed, question=1, criterion="big", text="Go on.", goes_on=True)


def add_later(story: Story) -> Story:
    """The rest, while question 2 is open."""
    story.ask(2).add(Answered, question=1, text="the rest", added=True)
    reply = story.session.records[0].turns[-1].reply
    assert reply is not None
    return story.add(
        Graded, question=1, answer=reply.seq, grader=GRADER, grade=grade(BANK.question(1), REST)
    )


@pytest.mark.parametrize(
    ("story", "cold"),
    [
        (begun(), 0.25),
        (go_on(begun()).answer().graded(REST), 1.0),
        (begun().probe("big").answer().graded(REST), 0.25),
        (add_later(begun()), 1.0),
        # Whatever follows help has had it.
        (add_later(begun().probe("big").answer().graded()), 0.25),
        (go_on(begun()).answer().graded().probe("big").answer().graded(REST), 0.25),
        (
            go_on(begun()).add(Hinted, question=1, criterion="big", text="Big?").answer().graded(REST),
            0.25,
        ),
        (
            go_on(begun())
            .add(Remarked, question=1, kind="dont-know", said="no idea", reply="A way in.")
            .answer()
            .graded(REST),
            0.25,
        ),
    ],
)  # fmt: skip
def test_cold_is_what_came_before_any_help(story: Story, cold: float) -> None:
    record = story.session.records[0]
    assert record.cold == cold
    assert (result_of(record) == "cold") == (cold == 1.0)
    assert standing.cold_chance(record) == (1.0 if cold == 1.0 else 0.0)
    assert standing.tier_tally(story.session, BANK.tiers[0]).answered == int(cold == 1.0)


def test_who_heard_what_was_made_of_an_answer_has_had_help() -> None:
    story = go_on(begun()).answer("some of it").graded({"big": "partial"})
    story.add(Undone, question=1, answer=story.session.last_seq - 1).answer("more").graded(REST)
    assert story.session.records[0].cold == 0.25
    story = add_later(begun())
    last = story.session.records[0].turns[-1].reply
    assert last is not None
    story.add(Undone, question=1, answer=last.seq)
    story.add(Answered, question=1, text="the rest", added=True)
    story.add(
        Graded, question=1, answer=story.session.last_seq, grader=GRADER,
        grade=grade(BANK.question(1), REST),
    )  # fmt: skip
    assert story.session.records[0].cold == 0.25
    assert story.session.records[0].final == 1.0


def test_to_go_on_is_no_follow_up_and_its_reply_belongs_to_what_was_asked_before() -> None:
    story = go_on(begun()).answer().graded()
    record = story.session.records[0]
    assert record.followed_up == ()
    assert record.asked(record.turns[1]) == "Go on."
    assert record.replied_to(record.turns[1]) == record.question.prompt
    story.probe("big").answer().graded()
    record = story.session.records[0]
    assert [record.replied_to(turn) for turn in record.turns[1:]] == [
        record.question.prompt,
        "Lead to big?",
    ]
    assert record.followed_up == (record.turns[2],)


def test_a_log_from_before_reads_as_it_did() -> None:
    story = begun().probe("big").answer().graded(REST)
    assert not any(e.goes_on for e in story.events if isinstance(e, Probed))
    record = fold(story.events).records[0]
    assert (record.cold, record.final, result_of(record)) == (0.25, 1.0, "prompted")
