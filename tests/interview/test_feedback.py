"""What a grade says of an answer."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hostile import HOSTILE, unsafe
from hypothesis import given
from hypothesis import strategies as st
from samples import GRADER, Story, bank, grade, question, quoting

from interviewer.answer_text.quotes import Evidence
from interviewer.grading.grades import AnswerGrade, Verdict
from interviewer.interview.telling import debrief, feedback
from interviewer.session.events import Graded
from interviewer.session.record import Record

ASKED = question(misconceptions=[("wrong", 0.25)])
ANSWER = "It scatters light; blue goes furthest."


def quoted(**spans: tuple[str, str]) -> AnswerGrade:
    """A grade by claim: a level and the words of ANSWER that it rests on."""
    return quoting(ASKED, ANSWER, confidence=0.8, **spans)


FIRST, SECOND = "It scatters light", "blue goes furthest"


def test_why_goes_through_every_claim() -> None:
    found = quoted(big=("met", FIRST), wrong=("met", SECOND)).model_copy(
        update={"similarity": 0.5, "notes": ("a note",)}
    )
    lines = feedback.why(ASKED, ANSWER, found)
    assert lines == [
        ("title", "Question 1: 0.50"),  # 3 / 4 - 0.25
        ("good", "✓  The big statement of 1."),
        ("note", f"   “{FIRST}” (confidence 0.80)"),
        ("missing", "·  The small statement of 1."),
        ("note", "   nothing in the answer says it (confidence 0.80)"),
        ("missing", "✗  A wrong claim: the wrong error."),
        ("note", f"   “{SECOND}” (confidence 0.80)"),
        ("note", "Similarity to the reference 0.50 (shown, never counted)."),
        ("note", "a note"),
    ]


def test_why_keeps_back_what_was_not_said_where_it_must() -> None:
    lines = feedback.why(ASKED, ANSWER, quoted(big=("met", FIRST)), reveal=False)
    assert lines[-1] == ("missing", "·  1 point not said, and shown when the session is over.")
    assert "small statement" not in str(lines)


def test_why_of_what_could_not_be_graded() -> None:
    lines = feedback.why(ASKED, ANSWER, grade(ASKED, {"big": "timeout", "small": "partial"}))
    assert lines[0] == ("title", "Question 1: no score")
    assert lines[1] == ("warning", "?  The big statement of 1.")
    assert lines[2] == ("note", "   ungraded (timeout)")
    assert lines[3] == ("half", "◐  The small statement of 1.")
    assert lines[4] == ("note", "   the answer as a whole says it (confidence 0.90)")


LONG = (
    "Dirty read: you see uncommitted data of someone else. Non-repeatable: a row is read twice and"
    " changed. The phantom, as they call it, is that new rows turn up, and that is all there is to it"
)


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("A dirty read sees uncommitted data.", "Dirty read: you see uncommitted data of someone else"),
        ("The same row read twice changes.", "Non-repeatable: a row is read twice and changed"),
        ("New rows appear.", "is that new rows turn up"),
        ("Entirely unheard of.", None),
    ],
)  # fmt: skip
def test_of_more_than_can_be_quoted_the_clause_that_speaks_of_the_claim_is(
    claim: str, quote: str | None
) -> None:
    whole = Evidence(start=0, end=len(LONG))
    plain = feedback.phrase(LONG, whole)
    assert feedback.phrase(LONG, whole, claim) == (f"“{quote}”" if quote else plain)
    begins = Evidence(start=0, end=LONG.index(".") + 1)
    assert feedback.phrase(LONG, begins, claim) == feedback.phrase(LONG, begins)


@given(HOSTILE.filter(bool), st.sampled_from(["met", "partial", "unmet"]), st.booleans())
def test_quotes_of_hostile_answers_are_harmless(answer: str, level: str, reveal: bool) -> None:
    proof = Evidence(start=0, end=len(answer))
    verdict = Verdict(criterion="big", level=level, credit=0.5, confidence=1, evidence=proof)  # type: ignore[arg-type]
    asked = question(weights={"big": 1.0})
    made = AnswerGrade(question=1, verdicts=(verdict,), score=0.5, notes=())
    for _, text in [
        *feedback.why(asked, answer, made, reveal=reveal),
    ]:
        assert not unsafe(text)
        assert len(text) < 400


def test_a_full_answer_is_the_first_reference() -> None:
    assert feedback.full_answer(ASKED) == ("note", "A full answer: Reference number 1.")


def record_of(*said: tuple[str, Mapping[str, tuple[str, str]]]) -> Record:
    """A question with those answers, each graded by the words that carry a claim."""
    story = Story(bank([ASKED]), probes=2).ask(1)
    for number, (answer, spans) in enumerate(said):
        if number:
            story.probe("small")
        story.answer(answer)
        found = quoting(ASKED, answer, **spans)
        seq = story.events[-1].seq
        story.add(Graded, question=1, answer=seq, grade=found, grader=GRADER)
    record = story.session.current
    assert record is not None
    return record


def test_a_slip_is_told_with_its_words() -> None:
    record = record_of((ANSWER, {"big": ("met", FIRST), "wrong": ("met", SECOND)}))
    assert feedback.charges(record) == {"wrong": f"“{SECOND}”"}
    assert feedback.slips(record) == [f"“{SECOND}”"]


def test_what_was_taken_back_is_no_slip_anywhere() -> None:
    at_once = "It scatters light; blue goes furthest, no wait, red does."
    record = record_of((at_once, {"big": ("met", FIRST), "wrong": ("met", SECOND)}))
    assert feedback.charges(record) == {}
    later = record_of(
        (ANSWER, {"big": ("met", FIRST), "wrong": ("met", SECOND)}),
        ("No wait, the other way round.", {"small": ("met", "the other way round")}),
    )
    assert feedback.charges(later) == {}
    assert feedback.is_clean(later)
    lines = "\n".join(text for _, text in debrief.question_lines(later))
    assert "mistake" not in lines
    assert "slip" not in lines


def test_one_quote_is_never_both_credit_and_slip() -> None:
    first, second = "The big statement", "the small one"
    answer = f"{first}; {second}."
    both = record_of((answer, {"big": ("met", first), "wrong": ("met", first)}))
    assert feedback.charges(both) == {"wrong": None}
    lines = [text for _, text in debrief.question_lines(both)]
    assert sum(f"“{first}" in line for line in lines) == 1
    assert any("close to what you said" in line for line in lines)
    wrong = "the wrong one"
    half = record_of((f"{first}; {wrong}.", {"big": ("partial", wrong), "wrong": ("met", wrong)}))
    lines = [text for _, text in debrief.question_lines(half)]
    assert sum(f"“{wrong}" in line for line in lines) == 1


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("Right outer join keeps all rows", "“Right outer join keeps all rows”"),
        ("Right-skewed data has a long tail", "“Right-skewed data has a long tail”"),
        ("Right, skewed data has a long tail", "“skewed data has a long tail”"),
        ("So-called dirty reads are allowed", "“So-called dirty reads are allowed”"),
        ("So dirty reads are allowed", "“dirty reads are allowed”"),
        ("Like matches a pattern in SQL", "“Like matches a pattern in SQL”"),
    ],
)
def test_a_quote_loses_no_word_of_what_is_said(answer: str, shown: str) -> None:
    assert feedback.phrase(answer, Evidence(start=0, end=len(answer))) == shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Take bank", "“Take bank of the river”"),
        ("has a vector", "“it has a vector of its own”"),
        ("close to each", "“close to each other that they look alike”"),
        ("I think it is the log", "“it is the log”"),
        ("the dot", "“the dot product is enough”"),
        ("then bank", "“bank and river are taken apart”"),
    ],
)
def test_a_quote_is_a_whole_phrase(words: str, shown: str) -> None:
    answer = (
        "Take bank of the river, it has a vector of its own, so close to each other that they look"
        " alike. I think it is the log, right? So that the dot product is enough. First the words,"
        " then bank and river are taken apart."
    )
    start = answer.index(words)
    evidence = Evidence(start=start, end=start + len(words))
    assert feedback.phrase(answer, evidence) == shown


def test_a_long_quote_ends_where_a_clause_does() -> None:
    long = "The order of the words is gone, and the vectors are as long as the whole vocabulary is, which is big"
    assert feedback.quoted(long) == (
        "“The order of the words is gone, and the vectors are as long as the whole vocabulary is…”"
    )


def test_what_is_named_as_a_fault_when_asked_for_one_is_no_slip() -> None:
    story = Story(bank([ASKED]), probes=2).ask(1).answer(ANSWER).graded({})
    story.probe("small", text="Which limit does that remove?").answer(ANSWER)
    found = quoting(ASKED, ANSWER, wrong=("met", SECOND))
    story.add(Graded, question=1, answer=story.events[-1].seq, grade=found, grader=GRADER)
    record = story.session.current
    assert record is not None
    assert feedback.charges(record) == {}


def test_of_several_sentences_the_one_is_quoted_that_speaks_of_it() -> None:
    answer = "Layered small-world graph; greedy descent; usually top of all the benchmarks."
    whole = Evidence(start=0, end=len(answer))
    for about, words in (
        ("A graph of several layers.", "“Layered small-world graph”"),
        ("The search is greedy.", "“greedy descent”"),
        ("", "“usually top of all the benchmarks”"),  # the longest
    ):
        assert feedback.phrase(answer, whole, about) == words
