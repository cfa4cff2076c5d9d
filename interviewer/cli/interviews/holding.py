"""What an interview is held with, put together here for every command that holds one."""

from __future__ import annotations

import functools
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from interviewer import __version__
from interviewer.bank.questions import Bank
from interviewer.cli import judging, options, outputs
from interviewer.cli.model_options import JUDGE_WAIT, Models, models_option
from interviewer.cli.options import OFFLINE
from interviewer.common import signals, system
from interviewer.common.console import single
from interviewer.common.text import Tone, plural
from interviewer.grading.grader import Grader
from interviewer.grading.grades import GraderIdentity
from interviewer.interview.sitting import conduct
from interviewer.interview.studio import Studio, start
from interviewer.interview.telling import courtesies, summary
from interviewer.interview.telling.debrief import debrief
from interviewer.interview.terminal import Terminal
from interviewer.session import log_file
from interviewer.session.events import Amended, AnswerPace, Paused, Plan, Style
from interviewer.session.log_file import LogFile
from interviewer.session.record import Session, awaiting_judge, turns_of
from interviewer.specs import banks, embedders, graders, layers

if TYPE_CHECKING:
    from interviewer.grading.judges.background_judge import BackgroundJudge
    from interviewer.interview.voice.voice import Voice


@dataclass(frozen=True)
class Means:
    """What the command line says of how an interview is held, whichever command holds it.

    bank_name: a folder or a shipped bank, None for the usual one. grader: the spec of --grader,
    None if not given. force: a judge grades also if it fails the test answer. transcripts: the
    folder of sessions. brief, numbers: what is shown at the end. judge_wait: seconds for which the
    interview waits for a judge before it goes on; None to wait for every grade.
    """

    bank_name: str | None
    grader: str | None
    models: Models
    force: bool
    embedder: str
    transcripts: Path
    brief: bool = False
    numbers: bool = False
    judge_wait: float | None = None

    def style(self, style: Style | None = None) -> Style | None:
        """The style of a new session: what the command line says, or else what is configured."""
        plain = self.models.model == OFFLINE
        return style or self.models.style or (None if plain else "neutral")


def means_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """A decorator: the command takes one parameter `means`, a `Means`, for all these options."""

    @functools.wraps(command)
    def call(
        *, bank_name: str | None, grader_spec: str | None, models: Models, force: bool,
        embedder_spec: str, transcripts: Path, brief: bool, numbers_shown: bool,
        judge_wait: float | None, wait_for_judge: bool, **given: Any,
    ) -> Any:  # fmt: skip
        wait = models.judge_wait if judge_wait is None else judge_wait
        means = Means(
            bank_name, grader_spec, models, force, embedder_spec, transcripts, brief, numbers_shown,
            None if wait_for_judge else wait,
        )  # fmt: skip
        return command(means=means, **given)

    decorated: Callable[..., Any] = options.combined(
        options.bank_option,
        options.grader_option(),
        models_option,
        judging.force_option,
        options.embedder_option,
        options.transcripts_option,
        click.option(
            "--judge-wait", type=options.Number(min=0), metavar="SECONDS",
            help="How long the interview waits for a judge before it goes on with what the offline"
            f" grader says (default {JUDGE_WAIT:.0f}).",
        ),
        click.option(
            "--wait-for-judge", is_flag=True, help="Wait for every grade of a judge."
        ),
        click.option("--brief", is_flag=True, help="End without going through the questions."),
        click.option(
            "--numbers", "numbers_shown", is_flag=True,
            help="End with scores, intervals and chances.",
        ),
    )(call)  # fmt: skip
    return decorated


@dataclass(frozen=True)
class Sitting:
    """An interview to be held: with what, from where it stands, and its open log.

    brief: it ends without the debrief. numbers: it ends with scores, intervals and chances. learned: what
    is to be said first of what was learned for the bank. background: the judge that is not waited for.
    """

    studio: Studio
    session: Session
    log: LogFile
    brief: bool = False
    numbers: bool = False
    learned: tuple[Tone, str] | None = None
    background: BackgroundJudge | None = None


