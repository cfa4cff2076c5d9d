"""Small values and a tiny bank that many tests share."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from interviewer.answer_text.quotes import Evidence
from interviewer.bank.questions import (
    Bank,
    Criterion,
    Misconception,
    Probe,
    Question,
    Section,
    Tier,
)
from interviewer.grading import scoring
from interviewer.grading.grades import AnswerGrade, GraderIdentity, Outcome, Ungraded, Verdict
from interviewer.session.events import (
    Answered,
    Asked,
    BankInfo,
    Event,
    Graded,
    Hinted,
    Plan,
    Probed,
    Skipped,
    Started,
)
from interviewer.session.fold import apply, begin
from interviewer.session.log_file import read_log
from interviewer.session.record import Session

WHEN = datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)
GRADER = GraderIdentity(spec="scripted", version="1")
ROOT = Path(__file__).resolve().parent.parent
"""The checkout."""

PYTHON = sys.executable
BLUE = "Air scatters short wavelengths such as blue far more than long ones such as red."
ICE = "Frozen water expands into an open lattice, so it is less dense than the liquid."
"""Full answers to questions 1 and 2 of the tiny bank."""

SKY = Question(
    id=4,
    section="A",
    prompt="Why is the daytime sky blue?",
    kind="why",
    references=("Air scatters blue light more than red light.",),
    criteria=(
        Criterion(id="scatter", statement="Air scatters sunlight.", weight=3),
        Criterion(id="short", statement="Short waves are scattered more.", weight=1),
    ),
    misconceptions=(Misconception(id="ocean", statement="It mirrors the sea.", cost=0.5),),
)
"""What judges are asked about: one of its criteria weighs three times the other."""


def question(
    number: int = 1,
    *,
    weights: Mapping[str, float] | None = None,
    probes: Sequence[str | tuple[str, str]] | None = None,
    misconceptions: Sequence[tuple[str, float]] = (),
    **fields: Any,
) -> Question:
    """A question; `weights` maps criterion ids to weights, `probes` names (criterion, text)."""
    weights = {"big": 3.0, "small": 1.0} if weights is None else weights
    if probes is None:
        probes = list(weights)
    pairs = [p if isinstance(p, tuple) else (p, f"Lead to {p}?") for p in probes]
    return Question(
        **{
            "id": number,
            "section": "A",
            "prompt": f"Prompt number {number}?",
            "kind": "why",
            "references": (f"Reference number {number}.",),
            "criteria": tuple(
                Criterion(id=i, statement=f"The {i} statement of {number}.", weight=w)
                for i, w in weights.items()
            ),
            "misconceptions": tuple(
                Misconception(id=i, statement=f"The {i} error.", cost=cost)
                for i, cost in misconceptions
            ),
            "probes": tuple(Probe(criterion=c, text=t) for c, t in pairs),
            **fields,
        }
    )


def bank(questions: Iterable[Question], tiers: Iterable[Sequence[int]] = (), **fields: Any) -> Bank:
    """A bank of those questions; each of `tiers` is a band of their numbers."""
    items = tuple(questions)
    sections = dict.fromkeys(q.section for q in items)
    return Bank(
        **{
            "id": "small",
            "version": "1",
            "title": "A small bank",
            "sections": tuple(Section(id=s, title=f"Part {s}") for s in sections),
            "questions": items,
            "tiers": tuple(
                Tier(questions=tuple(band), name=f"Tier {i}", failing=f"Tier {i} is not held.")
                for i, band in enumerate(tiers, start=1)
            ),
            **fields,
        }
    )


def info(of: Bank) -> BankInfo:
    """What a transcript keeps of a bank."""
    return BankInfo(
        id=of.id,
        version=of.version,
        digest=of.digest,
        title=of.title,
        sections=of.sections,
        tiers=of.tiers,
        aims=of.aims,
        section_of={q.id: q.section for q in of.questions},
        after={q.id: q.after for q in of.questions if q.after},
    )


def grade(
    asked: Question,
    levels: Mapping[str, str | float] | None = None,
    *,
    passing: float | None = None,
) -> AnswerGrade:
    """A grade by claim id: a level, a credit, or a cause for an ungraded one; others are unmet."""
    chosen = dict(levels or {})

    def outcome(claim: str) -> Outcome:
        value = chosen.get(claim, "unmet")
        if isinstance(value, str) and value not in scoring.LEVEL_CREDIT:
            return Ungraded(criterion=claim, cause=value)  # type: ignore[arg-type]
        credit = scoring.LEVEL_CREDIT[value] if isinstance(value, str) else value
        level = "met" if credit == 1 else "unmet" if credit == 0 else "partial"
        return Verdict(criterion=claim, level=level, credit=credit, confidence=0.9)

    verdicts = tuple(outcome(c.id) for c in asked.criteria)
    wrong = tuple(outcome(m.id) for m in asked.misconceptions)
    value = scoring.score(asked, verdicts, wrong)
    return AnswerGrade(
        question=asked.id,
        verdicts=verdicts,
        misconceptions=wrong,
        score=value,
        passing=passing,
    )


def quoting(
    asked: Question, text: str, *, confidence: float = 0.9, **spans: tuple[str, str]
) -> AnswerGrade:
    """A grade by claim id: a level and the words of `text` that it rests on; others are unmet."""

    def outcome(claim: str) -> Verdict:
        level, words = spans.get(claim, ("unmet", ""))
        at = text.index(words)
        return Verdict(
            criterion=claim,
            level=level,  # type: ignore[arg-type]
            credit=scoring.LEVEL_CREDIT[level],  # type: ignore[index]
            confidence=confidence,
            evidence=Evidence(start=at, end=at + len(words)) if words else None,
        )

    verdicts = tuple(outcome(c.id) for c in asked.criteria)
    wrong = tuple(outcome(m.id) for m in asked.misconceptions)
    value = scoring.score(asked, verdicts, wrong)
    return AnswerGrade(question=asked.id, verdicts=verdicts, misconceptions=wrong, score=value)


class Story:
    """A session told event by event; numbers and moments are filled in."""

    def __init__(self, of: Bank, **plan: Any):
        numbers = tuple(q.id for q in of.questions)
        self.bank = of
        fields = {"questions": numbers, "count": len(numbers), **plan}
        started = Started(
            seq=0,
            at=WHEN,
            session="s",
            program="test",
            bank=info(of),
            plan=Plan(**fields),
            grader=GRADER,
        )
        self.events: list[Event] = [started]
        self.session: Session = begin(started)

    def add(self, kind: type[Any], /, **fields: Any) -> Story:
        """One more event of any kind."""
        event = kind(**{"seq": len(self.events), "at": WHEN, **fields})
        self.session = apply(self.session, event)
        self.events.append(event)
        return self

    def ask(self, number: int) -> Story:
        """Put a question."""
        return self.add(Asked, question=self.bank.question(number))

    def _now(self) -> int:
        assert self.session.current is not None
        return self.session.current.question.id

    def answer(self, text: str = "an answer", **fields: Any) -> Story:
        """Answer what is open."""
        return self.add(Answered, question=self._now(), text=text, **fields)

    def graded(self, levels: Mapping[str, str | float] | None = None, **fields: Any) -> Story:
        """Grade the answer just given."""
        asked = self.bank.question(self._now())
        assert self.session.current is not None
        reply = self.session.current.turns[-1].reply
        return self.add(
            Graded,
            question=asked.id,
            answer=reply.seq if reply else 0,
            grade=grade(asked, levels, **fields),
            grader=GRADER,
        )

    def probe(self, criterion: str, text: str | None = None) -> Story:
        """Follow up."""
        return self.add(
            Probed,
            question=self._now(),
            criterion=criterion,
            text=text or f"Lead to {criterion}?",
        )

    def hint(self, criterion: str) -> Story:
        """Show a hint."""
        return self.add(
            Hinted, question=self._now(), criterion=criterion, text=f"Lead to {criterion}?"
        )

    def skip(self, reason: str = "skip") -> Story:
        """Pass on what is open."""
        return self.add(Skipped, question=self._now(), reason=reason)

    def play(self, number: int, levels: Mapping[str, str | float] | None = None, **f: Any) -> Story:
        """Ask, answer and grade."""
        return self.ask(number).answer().graded(levels, **f)


def write_answers(path: Path, answers: Iterable[Mapping[str, Any]]) -> Path:
    """An --answers file of JSON lines."""
    path.write_text("".join(json.dumps(a) + "\n" for a in answers), "utf-8")
    return path


def asked(log: Path) -> list[int]:
    """The numbers of the questions that a log has asked."""
    return [e.question.id for e in read_log(log).events if isinstance(e, Asked)]


def said(log: Path) -> list[str]:
    """The answers in a log."""
    return [e.text for e in read_log(log).events if isinstance(e, Answered)]
