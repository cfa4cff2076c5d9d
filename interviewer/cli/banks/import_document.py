"""`interviewer import`: a document of questions and answers becomes a bank."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewer.bank import bank_files, bank_writing
from interviewer.bank.importing import drafting, import_report, reading
from interviewer.bank.importing.drafting import Imported
from interviewer.bank.importing.import_report import ImportReport
from interviewer.cli.model_options import Models, choose
from interviewer.cli.options import OFFLINE
from interviewer.cli.outputs import writing
from interviewer.common import files
from interviewer.common.console import make_console, progress_bar, say, say_json, show
from interviewer.common.ranges import in_short
from interviewer.common.text import one_line
from interviewer.errors import BankError, UsageError
from interviewer.specs import banks

if TYPE_CHECKING:
    from interviewer.drafting.enriching import Enriched


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER",
    help="Where the bank goes; rubrics/NAME, after the file, if not given.",
)  # fmt: skip
@click.option("--title", help="What the bank is called; as the document says if not given.")
@click.option("--replace", is_flag=True, help="Write over a bank that is there.")
@click.option(
    "--model", metavar="SPEC",
    help="Let a language model add to the drafts: openai:..., litellm:..., gguf:PATH; 'offline' for none.",
)  # fmt: skip
@click.option(
    "--base-url", metavar="URL", help="A server for openai:, litellm: or systemone: models."
)
@click.option("--budget", metavar="AMOUNT", help="What the model may take: 0.50 (US$) or 20000t.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def import_document(
    file: Path, output: Path | None, title: str | None, replace: bool, model: str | None,
    base_url: str | None, budget: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Make a bank of FILE, a document of questions and answers; - reads a pasted text.

    Plain text, Markdown (READMEs with folds, pages of Notion and Obsidian), a chat, a table (CSV, TSV, Markdown),
    JSON or JSON lines, an Anki export (.txt, .apkg), a promptfoo or autorubric file. Of a PDF or a web page
    paste the text.
    Criteria are cut out of the answers as drafts; whatever was not understood is listed with its line.
    A model, that of --model or of the configuration, adds accepts, rejects, misconceptions, probes, a second
    wording and a deeper question; what does not stand the checks of linter and grader is not kept.
    """
    models = choose(model, base_url=base_url, budget=budget)
    name = "pasted" if str(file) == "-" else file.stem
    bank_id = bank_files.slug(output.resolve().name if output else name)
    folder = output or banks.OWN / bank_id
    if name and (folder / "bank.yaml").exists() and not replace:
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
        named = imported.bank.model_copy(update={"title": title})
        imported = imported.model_copy(update={"bank": named})
    write(folder, imported)
    enriched = None
    if models.model != OFFLINE:
        if model is None:
            say(
                f"{one_line(models.model)} adds to the drafts; --model offline goes without.",
                err=True,
            )
        enriched = _enriched(imported, models)
        imported = imported.model_copy(update={"bank": enriched.bank})
        write(folder, imported)
    report = import_report.report_of(
        imported,
        document=str(file),
        folder=str(folder),
        refused=enriched.refused if enriched else (),
    )
    if as_json:
        say_json(report.model_dump_json())
    else:
        own = folder.parent == banks.OWN and folder.name == bank_id
        _show(report, bank_id if own else shlex.quote(str(folder)))
    if enriched is not None:
        _hold_to_work(enriched)


def _show(report: ImportReport, name: str) -> None:
    """The report and what to do next. name: the bank's, as a command takes it."""
    console = make_console()
    for tone, text in import_report.lines(report):
        show(console, text.lstrip(), tone, indent=4 if text.startswith("  ") else None)
    say(
        f"Bank: {report.folder}",
        "Read what was drafted, try it out, sit it:",
        *(f"  interviewer {c} --bank {name}" for c in ("bank review", "bank test", "run")),
    )


def _enriched(imported: Imported, models: Models) -> Enriched:
    from interviewer.drafting import enriching
    from interviewer.specs.graders import make_grader
    from interviewer.specs.model_specs import make_chat

    chat = make_chat(models.model, models.options)
    grader = make_grader(OFFLINE, imported.bank)
    with progress_bar("Drafting", left=True) as advance:
        return enriching.enrich(imported.bank, chat, grader, advance)


def _hold_to_work(enriched: Enriched) -> None:
    """Say of which questions the reply could not be read. Raises what ended the model's part early."""
    if enriched.unread:
        numbers = in_short(enriched.unread)
        say(f"Beware: the model's reply could not be read for questions {numbers}.", err=True)
    if enriched.stopped is not None:
        say(
            "Beware: the model's part is not whole; the bank is written with what there is.",
            err=True,
        )
        raise enriched.stopped


def write(folder: Path, imported: Imported) -> None:
    """Write the bank's files, with the line of each question in the document as a comment."""
    told = {
        number: f"line {origin.line}: {origin.text}" for number, origin in imported.origins.items()
    }
    with writing(folder, "the bank", error=BankError):
        bank_writing.write_bank(folder, bank_writing.bank_texts(imported.bank, told))
