"""Calls kept by the hash of what was asked, and answered from there."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fake_answers import refusal
from fake_server import FakeServer
from fakes import ScriptedChat
from hypothesis import given
from hypothesis import strategies as st

from interviewer.chat.budget import Allowance, Budget
from interviewer.chat.call_files import calls_file
from interviewer.chat.chat_record import (
    RecordedChat,
    Records,
    ReplayedChat,
    read_reply_data,
    reply_data,
    request_hash,
)
from interviewer.chat.messages import ChatReply, ChatRequest, Message, Usage
from interviewer.errors import (
    BadReply,
    BudgetExceeded,
    InputError,
    ModelBusy,
    ModelError,
    ModelTimeout,
    ModelUnavailable,
    PromptCut,
    ReplyCut,
    UsageError,
)
from interviewer.session.log_file import session_files
from interviewer.specs.model_specs import ModelOptions, make_chat


def ask(text: str = "Hello?", **fields: Any) -> ChatRequest:
    return ChatRequest((Message("user", text),), **fields)


def replayed(path: Path, name: str = "scripted") -> ReplayedChat:
    return ReplayedChat(name, Records.load(path))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "session.calls.jsonl"


def test_a_recorded_reply_comes_back_whole(path: Path) -> None:
    reply = ChatReply(
        "Yes.", Usage(tokens_in=9, tokens_out=2, cost=0.01), (("Yes", -0.1), ("No", -2.5)), cut=True
    )
    assert RecordedChat(ScriptedChat([reply]), path).chat(ask()) == reply
    pieces: list[str] = []
    assert replayed(path).chat(ask(), pieces.append) == reply
    assert "".join(pieces) == "Yes."


def test_words_that_look_like_a_key_do_not_break_the_record(path: Path) -> None:
    asked = ask('the bearer "token" of meaning, http://a"b@c and "sk-abcdefghijklmnop"')
    RecordedChat(ScriptedChat(['bearer "x"']), path).chat(asked)
    assert replayed(path).chat(asked).text.startswith("bearer")
    assert "sk-abcdefghijklmnop" not in path.read_text("ascii")


def test_the_marker_changes_neither_the_hash_nor_the_record(path: Path) -> None:
    def fenced(marker: str) -> ChatRequest:
        return ask(f"=== {marker}\nanswer\n=== {marker}", marker=marker)

    assert request_hash("m", fenced("a1b2c3")) == request_hash("m", fenced("ffff00"))
    RecordedChat(ScriptedChat(["He said: a1b2c3 answer"]), path).chat(fenced("a1b2c3"))
    assert "a1b2c3" not in path.read_text("ascii")
    assert replayed(path).chat(fenced("ffff00")).text == "He said: ffff00 answer"


BASE = ask(schema={"type": "object"})


@pytest.mark.parametrize(
    "other",
    [
        ask("Hello!", schema={"type": "object"}),
        ask(schema={"type": "array"}),
        ask(),
        replace(BASE, max_tokens=1),
        replace(BASE, temperature=0.5),
        replace(BASE, seed=1),
        replace(BASE, top_logprobs=1),
        replace(BASE, messages=(Message("system", "Hello?"),)),
    ],
)
def test_whatever_decides_the_reply_changes_the_hash(other: ChatRequest) -> None:
    assert request_hash("m", other) != request_hash("m", BASE)
    assert request_hash("n", BASE) != request_hash("m", BASE)


def test_the_deadline_does_not_change_the_hash() -> None:
    assert request_hash("m", replace(BASE, seconds=3.0)) == request_hash("m", BASE)


@given(
    st.text(max_size=30),
    st.lists(st.tuples(st.text(max_size=3), st.floats(-30, 0)), max_size=3),
    st.booleans(),
)
def test_any_reply_survives_its_json(text: str, pairs: list[tuple[str, float]], cut: bool) -> None:
    reply = ChatReply(text, Usage(tokens_in=1), tuple(pairs), cut)
    data = json.loads(json.dumps(reply_data(reply, "")))
    assert read_reply_data(data, "") == reply


def test_the_same_request_again_gets_the_next_record(path: Path) -> None:
    chat = RecordedChat(ScriptedChat(["first", "second"]), path)
    chat.chat(ask())
    chat.chat(ask())
    again = replayed(path)
    assert [again.chat(ask()).text for _ in range(3)] == ["first", "second", "second"]


@pytest.mark.parametrize(
    "error", [ModelBusy("busy"), ModelTimeout("late"), BadReply("odd"), ModelUnavailable("gone")]
)
def test_a_failure_is_replayed_as_well(path: Path, error: ModelError) -> None:
    with pytest.raises(type(error)):
        RecordedChat(ScriptedChat([error]), path).chat(ask())
    with pytest.raises(type(error), match=error.message) as caught:
        replayed(path).chat(ask())
    assert type(caught.value) is type(error)


def test_a_call_that_was_never_made_is_not_on_record(path: Path) -> None:
    with pytest.raises(BudgetExceeded):
        RecordedChat(ScriptedChat([BudgetExceeded("too dear")]), path).chat(ask())
    assert not path.exists()


def test_a_missing_call_is_named(path: Path) -> None:
    RecordedChat(ScriptedChat(["Yes."]), path).chat(ask())
    other = ask("Something else?")
    with pytest.raises(ModelUnavailable, match=request_hash("scripted", other)[:12]):
        replayed(path).chat(other)
    with pytest.raises(ModelUnavailable, match="no reply of 'another'"):
        replayed(path, "another").chat(ask())


def test_keys_are_not_recorded(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_API_KEY", "hush-hush-hush")
    request = ask("My key is hush-hush-hush")
    RecordedChat(ScriptedChat(["hush-hush-hush it is"]), path).chat(request)
    assert "hush" not in path.read_text("ascii")
    assert replayed(path).chat(request).text == "[key] it is"


def test_only_the_owner_may_read_the_records(path: Path) -> None:
    RecordedChat(ScriptedChat(["Yes."]), path).chat(ask())
    assert path.stat().st_mode & 0o077 == 0


def test_many_threads_write_whole_lines(path: Path) -> None:
    chat = RecordedChat(ScriptedChat(lambda r: r.messages[0].text * 500), path)
    threads = [threading.Thread(target=chat.chat, args=(ask(f"{n} "),)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(Records.load(path).by_hash) == 12


def test_a_torn_last_line_is_left_out_and_a_broken_one_named(path: Path) -> None:
    RecordedChat(ScriptedChat(["Yes."]), path).chat(ask())
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:50])
    assert replayed(path).chat(ask()).text == "Yes."
    path.write_bytes(whole[:50] + b"\n" + whole)
    with pytest.raises(InputError, match=r"session\.calls\.jsonl:1: this line is no recorded call"):
        Records.load(path)


def test_a_folder_of_records(tmp_path: Path) -> None:
    for number in (1, 2):
        place = calls_file(tmp_path / f"s{number}.jsonl")
        RecordedChat(ScriptedChat([f"{number}"]), place).chat(ask(f"{number}?"))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["s1.calls.jsonl", "s2.calls.jsonl"]
    assert list(session_files(tmp_path)) == []
    chat = replayed(tmp_path)
    assert [chat.chat(ask(f"{n}?")).text for n in (1, 2)] == ["1", "2"]
    with pytest.raises(UsageError, match="there is no"):
        Records.load(tmp_path.joinpath("none.calls.jsonl").parent / "..")


def test_where_calls_are_kept() -> None:
    assert calls_file(Path("t/2025-a.jsonl")) == Path("t/2025-a.calls.jsonl")
    assert calls_file(Path("t/x.calls.jsonl")) == Path("t/x.calls.jsonl")
    assert calls_file(Path("t")) == Path("t/interviewer.calls.jsonl")


def test_a_real_session_is_replayed_without_a_server(tmp_path: Path) -> None:
    with FakeServer(["First.", refusal(500, "Out of order", Retry_After="3600")]) as server:
        url = server.url
        options = ModelOptions(url, record=tmp_path / "s.jsonl")
        chat = make_chat("openai:fake", options)
        assert chat.chat(ask("one")).text == "First."
        with pytest.raises(ModelBusy):
            chat.chat(ask("two"))
    again = make_chat("openai:fake", ModelOptions(url, replay=tmp_path / "s.calls.jsonl"))
    assert again.name == chat.name == "openai:fake"
    assert again.chat(ask("one")).text == "First."
    with pytest.raises(ModelBusy, match="answers 500"):
        again.chat(ask("two"))


def test_a_replay_costs_nothing_and_needs_no_file_or_key(tmp_path: Path) -> None:
    place = tmp_path / "m.calls.jsonl"
    RecordedChat(ScriptedChat(["Yes."], name="gguf:small.gguf"), place).chat(ask())
    options = ModelOptions(replay=place, budget=Budget(Allowance(tokens=1)))
    assert make_chat("gguf:/nowhere/small.gguf", options).chat(ask()).text == "Yes."


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    chat = RecordedChat(ScriptedChat(["Yes."]), tmp_path / "file" / "s.calls.jsonl")
    with pytest.raises(ModelUnavailable, match="cannot be recorded"):
        chat.chat(ask())


@pytest.mark.parametrize(
    ("error", "kind"),
    [(ReplyCut("cut"), BadReply), (PromptCut("cut", tokens=2048), BadReply)],
)
def test_a_failure_of_a_finer_kind_is_replayed_as_the_coarser_one(
    path: Path, error: ModelError, kind: type[ModelError]
) -> None:
    with pytest.raises(type(error)):
        RecordedChat(ScriptedChat([error]), path).chat(ask())
    with pytest.raises(kind, match="cut") as caught:
        replayed(path).chat(ask())
    assert type(caught.value) is kind
