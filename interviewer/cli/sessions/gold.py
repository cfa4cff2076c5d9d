"""`interviewer gold add`."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, get_args

import click
from pydantic import ValidationError

from interviewer.agreement.gold_answers import GoldAnswer, settled_gold
from interviewer.check import gold_append
from interviewer.check.gold_files import GOLD_NAME
from interviewer.cli import options
from interviewer.cli.outputs import refresh_markdown
from interviewer.cli.sessions.appeal import NAMED, session_argument, turn_option
from interviewer.cli.sessions.finding import find_session, reopen
from interviewer.cli.sessions.settle import settle
from interviewer.common import system
from interviewer.common.console import ask, make_console, show, show_line
from interviewer.common.text import one_line
from interviewer.errors import UsageError
from interviewer.grading.grades import Level
from interviewer.replay.replay_view import show_scene
from interviewer.replay.scenes import Scene, Shown
from interviewer.report import verdict_text
from interviewer.report.verdict_text import Part
from interviewer.session import graded_answers
from interviewer.session.appending import OpenSession
from interviewer.session.events import Appealed, Settled
from interviewer.session.graded_answers import GradedAnswer
from interviewer.session.record import Session

LEVELS: tuple[Level, ...] = get_args(Level)


@click.group()
def gold() -> None:
    """Gold answers: answers graded by people, which 'interviewer check --gold FILE' measures by."""


gold.add_command(settle)


@gold.command()
@session_argument
@click.argument("question", type=int)
@options.combined(
    click.option("--verdict", "verdicts", multiple=True, metavar="CRITERION=LEVEL",
                 help=f"met, partial or unmet; once for each criterion. {NAMED}"),
    *(click.option(f"--{level}", level, metavar="1,3", help=f"Criteria that are {level}.")
      for level in LEVELS),
    click.option("--misconception", "misconceptions", multiple=True, metavar="LETTER|ID",
                 help="A wrong claim that the answer makes; none if not given."),
    click.option("--score", type=options.Number(0, 1), help="By the verdicts if not given."),
    click.option("--passed/--failed", default=None, help="By the score if not given."),
    click.option("--kind", default="", help="What sort of answer it is, such as 'echo'."),
    click.option("--rater", required=True, metavar="NAME", help="Who settled it."),
    click.option("--accept-others", is_flag=True,
                 help="Take over what was settled before, or else what the grader said, of everything "
                      "that is not given."),
    turn_option,
    options.transcripts_option,
    click.option("--gold", "target", type=options.OutFile(),
                 default=Path(GOLD_NAME), show_default=True, help="The file to add it to."),
)  # fmt: skip
def add(
    file: Path, question: int, verdicts: tuple[str, ...], misconceptions: tuple[str, ...],
    score: float | None, passed: bool | None, kind: str, rater: str, accept_others: bool,
    turn: int | None, transcripts: Path, target: Path, **listed: str | None,
) -> None:  # fmt: skip
    """Make the answer to QUESTION in the session FILE a gold answer, as a person settled it. FILE may
    also be "latest" or a number in 'interviewer list'.

    Verdicts that are missing are asked for in a terminal. Without --turn it is the answer that was
    appealed or self-graded last, or the one to the question itself. The session keeps its own scores and says who
    settled the grade.
    """
    file = find_session(file, transcripts)
    given = [f"{claim}={level}" for level in LEVELS for claim in options.split_names(listed[level])]
    log, read = reopen(file)
    with log:
        session = read.session
        found = _find(session, question, turn, file)
        levels = _levels(found, (*verdicts, *given))
        wrong = _misconceptions(found, misconceptions)
        if accept_others:
            levels = {**_before(found), **levels}
            wrong = wrong or (found.settled.misconceptions if found.settled else found.asserted)
        if any(c.id not in levels for c in found.record.question.criteria):
            levels = _ask(found, levels, scored=score is not None)
        answer = _gold_answer(found, levels, wrong, rater, score=score, passed=passed, kind=kind)
        held = OpenSession(log, session, system.SystemClock())
        event = _settled(held, found, answer)
        there = gold_append.append_gold(target, answer)
        if there is None or not _on_record(found, event):
            held.keep(event)
    console = make_console()
    show_line(console, f"{verdict_text.settled_line(event.question, event)}.")
    head = "Added to" if there is None else "Already in"
    show_line(console, f"{head} {target} as {there or answer.id}.", "path")
    show_line(console, f"'interviewer check --gold {target}' measures graders by it.", "path")
    refresh_markdown(held.session, log.path)


def _on_record(found: GradedAnswer, event: Settled) -> bool:
    """Whether the session says so already."""
    last = found.settled
    return (
        last is not None
        and last.gold == event.gold
        and (last.levels, last.misconceptions) == (event.levels, event.misconceptions)
        and (last.score, last.passed) == (event.score, event.passed)
    )


def _find(session: Session, question: int, turn: int | None, file: Path) -> GradedAnswer:
    if turn is None:
        turn = _appealed(session, question)
    try:
        return graded_answers.answer_of(session, question, turn)
    except LookupError as error:
        raise UsageError(
            str(error.args[0]), hint=f"'interviewer replay {file}' shows it."
        ) from error


def _appealed(session: Session, question: int) -> int:
    """The turn appealed or self-graded last; the question itself if there is none."""
    record = session.record(question)
    if record is None:
        return 0
    own = (event for event in record.settled if event.self_graded)
    found: list[Appealed | Settled] = [*record.appeals, *own]
    if not found:
        return 0
    turn = record.turn_of(max(found, key=lambda event: event.seq).answer)
    return record.turns.index(turn) if turn is not None else 0


def _before(found: GradedAnswer) -> dict[str, Level]:
    """The levels by criterion as they were settled before, or else as the grader has them."""
    return {**found.levels, **(found.settled.levels if found.settled else {})}


def _named(found: GradedAnswer, name: str, *, criterion: bool) -> str:
    """The id of the criterion, or else of the misconception, of that name. Raises UsageError."""
    question = found.record.question
    claims = question.criteria if criterion else question.misconceptions
    known = {claim.id: question.labels[claim.id] for claim in claims}
    with suppress(LookupError):
        if (claim := graded_answers.claim_named(question, name)) in known:
            return claim
    listed = ", ".join(f"{label} {claim}" for claim, label in known.items())
    raise UsageError(
        f"question {question.id} has no {'criterion' if criterion else 'misconception'} '{name}'",
        hint=f"It has: {listed}." if listed else "It has none.",
    )


def _levels(found: GradedAnswer, verdicts: Sequence[str]) -> dict[str, Level]:
    levels: dict[str, Level] = {}
    for text in verdicts:
        name, _, word = text.partition("=")
        level = next((level for level in LEVELS if level == word), None)
        if level is None:
            raise UsageError(
                f"--verdict {text}: no level '{word}'", hint=f"There are: {', '.join(LEVELS)}."
            )
        claim = _named(found, name, criterion=True)
        if claim in levels:
            raise UsageError(f"a level is given twice for '{claim}'")
        levels[claim] = level
    return levels


def _misconceptions(found: GradedAnswer, given: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_named(found, name, criterion=False) for name in given))


def _ask(found: GradedAnswer, levels: Mapping[str, Level], *, scored: bool) -> dict[str, Level]:
    """The levels with those that a person gives for the rest."""
    question = found.record.question
    missing = [c for c in question.criteria if c.id not in levels]
    if sys.stdin is None or not sys.stdin.isatty():
        if scored:
            return dict(levels)
        raise UsageError(
            f"no verdict on: {', '.join(c.id for c in missing)}",
            hint="Give --verdict CRITERION=met|partial|unmet for each, or --accept-others.",
        )
    console = make_console()
    show(console, question.prompt, "question")
    parts = (Part("› "), *verdict_text.marked(question, found.text, found.grade))
    show_scene(console, Scene(0.0, (Shown("plain", parts),)))
    for appeal in (a for a in found.record.appeals if a.answer == found.seq):
        show(
            console,
            f"{verdict_text.appeal_line(appeal.question, appeal)}: {appeal.reason}",
            "warning",
        )
    out = dict(levels)
    for criterion in missing:
        show(console, f"{question.labels[criterion.id]}. {criterion.statement}", "title")
        said = ask(one_line(criterion.id), choices=LEVELS, default=_before(found).get(criterion.id))
        out[criterion.id] = next(level for level in LEVELS if level == said)
    return out


def _gold_answer(
    found: GradedAnswer,
    levels: Mapping[str, Level],
    wrong: Sequence[str],
    rater: str,
    **settled: Any,
) -> GoldAnswer:
    question = found.record.question
    try:
        return settled_gold(question, found.text, levels, wrong, rater, **settled)
    except ValidationError as error:
        raise UsageError(f"the gold answer is not sound: {error.errors()[0]['msg']}") from error


def _settled(held: OpenSession, found: GradedAnswer, answer: GoldAnswer) -> Settled:
    try:
        return held.next_event(
            Settled,
            question=answer.question,
            answer=found.seq,
            rater=answer.rater,
            levels=answer.verdicts,
            misconceptions=answer.misconceptions or (),
            score=answer.score,
            passed=answer.passed,
            gold=answer.id,
        )
    except ValidationError as error:
        raise UsageError("--rater must name someone") from error
