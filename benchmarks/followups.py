"""Leak rate and on-target rate of follow-ups that a language model words, before and after the linter.

    python benchmarks/followups.py --model gguf:PATH --count 100 --out followups.jsonl

Follow-ups are made for tuned gold answers that leave something open, as in an interview: graded by
the offline grader, the target chosen by code. Held-out answers are never looked at.

Definitions, per wording:
  leak by words    it holds a criterion not yet met word for word, a third of its fresh content words
                   (two at least), a fresh number or a run of four words, or half of the fresh words
                   of one of its accepts, three at least; or its cosine with the statement is 0.8 or more.
  leak by credit   the offline grader would give it credit of 0.5 or more on such a criterion if a
                   candidate said it. The linter by words does not use this, so it is an outside
                   check on it; the whole linter does, so after it the rate is 0 by construction.
  on target        it ends in a question, keeps a content word in common with prompt, answer, target
                   or written probe, and of the question's criteria the target is the nearest: by
                   the cosine with the nearest of statement, accepts and written probes. The same is
                   given for the written probes themselves (without their own text to compare with).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import secrets
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from interviewer.agreement.gold_answers import GoldAnswer
from interviewer.answer_text.normalize import content
from interviewer.bank.questions import Bank, Question
from interviewer.check.gold_files import GOLD_NAME, load_gold
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.grading.grades import AnswerGrade
from interviewer.grading.offline.encoders import Embedder
from interviewer.interview.asking import targets
from interviewer.interview.asking.targets import Target
from interviewer.interview.voice.voice import Measures, Voice, open_claims
from interviewer.interview.voice.worded import BANK, Attempt, Worded
from interviewer.interview.voice.wording import (
    EARNED,
    LIKENESS,
    Brief,
    Gauged,
    faults,
    is_question,
)
from interviewer.specs import banks, embedders, graders
from interviewer.specs.model_specs import ModelOptions, make_chat

KINDS = (
    "partial", "vague", "hedged", "wrong-vocabulary", "plus-falsehood", "minimal-pair", "terse-wrong",
    "spoken-wrong", "swapped", "wrong-number", "terse", "notation-wrong",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A gold answer with what a follow-up to it is about."""

    gold: GoldAnswer
    question: Question
    grade: AnswerGrade
    target: Target
    written: str


def cases(bank: Bank, grader: Grader, count: int) -> Iterator[Case]:
    """So many cases, in an order fixed by the ids and spread over the kinds."""
    rows = [
        answer
        for gold in load_gold(banks.bank_folder(None) / GOLD_NAME, bank)
        if not gold.held_out
        for answer in gold.answers
        if not answer.held_out and answer.kind in KINDS
    ]
    rows.sort(key=lambda a: hashlib.sha256(a.id.encode()).digest())
    made = 0
    for answer in rows:
        question = bank.question(answer.question)
        grade = grader.grade(GradeRequest(question, answer.answer, question.prompt))
        still_open = targets.open_criteria(question, grade)
        for target in targets.in_order(question, answer.answer, grade, still_open):
            probe = next((p for p in question.probes if p.criterion == target.criterion.id), None)
            if probe is not None:
                yield Case(answer, question, grade, target, probe.text)
                made += 1
                break
        if made == count:
            return


class Meter:
    """Measures wordings by the definitions above."""

    def __init__(self, embedder: Embedder):
        self._embedder = embedder

    def leaks_by_words(self, attempt: Attempt, case: Case) -> bool:
        bare = Gauged(attempt.measured.likeness, attempt.measured.subject)
        return "leak" in faults(attempt.text, self.brief(case), bare)

    def brief(self, case: Case) -> Brief:
        claims = open_claims(case.question, case.grade)
        return Brief(
            "follow-up", case.question.prompt, case.gold.answer,
            f"{case.target.criterion.statement} {case.written}",
            tuple(c.statement for c in claims), tuple(a for c in claims for a in c.accepts),
        )  # fmt: skip

    def on_target(self, text: str, case: Case) -> bool:
        subject = (
            case.question.prompt,
            case.gold.answer,
            case.target.criterion.statement,
            case.written,
        )
        known = {word for part in subject for word in content(part)}
        if not is_question(text) or not known & set(content(text)):
            return False
        nearest = {
            c.id: self._cosine(
                text,
                [
                    *(c.statement, *c.accepts),
                    *(
                        p.text
                        for p in case.question.probes
                        if p.criterion == c.id and p.text != text
                    ),
                ],
            )
            for c in case.question.criteria
        }
        return max(nearest, key=lambda c: nearest[c]) == case.target.criterion.id

    def _cosine(self, text: str, others: list[str]) -> float:
        vectors = self._embedder.embed([text, *others])
        return float((vectors[1:] @ vectors[0]).max())


def leaks_by_credit(attempt: Attempt) -> bool:
    return attempt.measured.earned is not None and attempt.measured.earned >= EARNED


@dataclass(frozen=True)
class Made:
    """What came of one case."""

    case: Case
    worded: Worded
    seconds: float


def said_by_words_alone(made: Made, meter: Meter) -> Attempt | None:
    """What would have been said had the linter not asked the grader; None for the written probe."""
    for attempt in made.worded.attempts:
        bare = Gauged(attempt.measured.likeness, attempt.measured.subject)
        if not faults(attempt.text, meter.brief(made.case), bare):
            return attempt
    return None


