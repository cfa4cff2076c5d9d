"""What each way to ask a small model buys, beside the plain one, in one run.

    python benchmarks/judge_options.py --model gguf:PATH [--claims 40] [--minutes 30] [--record FOLDER]

The same criteria of the same graded answers go to every way: Yes or No by probability ("logprob", the
plain one), two numbered options in both orders ("options"), with the words named that the offline
grader points at ("pointed"), by the word alone ("yesno"), by five votes ("votes"), by JSON with a quote
("each") and with the number of a sentence ("sentences"). Half of the criteria are asserted. Each way
gets a curve of its own, cross-validated by question; so does what it adds to the offline grader. On
tuned gold (--on tuned) that grader has seen the answers; on exam questions (--on general) it has not.
Intervals are 95%, from a bootstrap over questions.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np
from fit_judge import general_set

from interviewer.agreement import agreement, bootstrap, calibration, figures
from interviewer.agreement.agreement import Pairs
from interviewer.agreement.gold_answers import GoldAnswer, GoldSet
from interviewer.bank.questions import Criterion, Question
from interviewer.check.checking import limited
from interviewer.check.gold_files import load_gold
from interviewer.grading.claims import probability_of
from interviewer.grading.grader import Grader, GradeRequest, JudgeMode
from interviewer.grading.grades import AnswerGrade, Verdict
from interviewer.grading.judges.judge_data import Showing
from interviewer.grading.scoring import LEVEL_CREDIT
from interviewer.specs import banks, graders
from interviewer.specs.judge_specs import Spec, bare_judge, short_name
from interviewer.specs.model_specs import ModelOptions
from interviewer.trial import fitting
from interviewer.trial.fitting import JudgedClaim

PLAIN = "logprob"
WAYS: tuple[JudgeMode, ...] = (
    "logprob", "options", "pointed", "yesno", "votes", "each", "sentences",
)  # fmt: skip


@dataclass(frozen=True)
class Put:
    """One criterion of one answer. truth: 1, 0.5 or 0. offline: the other grader's probability."""

    question: Question
    answer: GoldAnswer
    claim: Criterion
    truth: float


@dataclass(frozen=True)
class Said:
    """What a way made of it. probability: None where it gave no verdict."""

    put: Put
    offline: float
    probability: float | None
    tokens: int


def chosen(gold: GoldSet, count: int) -> list[Put]:
    """Criteria drawn by digest, asserted and not in turn."""
    found: dict[bool, list[Put]] = {True: [], False: []}
    for answer in gold.answers:
        question = gold.question(answer)
        for claim in question.criteria:
            if claim.id in answer.verdicts:
                truth = LEVEL_CREDIT[answer.verdicts[claim.id]]
                found[truth == 1.0].append(Put(question, answer, claim, truth))
    for side in found.values():
        side.sort(key=lambda p: hashlib.sha256(f"{p.answer.id}:{p.claim.id}".encode()).digest())
    turns = [put for pair in zip(found[True], found[False], strict=False) for put in pair]
    return turns[:count]


def of_claim(grade: AnswerGrade, claim: str) -> float | None:
    found = grade.verdict(claim)
    return probability_of(found) if isinstance(found, Verdict) else None


def asked(
    puts: Sequence[Put], judges: dict[JudgeMode, Grader], offline: Grader, seconds: float
) -> Iterator[dict[JudgeMode, Said]]:
    """Each criterion by every way, until the time is over."""
    until = time.monotonic() + seconds
    for number, put in enumerate(puts, start=1):
        alone = put.question.model_copy(update={"criteria": (put.claim,), "misconceptions": ()})
        whole = GradeRequest(put.question, put.answer.answer, put.question.prompt)
        base = of_claim(offline.grade(whole), put.claim.id)
        if base is None:
            continue
        row = {}
        for way, judge in judges.items():
            grade = judge.grade(GradeRequest(alone, put.answer.answer, put.question.prompt))
            tokens = grade.usage.tokens_in + grade.usage.tokens_out if grade.usage else 0
            row[way] = Said(put, base, of_claim(grade, put.claim.id), tokens)
        yield row
        print(f"\r{number} of {len(puts)}", end="", file=sys.stderr, flush=True)
        if time.monotonic() >= until:
            return


