"""How a model wants to be called: thinking cut off, refusals understood, keys, records, growing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fake_answers import Answer, refusal
from fake_server import FakeServer
from fakes import ScriptedChat
from hypothesis import given
from hypothesis import strategies as st

from interviewer.chat import chat_wire
from interviewer.chat.budget import Allowance, Budget
from interviewer.chat.chat_guard import GuardedChat
from interviewer.chat.manners import capability_store, complaints
from interviewer.chat.manners.api_keys import key_from
from interviewer.chat.manners.capability import Capability, Manner
from interviewer.chat.manners.capability_store import Learnt, learnt
from interviewer.chat.manners.complaints import inner_message, mended
from interviewer.chat.manners.growing import ROOMS, GrowingChat
from interviewer.chat.manners.thinking import cut_off, settled
from interviewer.chat.messages import ChatReply, ChatRequest, Message, Usage
from interviewer.chat.openai_chat import OpenAIChat
from interviewer.errors import (
    BadReply,
    BudgetExceeded,
    ModelTimeout,
    ModelUnavailable,
    ReplyCut,
)
from interviewer.specs.model_specs import ModelOptions, make_chat

SCHEMA = {"type": "object", "properties": {"c1": {}}, "required": ["c1"]}
ASKED = ChatRequest(
    (Message("system", "Be brief."), Message("user", "Hello?")),
    schema=SCHEMA,
    max_tokens=100,
    top_logprobs=20,
)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<think>draft</think>\n\nfine", "fine"),
        ("draft</think>fine", "fine"),
        ("<think>one</think>two<think>three</think>fine", "fine"),
        ("fine<think>draft", "fine"),
        ("<think>draft", ""),
        ("<THINKING mode='x'>draft</THINKING>fine", "fine"),
        ("[THINK]draft[/THINK]fine", "fine"),
        ("<|channel|>analysis<|message|>draft<|end|><|start|>assistant<|channel|>final<|message|>fine", "fine"),
        ("<|channel|>analysis<|message|>draft", ""),
        ("◁think▷draft◁/think▷fine", "fine"),
        ("a <b> c", "a <b> c"),
        (" fine ", " fine "),
    ],
)  # fmt: skip
def test_thinking_is_cut_off(raw: str, text: str) -> None:
    assert cut_off(raw).text == text
    assert cut_off(raw).thought is (raw != text)


def test_a_reply_that_breaks_off_is_all_thinking_of_a_model_that_thinks() -> None:
    assert cut_off("draft", unfinished=True) == ("", True)
    assert cut_off("draft</think>fine", unfinished=True).text == "fine"


@given(st.text(), st.sampled_from(["think", "thinking", "reasoning", "seed:think"]))
def test_nothing_before_a_closing_tag_is_ever_read(draft: str, name: str) -> None:
    assert cut_off(f"<{name}>{draft}</{name}>fine").text == "fine"
    assert cut_off(f"{draft}</{name}>").text == ""


@pytest.mark.parametrize(
    ("reasoning", "kept"),
    [
        ('{"c1": 1}', '{"c1": 1}'),
        ('```json\n{"c1": 1}\n```', '{"c1": 1}'),
        ('<think>x</think>{"c1": 1}', '{"c1": 1}'),
        ('Perhaps {"c1": 1}', ""),
        ('{"c2": 1}', ""),
        ("[1]", ""),
        ("[" * 100_000, ""),
        ("", ""),
    ],
)
def test_reasoning_counts_where_it_is_the_whole_reply(reasoning: str, kept: str) -> None:
    assert settled(reasoning, SCHEMA) == kept


def body(manner: Manner) -> dict[str, Any]:
    return chat_wire.parameters("m", ASKED, manner, stream=True)


SAYINGS = [
    "System role not supported", "response_format json_schema grammar", "logprobs", "top_logprobs <= 5",
    "max_tokens must be at least 16", "max_completion_tokens", "seed", "temperature", "stream_options",
    "Unsupported parameter: max_tokens", "nothing of the kind",
]  # fmt: skip


@given(st.lists(st.sampled_from(SAYINGS), max_size=30), st.sampled_from([400, 403, 422, 500]))
def test_every_refusal_teaches_something_new_or_nothing(said: list[str], status: int) -> None:
    """A server that refuses for ever is soon given up: no manner comes twice."""
    manner, seen = Manner(), [Manner()]
    for text in said:
        told = mended(status, text, body(manner), manner)
        if told is None:
            continue
        manner = told.manner
        assert manner not in seen
        seen.append(manner)
    assert len(seen) <= complaints_at_most()


def complaints_at_most() -> int:
    # system, two forms of a schema, 20 -> 5 -> none, the smallest reply, and the named parameters
    return 1 + 1 + 2 + 2 + 1 + len(complaints.PARAMETERS)


@pytest.mark.parametrize("status", [401, 402, 429, 503])
def test_other_statuses_are_not_about_how_it_was_called(status: int) -> None:
    assert mended(status, "System role not supported", body(Manner()), Manner()) is None


def test_the_numbers_in_a_refusal_are_heeded() -> None:
    def after(said: str) -> Manner:
        told = mended(400, said, body(Manner()), Manner())
        assert told is not None
        return told.manner

    greatest = "Requested sample logprobs of 20, which is greater than max allowed: 8"
    assert after(greatest).most_logprobs == 8
    small = ChatRequest(ASKED.messages, max_tokens=1)
    sent = chat_wire.parameters("m", small, stream=False)
    told = mended(400, "max_tokens must be at least 32", sent, Manner())
    assert told is not None
    assert told.manner.least_tokens == 32
    assert chat_wire.parameters("m", small, told.manner, stream=False)["max_tokens"] == 32


def test_a_system_message_that_is_not_taken_goes_before_the_users() -> None:
    sent = body(Manner(system=False, schema_form="json_object"))["messages"]
    assert [m["role"] for m in sent] == ["user"]
    assert sent[0]["content"].startswith("Be brief.\n\nHello?\n\nReply with JSON")
    alone = ChatRequest((Message("system", "Be brief."),))
    (told,) = chat_wire.parameters("m", alone, Manner(system=False), stream=False)["messages"]
    assert told == {"role": "user", "content": "Be brief."}


@pytest.mark.parametrize(
    ("said", "inner"),
    [
        ('{"error": {"message": "too low", "type": "x"}}', "too low"),
        ('AnthropicException - b\'{"type":"error","error":{"message":"too low"}}\'', "too low"),
        ('[{"error": {"code": 400, "message": "too low"}}]', "too low"),
        ('{"error": {"message": "x", "metadata": {"raw": "{\\"error\\": {\\"message\\": \\"too low\\"}}"}}}',
         "too low"),
        ('{"detail": [{"loc": ["body"], "msg": "too low"}]}', "too low"),
        ("plain words", "plain words"),
        ('{"broken', '{"broken'),
    ],
)  # fmt: skip
def test_only_the_inner_message_is_shown(said: str, inner: str) -> None:
    assert inner_message(said) == inner


@pytest.mark.parametrize("key", ["sk-1", " sk-1\n", "\tsk-1\r\n"])
def test_what_stands_around_a_key_is_no_part_of_it(key: str) -> None:
    assert key_from({"K": key}, "K") == "sk-1"


@pytest.mark.parametrize("key", ["", " ", "\n", None])
def test_a_blank_key_is_none(key: str | None) -> None:
    assert key_from({} if key is None else {"K": key}, "K") is None


@pytest.mark.parametrize("key", ["“sk-1”", "sk 1", '"sk-1"', "sk-1\nsk-2", "sk-ü", "\u200bsk-1"])
def test_what_no_key_has_is_named_and_the_key_is_not(key: str) -> None:
    with pytest.raises(ModelUnavailable, match="holds a character that no key has: U") as caught:
        key_from({"OPENAI_API_KEY": key}, "OPENAI_API_KEY")
    assert "sk" not in str(caught.value)


def test_a_key_with_a_line_end_is_sent_without() -> None:
    with FakeServer(key="sk-test-0123456789") as server:
        chat = OpenAIChat("fake", server.url, environ={"OPENAI_API_KEY": "sk-test-0123456789\r\n"})
        assert chat.chat(ChatRequest((Message("user", "Hello?"),))).text
    with FakeServer() as server:
        chat = OpenAIChat("fake", server.url, environ={"OPENAI_API_KEY": "  \n"})
        assert chat.chat(ChatRequest((Message("user", "Hello?"),))).text


def test_records_are_kept_by_model_and_address(tmp_path: Path) -> None:
    record = Capability(spec="openai:m", url="http://127.0.0.1:1/v1", whole=True, logprob=True)
    capability_store.save(tmp_path, record)
    assert capability_store.load(tmp_path, "openai:m", record.url) == record
    assert record.modes == ("whole", "logprob")
    assert capability_store.load(tmp_path, "openai:m", None) is None
    (path,) = tmp_path.iterdir()
    for damage in (b"", b"{", b'{"spec": "openai:other"}', b"x" * 100_000):
        path.write_bytes(damage)
        assert capability_store.load(tmp_path, "openai:m", record.url) is None


def test_what_is_learnt_is_added_to_the_record(tmp_path: Path) -> None:
    capability_store.save(tmp_path, Capability(spec="s", whole=True))
    first = learnt(tmp_path, "s", None)
    first.change(lambda known: known.model_copy(update={"system": False}))
    assert learnt(tmp_path, "s", None).manner == Manner(system=False)
    found = capability_store.load(tmp_path, "s", None)
    assert found is not None
    assert found.whole is True


def test_no_key_is_in_a_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = "sk-test-0123456789abcdef"
    monkeypatch.setenv("OPENAI_API_KEY", key)
    record = Capability(spec="s", problem=f"refuses {key}", remarks=(f"said {key[::-1]}",))
    capability_store.save(tmp_path, record)
    text = next(tmp_path.iterdir()).read_text("utf-8")
    assert key not in text
    assert key[::-1] not in text
    assert capability_store.load(tmp_path, "s", None) is not None


def test_the_next_program_calls_as_the_last_one_learnt(tmp_path: Path) -> None:
    with FakeServer(schema="refused", default="Fine.") as server:
        options = ModelOptions(base_url=server.url, known=tmp_path)
        for _ in range(2):
            make_chat("openai:fake", options).chat(ChatRequest(ASKED.messages, schema=SCHEMA))
    forms = [sent.get("response_format", {}).get("type") for sent in server.requests]
    assert forms == ["json_schema", "json_object", None, None]


def test_what_is_done_without_once_does_not_hide_what_is_refused_for_good() -> None:
    """A reply that failed a schema is asked for in words; that call has a parameter refused too."""

    def reply(body: dict[str, Any]) -> Answer | str:
        if "response_format" in body:
            return refusal(400, "Failed to generate JSON")
        return refusal(400, "Unknown parameter: seed") if "seed" in body else "Fine."

    with FakeServer(default=reply, schema="ignored") as server:
        chat = OpenAIChat("fake", server.url)
        assert chat.chat(ChatRequest(ASKED.messages, schema=SCHEMA)).text == "Fine."
        assert len(server.requests) == 3
        chat.chat(ChatRequest(ASKED.messages, schema=SCHEMA))
    assert "response_format" in server.requests[3]


JUDGED = ChatRequest((Message("user", "Judge."),), schema=SCHEMA, max_tokens=100)


def needing(tokens: int) -> Callable[[ChatRequest], Any]:
    def answer(request: ChatRequest) -> Any:
        if request.max_tokens >= tokens:
            return ChatReply("{}", Usage(tokens_in=10, tokens_out=tokens), thought=True)
        return ReplyCut("its whole reply went into thinking", taken=(10, request.max_tokens))

    return answer


def test_the_reply_grows_until_its_thinking_fits_and_that_is_remembered() -> None:
    chat = ScriptedChat(needing(2000))
    known = Learnt()
    reply = GrowingChat(chat, known).chat(JUDGED)
    lengths = [request.max_tokens for request in chat.requests]
    assert lengths == [100, 100 + ROOMS[0], 100 + ROOMS[1]]
    assert reply.usage == Usage(tokens_in=30, tokens_out=100 + 1636 + 2000)
    assert known.manner.thinking_tokens == ROOMS[1]
    GrowingChat(chat, known).chat(JUDGED)
    assert chat.requests[-1].max_tokens == 100 + ROOMS[1]
    assert len(chat.requests) == 4


def test_growing_stays_within_the_budget() -> None:
    chat = ScriptedChat(needing(100_000))
    budget = Budget(Allowance(tokens=2500))
    with pytest.raises(BudgetExceeded, match="went into thinking, and the next call may take"):
        GrowingChat(GuardedChat(chat, budget=budget), Learnt()).chat(JUDGED)
    assert len(chat.requests) == 2  # 100 and 1,636 of 2,500; 4,196 are too many
    assert budget.spent.tokens_out == 1736


def test_growing_stays_within_the_time() -> None:
    ticks = iter(range(0, 1000, 20))
    asked: list[float | None] = []

    def answer(request: ChatRequest) -> Any:
        asked.append(request.seconds)
        slow = len(asked) == 3
        return ModelTimeout("late") if slow else ReplyCut("its whole reply went into thinking")

    chat = GrowingChat(ScriptedChat(answer), Learnt(), 60.0, monotonic=lambda: float(next(ticks)))
    with pytest.raises(ModelTimeout, match="went into thinking, and a longer one did not come"):
        chat.chat(JUDGED)
    assert asked == [None, 40.0, 20.0]


def test_a_reply_that_can_be_read_in_part_is_better_than_none() -> None:
    cut = ChatReply('{"c1": 1, "c2', cut=True)
    chat = ScriptedChat([cut, ModelUnavailable("too long")])
    assert GrowingChat(chat, Learnt()).chat(JUDGED).text == cut.text
    words = ChatRequest((Message("user", "Say."),), max_tokens=60)
    assert GrowingChat(ScriptedChat([cut]), Learnt()).chat(words).cut
    one = ChatRequest((Message("user", "Yes?"),), max_tokens=1, top_logprobs=5)
    assert GrowingChat(ScriptedChat([cut]), Learnt()).chat(one).cut


def test_json_that_never_ends_gets_more_room_once() -> None:
    cut = ChatReply('{"c1": {"evidence": "and so on and so on', cut=True)
    chat = ScriptedChat([cut, cut, cut])
    assert GrowingChat(chat, Learnt()).chat(JUDGED).cut
    assert [request.max_tokens for request in chat.requests] == [100, 100 + ROOMS[0]]


def test_a_refusal_of_a_longer_reply_says_why_one_was_wanted() -> None:
    chat = ScriptedChat([ReplyCut("x"), ModelUnavailable("the window is full")])
    with pytest.raises(
        BadReply, match="went into thinking, and a longer one is refused: the window"
    ):
        GrowingChat(chat, Learnt()).chat(JUDGED)


def test_a_record_is_json_that_reads_back() -> None:
    record = Capability(spec="s", manner=Manner(without=("seed",), least_tokens=16))
    assert Capability.model_validate(json.loads(record.model_dump_json())) == record


def test_what_a_stream_passes_on_is_not_what_is_read() -> None:
    pieces: list[str] = []
    with FakeServer([Answer("<think>draft</think> fine")]) as server:
        reply = OpenAIChat("fake", server.url).chat(ChatRequest(ASKED.messages), pieces.append)
    assert "draft" in "".join(pieces)
    assert reply.text == "fine"
