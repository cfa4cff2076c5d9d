"""What is said beside an answer, in the same breath."""

from __future__ import annotations

from typing import Any

import pytest
from fakes import ScriptedTerminal
from samples import Story, bank, question
from studio_parts import FULL, Held

from interviewer.interview.talk import tails
from interviewer.interview.talk.tails import answer_alone, tail_of
from interviewer.interview.telling import wordings
from interviewer.session.events import Answered, Appealed, Remarked
from interviewer.session.fold import fold

SAID = [
    ("No word order. Does that cover what you want or shall I go on?", "offer"),
    ("It was trained for masked words. Do you want me to go into anisotropy?", "offer"),
    ("A frozen model with gates. Should I explain the resampler?", "offer"),
    ("River bank and money bank. Is that enough?", "offer"),
    ("No. What else do you want?", "offer"),
    ("You gain local order. How would you limit that, by the way?", "back"),
    ("One vector per word. What's your view on subwords?", "back"),
    ("Minus log of the ratio. Do you count the positive in the denominator?", "back"),
    ("15 percent. What happens to the rest?", "back"),
    ("BM25, in old systems. But what's the point of this?", "back"),
    ("Encoders read both ways. I'm not sure. Could you give me an example?", "request"),
    ("Give me a hint, please. I think it is a matrix of counts.", "request"),
    ("It is a matrix. Maybe in other words, please? And it is symmetric.", "request"),
    ("A gate opens slowly. I need a small hint please.", "request"),
    ("A linear map. You cut me off, that grade was unfair.", "protest"),
    ("The diagonal ones. I want to dispute that last grade.", "protest"),
    ("You gain speed. But first I'd like the earlier grade corrected.", "protest"),
    ("Softmax, it is the formula I gave. I disagree that this was missing.", "protest"),
    ("The rare words count more, is that the idea?", "check"),
    ("The rare words count more. Am I wrong?", "check"),
    ("It is lost, right?", "check"),
    # nothing beside the answer
    ("It gives the encoder a hint. That helps.", None),
    ("The prompt is put in other words. Then it is averaged.", None),
    ("What's your view on subwords?", None),
    ("It is the log of the ratio.", None),
    ("The score of the pair is wrong for hard negatives. The points are far apart.", None),
    ("You ask how often it comes up? You count it.", None),
    ("It cuts the image in patches. Is it a sequence then?", None),
    ("The two are close. Does that make the cosine high?", None),
    ("The gradient pushes it. I disagree with the paper on that.", None),
    ("", None),
]  # fmt: skip


@pytest.mark.parametrize(("said", "kind"), SAID)
def test_what_is_for_the_interviewer(said: str, kind: str | None) -> None:
    tail = tail_of(said)
    assert (tail.kind if tail else None) == kind
    assert tail is None or tail.words in said


@pytest.mark.parametrize(
    ("said", "alone"),
    [
        ("I think it is the log, right?", "it is the log,"),
        ("It is the log. Could you give me a hint?", "It is the log."),
        ("It is the log. That grade was unfair.", "It is the log."),
        ("That grade was unfair. It is the log.", "It is the log."),
        ("It is the log.", "It is the log."),
        ("What's your view?", "What's your view?"),
    ],
)
def test_a_grader_is_shown_the_answer_alone(said: str, alone: str) -> None:
    shown = answer_alone(said)
    assert len(shown) == len(said)
    assert " ".join(shown.split()) == alone


def beside(held: Held) -> list[Remarked]:
    assert held.session == fold(held.log.events)
    return [e for e in held.log.events if isinstance(e, Remarked)]


def test_a_question_back_gets_a_word_and_the_whole_is_the_answer() -> None:
    said = "It is the small one. How would you limit that?"
    held = Held(said, "all", count=1, probes=0)
    (remark,) = beside(held)
    assert (remark.kind, remark.said) == ("clarify", "How would you limit that?")
    assert remark.reply in held.terminal.text("note")
    (answer,) = [e for e in held.log.events if isinstance(e, Answered)]
    assert answer.text == said
    assert remark.seq < answer.seq


