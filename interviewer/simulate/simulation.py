"""An interview with nobody there: a scripted candidate, or a language model that plays one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

from interviewer.bank.questions import Bank, Question
from interviewer.chat.messages import ChatModel, ChatRequest
from interviewer.common.text import Tone
from interviewer.interview.terminal import Reply, Status
from interviewer.simulate import candidate_prompts, personas
from interviewer.simulate.personas import Persona

WORDS_PER_SECOND = 2.5
"""Of unhurried speech (150 words a minute)."""
PATIENCE = 3
"""A candidate that is asked the same thing more often than this, because it asks back, passes."""
_TOKENS = 200


class Candidate(Protocol):
    """Somebody who answers."""

    def answer(self, question: Question, probe: str | None) -> str:
        """What is said to the question, or to a probe in these words; may be a command."""
        ...


class ScriptedCandidate:
    """Implements `Candidate` from the bank's own material, the same for the same seed."""

    def __init__(self, persona: Persona, ability: float, seed: int, bank: Bank):
        self._persona, self._ability, self._seed, self._bank = persona, ability, seed, bank

    def answer(self, question: Question, probe: str | None) -> str:
        """What the persona says."""
        return personas.answer(
            self._persona, self._ability, self._seed, question, self._bank, probe
        )


class ModelCandidate:
    """Implements `Candidate` with a language model that is told which criteria it knows."""

    def __init__(self, chat: ChatModel, persona: Persona, ability: float, seed: int):
        self._chat, self._persona, self._ability, self._seed = chat, persona, ability, seed

    def answer(self, question: Question, probe: str | None) -> str:
        """What the model says. Raises ModelError."""
        known = [
            c.statement
            for c in question.criteria
            if personas.knows(self._seed, self._ability, question, c.id)
        ]
        chat = candidate_prompts.reply(self._persona, known, question.prompt, probe)
        request = ChatRequest(
            messages=chat,
            max_tokens=_TOKENS,
            seed=self._seed,
        )
        return self._chat.chat(request).text.strip()


class CandidateTerminal:
    """Implements `terminal.Terminal` with a candidate in it.

    show: is given every paragraph, and the answers after "> "; None to watch nothing. Replies take
    as long as saying them would, though nobody waits for that.
    """

    live = False

    def __init__(
        self, candidate: Candidate, bank: Bank, show: Callable[[str, Tone], None] | None = None
    ):
        self._candidate = candidate
        self._bank = bank
        self._show = show
        self._probe = ""
        self._asked: Counter[tuple[int, str]] = Counter()

    def say(self, text: str, tone: Tone = "plain") -> None:
        """Listen to a paragraph."""
        if tone == "probe":
            self._probe = text
        if self._show is not None:
            self._show(text, tone)

    def ask(self, status: Status) -> Reply:
        """The candidate's answer to what was asked last."""
        probe = self._probe if status.probe else None
        self._asked[status.question, probe or ""] += 1
        if self._asked[status.question, probe or ""] > PATIENCE:
            text = "/skip"
        else:
            text = self._candidate.answer(self._bank.question(status.question), probe)
        if self._show is not None:
            self._show(f"> {text}" if text else "> (no answer)", "plain")
        return Reply("text", text, round(len(text.split()) / WORDS_PER_SECOND, 1))

    def page(self, lines: Sequence[tuple[Tone, str]]) -> None:
        """Show them, if anything is shown."""
        for tone, text in lines:
            self.say(text, tone)

    def ready(self, words: str) -> Reply:
        """A simulated candidate is always ready."""
        return Reply("text")

    def confirm(self, question: str) -> bool:
        """No: a simulated candidate stays to the end."""
        return False

    def choose(self, question: str, keys: Mapping[str, str]) -> str | None:
        """None: a simulated candidate presses no keys."""
        return None

    def busy(self, what: str) -> AbstractContextManager[None]:
        """Nobody watches."""
        return nullcontext()
