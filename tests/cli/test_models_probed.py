"""What `models` and `doctor` find out by asking as a judge asks, what is kept of it, and a judge that
loads, or is dead, in a sitting."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran
from fake_answers import LOADING, Answer, honest, raw, refusal
from fake_server import FakeServer
from misbehaving import has_system, unless
from samples import BLUE
from trial_parts import decider

from interviewer.specs.capabilities import capability_of
from interviewer.specs.model_specs import ModelOptions, models_folder

Call = Callable[..., Ran]


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.endswith(("_API_KEY", "_TOKEN")) or name == "OPENAI_BASE_URL":
            monkeypatch.delenv(name)


def silent(body: dict[str, Any]) -> str:
    """The JSON of a judge that gives nothing, whatever it is asked for."""
    labels = [c for c in ("c1", "c2", "m1") if f'"{c}"' in str(body["messages"])]
    none = {"evidence": "", "verdict": "unmet", "confidence": "high"}
    return json.dumps(dict.fromkeys(labels, none)) if labels else "Yes"


def thinking(body: dict[str, Any]) -> Answer:
    """A model that judges well after 2,000 tokens of thinking, and says nothing with fewer."""
    if body["max_tokens"] < 2000:
        return Answer("", finish="length", message={"reasoning_content": "Hm."})
    return Answer(silent(body), message={"reasoning_content": "Hm."})


def test_a_good_model_that_thinks_answers_and_judges(call: Call) -> None:
    with FakeServer(default=thinking, schema="ignored") as server:
        ran = call("models", "--ports", server.port)
        asked = len(server.requests)
        checked = call("doctor", "--ports", server.port, "--json")
    line = " ".join(ran.out.split())
    assert "answers, judges in one call, judges claim by claim" in line
    assert "thinks before it answers (4,096 tokens more)" in line
    assert asked <= 14
    levels = [f["level"] for f in json.loads(checked.out)["findings"] if server.url in f["what"]]
    assert "bad" not in levels


def test_a_model_without_a_system_role_is_called_without_one_from_then_on(
    call: Call, tiny_folder: Path
) -> None:
    no_role = refusal(400, "System role not supported")

    def reply(body: dict[str, Any]) -> Answer | str:
        return no_role if has_system(body) else honest(body)

    with FakeServer(default=reply, schema="ignored") as server:
        ran = call("models", "--ports", server.port)
        assert "takes no system message" in " ".join(ran.out.split())
        server.requests.clear()
        options = ("--bank", tiny_folder, "--base-url", server.url, "--judge", "openai:fake")
        graded = call("grade", *options, "--json", 1, BLUE)
        assert json.loads(graded.out)["score"] == 1.0
        assert not any(has_system(body) for body in server.requests)
        record = capability_of("openai:fake", ModelOptions(base_url=server.url))
    assert record.modes == ("whole", "each", "logprob")
    assert record.probed
    assert len(list(models_folder().iterdir())) == 1


def test_one_that_cannot_judge_is_said_not_to_and_why(call: Call) -> None:
    with FakeServer(default="I would say so.", schema="ignored", logprobs=False) as server:
        ran = call("models", "--ports", server.port)
        checked = call("doctor", "--ports", server.port, "--json")
    line = " ".join(ran.out.split())
    assert "answers, does not judge" in line
    assert "as a judge: the reply of the model could not be read (it is no JSON" in line
    said = [f for f in json.loads(checked.out)["findings"] if "does not judge" in f["what"]]
    assert [f["level"] for f in said] == ["poor"]


def test_records_are_made_anew_by_each_probe(call: Call) -> None:
    with FakeServer(schema="refused") as server:
        call("models", "--ports", server.port)
        url = ModelOptions(base_url=server.url)
        assert capability_of("openai:fake", url).manner.schema_form == "words"
        server.schema = "obeyed"
        call("models", "--ports", server.port)
        assert capability_of("openai:fake", url).manner.schema_form == "json_schema"


def test_a_judge_that_loads_is_waited_for_and_that_is_said(call: Call, tiny_folder: Path) -> None:
    with FakeServer([LOADING, LOADING], default=honest, schema="ignored") as server:
        options = ("--bank", tiny_folder, "--base-url", server.url, "--judge", "openai:fake")
        ran = call("grade", *options, "--deadline", 5, "--json", 1, BLUE)
    assert json.loads(ran.out)["score"] == 1.0
    assert "openai:fake is still being loaded; it is waited for, 25 s at most." in ran.err


def test_a_server_that_loads_without_a_word_is_asked_before_the_first_call(
    call: Call, tiny_folder: Path
) -> None:
    """Ollama has another model in memory; this one takes a second to load, where a call may take a
    half. Once it is there, nothing is waited for or said."""

    def slow(body: dict[str, Any]) -> Answer:
        if len(server.requests) == 1:
            time.sleep(1.0)
        return honest(body)

    served = ("other", "fake")
    with FakeServer(default=slow, schema="ignored", kind="Ollama", models=served) as server:
        options = ("--bank", tiny_folder, "--base-url", server.url, "--judge", "openai:fake")
        ran = call("grade", *options, "--deadline", 0.5, "--json", 1, BLUE)
        assert json.loads(ran.out)["score"] == 1.0
        assert "openai:fake is still being loaded; it is waited for, 2 s at most." in ran.err
        server.models = ("fake",)
        ran = call("grade", *options, "--deadline", 5, "--json", 1, BLUE)
    assert "being loaded" not in ran.err


def test_a_dead_judge_costs_a_sitting_a_few_calls_and_no_more(
    call: Call, tiny_folder: Path, tmp_path: Path
) -> None:
    """The test answer and the first answer are tried six times each, within the time; then it rests."""
    with FakeServer(default=refusal(500, "Internal server error"), schema="ignored") as server:
        options = ("--bank", tiny_folder, "--base-url", server.url, "--judge", "openai:fake")
        more = ("--deadline", 1, "--transcripts", tmp_path / "t", "--probes", 0)
        ran = call("run", *options, *more, stdin=f"{BLUE}\n\nIt floats.\n\nA hundred.")
        asked = len(server.requests)
    assert "could not be tested" in ran.err
    assert "That was the last question." in ran.out
    (log,) = [p for p in (tmp_path / "t").glob("*.jsonl") if not p.name.endswith(".calls.jsonl")]
    assert "in a row and is left alone" in log.read_text("utf-8")
    assert asked <= 12


def test_a_mode_on_record_is_named_where_another_gives_no_verdict(
    call: Call, tiny_folder: Path
) -> None:
    """Asked about all claims at once it says nothing that can be read, about one it does."""

    def one_by_one(body: dict[str, Any]) -> Answer | str:
        return "Hm." if '"c2"' in str(body["messages"]) else silent(body)

    with FakeServer(default=one_by_one, schema="ignored", logprobs=False) as server:
        ran = call("models", "--ports", server.port)
        assert "judges claim by claim" in " ".join(ran.out.split())
        options = ("--bank", tiny_folder, "--base-url", server.url, "--judge", "openai:fake")
        graded = call("grade", *options, 1, BLUE)
    assert "could not be tested" in graded.err
    assert "on record it manages --judge-mode each" in " ".join(graded.err.split())


def test_a_403_about_a_parameter_is_not_about_the_key(call: Call, tiny_folder: Path) -> None:
    refused = refusal(403, "You are not allowed to request logprobs from this model")
    reply = unless(lambda body: "logprobs" in body, refused, Answer("Yes", alternatives=()))
    with FakeServer(default=reply, schema="ignored") as server:
        options = ("--bank", tiny_folder, "--base-url", server.url, "--judge", "openai:fake")
        ran = call("grade", *options, "--judge-mode", "logprob", 1, BLUE)
    said = " ".join((ran.out + ran.err).split())
    assert "key" not in said
    assert "gives no log-probabilities; --judge-mode yesno or whole does without" in said


def test_a_decision_model_is_tried_as_one(call: Call) -> None:
    named = ("--model", "systemone:kev", "--ports", 1)
    with FakeServer(default=decider) as server:
        ran = call("models", *named, "--base-url", server.url)
        checked = call("doctor", *named, "--base-url", server.url, "--json")
        assert {"state", "questions", "model"} == set(server.requests[0])
        asked = len(server.requests)
    assert "answers, decides all claims in one call" in " ".join(ran.out.split())
    assert asked == 2
    said = [f for f in json.loads(checked.out)["findings"] if "systemone:kev" in f["what"]]
    assert [f["level"] for f in said] == ["ok"]
    gone = call("doctor", *named, "--base-url", server.url, "--json")
    said = [f for f in json.loads(gone.out)["findings"] if "systemone:kev" in f["what"]]
    assert gone.code == 1
    assert "does not answer: nothing answers at" in said[0]["what"]


def test_a_model_that_only_talks_is_no_decision_model(call: Call) -> None:
    named = ("--model", "systemone:kev", "--ports", 1)
    with FakeServer(default=raw({"answers": {"c1": {"noul": 7}}})) as server:
        ran = call("models", *named, "--base-url", server.url)
        checked = call("doctor", *named, "--base-url", server.url, "--json")
    assert "answers, does not judge; as a judge:" in " ".join(ran.out.split())
    said = [f for f in json.loads(checked.out)["findings"] if "systemone:kev" in f["what"]]
    assert [f["level"] for f in said] == ["poor"]
    with FakeServer() as server:
        ran = call("models", *named, "--base-url", server.url)
    assert "does not answer: the server's reply holds no 'answers'" in " ".join(ran.out.split())


def test_a_decision_model_is_no_interviewer(call: Call) -> None:
    ran = call("run", "--model", "systemone:kev")
    assert ran.code == 2
    assert "judges and cannot talk" in ran.err
    assert "--judge systemone:kev" in ran.err
