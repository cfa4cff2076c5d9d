"""`interviewer report`: a session as Markdown, HTML, JSON or PDF."""

from __future__ import annotations

from pathlib import Path

import click

from interviewer.cli import options
from interviewer.cli.outputs import markdown, write_markdown, write_report
from interviewer.cli.sessions.finding import file_argument, find_session, read_session
from interviewer.common import files
from interviewer.common.console import make_console, say, say_json, show
from interviewer.errors import UsageError
from interviewer.interview.telling import summary
from interviewer.session import settlements
from interviewer.session.record import Session

_FILE = options.OutFile()


@click.command()
@file_argument
@options.combined(
    click.option("--html", type=_FILE, metavar="FILE", help="Write one self-contained page."),
    click.option("--md", type=_FILE, metavar="FILE", help="Write the Markdown transcript there."),
    click.option("--json", "as_json", is_flag=True, help="Print the report as JSON."),
    click.option("--pdf", type=_FILE, metavar="FILE",
                 help="Print the page through Chromium, Chrome or Edge: the one on PATH, or the "
                      "one that INTERVIEWER_BROWSER names."),
    options.transcripts_option,
)  # fmt: skip
def report(
    file: Path | None, html: Path | None, md: Path | None, as_json: bool, pdf: Path | None,
    transcripts: Path,
) -> None:  # fmt: skip
    """Sum up a session (the newest if no FILE is given) and write its transcript.

    Without an option the transcript is Markdown, beside the log; several may be given at once. The
    FILE "-" is standard output.
    """
    path = find_session(file, transcripts)
    targets = {"--html": html, "--md": md, "--pdf": pdf}
    _keep_apart(path, targets)
    screen = any(files.is_screen(target) for target in targets.values())
    if screen and as_json:
        raise UsageError("--json prints the report, and so does '-'", hint="Name a file for one.")
    session = read_session(path).session
    written: list[tuple[str, Path]] = []
    if md is not None:
        write_report(md, markdown(session), option="--md")
        written.append(("Transcript", md))
    elif not (html or pdf or as_json):
        written.append(("Transcript", write_markdown(session, path)))
    if html or pdf:
        written += _write_page(session, html, pdf)
    if as_json:
        from interviewer.report import report_data

        say_json(report_data.build(session).model_dump_json())
    elif not screen:
        console = make_console()
        for tone, text in summary.closing_lines(session):
            show(console, text, tone)
        if disputes := settlements.dispute_words(settlements.disputes_of(session)):
            show(console, f"{disputes}.", "plain")
    for what, target in written:
        if not files.is_screen(target):
            say(f"{what}: {target}", err=as_json or screen)


def _keep_apart(log: Path, targets: dict[str, Path | None]) -> None:
    """Refuse to write over the log, or twice into one file."""
    taken = {log.resolve(): "the session log"}
    for option, target in targets.items():
        if target is None:
            continue
        if other := taken.get(target.resolve()):
            raise UsageError(f"{option} would overwrite {other}: {target}")
        taken[target.resolve()] = option


def _write_page(session: Session, html: Path | None, pdf: Path | None) -> list[tuple[str, Path]]:
    from interviewer.report import report_data, report_html

    written = []
    if pdf is not None:
        from interviewer.report import browser

        found = browser.find_browser()  # before anything is written
    page = report_html.render(report_data.build(session))
    if html is not None:
        write_report(html, page.encode(), option="--html")
        written.append(("Page", html))
    if pdf is not None:
        write_report(pdf, browser.print_pdf(page, found), option="--pdf")
        written.append(("PDF", pdf))
    return written
