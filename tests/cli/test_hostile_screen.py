"""Every command at a real pseudo-terminal, on a bank, a log, gold and file names that are hostile."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pexpect
import pytest
from class_parts import write_lines
from conftest import HEAD, SECTION_A, SECTION_Q, Ran
from fake_server import FakeServer
from hostile import unsafe
from player import CTRL_D, ENTER, Player
from ruamel.yaml import YAML
from samples import BLUE, ICE, PYTHON, write_answers

from interviewer import cli

Call = Callable[..., Ran]
P = (
    "\x1b]0;pwn\x07\x1b[35;45m\x9b2J\x08\x7f\u202e\u2066\u200b\u2060\ufeff\xad\U000e0041\u034f"
    "\ufe0f\u2028Z"
)
"""One of each kind; "Z" keeps it from being stripped."""

LINE = "\nINJECTED"
OWN = re.compile(r"\x1b\[[0-9;]*m|\x1b\[\d*[AK]|\x1b\[\?25[lh]\r?|\r+(?=\n)|\r(?=\x1b)")
"""What commands themselves send to a terminal: colours, and the moves of a bar on one line."""
TYPING = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[=>]|\r|\x08")
"""What a prompt sends besides."""

# Runs the commands in the JSON file one after the other; "off": with the cleaning taken out.
DRIVER = """\
import json, os, re, sys
from interviewer.common import text
with open(sys.argv[1]) as file:
    commands = json.load(file)
if sys.argv[2] == "off":
    text._GONE = text._ESCAPED = text._SHAPES = text._BREAK = re.compile("(?!)")
from interviewer.cli import main
for command in commands:
    try:
        main(command)
    except SystemExit as left:
        code = left.code
    sys.stdout.flush()
    sys.stderr.flush()
    os.write(1, f"<<{code}>>".encode())
