"""What settled grades come to, counted apart from the grader's, and which appeals are still open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, NamedTuple

from pydantic import Field

from interviewer.common.base import Value
from interviewer.common.text import plural
from interviewer.grading import scoring
from interviewer.session.events import Appealed, Settled
from interviewer.session.record import Record, Session

Counted = Annotated[int, Field(ge=0)]


class ColdWord(NamedTuple):
    """Who says that a question was answered cold.

    graded: the grader; None without a grade. settled: whoever settled the grade of its first answer;
    None where nobody did. own: that was the candidate.
    """

    graded: bool | None
    settled: bool | None = None
    own: bool = False


class ColdCount(Value):
    """Questions answered cold where settled grades count before the grader's.

    settled: questions with a settled grade. own: of the cold ones those that are so by the
    candidate's own word alone. others: those that are so by another person's alone.
    """

    settled: Counted = 0
    cold: Counted = 0
    own: Counted = 0
    others: Counted = 0


class DisputeCount(Value):
    """open, settled: appeals. self_graded: answers whose latest settled grade is self-graded."""

    open: Counted = 0
    settled: Counted = 0
    self_graded: Counted = 0


def settled_grade(record: Record, answer: int) -> Settled | None:
    """The latest settled grade of the answer whose event has that number."""
    return next((e for e in reversed(record.settled) if e.answer == answer), None)


def cold_word(record: Record) -> ColdWord:
    """Who says that this question was answered cold. After help it was not, whoever grades."""
    graded, reply = scoring.passed(record.cold), record.first.reply
    found = settled_grade(record, reply.seq) if reply is not None else None
    if found is None or found.passed is None:
        return ColdWord(graded)
    return ColdWord(graded, found.passed and not record.prompted, found.self_graded)


def count_cold(words: Sequence[ColdWord]) -> ColdCount:
    """The one place that counts what settled grades come to: a word for each question."""
    settled = [word for word in words if word.settled is not None]
    untouched = sum(1 for word in words if word.settled is None and word.graded)
    turned = [word for word in settled if word.settled and not word.graded]
    return ColdCount(
        settled=len(settled),
        cold=untouched + sum(1 for word in settled if word.settled),
        own=sum(1 for word in turned if word.own),
        others=sum(1 for word in turned if not word.own),
    )


def cold_of(session: Session) -> ColdCount:
    """The same for a session."""
    return count_cold([cold_word(record) for record in session.planned])


def cold_words(count: ColdCount) -> str:
    """ "With what was settled 38 cold, 2 of them by your own word."; "" where nothing was settled."""
    if not count.settled:
        return ""
    own = f", {count.own} of them by your own word" if count.own else ""
    others = f", {count.others} of them by another person's word" if count.others else ""
    return f"With what was settled {count.cold} cold{own}{others}."


def is_open(record: Record, appeal: Appealed) -> bool:
    """Whether nobody has settled the grade since it was disputed."""
    return all(e.answer != appeal.answer or e.seq < appeal.seq for e in record.settled)


def disputes_of(session: Session) -> DisputeCount:
    """How many appeals of a session are open and settled, and how many answers self-graded."""
    appeals = [is_open(record, appeal) for record in session.records for appeal in record.appeals]
    latest = [{e.answer: e for e in record.settled} for record in session.records]
    return DisputeCount(
        open=sum(appeals),
        settled=len(appeals) - sum(appeals),
        self_graded=sum(1 for found in latest for e in found.values() if e.self_graded),
    )


def total(counts: Iterable[DisputeCount]) -> DisputeCount:
    """What several sessions come to together."""
    found = list(counts)
    return DisputeCount(
        open=sum(one.open for one in found),
        settled=sum(one.settled for one in found),
        self_graded=sum(one.self_graded for one in found),
    )


def dispute_words(count: DisputeCount) -> str:
    """ "1 appeal open, 2 settled; 3 answers self-graded"; "" where there is nothing of it."""
    parts = []
    if count.open or count.settled:
        parts.append(f"{plural(count.open, 'appeal')} open, {count.settled} settled")
    if count.self_graded:
        parts.append(f"{plural(count.self_graded, 'answer')} self-graded")
    return "; ".join(parts)
