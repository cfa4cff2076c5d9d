"""`interviewer bank`: list, describe, check and begin banks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from interviewer.bank import bank_files, bank_stats, bank_writing, drafts, lint
from interviewer.bank.new_bank import NewBank
from interviewer.bank.questions import Bank, Question, question_name
from interviewer.cli import options
from interviewer.cli.banks import bank_edit
from interviewer.cli.banks.learn import learn
from interviewer.cli.outputs import writing
from interviewer.common.console import (
    Column,
    make_console,
    say,
    say_json,
    show_grid,
    show_line,
)
from interviewer.common.ranges import in_short
from interviewer.common.text import one_line, plural
from interviewer.errors import BankError, UsageError
from interviewer.specs import banks, graders


@click.group()
def bank() -> None:
    """Write, check and describe question banks."""


bank.add_command(bank_edit.edit)
bank.add_command(bank_edit.test_answers)
bank.add_command(bank_edit.review)
bank.add_command(learn)


@bank.command("list")
def list_banks() -> None:
    """List the banks that --bank takes by name."""
    rows = []
    for found in banks.all_banks():
        try:
            title = bank_files.title_of(found.folder)
        except BankError as error:
            title = f"cannot be used: {error.message}"
        rows.append((found.name, found.source, one_line(title)))
    show_grid(make_console(), [Column("name"), Column("from"), Column("title")], rows)


@bank.command()
@options.bank_option
@click.argument("question", type=int, required=False)
def show(bank_name: str | None, question: int | None) -> None:
    """List the questions of a bank, or show one QUESTION as its file has it, but for the notes of who wrote
    what."""
    found = banks.open_bank(bank_name)
    if question is not None:
        if question not in found:
            raise UsageError(
                f"there is no question {question}",
                hint=f"'interviewer bank show {one_line(banks.as_option(bank_name))}' lists them.",
            )
        _show_question(found.question(question), banks.as_option(bank_name))
        return
    say(f"{found.title} ({found.id} {found.version}, {found.digest})")
    for section in found.sections:
        say("", f"{section.id}. {section.title}")
        for one in found.questions:
            if one.section == section.id:
                say(f"  {one.id:>3}  {one_line(one.prompt)}")


def _show_question(question: Question, option: str) -> None:
    """option: the words that choose its bank."""
    bare = question.model_copy(update={"drafts": ()})
    say(*bank_writing.dumped(bank_writing.question_data(bare)).rstrip("\n").split("\n"))
    if left := drafts.unread(question):
        say(
            f"# {plural(len(left), 'line')} of it nobody has read:"
            f" interviewer bank review {question.id} {one_line(option)}"
        )


LEFT_TO_DO = 7
"""The columns from there on count what is left to do."""
WIDE_ENOUGH = 80
"""On a narrower screen headings are broken."""


@bank.command()
@options.bank_option
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def stats(bank_name: str | None, as_json: bool) -> None:
    """Count what a bank holds, section by section, and what nobody has read yet."""
    found = bank_stats.stats_of(banks.open_bank(bank_name))
    if as_json:
        say_json(found.model_dump_json())
        return
    say(f"{found.title} ({found.bank} {found.version})")
    headings = (
        "",
        "questions",
        "criteria",
        "accepts",
        "rejects",
        "misconc.",
        "probes",
        "unread",
        "gaps",
    )
    rows = [
        (
            one_line(f"{part.id}. {part.title}", 16) if part.id else part.title,
            *map(str, (
                part.questions, part.criteria, part.accepts, part.rejects, part.misconceptions,
                part.probes, part.unread, part.gaps,
            )),
        )
        for part in (*found.sections, found.whole)
    ]  # fmt: skip
    # What is left to do is shown where there is any, so that the headings have room.
    kept = [at for at in range(len(headings)) if at < LEFT_TO_DO or any(r[at] != "0" for r in rows)]
    console = make_console()
    whole = console.width >= WIDE_ENOUGH
    columns = [
        Column(headings[at], right=True, least=len(headings[at]) if whole else None)
        if at
        else Column(headings[at], wrap=False)
        for at in kept
    ]
    show_grid(console, columns, [[row[at] for at in kept] for row in rows], padding=(0, 0, 0, 1))
    say(", ".join(f"{count} {kind}" for kind, count in found.kinds.items()))


@bank.command("lint")
@options.combined(options.bank_option, options.grader_option(options.OFFLINE))
@click.option("--quick", is_flag=True, help="Leave out the checks that need the grader.")
def lint_bank(bank_name: str | None, grader_spec: str, quick: bool) -> None:
    """Check a bank: its form, its probes, and its rubrics against its own references.

    What is wrong is told with its file and line; what is missing is advice, told once for each kind.
    """
    found = banks.open_bank(bank_name)
    problems = lint.structural(found)
    if not quick:
        from interviewer.check import graded_lint

        problems += graded_lint.graded(found, graders.make_grader(grader_spec, found))
    tell(bank_name, found, problems)
    show_line(make_console(), bank_stats.stats_of(found).whole.line)
    if problems:
        raise BankError(f"{plural(len(problems), 'problem')} in {found.id}")
    say("clean: nothing is wrong" if lint.missing(found) else "clean")


def tell(bank_name: str | None, found: Bank, problems: Sequence[lint.Problem]) -> None:
    """Say what is wrong, with its place, and what is missing."""
    places = bank_files.places(banks.bank_folder(bank_name)) if problems else {}
    console = make_console()
    for problem in problems:
        where = places.get(problem.question)
        name = question_name(problem.question).lower()
        told = f"{where}: {name}" if where else name
        say(f"{told}: {problem.what}", f"  {problem.advice}")
    for advice in lint.missing(found, one_line(banks.as_option(bank_name))):
        numbers = in_short(advice.questions)
        which = f"question {numbers}" if len(advice.questions) == 1 else f"questions {numbers}"
        show_line(console, f"advice: {advice.what} ({one_line(which, 160)})", indent=0)
        show_line(console, advice.advice, indent=2)


@bank.command()
@click.argument("name")
@click.option("--title", help="What the bank is called.")
def new(name: str, title: str | None) -> None:
    """Begin a bank: a folder of that NAME under rubrics/, or the folder itself if NAME has a /."""
    if not any(map(str.isalnum, name)):
        raise UsageError(
            f"'{name}' is no name of a bank", hint="Give letters or digits, or a folder."
        )
    folder = Path(name) if "/" in name or "\\" in name else banks.OWN / bank_files.slug(name)
    if (folder / "bank.yaml").exists():
        raise UsageError(f"there is a bank in {folder} already", hint="Take another name.")
    made = NewBank(id=bank_files.slug(folder.resolve().name), title=title or folder.resolve().name)
    with writing(folder, "the bank", error=BankError):
        bank_writing.write_bank(folder, made.texts())
    say(
        f"Bank: {folder}",
        f"  Go on with {folder / 'a-first.yaml'}, then: interviewer bank lint --bank {folder}",
    )
