"""`interviewer regrade`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from pydantic import ValidationError
from rich.console import Console

from interviewer.bank.questions import Bank
from interviewer.cli import judging, options
from interviewer.cli.model_options import Models, models_option
from interviewer.cli.outputs import refresh_markdown
from interviewer.cli.sessions.finding import find_session, reopen
from interviewer.common import signals, system
from interviewer.common.console import gap, make_console, progress_bar, say, show_line
from interviewer.common.signals import Stopped
from interviewer.common.text import one_line, plural
from interviewer.errors import InterviewerError, TranscriptError, UsageError, Where
from interviewer.grading.grader import Grader
from interviewer.grading.grades import Ungraded
from interviewer.regrade import compare_text, comparison, regrading
from interviewer.regrade.comparison import Side
from interviewer.regrade.regrading import Desk
from interviewer.regrade.rubric import Rubric, bank_as_asked, changes
from interviewer.report import verdict_text
from interviewer.report.report_data import run_report
from interviewer.session import runs
from interviewer.session.events import Answered
from interviewer.session.record import Session, turns_of
from interviewer.session.runs import Run
from interviewer.specs import banks, graders, layers

if TYPE_CHECKING:
    from interviewer.grading.offline.layer import Layer

Graders = Callable[[Bank, Path, str | None], Grader]


@click.command()
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
)
@options.combined(
    options.grader_option(),
    models_option,
    judging.force_option,
    click.option("--bank", "bank_name", metavar="NAME|FOLDER",
                 help="Grade by this version of the bank instead of the questions as asked."),
    options.embedder_option,
    options.transcripts_option,
)  # fmt: skip
def regrade(
    files: tuple[Path, ...], grader_spec: str | None, models: Models, force: bool,
    bank_name: str | None, embedder_spec: str, transcripts: Path,
) -> None:  # fmt: skip
    """Grade each session FILE again and show what changed.

    The grades are appended to the log as a run of their own; what was graded before stays. A run
    that was cut off, or whose grader failed, is completed by the same command.
    """
    files = tuple(find_session(file, transcripts) for file in files)
    spec = judging.grader_of(models, grader_spec)
    grader = _graders(spec, models, embedder_spec, force=force)
    failed = 0
    for path in dict.fromkeys(files):
        try:
            _regrade(path, grader, bank_name)
        except InterviewerError as error:
            if len(files) == 1:
                raise
            failed += 1
            error.where = error.where or Where(str(path))
            first, *hints = error.lines()
            say(f"interviewer: {first}", *hints, err=True)
    if failed:
        raise InterviewerError(f"{plural(failed, 'session')} of {len(files)} could not be regraded")


def _graders(spec: str, models: Models, embedder: str, *, force: bool) -> Graders:
    """Makes the grader for a bank, a log and the bank's home, once where they are alike. UsageError for a bad
    spec."""
    how = judging.judging_of(spec, models, force=force)
    graders.grader_identity(spec, embedder, judging=how)  # a bad spec is said before any file
    made: dict[tuple[str, str | None, Path | None], Grader] = {}

    def grader(bank: Bank, log: Path, home: str | None) -> Grader:
        # The calls of a model are kept beside the log, so each log needs its own.
        key = bank.digest, home, log if how else None
        if key not in made:
            kept = judging.judging_of(spec, models, force=force, log=log)
            # What a judge cannot grade stays ungraded: a run is the word of one grader.
            alone = replace(kept, fallback=False) if kept else None
            layer = _learned(spec, bank, home, embedder)
            made[key] = graders.make_grader(
                spec, bank, embedder=embedder, judging=alone, layer=layer
            )
        return made[key]

    return grader


def _learned(spec: str, bank: Bank, home: str | None, embedder: str) -> Layer | None:
    """What was learned for the bank that is graded by, where its home is known."""
    if home is None:
        return None
    found = judging.learned_for(spec, bank, home, embedder)
    # The questions of one session alone are no bank that anything was learned for.
    if found.problem and banks.open_bank(home).digest == bank.digest:
        judging.warn(layers.problem_line(found, bank))
    return found.layer


def _regrade(path: Path, graders: Graders, bank_name: str | None) -> None:
    log, read = reopen(path)
    with log:
        session = read.session
        if not any(isinstance(turn.reply, Answered) for _, turn in turns_of(session)):
            over = session.closed is not None
            raise UsageError(
                f"{path} holds no answer",
                hint=None if over else "'interviewer resume' goes on with it.",
            )
        home = bank_name or banks.home_of(session.started)
        bank, rubric = _rubric(session, bank_name, home, path)
        console = make_console()
        show_line(console, str(path), "title", wrap=False)
        for line in _rubric_lines(session, rubric):
            show_line(console, line, "note")
        desk = Desk(log, graders(bank, path, home), rubric, system.SystemClock())
        begun = runs.unfinished(session, desk.grader.identity, rubric.digest)
        if begun is not None:
            show_line(console, _begun_line(session, begun), "note")
        try:
            with progress_bar(path.name) as step:
                session, number = regrading.regrade(desk, session, step)
        except (KeyboardInterrupt, Stopped):
            say("Stopped; the same command completes the run.", err=True)
            raise SystemExit(signals.exit_code() or signals.INTERRUPTED) from None
    run = runs.run_of(session, number)
    assert run is not None
    if run.graded:
        _show(console, session, run)
    refresh_markdown(session, log.path)
    if not run.graded:
        raise InterviewerError(
            f"run {number} could not grade any answer{_why(run)}",
            where=Where(str(path)),
            hint="When that is mended, the same command tries again.",
        )


def _begun_line(session: Session, begun: Run) -> str:
    tried = {event.answer for event in session.reruns if event.run == begun.number}
    if len(tried) < begun.answers:
        return f"Run {begun.number} was cut off; it is completed."
    left = plural(len(begun.left), "answer")
    return f"Run {begun.number} could not grade {left}; another try is made."


def _why(run: Run) -> str:
    """What the grader said of the first claim that it could not grade."""
    grades = (turn.graded.grade for _, turn in turns_of(run.session) if turn.graded)
    found = next((o for g in grades for o in g.verdicts if isinstance(o, Ungraded)), None)
    return f": {one_line(found.detail or found.cause, 200)}" if found else ""


def _rubric(
    session: Session, bank_name: str | None, home: str | None, path: Path
) -> tuple[Bank, Rubric]:
    """What to grade by: a bank for the grader, and the questions. home: where the session's bank is."""
    began = session.started.bank
    if bank_name is not None:
        bank = banks.open_bank(bank_name)
        if bank.id != began.id:
            raise UsageError(
                f"{path} is on the bank '{began.id}', not on '{bank.id}'",
                hint="Name a version of its own bank, or leave --bank out.",
            )
        return bank, Rubric.of_bank(bank)
    if home is not None:
        bank = banks.open_bank(home)
        if bank.digest == began.digest:
            return bank, Rubric.of_bank(bank)
    try:
        return bank_as_asked(session), Rubric.of_session(session)
    except ValidationError as error:
        raise TranscriptError(
            "the questions of this session make no bank", where=Where(str(path)),
            hint="Name the folder of its bank with --bank.",
        ) from error  # fmt: skip


