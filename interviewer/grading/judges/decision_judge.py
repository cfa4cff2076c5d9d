"""A decision model as grader: each claim is one of its yes/no questions, answered by a probability."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from interviewer.bank.questions import Claim, Misconception
from interviewer.chat.fence import harmless, inline
from interviewer.chat.messages import ChatModel, ChatRequest, Message, Usage
from interviewer.common.text import one_line
from interviewer.errors import ModelError
from interviewer.grading.chances import passing_of
from interviewer.grading.grader import GradeRequest
from interviewer.grading.grades import AnswerGrade, GraderIdentity, Outcome, Ungraded
from interviewer.grading.judges import judge_prompts
from interviewer.grading.judges.fusing import Curve
from interviewer.grading.judges.judge_prompts import Labels
from interviewer.grading.judges.logprob_judge import located, version_of
from interviewer.grading.offline.encoders import Embedder
from interviewer.grading.outcomes import cause_of, grade_of, verdict

ASKED = "Does the candidate's answer say or imply this claim, in whatever words? Claim: "
CRITERIA = {
    "true": "The answer says or implies the claim.",
    "false": "The answer contradicts the claim, has a decisive detail wrong, or does not mention it.",
}


def prompt_digest() -> str:
    """Identifies what this judge asks."""
    return judge_prompts.digest(ASKED, *CRITERIA.values())


class DecisionJudge:
    """Implements `grader.Grader` with one call an answer: all claims are asked in it, each by itself.

    The model reads the question and the answer as data, as fields of a JSON object, and writes
    nothing, so that there is no reply to be talked into. Evidence is the span of the answer nearest
    to the claim by the embedder. chat: carries the body's JSON as its one message, and the answers'
    as its reply; see `decisions.systemone_chat`. curve: fitted to the model on tuned gold answers; the
    identity curve where nobody has, since such models promise calibrated probabilities.
    """

    def __init__(
        self, chat: ChatModel, embedder: Embedder, *, spec: str, curve: Curve | None = None
    ):
        self._chat = chat
        self._embedder = embedder
        self._curve = curve or Curve()
        self.identity = GraderIdentity(
            spec=spec, version=version_of(curve), model=chat.name, prompt=prompt_digest()
        )

    def grade(self, request: GradeRequest) -> AnswerGrade:
        """The grade; whatever could not be had is ungraded."""
        usages: list[Usage] = []
        outcomes = decided(self._chat, request, self._curve, usages)
        passing = passing_of(request.question, outcomes)
        outcomes = located(self._embedder, request, outcomes)
        return grade_of(request.question, outcomes, usages, passing=passing)


def decided(
    chat: ChatModel, request: GradeRequest, curve: Curve, usages: list[Usage]
) -> dict[str, Outcome]:
    """The outcomes by claim id, without evidence. usages: what the call took is added to it."""
    labels = judge_prompts.labelled(request.question)
    try:
        reply = chat.chat(asking(request))
    except ModelError as error:
        detail = one_line(error.message, 200)
        return {
            c.id: Ungraded(criterion=c.id, cause=cause_of(error), detail=detail)
            for c in labels.values()
        }
    usages.append(reply.usage)
    try:
        answers = json.loads(reply.text)
    except (ValueError, RecursionError):
        answers = None
    found: Mapping[str, Any] = answers if isinstance(answers, dict) else {}
    return {c.id: _outcome(c, found.get(label), curve) for label, c in labels.items()}


def _outcome(claim: Claim, answer: Any, curve: Curve) -> Outcome:
    given = answer.get("noul") if isinstance(answer, dict) else None
    if given is None:
        return Ungraded(criterion=claim.id, cause="missing")
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given <= 1:
        detail = f"no probability but “{one_line(str(given), 20)}”"
        return Ungraded(criterion=claim.id, cause="off-menu", detail=detail)
    wrong = isinstance(claim, Misconception)
    return verdict(claim.id, curve.probability(float(given), misconception=wrong))


def asking(request: GradeRequest) -> ChatRequest:
    """The call that asks about all claims of the question."""
    text = json.dumps(_body(request, judge_prompts.labelled(request.question)))
    return ChatRequest((Message("user", text),), max_tokens=1)


def _body(request: GradeRequest, labels: Labels) -> dict[str, Any]:
    state = {"question": inline(request.question.prompt), "answer": harmless(request.answer)}
    questions = {
        label: {
            "type": "noul",
            "instructions": ASKED + inline(claim.statement),
            "criteria": CRITERIA,
        }
        for label, claim in labels.items()
    }
    return {"state": state, "questions": questions}
