"""`interviewer import`: a document of questions and answers becomes a bank."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from interviewer.bank import bank_writing
from interviewer.bank.importing import drafting, import_report, reading
from interviewer.bank.importing.drafting import Imported
from interviewer.cli.outputs import writing
from interviewer.common import files
from interviewer.common.console import make_console, say, say_json, show
from interviewer.errors import BankError, UsageError

RUBRICS = Path("rubrics")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER",
    help="Where the bank goes; rubrics/NAME, after the file, if not given.",
)  # fmt: skip
@click.option("--title", help="What the bank is called; as the document says if not given.")
@click.option("--replace", is_flag=True, help="Write over a bank that is there.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def import_document(
    file: Path, output: Path | None, title: str | None, replace: bool, as_json: bool
) -> None:
    """Make a bank of FILE, a document of questions and answers; - reads a pasted text.

    Plain text, Markdown, a chat, CSV, an Anki export (.txt, .apkg), a promptfoo or autorubric file.
    Criteria are cut out of the answers as drafts; whatever was not understood is listed with its line.
    """
    name = "pasted" if str(file) == "-" else file.stem
    bank_id = slug(output.name if output else name)
    folder = output or RUBRICS / bank_id
    if (folder / "bank.yaml").exists() and not replace:
        raise UsageError(
            f"there is a bank in {folder} already", hint="Name another with -o, or add --replace."
        )
    if str(file) == "-":
        pasted = files.read_stream(sys.stdin, reading.MAX_BYTES, BankError)
        document = reading.read_pasted(pasted, "-")
    else:
        document = reading.read_document(file)
    imported = drafting.draft(document, bank_id=bank_id, title=title or name)
    if title:
        imported = imported.model_copy(
            update={"bank": imported.bank.model_copy(update={"title": title})}
        )
    write(folder, imported)
    report = import_report.report_of(imported, document=str(file), folder=str(folder))
    if as_json:
        say_json(report.model_dump_json())
        return
    console = make_console()
    for tone, text in import_report.lines(report):
        show(console, text, tone)
    say(f"Bank: {folder}", f"  Read the drafts: interviewer bank review --bank {folder}")


def write(folder: Path, imported: Imported) -> None:
    """Write the bank's files, with the line of each question in the document as a comment."""
    told = {
        number: f"line {origin.line}: {origin.text}" for number, origin in imported.origins.items()
    }
    with writing(folder, "the bank", error=BankError):
        bank_writing.write_bank(folder, bank_writing.bank_texts(imported.bank, told))


def slug(name: str) -> str:
    """A name as an id of a bank."""
    return "-".join(re.findall(r"[a-z0-9]+", name.lower()))[:64].strip("-") or "bank"
