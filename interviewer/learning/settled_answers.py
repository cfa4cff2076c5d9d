"""The settled answers to a bank: from sessions, and from files of graded answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from interviewer.agreement.gold_answers import GoldAnswer
from interviewer.bank.questions import Bank, Question
from interviewer.check import gold_files
from interviewer.errors import TranscriptError
from interviewer.grading import scoring
from interviewer.grading.offline.exemplars import wording
from interviewer.session import disputes, log_file
from interviewer.session.events import Answered, Settled
from interviewer.session.record import Record, Session

SettledBy = Literal["self-graded", "settled", "graded answers"]
"""By the candidate's own word; by another person in a session; in a file of graded answers. Where they
speak of the same words, the later of these counts."""
SETTLED_BY: tuple[SettledBy, ...] = ("self-graded", "settled", "graded answers")
_SETTLED = b'"event":"settled"'


@dataclass(frozen=True)
class SettledAnswer:
    """An answer to a question of the bank with its settled grade. asked: what was put just before."""

    gold: GoldAnswer
    question: Question
    asked: str
    source: SettledBy


@dataclass
class SettledSoFar:
    """left_out: what was passed over, by why."""

    answers: list[SettledAnswer] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def collect(bank: Bank, folder: Path | None, golds: Sequence[Path]) -> SettledSoFar:
    """What sessions in that folder and those files hold. Raises GoldError for a file that cannot be read.

    Each answer stands once. Held-out answers are left out: they are there to measure.
    """
    found = SettledSoFar()
    for path in log_file.session_files(folder) if folder is not None else ():
        _of_log(path, bank, found)
    for path in golds:
        for gold in gold_files.load_gold(path, bank):
            if gold.held_out:
                found.left_out["held out"] += len(gold.answers)
                continue
            for answer in gold.answers:
                _keep(found, of_gold(answer, bank))
    found.answers = distinct(found.answers)
    return found


def of_gold(answer: GoldAnswer, bank: Bank) -> SettledAnswer:
    """A graded answer of a file: it answers the question itself."""
    question = bank.question(answer.question)
    return SettledAnswer(answer, question, question.prompt, "graded answers")


def distinct(answers: Iterable[SettledAnswer]) -> list[SettledAnswer]:
    """Each answer once: of several grades of the same words to a question the one that counts."""
    ranked = sorted(answers, key=lambda a: SETTLED_BY.index(a.source))
    return list({(a.question.id, wording(a.gold.answer)): a for a in ranked}.values())


def _keep(found: SettledSoFar, settled: SettledAnswer) -> None:
    if all(c.id in settled.gold.verdicts for c in settled.question.criteria):
        found.answers.append(settled)
    else:
        found.left_out["not settled on every criterion"] += 1


def _of_log(path: Path, bank: Bank, found: SettledSoFar) -> None:
    try:
        data = log_file.read_bytes(path)
        if _SETTLED not in data:
            return
        session = log_file.parse_log(path, data).session
    except TranscriptError:
        found.left_out["in sessions that cannot be read"] += 1
        return
    if session.started.bank.id == bank.id and not session.started.simulated:
        for record in session.records:
            for settled in _of_record(session, record, bank, found):
                _keep(found, settled)


def _of_record(
    session: Session, record: Record, bank: Bank, found: SettledSoFar
) -> Iterator[SettledAnswer]:
    latest = {event.answer: event for event in record.settled}
    if not latest:
        return
    number = record.question.id
    if number not in bank or bank.question(number).statements != record.question.statements:
        found.left_out["to questions whose criteria have changed since"] += len(latest)
        return
    for at, turn in enumerate(record.turns):
        event = latest.get(turn.reply.seq) if isinstance(turn.reply, Answered) else None
        if event is not None and isinstance(turn.reply, Answered):
            disputed = disputes.answer_of(session, number, at)
            gold = _gold(disputes.gold_id(session, disputed), event, turn.reply.text, bank)
            source: SettledBy = "self-graded" if event.self_graded else "settled"
            yield SettledAnswer(gold, bank.question(number), record.asked(turn), source)


def _gold(name: str, event: Settled, text: str, bank: Bank) -> GoldAnswer:
    value = event.score
    if value is None:
        asked = bank.question(event.question)
        value = scoring.of_levels(asked, event.levels, event.misconceptions) or 0.0
    return GoldAnswer(
        id=name,
        question=event.question,
        answer=text,
        score=value,
        passed=bool(scoring.passed(value) if event.passed is None else event.passed),
        rater=event.rater,
        verdicts=event.levels,
        misconceptions=event.misconceptions,
    )
