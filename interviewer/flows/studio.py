"""What an interview is held with, and how one begins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from interviewer.core import session as sessions
from interviewer.core.session import Session
from interviewer.domain.bank import Bank
from interviewer.domain.grade import GraderIdentity
from interviewer.domain.transcript import BankInfo, Plan, Started
from interviewer.flows.wording import Voice
from interviewer.ports import Clock, EventLog, Grader, Terminal


@dataclass(frozen=True)
class Studio:
    """What an interview is held with.

    grader: gives the grader, waiting for it to load if need be. identity: known before it loads.
    voice: words what is said; None where the bank's own words will do. spare_grader: grades where
    the candidate does not wait for the grader.
    """

    log: EventLog
    terminal: Terminal
    clock: Clock
    bank: Bank
    grader: Callable[[], Grader]
    identity: GraderIdentity
    voice: Voice | None = None
    spare_grader: Callable[[], Grader] | None = None


def start(studio: Studio, plan: Plan, session_id: str, program: str) -> Session:
    """Write the first event and return the session it begins."""
    bank = studio.bank
    event = Started(
        seq=0,
        at=studio.clock.now(),
        session=session_id,
        program=program,
        bank=BankInfo(
            id=bank.id,
            version=bank.version,
            digest=bank.digest,
            title=bank.title,
            sections=bank.sections,
            tiers=bank.tiers,
            aims=bank.aims,
            section_of={q.id: q.section for q in bank.questions},
        ),
        plan=plan,
        grader=studio.identity,
    )
    studio.log.append(event)
    return sessions.begin(event)
