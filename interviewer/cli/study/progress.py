"""`interviewer progress`: all sessions together."""

from __future__ import annotations

from pathlib import Path

import click

from interviewer.cli import options
from interviewer.cli.outputs import write_page
from interviewer.cli.sessions.finding import none_hint
from interviewer.cli.study import histories
from interviewer.common.console import make_console, say_json, show
from interviewer.errors import TranscriptError, UsageError, Where
from interviewer.history.summaries import History
from interviewer.progress import trends
from interviewer.progress.progress_values import Progress
from interviewer.specs import banks


@click.command()
@options.combined(
    options.transcripts_option,
    click.option(
        "--bank",
        "bank_name",
        metavar="NAME|FOLDER",
        help="The question bank; that of the newest session if not given.",
    ),
    click.option("--criteria", is_flag=True, help="List every criterion too."),
    click.option("--json", "as_json", is_flag=True, help="Print everything as JSON."),
    click.option(
        "--html",
        type=options.OutFile(),
        metavar="FILE",
        help="Write a page with charts (- for standard output).",
    ),
)
def progress(
    transcripts: Path, bank_name: str | None, criteria: bool, as_json: bool, html: Path | None
) -> None:
    """Show over all sessions how the cold score moved, and what is in the way of the next tier."""
    screen = options.screen_alone(html, as_json=as_json)
    history = histories.read(transcripts)
    found = trends.build(history, _bank_id(history, bank_name, transcripts))
    if as_json:
        say_json(found.model_dump_json())
    elif not screen:
        _show(found, criteria=criteria)
    if html is not None:
        _write_html(html, found)


def _bank_id(history: History, name: str | None, folder: Path) -> str:
    if not history.sat:
        if history.unreadable and not history.sessions:
            raise TranscriptError(
                "none of the sessions here can be read",
                where=Where(str(folder)),
                hint="'interviewer list' says what is wrong with each.",
            )
        raise UsageError(f"there is no session in {folder}", hint=none_hint(folder))
    there = {session.bank for session in history.sat}
    newest = history.newest()
    assert newest is not None
    if name is None:
        return newest.bank
    wanted = name if name in there else banks.open_bank(name).id
    if wanted not in there:
        raise UsageError(
            f"there is no session on the bank '{wanted}' in {folder}",
            hint=f"There are sessions on: {', '.join(sorted(there))}.",
        )
    return wanted


def _show(found: Progress, *, criteria: bool) -> None:
    from interviewer.progress import progress_text

    console = make_console()
    plain = console.options.ascii_only
    for tone, text in progress_text.lines(found, console.width - 2, plain=plain, criteria=criteria):
        show(console, text, tone)


def _write_html(path: Path, found: Progress) -> None:
    from interviewer.progress import progress_html

    write_page(path, progress_html.render(found))
