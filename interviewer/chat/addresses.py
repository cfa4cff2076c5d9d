"""Addresses of servers, as they may be shown and trusted."""

from __future__ import annotations

from urllib.parse import urlsplit

from interviewer.common.scrub import HIDDEN, is_token
from interviewer.errors import UsageError

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def plain_address(url: str) -> str:
    """The address without user, password, query and fragment, and without what looks like a token
    in its path: what may be shown of it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "an address that cannot be read"
    if not parts.netloc:  # "user:password@host", whose user reads as a scheme
        return url.partition("?")[0].partition("#")[0].rpartition("@")[2]
    host = parts.netloc.rpartition("@")[2]
    path = "/".join(HIDDEN if is_token(piece) else piece for piece in parts.path.split("/"))
    return f"{parts.scheme}://{host}{path}".rstrip("/")


def is_loopback(url: str) -> bool:
    """Whether the address is on this machine."""
    try:
        return urlsplit(url).hostname in LOOPBACK
    except ValueError:
        return False


def check_address(url: str) -> None:
    """Raise UsageError unless it is the address of a web server."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 1)
        good = good and not any(sign.isspace() for sign in parts.netloc)
    except ValueError:
        good = None
    if not good:
        raise UsageError(
            f"'{plain_address(url)}' is no address of a server",
            hint="Such as --base-url http://127.0.0.1:8080/v1.",
        )
