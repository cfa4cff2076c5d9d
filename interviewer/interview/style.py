"""How the interviewer speaks: three manners, none of which says how good an answer was."""

from __future__ import annotations

from typing import get_args

from interviewer.session.events import Style

STYLES: tuple[Style, ...] = get_args(Style)

ACKNOWLEDGEMENTS: dict[Style, tuple[str, ...]] = {
    "friendly": (
        "Thank you, I have that down.",
        "Thanks. Take your time with the next one.",
        "All right, thank you. Let us stay here for a moment.",
        "Thank you. I would like to hear a little more.",
    ),
    "neutral": ("All right.", "I have that.", "Noted.", "I see."),
    "tough": (
        "Noted. Go on.",
        "I heard you. Be exact now.",
        "All right. Go deeper.",
        "Noted. Press on.",
    ),
}

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


def acknowledgement(style: Style, seq: int) -> str:
    """What is said before a follow-up: fixed by the number of the event it reacts to."""
    known = ACKNOWLEDGEMENTS[style]
    return known[seq % len(known)]
