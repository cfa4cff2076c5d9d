"""What a grade says of an answer, in sentences and in the candidate's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from interviewer.bank.questions import Criterion, Question, lacks, question_name
from interviewer.common.text import Tone, one_line, plural
from interviewer.grading import scoring
from interviewer.grading.grades import AnswerGrade, Level, Ungraded, Verdict
from interviewer.interview import targets
from interviewer.session.events import Answered
from interviewer.session.record import Record, Turn

Line = tuple[Tone, str]

LEVEL_MARKS: dict[Level, str] = {"met": "✓", "partial": "◐", "unmet": "·"}
QUOTE_LENGTH = 70
GRADED_OFFLINE = "graded offline"
"""What the note on a grade says where the offline grader stepped in for a judge."""


def heard(record: Record, turns: Iterable[Turn] | None = None) -> tuple[list[str], list[str]]:
    """The candidate's words on a question that counted, and those that half did.

    turns: of these alone; of all if None.
    """
    counted: list[str] = []
    halves: list[str] = []
    for answer, grade in graded_answers(record.turns if turns is None else turns):
        counted += _quotes(answer, [v for v in grade.graded if v.level == "met"])
        halves += _quotes(answer, [v for v in grade.graded if v.level == "partial"])
    return counted, halves


def graded_answers(turns: Iterable[Turn]) -> list[tuple[str, AnswerGrade]]:
    """The answers of those turns that have a grade, with it."""
    return [
        (turn.reply.text, turn.graded.grade)
        for turn in turns
        if turn.graded is not None and isinstance(turn.reply, Answered)
    ]


def words_for(record: Record, claim: str) -> str:
    """The words that carry a claim, in the answer that says it most; "" where none are known."""
    best, words = 0.0, ""
    for answer, grade in graded_answers(record.turns):
        for verdict in (*grade.verdicts, *grade.asserted):
            if not isinstance(verdict, Verdict) or verdict.criterion != claim:
                continue
            if verdict.evidence is not None and verdict.credit > best:
                best, words = verdict.credit, quoted(verdict.evidence.of(answer))
    return words


def slips(record: Record) -> list[str]:
    """The candidate's words that assert a misconception.

    Not those that were taken back in the same breath, nor those that count as right as well: it is
    in doubt what they say.
    """
    found: list[str] = []
    for answer, grade in graded_answers(record.turns):
        right = [v.evidence for v in grade.graded if v.level == "met" and v.evidence]
        wrong = [
            v
            for v in grade.asserted
            if v.evidence
            and not targets.taken_back(answer, v.evidence)
            and not any(r.start < v.evidence.end and v.evidence.start < r.end for r in right)
        ]
        found += _quotes(answer, wrong)
    return found


def corrections(record: Record) -> list[Line]:
    """What was wrong in the answers to a question, each once, with the words if they are known."""
    merged, lines = record.merged, []
    for wrong in merged.asserted if merged else ():
        words = words_for(record, wrong.criterion)
        lines.append(_correction(words, record.question, wrong.criterion))
    return lines


def _correction(words: str, question: Question, claim: str) -> Line:
    said = f" You said {words}." if words else ""
    return "missing", f"✗  A common mistake: {_mistake(question, claim)}{said}"


def missing(question: Question, criteria: Sequence[Criterion], grade: AnswerGrade) -> Line:
    """What no answer said, of the answers that come to that grade."""
    met = {v.criterion for v in grade.graded if v.level == "met"}
    found = lacks(question.groups, [c.id for c in criteria], met)
    said = (_sentence(lack.words(question.statements)) for lack in found)
    return "missing", "Still missing: " + " ".join(text[:1].upper() + text[1:] for text in said)


def full_answer(question: Question) -> Line:
    """What a good answer would have said."""
    return ("note", f"A full answer: {one_line(question.references[0])}")


def needless_words(statement: str) -> str:
    """What is told of a criterion not met of a group of which enough are."""
    return f"–  {statement} (enough without it)"


def why(question: Question, answer: str, grade: AnswerGrade, *, reveal: bool = True) -> list[Line]:
    """The last grade, claim by claim. reveal: with the statements of what was not said."""
    shown = "no score" if grade.score is None else f"{grade.score:.2f}"
    lines: list[Line] = [("title", f"{question_name(question.id)}: {shown}")]
    hidden = 0
    needless = scoring.spare(question, grade.verdicts)
    for criterion in question.criteria:
        outcome = grade.verdict(criterion.id)
        if criterion.id in needless:
            if reveal:
                lines.append(("note", needless_words(criterion.statement)))
            continue
        if not reveal and isinstance(outcome, Verdict) and outcome.level == "unmet":
            hidden += 1
            continue
        choice = question.choice_of(criterion.id)
        told = f" ({choice})" if choice and reveal else ""
        lines.append((_tone(outcome), f"{_mark(outcome)}  {criterion.statement}{told}"))
        lines.append(("note", f"   {_because(answer, outcome)}"))
    if hidden:
        told = "and shown when the session is over"
        lines.append(("missing", f"·  {plural(hidden, 'point')} not said, {told}."))
    for wrong in grade.asserted:
        lines.append(("missing", f"✗  A wrong claim: {_claim(question, wrong.criterion)}"))
        lines.append(("note", f"   {_because(answer, wrong)}"))
    near = scoring.similarity_line(grade.similarity, grade.similarity_weight)
    if near:
        lines.append(("note", f"{near[:1].upper()}{near[1:]}."))
    lines += [("note", note) for note in grade.notes]
    return lines


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
    return [quoted(answer[a:b]) for a, b in kept]


def quoted(words: str) -> str:
    """Words of the candidate in quotation marks, shortened; what only leads up to them is left out."""
    line = one_line(words)
    told = _LEADING.sub("", line)
    whole = told if len(told.split()) > 1 else line
    kept = one_line(whole, QUOTE_LENGTH)
    if kept != whole and " " in kept:  # cut between words
        kept = f"{kept.rpartition(' ')[0]}…"
    return f"“{kept.rstrip('.,;:')}”"


_LEADING = re.compile(
    r"^(?:(?:and|or|but|so|then|also|well|okay|ok|right|yeah|yes|um+|uh+|er+|hmm+|like|basically"
    r"|actually|I mean|I think|you know|let me see|I'd say|I guess)\b[\s,.:;-]*)+",
    re.IGNORECASE,
)


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


def _mistake(question: Question, claim_id: str) -> str:
    statements = {wrong.id: wrong.statement for wrong in question.misconceptions}
    return f"“{_sentence(statements.get(claim_id, claim_id))}”"


_COMMON = {"The", "A", "An", "It", "In", "Each", "Every", "All", "Both", "There", "When", "With"}


def _sentence(text: str) -> str:
    text = one_line(text)
    return text if text.endswith((".", "!", "?")) else text + "."
