"""The configuration file, the environment and the command line, in that order of weight."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from interviewer.chat.budget import Allowance, Budget
from interviewer.cli.model_options import Models, choose, models_option
from interviewer.cli.settings import Settings, load_settings
from interviewer.errors import InputError, ModelUnavailable, UsageError
from interviewer.specs.model_specs import ModelOptions, make_chat, model_name, split_spec

WHOLE = """\
# how I practise
model = "openai:small"
judge = "gguf:~/big.gguf"
base_url = "http://127.0.0.1:8080/v1"
style = "tough"
judge_mode = "logprob"
deadline = 20
budget = "0.10"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_a_whole_configuration(file: Path) -> None:
    file.write_text(WHOLE, "utf-8")
    assert load_settings(file, {}) == Settings(
        "openai:small",
        "gguf:~/big.gguf",
        "http://127.0.0.1:8080/v1",
        "tough",
        "logprob",
        20,
        "0.10",
    )


def test_no_configuration_sets_nothing(file: Path) -> None:
    assert load_settings(file, {}) == Settings()


def test_the_environment_overrules_the_file(file: Path) -> None:
    file.write_text(WHOLE, "utf-8")
    environ = {"INTERVIEWER_MODEL": "openai:other", "INTERVIEWER_BASE_URL": ""}
    found = load_settings(file, environ)
    assert (found.model, found.base_url) == ("openai:other", "http://127.0.0.1:8080/v1")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('model = "openai:x"\nmodle = "y"', 2, "Did you mean 'model'?"),
        ("\n\n[models]\nx = 1", 3, "there is no setting 'models'"),
        ('model = "x"\nopenai_api_key = "abc"', 2, "Keys come only from the environment"),
        ('api_token = "abc"', 1, "does not belong here"),
        ('model = "openai:sk-0123456789abcdef"', 1, "looks like a key"),
        ("model = 5", 1, "takes text in quotes"),
        ('deadline = "soon"', 1, "takes a number of seconds"),
        ("deadline = nan", 1, "takes a number of seconds"),
        ("deadline = true", 1, "takes a number of seconds"),
        ("judge_wait = -1", 1, "takes a number of seconds from 0"),
        ('style = "rude"', 1, "friendly, neutral, tough"),
        ('\njudge_mode = "fast"', 2, "whole, each, sentences"),
        ('model = "x"\nmodel = "y"', 2, "is no TOML"),
        ("model = ", 1, "is no TOML"),
    ],
)
def test_a_wrong_configuration_is_named_with_its_line(
    file: Path, text: str, line: int, said: str
) -> None:
    file.write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        load_settings(file, {})
    assert str(caught.value).startswith(f"{file}:{line}: ")
    assert said in str(caught.value)
    assert "sk-0" not in str(caught.value)


def test_a_configuration_that_is_no_text(file: Path) -> None:
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="is not UTF-8 text; it looks like UTF-16"):
        load_settings(file, {})


CONFIGURED = Settings(model="openai:set", judge="openai:strict", judge_mode="each", deadline=5)


@pytest.mark.parametrize(
    ("given", "model", "judge"),
    [
        ({}, "openai:set", "openai:strict"),
        ({"model": "openai:now"}, "openai:now", "openai:now"),
        ({"judge": "gguf:x"}, "openai:set", "gguf:x"),
        ({"model": "openai:now", "judge": "offline"}, "openai:now", "offline"),
        ({"model": "offline"}, "offline", "offline"),
    ],
)
def test_who_interviews_and_who_judges(given: dict[str, str], model: str, judge: str) -> None:
    found = choose(**given, settings=CONFIGURED)
    assert (found.model, found.judge) == (model, judge)


def test_offline_is_the_default() -> None:
    found = choose(settings=Settings())
    assert (found.model, found.judge, found.judge_mode) == ("offline", "offline", "whole")


def test_the_options_of_calls() -> None:
    found = choose(base_url="http://h/v1", deadline=7, budget="20000t", settings=CONFIGURED)
    assert (found.options.base_url, found.options.deadline) == ("http://h/v1", 7)
    assert found.options.budget is not None
    assert found.options.budget.allowance.tokens == 20000
    assert choose(settings=CONFIGURED).options.deadline == 5


def test_calls_are_recorded_beside_the_log_unless_replayed(tmp_path: Path) -> None:
    log = tmp_path / "s.jsonl"
    assert choose(settings=CONFIGURED).recording(log).record == log
    replay = choose(offline_replay=tmp_path, settings=CONFIGURED)
    assert replay.recording(log).record is None
    with pytest.raises(UsageError, match="needs the model"):
        choose(offline_replay=tmp_path, settings=Settings(), graders=("offline", None))
    for spec in ("logprob:openai:x", "fused:openai:x", "panel:offline,openai:x"):
        found = choose(offline_replay=tmp_path, settings=Settings(), graders=(spec,))
        assert found.options.replay == tmp_path


def test_a_command_takes_one_parameter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("INTERVIEWER_MODEL", "openai:env")
    seen: list[tuple[str, Models]] = []

    @click.command()
    @click.argument("word")
    @models_option
    def command(word: str, models: Models) -> None:
        """Try the options."""
        seen.append((word, models))

    done = CliRunner().invoke(command, ["hello", "--judge-mode", "logprob"])
    assert done.exit_code == 0, done.output
    ((word, models),) = seen
    assert (word, models.model, models.judge_mode) == ("hello", "openai:env", "logprob")
    shown = CliRunner().invoke(command, ["--help"]).output
    assert "Try the options." in shown
    assert all(f"--{o}" in shown for o in ("model", "judge", "budget", "offline-replay"))


@pytest.mark.parametrize("spec", ["", "gpt-4o", "openai:", "nonsense:x", "offline", "litellm:x"])
def test_what_names_no_model(spec: str) -> None:
    with pytest.raises(UsageError, match="names no"):
        split_spec(spec)


def test_names_of_models() -> None:
    assert model_name("openai:gpt-4o-mini") == "openai:gpt-4o-mini"
    assert model_name("gguf:/home/me/models/small.gguf") == "gguf:small.gguf"
    with pytest.raises(UsageError, match=r"Perhaps openai:gpt-4o\?"):
        split_spec("gpt-4o")


@pytest.mark.parametrize(("content", "said"), [(None, "cannot be read"), (b"x" * 99, "no GGUF")])
def test_a_model_file_is_looked_at_before_anything_loads(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    path = tmp_path / "m.gguf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelUnavailable, match=said) as caught:
        make_chat(f"gguf:{path}", ModelOptions())
    assert str(path) in str(caught.value)


def test_a_server_of_this_machine_is_free_also_when_the_environment_names_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limited = ModelOptions(budget=Budget(Allowance(money=1.0)))
    monkeypatch.setenv("OPENAI_BASE_URL", "https://models.example.org/v1")
    with pytest.raises(UsageError, match="price of 'openai:small' is not known"):
        make_chat("openai:small", limited)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:8080/v1")
    assert make_chat("openai:small", limited).name == "openai:small"
