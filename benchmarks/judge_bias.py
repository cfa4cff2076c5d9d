"""Whether a judge is swayed by the order of the criteria or by the form of an answer.

    python benchmarks/judge_bias.py --grader whole:gguf:PATH [--limit 30]

Tuned gold answers are graded as they are, and again with the criteria in reverse, with the claims
as bullets, with sentences around them that say nothing, and unchanged: what flips there is noise.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from interviewer.agreement.figures import percent, signed
from interviewer.answer_text.spans import sentences
from interviewer.bank.questions import Question
from interviewer.check.checking import limited
from interviewer.check.gold_files import load_gold
from interviewer.grading import scoring
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.grading.grades import AnswerGrade, Verdict
from interviewer.specs import banks, graders
from interviewer.specs.judge_specs import Judging, short_name
from interviewer.specs.model_specs import ModelOptions

BEFORE = (
    "This is something that comes up in practice again and again, and many teams care about it."
)
AFTER = (
    "There is of course a lot more that one could look at here, and the details vary from project to"
    " project. People also hold different views on how much of it matters in the end."
)


def reversed_criteria(request: GradeRequest) -> GradeRequest:
    question = request.question
    turned = question.model_copy(
        update={
            "criteria": question.criteria[::-1],
            "misconceptions": question.misconceptions[::-1],
        }
    )
    return replace(request, question=turned)


def as_bullets(request: GradeRequest) -> GradeRequest:
    lines = [f"- {span.text}" for span in sentences(request.answer)]
    return replace(request, answer="\n".join(lines))


def padded(request: GradeRequest) -> GradeRequest:
    return replace(request, answer=f"{BEFORE} {request.answer.rstrip('. ')}. {AFTER}")


VARIANTS: dict[str, Callable[[GradeRequest], GradeRequest]] = {
    "unchanged": lambda request: request,
    "criteria reversed": reversed_criteria,
    "as bullets": as_bullets,
    "padded": padded,
}


@dataclass
class Tally:
    """verdicts: compared; flipped: with another level. answers, passes: the same for pass and fail.
    changes: of the score."""

    verdicts: int = 0
    flipped: int = 0
    answers: int = 0
    passes: int = 0
    changes: list[float] = field(default_factory=list)

    def add(self, before: AnswerGrade, after: AnswerGrade) -> None:
        for verdict in before.graded:
            other = after.verdict(verdict.criterion)
            if isinstance(other, Verdict):
                self.verdicts += 1
                self.flipped += other.level != verdict.level
        if before.score is not None and after.score is not None:
            self.answers += 1
            self.passes += scoring.passed(before.score) != scoring.passed(after.score)
            self.changes.append(after.score - before.score)

    def line(self, name: str) -> str:
        change = sum(self.changes) / len(self.changes) if self.changes else None
        return (
            f"{name:<20} {percent(_share(self.flipped, self.verdicts)):>8} of {self.verdicts:>4}"
            f" {percent(_share(self.passes, self.answers)):>8} of {self.answers:>4}"
            f"   {signed(change, None)}"
        )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def measure(
    grader: Grader,
    asked: Sequence[tuple[Question, str]],
    said: Callable[[int], None] = lambda _: None,
) -> dict[str, Tally]:
    """How each variant of those answers fares against the answer as it is."""
    tallies = {name: Tally() for name in VARIANTS}
    for number, (question, answer) in enumerate(asked):
        request = GradeRequest(question, answer, question.prompt)
        before = grader.grade(request)
        for name, change in VARIANTS.items():
            tallies[name].add(before, grader.grade(change(request)))
        said(number + 1)
    return tallies


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--grader", action="append", required=True, metavar="SPEC")
    parser.add_argument("--limit", type=int, default=30)
    parser.add_argument("--base-url")
    parser.add_argument("--deadline", type=float, default=120.0)
    parser.add_argument("--threads", type=int, help="of a gguf: model")
    given = parser.parse_args()
    bank = banks.open_bank()
    tuned = next(
        g for g in load_gold(banks.bank_folder(None) / "gold.jsonl", bank) if not g.held_out
    )
    asked = [(tuned.question(a), a.answer) for a in limited(tuned, given.limit).answers]
    how = Judging(
        models=ModelOptions(
            base_url=given.base_url, deadline=given.deadline, threads=given.threads
        ),
        trusted=True,
    )
    for spec in given.grader:
        grader = graders.make_grader(spec, bank, judging=how)
        print(f"\n{short_name(spec)}, {len(asked)} answers")
        print(f"{'':<20} {'levels flipped':>16} {'pass/fail flipped':>17}   mean change of score")
        for name, tally in measure(grader, asked).items():
            print(tally.line(name))


if __name__ == "__main__":
    main()
