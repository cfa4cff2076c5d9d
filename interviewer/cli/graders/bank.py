"""`interviewer bank`: describe and check banks."""

from __future__ import annotations

import click

from interviewer.bank import lint
from interviewer.cli import options
from interviewer.cli.graders.learn import learn
from interviewer.common.console import say
from interviewer.common.text import one_line, plural
from interviewer.errors import BankError
from interviewer.specs import banks, graders


@click.group()
def bank() -> None:
    """Describe and check question banks."""


@bank.command()
@options.bank_option
def show(bank_name: str | None) -> None:
    """List the questions of a bank."""
    found = banks.open_bank(bank_name)
    say(f"{found.title} ({found.id} {found.version}, {found.digest})")
    for section in found.sections:
        say("", f"{section.id}. {section.title}")
        for question in found.questions:
            if question.section == section.id:
                say(f"  {question.id:>3}  {one_line(question.prompt)}")


@bank.command("lint")
@options.combined(options.bank_option, options.grader_option)
@click.option("--quick", is_flag=True, help="Leave out the checks that need the grader.")
def lint_bank(bank_name: str | None, grader_spec: str, quick: bool) -> None:
    """Check a bank: its form, its probes, and its rubrics against its own references."""
    found = banks.open_bank(bank_name)
    problems = lint.structural(found)
    if not quick:
        from interviewer.check import graded_lint as lint_flow

        problems += lint_flow.graded(found, graders.make_grader(grader_spec, found))
    for problem in problems:
        told = "" if problem.serious else "advice: "
        say(f"question {problem.question}: {told}{problem.what}", f"  {problem.advice}")
    counts = lint.counts(found)
    say(", ".join(f"{number} {name}" for name, number in counts.items()))
    if serious := sum(1 for problem in problems if problem.serious):
        raise BankError(f"{plural(serious, 'problem')} in {found.id}")
    say("clean")


bank.add_command(learn)
