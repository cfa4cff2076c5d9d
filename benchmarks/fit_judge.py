"""Fit a judge to people: the curve of a log-probability judge, and the weights of `fused:`.

    python benchmarks/fit_judge.py --judge logprob:gguf:PATH [--limit 300] [--write]

The curve is fitted on tuned gold answers, which no language model here was trained on. The offline
grader was: on them it is surer than on anything new, and weights fitted there would trust it too
much. So the weights are fitted on the exam questions of training/exams that its reader was not
trained on (--fused-on general, the default); --fused-on tuned shows the other. Held-out answers are
never read. Figures are cross-validated over questions. With --write the result goes into
interviewer/grading/judges/data/judge_calibration.json, under the name of the model.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


from interviewer.agreement.gold_answers import GoldAnswer, GoldSet
from interviewer.bank.questions import Bank, Criterion, Question, Section
from interviewer.check.checking import limited
from interviewer.check.gold_files import load_gold
from interviewer.check.splits import share
from interviewer.grading.chances import logit
from interviewer.grading.claims import probability_of
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.grading.grades import Verdict
from interviewer.grading.judges.fusing import EDGE, Curve, Weights
from interviewer.grading.judges.injection import GuardedJudge
from interviewer.grading.judges.judge_data import (
    CALIBRATION,
    Calibration,
    FittedCurve,
    FittedWeights,
    Showing,
    calibration,
)
from interviewer.grading.outcomes import by_claim
from interviewer.grading.scoring import LEVEL_CREDIT
from interviewer.specs import banks, graders
from interviewer.specs.judge_specs import Spec, bare_judge, parse, short_name
from interviewer.specs.model_specs import ModelOptions, model_name

GENERAL = ROOT / "training" / "exams"

FOLDS = 5


@dataclass(frozen=True)
class Pair:
    """One claim of one answer. judged, offline: probabilities. truth: 1, 0.5 or 0. wrong: whether it
    is a misconception.
    """

    question: int
    judged: float
    offline: float
    truth: float
    wrong: bool


def pairs_of(gold: GoldSet, judge: Grader, offline: Grader | None) -> list[Pair]:
    """Every claim that the judge, the offline grader and people have a verdict on."""
    out = []
    for number, answer in enumerate(gold.answers, start=1):
        question = gold.question(answer)
        request = GradeRequest(question, answer.answer, question.prompt)
        said = by_claim(judge.grade(request))
        beside = by_claim(offline.grade(request)) if offline else said
        for claim, truth in _truth(question, answer).items():
            ours, theirs = beside.get(claim), said.get(claim)
            if isinstance(ours, Verdict) and isinstance(theirs, Verdict):
                wrong = any(m.id == claim for m in question.misconceptions)
                out.append(
                    Pair(question.id, probability_of(theirs), probability_of(ours), truth, wrong)
                )
        if sys.stderr.isatty():
            print(f"\r{number} of {len(gold.answers)}", end="", file=sys.stderr)
    return out


def _truth(question: Question, answer: GoldAnswer) -> dict[str, float]:
    known = {claim: LEVEL_CREDIT[level] for claim, level in answer.verdicts.items()}
    if answer.misconceptions is not None:
        known |= {m.id: float(m.id in answer.misconceptions) for m in question.misconceptions}
    return known


def general_set(limit: int | None) -> GoldSet:
    """The reserved exam questions with their graded answers."""
    questions, answers = [], []
    for path in sorted(GENERAL.glob("*.jsonl")):
        for row in [json.loads(line) for line in path.read_text("utf-8").splitlines()]:
            if share(f"exam:{row['id']}", 8):
                continue
            number = len(questions) + 1
            questions.append(_question(number, row))
            for at, given in enumerate(row["answers"]):
                levels = {c: "unmet" if v == "denied" else v for c, v in given["verdicts"].items()}
                mean = sum(LEVEL_CREDIT[level] for level in levels.values()) / len(levels)
                answers.append(
                    GoldAnswer(
                        id=f"{path.stem}-{number}-{at}", question=number, answer=given["answer"],
                        score=mean, passed=mean >= 0.5, verdicts=levels,
                    )
                )  # fmt: skip
    bank = Bank(
        id="general", version="1", title="Exam questions", questions=tuple(questions),
        sections=(Section(id="A", title="All"),),
    )  # fmt: skip
    return limited(GoldSet(name="general", bank=bank, answers=tuple(answers)), limit)


def _question(number: int, row: dict[str, object]) -> Question:
    criteria = row["criteria"]
    assert isinstance(criteria, list)
    return Question(
        id=number, section="A", prompt=str(row["question"]), kind="why",
        references=(str(row["reference"]),),
        criteria=tuple(Criterion(id=c["id"], statement=c["statement"]) for c in criteria[:5]),
    )  # fmt: skip


def fit(columns: Sequence[np.ndarray], truth: np.ndarray, ridge: float = 1e-3) -> np.ndarray:
    """Logistic regression by Newton's method: a weight per column, then the offset."""
    x = np.column_stack([*columns, np.ones(len(truth))])
    weights = np.zeros(x.shape[1])
    for _ in range(60):
        p = 1.0 / (1.0 + np.exp(-np.clip(x @ weights, -40, 40)))
        slope = x.T @ (p - truth) + ridge * weights
        curve = (x * (p * (1 - p))[:, None]).T @ x + ridge * np.eye(x.shape[1])
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def predict(weights: np.ndarray, columns: Sequence[np.ndarray]) -> np.ndarray:
    x = np.column_stack([*columns, np.ones(len(columns[0]))])
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(x @ weights, -40, 40))))


