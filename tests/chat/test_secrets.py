"""A key in the environment, against servers that send it back in every way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from fake_answers import Answer, raw, refusal
from fake_server import FakeServer

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
    assert "gave no verdict: the answer was graded offline" in ran.err
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
