"""Keys of the environment as they are sent: without what a copy and paste put around them."""

from __future__ import annotations

from collections.abc import Mapping

from interviewer.errors import ModelUnavailable

_QUOTES = "\"'`"


def key_from(environ: Mapping[str, str], name: str) -> str | None:
    """The key in that variable without white space around it; None where there is none, or only
    white space. Raises ModelUnavailable where it holds what no key has and no header can carry."""
    key = environ.get(name, "").strip()
    odd = next((c for c in key if not "!" <= c <= "~" or c in _QUOTES), None)
    if odd is not None:
        raise ModelUnavailable(
            f"{name} holds a character that no key has: U+{ord(odd):04X}",
            hint=f"Set {name} again, without quotes, blanks or line breaks.",
        )
    return key or None