def table(all_made: list[Made], meter: Meter) -> Iterator[str]:
    asked = [m for m in all_made if m.worded.attempts]
    rows: list[tuple[str, list[tuple[Attempt, Case]]]] = [
        ("as generated", [(m.worded.attempts[0], m.case) for m in asked]),
        (
            "after the linter by words and likeness",
            [(a, m.case) for m in asked if (a := said_by_words_alone(m, meter)) is not None],
        ),
        (
            "after the whole linter",
            [(m.worded.attempts[-1], m.case) for m in asked if m.worded.by != BANK],
        ),
    ]
    yield "| wordings | number | leak by words | leak by credit | on target | ... several criteria |"
    yield "|---|---|---|---|---|---|"
    for name, found in rows:
        several = [(a, c) for a, c in found if len(c.question.criteria) > 1]
        yield (
            f"| {name} | {len(found)}"
            f" | {share(sum(meter.leaks_by_words(a, c) for a, c in found), len(found))}"
            f" | {share(sum(leaks_by_credit(a) for a, _ in found), len(found))}"
            f" | {share(sum(meter.on_target(a.text, c) for a, c in found), len(found))}"
            f" | {share(sum(meter.on_target(a.text, c) for a, c in several), len(several))} |"
        )
    several_cases = [m.case for m in asked if len(m.case.question.criteria) > 1]
    yield (
        f"| written probes | {len(asked)} | – | –"
        f" | {share(sum(meter.on_target(m.case.written, m.case) for m in asked), len(asked))}"
        f" | {share(sum(meter.on_target(c.written, c) for c in several_cases), len(several_cases))} |"
    )


def share(part: int, whole: int) -> str:
    return f"{part / whole:.0%} ({part})" if whole else "–"


def summary(all_made: list[Made]) -> Iterator[str]:
    first, second = Counter[str](), Counter[str]()
    for made in all_made:
        for tally, attempt in zip((first, second), made.worded.attempts, strict=False):
            tally.update(attempt.faults or ("none",))
    yield f"refusals of the first try, by name: {dict(first.most_common())}"
    yield f"refusals of the second try, by name: {dict(second.most_common())}"
    by_model = sum(made.worded.by != BANK for made in all_made)
    yield f"said in the model's words: {share(by_model, len(all_made))}; the rest are written probes"
    replies = [attempt.seconds for made in all_made for attempt in made.worded.attempts]
    whole = [made.seconds for made in all_made]
    if replies:
        yield (
            f"seconds per reply: median {statistics.median(replies):.1f}, most {max(replies):.1f};"
            f" per follow-up: median {statistics.median(whole):.1f}, most {max(whole):.1f}"
        )
    yield f"targets: {dict(Counter(made.case.target.reason for made in all_made))}"


def as_row(made: Made, meter: Meter) -> dict[str, object]:
    case = made.case
    return {
        "gold": case.gold.id,
        "kind": case.gold.kind,
        "question": case.question.id,
        "answer": case.gold.answer,
        "reason": case.target.reason,
        "criterion": case.target.criterion.id,
        "statement": case.target.criterion.statement,
        "written": case.written,
        "said": made.worded.text,
        "by": made.worded.by,
        "seconds": round(made.seconds, 2),
        "attempts": [
            {
                "text": a.text,
                "faults": a.faults,
                "likeness": a.measured.likeness,
                "subject": a.measured.subject,
                "earned": a.measured.earned,
                "leak_by_words": meter.leaks_by_words(a, case),
                "leak_by_credit": leaks_by_credit(a),
                "on_target": meter.on_target(a.text, case),
                "seconds": round(a.seconds, 2),
            }
            for a in made.worded.attempts
        ],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--model", required=True, help="openai:MODEL, litellm:... or gguf:PATH")
    parser.add_argument("--base-url")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--style", choices=("friendly", "neutral", "tough"), default="neutral")
    parser.add_argument("--deadline", type=float, default=120.0, help="seconds for both tries")
    parser.add_argument("--threads", type=int, help="of a gguf: model")
    parser.add_argument("--out", type=Path, help="JSON lines of everything")
    given = parser.parse_args()

    bank, embedder = banks.open_bank(), embedders.make_embedder()
    grader = graders.make_grader("offline", bank)
    meter = Meter(embedder)
    options = ModelOptions(base_url=given.base_url, deadline=given.deadline, threads=given.threads)
    voice = Voice(
        make_chat(given.model, options), given.style, seconds=given.deadline,
        new_marker=lambda: secrets.token_hex(8), monotonic=time.monotonic,
        measures=Measures(lambda: embedder, lambda: grader),
    )  # fmt: skip
    all_made: list[Made] = []
    out = given.out.open("w", encoding="utf-8") if given.out else None
    for case in cases(bank, grader, given.count):
        begun = time.monotonic()
        worded = voice.follow_up(
            case.question, case.gold.answer, case.target, case.written, (), case.grade
        )
        all_made.append(Made(case, worded, time.monotonic() - begun))
        for notice in voice.notices:
            print(notice, file=sys.stderr)
        if out:
            out.write(json.dumps(as_row(all_made[-1], meter), ensure_ascii=False) + "\n")
            out.flush()
    if out:
        out.close()
    print(
        f"{given.model.split('/')[-1]}, {given.style}, likeness below {LIKENESS}, credit below {EARNED}"
    )
    print("\n".join([*table(all_made, meter), *summary(all_made)]))


if __name__ == "__main__":
    main()
