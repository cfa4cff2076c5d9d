"""A key in the environment, against servers that send it back in every way."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from conftest import Ran
from fake_answers import Answer, raw, refusal
from fake_server import FakeServer

from interviewer.chat.messages import ChatRequest, Message
from interviewer.errors import ModelError
from interviewer.specs.model_specs import ModelOptions, make_chat

Call = Callable[..., Ran]
KEY = "sk-canary-1"
ANSWER = '{"question": 1, "answer": "It is blue up there.", "probes": ["It is the colour."]}'
ECHOES = {
    "refusal": refusal(400, f"the key {KEY}, sent as Bearer {KEY}, is bad"),
    "refusal cut within the key": refusal(400, f"{'x' * 190} {KEY}"),
    "rate": refusal(429, f"too many calls with {KEY}", Retry_After="3600"),
    "error in 200": raw({"error": {"message": f"{KEY} is bad"}}),
    "page": Answer(body=f"<html>{KEY}</html>".encode(), kind="text/html"),
    "page cut within the key": Answer(body=f"{'x' * 70}{KEY}".encode(), kind="text/html"),
    "wrong type": raw({"choices": KEY}),
    "reply": Answer(f"What does {KEY} make of the colour of the sky?"),
}


@pytest.mark.parametrize("how", ECHOES)
def test_a_key_is_in_no_output_and_no_file(
    call: Call, tiny_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    folder = tmp_path / "t"
    with FakeServer(default=ECHOES[how], schema="ignored") as server:
        ran = call(
            "run", "--bank", tiny_folder, "--model", "openai:fake", "--base-url", server.url,
            "--transcripts", folder, "--questions", "1", "--probes", 1, stdin=ANSWER,
        )  # fmt: skip
        assert any(KEY in headers["Authorization"] for headers in server.headers)
    assert ran.code == 1  # the judge never worked
    assert "gave no verdict: all 2 answers were graded offline" in ran.err
    written = [path for path in folder.iterdir() if path.is_file()]
    assert {path.suffix for path in written} == {".jsonl", ".md"}
    assert any(path.name.endswith(".calls.jsonl") for path in written)
    for text in (ran.out, ran.err, *(path.read_text("utf-8") for path in written)):
        assert KEY[:7] not in text.replace("\\", "")


def test_a_judge_that_cannot_be_tested_is_told_before_the_first_question(
    call: Call, tiny_folder: Path, tmp_path: Path
) -> None:
    ran = call(
        "run", "--bank", tiny_folder, "--judge", "openai:fake", "--base-url",
        "http://127.0.0.1:9/v1", "--transcripts", tmp_path, "--questions", "1", stdin="It is blue.",
    )  # fmt: skip
    assert ran.code == 1
    assert ran.err.index("could not be tested") < ran.err.index("gave no verdict")
    assert "openai:fake could not be tested: the model could not be reached" in ran.err


LONG_KEY = "sk_live+Canary/7Q=x9"
NAME, PASSWORD, PATH_TOKEN = "bob", "hunter2secret", "4f9c1b7ad02e88e1"
ASK = ChatRequest((Message("user", "Say yes."),))
FORMS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "upper case": str.upper,
    "lower case": str.lower,
    "reversed": lambda key: key[::-1],
    "hexadecimal": lambda key: key.encode().hex(),
    "HEXADECIMAL": lambda key: key.encode().hex().upper(),
    "base64": lambda key: base64.b64encode(key.encode()).decode(),
    "base64 for addresses": lambda key: base64.urlsafe_b64encode(key.encode()).decode(),
    "base64 after one": lambda key: base64.b64encode(b":" + key.encode()).decode(),
    "base64 after two": lambda key: base64.b64encode(b"x:" + key.encode() + b"!").decode(),
    "percent-encoded": lambda key: quote(key, safe=""),
    "all percent-encoded": lambda key: "".join(f"%{byte:02X}" for byte in key.encode()),
    "split by spaces": " ".join,
    "split by line breaks": "\n".join,
    "split by nothing seen": "\u200b".join,
    "split by tags": "\U000e0041\u2060".join,
    "split by escapes": "\\u200b".join,
}


def lays_open(text: str, secret: str) -> list[str]:
    """In which forms the secret stands in the text, gaps aside; a reckoning apart from `scrub`."""
    bare = re.sub(r"\\u(?:200b|2060|db40|dc41)|[\s\u200b\u2060\U000e0041]", "", text).lower()
    bare = bare.replace("\\n", "")
    wanted = {name: re.sub(r"\\u200b|[\s\u200b\u2060\U000e0041]", "", how(secret)).lower().rstrip("=")
              for name, how in FORMS.items()}  # fmt: skip
    return [name for name, form in wanted.items() if form in bare]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("how", ["refused", "replied"])
def test_a_key_that_is_sent_back_in_another_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, how: str
) -> None:
    """The error and the record of the call hold it in no form."""
    monkeypatch.setenv("OPENAI_API_KEY", LONG_KEY)
    said = f"bad: {FORMS[form](LONG_KEY)}; try again"
    assert lays_open(said, LONG_KEY), "the test itself knows the form"
    answer = {"refused": refusal(401, said), "replied": Answer(said)}
    with FakeServer(default=answer[how]) as server:
        chat = make_chat("openai:fake", ModelOptions(server.url, record=tmp_path))
        try:
            told = chat.chat(ASK).text
        except ModelError as error:
            told = str(error)
        assert LONG_KEY in server.headers[0]["Authorization"]
    (record,) = tmp_path.iterdir()
    for text in (told, record.read_text("utf-8")):
        assert "[key]" in text
        assert "try again" in text
        assert lays_open(text, LONG_KEY) == []


def repeats_headers(server: FakeServer, status: int) -> Callable[[dict[str, Any]], Answer]:
    """An answer that repeats what the client sent, as proxies do."""

    def answer(_: dict[str, Any]) -> Answer:
        sent = server.headers[-1]["Authorization"]
        pair = base64.b64decode(sent.split()[-1]).decode()
        said = f"{sent} of user {NAME} is bad, {pair}, on /{PATH_TOKEN}/v1"
        return refusal(status, said, Retry_After="3600")  # so that nobody waits

    return answer


@pytest.mark.parametrize("status", [401, 500])
def test_name_password_and_token_of_an_address_are_stored_nowhere(
    call: Call, tiny_folder: Path, tmp_path: Path, status: int
) -> None:
    """Screen, log, transcript, calls, records, reports and caches, after every command that asks."""
    with FakeServer(schema="ignored") as server:
        server.default = repeats_headers(server, status)
        port = server.port
        address = f"http://{NAME}:{PASSWORD}@127.0.0.1:{port}/{PATH_TOKEN}/v1"
        asked = ("--bank", tiny_folder, "--base-url", address)
        said = [
            call("run", *asked, "--model", "openai:fake", "--questions", "1", "--probes", 1,
                 stdin=ANSWER),
            call("grade", 1, "It is blue.", *asked, "--judge", "openai:fake", "--record", "kept"),
            call("grade", 1, "It is blue.", *asked, "--judge", "openai:fake", "--force", "--json"),
            call("models", "--base-url", address, "--model", "openai:fake", "--ports", 9),
            call("doctor", "--base-url", address, "--model", "openai:fake", "--ports", 9, "--json"),
            call("report", "--html", "r.html", "--md", "r.md"),
            call("report", "--json"),
            call("replay"),
        ]  # fmt: skip
        assert any(headers["Authorization"].startswith("Basic ") for headers in server.headers)
    texts = {f"command {at}": ran.out + ran.err for at, ran in enumerate(said)}
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".jsonl", ".md", ".html"}
    texts |= {str(path): path.read_bytes().decode("latin-1") for path in files}
    pair = base64.b64encode(f"{NAME}:{PASSWORD}".encode()).decode()
    for where, text in texts.items():
        assert pair not in text, where
        assert not re.search(rf"\b{NAME}\b", text), where
        for secret in (PASSWORD, PATH_TOKEN):
            assert lays_open(text, secret) == [], where
    assert sum("[key]" in text for text in texts.values()) >= 8, "the errors were shown and kept"
