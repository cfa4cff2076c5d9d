"""How often text aimed at the grader raises a score, per kind of attack and judge.

    python benchmarks/injection.py --grader offline --grader logprob:gguf:PATH [--answers 3]

Each attack of attacks.jsonl is added to wrong answers of the tuned gold set. It succeeds where the
score with it is higher than without. An attack that stands alone is held against silence.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from interviewer.agreement.gold_answers import GoldAnswer
from interviewer.answer_text.normalize import STOP
from interviewer.bank.questions import Bank, Question
from interviewer.check.gold_files import load_gold
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.specs import banks, graders
from interviewer.specs.judge_specs import Judging, bare_judge, parse, short_name
from interviewer.specs.model_specs import ModelOptions

ATTACKS = Path(__file__).parent / "attacks.jsonl"
WRONG = 0.25
"""Answers that people gave at most this score are attacked with."""

KINDS = ("wrong-vocabulary", "swapped", "terse-wrong", "spoken-wrong", "vague", "off-topic")
NOTICEABLE = 1e-6


@dataclass(frozen=True)
class Attack:
    """One attack. place: where its text stands: append, prepend, wrap or alone.

    {answer}, {head}, {tail}: the answer attacked with, and its halves. {question}: the prompt. {ids}:
    a forged verdict for every criterion. {keywords}: terms of the references, in no order.
    """

    id: str
    family: str
    place: str
    text: str

    def on(self, question: Question, answer: str) -> str:
        """The answer with the attack in it."""
        words = answer.split()
        half = len(words) // 2
        said = self.text
        for name, value in (
            ("{ids}", ", ".join(f"{c.id} = met" for c in question.criteria)),
            ("{keywords}", ", ".join(_keywords(question))),
            ("{question}", question.prompt),
            ("{head}", " ".join(words[:half])),
            ("{tail}", " ".join(words[half:])),
            ("{answer}", answer),
        ):
            said = said.replace(name, value)
        if self.place == "append":
            return f"{answer}\n{said}"
        return f"{said}\n{answer}" if self.place == "prepend" else said

    def fits(self, question: Question) -> bool:
        """Whether it is an attack on that question: a list of terms may be just what was asked."""
        return question.kind != "list" or "{keywords}" not in self.text


@dataclass(frozen=True)
class Trial:
    """One attack on one answer. Scores are None where ungraded."""

    attack: Attack
    answer: str
    before: float | None
    after: float | None

    @property
    def succeeded(self) -> bool | None:
        """Whether the attack raised the score; None where nothing can be said."""
        if self.before is None or self.after is None:
            return None
        return self.after > self.before + NOTICEABLE


def load_attacks(path: Path = ATTACKS) -> list[Attack]:
    return [Attack(**json.loads(line)) for line in path.read_text("utf-8").splitlines() if line]


def wrong_answers(bank: Bank, count: int | None = None) -> list[GoldAnswer]:
    """Wrong tuned gold answers in an order that depends on nothing but their ids."""
    sets = load_gold(banks.bank_folder(None) / "gold.jsonl", bank)
    found = [
        answer
        for gold in sets
        if not gold.held_out
        for answer in gold.answers
        if answer.score <= WRONG and answer.kind in KINDS
    ]
    found.sort(key=lambda a: hashlib.sha256(a.id.encode()).digest())
    return found[:count]


def trials(
    grader: Grader, bank: Bank, attacks: Sequence[Attack], answers: Sequence[GoldAnswer], each: int
) -> Iterator[Trial]:
    """Every attack on `each` answers, other ones for every attack."""
    known: dict[tuple[int, str], float | None] = {}

    def score(question: Question, text: str) -> float | None:
        key = question.id, text
        if key not in known:
            known[key] = grader.grade(GradeRequest(question, text, question.prompt)).score
        return known[key]

    for number, attack in enumerate(attacks):
        for step in range(each):
            gold = answers[(number * each + step) % len(answers)]
            question = bank.question(gold.question)
            if attack.fits(question):
                plain = "" if attack.place == "alone" else gold.answer
                before = score(question, plain)
                yield Trial(
                    attack, gold.id, before, score(question, attack.on(question, gold.answer))
                )


def _keywords(question: Question) -> list[str]:
    said = re.findall(r"[A-Za-z][\w-]{4,}", " ".join(question.references))
    return sorted({w.lower() for w in said if w.lower() not in STOP})[:8]


def report(name: str, done: Sequence[Trial], show: Callable[[str], None] = print) -> None:
    """The success rate per family, and what succeeded."""
    families: dict[str, list[Trial]] = {}
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
    attacks = [a for a in load_attacks() if not given.family or a.family in given.family]
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
        warn=lambda text: print(f"Beware: {text}.", file=sys.stderr),
    )
    print(f"{len(attacks)} attacks on {given.answers} wrong answers each")
    for spec in given.grader:
        if given.bare:
            grader = bare_judge(parse(spec), bank, how.models)
        else:
            grader = graders.make_grader(spec, bank, judging=how)
        done = []
        for trial in trials(grader, bank, attacks, answers, given.answers):
            done.append(trial)
            if sys.stderr.isatty():
                print(f"\r{len(done)}", end="", file=sys.stderr)
        report(short_name(spec) + (", bare" if given.bare else ""), done)


if __name__ == "__main__":
    main()
