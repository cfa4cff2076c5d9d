"""`interviewer report-class`: what the grades of a class show."""

from __future__ import annotations

from pathlib import Path

import click

from interviewer.bank.questions import Bank
from interviewer.classroom import class_html, class_text, grades_file
from interviewer.classroom.class_values import ClassHead
from interviewer.classroom.findings import class_findings
from interviewer.cli import options
from interviewer.cli.outputs import write_page
from interviewer.common.console import say_json


@click.command("report-class")
@click.argument("grades", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@options.combined(
    click.option("--gold", type=click.Path(path_type=Path, exists=True, dir_okay=False),
                 metavar="FILE", help="Answers that people settled, to hold the grader against."),
    click.option("--json", "as_json", is_flag=True, help="Print everything as JSON."),
    click.option("--html", type=options.OutFile(), metavar="FILE",
                 help="Write a page (- for standard output)."),
)  # fmt: skip
def report_class(grades: Path, gold: Path | None, as_json: bool, html: Path | None) -> None:
    """Show what the GRADES of a class say of questions, grader and answers.

    'interviewer grade ANSWERS... -o GRADES' writes them.
    """
    screen = options.screen_alone(html, as_json=as_json)
    head = grades_file.read_head(grades)
    settled = []
    if gold is not None:
        from interviewer.check.gold_files import load_gold

        settled = [answer for found in load_gold(gold, _bank(head)) for answer in found.answers]
    found = class_findings.find(head, grades_file.read_rows(grades), settled)
    if as_json:
        say_json(found.model_dump_json())
    elif not screen:
        class_text.show(found)
    if html is not None:
        write_page(html, class_html.render(found))


def _bank(head: ClassHead) -> Bank:
    """The bank as the file of grades has it."""
    return Bank(
        id=head.bank.id, version=head.bank.version, title=head.bank.title,
        sections=head.sections, questions=head.questions,
    )  # fmt: skip
