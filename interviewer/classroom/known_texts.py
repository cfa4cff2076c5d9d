"""Which answers have a grade already, by question and text: on disk, so that there may be millions."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

from interviewer.errors import InterviewerError, Where

Digest = bytes
_SIZE = 16


def text_digest(question: int, answer: str) -> Digest:
    """Identifies a text as an answer to a question."""
    told = f"{question}\0{answer}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(told, digest_size=_SIZE).digest()


class KnownTexts:
    """Texts by digest, each with a number: where its grade stands.

    It is worked out anew by every run and deleted at its end, so nothing of it need survive a
    crash. Raises InterviewerError where it cannot be written.
    """

    def __init__(self, path: Path):
        self._path = path
        self._remove()
        try:
            self._base = sqlite3.connect(path, isolation_level=None)
            for told in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-8000"):
                self._base.execute(f"PRAGMA {told}")
            self._base.execute(
                "CREATE TABLE known (text BLOB PRIMARY KEY, place INT) WITHOUT ROWID"
            )
            self._base.execute("BEGIN")
        except sqlite3.Error as error:
            raise self._failed(error) from error

    def find(self, text: Digest) -> int | None:
        """The number kept with that text; None if it is not known."""
        try:
            found = self._base.execute("SELECT place FROM known WHERE text = ?", (text,)).fetchone()
        except sqlite3.Error as error:
            raise self._failed(error) from error
        return None if found is None else int(found[0])

    def keep(self, text: Digest, place: int) -> None:
        """Keep the number with the text; the first one kept with a text stays."""
        try:
            self._base.execute("INSERT OR IGNORE INTO known VALUES (?, ?)", (text, place))
        except sqlite3.Error as error:
            raise self._failed(error) from error

    def close(self) -> None:
        """Delete it."""
        self._base.close()
        self._remove()

    def _remove(self) -> None:
        for suffix in ("", "-journal"):
            self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)

    def _failed(self, error: sqlite3.Error) -> InterviewerError:
        return InterviewerError(
            f"the list of what is graded cannot be kept: {error}",
            where=Where(str(self._path)),
            hint="Make room on the disk; the same command then goes on from here.",
        )
