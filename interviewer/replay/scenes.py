"""A session as scenes: what was seen, event by event, with every grade shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from interviewer.bank.questions import question_name
from interviewer.common.text import Tone
from interviewer.grading.answer_bound import note_on, read_part
from interviewer.grading.grades import AnswerGrade
from interviewer.interview.talk import belonging, own_answer, putting
from interviewer.interview.telling import summary
from interviewer.interview.telling.feedback import Line
from interviewer.interview.telling.second_thoughts import second_thoughts
from interviewer.report.report_data import run_report
from interviewer.report.verdict_text import (
    Part,
    appeal_line,
    marked,
    run_line,
    settled_line,
    verdict_lines,
)
from interviewer.session import fold, runs
from interviewer.session.events import (
    Amended,
    Answered,
    Appealed,
    Asked,
    Clarified,
    Closed,
    Event,
    Graded,
    Hinted,
    Paused,
    Probed,
    Referred,
    Remarked,
    Rerun,
    Resumed,
    Settled,
    Skipped,
    Started,
    Undone,
)
from interviewer.session.record import Session, Turn, turns_of


@dataclass(frozen=True)
class Shown:
    """A paragraph in parts."""

    tone: Tone
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Scene:
    """What one event showed.

    gap: seconds of the interview since the event before; none pass while it is paused or over.
    question: the number of the question it belongs to.
    """

    gap: float
    lines: tuple[Shown, ...]
    question: int | None = None


def scenes(events: Sequence[Event], run: int = runs.OWN) -> list[Scene]:
    """The scenes of a session in order, the closing counts included.

    run: whose grades are shown in place; what the interviewer said then is left out for another
    run than the session's own. Raises BrokenLog as the fold does.
    """
    whole = fold.fold(events)
    graded = runs.run_of(whole, run)
    if graded is None:
        raise ValueError(f"there is no grade run {run}")
    stage = _Director(whole, graded)
    out: list[Scene] = []
    session: Session | None = None
    for event in events:
        last = session.last_at if session else None
        session = fold.begin(event) if session is None else fold.apply(session, event)
        gap = 0.0
        if last and not _outside(event):
            gap = max(0.0, (event.at - last).total_seconds())
        lines = tuple(stage.lines(session, event))
        if lines:
            out.append(Scene(gap, lines, _number(event)))
        if isinstance(event, Closed):
            out.append(stage.closing())
    if whole.closed is None:
        out.append(stage.closing())
    return out


def _outside(event: Event) -> bool:
    """Whether the time before the event was not spent in the interview."""
    if isinstance(event, Graded):
        return event.run != runs.OWN
    return isinstance(event, Resumed | Appealed | Settled | Rerun)


def _number(event: Event) -> int | None:
    if isinstance(event, Asked):
        return event.question.id
    number = getattr(event, "question", None)
    return number if isinstance(number, int) else None


class _Director:
    """Turns events into paragraphs, knowing how the session went on."""

    def __init__(self, whole: Session, run: runs.Run):
        self._whole = whole
        self._run = run
        self._grades = {
            turn.reply.seq: (record, turn.graded)
            for record, shown in turns_of(run.session)
            for turn in (shown, *self._gone(shown))
            if isinstance(turn.reply, Answered) and turn.graded is not None
        }

    def _gone(self, turn: Turn) -> tuple[Turn, ...]:
        """What was taken back of it, as the session's own grader saw it."""
        return turn.taken_back if self._run.number == runs.OWN else ()

    def closing(self) -> Scene:
        lines = [*summary.closing_lines(self._run.session)]
        if self._run.number != runs.OWN:
            lines.insert(1, ("note", f"As graded in run {self._run.number} by {self._run.name}."))
        return Scene(0.0, tuple(_plain(line) for line in lines))

    def lines(self, session: Session, event: Event) -> Iterator[Shown]:
        if isinstance(event, Answered):
            yield self._answer(event)
            if self._run.number != runs.OWN:
                yield from map(_plain, self._graded(event))
        elif isinstance(event, Graded) and event.run == runs.OWN == self._run.number:
            yield from map(_plain, _said(session, event))
            yield from map(_plain, self._verdicts(event.answer, event.grade))
        elif isinstance(event, Referred | Amended):
            if self._run.number == runs.OWN and isinstance(event, Amended):
                yield from map(_plain, self._amended(session, event))
        else:
            yield from map(_plain, self._others(session, event))

    def _answer(self, event: Answered) -> Shown:
        record, graded = self._grades.get(event.seq, (None, None))
        text = read_part(event.text)
        if record is not None and graded is not None:
            parts = marked(record.question, text, graded.grade)
        else:
            parts = (Part(text),)
        cut = f"… ({len(event.text):,} characters in all)" if note_on(event.text) else ""
        return Shown("plain", (Part("› "), *parts, *([Part(cut)] if cut else [])))

    def _graded(self, event: Answered) -> list[Line]:
        if event.seq not in self._grades:
            return [("warning", f"Run {self._run.number} has not graded this answer.")]
        graded = self._grades[event.seq][1]
        assert graded is not None
        return self._verdicts(event.seq, graded.grade)

    def _amended(self, session: Session, event: Amended) -> list[Line]:
        words = second_thoughts(session, event.answer) if event.came else ""
        said: list[Line] = [("note", words)] if words else []
        about = question_name(event.question).casefold()
        head = f"The judge's grade of {about} came:" if event.came else f"No judge graded {about}:"
        return [*said, ("title", head), *self._verdicts(event.answer, event.grade)]

    def _verdicts(self, answer: int, grade: AnswerGrade) -> list[Line]:
        record, _ = self._grades[answer]
        lines = verdict_lines(record, grade)
        if any(appeal.answer == answer for appeal in record.appeals):
            lines.append(("note", "This grade is appealed below."))
        return lines

    def _others(self, session: Session, event: Event) -> list[Line]:
        match event:
            case Started():
                sat = ", simulated" if event.simulated else ""
                when = f"{event.at:%Y-%m-%d %H:%M} UTC{sat}"
                return [("title", event.bank.title), ("note", when)]
            case Asked():
                lead: list[Line] = [("note", event.lead)] if event.lead else []
                return [*lead, *putting.put(session)]
            case Skipped():
                return [("plain", f"› {event.text}".rstrip()), ("note", f"({event.reason})")]
            case Clarified() | Remarked():
                reply: list[Line] = [("note", event.reply)] if event.reply else []
                return [("plain", f"› {event.said}"), *reply]
            case Probed():
                return [("probe", event.text)]
            case Hinted():
                return [("hint", event.text)]
            case Undone():
                where = "put with an earlier question" if self._is_moved(event) else "taken back"
                return [("note", f"(that answer was {where})")]
            case Paused():
                return [("note", "(paused)")]
            case Resumed():
                return [("note", "(resumed)")]
            case Closed():
                return [("note", "(closed)")]
        return self._afterwards(event)

    def _is_moved(self, event: Undone) -> bool:
        """Whether the next thing that happened was that an earlier question got that answer."""
        replies = (turn.reply for _, turn in turns_of(self._whole) if turn.added)
        return any(reply is not None and reply.seq == event.seq + 1 for reply in replies)

    def _afterwards(self, event: Event) -> list[Line]:
        match event:
            case Appealed():
                line = appeal_line(event.question, event, self._statements(event.question))
                return [("title", line), ("plain", event.reason)]
            case Settled():
                line = settled_line(event.question, event, self._statements(event.question))
                return [("title", line)]
            case Rerun():
                return self._rerun(event.run)
            case Graded() if event.run > 0 and not self._has_head(event.run):
                first = next(e for e in self._whole.reruns if e.run == event.run)
                return self._rerun(event.run) if first is event else []
        return []

    def _statements(self, question: int) -> dict[str, str]:
        record = self._whole.record(question)
        return record.question.statements if record else {}

    def _has_head(self, run: int) -> bool:
        return any(head.run == run for head in self._whole.run_heads)

    def _rerun(self, number: int) -> list[Line]:
        run = runs.run_of(self._whole, number)
        assert run is not None
        return [
            ("title", run_line(run_report(self._whole, run))),
            ("note", f"By {run.name}; bank {run.bank}."),
        ]


def _said(session: Session, event: Graded) -> list[Line]:
    record = session.record(event.question)
    assert record is not None
    if session.started.plan.self_graded:
        return []
    if (turn := record.turn_of(event.answer)) is not None and turn.added:
        return belonging.put_there(session, record)
    return own_answer.reaction(session, record)


def _plain(line: Line) -> Shown:
    tone, text = line
    return Shown(tone, (Part(text),))
