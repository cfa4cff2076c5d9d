"""A drafted bank made richer by a language model, question by question."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from interviewer.bank.importing.import_report import NotKept
from interviewer.bank.questions import Bank, Question
from interviewer.chat.messages import ChatModel, ChatRequest
from interviewer.drafting import enrich_prompts
from interviewer.drafting.additions import added, read
from interviewer.errors import BadReply, ModelError, ModelTimeout
from interviewer.grading.grader import Grader

TOKENS = 3_000
"""Of a reply: fifteen criteria of four accepts and four rejects."""


@dataclass
class Enriched:
    """What a model made of a bank. refused: lines that did not stand the checks. unread: questions
    whose reply could not be read. stopped: why it ended early, Ctrl-C among it; None where it did not."""

    bank: Bank
    refused: list[NotKept] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    stopped: ModelError | KeyboardInterrupt | None = None


def enrich(
    bank: Bank, chat: ChatModel, grader: Grader, tell: Callable[[int, int], None]
) -> Enriched:
    """The bank with what the model adds to each question. tell: is told how many are done of all.

    A reply that cannot be read leaves its question as it was; a model that cannot be reached, a budget
    that is used up, or Ctrl-C, leaves the rest as they were.
    """
    done = Enriched(bank)
    questions: dict[int, Question] = {q.id: q for q in bank.questions}
    for count, question in enumerate(bank.questions, start=1):
        marker = secrets.token_hex(8)
        request = ChatRequest(
            enrich_prompts.request(question, marker),
            schema=enrich_prompts.schema(question), max_tokens=TOKENS, marker=marker,
        )  # fmt: skip
        try:
            made, refused = added(question, read(chat.chat(request).text), grader, chat.name)
        except (BadReply, ModelTimeout):
            done.unread.append(question.id)
        except (ModelError, KeyboardInterrupt) as stop:
            done.stopped = stop
            break
        else:
            questions[question.id] = made
            done.refused += refused
        tell(count, len(questions))
    done.bank = bank.model_copy(update={"questions": tuple(questions.values())})
    return done