def test_a_protest_beside_an_answer_is_put_on_record_against_the_grade_before() -> None:
    held = Held("small", "It is the big one. That grade was unfair.", "all", count=2, probes=0)
    (remark,) = beside(held)
    assert (remark.kind, remark.said) == ("protest", "That grade was unfair.")
    (appeal,) = [e for e in held.log.events if isinstance(e, Appealed)]
    assert (appeal.question, appeal.answer, appeal.reason) == (1, 2, "That grade was unfair.")
    assert "/dispute settles it" in held.terminal.text("note")


def test_help_asked_for_with_an_answer_comes_once_that_was_heard() -> None:
    held = Held("small", "big", count=1, probes=1)
    assert beside(held) == []
    said = "It is the small one. Could you give me a hint?"
    held = Held(said, "all", count=1, probes=1)
    (remark,) = beside(held)
    names = held.log.names
    assert (remark.kind, remark.said) == ("hint", "Could you give me a hint?")
    assert names.index("graded") < names.index("probed") < names.index("remarked")
    words = [text for _, text in held.terminal.said]
    assert words.index(remark.reply) == words.index("Lead to big?") - 1


def test_help_asked_for_before_the_answer_comes_after_it_too() -> None:
    said = "Give me a hint, please. It is the small one."
    held = Held(said, "all", count=1, probes=1)
    (remark,) = beside(held)
    assert (remark.kind, remark.said) == ("hint", "Give me a hint, please.")
    assert held.grader.requests[0].answer.strip() == "It is the small one."
    assert held.log.names.count("graded") == 2


ASKS_FOR_A_HINT = "It is the small one. Could you give me a hint?"


def test_no_help_comes_after_a_complete_answer_nor_in_a_cold_run() -> None:
    whole = Held(ASKS_FOR_A_HINT, count=1, probes=1, table={answer_alone(ASKS_FOR_A_HINT): FULL})
    assert beside(whole) == []
    cold = Held(ASKS_FOR_A_HINT, count=1, cold=True)
    (remark,) = beside(cold)
    assert "help" in remark.reply


CHECK = "It is the left one, right?"
MEANT = "It is the left one,       "


@pytest.mark.parametrize(("levels", "said"), [
    ({"small": "met"}, wordings.CONFIRMED), ({"small": "partial"}, wordings.IN_PART),
    ({}, wordings.NEITHER), ({"wrong": "met"}, wordings.NOT_SO),
])  # fmt: skip
def test_whoever_asks_whether_it_is_right_is_told(levels: Any, said: Any) -> None:
    of = bank([question(1, misconceptions=[("wrong", 0.25)])])
    held = Held(CHECK, "all", of=of, count=1, probes=1, table={MEANT: levels})
    assert held.grader.requests[0].answer == MEANT
    (answer, *_) = [e for e in held.log.events if isinstance(e, Answered)]
    assert answer.text == CHECK
    first = held.terminal.text("note").splitlines()
    assert any(line in said["neutral"] for line in first)
    assert beside(held) == []


def test_in_a_silent_session_that_is_kept_to_the_end() -> None:
    held = Held(CHECK, count=1, silent=True)
    (remark,) = beside(held)
    assert (remark.said, remark.reply in held.terminal.text("note")) == ("right", True)


def test_a_protest_before_anything_was_graded_is_let_be() -> None:
    held = Held("It is the big one. That grade was unfair.", "all", count=1, probes=0)
    assert beside(held) == []


def test_a_file_is_told_nothing_in_between() -> None:
    class FromFile(ScriptedTerminal):
        live = False

    held = Held("/pause", count=1, probes=0)
    held.go_on(terminal=FromFile(["It is small. How would you limit that?"]))
    assert beside(held) == []


def test_a_grader_is_shown_what_was_said_on_the_question_before() -> None:
    story = Story(bank([question(1)])).play(1, {}).probe("big").answer("Maybe the small one.")
    record = story.session.records[0]
    request = tails.request(record.question, record, record.turns[-1])
    assert (request.before, request.asked) == ("an answer", "Lead to big?")
    assert request.answer.split() == ["the", "small", "one."]
    assert tails.request(record.question, record, record.first).before == ""
    assert tails.request(record.question, record, record.first, "Other").answer == "Other"
