"""What a `FakeServer` may send back, and every way to do it badly."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Answer:
    """What is sent back for one call.

    body: sent as it is instead of a chat completion. hang: nothing is sent until the server stops.
    dribble: seconds between two bytes. cut: how many bytes are sent before the connection closes.
    reset: the connection is reset at once. alternatives: log-probabilities of the first token.
    usage: tokens in and out, None to say nothing of it. message, choice: what else stands in those
    of the reply. done: whether a stream ends with [DONE], None for only where it says why it ends.
    """

    text: str = "Yes."
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    kind: str = "application/json"
    hang: bool = False
    dribble: float = 0.0
    cut: int | None = None
    reset: bool = False
    alternatives: tuple[tuple[str, float], ...] | None = None
    finish: str | None = "stop"
    usage: tuple[int, int] | None = (10, 3)
    message: Mapping[str, Any] = field(default_factory=dict)
    choice: Mapping[str, Any] = field(default_factory=dict)
    done: bool | None = None


def refusal(status: int, message: str, **headers: str) -> Answer:
    """An error as OpenAI and llama.cpp send it."""
    body = {"error": {"message": message, "type": "error", "code": status}}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status=status, body=json.dumps(body).encode(), headers=named)


def raw(data: object) -> Answer:
    """A body of that JSON."""
    return Answer(body=json.dumps(data).encode())


TOO_MANY = refusal(429, "Rate limit reached")
TOO_MANY_WAIT = refusal(429, "Rate limit reached", Retry_After="0.01")
BROKEN = refusal(500, "Internal server error")
LOADING = refusal(503, "Loading model")
HANG = Answer(hang=True)
DRIBBLE = Answer(dribble=0.2)
HALF = Answer(text="This sentence is cut off", cut=120)
RESET = Answer(reset=True)
NOT_JSON = Answer(body=b'{"choices": [{"mess')
HTML = Answer(body=b"<html><body>It works!</body></html>", kind="text/html")
EMPTY = Answer(text="")
NO_BODY = Answer(body=b"")
ENORMOUS = Answer(text="a" * 9_000_000)
FENCED = Answer(text='Sure!\n```json\n{"verdict": "met"}\n```')
PROSE = Answer(text="I would say that this is a fair answer.")
WRONG_TYPES = {
    "a list": raw([1, 2]),
    "a number": raw(7),
    "choices an object": raw({"choices": {"message": "x"}}),
    "choice a text": raw({"choices": ["x"]}),
    "message a list": raw({"choices": [{"message": ["x"]}]}),
    "content a number": raw({"choices": [{"message": {"content": 5}}]}),
    "content null": raw({"choices": [{"message": {"content": None}}]}),
    "no choices": raw({"choices": []}),
    "error in 200": raw({"error": "out of memory"}),
}
MISBEHAVIOURS: dict[str, Answer] = {
    "429": TOO_MANY,
    "429 with Retry-After": TOO_MANY_WAIT,
    "429 for an hour": refusal(429, "Rate limit reached", Retry_After="3600"),
    "500": BROKEN,
    "loading": LOADING,
    "hang": HANG,
    "dribble": DRIBBLE,
    "half a reply": HALF,
    "reset": RESET,
    "not JSON": NOT_JSON,
    "HTML": HTML,
    "empty text": EMPTY,
    "no body": NO_BODY,
    "enormous": ENORMOUS,
    "fenced JSON": FENCED,
    "schema ignored": PROSE,
    **WRONG_TYPES,
}
"""Every way to fail, for tests that go through them all."""


WORDS = "scatters short wavelengths"


def honest(body: dict[str, Any]) -> Answer:
    """A judge that gives a claim to an answer about scattering, by JSON or by one word.

    Where there is no answer to judge, as when a model is tried, it has a word to say all the same.
    """
    asked = str(body["messages"][-1]["content"])
    answers = re.findall(r"answer begins ===\n(.*)\n===", asked, re.DOTALL)
    good = bool(answers) and WORDS in answers[-1]
    if "response_format" not in body:
        claim = asked.rpartition("Statement: ")[2]
        yes = good and "sea" not in claim
        return Answer("Yes" if yes else "No",
                      alternatives=(("Yes", -0.05 if yes else -4.0), ("No", -4.0 if yes else -0.05)))  # fmt: skip
    labels = body["response_format"]["json_schema"]["schema"]["properties"]
    said = {
        label: {
            "evidence": WORDS if good and label[0] == "c" else "",
            "verdict": "met" if good and label[0] == "c" else "unmet",
            "confidence": "high",
        }
        for label in labels
    }
    return Answer(json.dumps(said), usage=(200, 40))