@contextmanager
def begun(
    means: Means,
    bank: Bank,
    plan: Plan,
    terminal: Callable[[Path], Terminal],
    *,
    simulated: bool = False,
) -> Iterator[Sitting]:
    """A new session under a log of its own, which is closed in the end.

    terminal: makes the terminal, given where the log will be. simulated: a made-up candidate sits
    there. A judge that is refused leaves no log behind.
    """
    now = system.SystemClock().now()
    name = f"{now:%Y-%m-%dT%H-%M-%S}-{bank.id}-{secrets.token_hex(2)}"
    path = means.transcripts / f"{name}{log_file.SUFFIX}"
    seat = terminal(path)
    spec = judging.grader_of(means.models, means.grader)
    staff = _Staff.of(means, spec, bank, path, means.bank_name, live=seat.live)
    with LogFile.create(path) as log:
        folder = banks.own_folder(means.bank_name)
        studio = staff.studio(log, seat, plan.style, folder=folder)
        program = f"interviewer {__version__}"
        session = start(studio, plan, name, program, simulated=simulated)
        yield Sitting(studio, session, log, means.brief, means.numbers, staff.learned, staff.late)


def gone_on(
    means: Means,
    bank: Bank,
    session: Session,
    log: LogFile,
    terminal: Callable[[], Terminal],
    *,
    pace: AnswerPace | None = None,
    folder: str | None = None,
) -> Sitting:
    """A session begun before; who graded it grades on unless the command line says who does.

    pace: from here on, if it is to change. folder: the bank's, or its name.
    """
    before = (session.grader or session.started.grader).spec
    spec = means.grader or (means.models.judge if means.models.judge_named else before)
    seat = terminal()
    staff = _Staff.of(means, spec, bank, log.path, folder, live=seat.live)
    studio = staff.studio(log, seat, session.started.plan.style)
    studio = replace(studio, pace=pace)
    return Sitting(studio, session, log, means.brief, means.numbers, staff.learned, staff.late)


def hold(sitting: Sitting, say: Callable[[str, Tone], None] | None = None) -> None:
    """Hold it to its end, write its transcript, and say how it went and where it is kept.

    say: shows that; the interview's own terminal if None. Leaves the program where Ctrl-C or a
    signal paused the session.
    """
    terminal = sitting.studio.terminal
    tell = say or terminal.say
    if sitting.learned is not None:
        tone, line = sitting.learned
        tell(single(line), tone)
    with sitting.background or nullcontext():
        session = conduct(sitting.studio, sitting.session)
    path = sitting.log.path
    if session.closed is not None and not sitting.brief and say is None:
        known = sitting.studio.bank.questions
        terminal.page(debrief(session, numbers=sitting.numbers, known=known))
    for tone, text in summary.closing_lines(session, numbers=sitting.numbers):
        tell(text, tone)
    if words := courtesies.goodbye(session):
        terminal.say(words, "note")
    if session.records:
        tell(single(f"Transcript: {outputs.write_markdown(session, path)}"), "path")
    tell(single(f"Session log: {path}"), "path")
    again = f"interviewer regrade {path} --grader {sitting.studio.identity.spec}"
    for line in _unread(session, again):
        tell(single(line), "path")
    if session.paused and not session.closed:
        last = log_file.read_log(path).events[-1]
        if isinstance(last, Paused) and last.reason == "interrupt":
            raise SystemExit(signals.exit_code() or signals.INTERRUPTED)
    spec = sitting.studio.identity.spec
    graded = [e for _, turn in turns_of(session) if (e := turn.graded) and e.grader.spec == spec]
    judging.hold_to_work(spec, [event.grade for event in graded], again)


