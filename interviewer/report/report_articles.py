"""One question of the report page: what was asked, said, and made of it."""

from __future__ import annotations

from collections.abc import Iterator

from interviewer.common.html import text
from interviewer.common.text import duration
from interviewer.grading.grades import Level, Ungraded, Verdict
from interviewer.report.marks import Piece, pieces
from interviewer.report.report_svg import RESULT_WORDS, glyph
from interviewer.report.report_values import (
    ClaimReport,
    CriterionText,
    GradeReport,
    QuestionReport,
    TurnReport,
)

_PASSED_ON = {"skip": "Skipped.", "unknown": "Did not know.", "timeout": "Ran out of time."}
_LEVEL_GLYPHS: dict[Level, str] = {"met": "cold", "partial": "prompted", "unmet": "missed"}


def article(question: QuestionReport) -> str:
    """The whole of one question; its id is "q" and the number."""
    number = question.id
    return "".join(
        (
            f'<article id="q{number}" aria-labelledby="q{number}-title">',
            f'<h4 id="q{number}-title"><span class="no">Question {number}</span> '
            f'<span dir="auto">{text(question.prompt)}</span></h4>',
            _result(question),
            *_lead(question),
            *_hints(question),
            *(_turn(question, index, turn) for index, turn in enumerate(question.turns)),
            *_full(question),
            '<p class="back"><a href="#strip">All questions</a></p></article>',
        )
    )


def _result(question: QuestionReport) -> str:
    facts = []
    if question.result != "not-asked":
        facts = [f"cold {_number(question.cold)}", f"final {_number(question.final)}"]
        facts.append(f"{duration(question.seconds)} of about {duration(question.allowed)}")
        if question.hinted_first:
            facts.insert(0, "after a hint")
    words = "no answer yet" if question.result == "not-asked" else RESULT_WORDS[question.result]
    return (
        f'<p class="result"><span class="badge {question.result}">{glyph(question.result)} '
        f'{words[:1].upper()}{words[1:]}</span> <span class="soft">{" · ".join(facts)}</span></p>'
    )


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _lead(question: QuestionReport) -> Iterator[str]:
    if question.lead:
        yield _told(f"Lead{_worded(question.led_by)}", question.lead)


def _told(who: str, words: str) -> str:
    """Something said that is no answer. who: HTML that is already escaped."""
    return (
        f'<p class="asked"><span class="who">{who}</span> <span dir="auto">{text(words)}</span></p>'
    )


def _worded(by: str) -> str:
    return "" if by in ("", "bank") else f", worded by {text(by)}"


def _hints(question: QuestionReport) -> Iterator[str]:
    for hint in question.hints:
        yield _told(f"Hint{_label(question, hint.criterion)}", hint.text)


def _label(question: QuestionReport, criterion: str) -> str:
    label = next((c.label for c in question.criteria if c.id == criterion), None)
    return f" on criterion {label}" if label else ""


def _turn(question: QuestionReport, index: int, turn: TurnReport) -> str:
    parts = ['<div class="turn">']
    if turn.probe is not None:
        aim = _label(question, turn.probe)
        parts.append(_told(f"Follow-up {index}{aim}{_worded(turn.worded_by)}", turn.asked))
    for aside in turn.clarifications:
        parts.append(_told("You asked back", aside.asked))
        parts.append(_told(f"Clarified{_worded(aside.worded_by)}", aside.reply))
    took = f' <span class="soft">{duration(turn.seconds)}</span>' if turn.seconds else ""
    if turn.passed_on is not None:
        said = f' <span dir="auto">“{text(turn.aside)}”</span>' if turn.aside else ""
        parts.append(f'<p class="passed">{_PASSED_ON[turn.passed_on]}{said}{took}</p>')
    if turn.answer is not None:
        parts.append(f'<p class="who">You said{took}</p>')
        parts.append(_answer(turn.answer, turn.grade))
        if turn.grade is not None:
            parts += _grade(turn.grade, turn.probe)
        parts += _disputes(question, turn)
    return "".join((*parts, "</div>"))


def _answer(answer: str, grade: GradeReport | None) -> str:
    spans = []
    for claim in grade.claims if grade else ():
        outcome = claim.outcome
        shown = claim.kind == "criterion" or _is_asserted(claim)
        if shown and isinstance(outcome, Verdict) and outcome.evidence:
            spans.append((outcome.evidence.start, outcome.evidence.end, claim.label))
    inside = "".join(_piece(piece) for piece in pieces(answer, spans))
    return f'<blockquote class="answer" dir="auto">{inside}</blockquote>'


def _piece(piece: Piece) -> str:
    shown = text(piece.text)
    if not piece.labels:
        return shown
    kind = ' class="wrong"' if all(label.isalpha() for label in piece.labels) else ""
    ends = "".join(f"<sup>{_reference(label)}</sup>" for label in piece.ends)
    return f"<mark{kind}>{shown}</mark>{ends}"


def _reference(label: str) -> str:
    """The label, with words for those who hear it."""
    what = "wrong claim" if label.isalpha() else "criterion"
    return f'<span class="hidden">[{what} </span>{label}<span class="hidden">]</span>'


