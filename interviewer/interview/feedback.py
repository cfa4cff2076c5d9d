"""What the interviewer says after an answer, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.bank.questions import Criterion, Question
from interviewer.common.text import Tone, one_line
from interviewer.grading import scoring
from interviewer.grading.grades import AnswerGrade, Level, Ungraded, Verdict
from interviewer.interview import steps
from interviewer.interview.style import acknowledgement
from interviewer.session.events import Answered
from interviewer.session.record import Record, Session

Line = tuple[Tone, str]

LEVEL_MARKS: dict[Level, str] = {"met": "✓", "partial": "◐", "unmet": "·"}
QUOTE_LENGTH = 90
GRADED_OFFLINE = "graded offline"
"""What the note on a grade says where the offline grader stepped in for a judge."""

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
        return [_UNGRADED]
    opening = _opening(question.id, grade, earlier=earlier)
    counted, halves = _credited(answer, grade)
    lines = [_counted(opening, counted, halves), *_slips(question, answer, grade)]
    missing = steps.open_criteria(question, so_far or grade)
    if missing and reveal:
        lines.append(_missing(missing))
    elif missing and not earlier:
        said = counted or halves
        lines.append(("note", "There is more to it." if said else "Let us come at it another way."))
    return [*lines, *_borderline(grade)]


def after_question(record: Record) -> list[Line]:
    """The same for all answers to a question at once, when nothing more is asked on it."""
    merged, question = record.merged, record.question
    if merged is None or merged.score is None:
        return [_UNGRADED]
    counted, halves = heard(record)
    slips: list[Line] = []
    for answer, grade in _graded(record):
        slips += _slips(question, answer, grade)
    lines = [_counted(_opening(question.id, merged, earlier=False), counted, halves), *slips[:2]]
    missing = steps.open_criteria(question, merged)
    return [*lines, *([_missing(missing)] if missing else []), *_borderline(merged)]


def heard(record: Record) -> tuple[list[str], list[str]]:
    """The candidate's words on a question that counted so far, and those that half did."""
    counted: list[str] = []
    halves: list[str] = []
    for answer, grade in _graded(record):
        full, half = _credited(answer, grade)
        counted += full
        halves += half
    return counted, halves


def _graded(record: Record) -> list[tuple[str, AnswerGrade]]:
    """The answers on record that have a grade, with it."""
    return [
        (turn.reply.text, turn.graded.grade)
        for turn in record.turns
        if turn.graded is not None and isinstance(turn.reply, Answered)
    ]


def _credited(answer: str, grade: AnswerGrade) -> tuple[list[str], list[str]]:
    """The words of one answer that counted, and those that half did."""
    met = _quotes(answer, [v for v in grade.graded if v.level == "met"])
    return met, _quotes(answer, [v for v in grade.graded if v.level == "partial"])


def reaction(session: Session, record: Record) -> list[Line]:
    """What follows the grade of the latest answer to that question, whatever is asked next.

    Without a style this is feedback on the answer. With one, an acknowledgement goes before a
    follow-up, so that a contradiction can be followed up before it is called one, and feedback
    waits for the end of the question.
    """
    turn = record.turns[-1]
    style = session.started.plan.style
    probing = steps.next_probe(session, record) is not None
    if turn.graded is None or not isinstance(turn.reply, Answered):
        return []
    if style is not None:
        if probing:
            return [("note", acknowledgement(style, turn.graded.seq))]
        return after_question(record)
    return after_answer(
        record.question,
        turn.reply.text,
        turn.graded.grade,
        reveal=not probing,
        earlier=turn.probe is not None,
        so_far=record.merged,
    )


_UNGRADED: Line = ("warning", "I could not grade that one; it is on record as ungraded.")


def _counted(opening: str, counted: Sequence[str], halves: Sequence[str]) -> Line:
    said = " and ".join(counted[:2]) or " and ".join(halves[:1])
    if not said:
        return ("good" if opening in _FULL else "missing", opening)
    verb = "counts" if len(counted[:2]) == 1 else "count"
    tail = f"{said} {verb}." if counted else f"{said} goes half of the way."
    return "good", f"{opening} {tail}"


def _slips(question: Question, answer: str, grade: AnswerGrade) -> list[Line]:
    lines: list[Line] = []
    for wrong in grade.asserted[:2]:
        quote = _quotes(answer, [wrong])
        lead = f"But {quote[0]} is a slip" if quote else "But there is a slip in it"
        lines.append(("missing", f"{lead}: it is not so that {_claim(question, wrong.criterion)}"))
    return lines


def _missing(criteria: Sequence[Criterion]) -> Line:
    return "missing", "Still missing: " + " ".join(_sentence(c.statement) for c in criteria)


def _borderline(grade: AnswerGrade) -> list[Line]:
    if not scoring.is_borderline(grade):
        return []
    return [("note", "A borderline case: another grader could well decide otherwise.")]


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
    return LEVEL_MARKS[outcome.level]


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