def _rubric_lines(session: Session, rubric: Rubric) -> Iterator[str]:
    began = session.started.bank.digest
    if rubric.digest == began:
        exemplars = any(c.accepts for q in rubric.questions.values() for c in q.criteria)
        if not exemplars:
            yield f"By the questions as asked, without exemplars: bank {began} is not at hand."
        return
    yield f"By bank {rubric.digest}; the session was on {began}."
    found = False
    for record in session.records:
        for line in changes(record.question, rubric.questions.get(record.question.id)):
            found = True
            yield f"Question {record.question.id}: {line}"
    if not found:
        yield "No criterion differs; exemplars or other questions do."


def _show(console: Console, session: Session, run: Run) -> None:
    own = runs.run_of(session, runs.OWN)
    assert own is not None
    found = comparison.compare(Side("The session's own run", own), Side(f"Run {run.number}", run))
    show_line(console, f"{verdict_text.run_line(run_report(session, run))}.")
    show_line(console, f"By {run.name}; bank {run.bank}. Before: {own.name}.", "note")
    ungraded = sum(1 for p in found.answers for c in p.claims if isinstance(c.right, Ungraded))
    if ungraded:
        said = f"{plural(ungraded, 'criterion verdict')} ungraded{_why(run)}"
        show_line(console, said, "warning")
    for line in compare_text.change_lines(found):
        show_line(console, one_line(line), indent=0 if line[:1] != " " else 4)
    if not comparison.differences(found).answers:
        show_line(console, "Nothing changed.")
    gap(console)
    for line in (*compare_text.total_lines(found), *compare_text.agreement_lines(found)):
        show_line(console, line)
