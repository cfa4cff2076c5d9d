"""The commands that look back over all sessions, as programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from samples import BLUE, ICE, asked, write_answers

from interviewer.session.log_file import read_log

Call = Callable[..., Any]
SOON = f"{date.today() + timedelta(days=30):%Y-%m-%d}"


@pytest.fixture
def past(tiny_run: Call, answers: Path) -> list[Path]:
    """Two sessions on the tiny bank: question 2 cold, 1 with help, 3 missed; then only 1, cold."""
    logs = [tiny_run("--answers", answers)[1]]
    again = write_answers(answers.with_name("again.jsonl"), [{"question": 1, "answer": BLUE}])
    return [*logs, tiny_run("--answers", again)[1]]


def test_progress_as_a_program(program: Call, past: list[Path], tmp_path: Path) -> None:
    (tmp_path / "transcripts/zz.jsonl").write_text("no event\n")
    for _ in range(2):
        ran = program("progress", "--html", "page.html", COLUMNS="46")
        assert ran.returncode == 0
        out = ran.stdout.decode()
        assert "2 sessions, 4 answers" in out
        assert "Answered cold when asked last: 2 of 3" in out
        assert max(map(len, out.splitlines())) <= 46
        err = ran.stderr.decode()
        assert "1 log cannot be read: zz.jsonl (line 1:" in err
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "Tiny grill" in page
    assert "zz.jsonl" in page


def test_progress_in_plain_ascii(program: Call, past: list[Path]) -> None:
    ran = program("progress", "--criteria", PYTHONIOENCODING="ascii")
    assert ran.returncode == 0
    assert ran.stdout.isascii()
    assert b"?@" not in ran.stdout


def test_progress_as_data(call: Call, past: list[Path]) -> None:
    data = json.loads(call("progress", "--json").out)
    assert (data["bank"]["id"], data["sessions"], data["questions"]) == ("tiny", 2, 3)
    assert [point["value"] for point in data["held"]] == [1, 2]
    assert data["tiers"][0]["reached"] is True
    assert [s["held"] for s in data["sections"]] == [2, 0]


def test_progress_wants_sessions_on_the_bank(call: Call, past: list[Path], tmp_path: Path) -> None:
    assert call("progress", "--bank", tmp_path / "tiny").code == 0
    assert call("progress", "--bank", "tiny").code == 0
    other = call("progress", "--bank", "multimodal-embeddings")
    assert (other.code, "There are sessions on: tiny." in other.err) == (2, True)
    none = call("progress", "--transcripts", "elsewhere")
    assert (none.code, "there is no session in elsewhere" in none.err) == (2, True)
    Path("broken").mkdir()
    Path("broken/a.jsonl").write_text("no event\n")
    broken = call("progress", "--transcripts", "broken")
    assert (broken.code, "none of the sessions here can be read" in broken.err) == (1, True)
    blocked = call("progress", "--html", f"{'x' * 300}.html")
    assert (blocked.code, "cannot be written" in blocked.err) == (1, True)


def drill(call: Call, folder: Path, *args: object, stdin: str = "") -> Any:
    return call("drill", "--bank", folder, "--grader", "overlap", *args, stdin=stdin)


def new_log(before: set[Path]) -> Path:
    (log,) = set(Path("transcripts").glob("*.jsonl")) - before
    return log


def backdate(logs: list[Path], days: int) -> None:
    """As if those sessions had been so many days ago."""
    today = date.today()
    for log in logs:
        text = log.read_text("utf-8")
        for late in (-1, 0, 1):
            day = today - timedelta(days=late)
            text = text.replace(f'"at":"{day}', f'"at":"{day - timedelta(days=days)}')
        log.write_text(text, "utf-8")


def test_a_first_drill_asks_what_is_new(call: Call, tiny_folder: Path) -> None:
    nothing = drill(call, tiny_folder, "--due")
    assert nothing.code == 0
    assert "Nothing is due. 3 questions never asked" in nothing.out
    assert not list(Path().glob("transcripts/*"))
    ran = drill(call, tiny_folder, stdin=f"{BLUE}\n\n{ICE}\n\nI don't know\n")
    assert ran.code == 0
    assert "Drill: 3 new" in ran.out
    assert asked(new_log(set())) == [1, 2, 3]
    assert "Due again: question" in ran.out
    assert "question 3 tomorrow" in ran.out
    listed = drill(call, tiny_folder, "--list")
    assert "Nothing is due today" in listed.out
    assert "tomorrow: 3. At how many degrees" in listed.out
    assert "Nothing is due. Next: question 3, tomorrow." in drill(call, tiny_folder).out


def test_a_drill_may_run_against_the_clock(call: Call, tiny_folder: Path) -> None:
    assert drill(call, tiny_folder, "--timed", "--pace", "typed", stdin=BLUE).code == 0
    (log,) = Path("transcripts").glob("*.jsonl")
    plan = read_log(log).session.started.plan
    assert (plan.timed, plan.pace) == (True, "typed")


def test_a_drill_asks_what_is_forgotten_most_and_feeds_back(
    call: Call, past: list[Path], tiny_folder: Path
) -> None:
    backdate(past, 30)
    before = set(Path("transcripts").glob("*.jsonl"))
    listed = drill(call, tiny_folder, "--list").out
    assert "Due today: 3 questions" in listed
    # 3 was missed; 1 was met with help and then cold; 2 was met at once.
    places = [listed.index(f"{number}. ") for number in (3, 1, 2)]
    assert places[0] == min(places)
    assert set(Path("transcripts").glob("*.jsonl")) == before
    ran = drill(call, tiny_folder, "--minutes", "0.01", stdin="One hundred degrees.\n")
    assert ran.code == 0
    log = new_log(before)
    assert asked(log) == [3]
    assert "Session log:" in ran.out
    assert log.with_suffix(".md").exists()
    after = drill(call, tiny_folder, "--list").out
    assert "Due today: 2 questions" in after
    assert json.loads(call("progress", "--json").out)["sessions"] == 3


def test_a_drill_that_is_paused_says_what_is_left(
    call: Call, past: list[Path], tiny_folder: Path
) -> None:
    backdate(past, 30)
    ran = drill(call, tiny_folder, stdin="One hundred degrees.\n\n/pause\n")
    assert ran.code == 0
    assert "Due again: question 3 " in ran.out
    assert "Still due: question 1." in ran.out


def test_drill_of_answers_by_number(call: Call, tiny_folder: Path, tmp_path: Path) -> None:
    file = write_answers(tmp_path / "a.jsonl", [{"question": 2, "answer": ICE}])
    assert drill(call, tiny_folder, "--answers", file).code == 0
    assert asked(new_log(set())) == [2]
    assert drill(call, tiny_folder, "--minutes", "0").code == 2
    assert drill(call, tiny_folder, "--grader", "nobody").code == 2


def test_export_csv(call: Call, past: list[Path], tiny_folder: Path) -> None:
    ran = call("export", "csv", "all.csv", "--bank", tiny_folder)
    assert (ran.code, ran.out) == (0, "4 cards: all.csv\n")
    shown = call("export", "csv", "-", "--bank", tiny_folder)
    assert "\ufeff" + shown.out == Path("all.csv").read_bytes().decode("utf-8")
    assert call("export", "anki", "-", "--bank", tiny_folder).code == 2
    call("export", "csv", "missed.csv", "--bank", tiny_folder, "--missed")
    with Path("missed.csv").open(encoding="utf-8-sig", newline="") as file:
        missed = [(row["question"], row["criterion"]) for row in csv.DictReader(file)]
    assert ("3", "hundred") in missed
    assert ("2", "density") not in missed
    none = call("export", "csv", "x.csv", "--bank", tiny_folder, "--due")
    assert (none.code, "no criterion of 'tiny' is due" in none.err) == (2, True)
    backdate(past, 30)
    assert call("export", "csv", "due.csv", "--bank", tiny_folder, "--due").out == (
        "4 cards: due.csv\n"
    )
    assert call("export", "csv", "x.csv", "--missed", "--due").code == 2
    assert call("export", "csv", past[0] / "x.csv", "--bank", tiny_folder).code == 2
    assert call("export", "csv", f"{'x' * 300}.csv", "--bank", tiny_folder).code == 1
    assert not Path("x.csv").exists()


def test_export_anki(program: Call, tmp_path: Path) -> None:
    ran = program("export", "anki", "deck.apkg")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout == b"133 cards: deck.apkg\n"
    assert (tmp_path / "deck.apkg").read_bytes()[:2] == b"PK"


def test_plan_needs_a_date_that_lies_ahead(call: Call, tiny_folder: Path) -> None:
    for day in ("2020-01-01", f"{date.today() - timedelta(days=1):%Y-%m-%d}"):
        ran = call("plan", "--bank", tiny_folder, "--date", day)
        assert (ran.code, "is not ahead of today" in ran.err) == (2, True)
    for args in ((), ("--date", "soon"), ("--date", SOON, "--target", "4")):
        assert call("plan", "--bank", tiny_folder, *args).code == 2
    unknown = call("plan", "--bank", tiny_folder, "--date", SOON, "--aim", "none")
    assert (unknown.code, "There are: cold." in unknown.err) == (2, True)


def test_plan_is_honest_about_too_few_sessions(
    program: Call, past: list[Path], tiny_folder: Path
) -> None:
    ran = program("plan", "--date", SOON, "--bank", tiny_folder)
    assert ran.returncode == 0
    out = ran.stdout.decode()
    assert "Not enough sessions yet to tell a rate: at least 5 more sessions." in out
    assert "Target: 2 cold by" in out


def test_plan_gives_a_newcomer_a_first_plan(call: Call, tiny_folder: Path) -> None:
    ran = call("plan", "--bank", tiny_folder, "--date", SOON)
    assert (ran.code, ran.err) == (0, "")
    assert "assumes that nothing is known so far" in ran.out
    assert "Ask 1 question a day, about 1 minute." in ran.out
    data = json.loads(call("plan", "--bank", tiny_folder, "--date", SOON, "--json").out)
    assert (data["state"], data["per_day"]) == ("unknown", None)
    assert 0 < data["assumed"] < 1


def test_plan_reckons_from_enough_sessions(call: Call, past: list[Path], tiny_folder: Path) -> None:
    for number in range(12):
        text = past[0].read_text("utf-8").replace(past[0].stem, f"copy-{number}")
        Path(f"transcripts/copy-{number}.jsonl").write_text(text, "utf-8")
    data = json.loads(
        call("plan", "--bank", tiny_folder, "--date", SOON, "--target", "3", "--json").out
    )
    assert data["days"] in (29, 30, 31)
    # Question 3 was missed 13 times over, question 1 13 times and once turned cold.
    assert data["turned"]["asked"] >= 20
    assert data["state"] in ("measured", "beyond")


def test_a_drill_names_a_choice_as_one_point(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "bank.yaml").write_text("sections:\n  - {id: A, file: a.yaml}\n", "utf-8")
    (folder / "a.yaml").write_text(
        "section: A\nquestions:\n  - prompt: Name two kinds of index.\n"
        '    references: ["B-tree, hash, bitmap, and GiST."]\n',
        "utf-8",
    )
    on = ["--bank", folder, "--grader", "overlap"]
    assert drill(call, folder, *on, stdin="I don't know\n").code == 0
    listed = " ".join(drill(call, folder, "--list").out.split())
    assert "[any 2 of: b-tree / hash / bitmap / gist]" in listed
