"""What a grade says of an answer."""

from __future__ import annotations

from hostile import HOSTILE, unsafe
from hypothesis import given
from hypothesis import strategies as st
from samples import grade, question, quoting

from interviewer.answer_text.quotes import Evidence
from interviewer.grading.grades import AnswerGrade, Verdict
from interviewer.interview.telling import feedback

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
    assert lines[3] == ("plain", "◐  The small statement of 1.")


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
