"""`models`, `doctor` and `trial` agree on whether a model can judge, however its server behaves."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from conftest import Ran
from fake_answers import Answer
from fake_server import FakeServer
from misbehaving import Behaviour, table

from interviewer.bank.questions import Bank
from interviewer.cli.graders import one_model
from interviewer.cli.model_options import Models
from interviewer.errors import ModelError
from interviewer.specs.model_specs import ModelOptions, models_folder

Call = Callable[..., Ran]
QUOTE = "molecules deflect the light"
CHOSEN = (
    "no log-probabilities, not said",
    "the verdict in the reasoning field, no content",
    "a page of HTML",
)
"""One of each kind: all of them take minutes."""


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.endswith(("_API_KEY", "_TOKEN")) or name == "OPENAI_BASE_URL":
            monkeypatch.delenv(name)


def unquoted(behaviour: Behaviour) -> Callable[[dict[str, Any]], Answer]:
    """The behaviour of a judge that gives nothing: what is asked about says other words than those of
    the table."""

    def clean(text: str) -> str:
        for quote in ('"', "'", '\\"'):
            met = f"{quote}{QUOTE}{quote}"
            text = text.replace(met, quote * 2).replace(
                f"{quote}met{quote}", f"{quote}unmet{quote}"
            )
        return text.replace('"MET"', '"UNMET"')

    def reply(body: dict[str, Any]) -> Answer:
        found = behaviour.reply(body)
        answer = Answer(found) if isinstance(found, str) else found
        message = {k: clean(v) if isinstance(v, str) else v for k, v in answer.message.items()}
        return replace(answer, text=clean(answer.text), message=message)

    return reply


@pytest.mark.parametrize("does", CHOSEN)
def test_all_three_say_the_same(call: Call, tiny: Bank, does: str) -> None:
    (behaviour,) = (b for b in table() if b.does == does)
    with FakeServer(default=unquoted(behaviour), schema="ignored") as server:
        where = ("--model", "openai:fake", "--base-url", server.url, "--ports", 1, "--deadline", 3)
        found = json.loads(call("doctor", *where, "--json").out)
        called = ModelOptions(base_url=server.url, deadline=3, known=models_folder())
        asked = one_model.asked_of("openai:fake", Models(options=called), None, "onnx")
        try:
            mode = one_model.mode_of(asked, tiny)[0]
        except ModelError:
            mode = None
    (record,) = found["models"]
    assert (mode is not None) is bool(record["modes"]), record
    said = [f["what"] for f in found["findings"] if "openai:fake" in f["what"]]
    bad = [w for w in said if "does not judge" in w or "does not answer" in w]
    assert bool(bad) is (mode is None)
    assert mode is None or mode in record["modes"]
    if record["whole"]:
        assert not [w for w in said if "fails when a schema" in w]
