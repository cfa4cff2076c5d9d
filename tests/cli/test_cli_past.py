"""The commands about past sessions: `list`, `report`, `replay`, `resume`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from past_parts import BIG, told, write_log
from samples import BLUE, PYTHON

from interviewer.history.session_index import FIRST_FEW
from interviewer.interview.telling import wordings
from interviewer.session.events import Resumed
from interviewer.session.log_file import read_log

Call = Callable[..., Any]


def test_list_shows_past_sessions_newest_first(tiny_run: Call, call: Call, answers: Path) -> None:
    assert "There is no session" in call("list").out
    _, done = tiny_run("--answers", answers)
    _, open_ = tiny_run("--questions", "1-3", stdin=BLUE)
    Path("transcripts/zz.jsonl").write_text("broken\n")
    ran = call("list")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert "zz.jsonl: cannot be read" in lines[0]
    state = {p: next(line for line in lines if str(p) in line) for p in (done, open_)}
    assert "finished" in state[done]
    assert " 1 of  3 cold" in state[done]
    assert "open, 2 to go" in state[open_]


def test_report_writes_the_transcript_again(tiny_run: Call, call: Call, answers: Path) -> None:
    _, log = tiny_run("--answers", answers)
    kept = log.with_suffix(".md").read_text("utf-8")
    log.with_suffix(".md").unlink()
    log.write_bytes(log.read_bytes() + b'{"torn')
    ran = call("report", log)
    assert ran.code == 0
    assert "cut off while being written" in ran.err
    assert log.with_suffix(".md").read_text("utf-8") == kept
    assert "To work on first\n1. “At how many" in ran.out
    Path("deep").mkdir()
    assert call("report", "--md", "deep/er.md").code == 0
    assert Path("deep/er.md").read_text("utf-8") == kept
    blocked = call("report", "--md", f"{'x' * 300}.md")
    assert (blocked.code, "Traceback" in blocked.err) == (1, False)
    assert "cannot be written" in blocked.err


def test_replay_shows_the_session_again(tiny_run: Call, call: Call, answers: Path) -> None:
    ran, log = tiny_run("--answers", answers)
    again = call("replay", log)
    assert again.code == 0
    for words in ("Why is the daytime sky blue?", "molecules do", "Tiny grill", "(unknown)"):
        assert words in again.out
    (led_in, *_) = [line for line in wordings.NOTHING["neutral"] if line in ran.out]
    for words in (led_in, "↳ What sets one colour apart"):
        assert again.out.count(words) == ran.out.count(words) > 0
    assert call("replay", "--speed", "-1").code == 2
    assert call("replay", "--speed", "100000").out.split() == again.out.split()


@pytest.fixture
def stopped(tiny_run: Call) -> Path:
    """A session that stopped at a follow-up of question 1."""
    log: Path = tiny_run("--questions", "1-2", "--answers", "-", stdin="")[1]
    return log


def test_resume_goes_on_with_the_same_grader(
    call: Call, stopped: Path, tiny_folder: Path, answers: Path
) -> None:
    ran = call("resume", "--bank", tiny_folder, "--answers", answers)
    assert ran.code == 0
    session = read_log(stopped).session
    assert session.closed is not None
    resumed = [e for e in read_log(stopped).events if isinstance(e, Resumed)]
    assert [r.grader.spec for r in resumed] == ["overlap"]
    assert session.records[1].cold == 1.0
    again = call("resume", stopped, "--bank", tiny_folder)
    assert again.code == 2
    assert "is finished" in again.err
    assert call("resume", "--bank", tiny_folder).code == 2


def test_resume_takes_a_pace_only_where_a_clock_runs(
    call: Call, tiny_run: Call, stopped: Path, tiny_folder: Path
) -> None:
    before = stopped.read_bytes()
    ran = call("resume", stopped, "--pace", "typed")
    assert (ran.code, "none runs in this session" in ran.err) == (2, True)
    assert stopped.read_bytes() == before
    _, timed = tiny_run("--questions", "1-2", "--timed", "--answers", "-", stdin="")
    assert call("resume", timed, "--pace", "typed", stdin="").code == 0
    assert read_log(timed).session.pace == "typed"


def test_resume_wants_the_bank_of_the_session(call: Call, stopped: Path, tiny_folder: Path) -> None:
    before = stopped.read_bytes()
    other = call("resume", stopped, "--bank", "multimodal-embeddings")
    assert other.code == 2
    assert "on the bank 'tiny', not on" in other.err
    head = tiny_folder / "bank.yaml"
    head.write_text(head.read_text("utf-8").split("tiers:")[0])
    section = tiny_folder / "a.yaml"
    section.write_text(section.read_text("utf-8").replace("- id: 2", "- id: 4"))
    gone = call("resume", stopped, "--bank", tiny_folder)
    assert gone.code == 2
    assert "no longer has question 2" in gone.err
    assert stopped.read_bytes() == before


def test_resume_finds_a_bank_of_ones_own(
    call: Call, stopped: Path, tiny_folder: Path, answers: Path
) -> None:
    assert read_log(stopped).session.started.folder == str(tiny_folder.resolve())
    ran = call("resume", "--answers", answers)
    assert ran.code == 0, ran.err
    assert read_log(stopped).session.closed is not None


def test_a_bank_that_was_moved_is_looked_for_under_rubrics(
    call: Call, stopped: Path, tiny_folder: Path, answers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away, sessions = tiny_folder.parent / "away", stopped.parent.resolve()
    away.mkdir()
    tiny_folder.rename(tiny_folder.with_name("elsewhere"))
    monkeypatch.chdir(away)
    resume = ("resume", sessions / stopped.name, "--transcripts", sessions, "--answers", answers)
    ran = call(*resume)
    assert ran.code == 2
    assert f"no longer in {tiny_folder}, and not under rubrics/ either" in ran.err
    assert "Name its folder with --bank." in ran.err
    Path("rubrics").mkdir()
    tiny_folder.with_name("elsewhere").rename(Path("rubrics", "tiny"))
    ran = call(*resume)
    assert ran.code == 0, ran.err
    assert read_log(sessions / stopped.name).session.closed is not None


def test_a_bank_is_found_from_any_folder(
    call: Call, stopped: Path, tiny_folder: Path, answers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away, log = tiny_folder.parent / "away", stopped.resolve()
    away.mkdir()
    monkeypatch.chdir(away)
    ran = call("resume", log, "--answers", answers)
    assert ran.code == 0, ran.err
    again = call("regrade", log, "--grader", "overlap")
    assert (again.code, "not at hand" in again.out) == (0, False), again.err


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("/nowhere/tiny", "no longer in /nowhere/tiny"),
        ("/nowhere/\x1b[2Jtiny\nx", "no longer in /nowhere/[2Jtiny x"),
        ("/dev/zero", "no longer in /dev/zero"),
        ("tiny", "is not a shipped one"),
        ("", "is not a shipped one"),
        ("{other}", "on the bank 'tiny', not on 'other'"),
    ],
)
def test_the_folder_in_a_log_is_data(
    call: Call, stopped: Path, tiny_folder: Path, folder: str, words: str
) -> None:
    other = tiny_folder.with_name("other")
    shutil.copytree(tiny_folder, other)
    head = other / "bank.yaml"
    head.write_text(head.read_text("utf-8").replace("id: tiny", "id: other"))
    data = json.loads(stopped.read_bytes().splitlines()[0])
    data["folder"] = folder.format(other=other)
    rest = stopped.read_bytes().splitlines(keepends=True)[1:]
    stopped.write_bytes(json.dumps(data).encode() + b"\n" + b"".join(rest))
    ran = call("resume", stopped)
    assert ran.code == 2
    assert words in ran.err
    assert "Traceback" not in ran.err
    assert call("resume", stopped, "--bank", tiny_folder).code == 0


def test_a_shipped_bank_leaves_no_folder_in_the_log(call: Call) -> None:
    assert call("run", "--grader", "overlap", "--count", 1, stdin="No idea.").code == 0
    (log,) = Path("transcripts").glob("*.jsonl")
    assert read_log(log).session.started.folder == ""


def test_resume_of_an_edited_bank_says_so(
    call: Call, stopped: Path, tiny_folder: Path, answers: Path
) -> None:
    path = tiny_folder / "a.yaml"
    path.write_text(path.read_text("utf-8").replace("Why does ice float", "Why would ice float"))
    ran = call("resume", "--bank", tiny_folder, "--answers", answers)
    assert ran.code == 0
    assert "has changed since" in ran.err
    assert "Why would ice float" in ran.out


def test_resume_passes_over_what_it_cannot_read(
    call: Call, stopped: Path, tiny_folder: Path, answers: Path
) -> None:
    Path("transcripts/zz.jsonl").write_text("broken\n")
    ran = call("resume", "--bank", tiny_folder, "--answers", answers)
    assert ran.code == 0
    assert "passed over" in ran.err
    assert read_log(stopped).session.closed is not None


@pytest.mark.parametrize("kept", range(1, 3))
def test_resume_after_a_torn_line(
    call: Call, stopped: Path, tiny_folder: Path, answers: Path, kept: int
) -> None:
    lines = stopped.read_bytes().splitlines(keepends=True)
    stopped.write_bytes(b"".join(lines[:kept]) + lines[kept][:-5])
    ran = call("resume", "--bank", tiny_folder, "--answers", answers)
    assert ran.code == 0
    assert "kept beside the log" in ran.err
    assert stopped.with_suffix(".torn").read_bytes() == lines[kept][:-5] + b"\n"


def test_resume_takes_the_newest_session_that_is_not_over(
    call: Call, tiny_run: Call, stopped: Path, tiny_folder: Path, answers: Path
) -> None:
    _, done = tiny_run("--answers", answers)
    done.rename(done.with_name("9999-newest.jsonl"))
    ran = call("resume", "--bank", tiny_folder, "--answers", answers)
    assert ran.code == 0
    assert read_log(stopped).session.closed is not None


# Runs the command line, and prints on standard error the logs that it opens.
WATCHING = """\
import sys
from interviewer.cli import main
def note(event, args):
    if event == "open" and str(args[0]).endswith(".jsonl"):
        opened.append(str(args[0]))
