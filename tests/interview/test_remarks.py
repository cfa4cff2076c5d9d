"""What is said around answers: each kind through a whole interview, in the log and in a replay."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from fakes import ScriptedTerminal
from report_parts import transcript_of
from samples import bank, question
from studio_parts import Held

from interviewer.bank.questions import Criterion, Deeper
from interviewer.interview.talk.remarks import term_in
from interviewer.interview.terminal import Reply
from interviewer.replay.scenes import scenes
from interviewer.session.events import Answered, Hinted, Remarked, Skipped
from interviewer.session.fold import fold

RICH: dict[str, Any] = {
    "again": "The prompt in other words?",
    "easier": "What would you try first?",
    "example": "Take two numbers, 3 and 5.",
    "terms": {"number": "What is counted.", "Prompt number": "The label of a prompt."},
}
TOLD = bank([question(n, **RICH) for n in (1, 2, 3)])
PLAIN = bank([question(n) for n in (1, 2, 3)])


def remarks(held: Held) -> list[Remarked]:
    return [e for e in held.log.events if isinstance(e, Remarked)]


def only(*replies: str | Reply, of: Any = TOLD, **rules: Any) -> tuple[Remarked, Held]:
    """The one remark of a session that ends with a full answer."""
    held = Held(*replies, "all", of=of, count=1, **rules)
    (remark,) = remarks(held)
    assert held.session == fold(held.log.events)
    assert held.session.closed is not None
    assert len(held.grader.requests) == 1  # what is no answer is not graded
    return remark, held


@pytest.mark.parametrize(
    ("said", "kind", "words"),
    [
        ("Let me think.", "thinking", "Go ahead when you are ready."),
        ("Can you repeat the question?", "repeat", "Prompt number 1?"),
        ("Could you put that differently?", "rephrase", "The prompt in other words?"),
        ("What do you mean by number?", "define", "By “number” I mean this: What is counted."),
        ("what does prompt-number mean?", "define", "The label of a prompt."),
        ("What do you mean by prompt?", "define", ": The prompt in other words?"),
        ("What do you mean by leads?", "define", "You do not need that word"),
        ("Can you give me an example?", "example", "Take two numbers, 3 and 5."),
        ("Am I on the right track?", "on-track", "not heard an answer to this one yet"),
        ("How many questions are left?", "remaining", "question 1 of 1; it is the last one."),
        ("Hello there!", "small-talk", "Glad you are here. "),
        ("that's unfair", "protest", "'interviewer appeal'"),
        ("Do you want the formula?", "clarify", "I am after the reasons"),
    ],
)
def test_what_is_no_answer_gets_a_reply_and_leaves_the_question_cold(
    said: str, kind: str, words: str
) -> None:
    remark, held = only(said)
    assert (remark.kind, remark.said, remark.worded_by) == (kind, said, "bank")
    assert words in remark.reply
    assert kind == "repeat" or remark.reply in held.terminal.text("note")
    assert held.session.cold_count == 1
    assert held.session.records[0].first.asides == (remark,)
    assert remark.reply.split()[0] in transcript_of(held.session)
    shown = [p.text for s in scenes(held.log.events) for line in s.lines for p in line.parts]
    assert f"› {said}" in shown
    assert remark.reply in shown


def test_without_other_words_the_prompt_is_put_again() -> None:
    remark, _ = only("Could you put that differently?", of=PLAIN)
    assert remark.reply.endswith("Once more: Prompt number 1?")
    remark, _ = only("Can you give me an example?", of=PLAIN)
    assert remark.reply.startswith("An example would be half of the answer here.")


def test_a_hint_asked_for_in_words_is_a_hint() -> None:
    remark, held = only("Can I have a hint?")
    assert (remark.kind, remark.reply) == ("hint", "")
    assert [e.text for e in held.log.events if isinstance(e, Hinted)] == ["Lead to big?"]
    assert held.scores() == [(0.0, 1.0)]
    _, held = only("Can I have a hint?", cold=True)
    assert "No hints this time" in held.terminal.text("note")


def test_not_knowing_gets_an_easier_way_in_once_and_then_lets_go() -> None:
    held = Held("I don't know", "no idea, sorry", "all", of=TOLD, count=2)
    (remark,) = remarks(held)
    assert remark.kind == "dont-know"
    assert remark.reply.endswith("What would you try first?")
    assert [e.reason for e in held.log.events if isinstance(e, Skipped)] == ["unknown"]
    assert held.scores() == [(0.0, 0.0), (1.0, 1.0)]


def test_an_answer_after_the_easier_way_in_counts_as_prompted() -> None:
    remark, held = only("I don't know")
    assert remark.kind == "dont-know"
    assert held.scores() == [(0.0, 1.0)]
    assert held.session.records[0].prompted


@pytest.mark.parametrize(
    ("rules", "of"), [({"cold": True}, TOLD), ({}, PLAIN)], ids=["cold", "none"]
)
def test_without_an_easier_way_in_it_lets_go_at_once(rules: dict[str, Any], of: Any) -> None:
    held = Held("I don't know", "all", of=of, count=2, **rules)
    assert remarks(held) == []
    assert held.scores() == [(0.0, 0.0), (1.0, 1.0)]


def test_a_follow_up_that_is_not_known_is_let_go() -> None:
    held = Held("small", "I don't know", "all", of=TOLD, count=2)
    assert remarks(held) == []
    assert held.log.names.count("probed") == 1


def test_giving_up_is_a_skip_with_its_words_on_record() -> None:
    held = Held("let's skip this one", "all", of=TOLD, count=2)
    (skipped,) = [e for e in held.log.events if isinstance(e, Skipped)]
    assert (skipped.reason, skipped.text) == ("skip", "let's skip this one")


def test_what_was_heard_is_told_and_not_what_is_missing() -> None:
    held = Held("small", "Am I on the right track?", "big", of=TOLD, count=1)
    (remark,) = remarks(held)
    assert remark.reply == "Yes, with “small”. Go on from there."
    assert held.log.names.count("probed") == 1  # it used up no follow-up
    held = Held("small", "Am I on the right track?", "big", of=TOLD, count=1, silent=True)
    assert "silent" in remarks(held)[0].reply
    held = Held("nonsense", "Am I on the right track?", "big", of=TOLD, count=1)
    assert "Nothing that I could count" in remarks(held)[0].reply


def test_what_is_left_and_the_clock() -> None:
    held = Held(Reply("text", "How much time is left?", 10.0), "all", of=TOLD, timed=True)
    (remark,) = remarks(held)
    assert remark.reply == (
        "This is question 1 of 3; 2 more after it. You have about 50 seconds left on it."
    )
    assert [s.limit for s in held.terminal.statuses][:2] == [60, 50]


def test_a_protest_is_told_when_the_grade_is_settled() -> None:
    held = Held("small", "But I already said that!", "big", of=TOLD, count=1)
    (remark,) = remarks(held)
    assert "still open: you settle the grade as soon as it is over" in remark.reply
    held = Held("small", "But I already said that!", "big", of=TOLD, count=1, timed=True)
    assert "after it, with 'interviewer appeal'" in remarks(held)[0].reply


def test_a_correction_is_an_answer() -> None:
    held = Held("no wait, the other way round", of=TOLD, count=1)
    assert [e.text for e in held.log.events if isinstance(e, Answered)] == [
        "no wait, the other way round"
    ]


def test_a_file_of_answers_goes_on_with_its_next_one() -> None:
    class FromFile(ScriptedTerminal):
        live = False

    held = Held("/pause", of=TOLD, count=2)
    again = held.go_on("I don't know", "Let me think.", "all")
    assert again.log.names.count("remarked") == 2  # at a keyboard
    held = Held("/pause", of=TOLD, count=2)
    again = held.go_on(terminal=FromFile(["I don't know", "Let me think.", "all"]))
    assert again.scores() == [(0.0, 0.0), (1.0, 1.0)]
    assert [r.kind for r in remarks(again)] == ["thinking"]


@pytest.mark.parametrize("style", ["friendly", "neutral", "tough"])
def test_wordings_vary_and_none_is_said_twice_in_a_row(style: str) -> None:
    held = Held(*["Let me think."] * 6, "all", of=TOLD, count=1, style=style)
    said = [r.reply for r in remarks(held)]
    assert len(set(said)) > 1
    assert all(a != b for a, b in pairwise(said))


def test_the_longest_term_that_was_named_is_meant() -> None:
    asked = TOLD.question(1)
    assert term_in("what is a PROMPT NUMBER?", asked) == "Prompt number"
    assert term_in("which number?", asked) == "number"
    assert term_in("what are numbers?", asked) is None


def test_a_follow_up_is_put_in_the_words_of_another_on_the_same_point() -> None:
    two = bank(
        [question(probes=[("big", "Lead to big?"), ("big", "Another way to big?"), "small"])]
    )
    again = "Could you put that differently?"
    held = Held("small", again, again, "nonsense", "all", of=two, count=1)
    first, second = remarks(held)
    assert first.reply.endswith(": Another way to big?")
    assert "no better words" in second.reply  # those were all
    # What was put in a remark is not put again as a follow-up.
    assert held.terminal.text("probe").splitlines() == ["Lead to big?"]


def test_a_deeper_question_has_words_of_its_own_for_a_second_time() -> None:
    deeper = Deeper(
        prompt="And why is that?", again="What is the reason?", references=("Since it must be.",),
        criteria=(Criterion(id="must", statement="It must be."),),
    )  # fmt: skip
    of = bank([question(1, deeper=deeper)])
    held = Held(
        "all", "Could you put that differently?", "Since it must be.", of=of, count=1, deeper=1
    )
    (remark,) = remarks(held)
    assert remark.reply.endswith(": What is the reason?")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("at training time or at test time?", ": The prompt in other words?"),
        ("do you want the formula or the idea?", "I am after the reasons"),
        ("Small compared to what, vectors or sparse ones?", ": The prompt in other words?"),
        ("Do you want the formula?", "I am after the reasons"),
    ],
)
def test_a_choice_is_told_what_is_asked_unless_it_is_about_the_form(said: str, words: str) -> None:
    remark, _ = only(said)
    assert remark.kind == "clarify"
    assert re.search(words, remark.reply)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Hello there!", "Good to have you here."),
        ("sorry, I'm a bit nervous", "That happens|Do not worry"),
        ("haha, this is fun", "Glad|I thought"),
        ("sorry, the dog is barking", "No trouble"),
        ("I am so tired today", "I can imagine"),
    ],
)
def test_small_talk_is_answered_in_kind(said: str, words: str) -> None:
    remark, _ = only(said, style="friendly")
    assert remark.kind == "small-talk"
    assert re.match(words, remark.reply)


def test_whoever_protests_hears_what_counted() -> None:
    held = Held("small", "But I already said that!", "big", of=TOLD, count=1)
    (remark,) = remarks(held)
    assert remark.kind == "protest"
    assert remark.reply.startswith("I did hear “small”, and that counts; now I ask about the rest.")
    assert "/dispute" in remark.reply
