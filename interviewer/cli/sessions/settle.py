"""`interviewer gold settle`: a person goes through what the grader is least sure of in a class."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console

from interviewer.agreement.gold_answers import GoldAnswer, settled_gold
from interviewer.bank.questions import Question
from interviewer.check import gold_append
from interviewer.check.gold_files import GOLD_NAME
from interviewer.classroom import grades_file, settling
from interviewer.classroom.class_values import ClassHead, GradedRow
from interviewer.cli import judging, options
from interviewer.common.console import key, make_console, say, show
from interviewer.common.signals import Ending
from interviewer.common.text import one_line, plural
from interviewer.errors import GoldError, UsageError, Where
from interviewer.grading.grades import Level

_KEYS = {"y": "that is right", "c": "change it", "s": "skip", "q": "quit"}
_UNGRADED = {name: what for name, what in _KEYS.items() if name != "y"}
_LEVELS: Mapping[str, Level] = {"m": "met", "p": "partial", "u": "unmet"}


@click.command()
@click.argument("grades", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@options.combined(
    click.option("--rater", required=True, metavar="NAME", help="Who settles them."),
    click.option("--count", type=click.IntRange(1, 500), default=20, show_default=True, metavar="N",
                 help="How many answers to show."),
    click.option("--gold", "target", type=options.OutFile(), default=Path(GOLD_NAME),
                 show_default=True, help="The file to add them to."),
)  # fmt: skip
def settle(grades: Path, rater: str, count: int, target: Path) -> None:
    """Go through the answers of a class that the grader is least sure of, question by question in turn, and
    say by single keys what is right.

    GRADES is what 'interviewer grade ANSWERS... -o GRADES' writes. Each answer is on disk before the next is
    shown; what was settled before is not asked again.
    """
    if not rater.strip():
        raise UsageError("--rater must name someone")
    head = grades_file.read_head(grades)
    questions = {question.id: question for question in head.questions}
    due = settling.least_sure(grades_file.read_rows(grades), count, gold_append.kept_in(target))
    if not due:
        say("There is nothing to settle: no graded answer is new.")
        return
    console = make_console()
    say(f"{plural(len(due), 'answer')}, those first that the grader is least sure of.")
    with _counted_out(head, grades, target):
        for at, row in enumerate(due, start=1):
            if row.question not in questions:
                raise GoldError(
                    f"the head lacks question {row.question}", where=Where(str(grades), 1)
                )
            show(console, f"{at} of {len(due)}", "note", indent=0)
            levels = _levels(console, questions[row.question], row)
            if levels is None:
                break
            if levels:
                answer = _gold(row, questions[row.question], levels, rater, grades)
                gold_append.append_gold(target, answer)
    _tell(head, grades, target)


def _gold(
    row: GradedRow, question: Question, levels: Mapping[str, Level], rater: str, grades: Path
) -> GoldAnswer:
    """The answer with the grade that a person gave it. Misconceptions are the grader's."""
    wrong = [one.criterion for one in row.grade.asserted]
    try:
        return settled_gold(question, row.answer, levels, wrong, rater)
    except ValueError as error:
        raise GoldError(
            f"the grade of question {question.id} does not fit the question in the head",
            where=Where(str(grades)),
            hint="Have the answers graded again: interviewer grade ANSWERS... -o GRADES.",
        ) from error


def _levels(console: Console, question: Question, row: GradedRow) -> dict[str, Level] | None:
    """The levels by criterion; none for an answer that is skipped, None where it is to end."""
    show(console, f"{question.id}. {question.prompt}", "question")
    show(console, f"› {one_line(row.answer, 2_000)}", "plain", indent=2)
    judging.show_why(console, question, row.answer, row.grade)
    graded = settling.as_graded(row.grade)
    pressed = key("", _KEYS if graded else _UNGRADED)
    if pressed == "q":
        return None
    if pressed == "s":
        return {}
    if pressed == "y" and graded:
        return graded
    out: dict[str, Level] = {}
    for criterion in question.criteria:
        out[criterion.id] = _LEVELS[key(one_line(criterion.statement, 200), _LEVELS)]
    return out


@contextmanager
def _counted_out(head: ClassHead, grades: Path, target: Path) -> Iterator[None]:
    """Says that what was settled is kept where the input ends."""
    try:
        yield
    except (click.Abort, KeyboardInterrupt, Ending):
        say("")
        _tell(head, grades, target)
        raise


def _tell(head: ClassHead, grades: Path, target: Path) -> None:
    """What is settled, and what can be done with it."""
    count = len(gold_append.kept_in(target))
    say(f"{plural(count, 'settled answer')} in {target}.")
    if count:
        say(
            "Have the grader learn from them, see where it departs from you:",
            f"  interviewer bank learn {head.bank.id} --gold {shlex.quote(str(target))}",
            f"  interviewer report-class {shlex.quote(str(grades))} --gold {shlex.quote(str(target))}",
        )
