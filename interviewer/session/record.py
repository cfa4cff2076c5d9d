"""What happened in a session, as values: turns, records, the session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from interviewer.bank.questions import FURTHER, Question
from interviewer.grading import scoring
from interviewer.grading.grades import AnswerGrade, GraderIdentity
from interviewer.grading.scoring import Together
from interviewer.session.events import (
    Amended,
    Answered,
    AnswerPace,
    Appealed,
    Clarified,
    Closed,
    Graded,
    Hinted,
    Probed,
    Referred,
    Remarked,
    Rerun,
    Settled,
    Skipped,
    Started,
)

T = TypeVar("T")

_WORKED_OUT = ("merged", "together")
"""What a record works out once and keeps beside its fields."""


def altered(value: T, **changes: Any) -> T:
    """What `dataclasses.replace` gives for a turn, a record or a session, in a third of the time.

    A session is made by some hundred of these, a history by hundreds of thousands.
    """
    made = object.__new__(type(value))
    held = made.__dict__
    held.update(value.__dict__)
    held.update(changes)
    fields = type(value).__dataclass_fields__  # type: ignore[attr-defined]
    if len(held) > len(fields):
        for name in _WORKED_OUT:
            held.pop(name, None)
        if len(held) > len(fields):
            raise TypeError(f"no fields: {', '.join(held.keys() - fields.keys())}")
    return made


class BrokenLog(ValueError):
    """An event that cannot follow the ones before it. `seq` is its sequence number."""

    def __init__(self, seq: int, why: str):
        super().__init__(why)
        self.seq = seq


@dataclass(frozen=True)
class Turn:
    """One thing the candidate was asked and what came back.

    probe is None for the question itself, and for what was added to it later. reply is None while
    nothing came back. asides: what the candidate said before that and was no answer. taken_back: this
    turn as it was before its answer was taken back, what fell away with it, and what was added after it
    and taken back, oldest first. referred: to the judge, which was not waited for. before: the grade that
    an amended one replaced.
    """

    probe: Probed | None
    reply: Answered | Skipped | None = None
    graded: Graded | Amended | None = None
    asides: tuple[Clarified | Remarked, ...] = ()
    taken_back: tuple[Turn, ...] = ()
    referred: Referred | None = None
    before: Graded | Amended | None = None

    @property
    def spent(self) -> float:
        """Seconds that went into an answer which was taken back."""
        own = (t.reply.seconds for t in self.taken_back if t.reply and t.probe == self.probe)
        return max(own, default=0.0)

    @property
    def goes_on(self) -> bool:
        """Whether the question only goes on in it: the rest of an unfinished answer is asked for, or the
        question is put again."""
        return self.probe is not None and self.probe.goes_on

    @property
    def helped(self) -> bool:
        """Whether a hint or an easier way in was asked for in it."""
        return any(
            aside.event == "remarked" and aside.kind in ("dont-know", "hint")
            for aside in self.asides
        )

    @property
    def judged_before(self) -> bool:
        """Whether what was made of an answer that was taken back in it, or after it, was heard."""
        return any(gone.graded is not None for gone in self.taken_back)

    @property
    def added(self) -> bool:
        """Whether its answer was given while a later question was under way."""
        return isinstance(self.reply, Answered) and self.reply.added

    @property
    def awaits_grade(self) -> bool:
        """Whether an answer is on record without a grade."""
        return isinstance(self.reply, Answered) and self.graded is None

    @property
    def awaits_judge(self) -> bool:
        """Whether the judge has yet to say what it makes of an answer that is graded for now."""
        if self.referred is None or not isinstance(self.graded, Graded):
            return False
        return self.graded.grader != self.referred.grader


@dataclass(frozen=True)
class Record:
    """All that happened on one question.

    prompted: whether a hint, an easier way in or, where an answer was taken back, what was made of it
    was shown before the first answer. lead: what a language model, `led_by`, said on the way to it; ""
    for nothing.
    """

    question: Question
    turns: tuple[Turn, ...] = (Turn(probe=None),)
    hints: tuple[Hinted, ...] = ()
    prompted: bool = False
    appeals: tuple[Appealed, ...] = ()
    settled: tuple[Settled, ...] = ()
    lead: str = ""
    led_by: str = ""

    @property
    def further(self) -> bool:
        """Whether this is a deeper question, outside tiers, aims and counts."""
        return self.question.id > FURTHER

    def asked(self, turn: Turn) -> str:
        """The words that were put in that turn: its probe, or the question."""
        return turn.probe.text if turn.probe else self.question.prompt

    def replied_to(self, turn: Turn) -> str:
        """The words that its answer is graded as a reply to: who goes on replies to what was asked before."""
        at = self.turns.index(turn)
        before = (other for other in reversed(self.turns[: at + 1]) if not other.goes_on)
        return self.asked(next(before, self.first))

    @property
    def followed_up(self) -> tuple[Turn, ...]:
        """Its turns with a follow-up; what only goes on with the question is none."""
        return tuple(turn for turn in self.turns if turn.probe is not None and not turn.goes_on)

    @property
    def unaided(self) -> tuple[Turn, ...]:
        """Its turns that came before any help: the first one, and each further one that only went on with the
        question or was added, while no follow-up, hint or easier way in was put."""
        if self.prompted or self.hints:
            return self.turns[:1]
        until = next(
            (
                at
                for at, turn in enumerate(self.turns)
                if at and (self._leads(turn) or self.turns[at - 1].judged_before)
            ),
            len(self.turns),
        )
        return self.turns[:until]

    @staticmethod
    def _leads(turn: Turn) -> bool:
        """Whether a turn brought help, or was answered anew after what was made of the answer before."""
        followed_up = turn.probe is not None and not turn.goes_on
        return followed_up or turn.helped or turn.judged_before

    @property
    def put(self) -> tuple[str, ...]:
        """The follow-ups and the hints on it, in the words in which they were put."""
        probes = (turn.probe.text for turn in self.turns if turn.probe is not None)
        return (*probes, *(hint.text for hint in self.hints))

    @property
    def shown(self) -> frozenset[str]:
        """The texts that are used up on it: what was put, the written probes which that stands for, and
        the replies to talk, each also without the opening that ends in its first colon."""
        written = (turn.probe.written for turn in self.turns if turn.probe is not None)
        replies = [aside.reply for turn in self.turns for aside in turn.asides]
        texts = (*self.put, *written, *replies, *(reply.partition(": ")[2] for reply in replies))
        return frozenset(text for text in texts if text)

    @property
    def first(self) -> Turn:
        """The turn of the question itself."""
        return self.turns[0]

    def turn_of(self, answer: int) -> Turn | None:
        """The turn whose answer has that event number."""
        return next(
            (t for t in self.turns if isinstance(t.reply, Answered) and t.reply.seq == answer),
            None,
        )

    @property
    def grades(self) -> tuple[AnswerGrade, ...]:
        """The grades of its answers, oldest first."""
        return tuple(t.graded.grade for t in self.turns if t.graded)

    @property
    def replied(self) -> bool:
        """Whether the question itself was answered or passed on."""
        return self.first.reply is not None

    @property
    def cold_grade(self) -> AnswerGrade | None:
        """The grade of what was said without help, all of it together; None while the first answer has none.
        Of a prompted question it is that of the first answer."""
        first = self.first.graded
        if first is None:
            return None
        grades = [turn.graded.grade for turn in self.unaided if turn.graded]
        return first.grade if len(grades) == 1 else scoring.merge(self.question, grades)

    @property
    def cold(self) -> float | None:
        """The score without help: 0 where it is prompted or passed on, None while there is no grade."""
        if isinstance(self.first.reply, Skipped):
            return 0.0
        grade = self.cold_grade
        if grade is None or grade.score is None:
            return None
        return 0.0 if self.prompted else grade.score

    @property
    def final(self) -> float | None:
        """The score with the help of probes and hints."""
        if self.together is not None:
            return self.together.score
        return 0.0 if isinstance(self.first.reply, Skipped) else None

    @cached_property
    def together(self) -> Together | None:
        """What all its answers come to together; None without a grade."""
        return scoring.together(self.question, self.grades)

    @cached_property
    def merged(self) -> AnswerGrade | None:
        """The grade of all its answers together."""
        return scoring.merge(self.question, self.grades)

    @property
    def seconds(self) -> float:
        """Time spent answering."""
        return sum(t.reply.seconds for t in self.turns if t.reply)


@dataclass(frozen=True)
class Session:
    """The state after some events.

    reruns: the grades of later runs, those superseded by another try included. run_heads: how those
    runs began. pace: which clock a timed question gets from here on.
    """

    started: Started
    records: tuple[Record, ...] = ()
    grader: GraderIdentity | None = None
    closed: Closed | None = None
    paused: bool = False
    last_seq: int = 0
    last_at: datetime | None = None
    reruns: tuple[Graded, ...] = ()
    run_heads: tuple[Rerun, ...] = ()
    pace: AnswerPace = "spoken"

    def record(self, question_id: int) -> Record | None:
        """What happened on that question, if it was asked."""
        return next((r for r in self.records if r.question.id == question_id), None)

    @property
    def planned(self) -> tuple[Record, ...]:
        """The records of the questions of its plan; deeper questions are none of it."""
        return tuple(r for r in self.records if not r.further)

    @property
    def current(self) -> Record | None:
        """The question asked last."""
        return self.records[-1] if self.records else None

    @property
    def cold_count(self) -> int:
        """Questions answered cold so far."""
        return sum(1 for r in self.planned if scoring.passed(r.cold))


def turns_of(session: Session) -> Sequence[tuple[Record, Turn]]:
    """Every turn with its record, in the order they happened."""
    return [(record, turn) for record in session.records for turn in record.turns]


def awaiting_judge(session: Session) -> list[tuple[Record, Turn]]:
    """The turns whose grade is to be amended, oldest first."""
    return [(record, turn) for record, turn in turns_of(session) if turn.awaits_judge]


def highest_run(session: Session) -> int:
    """The number of the latest grade run; 0, the session's own, if there is no other."""
    heads = (event.run for event in session.run_heads)
    return max((*heads, *(event.run for event in session.reruns)), default=0)