def shown(rows: Sequence[dict[JudgeMode, Said]]) -> None:
    """A line for each way, held against the plain one and against offline on the same criteria."""
    print(f"{'way':<10} verdicts  AUC (95%)            right   Brier ratio  tokens ratio  fused less offline, AUC (95%)")  # fmt: skip  # noqa: E501
    for way in rows[0]:
        both = [
            r for r in rows if r[way].probability is not None and r[PLAIN].probability is not None
        ]
        if len({r[way].put.question.id for r in both}) < 2:
            print(f"{way:<10} {len(both)} of {len(rows)}: too few to say anything")
            continue
        mine, plain = ([_pair(r[name]) for r in both] for name in (way, PLAIN))
        _, weighed = fitting.weights_to(mine, None)
        spans = _auc(mine, [p.judged for p in mine])
        gap = _gap(mine)
        ratio = fitting.curve_to(mine).after.brier / fitting.curve_to(plain).after.brier
        tokens = sum(r[way].tokens for r in both) / max(1, sum(r[PLAIN].tokens for r in both))
        right = fitting.curve_to(mine).after.right
        print(
            f"{way:<10} {len(both):>3} of {len(rows):<3} {spans:<20} {right:>6.1%}  {ratio:>11.2f}"
            f"  {tokens:>12.2f}  {gap}   fused right {weighed.after.right:.1%}, offline"
            f" {weighed.before.right:.1%}"
        )


def _pair(said: Said) -> JudgedClaim:
    assert said.probability is not None
    return JudgedClaim(said.put.question.id, said.probability, said.offline, said.put.truth, False)


def _pairs(rows: Sequence[JudgedClaim], given: Sequence[float]) -> Pairs:
    _, cluster = np.unique([p.question for p in rows], return_inverse=True)
    truth = [float(p.truth == 1.0) for p in rows]
    return Pairs.of(truth, list(given), list(map(int, cluster)), int(cluster.max()) + 1)


def _auc(rows: Sequence[JudgedClaim], given: Sequence[float]) -> str:
    pairs = _pairs(rows, given)
    counts = bootstrap.draws(pairs.clusters)
    span = bootstrap.interval(agreement.auc, pairs, counts)
    return figures.with_interval("plain", agreement.point(agreement.auc, pairs), span)


def _gap(rows: Sequence[JudgedClaim]) -> str:
    """Fused less offline, both by fits that have not seen the question."""
    fused, alone = (_crossed(rows, judge=judge) for judge in (True, False))
    left, right = _pairs(rows, fused), _pairs(rows, alone)
    found = bootstrap.difference(agreement.auc, left, right, bootstrap.draws(left.clusters))
    brier = bootstrap.difference(calibration.brier, left, right, bootstrap.draws(left.clusters))
    return (
        f"{figures.signed(found.value, found.interval)}; Brier"
        f" {figures.signed(brier.value, brier.interval)}"
    )


def _crossed(rows: Sequence[JudgedClaim], *, judge: bool) -> list[float]:
    odds = [fitting.log_odds([p.offline for p in rows])]
    prior = [1.0]
    if judge:
        odds.append(fitting.log_odds([p.judged for p in rows]))
        prior = [0.7, 0.3]
    truth = np.asarray([p.truth for p in rows])
    groups = np.asarray([p.question for p in rows], dtype=np.int64)
    return list(map(float, fitting.crossed(odds, truth, groups, [*prior, 0.0])))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", required=True, metavar="SPEC")
    parser.add_argument("--way", action="append", choices=WAYS, help="all of them if not given")
    parser.add_argument("--claims", type=int, default=40)
    parser.add_argument("--answers", type=int, default=40, help="of which the criteria are drawn")
    parser.add_argument("--on", choices=["general", "tuned"], default="general")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--base-url")
    parser.add_argument("--threads", type=int, help="of a gguf: model")
    parser.add_argument("--record", type=Path, help="keep calls in this folder; none is made twice")
    given = parser.parse_args()
    models = ModelOptions(
        base_url=given.base_url, deadline=600.0, record=given.record, reuse=True,
        threads=given.threads,
    )  # fmt: skip
    bank = banks.open_bank()
    if given.on == "general":
        gold = general_set(given.answers)
    else:
        sets = load_gold(banks.bank_folder(None) / "gold.jsonl", bank)
        gold = limited(next(g for g in sets if not g.held_out), given.answers)
    ways = [PLAIN, *(w for w in (given.way or WAYS) if w != PLAIN)]
    judges = {
        way: bare_judge(
            Spec("judge", f"{way}:{given.model}", way, given.model), gold.bank, models,
            unfitted=Showing(),
        )
        for way in ways
    }  # fmt: skip
    offline = graders.make_grader("offline:unaided", gold.bank)
    rows = []
    try:
        for row in asked(chosen(gold, given.claims), judges, offline, given.minutes * 60):
            rows.append(row)
    except KeyboardInterrupt:
        pass
    print(f"\n{short_name(given.model)}: {len(rows)} criteria, {given.on}")
    if rows:
        shown(rows)


if __name__ == "__main__":
    main()
