"""OpenAI's protocol against a real server on loopback, well-behaved and not."""

from __future__ import annotations

import threading
import time
from concurrent.futures import CancelledError
from typing import Any

import pytest
from fake_answers import LOADING, MISBEHAVIOURS, TOO_MANY_WAIT, Answer, raw, refusal
from fake_server import FakeServer, wait_until

from interviewer.chat.call_loop import call_loop
from interviewer.chat.chat_wire import MAX_REPLY_BYTES
from interviewer.chat.messages import ChatReply, ChatRequest, Message, Usage
from interviewer.chat.openai_chat import OpenAIChat
from interviewer.errors import BadReply, ModelBusy, ModelTimeout, ModelUnavailable, UsageError

KEY = "sk-test-0123456789abcdef"
SCHEMA = {"type": "object", "properties": {"verdict": {"enum": ["met"]}}, "required": ["verdict"]}


def ask(text: str = "Hello?", **fields: Any) -> ChatRequest:
    return ChatRequest((Message("system", "Be brief."), Message("user", text)), **fields)


def test_a_reply_with_its_usage_and_what_was_sent() -> None:
    with FakeServer([Answer("Hello there.", usage=(12, 4))]) as server:
        reply = OpenAIChat("fake", server.url).chat(ask(max_tokens=7, seed=3))
    assert reply == ChatReply("Hello there.", Usage(tokens_in=12, tokens_out=4))
    (sent,) = server.requests
    assert sent["messages"][1] == {"role": "user", "content": "Hello?"}
    assert (sent["max_tokens"], sent["seed"], sent["temperature"]) == (7, 3, 0.0)
    assert "stream" not in sent


def test_a_stream_comes_in_pieces_in_the_callers_thread() -> None:
    pieces: list[str] = []
    threads: set[int] = set()

    def note(text: str) -> None:
        pieces.append(text)
        threads.add(threading.get_ident())

    with FakeServer([Answer("one two three", usage=(5, 3))]) as server:
        reply = OpenAIChat("fake", server.url).chat(ask(), note)
    assert [p for p in pieces if p] == ["one", " two", " three"]
    assert reply.text == "one two three"
    assert reply.usage.tokens_out == 3
    assert threads == {threading.get_ident()}


def test_a_server_that_does_not_stream_is_read_all_the_same() -> None:
    pieces: list[str] = []
    body = {"choices": [{"message": {"content": [{"type": "text", "text": "whole"}]}}]}
    with FakeServer([raw(body)]) as server:
        reply = OpenAIChat("fake", server.url).chat(ask(), pieces.append)
    assert reply.text == "".join(pieces) == "whole"


@pytest.mark.parametrize("stream", [False, True])
def test_log_probabilities_come_likeliest_first(stream: bool) -> None:
    given = (("No", -1.5), ("Yes", -0.2), ("", float("-inf")), ("I", -7.0))
    with FakeServer([Answer("Yes", alternatives=given)]) as server:
        chat = OpenAIChat("fake", server.url)
        reply = chat.chat(ask(top_logprobs=4, max_tokens=1), (lambda _: None) if stream else None)
    assert reply.alternatives == (("Yes", -0.2), ("No", -1.5), ("I", -7.0))
    assert server.requests[0]["top_logprobs"] == 4


def test_an_empty_first_token_is_a_reply_when_alternatives_were_asked_for() -> None:
    with FakeServer([Answer("", alternatives=(("", -0.1), ("Yes", -2.0)))]) as server:
        reply = OpenAIChat("fake", server.url).chat(ask(top_logprobs=2, max_tokens=1))
    assert reply.text == ""
    assert len(reply.alternatives) == 2


def test_a_reply_that_hit_its_limit_says_so() -> None:
    with FakeServer([Answer("half a sen", finish="length")]) as server:
        assert OpenAIChat("fake", server.url).chat(ask()).cut


def test_a_schema_is_strict_where_it_is_supported() -> None:
    with FakeServer(schema="obeyed") as server:
        reply = OpenAIChat("fake", server.url).chat(ask(schema=SCHEMA))
    assert reply.text == '{"verdict": "met"}'
    assert server.requests[0]["response_format"]["json_schema"]["strict"] is True


