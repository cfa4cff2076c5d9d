"""A session that the candidate grades as well, question by question, as flash cards do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from interviewer.bank.questions import Criterion, question_name
from interviewer.common.text import one_line
from interviewer.grading.answer_bound import read_part
from interviewer.grading.grades import Level
from interviewer.interview.own_word.disputing import record_settled, view
from interviewer.interview.stage import Stage
from interviewer.interview.telling import feedback, reactions
from interviewer.session.graded_answers import GradedAnswer, graded_answers

KEYS: Mapping[str, str] = {"y": "I said it", "h": "half of it", "n": "I did not"}
CLAIMED: Mapping[str, str] = {"y": "I said that", "n": "I did not"}
_LEVELS: dict[str, Level] = {"y": "met", "h": "partial", "n": "unmet"}


def acknowledge(stage: Stage) -> None:
    """What follows a grade: nothing of it, so that the candidate grades without knowing it."""
    if stage.current.turns[-1].graded is not None:
        stage.say(reactions.received(stage.session))


def grade_question(stage: Stage) -> None:
    """Have the candidate grade the question that is over, unless that is done.

    The answer to the question itself is held to every criterion, the one to a follow-up to that
    which it led to, where it was not said before. Ctrl-C leaves what is left of the question.
    """
    record = stage.session.current
    if record is None or not stage.studio.terminal.live:
        return
    answers = [f for f in graded_answers(record) if f.settled is None]
    if not answers:
        return
    stage.say(("title", f"{question_name(record.question.id)}: how much of it did you say?"))
    stage.say(feedback.full_answer(record.question))
    said: set[str] = set()
    for found in answers:
        asked = _to_ask(found, said)
        if not asked and not found.asserted:
            continue
        levels, denied, goes_on = _graded(stage, found, asked)
        if levels or denied or goes_on:
            record_settled(stage, found, levels, denied)
        if not goes_on:
            return
        said |= {claim for claim, level in levels.items() if level == "met"}


def _to_ask(found: GradedAnswer, said: set[str]) -> list[Criterion]:
    probe = found.record.turns[found.turn].probe
    led = [c for c in found.record.question.criteria if probe is None or c.id == probe.criterion]
    return [criterion for criterion in led if criterion.id not in said]


def _graded(
    stage: Stage, found: GradedAnswer, asked: Sequence[Criterion]
) -> tuple[dict[str, Level], list[str], bool]:
    """The levels by criterion, the misconceptions that were not said, and whether to go on."""
    question, terminal = found.record.question, stage.studio.terminal
    numbers = question.labels
    stage.say(("plain", f"You said: {read_part(found.text)}"))
    levels: dict[str, Level] = {}
    for criterion in asked:
        stage.say(("plain", f"{numbers[criterion.id]}. {one_line(criterion.statement)}"))
        key = terminal.choose("Did you say it?", KEYS)
        if key is None:
            return levels, [], False
        levels[criterion.id] = _LEVELS[key]
        stage.say(("note", view(found, criterion.id)))
    denied: list[str] = []
    for wrong in question.misconceptions:
        if wrong.id not in found.asserted:
            continue
        statement = f"{numbers[wrong.id]}. A wrong claim: {one_line(wrong.statement)}"
        stage.say(("plain", statement), ("note", view(found, wrong.id)))
        key = terminal.choose("Did you say that?", CLAIMED)
        if key is None:
            return levels, denied, False
        denied += [wrong.id] if key == "n" else []
    return levels, denied, True
