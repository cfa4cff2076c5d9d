"""Session logs: JSON lines, appended and fsynced."""

from __future__ import annotations

import os
import re
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import ValidationError

from interviewer.chat import call_files
from interviewer.chat.call_files import CALLS_SUFFIX
from interviewer.common import files, signals
from interviewer.errors import TranscriptError, Where
from interviewer.session.events import EVENT, Asked, Event, Numbered
from interviewer.session.fold import Folding
from interviewer.session.record import BrokenLog, Session

SUFFIX = ".jsonl"
_ASKED = re.compile(rb'(\{"seq":[0-9]+,"at":"[^"\\]*"),"event":"asked",(.*)', re.DOTALL)
_MOST_ASKED = 2000
MAX_BYTES = 64_000_000
_LISTED = "'interviewer list' shows the sessions there are."


@dataclass(frozen=True)
class ReadLog:
    """A log as read. `torn` is the text of an unfinished last line, empty as a rule."""

    path: Path
    events: tuple[Event, ...]
    session: Session
    torn: str = ""


def read_log(path: Path) -> ReadLog:
    """The events of a log. Raises TranscriptError with the line of the first one out of place.

    A last line without its newline was being written when the program died: it is left out and
    returned as `torn`.
    """
    return parse_log(path, read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """The content of a log, not looked into. Raises TranscriptError."""
    return files.read_bounded(path, MAX_BYTES, TranscriptError, what="the session", hint=_LISTED)


class Lines:
    """Lines to events. A question that is asked in many logs is read once, and shared by them."""

    def __init__(self) -> None:
        self._asked: dict[bytes, Asked] = {}

    def event(self, line: bytes) -> Event:
        """The event of the line. Raises ValidationError if it is none."""
        found = _ASKED.match(line)
        if found is None:
            return EVENT.validate_json(line)
        head, rest = found.groups()
        if (known := self._asked.get(rest)) is not None:
            with suppress(ValidationError):  # which names the field as of the whole event below
                place = Numbered.model_validate_json(head + b"}")
                return known.model_copy(update={"seq": place.seq, "at": place.at})
        event = EVENT.validate_json(line)
        # Of a line as the program writes it `rest` is all that is said, for any place in a log.
        if (
            isinstance(event, Asked)
            and len(self._asked) < _MOST_ASKED
            and EVENT.dump_json(event, exclude_unset=True) == line
        ):
            self._asked[rest] = event
        return event


def parse_log(path: Path, data: bytes, lines: Lines | None = None) -> ReadLog:
    """The events in the content of a log; `path` is what it is called. Raises as `read_log` does.

    A byte order mark and blank lines, as an editor leaves them, are passed over. lines: of the logs
    that were read before; None for a log by itself.
    """
    event_of = EVENT.validate_json if lines is None else lines.event
    whole, _, tail = data.removeprefix(files.BOM).rpartition(b"\n")
    events: list[Event] = []
    folding = Folding()
    for number, line in enumerate(whole.split(b"\n") if whole else [], start=1):
        if not line.strip():
            continue
        try:
            event = event_of(line)
            folding.add(event)
        except ValidationError as error:
            raise TranscriptError(
                f"this line is no event of a session: {_brief(error)}",
                where=Where(str(path), number),
                hint=_MEND if events else _NO_LOG,
            ) from error
        except BrokenLog as error:
            raise TranscriptError(
                str(error), where=Where(str(path), number), hint=_MEND if events else _NO_LOG
            ) from error
        events.append(event)
    if not events:
        raise TranscriptError(
            "the session holds no event",
            where=Where(str(path)),
            hint="If it is a session's log, it was cut off before it began, and may be deleted.",
        )
    return ReadLog(path, tuple(events), folding.session(), tail.decode("utf-8", "replace"))


def check_canonical(read: ReadLog) -> None:
    """Raises TranscriptError for the first line that is not, byte for byte, how its event is written.

    Fields that a program before this one did not know may be absent; a torn last line may not be
    there at all.
    """
    lines = read_bytes(read.path).split(b"\n")[:-1]
    for number, (line, event) in enumerate(zip_longest(lines, read.events), start=1):
        if event is None or EVENT.dump_json(event, exclude_unset=True) != line:
            raise TranscriptError(
                "this line is not how the program writes its event",
                where=Where(str(read.path), number),
                hint="The log was edited or came from elsewhere; what it says may be sound.",
            )
    if read.torn:
        raise TranscriptError(
            "the last line was cut off while being written",
            where=Where(str(read.path), len(read.events) + 1),
            hint="Take it out; 'interviewer resume' does so for a session that is not finished.",
        )


_MEND = "The lines before it are sound: copy them to a new file to keep that part."

_NO_LOG = (
    "It is no log of a session, or damaged from its first line on; 'interviewer list' shows them."
)


def _brief(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}" if place else first["msg"]


class LogFile:
    """An open log; implements `events.EventLog`. One process at a time may hold it.

    A log that is deleted, moved or changed by another program while it is open is given up: what it
    held is written to a fresh file, which is then the log. `path` is where it is now. tell: told of
    that at once.
    """

    def __init__(self, path: Path, handle: int, held: bytes = b""):
        self.path = path
        self.tell: Callable[[str], None] = lambda message: None
        self._handle = handle
        self._held = bytearray(held)

    @classmethod
    def create(cls, path: Path) -> Self:
        """A new, empty log. Raises TranscriptError if the file is there or cannot be made."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND, 0o600)
            _sync_folder(path.parent)
        except OSError as error:
            raise TranscriptError(
                f"the session cannot be written: {error.strerror}",
                where=Where(str(path)),
                hint="Choose another folder with --transcripts.",
            ) from error
        return cls(path, handle)._locked()

    @classmethod
    def reopen(cls, path: Path) -> tuple[Self, ReadLog]:
        """An existing log and its content, ready to be continued.

        A torn last line is moved to a file beside the log, so that what it holds is not lost and
        the next event begins a line of its own.
        """
        try:
            handle = os.open(path, os.O_WRONLY | os.O_APPEND)
        except OSError as error:
            raise TranscriptError(
                f"the session cannot be continued: {error.strerror}",
                where=Where(str(path)),
                hint=_LISTED,
            ) from error
        log = cls(path, handle)._locked()
        try:
            read = read_log(path)
            if read.torn:
                log._move_torn_line()
            log._held += path.read_bytes()
        except BaseException:
            log.close()
            raise
        return log, read

    def append(self, event: Event) -> None:
        """Write one event and wait until it is on disk."""
        line = event.model_dump_json().encode() + b"\n"  # as EVENT does, which takes time to build
        with signals.held_back():
            if what := self._harm():
                self._begin_afresh(what)
            self._write(line)
            self._held += line

    def _write(self, data: bytes) -> None:
        try:
            files.write_all(self._handle, data)
            os.fsync(self._handle)
        except OSError as error:
            raise TranscriptError(
                f"the session could not be written: {error.strerror}",
                where=Where(str(self.path)),
                hint="Make room on the disk, then 'interviewer resume' goes on from here.",
            ) from error

    def _harm(self) -> str:
        """What another program did to the file, in a word or two; "" as a rule."""
        own = os.fstat(self._handle)
        if not stat.S_ISREG(own.st_mode):
            return ""
        try:
            there = self.path.stat()
        except OSError:
            return "deleted or moved"
        if (there.st_dev, there.st_ino) != (own.st_dev, own.st_ino):
            return "replaced"
        return "" if own.st_size == len(self._held) else "changed"

    def _begin_afresh(self, what: str) -> None:
        old = self.path
        fresh = _beside(old)
        os.close(self._handle)
        self.path, self._handle = fresh
        self._locked()
        self._write(bytes(self._held))
        call_files.follow(old, self.path)
        again = "" if self.path == old else f" {old.name} stays as it is."
        self.tell(
            f"The session log was {what} by another program. Everything said so far is in"
            f" {self.path}, and so will be the rest.{again}"
        )

    def close(self) -> None:
        """Let go of the file."""
        with suppress(OSError):
            os.close(self._handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _locked(self) -> Self:
        try:
            files.lock(self._handle)
        except OSError as error:
            self.close()
            raise TranscriptError(
                "this session is open in another terminal",
                where=Where(str(self.path)),
                hint="Go on there, or close it first.",
            ) from error
        return self

    def _move_torn_line(self) -> None:
        data = read_bytes(self.path)
        keep = data.rfind(b"\n") + 1
        with self.path.with_suffix(".torn").open("ab") as beside:
            beside.write(data[keep:] + b"\n")
            beside.flush()
            os.fsync(beside.fileno())
        os.ftruncate(self._handle, keep)
        os.fsync(self._handle)


def _beside(path: Path) -> tuple[Path, int]:
    """A new file of that name, or of one much like it, and its handle.

    It is in the same folder, or in the one for temporary files if that cannot be written.
    """
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND
    names = [path.name, *(f"{path.stem}-{number}{path.suffix}" for number in range(2, 100))]
    why = "every name is taken"
    for folder in (path.parent, Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name in names:
                with suppress(FileExistsError):
                    handle = os.open(folder / name, flags, 0o600)
                    _sync_folder(folder)
                    return folder / name, handle
        except OSError as error:
            why = error.strerror or str(error)
    raise TranscriptError(
        f"the session log is gone and cannot be written again: {why}", where=Where(str(path))
    )


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def session_files(folder: Path) -> Iterator[Path]:
    """The logs in that folder, newest name first."""
    if folder.is_dir():
        found = (p for p in folder.glob(f"*{SUFFIX}") if not p.name.endswith(CALLS_SUFFIX))
        yield from sorted(found, reverse=True)
