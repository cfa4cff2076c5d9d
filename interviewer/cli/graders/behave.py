"""`interviewer check --behaviour`: graders on answers by construction."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from interviewer.bank.questions import Bank
from interviewer.check import behaving
from interviewer.check.behaving import BehaviourReport
from interviewer.check.checking import Contender
from interviewer.check.requirements import Requirement
from interviewer.common.console import progress_bar, say_json
from interviewer.errors import RequirementMissed

USUAL = 150
"""Cases of each family where no --limit is given: a minute or two offline."""


def behave(
    contenders: Sequence[Contender],
    bank: Bank,
    wanted: Sequence[Requirement],
    *,
    limit: int | None,
    failures: int,
    as_json: bool,
) -> None:
    """Run the families, print the shares, and hold them to what is required."""
    cases = behaving.cases_of(bank, limit or USUAL)
    reports = []
    with progress_bar("", left=True) as step:
        for one in contenders:
            told = partial(step, of=len(cases), what=one.name)
            found = behaving.run(one.make(bank), bank, cases, told, failures)
            reports.append(
                BehaviourReport(
                    grader=one.name, identity=one.identity, bank=bank.title, families=found
                )
            )
    if as_json:
        say_json([report.model_dump(mode="json") for report in reports])
    else:
        from interviewer.check import behaviour_text

        behaviour_text.show(reports)
    _hold_to(wanted, reports)


def _hold_to(wanted: Sequence[Requirement], reports: Sequence[BehaviourReport]) -> None:
    """Where a family has held-out cases they are what counts."""
    least = {one.metric: one.bound for one in wanted}
    lines = []
    for report in reports:
        for family in report.families:
            found = family.held_out if family.held_out.graded else family.all
            bound = least.get(family.family)
            if bound is not None and (found.share is None or found.share < bound):
                shown = "undefined" if found.share is None else f"{found.share:.3f}"
                lines.append(f"{report.grader}: {family.family} is {shown}, not {bound:g}")
    if lines:
        raise RequirementMissed("not reached: " + "; ".join(lines))