def test_a_schema_that_is_refused_is_put_in_words_from_then_on() -> None:
    with FakeServer(schema="refused") as server:
        chat = OpenAIChat("fake", server.url)
        chat.chat(ask(schema=SCHEMA))
        chat.chat(ask(schema=SCHEMA))
    forms = [sent.get("response_format", {}).get("type") for sent in server.requests]
    assert forms == ["json_schema", "json_object", None, None]
    told = ['"verdict"' in sent["messages"][-1]["content"] for sent in server.requests]
    assert told == [False, True, True, True]


@pytest.mark.parametrize(
    ("said", "gone", "instead"),
    [
        (
            "Use 'max_completion_tokens' instead of max_tokens",
            "max_tokens",
            "max_completion_tokens",
        ),
        ("Unsupported value: 'temperature' does not support 0", "temperature", None),
        ("Unknown parameter: 'seed'", "seed", None),
        ("logprobs are not supported with this model", "logprobs", None),
    ],
)
def test_a_parameter_that_is_refused_is_left_out(said: str, gone: str, instead: str | None) -> None:
    with FakeServer([refusal(400, said), "Fine."]) as server:
        reply = OpenAIChat("fake", server.url).chat(ask(top_logprobs=2))
    assert reply.text == "Fine."
    assert gone not in server.requests[1]
    assert instead is None or instead in server.requests[1]


KINDS: dict[str, type[Exception] | None] = {
    "429": ModelBusy,
    "429 with Retry-After": ModelBusy,
    "429 for an hour": ModelBusy,
    "500": ModelBusy,
    "loading": ModelBusy,
    "hang": ModelTimeout,
    "dribble": ModelTimeout,
    "half a reply": ModelBusy,
    "reset": ModelBusy,
    "fenced JSON": None,
    "schema ignored": None,
    "error in 200": ModelUnavailable,
}


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
@pytest.mark.parametrize("case", MISBEHAVIOURS)
def test_every_misbehaviour_ends_in_a_reply_or_the_right_error(case: str, stream: bool) -> None:
    wanted = KINDS.get(case, BadReply)
    with FakeServer([MISBEHAVIOURS[case]]) as server:
        chat = OpenAIChat("fake", server.url)
        request = ask(schema=SCHEMA, seconds=0.4 if wanted is ModelTimeout else 20)
        if wanted is None:
            assert chat.chat(request, (lambda _: None) if stream else None).text
            return
        with pytest.raises(wanted) as caught:
            chat.chat(request, (lambda _: None) if stream else None)
        assert type(caught.value) is wanted
        assert len(server.requests) == 1


def test_an_enormous_refusal_is_not_read_to_its_end() -> None:
    endless = Answer(status=500, body=b"x" * (MAX_REPLY_BYTES * 2))
    with FakeServer([endless]) as server, pytest.raises(BadReply, match="given up after 4 MB"):
        OpenAIChat("fake", server.url).chat(ask())


def test_what_a_busy_server_asks_to_wait_is_told() -> None:
    with FakeServer([TOO_MANY_WAIT, LOADING]) as server:
        chat = OpenAIChat("fake", server.url)
        with pytest.raises(ModelBusy) as limited:
            chat.chat(ask())
        with pytest.raises(ModelBusy, match="Loading model") as loading:
            chat.chat(ask())
    assert limited.value.after == 0.01
    assert loading.value.after is None


def test_a_call_given_up_leaves_the_connection() -> None:
    with FakeServer([Answer("a" * 4000, dribble=0.01), "still here"]) as server:
        chat = OpenAIChat("fake", server.url, seconds=0.2)
        with pytest.raises(ModelTimeout, match=r"within 0\.2 seconds"):
            chat.chat(ask())
        wait_until(lambda: server.left == 1)
        assert chat.chat(ask(seconds=20)).text == "still here"


