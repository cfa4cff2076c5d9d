"""`interviewer bank learn`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewer.bank.questions import Bank
from interviewer.check.gold_files import GOLD_NAME
from interviewer.cli import options
from interviewer.common.console import progress_bar, say, say_json
from interviewer.common.text import plural
from interviewer.errors import UsageError
from interviewer.grading.grader import GradeRequest
from interviewer.learning.places import LayerPlace
from interviewer.specs import banks, layers

if TYPE_CHECKING:
    from interviewer.grading.offline.offline_grader import OfflineGrader
    from interviewer.learning.learn_report import LearnReport
    from interviewer.learning.learning import Learned
    from interviewer.learning.lessons import Taught
    from interviewer.learning.settled_answers import SettledAnswer, SettledSoFar


@click.command()
@click.argument("name", metavar="NAME|FOLDER")
@options.combined(
    click.option("--gold", "golds", multiple=True, metavar="FILE",
                 help="Graded answers as well: a file of them, or gold for the bank's own; may be given "
                      "several times. Held-out answers are left out."),
    options.transcripts_option,
    click.option("--dry-run", is_flag=True, help="Say whether it would help, and write nothing."),
    click.option("--forget", is_flag=True, help="Remove what was learned for this bank."),
    click.option("--json", "as_json", is_flag=True, help="Print it as JSON."),
)  # fmt: skip
def learn(
    name: str, golds: tuple[str, ...], transcripts: Path, dry_run: bool, forget: bool, as_json: bool
) -> None:
    """Let the offline grader learn from the answers to a bank that people have settled: disputes and
    self-grades in the sessions, and files of graded answers.

    What is learned is used for this bank from then on, if cross-validation shows that it helps.
    """
    if forget and (dry_run or golds or as_json):
        raise UsageError("--forget goes with no other option", hint="Leave the others out.")
    bank, folder = banks.open_bank(name), banks.bank_folder(name)
    place = layers.place_of(folder, bank)
    if forget:
        _forget(place, bank)
        return
    from interviewer.learning import learn_report, settled_answers

    files = [folder / GOLD_NAME if word == "gold" else Path(word) for word in dict.fromkeys(golds)]
    found = settled_answers.collect(bank, transcripts, files)
    learned = _learned(bank, found.answers)
    report = _kept(place, bank, found, learned, dry_run=dry_run)
    if as_json:
        say_json(report.model_dump_json())
    else:
        say(*learn_report.lines(report))


def _forget(place: LayerPlace, bank: Bank) -> None:
    from interviewer.learning import layer_file

    removed = layer_file.forget(place)
    for path in removed:
        say(f"Removed: {path}")
    if not removed:
        say(f"Nothing was learned for {bank.id}.")


def _learned(bank: Bank, answers: Sequence[SettledAnswer]) -> Learned:
    from interviewer.learning import learning
    from interviewer.specs.embedders import embedder_name, make_embedder
    from interviewer.specs.plain_specs import offline_grader

    grader = offline_grader(make_embedder(), bank)
    return learning.learn(
        bank,
        read(answers, grader),
        grader.conclude,
        weights=layers.weights_digest(),
        embedder=embedder_name(),
    )


def read(answers: Sequence[SettledAnswer], grader: OfflineGrader) -> list[Taught]:
    """Each answer with what the grader as shipped reads of it, under a bar."""
    from interviewer.grading.answer_bound import read_part
    from interviewer.learning.lessons import Taught

    out = []
    with progress_bar("Reading", left=True) as step:
        for at, one in enumerate(answers, start=1):
            request = GradeRequest(one.question, read_part(one.gold.answer), one.asked)
            out.append(Taught(one, grader.hear(request)))
            step(at, of=len(answers), what=plural(len(answers), "settled answer"))
    return out


def _kept(
    place: LayerPlace, bank: Bank, found: SettledSoFar, learned: Learned, *, dry_run: bool
) -> LearnReport:
    """Keeps the layer where it helps; one that was kept before and does not help any more is removed."""
    from interviewer.learning import layer_file, learning
    from interviewer.learning.learn_report import LearnReport
    from interviewer.learning.settled_answers import SETTLED_BY

    helps, path = learned.layer is not None and not learned.why, ""
    if helps and learned.layer is not None and not dry_run:
        path = str(layer_file.save(place, learned.layer))
    elif not helps and not dry_run:
        for removed in layer_file.forget(place):
            say(f"What was learned before is no longer used: {removed}", err=True)
    return LearnReport(
        bank=bank.id,
        answers=len(found.answers),
        questions=len({one.question.id for one in found.answers}),
        sources={
            source: sum(1 for a in found.answers if a.source == source) for source in SETTLED_BY
        },
        left_out=dict(found.left_out),
        gains=dict(learned.gains),
        helps=helps,
        why=learned.why,
        layer=learned.layer.digest if learned.layer else "",
        path=path,
        dry_run=dry_run,
        weights=learning.weights_by_name(learned.layer) if learned.layer else {},
    )
