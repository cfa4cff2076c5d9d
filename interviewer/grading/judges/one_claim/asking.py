"""Ways to ask a model for one word on one claim, and the share of Yes that comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from interviewer.bank.questions import Claim, Question
from interviewer.chat.manners.capability import MOST_LOGPROBS
from interviewer.chat.messages import ChatModel, ChatRequest, Usage
from interviewer.common.text import one_line
from interviewer.errors import ModelError
from interviewer.grading.chances import logistic, logit
from interviewer.grading.grades import Ungraded
from interviewer.grading.judges import judge_prompts, judge_replies
from interviewer.grading.judges.judge_prompts import Example
from interviewer.grading.judges.one_claim import one_claim_prompts
from interviewer.grading.outcomes import cause_of

Way = Literal["logprob", "options", "yesno"]
"""By the probability of Yes against No, by those of two numbered options in both orders, or by the
word that is said, once or several times."""

WORD_TOKENS = 16
"""How long a reply may grow of which only the first word is read: some servers refuse less."""

SAMPLE_TEMPERATURE = 0.8
"""Of the second and later tries at the same word: at 0 they would all be the same."""

OTHERWISE = "--judge-mode whole does without"
NO_LOGPROBS = "the server gives no log-probabilities; --judge-mode yesno or whole does without"


@dataclass(frozen=True)
class Asking:
    """How one word is asked for.

    samples: of "yesno", how often. examples: judged pairs to show first.
    """

    chat: ChatModel
    way: Way = "logprob"
    samples: int = 1
    examples: Sequence[Example] = ()

    def share(
        self,
        question: Question,
        answer: str,
        claim: Claim,
        marker: str,
        usages: list[Usage],
        words: str = "",
    ) -> float | Ungraded:
        """The share of Yes in (0, 1). usages: what each call took is added to it. words: those of the
        answer that may carry the claim.
        """
        messages = judge_prompts.yes_no_chat(question, answer, claim, marker, self.examples, words)
        asked = ChatRequest(messages, max_tokens=WORD_TOKENS, marker=marker)
        try:
            if self.way == "yesno":
                return self._said(asked, claim, usages)
            if self.way == "options":
                return self._chosen(question, answer, claim, marker, usages)
            return self._likely(replace(asked, max_tokens=1), claim, usages)
        except ModelError as error:
            detail = one_line(error.message, 200)
            return Ungraded(criterion=claim.id, cause=cause_of(error), detail=detail)

    def _chosen(
        self, question: Question, answer: str, claim: Claim, marker: str, usages: list[Usage]
    ) -> float | Ungraded:
        """The mean of the log odds in both orders: a model that prefers a number, whatever it stands
        for, prefers neither statement (Wang et al. 2023)."""
        odds = []
        for turned in (False, True):
            messages = one_claim_prompts.options_chat(
                question, answer, claim, marker, turned=turned
            )
            asked = ChatRequest(messages, max_tokens=1, marker=marker)
            yes, no = ("2", "1") if turned else ("1", "2")
            share = self._likely(asked, claim, usages, yes, no)
            if isinstance(share, Ungraded):
                return share
            odds.append(logit(share))
        return logistic(sum(odds) / 2)

    def _likely(
        self,
        asked: ChatRequest,
        claim: Claim,
        usages: list[Usage],
        yes: str = "yes",
        no: str = "no",
    ) -> float | Ungraded:
        reply = self.chat.chat(replace(asked, top_logprobs=MOST_LOGPROBS))
        usages.append(reply.usage)
        if not reply.alternatives:
            return Ungraded(criterion=claim.id, cause="bad-reply", detail=NO_LOGPROBS)
        share = judge_replies.yes_share(reply.alternatives, yes, no)
        return self._off_menu(claim, reply.alternatives[0][0]) if share is None else share

    def _said(self, asked: ChatRequest, claim: Claim, usages: list[Usage]) -> float | Ungraded:
        """Half a vote stands on either side beforehand, so that no share is 0 or 1. Where time or
        budget end between votes, those that were had count."""
        said: list[bool] = []
        text = ""
        for number in range(self.samples):
            hot = SAMPLE_TEMPERATURE if number else 0.0
            try:
                reply = self.chat.chat(replace(asked, temperature=hot, seed=number))
            except ModelError:
                if not said:
                    raise
                break
            usages.append(reply.usage)
            text = reply.text
            if (word := judge_replies.yes_or_no(text)) is not None:
                said.append(word)
        return (sum(said) + 0.5) / (len(said) + 1) if said else self._off_menu(claim, text)

    def _off_menu(self, claim: Claim, said: str) -> Ungraded:
        offered = "1 or 2" if self.way == "options" else "Yes or No"
        shown = f"“{one_line(said, 20)}”" if said.strip() else "nothing"
        detail = f"not {offered} but {shown}; {OTHERWISE}"
        return Ungraded(criterion=claim.id, cause="off-menu", detail=detail)
