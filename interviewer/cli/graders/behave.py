"""`interviewer check --behaviour`: graders on answers by construction."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from interviewer.bank.questions import Bank
from interviewer.check import behaving
from interviewer.check.behaving import BehaviourReport
from interviewer.check.checking import Contender
from interviewer.check.requirements import Requirement, missed_shares
from interviewer.cli import requiring
from interviewer.common.console import progress_bar, say_json

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
    requiring.enforce(missed_shares(wanted, reports))
