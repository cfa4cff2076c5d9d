"""An interview in memory, over the public fakes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from fakes import FixedClock, MemoryLog, ScriptedGrader, ScriptedTerminal
from samples import bank, question

from interviewer.bank.questions import Bank
from interviewer.interview import sitting
from interviewer.interview.asking import order
from interviewer.interview.studio import Studio, start
from interviewer.interview.terminal import Reply
from interviewer.session.fold import fold

BANK = bank([question(1), question(2), question(3)])
FULL = {"big": "met", "small": "met"}
TABLE: dict[str, Mapping[str, Any]] = {
    "all": FULL,
    "big": {"big": "met"},
    "small": {"small": "met"},
    "broken": {"big": "timeout", "small": "met"},
}


class Held:
    """An interview in memory: what it was held with, and the session it made."""

    def __init__(
        self,
        *replies: str | Reply,
        of: Bank = BANK,
        agrees: bool = True,
        keys: Sequence[str | None] = (),
        table: Mapping[str, Mapping[str, Any]] | None = None,
        **rules: Any,
    ):
        self.log = MemoryLog()
        self.clock = FixedClock()
        self.terminal = ScriptedTerminal(replies, agrees=agrees, keys=keys)
        self.grader = ScriptedGrader({**TABLE, **(table or {})})
        self.studio = Studio(
            log=self.log,
            terminal=self.terminal,
            clock=self.clock,
            bank=of,
            grader=lambda: self.grader,
            identity=self.grader.identity,
        )
        plan = order.make_plan([q.id for q in of.questions], **rules)
        begun = start(self.studio, plan, "session", "test")
        self.session = sitting.conduct(self.studio, begun)

    def go_on(self, *replies: str | Reply, **changed: Any) -> Held:
        self.terminal = changed.pop("terminal", None) or ScriptedTerminal(replies)
        self.studio = replace(self.studio, terminal=self.terminal, **changed)
        self.session = sitting.conduct(self.studio, fold(self.log.events))
        return self

    def scores(self) -> list[tuple[float | None, float | None]]:
        return [(r.cold, r.final) for r in self.session.records]
