"""Whether a model can judge, and how: found out by calls like a judge's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from interviewer.chat.manners.capability import MOST_LOGPROBS, Capability
from interviewer.chat.messages import ChatModel, ChatReply, ChatRequest
from interviewer.common.text import one_line
from interviewer.errors import ModelError
from interviewer.grading.claims import claims_of
from interviewer.grading.grader import GradeRequest
from interviewer.grading.grades import AnswerGrade, Outcome, Ungraded
from interviewer.grading.judges import canary, judge_prompts, judge_replies
from interviewer.grading.judges.decision_judge import decided
from interviewer.grading.judges.fusing import Curve
from interviewer.grading.judges.one_claim.asking import WORD_TOKENS
from interviewer.grading.judges.schema_judge import SchemaJudge
from interviewer.grading.outcomes import TRANSIENT, in_words

ANSWER = "Molecules of the air scatter the sunlight on its way down to us."
"""It asserts the first criterion of the test question and says nothing of the second."""


def probe_judge(chat: ChatModel, record: Capability, new_marker: Callable[[], str]) -> Capability:
    """The record with whether the model gave verdicts about all claims in one call, about one by
    itself, and by one word; whether they are right is no matter here.

    Four calls at most. A model that never answers has the reason as its problem.
    """
    heard = _Noted(chat)
    whole = _verdicts(heard, "whole", new_marker)
    if not heard.replies and heard.error is not None and _is_gone(whole.verdicts):
        error = heard.error
        said = {"answers": False, "problem": error.message, "hint": error.hint}
        return record.model_copy(update=said)
    each = _verdicts(heard, "each", new_marker)
    logprob, yes_no, about_word = _by_word(heard, new_marker())
    remarks = [f"as a judge: {in_words(_gaps(whole.verdicts))}"] if _gaps(whole.verdicts) else []
    remarks += [about_word] if about_word else []
    seen = {
        "answers": bool(heard.replies),
        "whole": not _gaps(whole.verdicts),
        "each": not _gaps(each.verdicts),
        "logprob": logprob,
        "yes_no": yes_no,
        "remarks": (*record.remarks, *remarks),
    }
    if not heard.replies and heard.error is not None:
        seen |= {"problem": heard.error.message, "hint": heard.error.hint}
    return record.model_copy(update=seen)


def probe_decider(chat: ChatModel, record: Capability) -> Capability:
    """The record with whether a decision model gave a probability to every claim, in one call."""
    heard = _Noted(chat)
    request = GradeRequest(canary.QUESTION, ANSWER, canary.QUESTION.prompt)
    gaps = _gaps(decided(heard, request, Curve(), []).values())
    answers = bool(heard.replies)
    seen: dict[str, object] = {"answers": answers, "whole": not gaps, "logprob": not gaps}
    if heard.error is not None:
        seen |= {"problem": heard.error.message, "hint": heard.error.hint}
    elif gaps:
        seen["remarks"] = (*record.remarks, f"as a judge: {in_words(gaps)}")
    return record.model_copy(update=seen)


def _verdicts(
    chat: ChatModel, mode: Literal["whole", "each"], new_marker: Callable[[], str]
) -> AnswerGrade:
    question = canary.QUESTION
    if mode == "each":
        question = question.model_copy(update={"criteria": question.criteria[:1]})
    judge = SchemaJudge(chat, spec=mode, new_marker=new_marker, mode=mode)
    return judge.grade(GradeRequest(question, ANSWER, question.prompt))


def _by_word(chat: ChatModel, marker: str) -> tuple[bool, bool, str]:
    """Whether the first token weighs Yes against No, whether the reply is one of them, and why not."""
    claim = claims_of(canary.QUESTION)[0]
    asked = judge_prompts.yes_no_chat(canary.QUESTION, ANSWER, claim, marker)
    weighs = False
    try:
        reply = chat.chat(ChatRequest(asked, max_tokens=1, top_logprobs=MOST_LOGPROBS))
        weighs = judge_replies.yes_share(reply.alternatives) is not None
        if not weighs and judge_replies.yes_or_no(reply.text) is None:
            reply = chat.chat(ChatRequest(asked, max_tokens=WORD_TOKENS))
    except ModelError as error:
        return weighs, weighs, f"asked for one word: {one_line(error.message, 160)}"
    says = judge_replies.yes_or_no(reply.text) is not None
    told = "" if weighs or says else f"asked for Yes or No: “{one_line(reply.text, 40)}”"
    return weighs, weighs or says, told


def _gaps(outcomes: Iterable[Outcome]) -> list[Ungraded]:
    return [outcome for outcome in outcomes if isinstance(outcome, Ungraded)]


def _is_gone(outcomes: Iterable[Outcome]) -> bool:
    return all(gap.cause in TRANSIENT for gap in _gaps(outcomes))


class _Noted:
    """Implements `messages.ChatModel`: another one, with the count of its replies and its first error."""

    def __init__(self, inner: ChatModel):
        self._inner = inner
        self.replies = 0
        self.error: ModelError | None = None

    @property
    def name(self) -> str:
        return self._inner.name

    def chat(self, request: ChatRequest, on_text: Callable[[str], None] | None = None) -> ChatReply:
        """The other one's reply."""
        try:
            reply = self._inner.chat(request, on_text)
        except ModelError as error:
            self.error = self.error or error
            raise
        self.replies += 1
        return reply
