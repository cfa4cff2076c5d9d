"""Wrong words, dead addresses and pasted keys, given to the commands about models."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from fake_answers import HANG, HTML, LOADING, Answer, raw, refusal
from fake_server import FakeServer

Call = Callable[..., Ran]
KEY = "sk-ant-api03-An0therS3cretKey0123456789abcdefghij"


@pytest.fixture
def dead() -> str:
    """An address at which nobody listens."""
    with FakeServer() as server:
        return server.url


@pytest.mark.parametrize("spec", ["openai:fake", "systemone:kev"])
def test_a_trial_of_nobody_says_where_nobody_is(
    call: Call, tiny_folder: Path, dead: str, spec: str
) -> None:
    for command in ("trial", "calibrate"):
        bank = ("--bank", tiny_folder) if command == "trial" else ()
        ran = call(command, spec, *bank, "--base-url", dead, "--deadline", 1)
        assert ran.code == 1
        assert ran.err.startswith(f"interviewer: nothing answers at {dead}\n")


@pytest.mark.parametrize("spec", ["openai:fake", "systemone:kev"])
@pytest.mark.parametrize(
    "answer",
    [HTML, raw(None), refusal(401, f"Bad key {KEY}")],
)
def test_a_trial_of_a_bad_server_fails_in_a_line_and_names_the_next_step(
    call: Call, tiny_folder: Path, monkeypatch: pytest.MonkeyPatch, spec: str, answer: Answer
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with FakeServer(default=answer, schema="ignored") as server:
        where = ("--base-url", server.url, "--deadline", 2)
        ran = call("trial", spec, "--bank", tiny_folder, *where, "--minutes", 0.05)
        if "any mode" in ran.err:
            assert f"doctor --model {spec} --base-url {server.url}" in ran.err
            checked = call("doctor", "--model", spec, *where, "--ports", 1)
            assert checked.code in (0, 1)
            assert spec in checked.out
    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert KEY not in ran.out + ran.err


@pytest.mark.parametrize("answer", [HANG, LOADING])
def test_a_server_that_hangs_or_loads_ends_by_the_deadline(
    call: Call, tiny_folder: Path, answer: Answer
) -> None:
    with FakeServer(default=answer, schema="ignored") as server:
        options = ("--bank", tiny_folder, "--base-url", server.url, "--deadline", 0.2)
        ran = call("trial", "systemone:kev", *options)
    assert ran.code == 1
    assert "0.2 seconds" in ran.err or "Loading model" in ran.err


@pytest.mark.parametrize("spec", [KEY, f"openai:{KEY}", f"votes:openai:{KEY}"])
def test_a_key_in_the_place_of_a_model_is_not_repeated(
    call: Call, tiny_folder: Path, dead: str, spec: str
) -> None:
    where = ("--base-url", dead, "--deadline", 1)
    for args in (
        ("trial", spec, "--bank", tiny_folder, *where),
        ("models", "--model", spec, *where, "--ports", 1),
        ("grade", "--judge", spec, "--bank", tiny_folder, *where, 1, "Blue is scattered."),
    ):
        ran = call(*args)
        assert KEY not in ran.out + ran.err
        assert "Perhaps" not in ran.err


def test_what_is_wrong_with_the_words_is_said(call: Call, dead: str) -> None:
    for args, said in (
        (("trial",), "'interviewer trial openai:NAME --base-url URL'"),
        (("calibrate",), "'interviewer calibrate openai:NAME --base-url URL'"),
        (("trial", "logprob:systemone:kev"), "asked in one way only"),
        (("doctor", "--model", "systemone:"), "or systemone:MODEL"),
        (("models", "--base-url", "http://a b/v1"), "is no address of a server"),
        (("trial", "openai:fake", "--base-url", "http://a b/v1"), "is no address of a server"),
        (("trial", "openai:fake", "--base-url", dead, "--calls", 0), "--calls"),
    ):
        ran = call(*args)
        assert ran.code == 2, args
        assert said in ran.err
    ran = call("models", "--ports", "1,,2")
    assert "on the ports 1, 2 of this machine" in ran.out
    ran = call("trial", "litellm:nosuch/x", "--base-url", dead)
    assert ran.code == 1
    assert "litellm knows no provider 'nosuch'" in ran.err
