"""The options by which a command chooses what a new session asks, and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from interviewer.bank.questions import Bank
from interviewer.cli import options
from interviewer.common import ranges
from interviewer.errors import UsageError
from interviewer.interview.asking.order import near_pairs, select
from interviewer.interview.telling.style import STYLES
from interviewer.session.events import CLOCKS, AnswerPace

timed_option = click.option("--timed", is_flag=True, help="Each answer against its clock.")
pace_option = click.option(
    "--pace",
    type=click.Choice(list(CLOCKS)),
    help="The clock of a timed session: that of a spoken answer, as without this, or for typing"
    " three times that.",
)
which_options = options.combined(
    click.option("--sections", metavar="A,B,...", help="Only these sections."),
    click.option(
        "--questions", "numbers", metavar="1-15,20", help="Only these questions, in this order."
    ),
    click.option("--count", type=click.IntRange(min=1), help="How many questions at most."),
    click.option(
        "--order",
        type=click.Choice(["bank", "shuffle", "adaptive"]),
        default="bank",
        show_default=True,
        help="bank: as they stand, or as --questions lists them; adaptive asks where it is least sure "
        "of your tier.",
    ),
    click.option(
        "--probes",
        type=click.IntRange(0, 10),
        default=2,
        show_default=True,
        help="Follow-ups per question at most.",
    ),
    timed_option,
    click.option(
        "--style",
        type=click.Choice(STYLES),
        help="How the interviewer speaks; neutral if not given.",
    ),
)


deeper_option = click.option(
    "--deeper",
    type=click.IntRange(0, 100),
    default=3,
    show_default=True,
    help="Deeper questions at most after full answers; none of them counts.",
)

teach_option = click.option(
    "--teach", is_flag=True, help="Show a full answer after each question, not only at the end."
)


def teach_apart(teach: bool, kept_back: Mapping[str, bool]) -> None:
    """Raises UsageError where answers are asked for in a session that keeps them back."""
    option = next((name for name, given in kept_back.items() if given), None)
    if teach and option is not None:
        raise UsageError(
            f"--teach shows answers that {option} keeps back", hint="Leave one of them out."
        )


def pace_of(pace: AnswerPace | None, *, timed: bool) -> AnswerPace:
    """The pace of a new session. Raises UsageError for one without a clock."""
    if pace is not None and not timed:
        raise UsageError("--pace sets a clock, and none runs", hint="Add --timed.")
    return pace or "spoken"


def choose(
    bank: Bank, sections: str | None, numbers: str | None, *, quick_fire: bool = False
) -> tuple[int, ...]:
    """The questions that the command line names. Raises UsageError for what the bank lacks."""
    try:
        wanted = ranges.parse_numbers(numbers) if numbers else ()
        return select(
            bank, sections=options.split_names(sections), numbers=wanted, quick_fire=quick_fire
        )
    except ValueError as error:
        raise UsageError(str(error), hint="'interviewer bank show' lists the questions.") from error


MOST_COMPARED = 400
"""Questions of which all pairs are looked at: a tenth of a second before the first question."""


def near(
    bank: Bank, chosen: Sequence[int], count: int | None, numbers: str | None, order: str
) -> frozenset[frozenset[int]]:
    """The pairs on nearly one subject; none where all are asked, in a large bank, and where the order is
    the candidate's or the bank's own."""
    short = count is not None and count < len(chosen) <= MOST_COMPARED
    if numbers or order == "bank" or not short:
        return frozenset()
    return near_pairs([bank.question(number) for number in chosen])
