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
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


from interviewer.agreement.gold_answers import GoldAnswer, GoldSet
from interviewer.bank.questions import Bank, Criterion, Question, Section
from interviewer.check.checking import limited
from interviewer.check.gold_files import load_gold
from interviewer.check.splits import share
from interviewer.grading.grader import Grader
from interviewer.grading.judges.fusing import Curve, Weights
from interviewer.grading.judges.injection import GuardedJudge
from interviewer.grading.judges.judge_data import (
    CALIBRATION,
    Calibration,
    FitFigures,
    FittedCurve,
    FittedWeights,
    Showing,
    calibration,
)
from interviewer.grading.scoring import LEVEL_CREDIT
from interviewer.specs import banks, graders
from interviewer.specs.judge_specs import Spec, bare_judge, parse, short_name
from interviewer.specs.model_specs import ModelOptions, model_name
from interviewer.trial import fitting
from interviewer.trial.calibrating import pairs_of
from interviewer.trial.fitting import JudgedClaim

GENERAL = ROOT / "training" / "exams"


def pairs(gold: GoldSet, judge: Grader, offline: Grader) -> list[JudgedClaim]:
    """Every claim that the judge, the offline grader and people have a verdict on."""
    out: list[JudgedClaim] = []
    for number, found in enumerate(pairs_of(gold.bank, gold.answers, judge, offline), start=1):
        out += found
        if sys.stderr.isatty():
            print(f"\r{number} of {len(gold.answers)}", end="", file=sys.stderr)
    return out


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


def show(name: str, found: FitFigures) -> None:
    shown = "–" if found.auc is None else f"{found.auc:.3f}"
    print(f"  {name:<34} AUC {shown}  Brier {found.brier:.3f}  met or not right {found.right:.1%}")


def fit_curve(known: Sequence[JudgedClaim]) -> Curve:
    found = fitting.curve_to(known)
    show("as it is", found.before)
    show("with a curve, cross-validated", found.after)
    return fitting.curve_of(found.fitted)


def fit_weights(known: Sequence[JudgedClaim], curve: Curve | None) -> Weights:
    weights, found = fitting.weights_to(known, curve)
    show("offline", found.before)
    show("fused, cross-validated", found.after)
    if not weights.judge:
        print("  the judge adds nothing: it gets no weight")
    return weights


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
    on_tuned = pairs(tuned, judge, offline)
    curve = None
    if spec.mode == "logprob":
        print(f"{len(on_tuned)} claims of {len(tuned.answers)} tuned answers")
        curve = fit_curve(on_tuned)
    if given.fused_on == "general":
        exams = general_set(given.limit)
        known = pairs(exams, judge, graders.make_grader("offline:unaided", exams.bank))
        count = len(exams.answers)
    else:
        known, count = on_tuned, len(tuned.answers)
    print(f"{len(known)} claims of {count} answers ({given.fused_on})")
    weights = fit_weights(known, curve)
    print(f"curve {curve}\nweights {weights}")
    if given.write:
        fitted = curve and FittedCurve(
            models=name, answers=len(tuned.answers), showing=showing, curve=curve
        )
        found = FittedWeights(models=name, mode=spec.mode, answers=count, weights=weights)
        print(f"written to {write(spec, fitted, found).relative_to(ROOT)}")


if __name__ == "__main__":
    main()
