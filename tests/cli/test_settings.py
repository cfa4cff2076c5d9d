"""Every setting in the README is read, every one that is read is in the README, and each does something."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

import pytest
from conftest import Ran
from fake_answers import HANG, honest
from fake_server import FakeServer
from house_parts import MODULES
from samples import BLUE, ROOT

from interviewer.cli.settings import Settings
from interviewer.session.log_file import read_log, session_files

Call = Callable[..., Ran]
Observe = Callable[[Mapping[str, object], bool], "Seen"]
VARIABLE = re.compile(r"INTERVIEWER_[A-Z_]+")


def table() -> list[list[str]]:
    """The cells of the README's table of settings: what, key of the file, variable, option."""
    text = (ROOT / "README.md").read_text("utf-8").partition("\n## Settings\n")[2]
    lines = [line for line in text.partition("\n## ")[0].splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def documented(column: int) -> list[str]:
    return [name for cells in table() for name in re.findall(r"`([^`]+)`", cells[column])]


def test_the_readme_names_every_setting_and_no_other() -> None:
    assert sorted(documented(1)) == sorted(each.name for each in fields(Settings))
    read = {name for path in MODULES for name in VARIABLE.findall(path.read_text("utf-8"))}
    assert sorted(documented(2)) == sorted(read)


@dataclass(frozen=True)
class Seen:
    """What one run showed: the models that were asked, the session, everything said."""

    asked: set[str]
    style: str | None
    grader: str
    said: str
    seconds: float = 0.0


@dataclass(frozen=True)
class Case:
    """A setting, how it shows, and others that it needs.

    hangs: the server never answers, so the run without the setting is left out.
    """

    given: Mapping[str, object]
    shows: Callable[[Seen], bool]
    needs: Mapping[str, object] = field(default_factory=dict)
    hangs: bool = False


def gave_up_soon(seen: Seen) -> bool:
    return "did not reply in time" in seen.said and seen.seconds < 30


HERE = {"base_url": "SERVER"}
JUDGED = {**HERE, "judge": "openai:strict"}
KEYS = {
    "model": Case({"model": "openai:mine"}, lambda s: "mine" in s.asked, HERE),
    "judge": Case({"judge": "openai:strict"}, lambda s: s.asked == {"strict"}, HERE),
    "base_url": Case(HERE, lambda s: bool(s.asked), {"judge": "openai:strict"}),
    "style": Case({"style": "tough"}, lambda s: s.style == "tough"),
    "judge_mode": Case({"judge_mode": "each"}, lambda s: s.grader.startswith("each:"), JUDGED),
    "budget": Case({"budget": "1t"}, lambda s: "budget" in s.said, JUDGED),
    "deadline": Case(
        {"deadline": 0.2},
        gave_up_soon,
        JUDGED,
        hangs=True,
    ),
}


@pytest.fixture
def observe(
    call: Call, home: dict[str, str], tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Observe:
    """Holds a short interview under a configuration, beside a server of models."""
    for name in list(os.environ):
        if name.endswith("_API_KEY") or name == "OPENAI_BASE_URL":
            monkeypatch.delenv(name)
    config = Path(home["XDG_CONFIG_HOME"]) / "interviewer" / "config.toml"
    config.parent.mkdir(parents=True)

    def run(given: Mapping[str, object], hangs: bool) -> Seen:
        with FakeServer(default=HANG if hangs else honest, schema="ignored") as server:
            values = {k: server.url if v == "SERVER" else v for k, v in given.items()}
            config.write_text("".join(f"{k} = {json.dumps(v)}\n" for k, v in values.items()))
            before, began = set(session_files(Path("transcripts"))), time.monotonic()
            ran = call("run", "--bank", tiny_folder, "--questions", "1", stdin=BLUE)
        spent = time.monotonic() - began
        said = ran.out + ran.err
        asked = {str(request["model"]) for request in server.requests}
        (new,) = set(session_files(Path("transcripts"))) - before or {None}
        if new is None:
            return Seen(asked, None, "", said, spent)
        started = read_log(new).session.started
        return Seen(asked, started.plan.style, started.grader.spec, said, spent)

    return run


AT_A_KEYBOARD = {"judge_wait"}
"""tests/interview/terminal/test_pty_late_judge.py sits there."""


def test_no_setting_is_left_out_here() -> None:
    assert set(KEYS) | AT_A_KEYBOARD == {each.name for each in fields(Settings)}


@pytest.mark.parametrize("key", KEYS)
def test_every_key_of_the_file_does_something(key: str, observe: Observe) -> None:
    case = KEYS[key]
    assert set(case.given) == {key}
    before = Seen(set(), None, "", "") if case.hangs else observe(case.needs, False)
    assert not case.shows(before)
    after = observe({**case.needs, **case.given}, case.hangs)
    assert case.shows(after), after


def test_every_variable_does_something(
    call: Call, tiny_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept"
    with FakeServer(default=honest, schema="ignored") as server:
        values = {
            "INTERVIEWER_MODEL": "openai:mine",
            "INTERVIEWER_BASE_URL": server.url,
            "INTERVIEWER_TRANSCRIPTS": str(kept),
            "INTERVIEWER_ASAG": str(tmp_path / "graded"),
            "INTERVIEWER_BROWSER": "no-such-browser",
        }
        assert values.keys() == set(documented(2))
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        ran = call("run", "--bank", tiny_folder, "--questions", "1", stdin=BLUE)
        assert ran.code == 0, ran.err
        assert {request["model"] for request in server.requests} == {"mine"}
    assert len(list(session_files(kept))) == 1
    # A narrow screen breaks a long path over lines.
    assert f"transcripts:{kept}" in "".join(call("doctor", "--ports", "9").out.split())
    graded = call("check", "--grader", "overlap", "--gold", "saf")
    assert str(tmp_path / "graded") in graded.err
    assert "no-such-browser" in call("report", "--pdf", "a.pdf").err
