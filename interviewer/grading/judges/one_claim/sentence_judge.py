"""A language model as grader, a claim at a time, that points at a sentence by its number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from interviewer.answer_text import quotes
from interviewer.answer_text.quotes import Evidence
from interviewer.answer_text.spans import Span, sentences
from interviewer.bank.questions import Claim
from interviewer.chat.call_loop import at_once
from interviewer.chat.messages import ChatModel, ChatRequest, Usage
from interviewer.common.text import one_line
from interviewer.errors import ModelError
from interviewer.grading.claims import claims_of
from interviewer.grading.grader import GradeRequest
from interviewer.grading.grades import AnswerGrade, GraderIdentity, Outcome, Ungraded, Verdict
from interviewer.grading.judges import judge_prompts, judge_replies
from interviewer.grading.judges.judge_replies import ClaimReply
from interviewer.grading.judges.one_claim import one_claim_prompts
from interviewer.grading.judges.schema_judge import VERSION
from interviewer.grading.outcomes import TRANSIENT, cause_of, grade_of
from interviewer.grading.scoring import LEVEL_CREDIT

REPLY_TOKENS = 60
NO_SENTENCE = "the number given as evidence is that of no sentence, or of one that asks again"


def prompt_digest() -> str:
    """Identifies the prompts of this judge."""
    return judge_prompts.digest(
        one_claim_prompts.SENTENCE_RULES, str(one_claim_prompts.sentence_schema(1))
    )


class SentenceJudge:
    """Implements `grader.Grader`: evidence is a choice, so that a small model need not copy.

    What earns something stands on a sentence of the answer, or has no verdict. new_marker: draws an
    unforeseeable word for every call. calls: how many of them at once.
    """

    def __init__(
        self, chat: ChatModel, *, spec: str, new_marker: Callable[[], str], calls: int = 1
    ):
        self._chat = chat
        self._calls = calls
        self._new_marker = new_marker
        self.identity = GraderIdentity(
            spec=spec, version=VERSION, model=chat.name, prompt=prompt_digest()
        )

    def grade(self, request: GradeRequest) -> AnswerGrade:
        """The grade; whatever could not be had is ungraded."""
        parts = sentences(request.answer)
        dead: list[Ungraded] = []

        def asked(claim: Claim) -> tuple[Outcome, list[Usage]]:
            used: list[Usage] = []
            if dead:
                return dead[0].model_copy(update={"criterion": claim.id}), used
            found = self._judged(request, parts, claim, used)
            if isinstance(found, Ungraded) and found.cause in TRANSIENT:
                dead.append(found)
            return found, used

        claims = claims_of(request.question)
        found = at_once([partial(asked, claim) for claim in claims], self._calls)
        outcomes = {claim.id: outcome for claim, (outcome, _) in zip(claims, found, strict=True)}
        return grade_of(request.question, outcomes, [usage for _, used in found for usage in used])

    def _judged(
        self, request: GradeRequest, parts: Sequence[Span], claim: Claim, usages: list[Usage]
    ) -> Outcome:
        marker = self._new_marker()
        texts = [part.text for part in parts]
        asked = ChatRequest(
            one_claim_prompts.sentence_chat(request.question, texts, claim, marker),
            schema=one_claim_prompts.sentence_schema(len(parts)),
            max_tokens=REPLY_TOKENS,
            marker=marker,
        )
        try:
            reply = self._chat.chat(asked)
        except ModelError as error:
            detail = one_line(error.message, 200)
            return Ungraded(criterion=claim.id, cause=cause_of(error), detail=detail)
        usages.append(reply.usage)
        found = judge_replies.findings(reply.text, ["c1"])["c1"]
        if not isinstance(found, ClaimReply):
            return Ungraded(criterion=claim.id, cause=found)
        evidence = None
        if found.level != "unmet":
            evidence = _pointed(found.evidence, parts, request)
            if evidence is None:
                return Ungraded(criterion=claim.id, cause="bad-quote", detail=NO_SENTENCE)
        return Verdict(
            criterion=claim.id,
            level=found.level,
            credit=LEVEL_CREDIT[found.level],
            confidence=found.confidence,
            evidence=evidence,
        )


def _pointed(said: str, parts: Sequence[Span], request: GradeRequest) -> Evidence | None:
    """The sentence of that number; None for a number of none, or of one that only asks again."""
    number = said.strip(" []")
    at = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0
    if not 1 <= at <= len(parts) or quotes.only_asked(parts[at - 1].text, request.asked):
        return None
    return Evidence(start=parts[at - 1].start, end=parts[at - 1].end)
