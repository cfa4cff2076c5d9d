"""A model that is asked the same thing only once."""

from __future__ import annotations

from pathlib import Path

import pytest
from fakes import ScriptedChat

from interviewer.chat.chat_record import RememberedChat
from interviewer.chat.messages import ChatReply, ChatRequest, Message, Usage
from interviewer.errors import InputError, ModelTimeout


def ask(text: str, **fields: str) -> ChatRequest:
    return ChatRequest((Message("user", text),), **fields)  # type: ignore[arg-type]


def reply(text: str) -> ChatReply:
    return ChatReply(text, Usage(tokens_in=3, tokens_out=1))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "some.calls.jsonl"


def test_the_same_call_is_made_once(path: Path) -> None:
    model = RememberedChat(ScriptedChat([reply("first"), reply("second")]), path)
    assert [model.chat(ask(t)).text for t in ("a", "a", "b", "a")] == [
        "first", "first", "second", "first",
    ]  # fmt: skip


def test_what_was_asked_yesterday_is_not_asked_again(path: Path) -> None:
    RememberedChat(ScriptedChat([reply("first")]), path).chat(ask("a"))
    heard: list[str] = []
    later = RememberedChat(ScriptedChat([reply("new")]), path)
    assert later.chat(ask("a"), heard.append).text == "first"
    assert heard == ["first"]
    assert later.chat(ask("b")).text == "new"


def test_another_marker_is_the_same_call_and_comes_back_in_the_reply(path: Path) -> None:
    model = RememberedChat(ScriptedChat([reply("between abc and abc")]), path)
    model.chat(ask("=== abc ===", marker="abc"))
    assert model.chat(ask("=== xyz ===", marker="xyz")).text == "between xyz and xyz"


def test_a_failure_is_asked_again(path: Path) -> None:
    model = RememberedChat(ScriptedChat([ModelTimeout("slow"), reply("there")]), path)
    with pytest.raises(ModelTimeout):
        model.chat(ask("a"))
    assert model.chat(ask("a")).text == "there"
    assert RememberedChat(ScriptedChat([]), path).chat(ask("a")).text == "there"


def test_damaged_records_are_refused(path: Path) -> None:
    path.write_text("no json\n{}\n", "utf-8")
    with pytest.raises(InputError, match="no recorded call"):
        RememberedChat(ScriptedChat([]), path)
