"""What `interviewer bank learn` gains, by how many settled answers it has.

    python benchmarks/learning.py BANK [--gold FILE] [--held-out] [--draws 5] [--sizes 20,50,100,200]

BANK is a name or a folder, FILE its graded answers (gold.jsonl in its folder if not given); --held-out
takes only those marked so. Every draw splits the answers in two parts, learns from a sample of the
larger (three fifths) and measures on the other, which it never saw:

"answers": the parts are of the answers to each question, so that most questions were met before;
"questions": the parts are of the questions, so that nothing was settled of any that is measured.

A layer that its own cross-validation does not vouch for is not used, and the figures are then those
of the shipped grader. Prints one Markdown table: means over the draws, with the least and the greatest kappa.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from interviewer.agreement import agreement
from interviewer.agreement.gold_answers import Checked
from interviewer.agreement.gradings import grader_row, views
from interviewer.bank.questions import Bank
from interviewer.check import gold_files
from interviewer.check.measures import MEASURES
from interviewer.cli.banks.learn import read
from interviewer.grading.grades import AnswerGrade
from interviewer.grading.offline.heard import Chance
from interviewer.grading.offline.layer import SIGNALS, LayerInUse
from interviewer.grading.offline.offline_grader import OfflineGrader
from interviewer.learning import learning, settled_answers
from interviewer.learning.lessons import Taught
from interviewer.specs import banks, layers
from interviewer.specs.embedders import embedder_name, make_embedder
from interviewer.specs.plain_specs import offline_grader

SHOWN = ("kappa", "kappa_levels", "qwk", "accuracy", "false_pass", "false_fail")
WAYS = ("answers", "questions")
LEARNED = 0.6
"""The share of the answers from which a draw takes what it learns from."""


@dataclass(frozen=True)
class Cell:
    """One draw: what was measured, and whether the layer was used."""

    metrics: dict[str, float | None]
    used: bool


def parted(taught: Sequence[Taught], way: str, seed: int) -> tuple[list[Taught], list[Taught]]:
    """A shuffled pool to learn from, and the answers to measure on."""
    rng = random.Random(f"{way} {seed}")
    groups: dict[int, list[Taught]] = {}
    for one in taught:
        groups.setdefault(one.settled.question.id, []).append(one)
    pool: list[Taught] = []
    test: list[Taught] = []
    numbers = sorted(groups)
    rng.shuffle(numbers)
    for at, number in enumerate(numbers):
        held = sorted(groups[number], key=lambda one: one.settled.gold.id)
        rng.shuffle(held)
        few = round(len(held) * LEARNED + (at % 2 - 0.5) / 2)
        middle = few if way == "answers" else len(held) * (at % 5 < 3)
        pool += held[:middle]
        test += held[middle:]
    rng.shuffle(pool)
    return pool, test


def measured(
    grader: OfflineGrader, bank: Bank, pool: Sequence[Taught], test: Sequence[Taught]
) -> Cell:
    """The shipped grader, or the layer where it is used, on the test answers."""
    layer = None
    if pool:
        found = learning.learn(
            bank, pool, grader.conclude, weights=layers.weights_digest(), embedder=embedder_name()
        )
        layer = LayerInUse(found.layer) if found.layer is not None and not found.why else None
    grades = [grader.conclude(one.heard, _chances(one, layer)) for one in test]
    return Cell(_metrics(test, grades), layer is not None)


def _chances(one: Taught, layer: LayerInUse | None) -> Sequence[Chance]:
    heard = one.heard
    if layer is None or heard.parts is None:
        return heard.chances
    return layer.moved(heard)


def _metrics(test: Sequence[Taught], grades: Sequence[AnswerGrade]) -> dict[str, float | None]:
    rows = [
        grader_row(Checked(gold=one.settled.gold, question=one.settled.question, grade=grade))
        for one, grade in zip(test, grades, strict=True)
    ]
    found = views(rows)
    return {
        name: agreement.point(MEASURES[name].metric, found[MEASURES[name].view]) for name in SHOWN
    }


def rows(
    grader: OfflineGrader, bank: Bank, taught: Sequence[Taught], sizes: Sequence[int], draws: int
) -> Iterator[str]:
    """The lines of the table."""
    yield f"| measured on other | settled | used | kappa (least, greatest) | {' | '.join(SHOWN[1:])} |"
    yield "|---" * (len(SHOWN) + 3) + "|"
    for way in WAYS:
        for size in (0, *sizes):
            cells = []
            for seed in range(draws):
                pool, test = parted(taught, way, seed)
                if len(pool) >= size:
                    cells.append(measured(grader, bank, pool[:size], test))
            if cells:
                yield _line(way, size, cells)


def _line(way: str, size: int, cells: Sequence[Cell]) -> str:
    by_name = {name: [c.metrics[name] for c in cells] for name in SHOWN}
    means = {
        name: float(np.mean([v for v in values if v is not None]))
        for name, values in by_name.items()
    }
    kappas = [v for v in by_name["kappa"] if v is not None]
    used = f"{sum(c.used for c in cells)} of {len(cells)}" if size else "–"
    head = f"{means['kappa']:.3f} ({min(kappas):.3f}, {max(kappas):.3f})"
    rest = " | ".join(f"{means[name]:.3f}" for name in SHOWN[1:])
    return f"| {way} | {size} | {used} | {head} | {rest} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bank")
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--draws", type=int, default=5)
    parser.add_argument("--sizes", default="20,50,100,200")
    given = parser.parse_args()
    bank, folder = banks.open_bank(given.bank), banks.bank_folder(given.bank)
    path = given.gold or folder / gold_files.GOLD_NAME
    answers = [
        settled_answers.of_gold(answer, bank)
        for found in gold_files.load_gold(path, bank)
        if found.held_out or not given.held_out
        for answer in found.answers
    ]
    grader = offline_grader(make_embedder(), bank)
    taught = read(settled_answers.distinct(answers), grader)
    taught = [one for one in taught if one.heard.parts is not None]
    questions = len({one.settled.question.id for one in taught})
    print(f"{bank.id}: {len(taught)} graded answers to {questions} questions; weights "
          f"{layers.weights_digest()}, signals {json.dumps(SIGNALS)}", flush=True)  # fmt: skip
    for line in rows(grader, bank, taught, [int(n) for n in given.sizes.split(",")], given.draws):
        print(line, flush=True)


if __name__ == "__main__":
    main()
