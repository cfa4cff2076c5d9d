"""One question of a bank's files changed in place: the rest stays as it was written."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from pathlib import Path

from interviewer.bank.bank_files import load_changed, places
from interviewer.bank.bank_writing import dumped, question_data, round_trip
from interviewer.bank.questions import Bank, Question
from interviewer.bank.yaml_source import MAX_BYTES
from interviewer.common import files
from interviewer.errors import BankError, Where


@dataclass(frozen=True)
class Stretch:
    """Where a question stands in the text of its file: lines [start, end), and its indent.

    body: its own text, as a mapping of its own.
    """

    folder: Path
    path: Path
    text: str
    start: int
    end: int
    indent: int
    body: str

    def changed(self, body: str) -> str:
        """The text of the file with another body."""
        lines = self.text.split("\n")
        inner = textwrap.indent(body.rstrip("\n"), " " * (self.indent + 2)).split("\n")
        inner[0] = f"{' ' * self.indent}- {inner[0].lstrip()}"
        return "\n".join([*lines[: self.start], *inner, *lines[self.end :]])


def find(folder: Path, number: int) -> Stretch:
    """Where the question of that number stands. Raises BankError if it cannot be told apart there."""
    held = places(folder)
    where = held.get(number)
    if where is None or where.line is None:
        raise BankError(f"there is no question {number}", where=Where(str(folder)))
    path = Path(where.file)
    text = files.read_text(path, MAX_BYTES, BankError).replace("\r\n", "\n")
    lines = text.split("\n")
    start = where.line - 1
    first = lines[start]
    indent = len(first) - len(first.lstrip(" "))
    if not first.lstrip(" ").startswith("- ") or first.lstrip(" ")[2:].lstrip().startswith("{"):
        raise BankError(
            "the question does not begin on a line of its own with '- '", where=where,
            hint="Edit the file itself.",
        )  # fmt: skip
    end = start + 1
    while end < len(lines) and _is_within(lines[end], indent):
        end += 1
    # A comment before the next question is that one's.
    while lines[end - 1].strip()[:1] in ("", "#"):
        end -= 1
    inner = [" " * indent + "  " + first[indent + 2 :], *lines[start + 1 : end]]
    return Stretch(folder, path, text, start, end, indent, textwrap.dedent("\n".join(inner)) + "\n")


def _is_within(line: str, indent: int) -> bool:
    return not line.strip() or len(line) - len(line.lstrip(" ")) > indent


def saved(stretch: Stretch, body: str) -> Bank:
    """Write the file with another body for the question, and the bank as it is then.

    Raises BankError, with nothing written, where the bank could not be used with it, and OSError.
    """
    text = stretch.changed(body)
    bank = load_changed(stretch.folder, {stretch.path.name: text})
    files.write_text(stretch.path, text)
    return bank


def rewritten(stretch: Stretch, before: Question, after: Question) -> str:
    """The body with what differs between the two; comments and what is the same stay as written."""
    yaml = round_trip()
    data = yaml.load(stretch.body)
    old, new = question_data(before), question_data(after)
    for key in [key for key in data if key in old and key not in new]:
        del data[key]
    for key, value in new.items():
        if key not in data or value != old.get(key):
            data[key] = value
    return dumped(data)
