"""litellm against a real server on loopback. Without the extra, only what needs no import."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from typing import Any

import pytest
from fake_answers import MISBEHAVIOURS, WRONG_TYPES, Answer, raw, refusal
from fake_server import FakeServer

from interviewer.chat.litellm_chat import STOLEN, LiteLLMChat, check_installed, check_release
from interviewer.chat.messages import ChatRequest, Message
from interviewer.chat.prices import context_of, price_of
from interviewer.errors import ModelBusy, ModelError, ModelTimeout, ModelUnavailable

# Its own use of pydantic, and odd replies on purpose.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "ignore::DeprecationWarning")

installed = pytest.mark.skipif(
    find_spec("litellm") is None, reason="needs the extra 'litellm' (make test installs it)"
)
KEY = "sk-test-0123456789abcdef"
SCHEMA = {"type": "object", "properties": {"verdict": {"enum": ["met"]}}, "required": ["verdict"]}


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


def ask(text: str = "Hello?", **fields: Any) -> ChatRequest:
    return ChatRequest((Message("user", text),), **{"seconds": 60, **fields})


def chat_at(server: FakeServer) -> LiteLLMChat:
    return LiteLLMChat("openai/fake", server.url)


@pytest.mark.parametrize("release", STOLEN)
def test_releases_that_steal_are_refused(release: str) -> None:
    with pytest.raises(ModelUnavailable, match="steals credentials"):
        check_release(release)


def test_other_releases_are_not_refused() -> None:
    check_release("1.82.6")
    check_release("1.82.70")


def test_the_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    # Once litellm is imported, a backport that it brings finds distributions as well.
    for finder in sys.meta_path:
        if hasattr(finder, "find_distributions"):
            monkeypatch.setattr(finder, "find_distributions", lambda *_, **__: [])
    with pytest.raises(ModelUnavailable, match=r"extra 'litellm' is not installed"):
        check_installed()


@installed
def test_nothing_is_fetched_when_it_is_imported() -> None:
    # The import runs in a process whose every connection is an error.
    code = (
        "import socket\n"
        "def refuse(*a, **k): raise SystemExit('it called the network')\n"
        "socket.socket.connect = socket.create_connection = refuse\n"
        "from interviewer.chat import litellm_chat\n"
        "litellm = litellm_chat._litellm()\n"
        "assert litellm.drop_params is False and litellm.telemetry is False\n"
        "print(len(litellm.model_cost) > 100)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=100, check=False
    )
    assert (done.stdout.strip(), done.returncode) == ("True", 0), done.stderr


@installed
@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
def test_a_reply(stream: bool) -> None:
    pieces: list[str] = []
    with FakeServer([Answer("Hello there.", usage=(12, 4))]) as server:
        chat = chat_at(server)
        reply = chat.chat(ask(max_tokens=9), pieces.append if stream else None)
    assert reply.text == "Hello there."
    assert (reply.usage.tokens_in, reply.usage.tokens_out) == (12, 4)
    assert chat.name == "litellm:openai/fake"
    assert server.requests[0]["max_tokens"] == 9
    assert "".join(pieces) == ("Hello there." if stream else "")


@installed
def test_log_probabilities_and_a_schema_arrive() -> None:
    with FakeServer([Answer("Yes", alternatives=(("Yes", -0.1), ("No", -2.4)))]) as server:
        chat = chat_at(server)
        assert chat.chat(ask(top_logprobs=2)).alternatives == (("Yes", -0.1), ("No", -2.4))
        assert chat.chat(ask(schema=SCHEMA)).text == '{"verdict": "met"}'
    assert server.requests[1]["response_format"]["json_schema"]["strict"] is True


@installed
def test_what_a_provider_lacks_is_not_lost_in_silence() -> None:
    with FakeServer([refusal(400, "response_format is not supported"), "Fine."]) as server:
        chat = chat_at(server)
        assert chat.chat(ask(schema=SCHEMA)).text == "Fine."
    forms = [sent["response_format"]["type"] for sent in server.requests]
    assert forms == ["json_schema", "json_object"]
    assert '"verdict"' in server.requests[1]["messages"][-1]["content"]


@installed
def test_what_litellm_itself_knows_to_be_missing() -> None:
    """ollama_chat takes no log-probabilities in litellm: it refuses them without a call."""
    chat = LiteLLMChat("ollama_chat/small", "http://127.0.0.1:9")
    with pytest.raises(ModelUnavailable) as failed:
        chat.chat(ask(top_logprobs=2))
    assert "logprobs" not in str(failed.value)  # they were left out; nothing listens there


@installed
def test_ollamas_own_protocol_gets_the_schema_and_the_length() -> None:
    """A stub of /api/chat: what is asked for reaches it by Ollama's own names, and thinking is no
    part of what is read."""
    said = {"role": "assistant", "thinking": "Hm.", "content": '{"verdict": "met"}'}
    reply = {"model": "small", "message": said, "done": True, "done_reason": "stop",
             "created_at": "2025-01-01T00:00:00Z", "prompt_eval_count": 20, "eval_count": 9}  # fmt: skip
    with FakeServer(default=raw(reply), schema="ignored") as server:
        chat = LiteLLMChat("ollama_chat/small", server.url.removesuffix("/v1"))
        found = chat.chat(ask(schema=SCHEMA, max_tokens=70))
        chat.chat(ask(schema=SCHEMA, top_logprobs=5))
    assert (found.text, found.thought) == ('{"verdict": "met"}', True)
    assert (found.usage.tokens_in, found.usage.tokens_out) == (20, 9)
    sent = server.requests[0]
    assert sent["format"]["properties"] == SCHEMA["properties"]
    assert (sent["options"]["num_predict"], sent["options"]["seed"]) == (70, 0)
    assert all("logprobs" not in str(body) for body in server.requests)


@installed
@pytest.mark.parametrize("value", ["sk-test-0123456789abcdef\r\n", "  \n"])
def test_what_stands_around_a_key_is_not_sent(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", value)
    with FakeServer(key=value.strip() or "none") as server:
        assert chat_at(server).chat(ask()).text
    monkeypatch.setenv("OPENAI_API_KEY", "“sk-test”")
    with pytest.raises(ModelUnavailable, match="OPENAI_API_KEY holds a character that no key has"):
        LiteLLMChat("openai/fake", "http://127.0.0.1:9/v1")


CASES: dict[str, tuple[Answer, type[ModelError]]] = {
    **{name: (answer, ModelError) for name, answer in {**MISBEHAVIOURS, **WRONG_TYPES}.items()},
    **{name: (MISBEHAVIOURS[name], ModelBusy) for name in ("429", "500", "loading")},
    **{name: (MISBEHAVIOURS[name], ModelTimeout) for name in ("hang", "dribble")},
    "404": (refusal(404, "no such model"), ModelUnavailable),
}
for fine in ("fenced JSON", "schema ignored", "enormous"):
    del CASES[fine]


@installed
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
def test_misbehaviour_ends_in_an_error(case: str, stream: bool) -> None:
    answer, kind = CASES[case]
    with FakeServer([answer]) as server:
        chat = chat_at(server)
        seconds = 1.0 if kind is ModelTimeout else 60
        with pytest.raises(kind):
            chat.chat(ask(seconds=seconds), (lambda _: None) if stream else None)
        assert len(server.requests) == 1


@installed
def test_a_key_is_in_no_error() -> None:
    with FakeServer(key="another") as server, pytest.raises(ModelUnavailable) as caught:
        chat_at(server).chat(ask())
    assert "refuses the key" in str(caught.value)
    assert KEY not in str(caught.value)


@installed
@pytest.mark.parametrize("model", ["nonsense/x", "openai/fake"])
def test_nobody_there(model: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ModelUnavailable):
        LiteLLMChat(model, "http://127.0.0.1:9/v1").chat(ask())
    said = capfd.readouterr()
    assert said.out == said.err == ""


@installed
def test_prices_and_windows_are_known_without_an_import() -> None:
    price = price_of("gpt-4o-mini")
    assert price is not None
    assert 0 < price.per_token_in < price.per_token_out
    assert price_of("openai/gpt-4o-mini") == price
    assert (context_of("gpt-4o-mini") or 0) >= 100_000
    assert price_of("no-such-model") is None
