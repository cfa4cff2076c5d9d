"""Asking an unfinished answer to go on; pure."""

from __future__ import annotations

from interviewer.answer_text.unfinished import Unfinished, unfinished
from interviewer.bank.questions import Probe
from interviewer.grading import scoring
from interviewer.grading.grades import AnswerGrade
from interviewer.interview.asking import doubt, targets
from interviewer.session.events import Answered
from interviewer.session.record import Record, Session, Turn

GO_ON: dict[Unfinished, tuple[str, ...]] = {
    "more": (
        "Go on.",
        "Please go on.",
        "I am listening, go on.",
        "Yes? Go on.",
        "Take your time, and go on.",
    ),
    "second": ("And the second?", "What is the second?", "And the second one?"),
    "next": ("And then?", "And what comes next?", "What comes after that?"),
    "other": ("And the other one?", "What is the other one?", "And the other?"),
    "rest": ("And the others?", "Which are the others?", "And the rest of them?"),
}
"""What asks an unfinished answer to go on, by what it left to come."""
_ALL_GO_ON = frozenset(text for options in GO_ON.values() for text in options)


def request(session: Session, record: Record) -> Probe | None:
    """What asks an answer to go on that announces more and stops, once on a question; None for others.

    It is no help, and uses up no follow-up. An answer that surely lacks nothing needs no more.
    """
    turn = record.turns[-1]
    if any(asks_to_go_on(t) for t in record.turns) or not isinstance(turn.reply, Answered):
        return None
    if not session.started.plan.probes or record.question.quick_fire or turn.graded is None:
        return None
    merged = record.merged
    if merged is None or merged.score is None or _is_surely_whole(record, merged):
        return None
    left = unfinished(turn.reply.text)
    if left is None:
        return None
    about = next(iter(targets.open_criteria(record.question, merged)), record.question.criteria[0])
    options = GO_ON[left]
    return Probe(criterion=about.id, text=options[len(session.records) % len(options)])


def asks_to_go_on(turn: Turn) -> bool:
    """Whether a turn asked an unfinished answer to go on."""
    return turn.goes_on and turn.probe is not None and turn.probe.text in _ALL_GO_ON


def _is_surely_whole(record: Record, merged: AnswerGrade) -> bool:
    sure = all(v.confidence >= doubt.SURE_YES for v in merged.graded if v.level == "met")
    return sure and scoring.is_whole(record.question, merged)