def crossed(columns: Sequence[np.ndarray], truth: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Predictions for each question by a fit that has not seen it."""
    out = np.zeros(len(truth))
    for fold in range(FOLDS):
        held = groups % FOLDS == fold
        if held.any() and (~held).any():
            fitted = fit([c[~held] for c in columns], truth[~held])
            out[held] = predict(fitted, [c[held] for c in columns])
    return out


def auc(p: np.ndarray, truth: np.ndarray) -> float | None:
    """The probability that an asserted claim is put above one that is not; halves count as not."""
    yes, no = p[truth == 1.0], p[truth < 1.0]
    if not len(yes) or not len(no):
        return None
    order = np.concatenate([yes, no]).argsort(kind="stable").argsort(kind="stable") + 1.0
    values = np.concatenate([yes, no])
    ranks = np.array([order[values == v].mean() for v in values[: len(yes)]])
    return float((ranks.sum() - len(yes) * (len(yes) + 1) / 2) / (len(yes) * len(no)))


def _log_odds(values: Iterable[float], edge: float) -> np.ndarray:
    return np.asarray([logit(v, edge) for v in values])


def show(name: str, p: np.ndarray, truth: np.ndarray) -> None:
    found = auc(p, truth)
    brier = float(((p - truth) ** 2).mean())
    right = float(((p >= 0.5) == (truth >= 0.75)).mean())
    shown = "–" if found is None else f"{found:.3f}"
    print(f"  {name:<34} AUC {shown}  Brier {brier:.3f}  met or not right {right:.1%}")


def fit_curve(pairs: Sequence[Pair]) -> Curve:
    truth = np.asarray([p.truth for p in pairs])
    groups = np.asarray([p.question for p in pairs])
    odds = _log_odds((p.judged for p in pairs), 1e-4)
    show("as it is", np.asarray([p.judged for p in pairs]), truth)
    columns = [odds, np.asarray([float(p.wrong) for p in pairs])]
    show("with a curve, cross-validated", crossed(columns, truth, groups), truth)
    slope, misconception, offset = fit(columns, truth)
    return Curve(
        slope=round(float(slope), 4),
        offset=round(float(offset), 4),
        misconception=round(float(misconception), 4),
    )


def fit_weights(pairs: Sequence[Pair], curve: Curve | None) -> Weights:
    truth = np.asarray([p.truth for p in pairs])
    groups = np.asarray([p.question for p in pairs])
    judged = [
        p.judged if curve is None else curve.probability(p.judged, misconception=p.wrong)
        for p in pairs
    ]
    columns = [_log_odds((p.offline for p in pairs), EDGE), _log_odds(judged, EDGE)]
    show("offline", np.asarray([p.offline for p in pairs]), truth)
    show("judge", np.asarray(judged), truth)
    show("fused, cross-validated", crossed(columns, truth, groups), truth)
    offline, judge, offset = fit(columns, truth)
    if judge < 0.0:
        print("  the judge adds nothing: it gets no weight")
        (offline, offset), judge = fit(columns[:1], truth), 0.0
    return Weights(
        offline=round(float(offline), 4),
        judge=round(float(judge), 4),
        offset=round(float(offset), 4),
    )


def write(spec: Spec, curve: FittedCurve | None, weights: FittedWeights) -> Path:
    """Put it in place of what was there for that model."""
    before = calibration()
    curves = [c for c in before.curves if curve is None or c.models != curve.models]
    others = [w for w in before.weights if (w.models, w.mode) != (weights.models, weights.mode)]
    after = Calibration(
        about=before.about,
        curves=(*curves, *([curve] if curve else [])),
        weights=(*others, weights),
    )
    path = ROOT / "interviewer/grading/judges/data" / CALIBRATION
    path.write_text(after.model_dump_json(indent=1) + "\n", "utf-8")
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--judge", required=True, metavar="SPEC")
    parser.add_argument("--limit", type=int, default=300, help="answers of each set")
    parser.add_argument("--examples", type=int, default=0, help="judged pairs to show first")
    parser.add_argument("--exemplars", type=int, default=0, help="of each side of a claim")
    parser.add_argument("--fused-on", choices=["general", "tuned"], default="general")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--base-url")
    parser.add_argument("--deadline", type=float, default=300.0)
    parser.add_argument("--threads", type=int, help="of a gguf: model")
    parser.add_argument(
        "--record", type=Path, help="keep the calls of the model in this folder; none is made twice"
    )
    parser.add_argument("--replay", type=Path, help="answer from such a folder, and call nothing")
    given = parser.parse_args()
    spec = parse(given.judge)
    models = ModelOptions(
        base_url=given.base_url, deadline=given.deadline, record=given.record, reuse=True,
        replay=given.replay, threads=given.threads,
    )  # fmt: skip
    bank = banks.open_bank()
    showing = Showing(examples=given.examples, exemplars=given.exemplars)
    judge = GuardedJudge(bare_judge(spec, bank, models, unfitted=showing))
    gold = load_gold(banks.bank_folder(None) / "gold.jsonl", bank)
    tuned = limited(next(g for g in gold if not g.held_out), given.limit)
    name = model_name(spec.model).casefold()
    print(short_name(spec.text))
    offline = graders.make_grader("offline:unaided", bank)
    on_tuned = pairs_of(tuned, judge, offline)
    curve = None
    if spec.mode == "logprob":
        print(f"{len(on_tuned)} claims of {len(tuned.answers)} tuned answers")
        curve = fit_curve(on_tuned)
    if given.fused_on == "general":
        exams = general_set(given.limit)
        pairs = pairs_of(exams, judge, graders.make_grader("offline:unaided", exams.bank))
        count = len(exams.answers)
    else:
        pairs, count = on_tuned, len(tuned.answers)
    print(f"{len(pairs)} claims of {count} answers ({given.fused_on})")
    weights = fit_weights(pairs, curve)
    print(f"curve {curve}\nweights {weights}")
    if given.write:
        fitted = curve and FittedCurve(
            models=name, answers=len(tuned.answers), showing=showing, curve=curve
        )
        found = FittedWeights(models=name, mode=spec.mode, answers=count, weights=weights)
        print(f"written to {write(spec, fitted, found).relative_to(ROOT)}")


if __name__ == "__main__":
    main()
