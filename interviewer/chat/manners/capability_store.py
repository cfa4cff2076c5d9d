"""The records of models, one file each in a folder of the user's cache, and what is learnt on the way."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from pathlib import Path

from pydantic import ValidationError

from interviewer.chat.manners.capability import Capability, Manner
from interviewer.common import caches
from interviewer.common.scrub import scrub

MAX_BYTES = 64_000


def load(folder: Path, spec: str, url: str | None) -> Capability | None:
    """What is on record of that model at that address; None where there is nothing to be read."""
    data = caches.kept(_file(folder, spec, url), MAX_BYTES)
    if data is None:
        return None
    try:
        found = Capability.model_validate_json(data)
    except ValidationError:
        return None
    return found if (found.spec, found.url) == (spec, url) else None


def save(folder: Path, record: Capability) -> None:
    """Keep it in place of what was on record; what cannot be kept is found out again."""
    text = scrub(record.model_dump_json(indent=1))
    caches.keep(_file(folder, record.spec, record.url), text.encode("utf-8"))


def _file(folder: Path, spec: str, url: str | None) -> Path:
    name = hashlib.sha256(f"{spec}\n{url or ''}".encode("utf-8", "replace")).hexdigest()[:24]
    return folder / f"{name}.json"


class Learnt:
    """How one model is called just now; many calls may read it and add to it.

    keep: told of every change.
    """

    def __init__(self, manner: Manner | None = None, keep: Callable[[Manner], None] | None = None):
        self._manner = manner or Manner()
        self._keep = keep
        self._lock = threading.Lock()

    @property
    def manner(self) -> Manner:
        """What is known by now."""
        return self._manner

    def change(self, change: Callable[[Manner], Manner]) -> None:
        """Put in place of what is known what the function makes of it."""
        with self._lock:
            new = change(self._manner)
            if new == self._manner:
                return
            self._manner = new
            if self._keep is not None:
                self._keep(new)


def learnt(folder: Path | None, spec: str, url: str | None) -> Learnt:
    """What is on record of how that model is called, which keeps what is added; without a folder
    nothing is kept."""
    if folder is None:
        return Learnt()
    found = load(folder, spec, url)

    def keep(manner: Manner) -> None:
        record = load(folder, spec, url) or Capability(spec=spec, url=url)
        save(folder, record.model_copy(update={"manner": manner}))

    return Learnt(found.manner if found else None, keep)