opened = []
sys.addaudithook(note)
try:
    main(sys.argv[1:])
finally:
    print(*opened, sep="\\n", file=sys.stderr)
"""


def opened(command: str, home: dict[str, str], cwd: Path) -> list[str]:
    """The names of the logs that the command opens."""
    done = subprocess.run(
        [PYTHON, "-c", WATCHING, command], capture_output=True, text=True, cwd=cwd, env=home,
        timeout=100, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return [Path(line).name for line in done.stderr.splitlines() if line.endswith(".jsonl")]


def test_of_many_logs_only_those_are_opened_that_have_to_be(
    home: dict[str, str], tmp_path: Path
) -> None:
    """`list` opens each once and then none of them; the rest do not read beyond the newest few."""
    count = 2 * FIRST_FEW + 1
    logs = [
        write_log(tmp_path / "transcripts", f"{n:02}", told([(1, BIG)], n)) for n in range(count)
    ]
    newest = write_log(tmp_path / "transcripts", "99", told([(1, BIG)], 99), close=False)
    for path in (*logs, newest):
        os.utime(path, ns=(10**18, 10**18))
    for command in ("resume", "report"):
        assert newest.name in (names := opened(command, home, tmp_path)), command
        assert len({*names}) <= FIRST_FEW, command
    first = opened("list", home, tmp_path)
    assert {path.name for path in logs[:FIRST_FEW]} <= {*first}
    assert opened("list", home, tmp_path) == []
    assert {*opened("resume", home, tmp_path)} <= {newest.name}
