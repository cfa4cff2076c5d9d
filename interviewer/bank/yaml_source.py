"""One YAML file as plain data, with the line each value stands on."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import Any

from interviewer.common import files
from interviewer.errors import BankError, Where

MAX_BYTES = 8_000_000
MAX_NODES = 200_000
MAX_DEPTH = 20
SEE_FORMAT = "docs/bank-format.md shows what the file must look like."

_CHECK_NAMES = "Check the folder given with --bank and the names in bank.yaml."
_FLATTEN = "Write every value out; a bank needs no aliases and no deep nesting."
_ITEM = re.compile(r" {0,3}- ")
_QUESTION = re.compile(r" {0,3}- *(?:\{ *)?id: *[\"']?(\d+)")

Path_ = tuple[str | int, ...]
"""Where a value stands: keys and indexes."""


class Source:
    """One YAML file as plain data, with the line each value stands on.

    Every scalar is kept as the text that was written, so that an answer such as `no` or `15` is not
    turned into something else; the types are the schema's business. text: of the file, where it was
    read already. hint: what to do about an error that says nothing more special.
    """

    def __init__(self, path: Path, text: str | None = None, *, hint: str = SEE_FORMAT):
        self.path = path
        self.hint = hint
        self.lines: dict[Path_, int] = {}
        self._nodes = 0
        self._given = text
        self._text = ""
        self.data = self._build(self._compose(), ())

    def fail(self, message: str, at: Path_ = (), hint: str | None = None) -> BankError:
        """The error for the value at that path, or its nearest parent with a line."""
        while at and at not in self.lines:
            at = at[:-1]
        return self._error(message, self.lines.get(at, 1), hint)

    def _error(self, message: str, line: int | None = None, hint: str | None = None) -> BankError:
        where = Where(str(self.path), line)
        number = self._question_at(line) if line else None
        if number and f"question {number}" not in message:
            message = f"question {number}: {message}"
        return BankError(message, where=where, hint=hint or self.hint)

    def _question_at(self, line: int) -> str | None:
        """The number of the question that a line of a section file belongs to, by its looks."""
        if self.path.name == "bank.yaml":
            return None
        for text in reversed(self._text.split("\n")[:line]):
            if match := _QUESTION.match(text):
                return match[1]
            if _ITEM.match(text) or text[:1].strip() not in ("", "#"):  # not a question's own line
                break
        return None

    def _compose(self) -> Any:
        from ruamel.yaml import YAML  # noqa: PLC0415 - only when the compiled copy is stale
        from ruamel.yaml.error import (  # noqa: PLC0415
            MarkedYAMLError,
            ReusedAnchorWarning,
            YAMLError,
        )
        from ruamel.yaml.scanner import Scanner  # noqa: PLC0415

        text = self._given
        if text is None:
            text = files.read_text(self.path, MAX_BYTES, BankError, hint=_CHECK_NAMES)
        self._text = text
        parser = YAML(typ="safe", pure=True)
        parser.Scanner = _shallow(Scanner)
        try:
            with warnings.catch_warnings():
                # YAML lets an anchor be given again; the library says so on standard error.
                warnings.simplefilter("ignore", ReusedAnchorWarning)
                node = parser.compose(text)
        except MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else None
            raise self._error(
                f"not valid YAML: {error.problem}",
                line,
                "Indent with spaces; YAML takes no tabs."
                if "'\\t'" in str(error.problem)
                else "Quote a text that holds ': ' or begins with a special character.",
            ) from error
        except YAMLError as error:
            at = getattr(error, "position", 0)
            raise self._error(
                "not valid YAML: a character that YAML forbids",
                text[:at].count("\n") + 1,
                "Take the control character out.",
            ) from error
        except RecursionError as error:
            raise self._error("the file is nested too deeply", hint=_FLATTEN) from error
        except Exception as error:  # on noise the parser fails in ways of its own
            raise self._error("not valid YAML: it cannot be told what is meant") from error
        if node is None:
            raise self._error("the file is empty")
        return node

    def _build(self, node: Any, at: Path_) -> Any:
        self.lines[at] = node.start_mark.line + 1
        self._nodes += 1
        if self._nodes > MAX_NODES or len(at) > MAX_DEPTH:
            raise self.fail("the file is nested too deeply or refers to itself", at, _FLATTEN)
        if node.id == "scalar":
            empty = node.style is None and node.value in ("", "~", "null")
            return None if empty else node.value
        if node.id == "sequence":
            return [self._build(child, (*at, i)) for i, child in enumerate(node.value)]
        out: dict[str, Any] = {}
        for key, child in node.value:
            if key.id != "scalar":
                raise self.fail("a key must be a plain word", at)
            name = str(key.value)
            self.lines[(*at, name)] = key.start_mark.line + 1
            if name in out:
                raise self.fail(f"the key '{name}' stands twice", (*at, name), "Keep one of them.")
            out[name] = self._build(child, (*at, name))
        return out


def _shallow(scanner: Any) -> Any:
    """That scanner of YAML, with an end to nesting: its time grows with the square of the depth."""

    class Shallow(scanner):  # type: ignore[misc]
        def fetch_flow_collection_start(self, *args: Any, **named: Any) -> None:
            if len(self.flow_context) > MAX_DEPTH:
                raise RecursionError
            super().fetch_flow_collection_start(*args, **named)

        def add_indent(self, column: int) -> bool:
            if len(self.indents) > MAX_DEPTH:
                raise RecursionError
            return bool(super().add_indent(column))

    return Shallow
