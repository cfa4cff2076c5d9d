"""`interviewer check --behaviour`: graders on answers by construction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from interviewer.check import behaving
from interviewer.check.behaving import BehaviourReport
from interviewer.check.behaviour import FAMILIES
from interviewer.common.console import progress_bar, say_json
from interviewer.errors import RequirementMissed, UsageError
from interviewer.specs import banks, graders
from interviewer.specs.judge_specs import Judging, short_name

USUAL = 150
"""Cases of each family where no --limit is given: a minute or two offline."""

_FORM = re.compile(r"\s*([a-z]+)\s*>=\s*([0-9.]+)\s*")


def behave(
    specs: Sequence[str],
    bank_name: str | None,
    embedder: str,
    how: Judging,
    *,
    limit: int | None,
    require: str | None,
    failures: int,
    as_json: bool,
) -> None:
    """Run the families, print the shares, and hold them to what is required."""
    wanted = _wanted(require)
    bank = banks.open_bank(bank_name)
    cases = behaving.cases_of(bank, limit or USUAL)
    reports = []
    with progress_bar("", left=True) as step:
        for spec in dict.fromkeys(specs):
            identity = graders.grader_identity(spec, embedder, judging=how)
            grader = graders.make_grader(spec, bank, embedder=embedder, judging=how)
            name = short_name(identity.spec) if graders.asks_model(spec) else spec
            told = partial(step, of=len(cases), what=name)
            found = behaving.run(grader, bank, cases, told, failures)
            reports.append(
                BehaviourReport(grader=name, identity=identity, bank=bank.title, families=found)
            )
    if as_json:
        say_json([report.model_dump(mode="json") for report in reports])
    else:
        from interviewer.check import behaviour_text

        behaviour_text.show(reports)
    _hold_to(wanted, reports)


def _wanted(text: str | None) -> dict[str, float]:
    out = {}
    for part in (text or "").split(","):
        if not part.strip():
            continue
        found = _FORM.fullmatch(part)
        if not found or found[1] not in FAMILIES or not found[2].replace(".", "", 1).isdigit():
            raise UsageError(
                f"--require: '{part.strip()}' is not a comparison such as frames>=0.95",
                hint=f"The families are: {', '.join(FAMILIES)}.",
            )
        out[found[1]] = float(found[2])
    return out


def _hold_to(wanted: dict[str, float], reports: Sequence[BehaviourReport]) -> None:
    """Where a family has held-out cases they are what counts."""
    lines = []
    for report in reports:
        for family in report.families:
            found = family.held_out if family.held_out.graded else family.all
            least = wanted.get(family.family)
            if least is not None and (found.share is None or found.share < least):
                shown = "undefined" if found.share is None else f"{found.share:.3f}"
                lines.append(f"{report.grader}: {family.family} is {shown}, not {least:g}")
    if lines:
        raise RequirementMissed("not reached: " + "; ".join(lines))
