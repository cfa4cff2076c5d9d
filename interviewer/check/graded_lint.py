"""The checks of a bank that need a grader."""

from __future__ import annotations

from interviewer.bank.lint import Problem
from interviewer.bank.questions import Bank, Question
from interviewer.common.text import one_line
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.grading.grades import Verdict


def graded(bank: Bank, grader: Grader) -> list[Problem]:
    """References that do not earn full marks, and rejects that earn any."""
    problems = []
    for question in bank.questions:
        for reference in question.references:
            problems += reference_problems(question, reference, grader)
        problems += reject_problems(question, grader)
    return problems


def reject_problems(question: Question, grader: Grader) -> list[Problem]:
    """The rejects of the question's criteria that earn anything by themselves."""
    problems = []
    for criterion in question.criteria:
        for reject in criterion.rejects:
            result = grader.grade(GradeRequest(question, reject, question.prompt))
            verdict = result.verdict(criterion.id)
            if isinstance(verdict, Verdict) and verdict.level != "unmet":
                problems.append(
                    Problem(
                        question.id,
                        f"a reject of '{criterion.id}' earns {verdict.level}:"
                        f" {one_line(reject, 80)}",
                        "Is it wrong beyond doubt? If so, add accepts that differ from it.",
                    )
                )
    return problems


def reference_problems(question: Question, reference: str, grader: Grader) -> list[Problem]:
    """What that reference fails to earn, and misconceptions it is taken to assert."""
    result = grader.grade(GradeRequest(question, reference, question.prompt))
    problems = [
        Problem(
            question.id,
            f"a reference does not meet '{outcome.criterion}': {one_line(reference, 80)}",
            "Say it in the reference, or add accepts in its words.",
        )
        for outcome in result.verdicts
        if not isinstance(outcome, Verdict) or outcome.level != "met"
    ]
    problems += [
        Problem(
            question.id,
            f"a reference is taken to assert '{wrong.criterion}'",
            "Add the reference's wording to the rejects of the misconception.",
        )
        for wrong in result.asserted
    ]
    return problems
