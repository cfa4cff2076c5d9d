"""`interviewer bank edit`, `test` and `review`: a person at work on a bank."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import click
from rich.console import Console

from interviewer.bank import bank_editing, drafts, lint, reviewing
from interviewer.bank.bank_editing import Stretch
from interviewer.bank.drafts import BankLine
from interviewer.bank.questions import Bank, Lack, Question, QuestionKind, question_name
from interviewer.cli import judging, options
from interviewer.cli.outputs import writing
from interviewer.common import files
from interviewer.common.console import ask, edited, gap, key, make_console, retyped, say, show
from interviewer.common.ranges import parse_numbers
from interviewer.common.signals import Ending
from interviewer.common.text import one_line, plural
from interviewer.errors import BankError, InterviewerError, UsageError
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.specs import banks, graders

_HOW = "Type an answer as you would say it. Enter alone: the next question. Ctrl-D: the end."
_AGAIN = {"e": "edit again", "d": "discard"}
_DECIDE = {"k": "keep", "a": "keep all of it", "c": "change", "d": "drop", "s": "skip", "q": "quit"}
_HEAD = "# question {number} of {path}: save and close to have it checked, leave it as it is for no change\n"


bank_to_write = click.option(
    "--bank", "bank_name", metavar="NAME|FOLDER", help="The question bank; it must be named."
)


@click.command()
@options.combined(bank_to_write, options.grader_option(options.OFFLINE))
@click.argument("question", type=int)
@click.option("--quick", is_flag=True, help="Leave out the checks that need the grader.")
def edit(question: int, bank_name: str | None, grader_spec: str, quick: bool) -> None:
    """Open one QUESTION in $EDITOR, and check it when it is closed.

    What cannot be used is not written: edit it again, or discard it.
    """
    name = _named(bank_name, f"edit {question}")
    folder = banks.bank_folder(name)
    _held(banks.open_bank(name), (question,), name)
    stretch = bank_editing.find(folder, question)
    body = stretch.body
    while True:
        body = _edited(question, stretch, body)
        if body == stretch.body:
            say("Nothing was changed.")
            return
        try:
            with writing(stretch.path, "the bank", error=BankError):
                bank = bank_editing.saved(stretch, body)
            break
        except BankError as error:
            say(*error.lines(), err=True)
            if not _once_more(folder, question, body):
                say("Discarded; the bank is as it was.")
                return
    say(f"Saved: {stretch.path}")
    if question in bank:
        _relint(bank, question, grader_spec, quick=quick)


def _named(bank_name: str | None, what: str) -> str:
    """The bank to write in. what: the command, such as "edit 3". UsageError where none is named: nobody
    is to write in a shipped bank, among the files of the program, unless they say so."""
    if bank_name is not None:
        return bank_name
    raise UsageError(
        "no bank is named to write in",
        hint=f"Type: interviewer bank {what} --bank NAME; 'interviewer bank list' shows the names.",
    )


def _edited(number: int, stretch: Stretch, body: str) -> str:
    """The body as it comes back from the editor; the same where nothing was saved."""
    head = _HEAD.format(number=number, path=one_line(str(stretch.path)))
    text = edited(head + body, ".yaml")
    if text is None:
        return stretch.body
    return text.replace("\r\n", "\n").removeprefix(head)


def _once_more(folder: Path, number: int, body: str) -> bool:
    """Whether to edit again. Where nobody can say so, the text is kept beside the bank."""
    try:
        return key("What now?", _AGAIN) == "e"
    except (click.Abort, KeyboardInterrupt):
        kept = folder / f"question-{number}.rejected.txt"
        with writing(kept, "the text", error=BankError):
            files.write_text(kept, body)
        say(f"Your text is in {kept}; the bank is as it was.", err=True)
        raise


def _relint(bank: Bank, number: int, grader_spec: str, *, quick: bool) -> None:
    question = bank.question(number)
    alone = bank.model_copy(update={"questions": (question,), "tiers": (), "aims": ()})
    problems = lint.structural(alone)
    if not quick:
        from interviewer.check import graded_lint

        problems += graded_lint.graded(alone, graders.make_grader(grader_spec, bank))
    for problem in problems:
        say(f"{question_name(number).lower()}: {problem.what}", f"  {problem.advice}")
    if not problems:
        say("clean")


@click.command("test")
@options.combined(options.bank_option, options.grader_option(options.OFFLINE))
@click.argument("questions", required=False)
def test_answers(questions: str | None, bank_name: str | None, grader_spec: str) -> None:
    """Type answers and see their verdicts at once, to all questions or to QUESTIONS, such as 1-5,8.

    An empty line goes on to the next question, the end of input ends it. Nothing is kept.
    """
    bank = banks.open_bank(bank_name)
    numbers = _numbers(bank, questions, bank_name)
    grader = graders.make_grader(grader_spec, bank)
    console = make_console()
    show(console, _HOW, "note")
    for number in numbers:
        asked = bank.question(number)
        show(console, f"{number}. {asked.prompt}", "question")
        while answer := _typed():
            if answer.startswith("/") and len(answer.split()) == 1:
                show(console, _HOW, "note")
            else:
                _verdicts(console, grader, asked, answer)
        if answer is None:
            return


def _typed() -> str | None:
    """What is typed: "" for an empty line, None at the end of input. At a keyboard pasted text is one
    answer, of as many lines as it has."""
    try:
        if sys.stdin.isatty() and sys.stdout.isatty():
            from interviewer.interview.keyboard.one_answer import typed_answer

            return typed_answer("answer: ").strip()
        return ask("answer", default="").strip()
    except EOFError:
        return None
    except click.Abort as abort:
        if isinstance(abort.__context__, KeyboardInterrupt):
            raise
        say("")
        return None


def _verdicts(console: Console, grader: Grader, asked: Question, answer: str) -> None:
    grade = grader.grade(GradeRequest(asked, answer, asked.prompt))
    judging.show_why(console, asked, answer, grade)
    gap(console)


@click.command()
@bank_to_write
@click.argument("questions", required=False)
def review(questions: str | None, bank_name: str | None) -> None:
    """Walk through the lines that a program wrote and nobody has read: keep, change or drop each, or keep at
    once all that is left of a question.

    Every key is on disk before the next line is shown; whatever is not decided waits for another time.
    """
    name = _named(bank_name, f"review {one_line(questions)}" if questions else "review")
    folder = banks.bank_folder(name)
    bank = banks.open_bank(name)
    numbers = _numbers(bank, questions, name)
    console = make_console()
    left = sum(len(drafts.unread(bank.question(n))) for n in numbers)
    if not left:
        say("Every line has been read.")
        return
    say(f"{plural(left, 'line')} to read.")
    read = _Reading(folder, left)
    for number in numbers:
        with _counted_out():
            if not _review_question(console, read, number, bank.question(number)):
                break
    held = banks.open_bank(name)
    say(f"{plural(sum(len(drafts.unread(q)) for q in held.questions), 'line')} still to read.")


@contextmanager
def _counted_out() -> Iterator[None]:
    """Says that what was decided is kept where the input ends."""
    try:
        yield
    except (click.Abort, KeyboardInterrupt, Ending):
        say("", "What was decided is kept.")
        raise


@dataclass
class _Reading:
    """How far a review has come: the line that is shown, of how many."""

    folder: Path
    count: int
    at: int = 0


def _review_question(console: Console, read: _Reading, number: int, question: Question) -> bool:
    """Whether to go on after it."""
    skipped: set[BankLine] = set()
    last: BankLine | None = None
    while todo := [found for found in drafts.unread(question) if found[0] not in skipped]:
        if last is None:
            _show_question(console, number, question, [line for line, _ in todo])
        line, note = todo[0]
        read.at += line != last
        last = line
        name = drafts.line_name(question, line.at)
        told = f"{read.at} of {read.count}, {name}: {one_line(line.text)} (by {note.by})"
        show(console, told, "plain", indent=2)
        pressed = key("", _DECIDE)
        if pressed == "q":
            return False
        if pressed == "s":
            skipped.add(line)
            continue
        try:
            read.at += len(todo) - 1 if pressed == "a" else 0
            after = _decided(console, question, [line for line, _ in todo], pressed)
            stretch = bank_editing.find(read.folder, number)
            body = bank_editing.rewritten(stretch, question, after)
            with writing(stretch.path, "the bank", error=BankError):
                question = bank_editing.saved(stretch, body).question(number)
        except (ValueError, InterviewerError) as error:
            say(_why_not(error), err=True)
    return True


def _show_question(
    console: Console, number: int, question: Question, todo: Sequence[BankLine]
) -> None:
    show(console, f"{number}. {question.prompt}", "question")
    for reference in question.references:
        show(console, f"answer: {one_line(reference)}", "note")
    for group in question.groups:
        words = Lack(group.enough, group.of).words(question.statements)
        show(console, f"of its criteria {one_line(words)}", "note")
    for lost in question.gaps:
        show(console, f"lost: {lost}", "missing")
    for line in todo if len(todo) > 1 else ():
        said = f"{drafts.line_name(question, line.at)}: {one_line(line.text)}"
        show(console, said, "note", indent=4)


def _decided(
    console: Console, question: Question, todo: Sequence[BankLine], pressed: str
) -> Question:
    """The question after that key. todo: the line that is shown and those that come after it."""
    line, *rest = todo
    if pressed in ("k", "a"):
        for one in rest if pressed == "a" else ():
            question = reviewing.kept(question, one)
        return reviewing.kept(question, line)
    if pressed == "c":
        if line.at == "kind":
            show(console, f"One of: {', '.join(get_args(QuestionKind))}.", "note")
        return reviewing.changed(question, line, retyped("instead", line.text).strip())
    return reviewing.dropped(question, line)


def _why_not(error: ValueError | InterviewerError) -> str:
    if isinstance(error, InterviewerError):
        return error.message
    from pydantic import ValidationError

    from interviewer.common.base import problem

    return problem(error) if isinstance(error, ValidationError) else str(error)


def _numbers(bank: Bank, questions: str | None, name: str | None) -> tuple[int, ...]:
    if questions is None:
        return tuple(question.id for question in bank.questions)
    try:
        wanted = parse_numbers(questions)
    except ValueError as error:
        raise UsageError(str(error), hint="Write numbers and ranges: 1-5,8.") from error
    return _held(bank, wanted, name)


def _held(bank: Bank, wanted: tuple[int, ...], name: str | None) -> tuple[int, ...]:
    """The numbers; UsageError for one that the bank of that name lacks."""
    for number in wanted:
        if number not in bank:
            raise UsageError(
                f"there is no question {number}",
                hint=f"'interviewer bank show {one_line(banks.as_option(name))}' lists them.",
            )
    return wanted
