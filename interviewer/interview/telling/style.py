"""How the interviewer speaks: three manners, none of which says how good an answer was."""

from __future__ import annotations

from typing import get_args

from interviewer.session.events import Style

STYLES: tuple[Style, ...] = get_args(Style)

MANNER: dict[Style, str] = {
    "friendly": "You are warm and patient: you invite the candidate to say more.",
    "neutral": "You are calm and plain.",
    "tough": (
        "You are demanding: you press for a precise statement, a mechanism or a concrete case, and"
        " stay polite."
    ),
}
"""What a language model is told of the manner, in a sentence."""

LEADS: frozenset[Style] = frozenset({"friendly", "neutral"})
"""The styles with a word on the way from one question to the next."""
