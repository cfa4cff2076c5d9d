"""Ask a judge about answers that people have graded, and fit it to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from interviewer.agreement.gold_answers import GoldAnswer
from interviewer.bank.questions import Bank, Question
from interviewer.errors import ModelUnavailable
from interviewer.grading.claims import probability_of
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.grading.grades import Verdict
from interviewer.grading.outcomes import by_claim
from interviewer.grading.scoring import LEVEL_CREDIT
from interviewer.trial.fitting import JudgedClaim
from interviewer.trial.giving_up import GivingUp


def pairs_of(
    bank: Bank, answers: Sequence[GoldAnswer], judge: Grader, offline: Grader
) -> Iterator[list[JudgedClaim]]:
    """For each answer every claim on which the judge, the offline grader and people have a verdict.

    Raises ModelUnavailable where the model is gone.
    """
    giving_up = GivingUp()
    for answer in answers:
        question = bank.question(answer.question)
        request = GradeRequest(question, answer.answer, question.prompt)
        said = by_claim(judge.grade(request))
        beside = by_claim(offline.grade(request))
        out = []
        for claim, truth in _truth(question, answer).items():
            ours, theirs = beside.get(claim), said.get(claim)
            if isinstance(ours, Verdict) and isinstance(theirs, Verdict):
                wrong = any(m.id == claim for m in question.misconceptions)
                judged, base = probability_of(theirs), probability_of(ours)
                out.append(JudgedClaim(question.id, judged, base, truth, wrong))
        if gone := giving_up.after(said.values(), gained=bool(out)):
            raise ModelUnavailable(gone[0].detail or "the model cannot be reached")
        yield out


def _truth(question: Question, answer: GoldAnswer) -> dict[str, float]:
    known = {claim: LEVEL_CREDIT[level] for claim, level in answer.verdicts.items()}
    if answer.misconceptions is not None:
        known |= {m.id: float(m.id in answer.misconceptions) for m in question.misconceptions}
    return known
