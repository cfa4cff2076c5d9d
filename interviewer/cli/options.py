"""Options that several commands share."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from interviewer.common import files
from interviewer.errors import UsageError

OFFLINE = "offline"
"""The spec of no model: of whoever grades the shipped grader, of whoever words the bank's own words."""
TRANSCRIPTS = Path("transcripts")
TRANSCRIPTS_VARIABLE = "INTERVIEWER_TRANSCRIPTS"


class Number(click.FloatRange):
    """A number within bounds. "nan" and "inf" are none, which the library lets through."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number. Raises click.BadParameter for anything else."""
        found = super().convert(value, param, ctx)
        if not math.isfinite(found):
            self.fail(f"{value!r} is not a number that can be used.", param, ctx)
        return found


class OutFile(click.Path):
    """A file to be written, in a folder that is there: a folder that is not is a mistyped one."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, dir_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path. Raises click.BadParameter where its folder does not exist."""
        found: Path = Path(str(super().convert(value, param, ctx)))
        try:
            there = found.parent.is_dir()
        except (OSError, ValueError):
            there = False
        if not there:
            self.fail(f"there is no folder {found.parent}.", param, ctx)
        return found


bank_option = click.option(
    "--bank",
    "bank_name",
    metavar="NAME|FOLDER",
    help="The question bank; the shipped one if not given.",
)
transcripts_option = click.option(
    "--transcripts",
    type=click.Path(path_type=Path, file_okay=False),
    default=TRANSCRIPTS,
    show_default=True,
    envvar=TRANSCRIPTS_VARIABLE,
    help="Where sessions are kept.",
)
embedder_option = click.option(
    "--embedder",
    "embedder_spec",
    default="onnx",
    show_default=True,
    metavar="SPEC",
    help="onnx (shipped) or sentence-transformers:NAME_OR_PATH.",
)


def grader_option(default: str | None = None) -> Callable[[Any], Any]:
    """Who grades. default: None where the judge of the options about models does if nobody is named."""
    return click.option(
        "--grader",
        "grader_spec",
        default=default,
        show_default=default is not None,
        metavar="SPEC",
        help="Who grades."
        if default is not None
        else "Who grades: offline (the default), a model as in --judge, panel:SPEC,SPEC or fused:SPEC.",
    )


def combined(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Several options as one decorator, in the order given."""

    def decorate(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def split_names(text: str | None) -> tuple[str, ...]:
    """ "A, B" as ("A", "B")."""
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def screen_alone(html: Path | None, *, as_json: bool) -> bool:
    """Whether a page goes to standard output, which then holds nothing else. Raises UsageError
    where JSON is to go there too."""
    screen = files.is_screen(html)
    if screen and as_json:
        raise UsageError("--json and '--html -' print both", hint="Name a file for the page.")
    return screen


def transcripts_folder() -> Path:
    """Where sessions are kept if the command line does not say."""
    return Path(os.environ.get(TRANSCRIPTS_VARIABLE) or TRANSCRIPTS)
