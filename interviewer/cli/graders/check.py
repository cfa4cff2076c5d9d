"""`interviewer check`: graders against people."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from interviewer.agreement.gold_answers import GoldSet
from interviewer.bank.questions import Bank
from interviewer.check import checking
from interviewer.check.check_report import GraderRun
from interviewer.check.check_values import CheckReport
from interviewer.check.checking import Contender
from interviewer.check.requirements import Requirement
from interviewer.cli import judging, options, requiring
from interviewer.cli.model_options import Models, models_option
from interviewer.cli.outputs import write_page
from interviewer.common.console import progress_bar, say_json
from interviewer.errors import GoldError, UsageError, Where
from interviewer.specs import banks, embedders, graders
from interviewer.specs.judge_specs import Judging

OWN = "gold"
"""The --gold word for the bank's own file."""


@click.command()
@options.combined(
    click.option("--grader", "specs", multiple=True, metavar="SPEC",
                 help="Who grades, offline if not given; give it several times to compare. "
                      "MODE:SPEC asks one judge in its own way: logprob:openai:MODEL."),
    click.option("--behaviour", is_flag=True,
                 help="Not on gold but on answers by construction: denied, asked, swapped, terse, "
                      "shuffled ...; the share of each family that is graded as is due."),
    click.option("--gold", "golds", multiple=True, metavar="FILE|SET",
                 help="Graded answers: a file, gold (the bank's own, the default), or scientsbank, "
                      "beetle, saf, physics. May be given several times."),
    click.option("--asag", type=click.Path(path_type=Path, file_okay=False),
                 envvar="INTERVIEWER_ASAG", help="The folder that holds the sets from elsewhere."),
    click.option("--split", type=click.Choice(["all", "tuned", "held-out"]), default="all",
                 show_default=True, help="Only answers that tuning may look at, or only others."),
    click.option("--limit", type=click.IntRange(min=1), help="At most so many answers per set."),
    click.option("--require", metavar="EXPR",
                 help="Exit with 3 unless met: 'qwk>=0.8,false_pass<=0.03'. Looks at the held-out "
                      "sets if there are any."),
    click.option("--worst", type=click.IntRange(min=0), default=3, show_default=True,
                 help="Disagreements to show per grader and set."),
    click.option("--show-held-out", is_flag=True, help="Also show held-out answers among them."),
    click.option("--json", "as_json", is_flag=True, help="Print everything as JSON."),
    click.option("--html", type=options.OutFile(), metavar="FILE",
                 help="Write a page with tables and calibration plots."),
    click.option("--no-cache", is_flag=True, help="Grade anew what was graded before."),
    models_option,
    judging.record_option,
    options.bank_option,
    options.embedder_option,
)  # fmt: skip
def check(
    specs: tuple[str, ...], behaviour: bool, golds: tuple[str, ...], asag: Path | None, split: str,
    limit: int | None, require: str | None, worst: int, show_held_out: bool, as_json: bool, html: Path | None,
    no_cache: bool, models: Models, record: Path | None, bank_name: str | None, embedder_spec: str,
) -> None:  # fmt: skip
    """Measure graders against answers that people have graded."""
    wanted = _requirements(require, behaviour=behaviour)
    if behaviour:
        _refuse_gold(golds, html)
    screen = options.screen_alone(html, as_json=as_json)
    how = judging.measured(models, record)
    contenders = [
        _contender(spec, embedder_spec, how) for spec in dict.fromkeys(specs or (models.judge,))
    ]
    if behaviour:
        from interviewer.cli.graders.behave import behave

        bank = banks.open_bank(bank_name)
        behave(contenders, bank, wanted, limit=limit, failures=worst, as_json=as_json)
        return
    sets = [
        checking.limited(found, limit)
        for found in _sets(golds or (OWN,), asag, banks.bank_folder(bank_name), bank_name)
        if split == "all" or found.held_out == (split == "held-out")
    ]
    if not sets:
        raise UsageError(f"no answer is {split}", hint="Leave --split out to check them all.")
    _check_kinds(wanted, sets)
    from interviewer.check.check_report import build

    runs = _grade(contenders, sets, cached=not no_cache)
    found = build(runs, worst, show_held_out=show_held_out)
    if as_json:
        say_json(found.model_dump_json())
    elif not screen:
        from interviewer.check import check_text

        check_text.show(found)
    if html is not None:
        _write_html(html, found)
    from interviewer.check.requirements import missed

    requiring.enforce(missed(wanted, found))


