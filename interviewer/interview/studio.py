"""What an interview is held with, and how one begins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from interviewer.bank.questions import Bank
from interviewer.common.system import Clock
from interviewer.grading.grader import Grader
from interviewer.grading.grades import GraderIdentity
from interviewer.grading.late import LateJudge
from interviewer.grading.offline.encoders import Embedder
from interviewer.interview.terminal import Terminal
from interviewer.session import fold
from interviewer.session.events import AnswerPace, BankInfo, EventLog, Plan, Started
from interviewer.session.record import Session

if TYPE_CHECKING:
    from interviewer.interview.voice.voice import Voice


@dataclass(frozen=True)
class Studio:
    """What an interview is held with.

    grader: gives the grader, waiting for it to load if need be. identity: known before it loads.
    voice: words what is said; None where the bank's own words will do. spare_grader: grades where
    the candidate does not wait for the grader. late_judge: has the grader grade while the interview
    goes on with what the spare grader says; None to wait for every grade. folder: where the bank
    lies; "" for a shipped one. embedder: gives the shipped encoder, for what was said where rules
    leave a doubt; None to do without. pace: of a session that is gone on with, if it is to change.
    """

    log: EventLog
    terminal: Terminal
    clock: Clock
    bank: Bank
    grader: Callable[[], Grader]
    identity: GraderIdentity
    voice: Voice | None = None
    spare_grader: Callable[[], Grader] | None = None
    late_judge: LateJudge | None = None
    folder: str = ""
    embedder: Callable[[], Embedder] | None = None
    pace: AnswerPace | None = None


def start(
    studio: Studio, plan: Plan, session_id: str, program: str, *, simulated: bool = False
) -> Session:
    """Write the first event and return the session it begins. simulated: by a made-up candidate."""
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
            after={q.id: q.after for q in bank.questions if q.after},
        ),
        plan=plan,
        grader=studio.identity,
        folder=studio.folder,
        simulated=simulated,
    )
    studio.log.append(event)
    return fold.begin(event)
