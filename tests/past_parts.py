"""Past sessions of a small bank, as summaries and as logs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from samples import Story, bank, question

from interviewer.bank.questions import Aim
from interviewer.history.summaries import (
    CriterionSummary,
    History,
    QuestionSummary,
    Texts,
    summary_of,
)
from interviewer.session.events import EVENT, Closed

DAY = timedelta(days=1)
BEGIN = datetime(2026, 3, 1, 9, tzinfo=UTC)
GRILL = bank(
    [question(1), question(2), question(3), question(4, section="B"), question(5, section="B")],
    tiers=[(1, 2, 3), (4, 5)],
    aims=(Aim(name="cold", questions=(1, 2, 3, 4, 5), target=4),),
)
"""Each question has the criteria big (weight 3) and small (weight 1)."""

MET = {"big": "met", "small": "met"}
BIG = {"big": "met"}
SMALL = {"small": "met"}
NONE: Mapping[str, str] = {}

Levels = Mapping[str, Any]


def told(plays: Sequence[tuple[int, Levels]], day: float = 0, name: str = "s") -> Story:
    """A session on that day of questions answered at those levels, ten seconds each."""
    story = Story(GRILL)
    at = BEGIN + day * DAY
    started = story.events[0].model_copy(update={"at": at, "session": name})
    story.events[0] = started
    for number, levels in plays:
        story.ask(number).answer(at=at, seconds=10.0).graded(levels)
    return story


def write_log(folder: Path, name: str, story: Story, *, close: bool = True) -> Path:
    """The story as a log."""
    folder.mkdir(parents=True, exist_ok=True)
    if close:
        story.add(Closed)
    path = folder / f"{name}.jsonl"
    path.write_bytes(b"".join(EVENT.dump_json(event) + b"\n" for event in story.events))
    return path


def history(*sessions: Sequence[tuple[int, Levels]]) -> History:
    """The history of those sessions, a day apart."""
    texts = Texts()
    found = [
        summary_of(refold(told(plays, day, f"s{day}")), f"{day}.jsonl", texts)
        for day, plays in enumerate(sessions)
    ]
    return History(tuple(found), (), texts.bodies)


def refold(story: Story) -> Any:
    """The session of a story whose events were changed."""
    from interviewer.session.fold import fold

    return fold(story.events)


def attempt(number: int, cold: float, day: float = 0, **fields: Any) -> QuestionSummary:
    """One graded attempt."""
    made = {
        "question": number,
        "text": "",
        "at": BEGIN + day * DAY,
        "cold": cold,
        "chance": cold,
        "final": cold,
        "seconds": 20.0,
        "spent": 20.0,
        "outcomes": (),
        **fields,
    }
    return QuestionSummary(**made)


def outcome(cold: Any, final: Any = None, *, confidence: float | None = 0.95) -> CriterionSummary:
    """What came of the criterion big."""
    return CriterionSummary("big", cold, None, confidence, final or cold)
