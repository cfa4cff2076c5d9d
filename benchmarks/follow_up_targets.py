"""Whether the first follow-up to an answer asks for what people found missing in it.

    python benchmarks/follow_up_targets.py [--bank NAME] [--limit N] [--show N]

The answers are those that people graded: of the shipped bank the held-out ones and benchmarks/fresh, of
another one its gold answers. Each is graded offline and followed up as in an interview. Off target is a
follow-up on a criterion that people found met, and a request to say more, to go on or to answer the question
in other words where they found nothing missing.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import unseen

from interviewer.agreement.gold_answers import GoldAnswer
from interviewer.bank.questions import Bank, Probe, Question
from interviewer.check.gold_files import GOLD_NAME, load_gold
from interviewer.common.console import say
from interviewer.common.system import SystemClock
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.interview.asking import following_up, going_on, order, steps
from interviewer.interview.talk import tails
from interviewer.session import fold
from interviewer.session.events import Answered, Asked, BankInfo, Graded, Started
from interviewer.session.record import Record
from interviewer.specs import banks, graders


def gold(bank: Bank, name: str | None) -> Iterator[GoldAnswer]:
    """The answers to that bank that nothing was fitted to."""
    for part in load_gold(banks.bank_folder(name) / GOLD_NAME, bank):
        yield from part.answers if name or part.held_out else ()


def fresh() -> Sequence[GoldAnswer]:
    """Answers to the shipped bank that were written after the reader was trained."""
    return unseen.kept_answers("answers.jsonl", "fresh answers").answers


def followed_up(bank: Bank, grader: Grader, case: GoldAnswer) -> tuple[Record, Probe] | None:
    """What is asked after that answer to that question, with what led to it."""
    question, at = bank.question(case.question), SystemClock().now()
    info = BankInfo(
        id=bank.id, version=bank.version, digest=bank.digest, title=bank.title,
        sections=bank.sections, tiers=bank.tiers, aims=bank.aims,
        section_of={q.id: q.section for q in bank.questions},
    )  # fmt: skip
    plan = order.make_plan([question.id], deeper=0)
    grade = grader.grade(GradeRequest(question, tails.answer_alone(case.answer), question.prompt))
    session = fold.begin(
        Started(
            seq=0, at=at, session="targets", program="check", bank=info, plan=plan,
            grader=grader.identity,
        )
    )  # fmt: skip
    for event in (
        Asked(seq=1, at=at, question=question.as_asked()),
        Answered(seq=2, at=at, question=question.id, text=case.answer, seconds=1.0),
        Graded(
            seq=3, at=at, question=question.id, answer=2, grade=grade, grader=grader.identity,
            seconds=0.0,
        ),
    ):  # fmt: skip
        session = fold.apply(session, event)
    step = steps.next_step(session)
    return (step.record, step.probe) if isinstance(step, steps.PutProbe) else None


def verdict_on(case: GoldAnswer, probe: Probe, question: Question) -> str:
    """ "on", or "off" where people found it said."""
    rest_asked = any(probe.text in options for options in going_on.GO_ON.values())
    if rest_asked or probe.text in following_up.ELABORATE or probe.text == question.again:
        return "off" if set(case.verdicts.values()) == {"met"} else "on"
    return "off" if case.verdicts.get(probe.criterion) == "met" else "on"


def measure(name: str, bank: Bank, grader: Grader, cases: Iterable[GoldAnswer], show: int) -> None:
    """Print what came of those answers."""
    tally: Counter[str] = Counter()
    for case in cases:
        if bank.question(case.question).quick_fire:
            continue
        put = followed_up(bank, grader, case)
        if put is None:
            tally[
                "none of " + ("some" if set(case.verdicts.values()) - {"met"} else "nothing")
            ] += 1
            continue
        verdict = verdict_on(case, put[1], bank.question(case.question))
        tally[verdict] += 1
        if verdict == "off" and tally["off"] <= show:
            say(f"    {case.question}: {case.answer[:160]}\n        -> {put[1].text}")
    asked = tally["on"] + tally["off"]
    share = f"{tally['on'] / asked:.1%}" if asked else "-"
    say(
        f"{name}: {asked} follow-ups, {tally['on']} on target ({share}); none put after"
        f" {tally['none of some']} answers that lack something and {tally['none of nothing']} that do not"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bank")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--show", type=int, default=0)
    given = parser.parse_args()
    bank = banks.open_bank(given.bank) if given.bank else banks.open_bank()
    grader = graders.make_grader("offline", bank)
    sets = {"gold": gold(bank, given.bank)} if given.bank else {
        "held-out gold": gold(bank, None), "fresh answers": fresh(),
    }  # fmt: skip
    for name, cases in sets.items():
        measure(name, bank, grader, islice(cases, given.limit), given.show)
    return 0


if __name__ == "__main__":
    sys.exit(main())
