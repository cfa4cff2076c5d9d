"""Run graders over answers that people have graded."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from interviewer.agreement.gold_answers import Checked, GoldAnswer, GoldSet
from interviewer.bank.questions import Bank
from interviewer.check.check_report import GraderRun
from interviewer.common.system import Clock
from interviewer.errors import ModelError
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.grading.grades import AnswerGrade, GraderIdentity, Ungraded
from interviewer.grading.outcomes import TRANSIENT, cause_of, grade_of, ungraded


class Results(Protocol):
    """Where grades are kept between runs."""

    def get(self, key: str) -> tuple[AnswerGrade, float] | None:
        """The grade and the seconds it took, if it is there."""
        ...

    def put(self, key: str, grade: AnswerGrade, seconds: float) -> None:
        """Keep it."""
        ...


@dataclass(frozen=True)
class Contender:
    """One grader to check. make: loads it for a bank; called only when something is not cached.

    content: whatever identifies its code besides `identity`, as part of the cache's keys.
    """

    name: str
    identity: GraderIdentity
    make: Callable[[Bank], Grader]
    content: str = ""


def limited(gold: GoldSet, limit: int | None) -> GoldSet:
    """At most `limit` answers, chosen by the digest of their ids, in the set's order."""
    if limit is None or len(gold.answers) <= limit:
        return gold
    chosen = sorted(gold.answers, key=lambda a: hashlib.sha256(a.id.encode()).digest())[:limit]
    kept = {answer.id for answer in chosen}
    return gold.model_copy(update={"answers": tuple(a for a in gold.answers if a.id in kept)})


def run(
    contenders: Sequence[Contender],
    sets: Sequence[GoldSet],
    results: Results | None,
    clock: Clock,
    told: Callable[[int, int, str], None] = lambda done, of, what: None,
) -> list[GraderRun]:
    """Every grader over every set. Grades already in `results` are not made again.

    Seconds are those of the run in which the grade was made. told: after every answer, how many of how
    many are graded, and what is being graded.
    """
    out: list[GraderRun] = []
    done, total = 0, len(contenders) * sum(len(gold.answers) for gold in sets)
    for contender in contenders:
        load = _loader(contender)
        for gold in sets:
            items = []
            for item in _graded(contender, gold, load, results, clock):
                items.append(item)
                done += 1
                told(done, total, f"{contender.name} on {gold.name}")
            out.append(GraderRun(contender.name, contender.identity, gold, tuple(items)))
    return out


def _loader(contender: Contender) -> Callable[[Bank], Grader]:
    """Loads a grader once for sets of the same bank that follow each other."""
    made: dict[str, Grader] = {}

    def load(bank: Bank) -> Grader:
        if bank.digest not in made:
            made.clear()
            made[bank.digest] = contender.make(bank)
        return made[bank.digest]

    return load


def _graded(
    contender: Contender,
    gold: GoldSet,
    load: Callable[[Bank], Grader],
    results: Results | None,
    clock: Clock,
) -> Iterable[Checked]:
    digests = {question.id: question.content_digest() for question in gold.bank.questions}
    for answer in gold.answers:
        question = gold.question(answer)
        key = _key(contender, gold.bank, digests[question.id], answer)
        found = results.get(key) if results else None
        if found is None:
            grader = load(gold.bank)
            request = GradeRequest(question, answer.answer, question.prompt)
            begun = clock.monotonic()
            grade = _grade(grader, request)
            found = grade, max(0.0, clock.monotonic() - begun)
            if results and not _may_mend(grade):
                results.put(key, *found)
        yield Checked(gold=answer, question=question, grade=found[0], seconds=found[1])


def _key(contender: Contender, bank: Bank, question: str, answer: GoldAnswer) -> str:
    parts = (
        contender.identity.model_dump_json(), contender.content, bank.digest, question,
        hashlib.sha256(answer.answer.encode("utf-8", "surrogatepass")).hexdigest(),
    )  # fmt: skip
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _grade(grader: Grader, request: GradeRequest) -> AnswerGrade:
    """The grade; a model's failure is an ungraded answer, and the run goes on."""
    try:
        return grader.grade(request)
    except ModelError as error:
        failed = ungraded(request.question, cause_of(error), error.message)
        return grade_of(request.question, failed)


def _may_mend(grade: AnswerGrade) -> bool:
    """Whether another try may grade what this one did not, so that it is not kept."""
    outcomes = (*grade.verdicts, *grade.misconceptions)
    return any(isinstance(o, Ungraded) and o.cause in TRANSIENT for o in outcomes)
