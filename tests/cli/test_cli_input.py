"""What is read from a file or an option never ends in a traceback, whatever it holds."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import BLUE, Ran
from samples import PYTHON, write_answers

Call = Callable[..., Ran]
DEEP = "fused:" * 3000


@pytest.mark.parametrize(
    ("name", "text", "code", "words"),
    [
        ("a.yaml", "- a\n- [b]\n", 1, "a.yaml:1: a section file holds the keys"),
        ("a.yaml", "section: A\nquestions: 1\n", 1, "must be a list"),
        ("bank.yaml", "[" * 3000, 1, "nested too deeply"),
    ],
)
def test_a_broken_bank(
    call: Call, tiny_folder: Path, name: str, text: str, code: int, words: str
) -> None:
    (tiny_folder / name).write_text(text)
    for args in (["bank", "lint"], ["bank", "show"], ["run"], ["grade", 1, "x"]):
        ran = call(*args, "--bank", tiny_folder)
        assert (ran.code, words in ran.err) == (code, True)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a = " + b"[" * 3000, "deep nesting"),
        (b"a = " + b"9" * 5000, "huge number"),
        (b"\xff\xfea\x00", "looks like UTF-16"),
        (b"#" * 16_001, "larger than 16 kB"),
        (b"model = 5", "takes text in quotes"),
    ],
)
def test_a_broken_configuration(
    call: Call, home: dict[str, str], tiny_folder: Path, data: bytes, words: str
) -> None:
    path = Path(home["XDG_CONFIG_HOME"]) / "interviewer" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    ran = call("grade", 1, "x", "--bank", tiny_folder)
    assert (ran.code, words in ran.err) == (1, True)
    path.write_bytes(b"\xef\xbb\xbf\n\n" + b'style = "tough"\n')
    assert call("grade", 1, "x", "--bank", tiny_folder, "--grader", "overlap").code == 0


@pytest.mark.parametrize("spec", [DEEP + "openai:x", "panel:offline," * 3 + DEEP, "panel:" * 3000])
def test_a_grader_within_graders(call: Call, tiny_folder: Path, spec: str) -> None:
    ran = call("grade", 1, "x", "--bank", tiny_folder, "--grader", spec)
    assert ran.code == 2
    assert ran.err.startswith("interviewer: '")
    assert len(ran.err) < 400


def test_an_unset_requirement_is_a_wrong_use(call: Call, tiny_folder: Path) -> None:
    ran = call("check", "--require", "", "--bank", tiny_folder)
    assert (ran.code, "--require: '' is not a comparison" in ran.err) == (2, True)


@pytest.mark.parametrize(
    "args",
    [
        ("report", "--html"), ("report", "--md"), ("report", "--pdf"), ("check", "--html"),
        ("progress", "--html"), ("export", "csv"), ("export", "anki"),
    ],
)  # fmt: skip
def test_a_folder_that_is_not_there_is_a_mistyped_one(
    call: Call, tmp_path: Path, args: tuple[str, str]
) -> None:
    ran = call(*args, tmp_path / "mistyped" / "deep" / "x.out")
    said = re.sub(r"[\s│]+", "", ran.err)  # click wraps its messages into a box
    assert (ran.code, f"thereisnofolder{tmp_path}/mistyped/deep." in said) == (2, True)
    assert not (tmp_path / "mistyped").exists()


def test_times_near_the_largest_number_are_refused_or_count_as_a_day(
    call: Call, tiny_run: Callable[..., tuple[Ran, Path]], tiny_folder: Path, tmp_path: Path
) -> None:
    rows: list[dict[str, Any]] = [
        {"question": n, "answer": "x", "seconds": 1e308} for n in (1, 2, 3)
    ]
    write_answers(tmp_path / "long.jsonl", rows)
    ran = call("run", "--bank", tiny_folder, "--answers", "long.jsonl", "--grader", "overlap")
    assert (ran.code, "long.jsonl:1: this line is no answer: 'seconds'" in ran.err) == (1, True)
    _, log = tiny_run("--answers", write_answers(tmp_path / "a.jsonl", [
        {"question": 1, "answer": "x", "seconds": 2.5}, {"question": 2, "answer": "y", "seconds": 2.5},
    ]))  # fmt: skip
    log.write_text(log.read_text().replace('"seconds":2.5', '"seconds":1e308'))
    for args in (["report"], ["report", "--json"], ["replay"], ["list"], ["progress"]):
        assert call(*args).code == 0, args
    said = call("replay", "--strict")
    assert (said.code, "not how the program writes" in said.err) == (1, True)


def test_a_very_slow_replay_pauses_no_longer_than_it_may(
    tiny_run: Callable[..., tuple[Ran, Path]], home: dict[str, str], tmp_path: Path, answers: Path
) -> None:
    _, log = tiny_run("--answers", answers)
    args = [PYTHON, "-m", "interviewer", "replay", str(log), "--speed", "1e-300"]
    child = subprocess.Popen(
        args, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=home, cwd=tmp_path
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(timeout=1)
        child.kill()
        assert child.stderr is not None
        assert child.stderr.read() == b""


@pytest.mark.parametrize("grader", ["overlap", "cosine", "offline"])
def test_an_answer_that_is_no_utf_8_is_graded(
    program: Callable[..., subprocess.CompletedProcess[bytes]],
    call: Call,
    tiny_folder: Path,
    grader: str,
) -> None:
    spoilt = BLUE.encode() + b" caf\xff \xed\xa0\x80"
    args = ("grade", 1, "--json", "--bank", tiny_folder, "--grader", grader)
    ran = call(*args, spoilt.decode("utf-8", "surrogateescape"))
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["score"] is not None
    if grader != "cosine":  # reads as the offline one does
        done = program(*args, "-", stdin=spoilt)
        assert done.returncode == 0, done.stderr.decode()
        assert json.loads(done.stdout)["score"] is not None


def test_a_recording_that_never_ends(call: Call, tiny_folder: Path) -> None:
    args = ("grade", 1, "x", "--bank", tiny_folder, "--model", "openai:x")
    ran = call(*args, "--offline-replay", "/dev/zero")
    assert (ran.code, "not a plain file" in ran.err) == (1, True)


def test_a_bank_with_a_statement_longer_than_the_window(call: Call, tiny_folder: Path) -> None:
    path = tiny_folder / "q.yaml"
    long = " ".join(["Water boils at a hundred degrees at the level of the sea."] * 30)
    path.write_text(path.read_text().replace("At 100 degrees.", long))
    ran = call("bank", "lint", "--bank", tiny_folder, "--quick")
    assert (
        ran.code,
        "advice: 1 statement longer than the offline grader reads at once (question 3)" in ran.out,
    ) == (
        0,
        True,
    )
    assert call("grade", 3, "At a hundred degrees.", "--bank", tiny_folder).code == 0


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_sessions_at_either_end_of_all_years(
    call: Call,
    tiny_run: Callable[..., tuple[Ran, Path]],
    tiny_folder: Path,
    answers: Path,
    day: str,
) -> None:
    _, log = tiny_run("--answers", answers)
    log.write_text(re.sub(r'"at":"[0-9]{4}-[0-9]{2}-[0-9]{2}', f'"at":"{day}', log.read_text()))
    bank = ("--bank", tiny_folder)
    for args in (
        *(["list"], ["report"], ["report", "--json"], ["replay"], ["progress", *bank]),
        *(["drill", "--list", *bank], ["drill", "--due", "--list", *bank]),
        *(["export", "csv", "-", *bank], ["plan", "--date", "9999-12-31", *bank]),
    ):
        ran = call(*args)
        # There is nothing else to show progress of: said in words, and no traceback.
        assert ran.code == (1 if args[0] == "progress" else 0), (args, ran.err)
        assert args[0] != "progress" or "is dated in the year" in ran.err
