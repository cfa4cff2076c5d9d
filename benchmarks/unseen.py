"""Graders on answers of our own that trained nothing: new ways of talking, and new questions.

    python benchmarks/unseen.py [--limit N] SPEC...

"voices": answers to the shipped bank in 25 registers, the fifth of training/answers/voices.jsonl that
trains nothing. "exams": exam questions of training/exams, one in eight, none of which was seen; their
criteria are statements without exemplars. "exams with exemplars": the same questions, each answer
graded with the other answers' texts as what a criterion accepts and rejects.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "training")]

from reader_sources import others, plain, read_jsonl

from interviewer.agreement.gold_answers import GoldAnswer, GoldSet
from interviewer.bank.questions import Bank, Criterion, Question, Section
from interviewer.check import measures
from interviewer.check.checking import Contender, limited, run
from interviewer.check.splits import share
from interviewer.common import system
from interviewer.grading import scoring
from interviewer.specs import banks, graders

SHOWN = ("answers", "kappa", "kappa_levels", "qwk", "auc", "false_pass", "false_fail")
KEPT = 8
"""One exam question in so many is kept for measuring, one answer of VOICES among the others."""
VOICES = 5
MOST = 5
"""Criteria taken of an exam question, as when the figures were first made."""


def voices() -> GoldSet:
    """Answers to the shipped bank by voices that trained nothing."""
    bank, answers = banks.open_bank(), []
    for row in read_jsonl(ROOT / "training/answers/voices.jsonl"):
        if share(f"voices:{row['id']}", VOICES):
            continue
        question = bank.question(row["question"])
        levels = plain(row["verdicts"])
        score = scoring.of_levels(question, levels, row["misconceptions"]) or 0.0
        answers.append(
            GoldAnswer(
                id=row["id"], question=question.id, answer=row["answer"], kind=row["kind"],
                score=score, passed=bool(scoring.passed(score)), verdicts=levels,
                misconceptions=tuple(row["misconceptions"]), held_out=True,
            )
        )  # fmt: skip
    return GoldSet(name="voices", bank=bank, answers=tuple(answers), held_out=True)


def exams(*, exemplars: bool = False) -> GoldSet:
    """The exam questions that are kept; with exemplars, each answer in a question of its own."""
    questions, answers = [], []
    for path in sorted((ROOT / "training/exams").glob("*.jsonl")):
        for row in read_jsonl(path):
            if share(f"exam:{row['id']}", KEPT) == 0:
                for question, answer in _exam(row, len(questions), exemplars=exemplars):
                    answers.append(answer)
                    if question not in questions[-1:]:
                        questions.append(question)
    bank = Bank(
        id="exams", version="1", title="Exam questions", questions=tuple(questions),
        sections=(Section(id="A", title="All"),),
    )  # fmt: skip
    name = "exams with exemplars" if exemplars else "exams"
    return GoldSet(name=name, bank=bank, answers=tuple(answers), held_out=True)


def _exam(
    row: dict[str, Any], before: int, *, exemplars: bool
) -> Iterator[tuple[Question, GoldAnswer]]:
    """Each answer with its question, numbered from `before` on."""
    for at, given in enumerate(row["answers"]):
        criteria = tuple(
            Criterion(
                id=c["id"],
                statement=c["statement"],
                accepts=others(row, at, c["id"], "met") if exemplars else (),
                rejects=others(row, at, c["id"], "unmet", "denied") if exemplars else (),
            )
            for c in row["criteria"][:MOST]
        )
        question = Question(
            id=before + 1 + (at if exemplars else 0), section="A", prompt=row["question"],
            kind="why", references=(str(row["reference"]),), criteria=criteria,
        )  # fmt: skip
        levels = {c: v for c, v in plain(given["verdicts"]).items() if c in _ids(criteria)}
        score = scoring.of_levels(question, levels, ()) or 0.0
        yield (
            question,
            GoldAnswer(
                id=f"{row['id']}-{at}", question=question.id, answer=given["answer"], score=score,
                passed=bool(scoring.passed(score)), verdicts=levels, held_out=True,
            ),
        )  # fmt: skip


def _ids(criteria: Sequence[Criterion]) -> set[str]:
    return {c.id for c in criteria}


def measured(specs: Sequence[str], gold: GoldSet) -> dict[str, dict[str, float | None]]:
    """The metrics of each grader, by spec."""
    contenders = [
        Contender(spec, graders.grader_identity(spec), lambda bank, s=spec: graders.make_grader(s, bank))
        for spec in specs
    ]  # fmt: skip
    return {
        found.name: measures.measure(found.items).metrics
        for found in run(contenders, [gold], None, system.SystemClock())
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("specs", nargs="*", default=["cosine", "overlap", "offline:unaided"])
    parser.add_argument("--limit", type=int)
    given = parser.parse_args()
    for gold in (voices(), exams(), exams(exemplars=True)):
        found = measured(given.specs, limited(gold, given.limit))
        for spec, metrics in found.items():
            shown = " ".join(
                f"{name} {value:.3f}"
                if isinstance(value := metrics[name], float)
                else f"{name} {value}"
                for name in SHOWN
            )
            print(f"{gold.name}: {spec}: {shown}", flush=True)


if __name__ == "__main__":
    main()
