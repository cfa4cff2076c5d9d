"""The debrief: question by question what counted, what was missing, what was wrong, a full answer."""

from __future__ import annotations

from collections.abc import Iterator

from interviewer.bank.questions import Question, lacks, question_name
from interviewer.common.text import one_line
from interviewer.grading import scoring
from interviewer.grading.grades import AnswerGrade, Outcome, Verdict
from interviewer.interview.telling import feedback
from interviewer.interview.telling.feedback import LEVEL_MARKS, Line, level_mark
from interviewer.session.events import Skipped
from interviewer.session.record import Record, Session
from interviewer.session.results import PASSED_ON, result_of


def debrief(session: Session, *, numbers: bool = False) -> list[Line]:
    """What is shown at the end of a session. numbers: with scores and confidences."""
    asked = (record for record in session.records if record.replied)
    return [line for record in asked for line in question_lines(record, numbers=numbers)]


def question_lines(record: Record, *, numbers: bool = False) -> Iterator[Line]:
    """One question of the debrief."""
    question, merged = record.question, record.merged
    yield "title", f"{question_name(question.id)}: {one_line(question.prompt)}"
    yield _outcome(record, numbers=numbers)
    if merged is not None:
        needless = scoring.needless(question, merged.verdicts)
        by_mark = [(o, level_mark(o)) for o in merged.verdicts if o.criterion not in needless]
        lines = [
            (mark, _criterion(record, outcome, mark, numbers=numbers))
            for outcome, mark in by_mark
            if not (mark == LEVEL_MARKS["unmet"] and question.choice_of(outcome.criterion))
        ]
        lines += [(LEVEL_MARKS["unmet"], line) for line in _choices(question, merged)]
        # What counted first, what is missing last.
        yield from (line for _, line in sorted(lines, key=lambda pair: _ORDER.index(pair[0])))
        for criterion in (c for c in question.criteria if c.id in needless):
            yield "note", feedback.needless_words(one_line(criterion.statement))
        yield from feedback.corrections(record)
    yield feedback.full_answer(question)


_ORDER = ("✓", "◐", "·", "?")


def _criterion(record: Record, outcome: Outcome, mark: str, *, numbers: bool) -> Line:
    statement = one_line(record.question.criterion(outcome.criterion).statement)
    if not isinstance(outcome, Verdict):
        return "warning", f"?  Not graded: {statement}"
    words = feedback.words_for(record, outcome.criterion)
    sure = f" (credit {outcome.credit:.2f}, confidence {outcome.confidence:.2f})" if numbers else ""
    said = f" You said {words}." if words else ""
    match outcome.level:
        case "met":
            return "good", f"{mark}  {statement}{said}{sure}"
        case "partial":
            return "half", f"{mark}  Half of it: {statement}{said}{sure}"
    return "missing", f"{mark}  Missing: {statement}{sure}"


def _choices(question: Question, merged: AnswerGrade) -> Iterator[Line]:
    """What is missing of groups, one line for each: of half a criterion the other ones would do as well."""
    left = [v.criterion for v in merged.graded if v.level == "unmet"]
    met = [v.criterion for v in merged.graded if v.level == "met"]
    for lack in lacks(question.groups, left, met):
        if question.choice_of(lack.of[0]):
            words = one_line(lack.words(question.statements))
            yield "missing", f"{LEVEL_MARKS['unmet']}  Missing: {words}"


def _outcome(record: Record, *, numbers: bool) -> Line:
    scores = f" (cold {_shown(record.cold)}, with help {_shown(record.final)})" if numbers else ""
    match result_of(record):
        case "cold":
            return "good", f"Passed{_how_far(record)}.{scores}"
        case "prompted":
            help_ = "with a hint" if record.hints else "after a follow-up"
            return "good", f"Passed {help_}{_how_far(record)}.{scores}"
        case "ungraded":
            return "warning", f"Not graded.{scores}"
    reply = record.first.reply
    if isinstance(reply, Skipped):
        return "missing", f"Not answered: {PASSED_ON[reply.reason]}.{scores}"
    return "missing", f"Not enough.{scores}"


def _how_far(record: Record) -> str:
    """What a passed question still lacks."""
    merged = record.merged
    if merged is None or scoring.is_whole(record.question, merged):
        return ", though with a slip" if feedback.charges(record) else ", in full"
    return ": enough, though not all of it"


def _shown(score: float | None) -> str:
    return "none" if score is None else f"{score:.2f}"