def test_what_the_listener_raises_ends_the_call() -> None:
    def stop(_: str) -> None:
        raise KeyboardInterrupt

    with FakeServer([Answer("one two", dribble=0.001), "next"]) as server:
        chat = OpenAIChat("fake", server.url, seconds=20)
        with pytest.raises(KeyboardInterrupt):
            chat.chat(ask(), stop)
        assert chat.chat(ask()).text == "next"


def test_calls_under_way_may_all_be_ended() -> None:
    ended: list[BaseException] = []

    def one(chat: OpenAIChat) -> None:
        try:
            chat.chat(ask())
        except BaseException as error:
            ended.append(error)

    with FakeServer([Answer(dribble=0.02), Answer(dribble=0.02), "next"]) as server:
        chat = OpenAIChat("fake", server.url, seconds=60)
        threads = [threading.Thread(target=one, args=(chat,)) for _ in range(2)]
        for thread in threads:
            thread.start()
        wait_until(lambda: len(server.requests) == 2)
        call_loop().end_calls()
        for thread in threads:
            thread.join(30)
        assert [type(error) for error in ended] == [CancelledError] * 2
        wait_until(lambda: server.left == 2)
        assert chat.chat(ask()).text == "next"


def test_many_threads_may_ask_at_once() -> None:
    def echo(body: dict[str, Any]) -> str:
        time.sleep(0.002)
        return str(body["messages"][-1]["content"])

    found: dict[int, str] = {}
    with FakeServer(default=echo) as server:
        chat = OpenAIChat("fake", server.url)

        def one(number: int) -> None:
            found[number] = chat.chat(ask(f"number {number}")).text

        for number in range(8):
            threading.Thread(target=one, args=(number,)).start()
        wait_until(lambda: len(found) == 8)
    assert found == {n: f"number {n}" for n in range(8)}


def test_the_key_comes_from_the_environment_and_goes_to_the_server_alone() -> None:
    with FakeServer(key=KEY) as server:
        chat = OpenAIChat("fake", server.url, environ={"OPENAI_API_KEY": KEY})
        assert chat.chat(ask()).text
    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"
    assert KEY not in chat.name


def test_a_refused_key_is_not_in_the_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "abc-not-in-a-usual-form")
    with FakeServer(key=KEY) as server:
        address = server.url.replace("127.0.0.1", "me:secret@127.0.0.1")
        with pytest.raises(ModelUnavailable, match="refuses the key") as caught:
            OpenAIChat("fake", address).chat(ask())
    assert "Incorrect API key provided" in str(caught.value)
    assert "abc-not" not in str(caught.value)
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_openai_itself_needs_a_key() -> None:
    with pytest.raises(ModelUnavailable, match="OPENAI_API_KEY is not set"):
        OpenAIChat("gpt-4o-mini", environ={})
    with FakeServer() as server:
        chat = OpenAIChat("fake", environ={"OPENAI_BASE_URL": server.url})
        assert chat.chat(ask()).text == "Yes."


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (refusal(404, "model not found"), "has no model 'fake'"),
        (
            refusal(400, "exceeds the available context size"),
            "does not fit into the context window",
        ),
        (refusal(429, "You exceeded your current quota"), "wants to be paid first"),
        (refusal(418, "I am a teapot"), "status 418: I am a teapot"),
    ],
)
def test_a_refusal_says_what_is_wrong(answer: Answer, said: str) -> None:
    with FakeServer([answer]) as server, pytest.raises(ModelUnavailable) as caught:
        OpenAIChat("fake", server.url).chat(ask())
    assert said in caught.value.message
    assert type(caught.value) is ModelUnavailable


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/v1", "http://[::1]:9/v1"])
def test_nothing_at_the_address(address: str) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        OpenAIChat("fake", address, seconds=20).chat(ask())
    assert type(caught.value) is ModelUnavailable


@pytest.mark.parametrize(
    "address", ["::::", "localhost:8080/v1", "http://", "ftp://x/v1", "http://127.0.0.1:99999/v1"]
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(UsageError, match="is no address of a server"):
        OpenAIChat("fake", address)
