"""An answer of a session whose grade is disputed, and the gold answer a person makes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interviewer.agreement.gold_answers import GoldAnswer
from interviewer.common.base import writable
from interviewer.grading import scoring
from interviewer.grading.grades import AnswerGrade, Level
from interviewer.session.events import Answered
from interviewer.session.record import Record, Session


@dataclass(frozen=True)
class Disputed:
    """One answer. turn: 0 is the one to the question itself. seq: the number of its event."""

    record: Record
    turn: int
    seq: int
    text: str
    grade: AnswerGrade | None

    @property
    def levels(self) -> dict[str, Level]:
        """What the session's grader found, by criterion; ungraded ones are absent."""
        return {v.criterion: v.level for v in self.grade.graded} if self.grade else {}

    @property
    def asserted(self) -> tuple[str, ...]:
        """The misconceptions that it found."""
        return tuple(v.criterion for v in self.grade.asserted) if self.grade else ()


def answer_of(session: Session, question: int, turn: int = 0) -> Disputed:
    """The graded answer in that turn of that question; LookupError that says what is not there."""
    record = session.record(question)
    if record is None:
        asked = ", ".join(str(r.question.id) for r in session.records) or "none"
        raise LookupError(f"question {question} was not asked; the session asked {asked}")
    if turn >= len(record.turns):
        raise LookupError(f"question {question} has {len(record.turns) - 1} follow-ups, not {turn}")
    found = record.turns[turn]
    where = f"question {question}" + (f", follow-up {turn}" if turn else "")
    if not isinstance(found.reply, Answered):
        raise LookupError(f"{where} has no answer")
    if found.graded is None and all(e.answer != found.reply.seq for e in session.reruns):
        raise LookupError(f"{where} has no grade yet")
    grade = found.graded.grade if found.graded else None
    return Disputed(record, turn, found.reply.seq, found.reply.text, grade)


def claim_of(disputed: Disputed, claim: str | None) -> str | None:
    """The claim of the question with that id, number or letter; LookupError that lists them all
    where it has none."""
    labels = disputed.record.question.labels
    if claim is None or claim in labels:
        return claim
    named = next((known for known, label in labels.items() if label == claim), None)
    if named is None:
        every = ", ".join(f"{label} {known}" for known, label in labels.items())
        number = disputed.record.question.id
        raise LookupError(f"question {number} has no criterion '{claim}'; it has {every}")
    return named


def gold_id(session: Session, disputed: Disputed) -> str:
    """The id of the gold answer made of it: session, question and turn."""
    return f"{session.started.session}-q{disputed.record.question.id}-t{disputed.turn}"


def gold_answer(
    session: Session,
    disputed: Disputed,
    *,
    levels: Mapping[str, Level],
    misconceptions: Sequence[str],
    rater: str,
    score: float | None = None,
    passed: bool | None = None,
    kind: str = "",
) -> GoldAnswer:
    """The gold answer. The score follows from the levels, and `passed` from the score, if not given.

    ValueError where a criterion has no level and there is no score.
    """
    question = disputed.record.question
    value = scoring.of_levels(question, levels, misconceptions) if score is None else score
    if value is None:
        missing = ", ".join(c.id for c in question.criteria if c.id not in levels)
        raise ValueError(f"no verdict on {missing}")
    return GoldAnswer.model_validate(
        {
            "id": gold_id(session, disputed),
            "question": question.id,
            "answer": disputed.text,
            "score": value,
            "passed": passed,
            "kind": writable(kind),
            "rater": writable(rater),
            "verdicts": {c.id: levels[c.id] for c in question.criteria if c.id in levels},
            "misconceptions": tuple(misconceptions),
        }
    )
