"""What a command writes into files: pages, transcripts, cards. Several commands need this."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from interviewer.common import files
from interviewer.common.console import say
from interviewer.errors import InterviewerError, TranscriptError, Where
from interviewer.session.record import Session


@contextmanager
def writing(
    target: Path,
    what: str,
    *,
    hint: str | None = None,
    error: type[InterviewerError] = InterviewerError,
) -> Iterator[None]:
    """Say in one line that it cannot be written, and where, whatever the system said."""
    try:
        yield
    except OSError as failed:
        said = failed.strerror or str(failed)
        message = f"{what} cannot be written: {said}"
        raise error(message, where=Where(str(target)), hint=hint) from failed


def write_page(target: Path, page: str) -> None:
    """Write a page and say where, on standard error; nothing of that where it is the screen."""
    with writing(target, "the page"):
        files.write_text(target, page)
    if not files.is_screen(target):
        say(f"Page: {target}", err=True)


def write_report(target: Path, data: bytes, *, option: str) -> None:
    """Write a report in some form. option: what of `report` puts it elsewhere."""
    hint = f"'interviewer report FILE {option} PATH' writes it elsewhere."
    with writing(target, "the transcript", hint=hint, error=TranscriptError):
        files.write_bytes(target, data)


def markdown(session: Session) -> bytes:
    """The Markdown transcript as it stands in a file."""
    from interviewer.report import markdown_report, report_data

    return markdown_report.render(report_data.build(session)).encode()


def write_markdown(session: Session, log: Path) -> Path:
    """Write the Markdown transcript beside the log and return its path."""
    target = log.with_suffix(".md")
    write_report(target, markdown(session), option="--md")
    return target


def refresh_markdown(session: Session, log: Path) -> None:
    """Write the Markdown transcript beside the log again where there is one, and say so."""
    if log.with_suffix(".md").exists():
        say(f"Transcript: {write_markdown(session, log)}")
