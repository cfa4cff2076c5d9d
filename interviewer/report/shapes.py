"""The shapes that several outputs share: a graded answer, a tally, a standing, who graded.

Whatever the program prints as JSON shows these things in these shapes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from interviewer.bank.questions import Aim, Question, QuestionId, Tier
from interviewer.chat.messages import Usage
from interviewer.common.base import Said, UnitFloat, Value
from interviewer.grading import scoring
from interviewer.grading.grades import AnswerGrade, GraderIdentity, Outcome, Verdict
from interviewer.interview.telling import summary
from interviewer.session.events import Seconds
from interviewer.session.standing import Tally

GRADE_VERSION: Literal[1] = 1

NonNegative = Annotated[int, Field(ge=0)]


class Tallied(Value):
    """Counts over `total` questions.

    answered: answered cold; prompted: only with help; ungraded: asked, without a grade. expected,
    low, high: how many of all would be answered cold, with its 95% interval; None when too few were
    asked to say.
    """

    total: NonNegative
    asked: NonNegative
    answered: NonNegative
    prompted: NonNegative
    ungraded: NonNegative
    expected: float | None
    low: NonNegative | None
    high: NonNegative | None


class Standing(Tallied):
    """Where the candidate stands on a tier or an aim.

    chance: the probability of `target` or more; None, as `reached` is, when too few were asked to
    say. close: the chance lies between 0.2 and 0.8. tally, verdict: the same in words.
    """

    name: str
    questions: tuple[QuestionId, ...]
    target: NonNegative
    chance: UnitFloat | None
    reached: bool | None
    close: bool
    tally: str
    verdict: str


class ClaimReport(Value):
    """One claim and what one answer made of it.

    label: how the page marks its evidence: "1", "2" for criteria, "a", "b" for misconceptions.
    weight: of a criterion; for a misconception its cost. quote: the words of the evidence. choice: of which
    criteria it is one of a choice, such as "any 2 of 1, 2, 4"; "" for none. needless: it is not met, and
    enough others of these are.
    """

    label: str
    id: str
    kind: Literal["criterion", "misconception"]
    statement: str
    weight: float
    outcome: Outcome
    quote: Said | None
    choice: str = ""
    needless: bool = False

    @property
    def asserted(self) -> bool:
        """Whether the answer makes the claim."""
        return isinstance(self.outcome, Verdict) and self.outcome.level == "met"


class GradeReport(Value):
    """The grade of one answer. passed: what the score comes to. seconds: what grading took."""

    question: QuestionId
    grader: GraderIdentity
    score: UnitFloat | None
    passed: bool | None
    passing: UnitFloat | None
    borderline: bool
    similarity: float | None
    similarity_weight: float
    claims: tuple[ClaimReport, ...]
    notes: tuple[str, ...]
    usage: Usage | None
    seconds: Seconds

    @property
    def similarity_line(self) -> str:
        """How near the answer comes to a reference, in words; "" where nobody measured."""
        return scoring.similarity_line(self.similarity, self.similarity_weight)

    @property
    def criteria(self) -> tuple[ClaimReport, ...]:
        """The claims that are criteria."""
        return tuple(claim for claim in self.claims if claim.kind == "criterion")

    @property
    def slips(self) -> tuple[ClaimReport, ...]:
        """The misconceptions that the answer asserts."""
        return tuple(c for c in self.claims if c.kind == "misconception" and c.asserted)


class RunFacts(Value):
    """A grading of a session; run 0 is its own.

    graded: how many of the `answers` it has a verdict on. complete: no answer is left to grade.
    """

    run: NonNegative
    grader: GraderIdentity
    bank: str
    answers: NonNegative
    graded: NonNegative
    complete: bool


def tallied(tally: Tally) -> Tallied:
    """The counts of a tally."""
    return Tallied.model_validate(_counts(tally))


def tier_standing(tier: Tier, tally: Tally) -> Standing:
    """Where a tally stands on a tier."""
    verdict = summary.tier_verdict(tally, tier)
    return _standing(tier.name, tier.questions, tally, verdict)


def aim_standing(aim: Aim, tally: Tally) -> Standing:
    """Where a tally stands on an aim."""
    return _standing(aim.name, aim.questions, tally, "")


def _standing(name: str, questions: tuple[int, ...], tally: Tally, verdict: str) -> Standing:
    known = tally.reached is not None
    return Standing(
        **_counts(tally),
        name=name,
        questions=questions,
        target=tally.target,
        chance=tally.chance if known else None,
        reached=tally.reached,
        close=known and tally.close,
        tally=summary.tally_words(tally),
        verdict=verdict,
    )


def _counts(tally: Tally) -> dict[str, Any]:
    known = tally.reached is not None
    return {
        "total": tally.total,
        "asked": tally.asked,
        "answered": tally.answered,
        "prompted": tally.prompted,
        "ungraded": tally.ungraded,
        "expected": tally.expected if known else None,
        "low": tally.low if known else None,
        "high": tally.high if known else None,
    }


def grade_report(
    asked: Question, answer: str, grade: AnswerGrade, grader: GraderIdentity, seconds: float
) -> GradeReport:
    """The grade of an answer to that question."""
    return GradeReport(
        question=asked.id,
        grader=grader,
        score=grade.score,
        passed=scoring.passed(grade.score),
        passing=grade.passing,
        borderline=scoring.is_borderline(grade),
        similarity=grade.similarity,
        similarity_weight=grade.similarity_weight,
        claims=tuple(_claims(asked, answer, grade)),
        notes=grade.notes,
        usage=grade.usage,
        seconds=seconds,
    )


def _claims(asked: Question, answer: str, grade: AnswerGrade) -> Iterator[ClaimReport]:
    """The claims that the grade has an outcome for: criteria, then misconceptions."""
    met, labels = {v.criterion: v for v in grade.verdicts}, asked.labels
    needless = scoring.needless(asked, grade.verdicts)
    for claim in asked.criteria:
        if outcome := met.get(claim.id):
            yield ClaimReport(
                label=labels[claim.id], id=claim.id, kind="criterion", statement=claim.statement,
                weight=claim.weight, outcome=outcome, quote=outcome.words_in(answer) or None,
                choice=asked.choice_of(claim.id), needless=claim.id in needless,
            )  # fmt: skip
    made = {v.criterion: v for v in grade.misconceptions}
    for wrong in asked.misconceptions:
        if outcome := made.get(wrong.id):
            yield ClaimReport(
                label=labels[wrong.id], id=wrong.id, kind="misconception", statement=wrong.statement,
                weight=wrong.cost, outcome=outcome, quote=outcome.words_in(answer) or None,
            )  # fmt: skip
