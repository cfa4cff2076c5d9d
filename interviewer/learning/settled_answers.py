"""The settled answers to a bank: from sessions, and from files of graded answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from interviewer.agreement.gold_answers import GoldAnswer, settled_gold
from interviewer.bank.questions import Bank, Question
from interviewer.check import gold_files
from interviewer.errors import TranscriptError
from interviewer.grading.offline.exemplars import wording
from interviewer.session import log_file
from interviewer.session.events import Answered
from interviewer.session.record import Record

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
                if _whole(bank.question(answer.question), answer.verdicts, found):
                    found.answers.append(of_gold(answer, bank))
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


def _whole(question: Question, levels: Collection[str], found: SettledSoFar) -> bool:
    """Whether every criterion has a level; an answer of which one has none is left out, and counted."""
    whole = all(c.id in levels for c in question.criteria)
    if not whole:
        found.left_out["not settled on every criterion"] += 1
    return whole


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
            found.answers += _of_record(record, bank, found)


def _of_record(record: Record, bank: Bank, found: SettledSoFar) -> Iterator[SettledAnswer]:
    latest = {event.answer: event for event in record.settled}
    if not latest:
        return
    number = record.question.id
    if number not in bank or bank.question(number).statements != record.question.statements:
        found.left_out["to questions whose criteria have changed since"] += len(latest)
        return
    question = bank.question(number)
    for turn in record.turns:
        reply = turn.reply
        event = latest.get(reply.seq) if isinstance(reply, Answered) else None
        if (
            event is None
            or not isinstance(reply, Answered)
            or not _whole(question, event.levels, found)
        ):
            continue
        gold = settled_gold(
            question, reply.text, event.levels, event.misconceptions, event.rater,
            score=event.score, passed=event.passed,
        )  # fmt: skip
        source: SettledBy = "self-graded" if event.self_graded else "settled"
        yield SettledAnswer(gold, question, record.replied_to(turn), source)
