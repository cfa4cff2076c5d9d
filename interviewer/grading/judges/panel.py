"""Several graders on one answer: the median, with disagreement shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from interviewer.bank.questions import Question
from interviewer.grading.claims import claims_of
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.grading.grades import (
    AnswerGrade,
    GraderIdentity,
    Level,
    Outcome,
    Ungraded,
    Verdict,
)
from interviewer.grading.outcomes import by_claim, grade_of, in_words

_LEVELS: tuple[Level, ...] = ("unmet", "partial", "met")


class PanelGrader:
    """Implements `grader.Grader`: per claim the median of the members' levels and credits.

    Between two middle levels the lower one counts. A member without a verdict is left out of that
    claim, and a claim is ungraded when all members are.

    names: what each member is called in rationales and notes.
    """

    def __init__(self, members: Sequence[Grader], names: Sequence[str], identity: GraderIdentity):
        self._members = dict(zip(names, members, strict=True))
        self.identity = identity

    def grade(self, request: GradeRequest) -> AnswerGrade:
        """The panel's grade."""
        grades = {name: member.grade(request) for name, member in self._members.items()}
        found = {name: by_claim(grade) for name, grade in grades.items()}
        outcomes: dict[str, Outcome] = {}
        for claim in claims_of(request.question):
            outcomes[claim.id] = _together(
                claim.id, {name: held[claim.id] for name, held in found.items() if claim.id in held}
            )
        similarity = [g.similarity for g in grades.values() if g.similarity is not None]
        return grade_of(
            request.question,
            outcomes,
            [grade.usage for grade in grades.values() if grade.usage],
            similarity=max(similarity, default=None),
            notes=tuple(_notes(request.question, grades)),
        )


def _together(claim: str, said: Mapping[str, Outcome]) -> Outcome:
    verdicts = {name: o for name, o in said.items() if isinstance(o, Verdict)}
    if not verdicts:
        failed = [o for o in said.values() if isinstance(o, Ungraded)]
        if not failed:
            return Ungraded(criterion=claim, cause="missing")
        details = "; ".join(dict.fromkeys(o.detail for o in failed if o.detail))
        return failed[0].model_copy(update={"detail": details})
    ranks = sorted(_LEVELS.index(v.level) for v in verdicts.values())
    level = _LEVELS[ranks[(len(ranks) - 1) // 2]]
    agreeing = [v for v in verdicts.values() if v.level == level]
    sure = [v.confidence if v.level == level else 1.0 - v.confidence for v in verdicts.values()]
    split = len({v.level for v in verdicts.values()}) > 1
    evidence = next(
        (v.evidence for v in sorted(agreeing, key=lambda v: -v.confidence) if v.evidence), None
    )
    return Verdict(
        criterion=claim,
        level=level,
        credit=median(v.credit for v in verdicts.values()),
        confidence=sum(sure) / len(sure),
        evidence=evidence,
        rationale=", ".join(f"{n}: {v.level}" for n, v in verdicts.items()) if split else "",
    )


def _notes(question: Question, grades: Mapping[str, AnswerGrade]) -> list[str]:
    notes = list(dict.fromkeys(note for grade in grades.values() for note in grade.notes))
    total = len(question.criteria)
    split = 0
    for criterion in question.criteria:
        said = [grade.verdict(criterion.id) for grade in grades.values()]
        split += len({o.level for o in said if isinstance(o, Verdict)}) > 1
    if split:
        notes.append(f"The panel disagrees on {split} of {total} criteria.")
    for name, grade in grades.items():
        gaps = [o for o in grade.verdicts if isinstance(o, Ungraded)]
        if gaps:
            notes.append(
                f"{name} is left out of {len(gaps)} of {total} criteria: {in_words(gaps)}."
            )
    return notes
