"""Writes docs/judges-matrix.md anew from the table that holds every client to what must come of it."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from misbehaving import CLIENTS, GRADED, Behaviour, table

PAGE = ROOT / "docs" / "judges-matrix.md"
HEAD = """\
# What servers and models do, and what comes of it

Written by `make judges-matrix` from `tests/misbehaving.py`, to which `tests/chat/test_every_client.py`
holds every client on each run of the tests, against one server on loopback. A `gguf:` file is spoken to
by the client of `openai:`. "Graded" means the right grade; the number of calls is that of the first
answer, then that of the next one, where something was learnt. The same comes of it through each client.
Whatever is not graded is *ungraded* with the words given, never a score; in an interview the offline
grader steps in and the transcript says so.

The shapes in which OpenAI, Anthropic, Gemini, Ollama, LM Studio, vLLM and llama.cpp reply are in
`tests/data/replies/`, read by `tests/chat/test_reply_shapes.py`; keys, a dead judge and a judge that
gives the test answer no verdict in `test_manners.py`, `test_chat_guard.py` and
`test_judges_together.py`.

| the server or model | asked | {clients} |
|---|---|---|
"""
ASKED = {"whole": "for JSON", "logprob": "for one word", "words": "for a wording"}


def page() -> str:
    """The page as it should stand."""
    clients = " and ".join(f"`{name}:`" for name in CLIENTS)
    rows = [
        f"| {_cell(b.does)} | {ASKED[b.asked]} | {_comes(b)} |\n"
        for b in sorted(table(), key=lambda b: b.row)
    ]
    return HEAD.format(clients=clients) + "".join(rows)


def _comes(behaviour: Behaviour) -> str:
    said = behaviour.comes
    if behaviour.asked == "words" and not said.startswith("its whole"):
        return f"says “{_cell(said)}”"
    if not said.startswith(GRADED):
        return f"*{_cell(said)}*"
    again = f", then {behaviour.again}" if behaviour.again and "(" in said else ""
    return said.replace(" calls)", f" calls{again})")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(PAGE)
