"""A language model as grader, one word per claim, by the probability of Yes against No."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from interviewer.core import judge_prompts, judge_replies
from interviewer.core.judge_prompts import Example
from interviewer.core.outcomes import TRANSIENT, cause_of, claims_of, grade_of, probability, verdict
from interviewer.core.spans import candidates
from interviewer.core.text import one_line
from interviewer.core.trees import logistic, logit
from interviewer.domain.bank import Claim
from interviewer.domain.base import Value
from interviewer.domain.grade import (
    AnswerGrade,
    Evidence,
    GraderIdentity,
    Outcome,
    Ungraded,
    Usage,
    Verdict,
)
from interviewer.errors import ModelError
from interviewer.grading.judge import VERSION, messages
from interviewer.grading.offline import pass_probability
from interviewer.ports import ChatModel, ChatRequest, Embedder, GradeRequest

ALTERNATIVES = 20
LOCATED = "located by code"
"""The rationale of a verdict whose evidence the model did not give."""

NO_LOGPROBS = "the server gives no log-probabilities; --judge-mode whole does without"


class Curve(Value):
    """From the log odds of Yes to a calibrated probability: 1 / (1 + exp(-(slope * x + offset)))."""

    slope: float = 1.0
    offset: float = 0.0

    def probability(self, share: float) -> float:
        """The calibrated probability for that share of Yes."""
        return logistic(self.slope * logit(share) + self.offset)


def prompt_digest(examples: Sequence[Example]) -> str:
    """Identifies the prompts of this judge."""
    shown = [example.model_dump_json() for example in examples]
    return judge_prompts.digest(judge_prompts.YES_NO_RULES, judge_prompts.ASK, *shown)


class LogprobJudge:
    """Implements `ports.Grader` with one token per claim.

    The prompts of an answer differ in their last lines only, so a server that keeps what it has read
    reads rules, examples, question and answer once. Evidence is the span of the answer nearest to
    the claim by the embedder.

    curve: fitted to the model on tuned gold answers; the identity curve where nobody has.
    """

    def __init__(
        self,
        chat: ChatModel,
        embedder: Embedder,
        *,
        spec: str,
        new_marker: Callable[[], str],
        examples: Sequence[Example] = (),
        curve: Curve | None = None,
    ):
        self._chat = chat
        self._embedder = embedder
        self._new_marker = new_marker
        self._examples = tuple(examples)
        self._curve = curve or Curve()
        fitted = "" if curve is None else f"-{curve.content_digest()[:8]}"
        self.identity = GraderIdentity(
            spec=spec,
            version=f"{VERSION}{fitted}",
            model=chat.name,
            prompt=prompt_digest(self._examples),
        )

    def grade(self, request: GradeRequest) -> AnswerGrade:
        """The grade; whatever could not be had is ungraded."""
        marker = self._new_marker()
        outcomes: dict[str, Outcome] = {}
        usages: list[Usage] = []
        dead: ModelError | None = None
        for claim in claims_of(request.question):
            if dead is None:
                try:
                    outcomes[claim.id] = self._judged(request, claim, marker, usages)
                    continue
                except ModelError as error:
                    failure = error
                    dead = error if cause_of(error) in TRANSIENT else None
            detail = one_line(failure.message, 200)
            outcomes[claim.id] = Ungraded(
                criterion=claim.id, cause=cause_of(failure), detail=detail
            )
        verdicts = [o for o in outcomes.values() if isinstance(o, Verdict)]
        passing = None
        if len(verdicts) == len(outcomes):
            passing = pass_probability(request.question, [probability(v) for v in verdicts])
        return grade_of(
            request.question, self._located(request, outcomes), usages, passing=passing
        )

    def _judged(
        self, request: GradeRequest, claim: Claim, marker: str, usages: list[Usage]
    ) -> Outcome:
        chat = judge_prompts.yes_no_chat(
            request.question, request.answer, claim, marker, self._examples
        )
        reply = self._chat.chat(
            ChatRequest(
                messages(chat), max_tokens=1, top_logprobs=ALTERNATIVES, marker=marker
            )
        )
        usages.append(reply.usage)
        if not reply.alternatives:
            return Ungraded(criterion=claim.id, cause="bad-reply", detail=NO_LOGPROBS)
        share = judge_replies.yes_share(reply.alternatives)
        if share is None:
            detail = f"neither Yes nor No but “{one_line(reply.alternatives[0][0], 20)}”"
            return Ungraded(criterion=claim.id, cause="off-menu", detail=detail)
        return verdict(claim.id, self._curve.probability(share))

    def _located(
        self, request: GradeRequest, outcomes: dict[str, Outcome]
    ) -> dict[str, Outcome]:
        """The outcomes with evidence for those that earn something."""
        earned = {
            c.id: c.statement
            for c in claims_of(request.question)
            if isinstance(o := outcomes[c.id], Verdict) and o.level != "unmet"
        }
        spans = candidates(request.answer)
        if not earned or not spans:
            return outcomes
        parts = spans[1:] or spans
        rows = self._embedder.embed([*(s.text for s in parts), *earned.values()])
        nearest = (rows[len(parts) :] @ rows[: len(parts)].T).argmax(axis=1)
        found: dict[str, Outcome] = {}
        for claim, at in zip(earned, nearest, strict=True):
            evidence = Evidence(start=parts[at].start, end=parts[at].end)
            found[claim] = outcomes[claim].model_copy(
                update={"evidence": evidence, "rationale": LOCATED}
            )
        return outcomes | found
