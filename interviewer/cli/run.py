"""`interviewer run` and `interviewer resume`."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path
from typing import Any

import click

from interviewer import __version__, wiring
from interviewer.adapters import log_file, system
from interviewer.adapters.log_file import LogFile
from interviewer.cli import options
from interviewer.core import plan as plans
from interviewer.core import summary
from interviewer.core.session import Session
from interviewer.core.text import one_line
from interviewer.domain.bank import Bank
from interviewer.domain.transcript import Event, Hinted, Paused, Resumed
from interviewer.errors import TranscriptError, UsageError
from interviewer.flows import interview
from interviewer.flows import studio as studios
from interviewer.flows.studio import Studio
from interviewer.ports import Terminal


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
    options.bank_option,
    options.grader_option,
    options.embedder_option,
    options.transcripts_option,
)
def run(
    sections: str | None, numbers: str | None, quick_fire: bool, count: int | None, order: Any,
    seed: int | None, cold: bool, timed: bool, silent: bool, probes: int, answers: Path | None,
    bank_name: str | None, grader_spec: str, embedder_spec: str, transcripts: Path,
) -> None:  # fmt: skip
    """Hold an interview. Answers are on disk before they are graded; Ctrl-D pauses."""
    bank = wiring.open_bank(bank_name)
    script = _script(answers)
    try:
        wanted = plans.parse_numbers(numbers) if numbers else ()
        chosen = plans.select(
            bank, sections=options.split_names(sections), numbers=wanted, quick_fire=quick_fire
        )
    except ValueError as error:
        raise UsageError(str(error), hint="'interviewer bank show' lists the questions.") from error
    narrowed = bool(wanted or sections or quick_fire or count)
    if script is not None:
        chosen, count, probes = _fit(script, bank, chosen, count, probes, narrowed=narrowed)
    plan = plans.make_plan(
        chosen,
        order=order,
        seed=secrets.randbelow(1_000_000) if seed is None else seed,
        count=count,
        probes=probes,
        cold=cold,
        timed=timed,
        silent=silent,
    )
    identity = wiring.grader_identity(grader_spec, embedder_spec)
    terminal = _terminal(script)
    clock = system.SystemClock()
    name = f"{clock.now():%Y-%m-%dT%H-%M-%S}-{bank.id}-{secrets.token_hex(2)}"
    loading = wiring.LoadingGrader(
        lambda: wiring.make_grader(grader_spec, bank, embedder=embedder_spec)
    )
    with LogFile.create(transcripts / f"{name}{log_file.SUFFIX}") as log:
        studio = Studio(log, terminal, clock, bank, loading, identity)
        session = studios.start(studio, plan, name, f"interviewer {__version__}")
        loading.start()
        _hold(studio, session, log.path)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option(
    "--answers",
    type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True),
    help="Take the answers from a file instead of the keyboard.",
)
@options.combined(
    options.bank_option,
    click.option(
        "--grader", "grader_spec", metavar="SPEC", help="Who grades; as before if not given."
    ),
    options.embedder_option,
    options.transcripts_option,
)
def resume(
    file: Path | None, answers: Path | None, bank_name: str | None, grader_spec: str | None,
    embedder_spec: str, transcripts: Path,
) -> None:  # fmt: skip
    """Go on exactly where a session stopped; the newest unfinished one if no FILE is given."""
    path = file or _unfinished(transcripts)
    log, read = LogFile.reopen(path)
    with log:
        if read.torn:
            click.echo(
                "The last line was cut off while being written; it is kept beside the log.",
                err=True,
            )
        if read.session.closed is not None:
            raise UsageError(
                "this session is finished", hint=f"'interviewer report {path}' shows it."
            )
        bank = _same_bank(read.session, bank_name)
        spec = grader_spec or (read.session.grader or read.session.started.grader).spec
        identity = wiring.grader_identity(spec, embedder_spec)
        loading = wiring.LoadingGrader(
            lambda: wiring.make_grader(spec, bank, embedder=embedder_spec)
        )
        loading.start()
        terminal = _terminal(_script(answers), draft=_draft(read.events))
        studio = Studio(log, terminal, system.SystemClock(), bank, loading, identity)
        _hold(studio, read.session, path)


def _hold(studio: Studio, session: Session, path: Path) -> None:
    session = interview.conduct(studio, session)
    for tone, text in summary.closing_lines(session):
        studio.terminal.say(text, tone)
    if session.records:
        from interviewer.cli.past import write_markdown

        target = write_markdown(session, path)
        studio.terminal.say(f"Transcript: {target}", "note")
    studio.terminal.say(f"Session log: {path}", "note")
    last = session.paused and not session.closed
    if last and _stopped_by_interrupt(path):
        raise KeyboardInterrupt


def _stopped_by_interrupt(path: Path) -> bool:
    events = log_file.read_log(path).events
    return isinstance(events[-1], Paused) and events[-1].reason == "interrupt"


def _script(answers: Path | None) -> Any:
    """The scripted answers, or None when a person types them."""
    from interviewer.adapters.script_terminal import parse_script

    if answers is None and sys.stdin is not None and sys.stdin.isatty():
        return None
    try:
        if answers is None or str(answers) == "-":
            text = sys.stdin.read() if sys.stdin is not None else ""
            return parse_script(text, "standard input")
        return parse_script(answers.read_text("utf-8"), str(answers))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the answers cannot be read: {error}") from error


def _fit(
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


def _terminal(script: Any, draft: str = "") -> Terminal:
    if script is not None:
        from interviewer.adapters.script_terminal import ScriptTerminal

        return ScriptTerminal(script)
    from interviewer.adapters.prompt_terminal import PromptTerminal

    terminal = PromptTerminal(history=system.cache_folder() / "history")
    if draft:
        terminal.restore_draft(draft)
    return terminal


def _draft(events: tuple[Event, ...]) -> str:
    """What was typed before the last pause, unless something was said or asked since."""
    for event in reversed(events):
        if isinstance(event, Paused):
            return event.draft
        if not isinstance(event, Resumed | Hinted):
            break
    return ""


def _unfinished(folder: Path) -> Path:
    for path in log_file.session_files(folder):
        try:
            session = log_file.read_log(path).session
        except TranscriptError as error:
            click.echo(f"passed over: {one_line(str(error))}", err=True)
            continue
        if session.closed is None:
            return path
    raise UsageError(
        f"there is no unfinished session in {folder}", hint="'interviewer list' shows them all."
    )


def _same_bank(session: Session, name: str | None) -> Bank:
    """The bank the session was begun with; it may have been edited, but not exchanged."""
    began = session.started.bank
    if name is None and not (system.package_data("rubrics") / began.id).is_dir():
        raise UsageError(
            f"the bank '{began.id}' of this session is not a shipped one",
            hint="Name its folder with --bank.",
        )
    bank = wiring.open_bank(name or began.id)
    if bank.id != began.id:
        raise UsageError(f"this session is on the bank '{began.id}', not on '{bank.id}'")
    if bank.digest != began.digest:
        click.echo(
            "The bank has changed since; questions already asked stay as they were.", err=True
        )
    asked = {record.question.id for record in session.records}
    if gone := [q for q in session.started.plan.questions if q not in bank and q not in asked]:
        raise UsageError(
            f"the bank no longer has question {gone[0]}, which this session has yet to ask",
            hint="Put it back, or begin a new session.",
        )
    return bank
