"""How a new bank begins."""

from __future__ import annotations

import json

from interviewer.common.base import Text, Value

_SECTION = """\
section: A
questions:
  # A prompt and a reference are enough; docs/bank-format.md shows all that may be written besides.
  - id: 1
    prompt: What does an index of a database cost?
    references:
      - Every write must update it as well, and it takes room on disk.
"""


class NewBank(Value):
    """A bank that begins with one question."""

    id: Text
    title: Text

    def texts(self) -> dict[str, str]:
        """Its files by name."""
        head = (
            f"id: {self.id}\n"
            f"title: {json.dumps(self.title, ensure_ascii=True)}\n"
            "sections:\n"
            "  - {id: A, title: First section, file: a-first.yaml}\n"
        )
        return {"bank.yaml": head, "a-first.yaml": _SECTION}
