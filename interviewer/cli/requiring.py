"""The option --require: what must be reached, and the exit code of what is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from interviewer.errors import RequirementMissed, UsageError

if TYPE_CHECKING:
    from interviewer.check.requirements import Requirement


def required(
    text: str | None, read: Callable[[str], tuple[Requirement, ...]]
) -> tuple[Requirement, ...]:
    """What the option asks for; nothing where it is not given.

    read: raises ValueError for what it cannot read, which becomes a UsageError.
    """
    if text is None:
        return ()
    try:
        return read(text)
    except ValueError as error:
        raise UsageError(f"--require: {error}") from error


def enforce(missed: Sequence[str]) -> None:
    """Raises RequirementMissed with what was not reached, if anything."""
    if missed:
        raise RequirementMissed("not reached: " + "; ".join(missed))
