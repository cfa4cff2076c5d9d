"""An answer that was taken back: what is left of it in the session and in what is shown of it."""

from __future__ import annotations

from typing import Any

import pytest
from hostile import HOSTILE, NASTY, unsafe
from hypothesis import example, given
from report_parts import Read, page_of, transcript_of
from samples import GRADER, WHEN, Story, bank, grade, question

from interviewer.replay.scenes import scenes
from interviewer.session.events import Answered, Appealed, Closed, Graded, Settled, Undone
from interviewer.session.fold import apply, fold
from interviewer.session.record import BrokenLog
from interviewer.session.runs import run_of

BANK = bank([question(1), question(2)])
FULL = {"big": "met", "small": "met"}


def undo(story: Story, answer: int, number: int = 1) -> Story:
    return story.add(Undone, question=number, answer=answer)


def at_a_probe() -> Story:
    """The answer has number 2, the open follow-up 4."""
    return Story(BANK).ask(1).answer("first", seconds=7).graded({"small": "met"}).probe("big")


def test_the_prompt_is_open_again_and_counts_as_prompted() -> None:
    story = undo(at_a_probe(), 2)
    (record,) = story.session.records
    (turn,) = record.turns
    assert (turn.probe, turn.reply, turn.graded, record.cold) == (None, None, None, None)
    assert [t.reply.text if t.reply else "" for t in turn.taken_back] == ["first", ""]
    assert turn.spent == 7
    story.answer("again", seconds=9).graded(FULL)
    (record,) = story.session.records
    assert (record.cold, record.final, record.prompted) == (0.0, 1.0, True)
    assert record.seconds == 9
    assert fold(story.events) == story.session


def test_a_follow_up_is_open_again_and_what_was_cold_stays_so() -> None:
    story = Story(BANK).play(1, {"big": "met"}).probe("small").answer("x").graded()
    story.probe("small", "Again?")
    undo(story, 5)
    (record,) = story.session.records
    assert [t.probe.text if t.probe else "" for t in record.turns] == ["", "Lead to small?"]
    assert (record.cold, record.final) == (0.75, 0.75)
    undo(story, 2)  # and the one before it
    (record,) = story.session.records
    (turn,) = record.turns
    assert [record.asked(t) for t in turn.taken_back] == [
        "Prompt number 1?", "Lead to small?", "Again?", "Lead to small?",
    ]  # fmt: skip
    assert record.prompted


def test_an_answer_without_a_grade_helps_nobody() -> None:
    story = undo(Story(BANK).ask(1).answer("x"), 2)
    assert not story.session.records[0].prompted


def test_disputes_and_later_runs_of_it_fall_away() -> None:
    story = at_a_probe().add(Appealed, question=1, answer=2, reason="x")
    story.add(Settled, question=1, answer=2, rater="self", levels={}, score=1, passed=True)
    story.add(Graded, question=1, answer=2, grade=grade(BANK.question(1)), grader=GRADER, run=1)
    undo(story, 2)
    (record,) = story.session.records
    assert (record.appeals, record.settled, story.session.reruns) == ((), (), ())
    assert run_of(story.session, 1) is None


ONE = at_a_probe()
PASSED = at_a_probe().skip()
SHUT = Story(BANK).play(1).add(Closed)


@pytest.mark.parametrize(
    ("before", "answer", "number", "words"),
    [
        (Story(BANK), 0, 1, "question 1, not under way"),
        (ONE, 2, 2, "question 2, not under way"),
        (ONE, 3, 1, "that is not there"),
        (PASSED, 2, 1, "after a later reply"),
        (Story(BANK).play(1).ask(2).answer(), 2, 1, "after the next question was replied to"),
        (Story(BANK).play(1).ask(2), 2, 9, "question 9, not under way"),
        (SHUT, 2, 1, "after the session was closed"),
    ],
)
def test_what_cannot_be_taken_back(before: Story, answer: int, number: int, words: str) -> None:
    event = Undone(seq=len(before.events), at=WHEN, question=number, answer=answer)
    with pytest.raises(BrokenLog, match=words):
        apply(before.session, event)


def told(text: str) -> Story:
    story = at_a_probe()
    story.events[2] = story.events[2].model_copy(update={"text": text})
    story.session = fold(story.events)
    return undo(story, 2).answer("second").graded(FULL)


def test_it_is_shown_as_taken_back_everywhere() -> None:
    story = told("first *words*")
    md = transcript_of(story.session)
    assert "*Taken back:* first \\*words\\*" in md
    assert "**answered with help, prompted before the first answer**" in md
    assert "hint" not in md
    assert "*Follow-up, since taken back:* Lead to big?" in md
    assert md.index("Taken back") < md.index("> second")
    page = Read(page_of(story.session))
    assert "You said and took back first *words*" in " ".join(page.words.split())
    assert "Follow-up on criterion 1, since taken back Lead to big?" in " ".join(page.words.split())
    shown = [
        "".join(part.text for part in line.parts)
        for scene in scenes(story.events)
        for line in scene.lines
    ]
    assert shown.index("› first *words*") < shown.index("(that answer was taken back)")
    assert shown.index("(that answer was taken back)") < shown.index("› second")


@given(HOSTILE)
@example("".join(NASTY))
def test_what_was_taken_back_is_data(text: str) -> None:
    session = told(text).session
    assert not unsafe(transcript_of(session))
    assert Read(page_of(session)).skeleton() == Read(page_of(told("a").session)).skeleton()


def test_a_reply_to_a_follow_up_of_the_same_words_is_told_apart() -> None:
    story = Story(BANK).ask(1).answer("a", seconds=1).graded().probe("big")
    story.answer("b", seconds=2).graded().probe("small")
    undo(story, 5)
    turn = story.session.records[0].turns[-1]
    assert (turn.spent, [t.reply is not None for t in turn.taken_back]) == (2, [True, False])
    replies: list[Any] = [t.reply for t in turn.taken_back]
    assert isinstance(replies[0], Answered)
