"""What the interviewer says beyond the bank's own words: follow-ups, clarifications, transitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interviewer.bank.questions import Probe, Question
from interviewer.grading.answer_bound import read_part
from interviewer.interview.asking import targets
from interviewer.interview.telling.style import LEADS
from interviewer.interview.terminal import Terminal
from interviewer.interview.voice.worded import BANK, Worded
from interviewer.session.events import Answered
from interviewer.session.record import Record, Session

if TYPE_CHECKING:
    from interviewer.interview.voice.voice import Voice

THINKING = "thinking, Ctrl-C goes on without the model"


class Speaker:
    """Says it in the model's words where there is a model and it has any, else in the bank's."""

    def __init__(self, voice: Voice | None, terminal: Terminal):
        self._voice = voice
        self._terminal = terminal

    def follow_up(self, record: Record, probe: Probe, question: Question) -> Worded:
        """The words of that probe. question: the record's own, with its exemplars."""
        reply = record.turns[-1].reply
        if self._voice is None or not isinstance(reply, Answered):
            return Worded(probe.text)
        with self._terminal.busy(THINKING):
            worded = self._voice.follow_up(
                question,
                read_part(reply.text),
                targets.target_of(record, probe),
                probe.text,
                record.put,
                record.merged,
            )
        return self._told(worded)

    def clarification(self, record: Record, said: str, question: Question, plain: str) -> Worded:
        """The reply to what was asked back. plain: the same in the program's own words."""
        asked = record.asked(record.turns[-1])
        if self._voice is None:
            return Worded(plain)
        with self._terminal.busy(THINKING):
            worded = self._voice.clarification(question, asked, said, plain, record.merged)
        return self._told(worded)

    def lead(self, session: Session, after: Question) -> Worded:
        """What is said on the way to the next question; often nothing."""
        before = session.current
        if self._voice is None or before is None or session.started.plan.style not in LEADS:
            return Worded("")
        said = [t.reply.text for t in before.turns if isinstance(t.reply, Answered)]
        if not said:
            return Worded("")
        with self._terminal.busy(THINKING):
            worded = self._voice.lead(before.question, read_part(said[-1]), after)
        return self._told(worded)

    def _told(self, worded: Worded) -> Worded:
        assert self._voice is not None
        for notice in self._voice.notices:
            self._terminal.say(notice, "warning")
        return worded


def written_for(worded: Worded, probe: Probe) -> str:
    """What a log keeps of the written probe: nothing where it was put as it stands."""
    return "" if worded.by == BANK else probe.text
