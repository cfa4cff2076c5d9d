"""`interviewer run`: hold an interview."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from interviewer import __version__
from interviewer.bank.questions import Bank
from interviewer.cli import options
from interviewer.cli.graders import judging
from interviewer.cli.interviews import manner
from interviewer.cli.model_options import Models, models_option
from interviewer.common import ranges, signals, system
from interviewer.errors import UsageError
from interviewer.interview import order as plans
from interviewer.interview import sitting, summary
from interviewer.interview import studio as studios
from interviewer.interview.studio import Studio
from interviewer.interview.terminal import Terminal
from interviewer.session import log_file
from interviewer.session.events import Paused, Plan, Style
from interviewer.session.fold import Session, turns_of
from interviewer.session.log_file import LogFile
from interviewer.specs import banks, graders


@click.command()
@options.combined(
    click.option("--sections", metavar="A,B,...", help="Only these sections."),
    click.option("--questions", "numbers", metavar="1-15,20", help="Only these questions."),
    click.option("--quick-fire", is_flag=True, help="Only the quick-fire questions."),
    click.option("--count", type=click.IntRange(min=1), help="How many questions at most."),
    click.option(
        "--order",
        type=click.Choice(["bank", "shuffle", "adaptive"]),
        default="bank",
        show_default=True,
        help="adaptive asks where it is least sure of your tier.",
    ),
    click.option("--seed", type=int, default=None, help="Fixes shuffle and adaptive."),
    click.option("--cold", is_flag=True, help="No probes and no hints: the honest count."),
    click.option("--timed", is_flag=True, help="Each answer against its clock."),
    click.option("--silent", is_flag=True, help="No feedback before the end."),
    click.option(
        "--probes",
        type=click.IntRange(0, 10),
        default=2,
        show_default=True,
        help="Follow-ups per question at most.",
    ),
    click.option(
        "--answers",
        type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True),
        help="Take the answers from a file instead of the keyboard (- for a pipe).",
    ),
    manner.style_option,
    options.bank_option,
    judging.grader_option,
    models_option,
    judging.force_option,
    options.embedder_option,
    options.transcripts_option,
)
def run(
    sections: str | None, numbers: str | None, quick_fire: bool, count: int | None, order: Any,
    seed: int | None, cold: bool, timed: bool, silent: bool, probes: int, answers: Path | None,
    style: Style | None, bank_name: str | None, grader_spec: str | None, models: Models, force: bool,
    embedder_spec: str, transcripts: Path,
) -> None:  # fmt: skip
    """Hold an interview. Answers are on disk before they are graded; Ctrl-D pauses."""
    bank = banks.open_bank(bank_name)
    script = read_script(answers)
    try:
        wanted = ranges.parse_numbers(numbers) if numbers else ()
        chosen = plans.select(
            bank, sections=options.split_names(sections), numbers=wanted, quick_fire=quick_fire
        )
    except ValueError as error:
        raise UsageError(str(error), hint="'interviewer bank show' lists the questions.") from error
    narrowed = bool(wanted or sections or quick_fire or count)
    if script is not None:
        chosen, count, probes = fit_script(script, bank, chosen, count, probes, narrowed=narrowed)
    plan = plans.make_plan(
        chosen,
        order=order,
        seed=secrets.randbelow(1_000_000) if seed is None else seed,
        count=count,
        probes=probes,
        cold=cold,
        timed=timed,
        silent=silent,
        style=manner.style_of(models, style),
    )
    spec = judging.grader_of(models, grader_spec)
    folder = banks.own_folder(bank_name)
    hold_new(
        bank, plan, script, spec, embedder_spec, transcripts, models, folder=folder, force=force
    )


def hold_new(
    bank: Bank,
    plan: Plan,
    script: Any,
    grader_spec: str,
    embedder_spec: str,
    transcripts: Path,
    models: Models | None = None,
    *,
    folder: str,
    force: bool = False,
) -> None:
    """Hold an interview under a log of its own. script: from `read_script`. folder: where the bank
    lies, by `own_folder`. force: a judge grades also if it fails the test answer."""
    with open_session(
        bank,
        plan,
        lambda _: make_terminal(script),
        grader_spec,
        embedder_spec,
        transcripts,
        models or Models(),
        folder=folder,
        force=force,
    ) as (studio, session, log):
        hold(studio, session, log)


@contextmanager
def open_session(
    bank: Bank,
    plan: Plan,
    terminal: Callable[[Path], Terminal],
    grader_spec: str,
    embedder_spec: str,
    transcripts: Path,
    models: Models,
    *,
    folder: str,
    force: bool = False,
) -> Iterator[tuple[Studio, Session, LogFile]]:
    """A new session with what it is held with and its log, which is closed in the end.

    terminal: makes the terminal, given where the log will be.
    """
    clock = system.SystemClock()
    name = f"{clock.now():%Y-%m-%dT%H-%M-%S}-{bank.id}-{secrets.token_hex(2)}"
    path = transcripts / f"{name}{log_file.SUFFIX}"
    seat = terminal(path)
    asked = judging.judging_of(grader_spec, models, force=force, log=path)
    identity = graders.grader_identity(grader_spec, embedder_spec, judging=asked)
    loading = graders.LoadingGrader(
        lambda: graders.make_grader(grader_spec, bank, embedder=embedder_spec, judging=asked)
    )
    judging.wait_for_test(loading, grader_spec)
    with LogFile.create(path) as log:
        log.tell = lambda message: seat.say(message, "warning")
        studio = Studio(log, seat, clock, bank, loading, identity, folder=folder)
        studio = manner.with_voice(studio, models, plan.style, grader_spec, embedder_spec, path)
        session = studios.start(studio, plan, name, f"interviewer {__version__}")
        yield studio, session, log


def hold(studio: Studio, session: Session, log: LogFile) -> None:
    """Hold the interview from where it stands, and say how it went and where it is kept."""
    session = sitting.conduct(studio, session)
    for tone, text in summary.closing_lines(session):
        studio.terminal.say(text, tone)
    if session.records:
        from interviewer.cli.sessions.finding import write_markdown

        target = write_markdown(session, log.path)
        studio.terminal.say(f"Transcript: {target}", "note")
    studio.terminal.say(f"Session log: {log.path}", "note")
    leave_if_interrupted(session, log.path)
    hold_to_judge(session, studio.identity.spec, log.path)


def hold_to_judge(session: Session, spec: str, path: Path) -> None:
    """Raises ModelUnavailable where the judge of the session graded none of its answers."""
    graded = [e for _, turn in turns_of(session) if (e := turn.graded) and e.grader.spec == spec]
    again = f"interviewer regrade {path} --grader {spec}"
    judging.hold_to_work(spec, [event.grade for event in graded], again)


def leave_if_interrupted(session: Session, path: Path) -> None:
    """End the program, without a further word, where Ctrl-C or a signal paused the session."""
    if session.paused and not session.closed:
        last = log_file.read_log(path).events[-1]
        if isinstance(last, Paused) and last.reason == "interrupt":
            raise SystemExit(signals.exit_code() or signals.INTERRUPTED)


def read_script(answers: Path | None) -> Any:
    """The scripted answers, or None when a person types them."""
    from interviewer.interview.script_terminal import parse_script

    if answers is None and sys.stdin is not None and sys.stdin.isatty():
        return None
    try:
        if answers is None or str(answers) == "-":
            text = sys.stdin.read() if sys.stdin is not None else ""
            return parse_script(text, "standard input")
        return parse_script(answers.read_text("utf-8"), str(answers))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the answers cannot be read: {error}") from error


def fit_script(
    script: Any,
    bank: Bank,
    chosen: tuple[int, ...],
    count: int | None,
    probes: int,
    *,
    narrowed: bool,
) -> tuple[tuple[int, ...], int | None, int]:
    """Ask what there are answers to, unless the command line says what to ask."""
    if not script.numbered:
        return chosen, count if narrowed else script.size or None, 0
    for number in script.by_question:
        if number not in bank:
            raise UsageError(f"the answers are for question {number}, which the bank does not have")
    if narrowed:
        return chosen, count, probes
    return tuple(q for q in chosen if q in script.by_question) or chosen, count, probes


def make_terminal(script: Any, draft: str = "") -> Terminal:
    """Where the candidate answers. draft: what was typed before and not submitted."""
    if script is not None:
        from interviewer.interview.script_terminal import ScriptTerminal

        return ScriptTerminal(script)
    from interviewer.interview.prompt_terminal import PromptTerminal

    terminal = PromptTerminal(history=system.cache_folder() / "history")
    if draft:
        terminal.restore_draft(draft)
    return terminal
