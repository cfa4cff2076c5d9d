"""The command line: exit codes, shapes, and what each command does with its options."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from samples import BLUE, ICE, PYTHON, asked, said, write_answers

from interviewer import __version__
from interviewer.session.events import Paused
from interviewer.session.log_file import read_log

Call = Callable[..., Any]


def test_help_and_version(call: Call) -> None:
    helped = call("--help")
    assert helped.code == 0
    for name in ("run", "resume", "replay", "report", "list", "grade", "bank"):
        assert re.search(rf"^  {name} ", helped.out, re.MULTILINE)
        assert call(name, "--help").code == 0
    assert call("--version").out.strip() == f"interviewer, version {__version__}"


def test_a_script_of_json_lines(tiny_run: Call, answers: Path) -> None:
    ran, log = tiny_run("--answers", answers)
    assert ran.code == 0
    assert asked(log) == [1, 2, 3]
    session = read_log(log).session
    assert session.closed is not None
    assert [t.text for t in session.records[0].hints] != []
    assert said(log)[:2] == ["the sky is big", "molecules do"]
    assert session.records[1].cold == 1.0
    assert "Question 1 of 3" in ran.out
    assert "> molecules do" in ran.out
    assert "That was the last question." in ran.out
    assert f"Session log: {log}\n" in ran.out
    assert log.with_suffix(".md").read_text("utf-8").startswith("# Tiny grill")


@pytest.mark.parametrize("flags", [(), ("--brief",), ("--silent",), ("--timed",)])
def test_goodbye_is_said_when_it_was_told_how_it_went(
    tiny_run: Call, answers: Path, flags: tuple[str, ...]
) -> None:
    ran, _ = tiny_run("--answers", answers, *flags)
    told = [
        "That was the last question. Here is how it went.",
        "In short",
        "Goodbye.",
        "Transcript:",
    ]
    places = [ran.out.index(words) for words in told]
    assert places == sorted(places)
    assert ("A full answer: " in ran.out[places[0] : places[1]]) is ("--brief" not in flags)


def test_only_what_is_answered_is_asked_unless_the_command_line_says_more(
    tiny_run: Call, tmp_path: Path
) -> None:
    one = write_answers(tmp_path / "one.jsonl", [{"question": 2, "answer": ICE}])
    assert asked(tiny_run("--answers", one)[1]) == [2]
    assert asked(tiny_run("--answers", one, "--questions", "1-2")[1]) == [1, 2]


def test_a_script_of_paragraphs_from_a_file_and_from_a_pipe(tiny_run: Call, tmp_path: Path) -> None:
    text = f"{BLUE}\nAnd that is all.\n\n{ICE}\n"
    (tmp_path / "answers.txt").write_text(text)
    for source in (["--answers", "answers.txt"], ["--answers", "-"], []):
        ran, log = tiny_run(*source, stdin="" if "answers.txt" in source else text)
        assert ran.code == 0
        assert said(log) == [f"{BLUE}\nAnd that is all.", ICE]
        assert read_log(log).session.closed is not None  # as many questions as paragraphs


def test_input_that_ends_early_pauses(tiny_run: Call) -> None:
    ran, log = tiny_run("--questions", "1-3", stdin=f"{BLUE}\n\n/pause")
    assert ran.code == 0
    assert isinstance(read_log(log).events[-1], Paused)
    assert "Paused." in ran.out


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--sections", "q"], [3]),
        (["--sections", "A, Q", "--count", "2"], [1, 2]),
        (["--questions", "3,1"], [3, 1]),
        (["--questions", "3,1-2,3"], [3, 1, 2]),
        (["--questions", "3,1", "--order", "bank", "--count", 1], [3]),
        (["--quick-fire"], [3]),
        (["--count", "99"], [1, 2, 3]),
    ],
)
def test_what_is_asked(
    tiny_run: Call, answers: Path, options: list[str], expected: list[int]
) -> None:
    assert asked(tiny_run("--answers", answers, *options)[1]) == expected


def test_a_seed_fixes_the_order(tiny_run: Call, answers: Path) -> None:
    for order in ("shuffle", "adaptive"):
        logs = [
            tiny_run("--answers", answers, "--order", order, "--seed", seed)[1] for seed in "11"
        ]
        assert asked(logs[0]) == asked(logs[1])
        assert read_log(logs[0]).session.started.plan.order == order
    orders = {
        tuple(asked(tiny_run("--answers", answers, "--order", "shuffle", "--seed", seed)[1]))
        for seed in range(6)
    }
    assert len(orders) > 1


def test_rules_reach_the_plan(tiny_run: Call, answers: Path) -> None:
    _, log = tiny_run("--answers", answers, "--cold", "--timed", "--silent", "--probes", "5")
    plan = read_log(log).session.started.plan
    assert (plan.cold, plan.timed, plan.silent, plan.probes) == (True, True, True, 0)
    assert "probed" not in log.read_text("utf-8")
    _, log = tiny_run("--answers", answers, "--probes", "1")
    assert log.read_text("utf-8").count('"probed"') == 1
    assert read_log(log).session.started.plan.pace == "spoken"
    _, log = tiny_run("--answers", answers, "--timed", "--pace", "typed")
    assert read_log(log).session.started.plan.pace == "typed"


def test_how_a_session_ends(tiny_run: Call, answers: Path) -> None:
    told, _ = tiny_run("--answers", answers)
    assert "A full answer: " in told.out
    assert "95%" not in told.out
    brief, _ = tiny_run("--answers", answers, "--brief")
    assert "A full answer: " not in brief.out
    numbers, _ = tiny_run("--answers", answers, "--brief", "--numbers")
    assert "95%" in numbers.out


def test_answers_are_taught_only_where_they_are_asked_for(tiny_run: Call, answers: Path) -> None:
    shown = {
        asks: tiny_run("--answers", answers, "--brief", *(["--teach"] if asks else []))[0].out
        for asks in (False, True)
    }
    assert "A full answer: " not in shown[False]
    assert "A full answer: " in shown[True]


WRONG: list[tuple[list[str], int, str]] = [
    (["run", "--questions", "9", "--bank", "{tiny}"], 2, "there is no question 9"),
    (["run", "--pace", "typed", "--bank", "{tiny}"], 2, "none runs"),
    (["drill", "--pace", "typed", "--bank", "{tiny}"], 2, "Add --timed."),
    (["run", "--questions", "x", "--bank", "{tiny}"], 2, "neither a number nor a range"),
    (["run", "--sections", "Z", "--bank", "{tiny}"], 2, "there are A, Q"),
    (["run", "--count", "0"], 2, "--count"),
    (["run", "--teach", "--cold"], 2, "--teach shows answers that --cold keeps back"),
    (["drill", "--teach", "--cold"], 2, "--teach shows answers that --cold keeps back"),
    (["run", "--order", "random"], 2, "--order"),
    (["run", "--grader", "oracle", "--bank", "{tiny}"], 2, "there is no grader 'oracle'"),
    (["run", "--bank", "nowhere"], 2, "there is no bank 'nowhere'"),
    (["run", "--answers", "missing.txt"], 2, "missing.txt"),
    (["run", "--answers", "bad.jsonl", "--bank", "{tiny}"], 1, "bad.jsonl:1: this line is no"),
    (["run", "--answers", "nine.jsonl", "--bank", "{tiny}"], 2, "question 9"),
    (
        ["run", "--answers", "latin.txt", "--bank", "{tiny}"],
        1,
        "latin.txt:1: the file of answers is not UTF-8",
    ),
    (["run", "--bank", "{tiny}/a.yaml"], 1, "there is no bank here"),
    (["run", "--bank", "{tiny}", "--transcripts", "bad.jsonl/x"], 1, "cannot be written"),
    (["sing"], 2, "No such command"),
    (["grade"], 2, "Missing argument"),
    (["grade", "x", "y"], 2, "not a valid integer"),
    (["grade", "99", "y", "--bank", "{tiny}"], 2, "there is no question 99"),
    (["grade", "1", "y", "--bank", "{tiny}", "--embedder", "tea"], 2, "no embedder 'tea'"),
    (["report"], 2, "there is no session in transcripts"),
    (["replay", "missing.jsonl"], 1, "cannot be read"),
    (["report", "bad.jsonl"], 1, "bad.jsonl:1: this line is no event"),
    (["resume"], 2, "there is no unfinished session"),
    (["resume", "missing.jsonl"], 1, "cannot be continued"),
]


@pytest.mark.parametrize(("args", "code", "words"), WRONG, ids=[" ".join(w[0]) for w in WRONG])
def test_what_goes_wrong_is_said_in_words(
    call: Call, tiny_folder: Path, tmp_path: Path, args: list[str], code: int, words: str
) -> None:
    (tmp_path / "bad.jsonl").write_text('{"question": "?"}\n')
    (tmp_path / "nine.jsonl").write_text('{"question": 9, "answer": ""}\n')
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    ran = call(*[a.format(tiny=tiny_folder) for a in args])
    assert ran.code == code
    assert words in " ".join(ran.err.split())
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("way", ["argument", "pipe"])
def test_grade_as_json(call: Call, tiny_folder: Path, way: str) -> None:
    args = ["grade", 1, *([BLUE] if way == "argument" else []), "--json"]
    ran = call(*args, "--bank", tiny_folder, "--grader", "overlap", stdin=BLUE)
    assert ran.code == 0
    found = json.loads(ran.out)
    assert (found["question"], found["score"], found["passed"]) == (1, 1.0, True)
    assert [c["id"] for c in found["claims"]] == ["scatter", "wavelength"]
    assert [c["outcome"]["level"] for c in found["claims"]] == ["met", "met"]
    assert found["grader"]["spec"] == "overlap"
    assert found["similarity"] is None
    assert found["seconds"] >= 0


def test_grade_in_words_and_an_answer_that_looks_like_an_option(
    call: Call, tiny_folder: Path
) -> None:
    ran = call("grade", 2, ICE, "--bank", tiny_folder, "--grader", "overlap")
    assert ran.code == 0
    assert "Question 2: 1.00" in ran.out
    assert "✓  Ice is less dense than liquid water." in ran.out
    odd = call("grade", 2, "--bank", tiny_folder, "--grader", "overlap", "--json", "--", "-x wrong")
    assert json.loads(odd.out)["score"] == 0.0


def test_bank_show_and_quick_lint(call: Call, tiny_folder: Path) -> None:
    shown = call("bank", "show", "--bank", tiny_folder)
    assert shown.code == 0
    assert "  2  Why does ice float on water?" in shown.out
    lint = call("bank", "lint", "--bank", tiny_folder, "--quick")
    assert lint.code == 0
    assert lint.out.splitlines()[-2].startswith("3 questions, 4 criteria, 4 accepts, 4 rejects")
    assert lint.out.endswith("clean\n")
    path = tiny_folder / "a.yaml"
    path.write_text(
        path.read_text("utf-8").replace("        rejects: [ice is denser than water]\n", "")
    )
    bad = call("bank", "lint", "--bank", tiny_folder, "--quick")
    assert bad.code == 0
    assert "advice: 1 criterion without rejects (question 2)" in bad.out
    path.write_text(path.read_text("utf-8").replace("two equal cups", "ice less dense in water"))
    worse = call("bank", "lint", "--bank", tiny_folder, "--quick")
    assert worse.code == 1
    at = next(n for n, line in enumerate(path.read_text().splitlines(), 1) if "id: 2" in line)
    assert f"a.yaml:{at}: question 2: the probe for 'density' gives it away" in worse.out


def test_a_reader_that_leaves_early_is_no_error(home: dict[str, str], tmp_path: Path) -> None:
    child = subprocess.Popen(
        [PYTHON, "-m", "interviewer", "bank", "show"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=home,
        cwd=tmp_path,
    )
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.close()
    errors = child.stderr.read()
    assert child.wait(timeout=100) == 0
    assert errors == b""


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_bytes_that_are_no_text_and_an_old_locale_end_no_interview(
    program: Callable[..., subprocess.CompletedProcess[bytes]],
    tiny_folder: Path,
    tmp_path: Path,
    encoding: str,
) -> None:
    done = program(
        *("run", "--bank", tiny_folder, "--grader", "overlap", "--count", 1),
        stdin=b'{"question": 1, "answer": "\\ud83d\\ude00 \\udcff blue \\u2192 red"}',
        PYTHONIOENCODING=encoding,
    )
    assert done.returncode == 0, done.stderr.decode()
    (log,) = (tmp_path / "transcripts").glob("*.jsonl")
    assert said(log)[0] == "😀 � blue → red"
