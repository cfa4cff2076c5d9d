"""What the interviewer says after an answer, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from interviewer.core import scoring, steps
from interviewer.core.text import one_line
from interviewer.domain.bank import Question
from interviewer.domain.grade import AnswerGrade, Ungraded, Verdict

Tone = Literal["title", "question", "probe", "hint", "good", "missing", "note", "plain", "warning"]
Line = tuple[Tone, str]

QUOTE_LENGTH = 90

_FULL = ("Yes.", "That is it.", "Right.", "Good, that covers it.")
_PART = ("Partly.", "You have some of it.", "That is part of it.")
_NONE = ("Not quite.", "That is not it yet.", "I was after something else.")


def after_answer(
    question: Question,
    answer: str,
    grade: AnswerGrade,
    *,
    reveal: bool,
    earlier: bool = False,
    so_far: AnswerGrade | None = None,
) -> list[Line]:
    """What counted, in the candidate's own words, and what was missing.

    reveal: name what was missing (when no probe on it follows). earlier: this was the reply to a
    probe, so only what it added is praised and the opening is milder. so_far: the grade of all
    answers to the question together, so that what was said before is not called missing.
    """
    if grade.score is None:
        return [("warning", "I could not grade that one; it is on record as ungraded.")]
    lines: list[Line] = []
    counted = _quotes(answer, [v for v in grade.graded if v.level == "met"])
    halves = _quotes(answer, [v for v in grade.graded if v.level == "partial"])
    opening = _opening(question.id, grade, earlier=earlier)
    said = " and ".join(counted[:2]) or " and ".join(halves[:1])
    if said:
        verb = "counts" if counted and len(counted[:2]) == 1 else "count"
        tail = f"{said} {verb}." if counted else f"{said} goes half of the way."
        lines.append(("good", f"{opening} {tail}"))
    else:
        lines.append(("good" if opening in _FULL else "missing", opening))
    for wrong in grade.asserted[:2]:
        quote = _quotes(answer, [wrong])
        lead = f"But {quote[0]} is a slip" if quote else "But there is a slip in it"
        lines.append(("missing", f"{lead}: it is not so that {_claim(question, wrong.criterion)}"))
    missing = steps.open_criteria(question, so_far or grade)
    if missing and reveal:
        lines.append(
            ("missing", "Still missing: " + " ".join(_sentence(c.statement) for c in missing))
        )
    elif missing and not earlier:
        lines.append(("note", "There is more to it." if said else "Let us come at it another way."))
    if scoring.is_borderline(grade):
        lines.append(("note", "A borderline case: another grader could well decide otherwise."))
    return lines


def full_answer(question: Question) -> Line:
    """What a good answer would have said."""
    return ("note", f"A full answer: {one_line(question.references[0])}")


def why(question: Question, answer: str, grade: AnswerGrade) -> list[Line]:
    """The last grade, claim by claim."""
    shown = "no score" if grade.score is None else f"{grade.score:.2f}"
    lines: list[Line] = [("title", f"Question {question.id}: {shown}")]
    for criterion in question.criteria:
        outcome = grade.verdict(criterion.id)
        lines.append((_tone(outcome), f"{_mark(outcome)}  {criterion.statement}"))
        lines.append(("note", f"   {_because(answer, outcome)}"))
    for wrong in grade.asserted:
        lines.append(("missing", f"✗  A wrong claim: {_claim(question, wrong.criterion)}"))
        lines.append(("note", f"   {_because(answer, wrong)}"))
    if grade.similarity is not None:
        lines.append(
            ("note", f"Similarity to the reference {grade.similarity:.2f} (shown, never counted).")
        )
    lines += [("note", note) for note in grade.notes]
    return lines


def _opening(number: int, grade: AnswerGrade, *, earlier: bool) -> str:
    if all(v.level == "met" for v in grade.graded) and not grade.asserted:
        return _FULL[number % len(_FULL)]
    if any(v.level != "unmet" for v in grade.graded):
        return "That helps." if earlier else _PART[number % len(_PART)]
    return _NONE[number % len(_NONE)]


def _quotes(answer: str, verdicts: Sequence[Verdict]) -> list[str]:
    spans = sorted(
        {(v.evidence.start, v.evidence.end) for v in verdicts if v.evidence},
        key=lambda span: span[0],
    )
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        if kept and start < kept[-1][1]:
            if end - start > kept[-1][1] - kept[-1][0]:
                kept[-1] = (start, end)
        else:
            kept.append((start, end))
    return [f"“{one_line(answer[a:b], QUOTE_LENGTH).rstrip('.,;:')}”" for a, b in kept]


def _because(answer: str, outcome: Verdict | Ungraded | None) -> str:
    if outcome is None:
        return "not graded"
    if isinstance(outcome, Ungraded):
        return f"ungraded ({outcome.cause}) {outcome.detail}".rstrip()
    sure = f"confidence {outcome.confidence:.2f}"
    reason = outcome.rationale or ("" if outcome.evidence else "nothing in the answer says it")
    if outcome.evidence:
        quote = one_line(outcome.evidence.of(answer), QUOTE_LENGTH)
        reason = f"“{quote}”" + (f": {reason}" if reason else "")
    return f"{reason} ({sure})"


def _mark(outcome: Verdict | Ungraded | None) -> str:
    if not isinstance(outcome, Verdict):
        return "?"
    return {"met": "✓", "partial": "◐", "unmet": "·"}[outcome.level]


def _tone(outcome: Verdict | Ungraded | None) -> Tone:
    if not isinstance(outcome, Verdict):
        return "warning"
    tones: dict[str, Tone] = {"met": "good", "partial": "plain", "unmet": "missing"}
    return tones[outcome.level]


def _claim(question: Question, claim_id: str) -> str:
    statements = {wrong.id: wrong.statement for wrong in question.misconceptions}
    text = one_line(statements.get(claim_id, claim_id))
    first = text.split(" ", 1)[0]
    return _sentence(text[0].lower() + text[1:] if first in _COMMON else text)


_COMMON = {"The", "A", "An", "It", "In", "Each", "Every", "All", "Both", "There", "When", "With"}


def _sentence(text: str) -> str:
    text = one_line(text)
    return text if text.endswith((".", "!", "?")) else text + "."