def _unread(session: Session, again: str) -> Iterator[str]:
    """What is said of answers that the judge did not come to. again: the command that asks it."""
    late = [t for _, t in turns_of(session) if isinstance(t.graded, Amended) and not t.graded.came]
    if late:
        them = "it keeps its offline grade" if len(late) == 1 else "they keep their offline grades"
        yield f"The judge did not come to {plural(len(late), 'answer')}; {them}. To ask it: {again}"
    if left := awaiting_judge(session):
        yield f"The judge has yet to read {plural(len(left), 'answer')}; 'resume' hands it over again."


@dataclass(frozen=True)
class _Staff:
    """Who grades and who words what is said, for one bank and log."""

    means: Means
    spec: str
    bank: Bank
    identity: GraderIdentity
    grader: Callable[[], Grader]
    learned: tuple[Tone, str] | None
    late: BackgroundJudge | None

    @classmethod
    def of(
        cls, means: Means, spec: str, bank: Bank, log: Path, folder: str | None, *, live: bool
    ) -> _Staff:
        """Begins to load the grader. Raises UsageError for a bad spec, ModelError for a judge that
        is refused. folder: the bank's, or its name. live: whether somebody would wait for a judge."""
        late: BackgroundJudge | None = None

        def notice(message: str) -> None:
            (judging.tell if late is None else late.tell)(message)

        asked = judging.judging_of(spec, means.models, force=means.force, log=log, notice=notice)
        found = judging.learned_for(spec, bank, folder, means.embedder)
        how: dict[str, Any] = {"embedder": means.embedder, "judging": asked, "layer": found.layer}
        identity = graders.grader_identity(spec, **how)
        loading = graders.LoadingGrader(lambda: graders.make_grader(spec, bank, **how))
        if live and means.judge_wait is not None and graders.asks_model(spec):
            late = _in_background(means, spec, loading, identity)
        judging.wait_for_test(loading, spec)
        return cls(means, spec, bank, identity, loading, layers.line_of(found, bank), late)

    def studio(
        self, log: LogFile, seat: Terminal, style: Style | None, *, folder: str = ""
    ) -> Studio:
        """All that a sitting needs. folder: where the bank lies, for a new session's log."""
        log.tell = lambda message: seat.say(message, "warning")
        clock = system.SystemClock()
        studio = Studio(log, seat, clock, self.bank, self.grader, self.identity, folder=folder)
        if self.spec != "overlap":  # which is there to load nothing
            studio = replace(studio, embedder=embedders.cached_embedder())
        if graders.asks_model(self.spec):
            studio = replace(studio, spare_grader=self._offline(), late_judge=self.late)
        if self.means.models.model != OFFLINE:
            studio = replace(studio, voice=self._voice(studio, style or "neutral", log.path))
        return studio

    def _voice(self, studio: Studio, style: Style, log: Path) -> Voice:
        from interviewer.interview.voice.voice import Measures, Voice
        from interviewer.specs.model_specs import make_chat

        models = self.means.models
        own = self.grader if self.spec == OFFLINE else self._offline()
        return Voice(
            make_chat(models.model, models.recording(log)),
            style,
            seconds=models.options.deadline,
            new_marker=lambda: secrets.token_hex(8),
            monotonic=time.monotonic,
            measures=Measures(
                embedders.cached_embedder(self.means.embedder), studio.spare_grader or own
            ),
        )

    def _offline(self) -> Callable[[], Grader]:
        make = functools.partial(
            graders.make_grader, OFFLINE, self.bank, embedder=self.means.embedder
        )
        return graders.LoadingGrader(make)


def _in_background(
    means: Means, spec: str, grader: Callable[[], Grader], identity: GraderIdentity
) -> BackgroundJudge:
    """The judge of that spec, to be asked while the interview goes on."""
    from interviewer.grading.judges.background_judge import BackgroundJudge
    from interviewer.specs import judge_specs, model_specs

    speaks, called = means.models.model, means.models.options
    shares = speaks in judge_specs.models_of(spec)
    assert means.judge_wait is not None
    return BackgroundJudge(
        grader,
        identity,
        patience=means.judge_wait,
        deadline=called.deadline,
        show=judging.tell,
        polite=shares and model_specs.calls_at_once(speaks, called) == 1,
    )
