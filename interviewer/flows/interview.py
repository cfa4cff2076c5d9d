"""The interview: do the next step until there is none."""

from __future__ import annotations

from typing import Any

from interviewer.core import feedback, replies, steps
from interviewer.core import session as sessions
from interviewer.core.feedback import Line
from interviewer.core.session import Record, Session, Turn
from interviewer.core.text import plural
from interviewer.domain.bank import Probe, Question
from interviewer.domain.grade import AnswerGrade
from interviewer.domain.transcript import (
    Answered,
    Asked,
    Closed,
    Event,
    Graded,
    Hinted,
    Paused,
    Probed,
    Resumed,
    Skipped,
)
from interviewer.flows.studio import Studio
from interviewer.ports import GradeRequest, Reply, Status


class _Stop(Exception):
    """The candidate paused or quit; the log says so already."""


def conduct(studio: Studio, session: Session) -> Session:
    """Hold the interview from where the session stands until it is finished, paused or quit.

    Everything the candidate says is in the log before anything else happens with it.
    """
    return _Interview(studio, session).run()


class _Interview:
    def __init__(self, studio: Studio, session: Session):
        self.studio = studio
        self.session = session
        self.begun = studio.clock.monotonic()

    def run(self) -> Session:
        self._welcome()
        try:
            while not isinstance(step := steps.next_step(self.session), steps.Finish):
                self._do(step)
        except _Stop:
            return self.session
        if self.session.closed is None:
            self._append(Closed, reason="finished")
        return self.session

    def _append(self, kind: type[Any], **fields: Any) -> Event:
        event: Event = kind(seq=self.session.last_seq + 1, at=self.studio.clock.now(), **fields)
        after = sessions.apply(self.session, event)
        self.studio.log.append(event)
        self.session = after
        return event

    def _say(self, *lines: Line) -> None:
        for tone, text in lines:
            self.studio.terminal.say(text, tone)

    def _welcome(self) -> None:
        plan, done = self.session.started.plan, len(self.session.records)
        if self.session.last_seq > 0:
            self._append(Resumed, grader=self.studio.identity)
            self._say(
                ("title", f"Welcome back. {plural(done, 'question')} of {plan.count} so far.")
            )
            return
        rules = []
        if plan.cold:
            rules.append("no follow-ups and no hints")
        if plan.timed:
            rules.append("against the clock")
        if plan.silent:
            rules.append("feedback at the end")
        how = f" ({', '.join(rules)})" if rules else ""
        self._say(
            ("title", f"{self.session.started.bank.title}: {plural(plan.count, 'question')}{how}."),
            (
                "note",
                "Answer as you would aloud. Enter submits, Alt-Enter makes a new line, /help.",
            ),
        )

    def _do(self, step: steps.Step) -> None:
        match step:
            case steps.AskQuestion(question=number):
                self._append(Asked, question=self.studio.bank.question(number).bare())
                self._show()
                self._listen()
            case steps.PutProbe(record=record, probe=probe):
                self._put(record, probe)
                self._listen()
            case steps.AwaitReply():
                self._show()
                self._listen()
            case steps.GradeAnswer(record=record, turn=turn):
                self._grade(record, turn)

    def _put(self, record: Record, probe: Probe) -> None:
        self._append(
            Probed, question=record.question.id, criterion=probe.criterion, text=probe.text
        )
        self._show()

    def _show(self) -> None:
        record = self._current()
        turn = record.turns[-1]
        if turn.probe is not None:
            self._say(("probe", turn.probe.text))
        else:
            number = len(self.session.records)
            self._say(
                ("title", f"Question {number} of {self.session.started.plan.count}"),
                ("question", record.question.prompt),
            )

    def _current(self) -> Record:
        record = self.session.current
        assert record is not None, "a step on a question needs one"
        return record

    def _status(self, spent: float) -> Status:
        record, plan = self._current(), self.session.started.plan
        titles = {s.id: s.title for s in self.session.started.bank.sections}
        return Status(
            number=len(self.session.records),
            total=plan.count,
            question=record.question.id,
            section=titles.get(record.question.section, record.question.section),
            elapsed=self.studio.clock.monotonic() - self.begun,
            cold=None if plan.silent else self.session.cold_count,
            limit=max(1, round(record.question.seconds - spent)) if plan.timed else None,
            probe=record.turns[-1].probe is not None,
        )

    def _listen(self) -> None:
        """Take replies until the question under way has one."""
        spent = 0.0
        while True:
            reply = self.studio.terminal.ask(self._status(spent))
            spent += reply.seconds
            name = replies.command(reply.text) if reply.kind == "text" else None
            if reply.kind == "text" and name is None:
                self._answer(reply.text, spent)
                return
            if reply.kind == "timeout":
                self._out_of_time(reply.text, spent)
                return
            if self._obey(reply, name, spent):
                return

    def _answer(self, text: str, seconds: float) -> None:
        number = self._current().question.id
        if replies.says_unknown(text):
            self._append(Skipped, question=number, reason="unknown", text=text, seconds=seconds)
            self._pass_on(
                "That is fine. Let us move on." if text.strip() else "No answer: on we go."
            )
            return
        self._append(Answered, question=number, text=text, seconds=seconds)

    def _out_of_time(self, text: str, seconds: float) -> None:
        number = self._current().question.id
        self._say(("warning", "Time is up."))
        if text.strip():
            self._append(Answered, question=number, text=text, seconds=seconds)
        else:
            self._append(Skipped, question=number, reason="timeout", seconds=seconds)
            self._pass_on("On to the next one.")

    def _obey(self, reply: Reply, name: str | None, spent: float) -> bool:
        """Carry out a command; True when the question needs no further reply."""
        if reply.kind == "end" or name == "pause":
            self._pause("command" if name else "end-of-input", reply.text if not name else "")
        if reply.kind == "interrupt":
            self._pause("interrupt", reply.text)
        match name:
            case "repeat":
                self._show()
            case "hint":
                self._hint()
            case "skip":
                number = self._current().question.id
                self._append(Skipped, question=number, reason="skip", seconds=spent)
                self._pass_on("Skipped.")
                return True
            case "why":
                self._why()
            case "quit":
                if self.studio.terminal.confirm("End the session here and write the report?"):
                    self._append(Closed, reason="quit")
                    raise _Stop
            case "help":
                self._say(*[("note", f"/{n}  {what}") for n, what in replies.COMMANDS.items()])
            case _:
                self._say(("warning", f"There is no command '/{name}'. /help lists them."))
        return False

    def _pause(self, reason: str, draft: str) -> None:
        self._append(Paused, reason=reason, draft=draft)
        raise _Stop

    def _pass_on(self, words: str) -> None:
        if self.session.started.plan.silent:
            return
        self._say(("note", words))
        record = self._current()
        if record.final is None or record.final < steps.LIFTED:
            self._say(feedback.full_answer(record.question))

    def _hint(self) -> None:
        record = self._current()
        if self.session.started.plan.cold:
            self._say(("note", "No hints in a cold run: it is the honest count."))
            return
        hint = steps.hint_for(record)
        if hint is None:
            self._say(("note", "There is no further hint for this one. Say what you can."))
            return
        self._append(Hinted, question=record.question.id, criterion=hint.criterion, text=hint.text)
        self._say(("hint", hint.text))

    def _why(self) -> None:
        if self.session.started.plan.silent:
            self._say(("note", "Feedback comes at the end of a silent session."))
            return
        graded = [(r, t) for r, t in sessions.turns_of(self.session) if t.graded is not None]
        if not graded:
            self._say(("note", "Nothing has been graded yet."))
            return
        record, turn = graded[-1]
        assert turn.graded is not None
        text = turn.reply.text if turn.reply else ""
        self._say(*feedback.why(record.question, text, turn.graded.grade))

    def _grade(self, record: Record, turn: Turn) -> None:
        assert isinstance(turn.reply, Answered)
        asked = turn.probe.text if turn.probe else record.question.prompt
        begun = self.studio.clock.monotonic()
        grader = self.studio.grader()
        request = GradeRequest(self._full(record.question), turn.reply.text, asked)
        grade = grader.grade(request)
        self._append(
            Graded,
            question=record.question.id,
            answer=turn.reply.seq,
            grade=grade,
            grader=grader.identity,
            seconds=max(0.0, self.studio.clock.monotonic() - begun),
        )
        if not self.session.started.plan.silent:
            self._react(turn, turn.reply.text, grade)

    def _full(self, question: Question) -> Question:
        """The question with its exemplars, unless the bank has changed since it was asked."""
        if self.session.started.bank.digest != self.studio.bank.digest:
            return question
        return self.studio.bank.question(question.id)

    def _react(self, turn: Turn, answer: str, grade: AnswerGrade) -> None:
        record = self._current()
        probing = steps.next_probe(self.session, record) is not None
        self._say(
            *feedback.after_answer(
                record.question,
                answer,
                grade,
                reveal=not probing,
                earlier=turn.probe is not None,
                so_far=record.merged,
            )
        )
        if not probing and steps.open_criteria(record.question, record.merged):
            self._say(feedback.full_answer(record.question))
