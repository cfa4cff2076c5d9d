"""A session as the values of a report."""

from __future__ import annotations

from collections import Counter

from interviewer.report import report_questions, shapes
from interviewer.report.report_values import (
    BankFacts,
    Cell,
    Report,
    RunReport,
    SectionCounts,
    SessionFacts,
    StudyItem,
    Totals,
)
from interviewer.session import runs, settlements, standing
from interviewer.session.events import Graded, Rerun
from interviewer.session.record import Session, Turn, turns_of
from interviewer.session.results import Result, result_of
from interviewer.session.runs import Run


def build(session: Session) -> Report:
    """The report of a session in any state, even one in which nothing was asked yet."""
    bank = session.started.bank
    results = {r.question.id: result_of(r) for r in session.planned}
    return Report(
        session=_facts(session),
        bank=BankFacts(id=bank.id, version=bank.version, digest=bank.digest, title=bank.title),
        grader=session.grader or session.started.grader,
        totals=_totals(session, Counter(results.values())),
        tiers=tuple(shapes.tier_standing(t, standing.tier_tally(session, t)) for t in bank.tiers),
        aims=tuple(shapes.aim_standing(a, standing.aim_tally(session, a)) for a in bank.aims),
        sections=_sections(session, results),
        strip=tuple(
            Cell(
                question=number,
                section=section,
                result=results.get(number, "not-asked"),
                asked=number in results,
            )
            for number, section in sorted(_places(session).items())
        ),
        study_next=tuple(
            StudyItem(question=r.question.id, missing=standing.lacking(r))
            for r in standing.study_next(session)
        ),
        runs=tuple(run_report(session, run) for run in runs.runs(session)),
        questions=tuple(report_questions.question(r) for r in session.records),
    )


def _places(session: Session) -> dict[int, str]:
    """The section of every question; a bank edited under way may have brought new ones."""
    asked = {r.question.id: r.question.section for r in session.planned}
    return {**asked, **session.started.bank.section_of}


def _facts(session: Session) -> SessionFacts:
    started, plan = session.started, session.started.plan
    return SessionFacts(
        id=started.session,
        program=started.program,
        started=started.at,
        last=session.last_at or started.at,
        state=session.closed.reason if session.closed else "open",
        planned=plan.count,
        order=plan.order,
        seed=plan.seed,
        probes=plan.probes,
        cold=plan.cold,
        timed=plan.timed,
        pace=session.pace,
        silent=plan.silent,
        self_graded=plan.self_graded,
        simulated=started.simulated,
    )


def _totals(session: Session, results: Counter[Result]) -> Totals:
    return Totals(
        questions=len(_places(session)),
        replied=sum(n for result, n in results.items() if result != "not-asked"),
        cold=results["cold"],
        prompted=results["prompted"],
        missed=results["missed"],
        ungraded=results["ungraded"],
        seconds=sum(r.seconds for r in session.records),
        settled=settlements.cold_of(session),
        disputes=settlements.disputes_of(session),
    )


def _sections(session: Session, results: dict[int, Result]) -> tuple[SectionCounts, ...]:
    places = _places(session)
    made = []
    for section in session.started.bank.sections:
        numbers = [q for q, where in places.items() if where == section.id]
        found = Counter(results.get(q, "not-asked") for q in numbers)
        made.append(
            SectionCounts(
                id=section.id,
                title=section.title,
                total=len(numbers),
                cold=found["cold"],
                prompted=found["prompted"],
                missed=found["missed"],
                ungraded=found["ungraded"],
                not_asked=found["not-asked"],
            )
        )
    return tuple(made)


def run_report(session: Session, run: Run) -> RunReport:
    """A grading of that session, with what came of it."""
    seen = run.session.planned
    events: tuple[Rerun | Graded, ...] = (*session.run_heads, *session.reruns)
    began = (event.at for event in events if event.run == run.number)
    return RunReport(
        run=run.number,
        at=session.started.at if run.number == runs.OWN else min(began),
        grader=run.grader,
        bank=run.bank,
        answers=run.answers,
        graded=run.graded,
        complete=run.complete,
        scored=sum(1 for r in seen if r.replied and r.cold is not None),
        cold=run.session.cold_count,
        changed=sum(
            _changed(before, after)
            for (_, before), (_, after) in zip(
                turns_of(session), turns_of(run.session), strict=True
            )
        ),
    )


def _changed(before: Turn, after: Turn) -> int:
    if before.graded is None or after.graded is None:
        return 0
    old = {v.criterion: v.level for v in before.graded.grade.graded}
    new = {v.criterion: v.level for v in after.graded.grade.graded}
    return sum(1 for claim in {*old, *new} if old.get(claim) != new.get(claim))
