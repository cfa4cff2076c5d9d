"""A language model as grader, one word per claim, by the probability of Yes against No."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from interviewer.answer_text.quotes import Evidence
from interviewer.answer_text.spans import candidates
from interviewer.bank.questions import Claim, Misconception
from interviewer.chat.manners.capability import MOST_LOGPROBS
from interviewer.chat.messages import ChatModel, ChatRequest, Usage
from interviewer.common.text import one_line
from interviewer.errors import ModelError
from interviewer.grading.chances import passing_of
from interviewer.grading.claims import claims_of
from interviewer.grading.grader import GradeRequest
from interviewer.grading.grades import AnswerGrade, GraderIdentity, Outcome, Ungraded, Verdict
from interviewer.grading.judges import judge_prompts, judge_replies
from interviewer.grading.judges.fusing import Curve
from interviewer.grading.judges.judge_prompts import Example
from interviewer.grading.judges.schema_judge import VERSION
from interviewer.grading.offline.encoders import Embedder
from interviewer.grading.offline.exemplars import Embed
from interviewer.grading.outcomes import TRANSIENT, cause_of, grade_of, verdict

LOCATED = "located by code"
"""The rationale of a verdict whose evidence the model did not give."""

OTHERWISE = "--judge-mode whole does without"
NO_LOGPROBS = f"the server gives no log-probabilities; {OTHERWISE}"


def prompt_digest(examples: Sequence[Example], exemplars: int) -> str:
    """Identifies the prompts of this judge."""
    fixed = (
        judge_prompts.YES_NO_RULES,
        judge_prompts.COUNTS,
        judge_prompts.COUNTS_NOT,
        judge_prompts.ASK,
    )
    shown = [example.model_dump_json() for example in examples]
    return judge_prompts.digest(*fixed, str(exemplars), *shown)


def version_of(curve: Curve | None) -> str:
    """The version of this judge with that curve."""
    return VERSION if curve is None else f"{VERSION}-{curve.content_digest()[:8]}"


class LogprobJudge:
    """Implements `ports.Grader` with one token per claim.

    The prompts of an answer differ in their last lines only, so a server that keeps what it has read
    reads rules, examples, question and answer once. Evidence is the span of the answer nearest to
    the claim by the embedder.

    examples: judged pairs to show first. exemplars: how many of the texts that a claim accepts, and
    of those it rejects, are named with it: the ones nearest to the answer. curve: fitted to the model
    on tuned gold answers; the identity curve where nobody has. embed: for texts of the bank, whose
    embeddings may be kept.
    """

    def __init__(
        self,
        chat: ChatModel,
        embedder: Embedder,
        *,
        spec: str,
        new_marker: Callable[[], str],
        examples: Sequence[Example] = (),
        exemplars: int = 0,
        curve: Curve | None = None,
        embed: Embed | None = None,
    ):
        self._chat = chat
        self._embedder = embedder
        self._new_marker = new_marker
        self._embed = embed or embedder.embed
        self._examples = tuple(examples)
        self._exemplars = exemplars
        self._curve = curve or Curve()
        self.identity = GraderIdentity(
            spec=spec,
            version=version_of(curve),
            model=chat.name,
            prompt=prompt_digest(self._examples, exemplars),
        )

    def grade(self, request: GradeRequest) -> AnswerGrade:
        """The grade; whatever could not be had is ungraded."""
        marker = self._new_marker()
        outcomes: dict[str, Outcome] = {}
        usages: list[Usage] = []
        dead: Ungraded | None = None
        for claim in claims_of(request.question):
            if dead is not None:
                outcomes[claim.id] = dead.model_copy(update={"criterion": claim.id})
                continue
            near = self._near(claim, request.answer)
            outcomes[claim.id] = found = self._judged(request, near, marker, usages)
            if isinstance(found, Ungraded) and found.cause in TRANSIENT:
                dead = found
        passing = passing_of(request.question, outcomes)
        return grade_of(
            request.question, located(self._embedder, request, outcomes), usages, passing=passing
        )

    def _judged(
        self, request: GradeRequest, claim: Claim, marker: str, usages: list[Usage]
    ) -> Outcome:
        chat = judge_prompts.yes_no_chat(
            request.question, request.answer, claim, marker, self._examples
        )
        asked = ChatRequest(chat, max_tokens=1, top_logprobs=MOST_LOGPROBS, marker=marker)
        try:
            reply = self._chat.chat(asked)
        except ModelError as error:
            return Ungraded(
                criterion=claim.id, cause=cause_of(error), detail=one_line(error.message, 200)
            )
        usages.append(reply.usage)
        if not reply.alternatives:
            return Ungraded(criterion=claim.id, cause="bad-reply", detail=NO_LOGPROBS)
        share = judge_replies.yes_share(reply.alternatives)
        if share is None:
            detail = f"not Yes or No but “{one_line(reply.alternatives[0][0], 20)}”; {OTHERWISE}"
            return Ungraded(criterion=claim.id, cause="off-menu", detail=detail)
        wrong = isinstance(claim, Misconception)
        return verdict(claim.id, self._curve.probability(share, misconception=wrong))

    def _near(self, claim: Claim, answer: str) -> Claim:
        """The claim with the exemplars nearest to the answer, the nearest last."""
        if not self._exemplars or not (claim.accepts or claim.rejects):
            return claim.bare()
        said = self._embedder.embed([answer])[0]
        kept = {}
        for side, texts in (("accepts", claim.accepts), ("rejects", claim.rejects)):
            order = (self._embed(texts) @ said).argsort() if texts else ()
            kept[side] = tuple(texts[at] for at in order[len(order) - self._exemplars :])
        return claim.model_copy(update=kept)


def located(
    embedder: Embedder, request: GradeRequest, outcomes: dict[str, Outcome]
) -> dict[str, Outcome]:
    """The outcomes with evidence for those that earn something: the span of the answer nearest to the
    claim."""
    earned = {
        c.id: c.statement
        for c in claims_of(request.question)
        if isinstance(o := outcomes[c.id], Verdict) and o.level != "unmet"
    }
    spans = candidates(request.answer)
    if not earned or not spans:
        return outcomes
    parts = spans[1:] or spans
    rows = embedder.embed([*(s.text for s in parts), *earned.values()])
    nearest = (rows[len(parts) :] @ rows[: len(parts)].T).argmax(axis=1)
    found: dict[str, Outcome] = {}
    for claim, at in zip(earned, nearest, strict=True):
        evidence = Evidence(start=parts[at].start, end=parts[at].end)
        found[claim] = outcomes[claim].model_copy(
            update={"evidence": evidence, "rationale": LOCATED}
        )
    return outcomes | found
