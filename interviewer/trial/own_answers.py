"""The user's own answers whose grades were settled, as graded answers to fit to."""

from __future__ import annotations

from pathlib import Path

from interviewer.agreement.gold_answers import GoldAnswer
from interviewer.bank.questions import Bank, Question
from interviewer.errors import InterviewerError
from interviewer.session import disputes
from interviewer.session.log_file import read_log, session_files
from interviewer.session.record import Session


def settled_answers(folder: Path, bank: Bank) -> list[GoldAnswer]:
    """Every settled answer of the sessions there to a question that the bank still puts so.

    Logs that cannot be read, and simulated sessions, are passed over.
    """
    found: list[GoldAnswer] = []
    for path in session_files(folder):
        try:
            session = read_log(path).session
        except InterviewerError:
            continue
        if session.started.bank.id == bank.id and not session.started.simulated:
            found += _of(session, bank)
    return found


def _of(session: Session, bank: Bank) -> list[GoldAnswer]:
    out = []
    for record in session.records:
        if not _same(record.question, bank):
            continue
        for turn in range(len(record.turns)):
            try:
                answer = disputes.answer_of(session, record.question.id, turn)
            except LookupError:
                continue
            settled = answer.settled
            if settled is not None and settled.levels:
                levels = {c.id: settled.levels.get(c.id) for c in record.question.criteria}
                if all(levels.values()):
                    out.append(
                        disputes.gold_answer(
                            session, answer, levels=dict(settled.levels),
                            misconceptions=settled.misconceptions, rater=settled.rater,
                        )
                    )  # fmt: skip
    return out


def _same(asked: Question, bank: Bank) -> bool:
    """Whether the bank has the question with the same claims."""
    if asked.id not in bank:
        return False
    now = bank.question(asked.id)
    return [c.bare() for c in (*asked.criteria, *asked.misconceptions)] == [
        c.bare() for c in (*now.criteria, *now.misconceptions)
    ]
