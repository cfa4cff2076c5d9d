"""Replies in the shapes that providers and servers document, served on loopback and read by each client.

No reply was recorded: each file of tests/data/replies names the page that its shape was taken from.
"""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from fake_answers import Answer
from fake_server import FakeServer
from misbehaving import LABELS

from interviewer import errors
from interviewer.chat.litellm_chat import LiteLLMChat
from interviewer.chat.messages import ChatModel, ChatRequest, Message
from interviewer.chat.openai_chat import OpenAIChat
from interviewer.grading.judges.judge_prompts import schema

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "ignore::DeprecationWarning")

FOLDER = Path(__file__).parent.parent / "data" / "replies"
PRODUCTS = {"OpenAI", "Anthropic", "Gemini", "Ollama", "LM Studio", "vLLM", "llama.cpp"}
CASES = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))}
PAIRS = [(name, spec) for name, case in CASES.items() for spec in case["specs"]]


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for provider in ("OPENAI", "ANTHROPIC", "GEMINI"):
        monkeypatch.setenv(f"{provider}_API_KEY", "sk-test-0123456789abcdef")


def chat_of(spec: str, server: FakeServer) -> ChatModel:
    kind, _, model = spec.replace("MODEL", "fake").partition(":")
    if kind == "openai":
        return OpenAIChat(model, server.url)
    if find_spec("litellm") is None:
        pytest.skip("needs the extra 'litellm' (make test installs it)")
    native = not model.startswith("openai/")
    return LiteLLMChat(model, server.url.removesuffix("/v1") if native else server.url)


def answer_of(case: dict[str, Any]) -> Answer:
    if "lines" in case:
        said = [line if isinstance(line, str) else json.dumps(line) for line in case["lines"]]
        body = "".join(f"data: {line}\n\n" for line in said).encode()
        return Answer(body=body, kind="text/event-stream", status=case["status"])
    return Answer(body=json.dumps(case["reply"]).encode(), status=case["status"])


def request_of(asked: str) -> ChatRequest:
    messages = (Message("system", "You judge."), Message("user", "Judge this, please."))
    if asked == "schema":
        return ChatRequest(messages, schema=schema(LABELS), max_tokens=520, seconds=30)
    logprobs = 20 if asked == "logprobs" else 0
    return ChatRequest(messages, max_tokens=60, top_logprobs=logprobs, seconds=30)


@pytest.mark.parametrize(("name", "spec"), PAIRS, ids=[f"{n}-{s}" for n, s in PAIRS])
def test_a_documented_shape_is_read(name: str, spec: str) -> None:
    case, reads = CASES[name], CASES[name]["reads"]
    on_text = (lambda _: None) if case["asked"] == "stream" else None
    with FakeServer(default=answer_of(case), schema="ignored") as server:
        server.script = [answer_of(case)] * 9
        chat = chat_of(spec, server)
        if "error" in reads:
            with pytest.raises(errors.ModelError) as caught:
                chat.chat(request_of(case["asked"]), on_text)
            assert type(caught.value).__name__ == reads["error"]
            assert reads["says"] in caught.value.message
            assert "{" not in caught.value.message
            return
        reply = chat.chat(request_of(case["asked"]), on_text)
    assert reply.text == reads["text"]
    assert reply.thought is reads.get("thought", False)
    assert not reply.cut or reply.alternatives
    assert reply.usage.tokens_in == reads["tokens_in"]
    assert reply.usage.tokens_out == reads.get("tokens_out", reply.usage.tokens_out)
    assert [list(pair) for pair in reply.alternatives] == reads.get("alternatives", [])


def test_every_product_has_its_shapes() -> None:
    assert {case["product"] for case in CASES.values()} == PRODUCTS
    assert all(case["source"].startswith("https://") for case in CASES.values())
