"""A language model as grader, by a JSON schema: evidence first, then the verdict, then how sure."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Literal

from interviewer.answer_text import quotes
from interviewer.chat.call_loop import at_once
from interviewer.chat.messages import ChatModel, ChatReply, ChatRequest, Usage
from interviewer.common.text import one_line
from interviewer.errors import ModelError
from interviewer.grading.grader import GradeRequest
from interviewer.grading.grades import AnswerGrade, GraderIdentity, Outcome, Ungraded, Verdict
from interviewer.grading.judges import judge_prompts, judge_replies
from interviewer.grading.judges.judge_prompts import Labels
from interviewer.grading.judges.judge_replies import ClaimReply, Found
from interviewer.grading.outcomes import TRANSIENT, cause_of, grade_of
from interviewer.grading.scoring import LEVEL_CREDIT

VERSION = "3"
"""Changes when the same reply would be read differently."""

HEAD_TOKENS = 40
CLAIM_TOKENS = 160
"""How long a reply may grow, at all and for each claim."""

BAD_QUOTE = "the words given as evidence are not in the answer, or only repeat the question"


def prompt_digest() -> str:
    """Identifies the prompts of this judge."""
    fixed = (judge_prompts.SCHEMA_RULES, judge_prompts.AGAIN, str(judge_prompts.schema(["c1"])))
    return judge_prompts.digest(*fixed)


class SchemaJudge:
    """Implements `grader.Grader`: asks a model for evidence and a verdict on each claim.

    Evidence is looked up in the answer. A verdict that earns something on words that are not there,
    or that are only the question's, is void: the model is asked once more about those claims, and
    what is void again is ungraded.

    mode: "whole" asks about all claims in one call, "each" about one at a time. new_marker: draws an
    unforeseeable word for every call. calls: how many of them at once.
    """

    def __init__(
        self,
        chat: ChatModel,
        *,
        spec: str,
        new_marker: Callable[[], str],
        mode: Literal["whole", "each"] = "whole",
        calls: int = 1,
    ):
        self._chat = chat
        self._mode = mode
        self._calls = calls
        self._new_marker = new_marker
        self.identity = GraderIdentity(
            spec=spec, version=VERSION, model=chat.name, prompt=prompt_digest()
        )

    def grade(self, request: GradeRequest) -> AnswerGrade:
        """The grade; whatever could not be had is ungraded."""
        labels = judge_prompts.labelled(request.question)
        call = _Call(self._chat, request, self._new_marker)
        outcomes, usages = self._asked(call, labels)
        void = {
            label: claim
            for label, claim in labels.items()
            if isinstance(o := outcomes[claim.id], Ungraded) and o.cause == "bad-quote"
        }
        second, more = self._asked(call, void, again=True)
        return grade_of(request.question, outcomes | second, usages + more)

    def _asked(
        self, call: _Call, labels: Labels, *, again: bool = False
    ) -> tuple[dict[str, Outcome], list[Usage]]:
        """The outcomes of those claims by claim id, and what each call took, in their order."""
        works = [partial(call.outcomes, group, again=again) for group in self._groups(labels)]
        found = at_once(works, self._calls)
        outcomes = {claim: outcome for part, _ in found for claim, outcome in part.items()}
        return outcomes, [usage for _, used in found for usage in used]

    def _groups(self, labels: Labels) -> list[Labels]:
        if self._mode == "whole":
            return [labels] if labels else []
        return [{label: claim} for label, claim in labels.items()]


class _Call:
    """Calls about one answer. After one that got no reply no other is made."""

    def __init__(self, chat: ChatModel, request: GradeRequest, new_marker: Callable[[], str]):
        self._chat = chat
        self._request = request
        self._new_marker = new_marker
        self._dead: ModelError | None = None

    def outcomes(
        self, labels: Labels, *, again: bool = False
    ) -> tuple[dict[str, Outcome], list[Usage]]:
        """The outcomes of those claims by claim id, and what the call took."""
        if self._dead is not None:
            return _failed(labels, self._dead), []
        try:
            reply = self._ask(labels, again=again)
        except ModelError as error:
            if cause_of(error) in TRANSIENT:
                self._dead = error
            return _failed(labels, error), []
        found = judge_replies.findings(reply.text, list(labels))
        outcomes = {
            claim.id: outcome(claim.id, found[label], self._request, reply)
            for label, claim in labels.items()
        }
        return outcomes, [reply.usage]

    def _ask(self, labels: Labels, *, again: bool) -> ChatReply:
        marker = self._new_marker()
        chat = judge_prompts.schema_chat(
            self._request.question, self._request.answer, labels, marker, again=again
        )
        return self._chat.chat(
            ChatRequest(
                chat,
                schema=judge_prompts.schema(labels),
                max_tokens=HEAD_TOKENS + CLAIM_TOKENS * len(labels),
                marker=marker,
            )
        )


def _failed(labels: Labels, error: ModelError) -> dict[str, Outcome]:
    detail = one_line(error.message, 200)
    return {
        c.id: Ungraded(criterion=c.id, cause=cause_of(error), detail=detail)
        for c in labels.values()
    }


def outcome(claim: str, found: Found, request: GradeRequest, reply: ChatReply) -> Outcome:
    """What a finding in that reply comes to once its evidence is looked up in the answer."""
    if not isinstance(found, ClaimReply):
        detail = ""
        if found == "bad-reply":
            what = "its JSON is broken, or taken back" if "{" in reply.text else "it is no JSON"
            detail = f"{what}: “{one_line(reply.text, 60)}”"
        if reply.cut and found in ("bad-reply", "missing"):
            detail = "the reply was cut off"
        return Ungraded(criterion=claim, cause=found, detail=detail)
    evidence = None
    if found.level != "unmet":
        evidence = quotes.find(found.evidence, request.answer)
        if evidence is None or quotes.only_asked(found.evidence, request.asked):
            return Ungraded(criterion=claim, cause="bad-quote", detail=BAD_QUOTE)
    return Verdict(
        criterion=claim,
        level=found.level,
        credit=LEVEL_CREDIT[found.level],
        confidence=found.confidence,
        evidence=evidence,
    )
