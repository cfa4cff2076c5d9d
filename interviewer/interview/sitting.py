"""The interview: do the next step until there is none."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from interviewer.bank.questions import Question
from interviewer.common.signals import Ending, Stopped
from interviewer.grading.grader import GradeRequest
from interviewer.grading.grades import AnswerGrade, GraderIdentity
from interviewer.interview import amending, replies
from interviewer.interview.asking import steps
from interviewer.interview.commands import Stop, obey, pause
from interviewer.interview.hearing import Hearing
from interviewer.interview.own_word import disputing, self_grading
from interviewer.interview.speaking import Speaker, written_for
from interviewer.interview.stage import Stage
from interviewer.interview.studio import Studio
from interviewer.interview.talk import tails
from interviewer.interview.telling import taking_in
from interviewer.session.events import (
    Answered,
    Asked,
    Closed,
    Graded,
    Paused,
    Probed,
    Skipped,
    Undone,
)
from interviewer.session.record import Record, Session, Turn

NEXT = "Press Enter for the next question; its clock starts then."


def conduct(studio: Studio, session: Session) -> Session:
    """Hold the interview from where the session stands until it is finished, paused or quit.

    Everything the candidate says is in the log before anything else happens with it. A signal that
    asks the program to end pauses the session; `signals.exit_code` tells of it.
    """
    return _Interview(studio, session).run()


class _Interview:
    def __init__(self, studio: Studio, session: Session):
        self.studio = studio
        self.stage = Stage(studio, session)
        self.speaker = Speaker(studio.voice, studio.terminal)
        self.hearing = Hearing(self.stage, self.speaker)
        self.listened = False

    def run(self) -> Session:
        stage = self.stage
        try:
            stage.welcome()
            amending.refer_again(stage)
            self._come_back()
            while not isinstance(step := self._next(), steps.Finish):
                self._do(step)
            if stage.session.closed is None:
                self._look_back()
                amending.finish(stage)
                stage.announce_debrief()
                stage.append(Closed, reason="finished")
        except Stop:
            pass
        except KeyboardInterrupt:
            self._break_off("")
        except Ending as end:
            self._break_off(end.draft)
            if not isinstance(end, Stopped):  # nobody reads what is said
                raise
        return stage.session

    def _next(self) -> steps.Step:
        amending.take(self.stage)
        return steps.next_step(self.stage.session)

    def _come_back(self) -> None:
        """Show where the candidate was when the session stopped, if that was within a question."""
        step = steps.next_step(self.stage.session)
        if not isinstance(step, steps.AskQuestion | steps.GoFurther | steps.Finish):
            self.stage.show_again()

    def _break_off(self, draft: str) -> None:
        session = self.stage.session
        if session.closed is None and not session.paused:
            amending.take(self.stage, quietly=True)
            self.stage.append(Paused, reason="interrupt", draft=draft)

    def _do(self, step: steps.Step) -> None:
        match step:
            case steps.AskQuestion(question=number):
                self._look_back()
                self._ask(self.studio.bank.question(number))
                self._listen()
            case steps.GoFurther(question=question):
                self._look_back()
                self._ask(question)
                self._listen()
            case steps.PutProbe():
                self._put(step)
                self._listen()
            case steps.AwaitReply():
                self._listen()
            case steps.GradeAnswer(record=record, turn=turn):
                self._grade(record, turn)

    def _look_back(self) -> None:
        """What the candidate has to say of the grades of a question that is over."""
        if self.stage.session.started.plan.self_graded:
            self_grading.grade_question(self.stage)
        disputing.settle_remembered(self.stage)

    def _ask(self, question: Question) -> None:
        worded = self.speaker.lead(self.stage.session, question)
        by = {"lead": worded.text, "led_by": worded.by} if worded.text else {}
        self._wait_for_the_reader()
        self.stage.append(Asked, question=question.as_asked(), **by)
        if worded.text:
            self.stage.say(("note", worded.text))
        self.stage.show()

    def _wait_for_the_reader(self) -> None:
        """Against the clock, feedback is read before the next question is there."""
        terminal = self.studio.terminal
        if self.stage.session.started.plan.timed and terminal.live and self.listened:
            reply = terminal.ready(NEXT)
            if reply.kind != "text":
                obey(self.stage, reply, None, 0.0)

    def _put(self, step: steps.PutProbe) -> None:
        record, probe = step.record, step.probe
        if step.goes_on:
            number = record.question.id
            self.stage.append(
                Probed, question=number, criterion=probe.criterion, text=probe.text, goes_on=True
            )
            self.stage.show()
            return
        worded = self.speaker.follow_up(record, probe, self.stage.full(record.question))
        self.stage.append(
            Probed,
            question=record.question.id,
            criterion=probe.criterion,
            text=worded.text,
            worded_by=worded.by,
            written=written_for(worded, probe),
        )
        self.hearing.bring_help()
        self.stage.show()

    def _listen(self) -> None:
        """Take replies until the question under way has one."""
        spent, self.listened = self.stage.current.turns[-1].spent, True
        while True:
            with self._listening():
                reply = self.studio.terminal.ask(self.stage.status(spent))
            spent += reply.seconds
            name = replies.command(reply.text) if reply.kind == "text" else None
            if reply.kind == "text" and name is None:
                if self.hearing.take(reply.text, spent):
                    return
                continue
            if reply.kind == "timeout":
                self._out_of_time(reply.text, spent)
                return
            if obey(self.stage, reply, name, spent):
                return

    def _listening(self) -> AbstractContextManager[None]:
        late = self.studio.late_judge
        return nullcontext() if late is None else late.listening()

    def _out_of_time(self, text: str, seconds: float) -> None:
        number = self.stage.current.question.id
        self.stage.say(("warning", "Time is up."))
        if text.strip():
            self.stage.append(Answered, question=number, text=text, seconds=seconds)
        else:
            self.stage.append(Skipped, question=number, reason="timeout", seconds=seconds)
            self.stage.pass_on("On to the next one.")

    def _grade(self, record: Record, turn: Turn) -> None:
        assert isinstance(turn.reply, Answered)
        begun = self.studio.clock.monotonic()
        question = self.stage.full(record.question)
        request = tails.request(question, record, turn)
        late, spare = self.studio.late_judge, self.studio.spare_grader
        # A judge is not asked about what is put elsewhere in the meantime.
        ahead = spare().grade(request) if late and spare and self._earlier(turn.reply) else None
        if ahead is not None and self._moved_back(record, turn.reply, request, ahead):
            return
        grade, by = self._graded(request, turn.reply.seq)
        if ahead is None and self._moved_back(record, turn.reply, request, grade):
            return
        self.stage.append(
            Graded,
            question=record.question.id,
            answer=turn.reply.seq,
            grade=grade,
            grader=by,
            seconds=max(0.0, self.studio.clock.monotonic() - begun),
        )
        self.stage.say(*self.stage.fallback_lines(grade))
        plan = self.stage.session.started.plan
        if plan.self_graded:
            self_grading.acknowledge(self.stage)
        elif turn.added:
            self.stage.take_in(record.question.id)
        elif not plan.silent:
            self.stage.react()

    def _earlier(self, answer: Answered) -> Sequence[Record]:
        """The questions before the open one to which the answer may belong."""
        # Its patterns take longer to compile than a first question should wait.
        from interviewer.interview.talk import belonging  # noqa: PLC0415

        # A file goes on with its next answer, so that what is open may not be put again.
        session = self.stage.session
        barred = not self.studio.terminal.live or taking_in.why_closed(session.started.plan)
        return [] if barred or answer.added else belonging.left_open(session)

    def _moved_back(
        self,
        record: Record,
        answer: Answered,
        request: GradeRequest,
        here: AnswerGrade,
    ) -> bool:
        """Whether the answer was meant for a question before the open one, with which it is put then.

        here: its grade on the open one.
        """
        from interviewer.interview.talk import belonging  # noqa: PLC0415

        if not belonging.earns_nothing(here):
            return False
        grader, text = (self.studio.spare_grader or self.studio.grader)(), request.answer
        for before in self._earlier(answer):
            question = self.stage.full(before.question)
            there = grader.grade(GradeRequest(question, text, question.prompt))
            if belonging.belongs(text, record, here, before, there):
                self.stage.append(Undone, question=record.question.id, answer=answer.seq)
                said: dict[str, Any] = {"text": answer.text, "seconds": answer.seconds}
                self.stage.append(Answered, question=question.id, added=True, **said)
                return True
        return False

    def _graded(self, request: GradeRequest, answer: int) -> tuple[AnswerGrade, GraderIdentity]:
        """The grade. Ctrl-C stops a grader that takes its time; the spare one then grades. Where
        there is none, or it is stopped too, the session pauses with the answer on record."""
        spare, late = self.studio.spare_grader, self.studio.late_judge
        if late is not None:
            try:
                return amending.grade_for_now(self.stage, late, answer, request)
            except KeyboardInterrupt:
                pause(self.stage, "interrupt")
        try:
            with self.studio.terminal.busy(amending.GRADING if spare else ""):
                grader = self.studio.grader()
                return grader.grade(request), grader.identity
        except KeyboardInterrupt:
            if spare is None:
                pause(self.stage, "interrupt")
        self.stage.say(("warning", "Stopped waiting for the judge: this one is graded offline."))
        try:
            other = spare()
            return other.grade(request), other.identity
        except KeyboardInterrupt:
            pause(self.stage, "interrupt")
