"""The debrief: question by question what counted, what was missing, what was wrong, a full answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from interviewer.bank.questions import Question, lacks, question_name
from interviewer.common.text import one_line
from interviewer.grading import scoring
from interviewer.grading.grades import AnswerGrade, Outcome, Verdict
from interviewer.interview.asking import doubt
from interviewer.interview.telling import feedback
from interviewer.interview.telling.feedback import LEVEL_MARKS, Line, level_mark
from interviewer.session.events import Skipped
from interviewer.session.record import Record, Session
from interviewer.session.results import PASSED_ON, RESULT_WORDS, result_of


def debrief(
    session: Session, *, numbers: bool = False, known: Sequence[Question] = ()
) -> list[Line]:
    """What is shown at the end of a session. numbers: with scores and confidences. known: the questions with
    their exemplars, by which a quote is known to carry its point."""
    full = {question.id: question for question in known}
    return [
        line
        for record in session.records
        if record.replied
        for line in question_lines(
            record,
            numbers=numbers,
            known=full.get(record.question.id),
            place=_place(session, record),
        )
    ]


def _place(session: Session, record: Record) -> str:
    """Which question of the session it was, as the screen said, where that is not its number."""
    if record.further:
        return ""
    number = [r.question.id for r in session.planned].index(record.question.id) + 1
    if number == record.question.id:
        return ""
    return f" ({number} of {session.started.plan.count})"


def question_lines(
    record: Record, *, numbers: bool = False, known: Question | None = None, place: str = ""
) -> Iterator[Line]:
    """One question of the debrief. known: the same with its exemplars. place: said after its number."""
    known = _same(known, record.question)
    question, merged = record.question, record.merged
    yield "title", f"{question_name(question.id)}{place}: {one_line(question.prompt)}"
    yield _outcome(record, numbers=numbers)
    if merged is not None:
        needless = scoring.needless(question, merged.verdicts)
        by_mark = [(o, level_mark(o)) for o in merged.verdicts if o.criterion not in needless]
        quotes: set[str] = set()
        lines = [
            (mark, _criterion(record, outcome, mark, quotes, known, numbers=numbers))
            for outcome, mark in sorted(by_mark, key=lambda pair: _ORDER.index(pair[1]))
            if not (mark == LEVEL_MARKS["unmet"] and question.choice_of(outcome.criterion))
        ]
        lines += [(LEVEL_MARKS["unmet"], line) for line in _choices(question, merged)]
        # What counted first, what is missing last.
        yield from (line for _, line in sorted(lines, key=lambda pair: _ORDER.index(pair[0])))
        for criterion in (c for c in question.criteria if c.id in needless):
            yield "note", feedback.needless_words(one_line(criterion.statement))
        yield from feedback.corrections(record, known=known)
    yield feedback.full_answer(question)


def _same(known: Question | None, asked: Question) -> Question | None:
    """That question, unless its claims have changed since it was asked."""
    return known if known is not None and known.statements == asked.statements else None


_ORDER = ("✓", "◐", "·", "?")


def _criterion(
    record: Record,
    outcome: Outcome,
    mark: str,
    quotes: set[str],
    known: Question | None,
    *,
    numbers: bool,
) -> Line:
    """One criterion. quotes: those shown on the question so far, of which none comes twice."""
    statement = one_line(record.question.criterion(outcome.criterion).statement)
    if not isinstance(outcome, Verdict):
        return "warning", f"?  Not graded: {statement}"
    words = feedback.words_for(record, outcome.criterion, known)
    sure = f" (credit {outcome.credit:.2f}, confidence {outcome.confidence:.2f})" if numbers else ""
    said = f" You said {words}." if words and words not in quotes else ""
    if said and outcome.confidence < doubt.SURE_YES:
        said = f" I went by {words}."
    match outcome.level:
        case "met":
            quotes.add(words)
            return "good", f"{mark}  {statement}{said}{sure}"
        case "partial":
            quotes.add(words)
            return "half", f"{mark}  Half of it: {statement}{said}{sure}"
    perhaps = doubt.in_doubt(record, outcome.criterion)
    head = "Perhaps missing" if perhaps else "Missing"
    return "missing", f"{mark}  {head}: {statement}{sure}"


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
    result = result_of(record)
    match result:
        case "cold":
            return "good", f"{RESULT_WORDS[result].capitalize()}{_how_far(record)}.{scores}"
        case "prompted":
            head = f"{RESULT_WORDS[result].capitalize()} ({_help(record)})"
            before = _without_additions(record)
            if before is None or not scoring.passed(before.score):
                head = f"Answered, with what {ADDED}"
            return "good", f"{head}{_how_far(record)}.{scores}"
        case "ungraded":
            return "warning", f"Not graded.{scores}"
    reply = record.first.reply
    if isinstance(reply, Skipped) and not record.grades:
        return "missing", f"Not answered: {PASSED_ON[reply.reason]}.{scores}"
    return "missing", f"Not enough.{scores}"


ADDED = "you added yourself a turn later"


def _help(record: Record) -> str:
    """What helped before a question was passed."""
    if record.hints:
        return "a hint"
    if record.first.taken_back:
        return "a second try"
    first = record.first.graded
    eased = record.prompted and first is not None and scoring.passed(first.grade.score)
    return "an easier way in" if eased else "a follow-up"


def _without_additions(record: Record) -> AnswerGrade | None:
    """The grade of what was said while the question was open."""
    asked = [t.graded.grade for t in record.turns if t.graded is not None and not t.added]
    return scoring.merge(record.question, asked)


def _how_far(record: Record) -> str:
    """What a passed question still lacks."""
    merged = record.merged
    if merged is not None and not scoring.is_whole(record.question, merged):
        return ": enough, though not all of it"
    if feedback.told_charges(record):
        return ", though with a slip"
    unaided = record.cold_grade
    if unaided is None or result_of(record) != "cold":
        return ", in full"
    if not scoring.is_whole(record.question, unaided):
        return f", and in full after {'a hint' if record.hints else 'a follow-up'}"
    before = _without_additions(record)
    added = before is None or not scoring.is_whole(record.question, before)
    return f", in full; the rest {ADDED}" if added else ", in full"


def _shown(score: float | None) -> str:
    return "none" if score is None else f"{score:.2f}"
