"""Bodies that are no plain completion: an error in some place, text in parts, another address."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from fake_answers import Answer, raw
from fake_server import FakeServer
from misbehaving import DRAFT, verdicts

from interviewer.chat.messages import ChatReply, ChatRequest, Message
from interviewer.chat.openai_chat import OpenAIChat
from interviewer.errors import BadReply, ModelBusy, ModelError, ModelUnavailable


def said(answer: Answer) -> ChatReply:
    with FakeServer([answer]) as server:
        return OpenAIChat("fake", server.url).chat(ChatRequest((Message("user", "Judge."),)))


def failed(answer: Answer) -> ModelError:
    with pytest.raises(ModelError) as caught:
        said(answer)
    return caught.value


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        ([{"error": {"code": 503, "message": "Overloaded."}}], ModelBusy, "Overloaded."),
        ({"object": "error", "message": "It fell.", "code": 500}, ModelBusy, "It fell."),
        ({"detail": "Not authenticated"}, ModelUnavailable, "Not authenticated"),
        ({"errors": [{"code": 7009, "message": "No upstream"}]}, ModelUnavailable, "No upstream"),
        ({"error": "The model crashed."}, ModelUnavailable, "The model crashed."),
    ],
)
def test_an_error_is_told_in_its_own_words_wherever_it_stands(
    body: Any, kind: type[ModelError], message: str
) -> None:
    error = failed(raw(body))
    assert type(error) is kind
    assert error.message == f"the server reports an error: {message}"


def part(kind: str, text: str) -> dict[str, str]:
    return {"type": kind, "text": text}


def in_parts(*parts: dict[str, Any]) -> Answer:
    return raw({"choices": [{"message": {"content": list(parts)}, "finish_reason": "stop"}]})


@pytest.mark.parametrize("kind", ["thinking", "reasoning", "reasoning_text"])
def test_parts_that_hold_thinking_are_not_what_the_model_says(kind: str) -> None:
    text = part("text", verdicts())
    for parts in ([part(kind, DRAFT), text], [text, part(kind, DRAFT)]):
        reply = said(in_parts(*parts))
        assert reply.text == verdicts()
        assert reply.thought
    assert failed(in_parts(part(kind, DRAFT))).message == "its whole reply went into thinking"


def test_a_part_may_be_a_refusal() -> None:
    error = failed(in_parts({"type": "refusal", "refusal": "I will not."}))
    assert isinstance(error, BadReply)
    assert error.message == "the model refuses: 'I will not.'"


@pytest.mark.parametrize(
    ("status", "headers", "where"),
    [
        (301, {"Location": "https://example.invalid/v1"}, " to https://example.invalid/v1"),
        (307, {"Location": "/v2/chat/completions"}, " to /v2/chat/completions"),
        (308, {}, ""),
    ],
)
def test_nobody_is_followed_elsewhere(status: int, headers: dict[str, str], where: str) -> None:
    with FakeServer([Answer(status=status, headers=headers, body=b"")]) as server:
        with pytest.raises(ModelUnavailable) as caught:
            OpenAIChat("fake", server.url).chat(ChatRequest((Message("user", "Judge."),)))
        assert len(server.requests) == 1
    assert f"sends the call on{where} (status {status})" in caught.value.message
    assert caught.value.hint == "Give --base-url the address of the API itself; most end in /v1."


def test_a_reply_that_is_not_packed_as_it_says_is_not_asked_for_again() -> None:
    body = json.dumps({"choices": []}).encode()
    error = failed(Answer(body=body, headers={"Content-Encoding": "gzip"}))
    assert isinstance(error, BadReply)
    assert error.message == "the server's reply is not packed as it says"


def test_a_packed_reply_is_not_unpacked_without_end() -> None:
    bomb = gzip.compress(bytes(220_000_000), 1)
    error = failed(Answer(body=bomb, headers={"Content-Encoding": "gzip"}))
    assert error.message == "the reply was given up after 0.2 MB"
    good = json.dumps({"choices": [{"message": {"content": "Yes."}}]}).encode()
    packed = Answer(body=gzip.compress(good), headers={"Content-Encoding": "gzip"})
    assert said(packed).text == "Yes."
