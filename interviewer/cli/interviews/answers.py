"""Who answers: a person at the keyboard, or a file of answers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewer.bank.questions import Bank
from interviewer.common import files, system
from interviewer.errors import InputError, UsageError
from interviewer.interview.terminal import Terminal

if TYPE_CHECKING:
    from interviewer.interview.script_terminal import Script

answers_option = click.option(
    "--answers",
    type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True),
    help="Take the answers from a file instead of the keyboard (- for a pipe).",
)


def read_script(answers: Path | None) -> Script | None:
    """The answers on file, or None when a person types them."""
    if answers is None and sys.stdin is not None and sys.stdin.isatty():
        return None
    from interviewer.interview.script_terminal import MAX_BYTES, parse_script

    if answers is None or str(answers) == "-":
        text = files.read_stream(sys.stdin, MAX_BYTES, InputError)
        return parse_script(text, "standard input")
    text = files.read_text(answers, MAX_BYTES, InputError, what="the file of answers")
    return parse_script(text, str(answers))


def fit_script(
    script: Script | None,
    bank: Bank,
    chosen: tuple[int, ...],
    count: int | None,
    probes: int,
    *,
    narrowed: bool,
) -> tuple[tuple[int, ...], int | None, int]:
    """Ask what there are answers to, unless the command line says what to ask."""
    if script is None:
        return chosen, count, probes
    if not script.numbered:
        return chosen, count if narrowed else script.size or None, 0
    for number in script.by_question:
        if number not in bank:
            raise UsageError(f"the answers are for question {number}, which the bank does not have")
    if narrowed:
        return chosen, count, probes
    return tuple(q for q in chosen if q in script.by_question) or chosen, count, probes


def make_terminal(script: Script | None, draft: str = "", *, self_graded: bool = False) -> Terminal:
    """Where the candidate answers. draft: what was typed before and not submitted.

    self_graded: the candidate grades too. Raises UsageError where nobody is there to do so.
    """
    if script is not None:
        if self_graded:
            raise UsageError(
                "--self needs somebody at the keyboard, who grades by pressing keys",
                hint="Leave out --self, or --answers and pipes.",
            )
        from interviewer.interview.script_terminal import ScriptTerminal

        return ScriptTerminal(script)
    from interviewer.interview.prompt_terminal import PromptTerminal

    terminal = PromptTerminal(history=system.cache_folder() / "history")
    if draft:
        terminal.restore_draft(draft)
    return terminal
