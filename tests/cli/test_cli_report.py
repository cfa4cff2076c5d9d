"""`interviewer report`."""

from __future__ import annotations

import json
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from report_parts import transcript_of

from interviewer.errors import BrowserError
from interviewer.report import browser, report_data, report_html
from interviewer.session.log_file import read_log

Call = Callable[..., Any]


@pytest.fixture
def log(tiny_run: Call, answers: Path) -> Path:
    path: Path = tiny_run("--answers", answers)[1]
    return path


def program(path: Path, lines: str) -> Path:
    """A shell script that stands in for a browser."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{lines}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


PRINTS = 'for a; do case "$a" in --print-to-pdf=*) printf "%%PDF-1" > "${a#*=}";; esac; done'


def test_markdown_beside_the_log_unless_something_else_is_wanted(log: Path, call: Call) -> None:
    beside = log.with_suffix(".md")
    beside.unlink()
    assert call("report", log, "--html", "a.html").code == 0
    assert not beside.exists()
    ran = call("report", log)
    assert ran.out.splitlines()[-1] == f"Transcript: {beside}"
    assert beside.read_text("utf-8") == transcript_of(read_log(log).session)


def test_several_at_once(log: Path, call: Call) -> None:
    Path("deep").mkdir()
    ran = call("report", log, "--html", "deep/a.html", "--md", "a.md", "--json")
    assert ran.code == 0
    session = read_log(log).session
    built = report_data.build(session)
    assert json.loads(ran.out) == json.loads(built.model_dump_json())
    assert Path("deep/a.html").read_text("utf-8") == report_html.render(built)
    assert Path("a.md").read_text("utf-8") == transcript_of(session)
    assert ran.err.splitlines() == ["Transcript: a.md", "Page: deep/a.html"]


def test_the_summary_is_shown_beside_a_page(log: Path, call: Call) -> None:
    ran = call("report", log, "--html", "a.html")
    assert "questions answered cold" in ran.out
    assert ran.out.splitlines()[-1] == "Page: a.html"


@pytest.mark.parametrize("option", ["--html", "--md", "--pdf"])
def test_the_log_is_never_written_over(log: Path, call: Call, option: str) -> None:
    before = log.read_bytes()
    Path("link").symlink_to(log.absolute())
    for target in (log, "link"):
        ran = call("report", log, option, target)
        assert (ran.code, log.read_bytes()) == (2, before)
        assert f"{option} would overwrite the session log" in ran.err
    assert call("report", log, option, "b", "--html", "b", "--md", "./b").code == 2
    assert not Path("b").exists()


def test_what_cannot_be_written_says_where(log: Path, call: Call) -> None:
    name = f"{'x' * 300}.html"
    ran = call("report", log, "--html", name)
    assert (ran.code, "Traceback" in ran.err) == (1, False)
    assert f"{name}: the transcript cannot be written" in ran.err
    assert "--html PATH" in ran.err


def test_printing_takes_the_browser_that_is_named(
    log: Path, call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    named = program(tmp_path / "bin" / "mine", PRINTS)
    monkeypatch.setenv("INTERVIEWER_BROWSER", str(named))
    ran = call("report", log, "--pdf", "a.pdf")
    assert (ran.code, Path("a.pdf").read_bytes()) == (0, b"%PDF-1")
    assert ran.out.splitlines()[-1] == "PDF: a.pdf"


def test_without_a_browser_nothing_is_written(
    log: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEWER_BROWSER", "no-such-browser")
    ran = call("report", log, "--pdf", "a.pdf", "--html", "a.html")
    assert ran.code == 1
    assert "INTERVIEWER_BROWSER names no program: no-such-browser" in ran.err
    assert "print it from any browser" in ran.err
    assert not Path("a.html").exists()


def test_a_browser_is_found_on_the_path(tmp_path: Path) -> None:
    found = program(tmp_path / "bin" / "google-chrome", "")
    assert browser.find_browser({"PATH": str(found.parent)}) == found


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("echo out of order >&2; exit 1", "printed nothing: out of order"),
        ("exit 0", "printed nothing: it gave no reason"),
        (PRINTS.replace("%%PDF", "oops"), "printed nothing"),
    ],
)
def test_a_browser_that_fails_says_why(tmp_path: Path, lines: str, why: str) -> None:
    named = program(tmp_path / "bin" / "chrome", lines)
    with pytest.raises(BrowserError, match=why) as raised:
        browser.print_pdf("<p>", named)
    assert "print it from any browser" in str(raised.value)


def test_a_browser_that_hangs_is_ended_with_its_children(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    named = program(tmp_path / "bin" / "chrome", f"sleep 600 & echo $! > {pid}; wait")
    with pytest.raises(BrowserError, match="took longer than 3 s"):
        browser.print_pdf("<p>", named, seconds=3)
    while runs(int(pid.read_text())):  # until the test's own time is up
        time.sleep(0.05)


def runs(pid: int) -> bool:
    """Whether that process is there and more than a dead entry of the process table."""
    state = Path(f"/proc/{pid}/stat")
    try:
        return state.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_browser_that_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(BrowserError, match="does not start"):
        browser.print_pdf("<p>", tmp_path / "none")