def _refuse_gold(golds: Sequence[str], html: Path | None) -> None:
    if golds or html is not None:
        raise UsageError(
            "--behaviour goes with neither --gold nor --html",
            hint="Its cases are made from the bank.",
        )


def _requirements(text: str | None, *, behaviour: bool) -> tuple[Requirement, ...]:
    from interviewer.check import requirements

    if not behaviour:
        return requiring.required(text, requirements.parse)
    from interviewer.check.behaviour import FAMILIES

    return requiring.required(text, partial(requirements.parse_shares, families=FAMILIES))


def _check_kinds(wanted: Sequence[Requirement], sets: Sequence[GoldSet]) -> None:
    from interviewer.check.requirements import unknown_kind

    kinds = {answer.kind for found in sets for answer in found.answers if answer.kind}
    kind = unknown_kind(wanted, kinds)
    if kind:
        there = ", ".join(sorted(kinds)) or "none"
        raise UsageError(f"--require: no answer is of kind '{kind}'", hint=f"There are: {there}.")


def _contender(spec: str, embedder: str, how: Judging) -> Contender:
    from interviewer.check.result_cache import code_digest
    from interviewer.specs.judge_specs import asks_nothing_else, short_name

    identity = graders.grader_identity(spec, embedder, judging=how)
    judge = graders.asks_model(spec)
    # The same name may mean another model on another server.
    content = (how.models.base_url or "") if judge else ""
    if not judge or not asks_nothing_else(spec):
        # A judge is named by its model and prompt; any other grader is its code and weights.
        package = Path(embedders.__file__).parent.parent
        folders = [package / name for name in ("common", "answer_text", "bank", "grading")]
        content += code_digest(folders, embedders.weights_folder())
    return Contender(
        short_name(identity.spec) if judge else spec,
        identity,
        lambda bank: graders.make_grader(spec, bank, embedder=embedder, judging=how),
        content,
    )


def _sets(
    golds: Sequence[str], asag: Path | None, folder: Path, bank_name: str | None
) -> list[GoldSet]:
    bank: Bank | None = None
    out: list[GoldSet] = []
    for word in dict.fromkeys(golds):
        from interviewer.check import asag_files, gold_files

        name, path = word, Path(word)
        if word == OWN:
            path = folder / gold_files.GOLD_NAME
            _expect(path)
        elif word in asag_files.SETS:
            out += asag_files.load_set(word, asag_files.set_files(word, _asag_folder(asag)))
            continue
        else:
            _expect(path)
            name = _free_name(path, out)
            if asag_files.looks_external(path):
                out += asag_files.load_set(name, [path])
                continue
        bank = bank or banks.open_bank(bank_name)
        out += gold_files.load_gold(path, bank, name)
    return out


def _expect(path: Path) -> None:
    if not path.is_file():
        raise GoldError(
            "there are no graded answers here",
            where=Where(str(path)),
            hint="--gold takes a file of them, or one of: gold, scientsbank, beetle, saf, physics.",
        )


def _free_name(path: Path, taken: Sequence[GoldSet]) -> str:
    """The stem of the file; its whole path where another set has that name."""
    used = {found.name.partition(" (")[0] for found in taken}
    return str(path) if path.stem in used else path.stem


def _asag_folder(asag: Path | None) -> Path:
    if asag is None:
        raise UsageError(
            "where are the sets from elsewhere?",
            hint="Give --asag FOLDER, or set INTERVIEWER_ASAG.",
        )
    return asag


def _grade(
    contenders: Sequence[Contender], sets: Sequence[GoldSet], *, cached: bool
) -> list[GraderRun]:
    from interviewer.check.result_cache import FILE_NAME, ResultCache
    from interviewer.common import system

    clock = system.SystemClock()
    with progress_bar("", left=True) as step:
        if not cached:
            return checking.run(contenders, sets, None, clock, step)
        with ResultCache(system.cache_folder() / FILE_NAME) as results:
            return checking.run(contenders, sets, results, clock, step)


def _write_html(path: Path, found: CheckReport) -> None:
    from interviewer.check import check_html

    write_page(path, check_html.render(found))
