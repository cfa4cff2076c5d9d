"""What the interviewer says after an answer."""

from __future__ import annotations

import pytest
from hostile import HOSTILE, unsafe
from hypothesis import given
from hypothesis import strategies as st
from samples import grade, question

from interviewer.answer_text.quotes import Evidence
from interviewer.grading import scoring
from interviewer.grading.grades import AnswerGrade, Verdict
from interviewer.interview import feedback

ASKED = question(misconceptions=[("wrong", 0.25)])
ANSWER = "It scatters light; blue goes furthest."


def quoted(**spans: tuple[str, str]) -> AnswerGrade:
    """A grade by claim: a level and the words of ANSWER that it rests on."""

    def outcome(claim: str) -> Verdict:
        level, words = spans.get(claim, ("unmet", ""))
        at = ANSWER.index(words)
        return Verdict(
            criterion=claim,
            level=level,  # type: ignore[arg-type]
            credit={"met": 1.0, "partial": 0.5, "unmet": 0.0}[level],
            confidence=0.8,
            evidence=Evidence(start=at, end=at + len(words)) if words else None,
        )

    verdicts, wrong = (outcome("big"), outcome("small")), (outcome("wrong"),)
    value = scoring.score(ASKED, verdicts, wrong)
    return AnswerGrade(question=1, verdicts=verdicts, misconceptions=wrong, score=value)


def said(grade: AnswerGrade, *, reveal: bool = True, **more: object) -> str:
    lines = feedback.after_answer(ASKED, ANSWER, grade, reveal=reveal, **more)  # type: ignore[arg-type]
    return "\n".join(f"{tone}: {text}" for tone, text in lines)


FIRST, SECOND = "It scatters light", "blue goes furthest"


@pytest.mark.parametrize(
    ("found", "reveal", "expected"),
    [
        (
            quoted(big=("met", FIRST), small=("met", SECOND)),
            True,
            f"good: That is it. “{FIRST}” and “{SECOND}” count.",
        ),
        (
            quoted(big=("met", FIRST)),
            True,
            f"good: You have some of it. “{FIRST}” counts.\n"
            "missing: Still missing: The small statement of 1.",
        ),
        (
            quoted(big=("met", FIRST)),
            False,
            f"good: You have some of it. “{FIRST}” counts.\nnote: There is more to it.",
        ),
        (
            quoted(small=("partial", SECOND)),
            False,
            f"good: You have some of it. “{SECOND}” goes half of the way.\n"
            "note: There is more to it.",
        ),
        (quoted(), False, "missing: That is not it yet.\nnote: Let us come at it another way."),
        (
            quoted(),
            True,
            "missing: That is not it yet.\n"
            "missing: Still missing: The big statement of 1. The small statement of 1.",
        ),
        (
            quoted(big=("met", FIRST), small=("met", FIRST), wrong=("met", SECOND)),
            True,
            f"good: You have some of it. “{FIRST}” counts.\n"
            f"missing: But “{SECOND}” is a slip: it is not so that the wrong error.",
        ),
    ],
)
def test_after_an_answer(found: AnswerGrade, reveal: bool, expected: str) -> None:
    assert said(found, reveal=reveal) == expected


def test_an_ungraded_answer_is_neither_praised_nor_blamed() -> None:
    lines = feedback.after_answer(ASKED, ANSWER, grade(ASKED, {"big": "timeout"}), reveal=True)
    assert lines == [("warning", "I could not grade that one; it is on record as ungraded.")]


def test_what_was_said_before_is_not_called_missing_after_a_probe() -> None:
    first, reply = quoted(big=("met", FIRST)), quoted()
    merged = scoring.merge(ASKED, [first, reply])
    out = said(reply, earlier=True, so_far=merged)
    assert "The small statement" in out
    assert "The big statement" not in out


def test_the_reply_to_a_probe_is_received_mildly() -> None:
    assert said(quoted(big=("met", FIRST)), reveal=False, earlier=True) == (
        f"good: That helps. “{FIRST}” counts."
    )


def test_a_borderline_case_says_so() -> None:
    close = quoted(big=("met", FIRST)).model_copy(update={"passing": 0.5})
    assert said(close).endswith(
        "note: A borderline case: another grader could well decide otherwise."
    )


def test_full_marks_without_a_quote_are_still_good_news() -> None:
    out = feedback.after_answer(
        ASKED, ANSWER, grade(ASKED, {"big": "met", "small": "met"}), reveal=True
    )
    assert out == [("good", "That is it.")]


def test_overlapping_quotes_are_given_once() -> None:
    out = said(quoted(big=("met", ANSWER), small=("met", FIRST)))
    assert out.count("scatters") == 1


@pytest.mark.parametrize("number", range(1, 9))
def test_the_tone_is_fixed_by_the_question_so_that_a_replay_says_the_same(number: int) -> None:
    asked = question(number)
    both = [
        feedback.after_answer(asked, "x", grade(asked, {"big": "met"}), reveal=True)
        for _ in range(2)
    ]
    assert both[0] == both[1]


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


def test_why_of_what_could_not_be_graded() -> None:
    lines = feedback.why(ASKED, ANSWER, grade(ASKED, {"big": "timeout", "small": "partial"}))
    assert lines[0] == ("title", "Question 1: no score")
    assert lines[1] == ("warning", "?  The big statement of 1.")
    assert lines[2] == ("note", "   ungraded (timeout)")
    assert lines[3] == ("plain", "◐  The small statement of 1.")


@given(HOSTILE.filter(bool), st.sampled_from(["met", "partial", "unmet"]), st.booleans())
def test_quotes_of_hostile_answers_are_harmless(answer: str, level: str, reveal: bool) -> None:
    proof = Evidence(start=0, end=len(answer))
    verdict = Verdict(criterion="big", level=level, credit=0.5, confidence=1, evidence=proof)  # type: ignore[arg-type]
    asked = question(weights={"big": 1.0})
    made = AnswerGrade(question=1, verdicts=(verdict,), score=0.5, notes=())
    for _, text in [
        *feedback.after_answer(asked, answer, made, reveal=reveal),
        *feedback.why(asked, answer, made),
    ]:
        assert not unsafe(text)
        assert len(text) < 400


def test_a_full_answer_is_the_first_reference() -> None:
    assert feedback.full_answer(ASKED) == ("note", "A full answer: Reference number 1.")