def _is_asserted(claim: ClaimReport) -> bool:
    return isinstance(claim.outcome, Verdict) and claim.outcome.level == "met"


def _grade(grade: GradeReport, probe: str | None) -> Iterator[str]:
    shown = [claim for claim in grade.claims if _matters(claim, probe)]
    left_out = sum(1 for c in grade.claims if c.kind == "criterion") - sum(
        1 for c in shown if c.kind == "criterion"
    )
    if shown:
        yield '<table class="verdicts" role="table"><thead role="rowgroup"><tr role="row">'
        for name in ("", "Criterion", "Verdict", "Confidence", "Credit"):
            label = name or '<span class="hidden">Mark</span>'
            yield f'<th scope="col" role="columnheader">{label}</th>'
        yield '</tr></thead><tbody role="rowgroup">'
        yield from (_row(claim) for claim in shown)
        yield "</tbody></table>"
    if left_out:
        others = "the other criterion" if left_out == 1 else f"the other {left_out} criteria"
        yield f'<p class="note">Nothing here for {others}.</p>'
    if grade.borderline:
        yield '<p class="note"><strong>Borderline:</strong> another grader could well decide otherwise.</p>'
    facts = [f"Score {_number(grade.score)}"]
    if grade.passing is not None:
        facts.append(f"chance that a person passes it {grade.passing:.2f}")
    if grade.similarity is not None:
        facts.append(f"similarity to the reference {grade.similarity:.2f}, never counted")
    yield f'<p class="note">{" · ".join(facts)}</p>'
    yield from (f'<p class="note" dir="auto">{text(note)}</p>' for note in grade.notes)


def _matters(claim: ClaimReport, probe: str | None) -> bool:
    """Whether the claim has a row: every criterion of a first answer, of a later one what changed."""
    outcome = claim.outcome
    if claim.kind == "misconception":
        return _is_asserted(claim)
    if probe is None or isinstance(outcome, Ungraded):
        return True
    return claim.id == probe or outcome.credit > 0 or outcome.level != "unmet"


def _row(claim: ClaimReport) -> str:
    outcome = claim.outcome
    wrong = claim.kind == "misconception"
    detail = ""
    if isinstance(outcome, Ungraded):
        sign, level, sure, credit = "ungraded", f"ungraded ({outcome.cause})", "–", "–"
        detail = outcome.detail
    else:
        sign = "wrong" if wrong else _LEVEL_GLYPHS[outcome.level]
        level = "wrong claim" if wrong else outcome.level
        sure = f"{outcome.confidence:.2f}"
        credit = f"−{claim.weight * outcome.credit:.2f}" if wrong else f"{outcome.credit:.2f}"
        detail = outcome.rationale
    reason = f'<span class="why" dir="auto">{text(detail)}</span>' if detail else ""
    weight = (
        "" if wrong or claim.weight == 1 else f' <span class="soft">weight {claim.weight:g}</span>'
    )
    return (
        f'<tr role="row" class="v-{sign}"><td role="cell" class="label">{claim.label}</td>'
        f'<th scope="row" role="rowheader"><span dir="auto">{text(claim.statement)}</span>{weight}'
        f'{reason}</th><td role="cell" class="level">{glyph(sign)} {level}</td>'
        f'<td role="cell"><span class="narrow" aria-hidden="true">confidence </span>{sure}</td>'
        f'<td role="cell"><span class="narrow" aria-hidden="true">credit </span>{credit}</td></tr>'
    )


def _disputes(question: QuestionReport, turn: TurnReport) -> Iterator[str]:
    for appeal in turn.appeals:
        on = _label(question, appeal.criterion) if appeal.criterion else ""
        yield _told(f"Disputed{on}", appeal.reason)
    for settled in turn.settled:
        levels = [
            f"criterion {c.label} {settled.levels[c.id]}"
            for c in question.criteria
            if c.id in settled.levels
        ]
        passed = "passed" if settled.passed else "not passed"
        words = "; ".join([f"{passed}, score {settled.score:.2f}", *levels])
        yield f'<p class="asked"><span class="who">Settled by {text(settled.rater)}</span> {words}</p>'


def _full(question: QuestionReport) -> Iterator[str]:
    """What a full answer says; open where the answer fell short."""
    opened = "" if question.result == "cold" else " open"
    yield f"<details{opened}><summary>What a full answer says</summary>"
    yield from (
        f'<blockquote class="reference" dir="auto">{text(reference)}</blockquote>'
        for reference in question.references[:1]
    )
    yield '<ol class="criteria">'
    yield from (_criterion(criterion) for criterion in question.criteria)
    yield "</ol>"
    if len(question.references) > 1:
        yield '<p class="who">Or, in other words</p>'
    yield from (
        f'<blockquote class="reference" dir="auto">{text(reference)}</blockquote>'
        for reference in question.references[1:]
    )
    yield "</details>"


def _criterion(criterion: CriterionText) -> str:
    return f'<li dir="auto">{text(criterion.statement)}</li>'
