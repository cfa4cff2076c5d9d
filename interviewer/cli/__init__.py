"""The command line: parse, call one flow, print, exit code."""

from __future__ import annotations

import gc
import importlib
import io
import os
import sys
from typing import NoReturn

import click

from interviewer import __version__
from interviewer.common import signals, streams, system
from interviewer.errors import InterviewerError

_COMMANDS = {
    "run": ("interviewer.cli.interviews.run", "run", "Hold an interview (the default)."),
    "resume": ("interviewer.cli.interviews.resume", "resume", "Go on with a paused session."),
    "simulate": (
        "interviewer.cli.interviews.simulate",
        "simulate",
        "Let a scripted candidate or a model sit an interview.",
    ),
    "replay": ("interviewer.cli.sessions.replay", "replay", "Show a session again, as it went."),
    "regrade": (
        "interviewer.cli.sessions.regrade",
        "regrade",
        "Grade past sessions again, beside.",
    ),
    "compare": (
        "interviewer.cli.sessions.compare",
        "compare",
        "Set two gradings or sessions side by side.",
    ),
    "appeal": ("interviewer.cli.sessions.appeal", "appeal", "Dispute a grade."),
    "gold": ("interviewer.cli.sessions.gold", "gold", "Make gold answers of settled grades."),
    "report": (
        "interviewer.cli.sessions.report",
        "report",
        "Write the transcript: Markdown, HTML, JSON or PDF.",
    ),
    "list": ("interviewer.cli.sessions.past", "list_sessions", "Show past sessions."),
    "progress": (
        "interviewer.cli.study.progress",
        "progress",
        "Show how the cold score moved over time.",
    ),
    "drill": ("interviewer.cli.study.drill", "drill", "Ask what is about to be forgotten."),
    "plan": (
        "interviewer.cli.study.plan",
        "plan",
        "Reckon the questions a day that reach an aim by a date.",
    ),
    "export": ("interviewer.cli.study.export", "export", "Write flash cards: Anki or CSV."),
    "grade": (
        "interviewer.cli.graders.grade",
        "grade",
        "Grade one answer and show why, or the answers of a class.",
    ),
    "report-class": (
        "interviewer.cli.graders.report_class",
        "report_class",
        "Show what the grades of a class say of questions, grader and answers.",
    ),
    "check": (
        "interviewer.cli.graders.check",
        "check",
        "Measure graders against answers people graded.",
    ),
    "trial": (
        "interviewer.cli.graders.trial",
        "trial",
        "Find out what a language model is good for here.",
    ),
    "calibrate": (
        "interviewer.cli.graders.calibrate",
        "calibrate",
        "Fit a language model as judge to graded answers.",
    ),
    "models": (
        "interviewer.cli.graders.models",
        "models",
        "Find language models and what they can do.",
    ),
    "doctor": (
        "interviewer.cli.graders.models",
        "doctor",
        "Say what is wrong here, and how to mend it.",
    ),
    "import": (
        "interviewer.cli.banks.import_document",
        "import_document",
        "Make a bank of a document of questions and answers.",
    ),
    "bank": ("interviewer.cli.banks.bank", "bank", "Write, check and describe question banks."),
}


class _LazyGroup(click.Group):
    """Commands are imported when called; what is no command is an option of `run`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, attribute, _ = _COMMANDS[cmd_name]
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, what) for name, (_, _, what) in _COMMANDS.items()])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {"--help", "-h", "--version"}
        if not args or (args[0].startswith("-") and args[0] not in own):
            args = ["run", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="interviewer")
def cli() -> None:
    """An oral technical interview in the terminal, graded as you go.

    Without a command it holds an interview: 'interviewer --sections A,B' is 'interviewer run
    --sections A,B'.
    """


def main(args: list[str] | None = None) -> NoReturn:
    """Run the command line and exit.

    0: ok, also where the reader of the output left early; 1: operational; 2: usage; 3: below a
    threshold; 130: interrupted; 128 and the number of another signal that ended it.
    """
    # Almost nothing here is cyclic. Looking for it after every 700 new values, as is usual, takes a
    # fifth of the time that a history needs.
    gc.set_threshold(50_000)
    # A plugin of the library that other packages bring would see every answer; looking for one takes time.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # With more threads than memory allows, the library of numpy raises SIGINT while it loads.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with streams.guarded(), signals.heeded():
        code = _run(args)
        signalled = signals.exit_code()
    sys.exit(code if signalled is None else signalled)


def _run(args: list[str] | None) -> int:
    """The exit code. Whatever ends a command is told here, in a line, and nowhere else."""
    try:
        code = cli.main(args=args, prog_name="interviewer", standalone_mode=False)
        streams.flush()
    except InterviewerError as error:
        _complain(*error.lines())
        code = error.exit_code
    except click.exceptions.Abort as abort:  # what click makes of the end of input and of Ctrl-C
        ended = isinstance(abort.__cause__ or abort.__context__, EOFError)
        _complain("the input ended" if ended else "stopped by Ctrl-C")
        code = signals.INTERRUPTED
    except click.ClickException as error:
        _complain_of_words(error)
        code = error.exit_code
    except KeyboardInterrupt:
        _complain("stopped by Ctrl-C")
        code = signals.INTERRUPTED
    except streams.OutputLost as lost:
        if lost.why:
            _complain(f"standard output cannot be written: {lost.why}")
        code = lost.code
    except signals.Stopped as stopped:
        _complain(f"stopped by {stopped.name}")
        code = stopped.code
    except SystemExit as left:
        code = left.code
    except Exception as error:
        if (told := _outside(error)) is None:
            raise
        _complain(*told)
        code = 1
    return code if isinstance(code, int) else 0


def _outside(error: BaseException) -> tuple[str, ...] | None:
    """What the machine lacks that nobody nearer to it has told; None for a fault of the program."""
    if system.is_short_of_memory(error):
        return (
            "there is not enough memory",
            "  Close other programs, or raise the limit ('ulimit -v' shows it).",
        )
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return (f"{where}{error.strerror or error}",)
    return None


def _complain(first: str, *hints: str) -> None:
    from interviewer.common.console import say

    say(f"interviewer: {first}", *hints, err=True)


def _complain_of_words(error: click.ClickException) -> None:
    """What click has to say of the words on the command line, which may be names of files."""
    from interviewer.common.console import say

    told = io.StringIO()
    error.show(told)
    say(*told.getvalue().rstrip("\n").split("\n"), err=True)
