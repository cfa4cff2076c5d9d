"""Graders on answers of our own that trained nothing: new ways of talking, and new questions.

    python benchmarks/unseen.py [--limit N] SPEC...

"voices": answers to the shipped bank in 25 registers, the fifth of training/answers/voices.jsonl that
trains nothing. "exams": exam questions of training/exams, one in eight, none of which was seen, nor one
that resembles it; their criteria are statements without exemplars. "exams with exemplars": the same
questions, each answer graded with the other answers' texts as what a criterion accepts and rejects.
"fresh answers", "fresh exams": answers to the shipped bank, and exam questions on machine learning, each with
answers of every kind. "natural answers", "natural exams": what candidates and a class would say, to the
shipped bank and to questions of several subjects, by no scheme, graded by two others who saw neither each
other's marks nor the author's mind. None of these trains anything. Some of the questions resemble one that
was trained on; the others are measured by themselves as well.
"""

from __future__ import annotations

import argparse
import functools
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "training")]

from reader_sources import exam_files, exam_part, others, plain, read_jsonl

from interviewer.agreement.gold_answers import GoldAnswer, GoldSet
from interviewer.answer_text.normalize import content
from interviewer.bank.questions import Bank, Criterion, Misconception, Question, Section
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
ALIKE = 0.4
"""Questions that share more of their content words than this (Jaccard) ask nearly the same."""
FRESH = ROOT / "benchmarks" / "fresh"


def voices() -> GoldSet:
    """Answers to the shipped bank by voices that trained nothing."""
    rows = read_jsonl(ROOT / "training/answers/voices.jsonl")
    return _to_the_bank("voices", [r for r in rows if not share(f"voices:{r['id']}", VOICES)])


def kept_answers(file: str, name: str) -> GoldSet:
    """Answers to the shipped bank that train nothing."""
    return _to_the_bank(name, read_jsonl(FRESH / file))


def _to_the_bank(name: str, rows: Sequence[dict[str, Any]]) -> GoldSet:
    bank, answers = banks.open_bank(), []
    for row in rows:
        question = bank.question(row["question"])
        levels = plain(row["verdicts"])
        score = scoring.of_levels(question, levels, row["misconceptions"]) or 0.0
        answers.append(
            GoldAnswer(
                id=row["id"], question=question.id, answer=row["answer"], kind=row.get("kind", ""),
                score=score, passed=bool(scoring.passed(score)), verdicts=levels,
                misconceptions=tuple(row["misconceptions"]), held_out=True,
            )
        )  # fmt: skip
    return GoldSet(name=name, bank=bank, answers=tuple(answers), held_out=True)


def exams(*, exemplars: bool = False) -> GoldSet:
    """The exam questions that are kept; with exemplars, each answer in a question of its own."""
    rows = [
        r for path in sorted((ROOT / "training/exams").glob("*.jsonl")) for r in read_jsonl(path)
    ]
    kept = [r for r in rows if share(f"exam:{r['id']}", KEPT) == 0]
    name = "exams with exemplars" if exemplars else "exams"
    return _to_exams(name, [r for r in kept if not _resembles(r)], exemplars=exemplars)


def kept_exams(file: str, name: str, *, unlike: bool = False) -> GoldSet:
    """Exam questions that train nothing; unlike: those that resemble none which was trained on."""
    rows = [r for r in read_jsonl(FRESH / file) if not (unlike and _resembles(r))]
    return _to_exams(f"{name} unlike any trained on" if unlike else name, rows, exemplars=False)


@functools.cache
def _trained() -> list[frozenset[str]]:
    """The content words of each exam question that was trained on."""
    rows = [row for path in exam_files() for row in read_jsonl(path)]
    return [frozenset(content(r["question"])) for r in rows if exam_part(r) != "measure"]


def _resembles(row: Mapping[str, Any]) -> bool:
    """Whether an exam question asks nearly what one asks that was trained on."""
    mine = frozenset(content(row["question"]))
    return any(len(mine & other) > ALIKE * len(mine | other) for other in _trained())


def _to_exams(name: str, rows: Sequence[dict[str, Any]], *, exemplars: bool) -> GoldSet:
    """Exam questions as a bank, with its answers; with exemplars, each in a question of its own."""
    questions, answers = [], []
    for row in rows:
        for question, answer in _exam(row, len(questions), exemplars=exemplars):
            answers.append(answer)
            if question not in questions[-1:]:
                questions.append(question)
    bank = Bank(
        id="exams", version="1", title="Exam questions", questions=tuple(questions),
        sections=(Section(id="A", title="All"),),
    )  # fmt: skip
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
        wrong = tuple(
            Misconception(id=m["id"], statement=m["statement"])
            for m in row.get("misconceptions", ())
        )
        reference = str(row.get("reference") or " ".join(c.statement for c in criteria))
        question = Question(
            id=before + 1 + (at if exemplars else 0), section="A", prompt=row["question"],
            kind="why", references=(reference,), criteria=criteria, misconceptions=wrong,
        )  # fmt: skip
        levels = {c: v for c, v in plain(given["verdicts"]).items() if c in _ids(criteria)}
        said = tuple(given.get("misconceptions", ()))
        score = scoring.of_levels(question, levels, said) or 0.0
        yield (
            question,
            GoldAnswer(
                id=f"{row['id']}-{at}", question=question.id, answer=given["answer"], score=score,
                passed=bool(scoring.passed(score)), verdicts=levels, misconceptions=said,
                held_out=True,
            ),
        )  # fmt: skip


def _ids(criteria: Sequence[Criterion]) -> set[str]:
    return {c.id for c in criteria}


def sets() -> list[GoldSet]:
    """All of them."""
    return [
        voices(), exams(), exams(exemplars=True),
        kept_answers("answers.jsonl", "fresh answers"),
        kept_answers("natural-answers.jsonl", "natural answers"),
        *(
            kept_exams(file, name, unlike=unlike)
            for file, name in (("exams.jsonl", "fresh exams"), ("natural-exams.jsonl", "natural exams"))
            for unlike in (False, True)
        ),
    ]  # fmt: skip


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
    for gold in sets():
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