"""


def poisoned(data: Any, names: tuple[str, ...]) -> Any:
    """YAML data with every text under those names made hostile, and every text of their lists."""
    if isinstance(data, dict):
        return {
            k: _bad(v) if k in names and not isinstance(v, dict) else poisoned(v, names)
            for k, v in data.items()
        }
    return [poisoned(item, names) for item in data] if isinstance(data, list) else data


def _bad(value: Any) -> Any:
    return [f"{v} {P}" for v in value] if isinstance(value, list) else f"{value} {P}"


@pytest.fixture
def bank(tmp_path: Path) -> str:
    """The tiny bank, hostile in every free text and in the name of its folder."""
    folder = tmp_path / f"b{P}"
    folder.mkdir()
    yaml = YAML(typ="safe", pure=True)
    yaml.allow_unicode = False
    head = poisoned(yaml.load(HEAD), ("title", "failing", "version"))
    for item in (*head["tiers"], *head["aims"]):
        item["name"] += P
    yaml.dump(head, folder / "bank.yaml")
    (folder / "learned.json").write_text("{}", "utf-8")  # for --forget to say where it was
    free = ("prompt", "statement", "text", "references", "accepts", "rejects")
    for name, text in (("a.yaml", SECTION_A), ("q.yaml", SECTION_Q)):
        data = poisoned(yaml.load(text), free)
        for probe in data["questions"][0].get("probes", [])[:1]:
            probe["text"] += " and so on" * 40  # which the linter quotes
        yaml.dump(data, folder / name)
    return folder.name


@pytest.fixture
def logs(call: Call, bank: str, tmp_path: Path) -> tuple[str, str]:
    """A finished session and an open one, hostile within and by name; a third is no log at all."""
    found = []
    for name, given in (("done", [f"{BLUE} {P}", f"{ICE} {P}", f"no {P}"]), ("open", [f"it {P}"])):
        answers = [{"question": q, "answer": text} for q, text in enumerate(given, start=1)]
        write_answers(tmp_path / "a.jsonl", answers)
        ran = call(
            "run", "--bank", bank, "--grader", "overlap", "--questions", "1-3", "--probes", 0,
            "--answers", "a.jsonl", "--transcripts", f"t{P}",
        )  # fmt: skip
        assert ran.code == 0, ran.err
        (log,) = (p for p in (tmp_path / f"t{P}").glob("20*.jsonl"))
        events = [json.loads(line) for line in log.read_text("utf-8").split("\n") if line]
        for event in events:
            for place in ("grader", "bank"):
                if event.get(place):
                    event[place]["version"] = f"1 {P}"
        if name == "open":
            events = events[:3]
        target = log.with_name(f"{name}{P}{LINE}.jsonl")
        target.write_text("".join(json.dumps(e) + "\n" for e in events), "utf-8")
        log.unlink()
        log.with_suffix(".md").unlink()
        found.append(f"t{P}/{target.name}")
    (tmp_path / f"t{P}" / f"bad{P}{LINE}.jsonl").write_text(f'{{"kind": "{P}"}}\n', "utf-8")
    return found[0], found[1]


def commands(bank: str, done: str, begun: str, port: int) -> list[list[str]]:
    """Every command of the program, with the options that print something else."""
    on, by, past = ["--bank", bank], ["--grader", "overlap"], ["--transcripts", f"t{P}"]
    grade = ["gold", "add", done, "1", "--rater", f"Ann{P}", "--accept-others", "--kind", f"k{P}"]
    check = ["check", *on, *by, "--gold", f"g{P}.jsonl"]
    look = ["--ports", str(port)]
    model = [f"logprob:openai:small{P}", *on, "--base-url", f"http://127.0.0.1:{port}/v1"]
    return [
        ["bank", "show", *on],
        ["bank", "lint", "--quick", *on],
        ["bank", "show", "1", *on],
        ["bank", "stats", *on],
        ["bank", "stats", "--json", *on],
        ["bank", "new", f"./n{P}{LINE}", "--title", P],
        ["bank", "edit", "99", "--bank", f"none{P}{LINE}"],
        ["import", f"d{P}{LINE}.txt", "-o", f"i{P}"],
        ["import", f"d{P}{LINE}.txt", "-o", f"j{P}", "--json"],
        ["import", f"none{P}{LINE}"],
        ["import", f"d{P}{LINE}.txt", "-o", f"rubrics/i{P}"],
        ["bank", "list"],
        ["bank", "learn", bank, *past, "--gold", f"none{P}{LINE}"],
        ["bank", "learn", bank, "--forget"],
        ["run", *on, *by, "--answers", "a.jsonl", "--transcripts", f"new{P}{LINE}"],
        ["simulate", *on, *by, "--show", "--count", "1", "--transcripts", f"new{P}{LINE}"],
        ["list", *past],
        ["replay", done],
        ["replay", begun],
        ["report", done],
        ["report", done, "--md", f"r{P}{LINE}.md", "--html", f"r{P}{LINE}.html"],
        ["report", done, "--md", "-"],
        ["report", done, "--html", "-"],
        ["report", done, "--json"],
        ["replay", done, "--strict"],
        ["regrade", done, *on, *by],
        ["regrade", done, begun, f"none{P}{LINE}", *by],
        ["compare", done, f"{done}@1"],
        ["compare", done, f"{done}@1", "--json"],
        ["appeal", done, "1", "--reason", P],
        [*grade, "--gold", f"g{P}.jsonl"],
        [*grade, "--gold", f"h{P}{LINE}"],
        ["replay", done],
        ["progress", *past, "--criteria"],
        ["progress", *past, "--json", "--html", f"p{P}{LINE}.html"],
        ["drill", *on, "--list", *past],
        ["drill", *on, *by, *past, "--answers", "a.jsonl"],
        ["plan", *on, *past, "--date", "2199-01-01"],
        ["plan", *on, *past, "--date", "2199-01-01", "--json"],
        ["plan", *on, *past, "--date", "2199-01-01", "--aim", f"no{P}"],
        ["export", "csv", "-", *on],
        ["export", "csv", f"c{P}{LINE}.csv", *on],
        ["grade", "1", f"{BLUE} {P}", *on, *by],
        ["grade", "1", f"{BLUE} {P}", *on, *by, "--json"],
        ["grade", f"{P}.jsonl", *on, *by, "-o", f"g{P}{LINE}"],
        ["grade", f"none{P}{LINE}.csv", *on, *by, "-o", "g"],
        ["grade", f"{P}.jsonl", *on, "-o", f"g{P}{LINE}"],
        ["report-class", f"g{P}{LINE}"],
        ["report-class", f"g{P}{LINE}", "--json", "--html", f"c{P}{LINE}.html"],
        ["report-class", f"{P}.jsonl"],
        [*check, "--worst", "3"],
        [*check, "--json", "--html", f"k{P}{LINE}.html"],
        ["trial", *model, "--minutes", "0.001", "--html", f"t{P}{LINE}.html"],
        ["trial", "--table"],
        ["trial", "--table", "--json"],
        ["calibrate", *model],
        ["models", *look],
        ["models", *look, "--json"],
        ["doctor", *look],
        ["doctor", *look, "--json"],
        ["resume", begun, *on, *by, "--answers", "a.jsonl"],
        ["resume", *past],
        ["report", f"none{P}{LINE}"],
        ["bank", "show", "--bank", f"none{P}{LINE}"],
        ["grade", "1", "x", *on, "--grader", f"none{P}{LINE}"],
        ["check", *on, "--gold", f"none{P}{LINE}"],
        ["grade", "1", "x", "--base-url", f"none{P}{LINE}", "--model", "openai:x"],
        [f"none{P}{LINE}"],
        ["list", f"--none{P}{LINE}"],
        ["report", f"t{P}"],
    ]


def _wordless(command: list[str]) -> bool:
    """Whether it prints numbers and ids alone."""
    return command[0] == "grade" and "--json" in command


def drive(
    todo: list[list[str]], cleaning: str, home: dict[str, str], cwd: Path
) -> list[tuple[str, int]]:
    """What each command wrote to the terminal, with its exit code."""
    (cwd / "todo.json").write_text(json.dumps(todo), "utf-8")
    env = {k: v for k, v in home.items() if k not in ("COLUMNS", "LINES", "NO_COLOR")}
    child = pexpect.spawn(
        PYTHON,
        ["-c", DRIVER, "todo.json", cleaning],
        env={**env, "TERM": "xterm-256color"},
        cwd=str(cwd),
        dimensions=(50, 250),
        encoding="utf-8",
        codec_errors="replace",
        timeout=120,
    )
    child.expect(pexpect.EOF)
    text = child.before
    child.close()
    parts = re.split(r"<<(\d+)>>", text)
    assert parts[-1] == "", parts[-1]
    return list(zip(parts[:-1:2], map(int, parts[1::2]), strict=True))


def wrong(text: str, own: re.Pattern[str] = OWN) -> set[str]:
    """What should not have reached the terminal."""
    found = {bad for bad in ("\x1b]0;pwn", "\x1b[35;45m", "\x9b2J") if bad in text}
    shown = own.sub("", text)
    if any(line.startswith("INJECTED") for line in shown.splitlines()):
        found.add("a line of its own")
    return found | unsafe(shown)


@pytest.fixture
def server() -> Any:
    with FakeServer(kind="plain", models=(f"small{P}", f"other{P}")) as found:
        yield found


@pytest.mark.parametrize("cleaning", ["on", "off"])
def test_every_command_keeps_the_terminal_as_it_is(
    bank: str,
    logs: tuple[str, str],
    server: FakeServer,
    home: dict[str, str],
    tmp_path: Path,
    cleaning: str,
) -> None:
    """With the cleaning off each of them is caught, so each does show something hostile."""
    answers = [{"question": q, "answer": f"{BLUE} {P}"} for q in (1, 2, 3)]
    write_answers(tmp_path / "a.jsonl", answers)
    document = f"# Title {P}\n1. What is {P} a? It is {P} b.\n2. What is {P}?\n"
    (tmp_path / f"d{P}{LINE}.txt").write_text(document, "utf-8")
    collected = [{**a, "candidate": f"{who}{P}"} for a in answers for who in "ab"]
    write_answers(tmp_path / f"{P}.jsonl", [*collected, {"question": P, "answer": P}])
    todo = commands(bank, *logs, server.port)
    assert {words[0] for words in todo} >= set(cli._COMMANDS)
    ran = drive(todo, cleaning, home, tmp_path)
    assert len(ran) == len(todo)
    for words, (text, code) in zip(todo, ran, strict=True):
        assert "Traceback" not in text, text
        assert text.strip()
        if cleaning == "on":
            assert not wrong(text), (words, code, text)
    if cleaning == "off":
        missed = [words for words, (text, _) in zip(todo, ran, strict=True) if not wrong(text)]
        assert [words for words in missed if not _wordless(words)] == []


def test_at_a_keyboard(bank: str, call: Call, home: dict[str, str], tmp_path: Path) -> None:
    """The prompt, the line below it, what is typed, and the steps of a replay."""
    run = Player("run", "--bank", bank, "--grader", "overlap", home=home, cwd=tmp_path)
    run.prompt().press(f"it is \u200b{BLUE}\u202e", ENTER)
    run.wait("Why does ice float").prompt().press(CTRL_D)
    assert run.leave() == 0
    assert not wrong(run.seen, TYPING)
    review = Player("bank", "review", "--bank", bank, home=home, cwd=tmp_path)
    assert review.wait("Every line has been read.").leave() == 0
    tried = Player(
        "bank", "test", "1", "--bank", bank, "--grader", "overlap", home=home, cwd=tmp_path
    )
    tried.wait("answer:").press(f"it is {BLUE}", ENTER).wait("Question 1:", "answer:").press(CTRL_D)
    assert tried.leave() == 0
    assert not wrong(tried.seen, TYPING)
    write_lines(tmp_path / "c.jsonl", [{"question": 1, "answer": f"{BLUE} {P}"}])
    assert call("grade", "c.jsonl", "-o", f"g{P}", "--bank", bank, "--grader", "overlap").code == 0
    settled = Player("gold", "settle", f"g{P}", "--rater", f"Ann{P}", home=home, cwd=tmp_path)
    settled.wait("[q] quit").press("y").wait("1 settled answer")
    assert settled.leave() == 0
    assert not wrong(settled.seen, TYPING)
    step = Player("replay", "--step", home=home, cwd=tmp_path)
    step.wait("1/").press(" ").wait("2/").press(" ").wait("3/").press("q")
    assert step.leave() == 0
    assert not wrong(step.seen, TYPING)
