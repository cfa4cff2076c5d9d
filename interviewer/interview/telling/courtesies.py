"""The first and the last words of an interview; pure.

Which of them are said follows from the name of the session, so that two sessions rarely begin alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from interviewer.interview.telling import wordings
from interviewer.session.record import Session


def greeting(session: Session) -> str:
    """Before the first question."""
    return _one_of(wordings.GREETING[session.started.plan.style or "neutral"], session)


def ending(session: Session) -> str:
    """After the last question, before the debrief."""
    return wordings.ENDING[session.started.plan.style or "neutral"]


def goodbye(session: Session) -> str:
    """After the debrief; "" where the session did not come to its end."""
    if session.closed is None or session.closed.reason != "finished":
        return ""
    return _one_of(wordings.GOODBYE[session.started.plan.style or "neutral"], session)


def _one_of(lines: Sequence[str], session: Session) -> str:
    return lines[crc32(session.started.session.encode()) % len(lines)]
