"""Sessions of made-up people, for reading and for checking: what was said on both sides, in order.

Half of them are the scripted personas of `simulate`; the others say what people wrote: graded answers
and replies of training/, with utterances between them that are no answers.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "training"), str(ROOT / "training" / "reader")]

from fit_utterances import is_held_out, read
from reader_sources import voices

from interviewer.bank.questions import Bank, Question
from interviewer.common.system import SystemClock
from interviewer.common.text import Tone
from interviewer.interview.asking import order
from interviewer.interview.sitting import conduct
from interviewer.interview.studio import Studio, start
from interviewer.interview.telling.debrief import debrief
from interviewer.interview.telling.style import STYLES
from interviewer.interview.telling.summary import closing_lines
from interviewer.interview.terminal import Reply, Status
from interviewer.session.events import Event, Plan
from interviewer.session.record import Session
from interviewer.simulate import personas
from interviewer.simulate.simulation import (
    PATIENCE,
    WORDS_PER_SECOND,
    Candidate,
    CandidateTerminal,
    ScriptedCandidate,
)
from interviewer.specs import embedders, graders
from interviewer.specs.banks import open_bank


@dataclass(frozen=True)
class Said:
    """Something said. tone: the interviewer's; None where it was the candidate."""

    text: str
    tone: Tone | None = None


@dataclass
class Conversation:
    """One session as it went: what was said, the events, where the interview ended and the debrief began."""

    name: str
    bank: Bank
    said: list[Said] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    session: Session | None = None
    closing: int = 0

    def append(self, event: Event) -> None:
        """Keeps the event, as a log does."""
        self.events.append(event)


class Person:
    """Somebody who answers as people wrote, and talks in between.

    talk: how often an utterance that is no answer comes before the answer.
    """

    def __init__(self, seed: int, talk: float):
        self._rng = random.Random(seed)
        self._talk = talk

    def says(self, question: Question, probe: str, before: Sequence[str]) -> str:
        """The next utterance. before: what this person said since it was asked."""
        rng = self._rng
        if len(before) < 2 and rng.random() < self._talk:
            return rng.choice(_talk())
        answers = _answers().get(question.id) or ["no idea"]
        if probe and rng.random() < 0.5:
            near = [c for c in question.criteria if rng.random() < 0.4]
            return rng.choice([a for c in near for a in c.accepts] or answers)
        return rng.choice(answers)


@cache
def _talk() -> list[str]:
    return [
        u.text for u in read() if is_held_out(u.text) and u.kind not in ("answer", "correction")
    ]


@cache
def _answers() -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for row in voices():
        found.setdefault(row["question"], []).append(row["answer"])
    return found


class Seat(CandidateTerminal):
    """The terminal of a person, or of a scripted candidate; keeps all that is said."""

    live = True

    def __init__(self, kept: Conversation, person: Person | None, candidate: Candidate):
        super().__init__(candidate, kept.bank)
        self._kept, self._person, self._scripted = kept, person, candidate
        self._put = ""
        self._before: list[str] = []

    def say(self, text: str, tone: Tone = "plain") -> None:
        """Keep it."""
        super().say(text, tone)
        self._kept.said.append(Said(text, tone))
        if tone in ("question", "probe") and text != self._put:
            self._put, self._before = text, []

    def ask(self, status: Status) -> Reply:
        """What the person says now; after some back and forth they pass."""
        question = self._kept.bank.question(status.question)
        probe = self._put if status.probe else ""
        if len(self._before) > PATIENCE:
            text = "/skip"
        elif self._person is not None:
            text = self._person.says(question, probe, self._before)
        else:
            text = self._scripted.answer(question, probe or None)
        self._before.append(text)
        self._kept.said.append(Said(text))
        return Reply("text", text, round(len(text.split()) / WORDS_PER_SECOND, 1))


def plan_of(number: int, bank: Bank) -> Plan:
    """A plan for the session of that number: every style and rule has its turn."""
    rng = random.Random(number)
    style = (*STYLES, None)[number % 4]
    rule = {9: {"cold": True}, 19: {"silent": True}, 29: {"timed": True}}.get(number % 30, {})
    chosen = sorted(rng.sample([q.id for q in bank.questions], 6))
    return order.make_plan(chosen, style=style, deeper=2, probes=2, **rule)  # type: ignore[arg-type]


def conversations(count: int) -> Iterator[Conversation]:
    """So many sessions, the same every time."""
    bank = open_bank()
    grader = graders.make_grader("offline", bank)
    names = tuple(personas.USUAL_ABILITY)
    for number in range(count):
        kept = Conversation(f"{number:03}", bank)
        person = Person(number, 0.35) if number % 2 else None
        persona = names[number // 2 % len(names)]
        ability = personas.USUAL_ABILITY[persona]
        seat = Seat(kept, person, ScriptedCandidate(persona, ability, number, bank))
        studio = Studio(
            log=kept, terminal=seat, clock=SystemClock(), bank=bank, grader=lambda: grader,
            identity=grader.identity, embedder=embedders.cached_embedder(),
        )  # fmt: skip
        plan = plan_of(number, bank)
        kept.session = conduct(studio, start(studio, plan, kept.name, "check"))
        kept.closing = len(kept.said)
        seat.page([*debrief(kept.session), *closing_lines(kept.session)])
        yield kept


def written(kept: Conversation) -> str:
    """The session for reading."""
    return "\n".join(f"> {s.text}" if s.tone is None else f"[{s.tone}] {s.text}" for s in kept.said)
