"""Where an interview stands: the session, its log, and what the candidate sees of it."""

from __future__ import annotations

from typing import Any, TypeVar

from interviewer.bank.questions import Question
from interviewer.common.text import plural
from interviewer.grading.grades import AnswerGrade
from interviewer.interview.studio import Studio
from interviewer.interview.talk import putting
from interviewer.interview.telling import courtesies, feedback, reactions
from interviewer.interview.telling.feedback import Line
from interviewer.interview.terminal import Status
from interviewer.session.appending import OpenSession
from interviewer.session.events import CLOCKS, AnswerPace, Event, Resumed
from interviewer.session.record import Record, Session

_E = TypeVar("_E", bound=Event)

_CLOCK_WORDS: dict[AnswerPace, str] = {
    "spoken": "The clock is that of a spoken answer; --pace typed gives three times as long.",
    "typed": "The clock is for typing: three times that of a spoken answer.",
}


class Stage:
    """A session under way. `session` is always what the log holds."""

    def __init__(self, studio: Studio, session: Session):
        self.studio = studio
        self._held = OpenSession(studio.log, session, studio.clock)
        self._told_of_fallback = False
        self._begun = studio.clock.monotonic()

    @property
    def session(self) -> Session:
        """The session so far."""
        return self._held.session

    def append(self, kind: type[_E], /, **fields: Any) -> _E:
        """One more event: checked, on disk, then part of the session."""
        return self._held.append(kind, **fields)

    def say(self, *lines: Line) -> None:
        """Show paragraphs."""
        for tone, text in lines:
            self.studio.terminal.say(text, tone)

    def welcome(self) -> None:
        """The first words, or those after a pause."""
        plan, asked = self.session.started.plan, len(self.session.planned)
        if self.session.last_seq > 0:
            self.append(Resumed, grader=self.studio.identity, pace=self.studio.pace)
            self.say(
                (
                    "title",
                    f"Welcome back. {plural(asked, 'question')} of {plan.count} asked so far.",
                ),
                *self._clock(),
            )
            return
        rules = []
        if plan.cold:
            rules.append("no follow-ups and no hints")
        if plan.timed:
            rules.append("against the clock")
        if plan.silent:
            rules.append("feedback at the end")
        if plan.self_graded:
            rules.append("you grade yourself")
        how = f" ({', '.join(rules)})" if rules else ""
        self.say(
            ("title", f"{self.session.started.bank.title}: {plural(plan.count, 'question')}{how}."),
            ("note", courtesies.greeting(self.session)),
            (
                "note",
                "Answer as you would aloud. Enter submits, Alt-Enter makes a new line, /help.",
            ),
            *self._clock(),
        )

    def announce_debrief(self) -> None:
        """Say that no question is left."""
        self.say(("note", courtesies.ending(self.session)))

    def _clock(self) -> list[Line]:
        """Which clock runs, for whoever sees it run."""
        if not (self.session.started.plan.timed and self.studio.terminal.live):
            return []
        return [("note", _CLOCK_WORDS[self.session.pace])]

    def show(self) -> None:
        """What is asked now."""
        turn = self.current.turns[-1]
        if turn.probe is not None:
            self.say(("probe", turn.probe.text))
        else:
            self.say(*putting.put(self.session))

    def show_again(self) -> None:
        """Where the candidate is: the question, what was said to it so far, and what is open."""
        self.say(*putting.put_again(self.session))

    @property
    def current(self) -> Record:
        """The question under way."""
        record = self.session.current
        assert record is not None, "a step on a question needs one"
        return record

    @property
    def asked(self) -> str:
        """The words put to the candidate last."""
        return self.current.asked(self.current.turns[-1])

    def full(self, question: Question) -> Question:
        """The question with its exemplars, unless the bank has changed since it was asked."""
        same = self.session.started.bank.digest == self.studio.bank.digest
        if not same or question.id not in self.studio.bank:
            return question
        return self.studio.bank.question(question.id)

    @property
    def _allowed(self) -> float:
        """The seconds that the clock gives to the question, and to each follow-up."""
        return self.current.question.seconds * CLOCKS[self.session.pace]

    def status(self, spent: float) -> Status:
        """What the toolbar shows. spent: seconds on this question so far."""
        record, plan = self.current, self.session.started.plan
        titles = {s.id: s.title for s in self.session.started.bank.sections}
        return Status(
            number=len(self.session.planned),
            total=plan.count,
            question=record.question.id,
            further=record.further,
            section=titles.get(record.question.section, record.question.section),
            elapsed=self.studio.clock.monotonic() - self._begun,
            cold=None if plan.silent or plan.self_graded else self.session.cold_count,
            limit=max(1, round(self._allowed - spent)) if plan.timed else None,
            probe=record.turns[-1].probe is not None,
        )

    def fallback_lines(self, grade: AnswerGrade) -> list[Line]:
        """Says once what the notes of every grade say where the offline grader stepped in."""
        note = next((n for n in grade.notes if feedback.GRADED_OFFLINE in n), None)
        if note is None or self._told_of_fallback:
            return []
        self._told_of_fallback = True
        return [("warning", f"{note} The transcript says so wherever it happens.")]

    def react(self) -> None:
        """Say what follows a grade."""
        # Its patterns take longer to compile than a first question should wait.
        from interviewer.interview.talk import own_answer  # noqa: PLC0415

        self.say(*own_answer.reaction(self.session, self.current))

    def take_in(self, question: int) -> None:
        """Say what follows the grade of what was added to that earlier question."""
        record = self.session.record(question)
        assert record is not None, "an addition belongs to a question that was asked"
        # Its patterns take longer to compile than a first question should wait.
        from interviewer.interview.talk import belonging  # noqa: PLC0415

        self.say(*belonging.put_there(self.session, record))

    def pass_on(self, words: str) -> None:
        """Say what follows a question, or a probe, that was not answered."""
        record = self.current
        if self.session.started.plan.self_graded and record.grades:
            self.say(("note", words))  # the candidate grades it before a full answer is shown
            return
        self.say(*reactions.passed_on(self.session, record, words))
