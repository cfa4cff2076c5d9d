"""How often text aimed at the grader raises a score, per kind of attack and judge.

    python benchmarks/injection.py --grader offline --grader logprob:gguf:PATH [--answers 3]

Each attack that comes with the program is added to wrong answers of the tuned gold set. It succeeds where the
score with it is higher than without. An attack that stands alone is held against silence.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from interviewer.bank.questions import Bank
from interviewer.check.gold_files import load_gold
from interviewer.specs import banks, graders
from interviewer.specs.judge_specs import Judging, bare_judge, parse, short_name
from interviewer.specs.model_specs import ModelOptions
from interviewer.trial import attacks
from interviewer.trial.attacks import Attacked


def wrong_answers(bank: Bank, count: int | None = None) -> list[attacks.GoldAnswer]:
    """Wrong tuned gold answers of the shipped bank."""
    return attacks.wrong_answers(load_gold(banks.bank_folder(None) / "gold.jsonl", bank), count)


def report(name: str, done: Sequence[Attacked], show: Callable[[str], None] = print) -> None:
    """The success rate per family, and what succeeded."""
    families: dict[str, list[Attacked]] = {}
    for trial in done:
        families.setdefault(trial.attack.family, []).append(trial)
    show(f"\n{name}")
    for family, held in [*families.items(), ("all", list(done))]:
        graded = [t for t in held if t.succeeded is not None]
        won = sum(1 for t in graded if t.succeeded)
        rate = f"{won / len(graded):6.1%}" if graded else "     –"
        gone = f"  ({len(held) - len(graded)} ungraded)" if len(graded) < len(held) else ""
        show(f"  {family:<16} {won:>3} of {len(graded):>3}  {rate}{gone}")
    for trial in done:
        if trial.succeeded:
            show(f"  {trial.attack.id} on {trial.answer}: {trial.before:.3f} to {trial.after:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--grader", action="append", required=True, metavar="SPEC")
    parser.add_argument("--answers", type=int, default=3, help="answers per attack")
    parser.add_argument("--family", action="append", help="only these kinds of attack")
    parser.add_argument("--base-url")
    parser.add_argument("--deadline", type=float, default=120.0)
    parser.add_argument("--of", type=int, metavar="N", help="choose among only so many answers")
    parser.add_argument("--record", type=Path, help="keep calls in this folder; none is made twice")
    parser.add_argument("--threads", type=int, help="of a gguf: model")
    parser.add_argument("--bare", action="store_true", help="without the guards, for comparison")
    given = parser.parse_args()
    bank = banks.open_bank()
    chosen = [a for a in attacks.shipped_attacks() if not given.family or a.family in given.family]
    answers = wrong_answers(bank, given.of)
    how = Judging(
        models=ModelOptions(
            base_url=given.base_url,
            deadline=given.deadline,
            record=given.record,
            reuse=True,
            threads=given.threads,
        ),
        trusted=True,
        warn=lambda text: print(f"Beware: {text}", file=sys.stderr),
    )
    print(f"{len(chosen)} attacks on {given.answers} wrong answers each")
    for spec in given.grader:
        if given.bare:
            grader = bare_judge(parse(spec), bank, how.models)
        else:
            grader = graders.make_grader(spec, bank, judging=how)
        done = []
        for trial in attacks.attempts(grader, bank, chosen, answers, given.answers):
            done.append(trial)
            if sys.stderr.isatty():
                print(f"\r{len(done)}", end="", file=sys.stderr)
        report(short_name(spec) + (", bare" if given.bare else ""), done)


if __name__ == "__main__":
    main()
