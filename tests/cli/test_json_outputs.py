"""What the commands print with --json is what the published schemas say."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fake_server import FakeServer
from jsonschema import Draft202012Validator, ValidationError
from samples import BLUE, ICE, ROOT, write_answers
from trial_parts import reader

Call = Callable[..., Any]
CONTROL = "\x9b\u202e\x7f\u2066"


def fits(name: str, out: str) -> Any:
    """The one line of output as data, checked against the committed schema."""
    (line,) = out.splitlines()
    data = json.loads(line)
    schema = json.loads(ROOT.joinpath("docs", "schemas", f"{name}-v1.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(data)
    return data


@pytest.fixture
def log(call: Call, tiny_run: Call, tmp_path: Path) -> Path:
    """A session with a full answer, a follow-up, a miss and control characters in an answer."""
    told = [
        {"question": 1, "answer": f"Air scatters sunlight. {CONTROL}"},
        {"question": 2, "answer": ICE},
        {"question": 3, "answer": "I do not know"},
    ]
    path: Path = tiny_run("--answers", write_answers(tmp_path / "said.jsonl", told))[1]
    call("regrade", path, "--grader", "cosine")
    return path


def test_report_and_compare(call: Call, log: Path) -> None:
    shown = call("report", log, "--json").out
    report = fits("report", shown)
    assert CONTROL in report["questions"][0]["turns"][0]["answer"]
    assert not set(CONTROL) & set(shown)
    found = fits("comparison", call("compare", log, f"{log}@1", "--json").out)
    assert found["tiers"][0]["left"] == report["tiers"][0]
    assert found["aims"][0]["left"] == report["aims"][0]


def test_progress_has_the_standings_of_the_report(call: Call, log: Path) -> None:
    report = fits("report", call("report", log, "--json").out)
    progress = fits("progress", call("progress", "--json").out)
    for part in ("tiers", "aims", "bank"):
        assert progress[part] == report[part]


def test_grade_and_check_have_one_shape(call: Call, tiny_folder: Path) -> None:
    row = {"id": "a", "question": 1, "score": 1, "answer": BLUE}
    (tiny_folder / "gold.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    options = ("--bank", tiny_folder, "--grader", "overlap", "--json")
    grade = fits("grade", call("grade", 1, BLUE, *options).out)
    check = fits("check", call("check", *options, "--no-cache").out)
    (item,) = check["sets"][0]["graders"][0]["items"]
    for name in grade.keys() - {"seconds", "grader"}:
        assert item["grade"][name] == grade[name], name


def test_import_and_bank_stats(call: Call, tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_text(f"1. a? It is{CONTROL} b.\n2. What is lost? . So.\n3. no\n")
    found = fits("import", call("import", "d.txt", "--json").out)
    assert (found["questions"], found["gaps"][0]["question"]) == (2, 2)
    assert [m["line"] for m in found["missed"]] == [3]
    stats = fits("bank-stats", call("bank", "stats", "--bank", "d", "--json").out)
    assert stats["whole"]["unread"] == found["drafted"]


def test_the_grades_of_a_class_and_what_they_show(call: Call, tiny_folder: Path) -> None:
    told = [{"question": n % 3 + 1, "answer": f"{ICE} {CONTROL} {n}", "candidate": f"c{n % 6}"}
            for n in range(24)]  # fmt: skip
    write_answers(Path("a.jsonl"), [*told, {"question": 9, "answer": CONTROL}])
    options = ("--bank", tiny_folder, "--grader", "overlap")
    assert call("grade", "a.jsonl", "-o", "g.jsonl", *options).code == 0
    lines = Path("g.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == 26
    for line in lines:
        fits("grades-line", line)
    shown = call("report-class", "g.jsonl", "--json", "--html", "c.html").out
    found = fits("class", shown)
    assert (found["graded"], found["candidates"], found["ungraded"]) == (24, 6, 1)
    assert not set(CONTROL) & set(shown + Path("c.html").read_text("utf-8"))
    assert found["alike"][0]["count"] > 2
    row = json.dumps({"id": "a", "question": 1, "score": 1, "answer": told[0]["answer"].strip(),
                      "verdicts": {"scatter": "met", "wavelength": "unmet"}})  # fmt: skip
    Path("gold.jsonl").write_text(row + "\n", "utf-8")
    settled = fits("class", call("report-class", "g.jsonl", "--gold", "gold.jsonl", "--json").out)
    assert settled["settled"] == 1
    assert [(p["criterion"], p["strict"]) for p in settled["partings"]] == [("scatter", 1)]


def test_trials_and_fits(call: Call, tiny_folder: Path) -> None:
    rows = [
        {"id": f"{n}", "question": 3, "score": n % 2, "verdicts": {"hundred": ("unmet", "met")[n % 2]},
         "answer": f"At {n} hundred degrees." if n % 2 else f"At {n} times ninety."}
        for n in range(24)
    ]  # fmt: skip
    (tiny_folder / "gold.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n", "utf-8")
    with FakeServer(default=reader, schema="ignored") as server:
        options = ("--bank", tiny_folder, "--base-url", server.url, "--json")
        spec = "whole:openai:fake"
        trial = fits("trial", call("trial", spec, *options, "--minutes", 0.001).out)
        fit = fits("calibration", call("calibrate", spec, *options, "--answers", 24).out)
    assert 1 <= trial["answers"] <= 24  # as many as a second allows
    assert (fit["answers"], fit["claims"]) == (24, 24)
    assert fits("trials", call("trial", "--table", "--json").out)["trials"] == [trial]


def test_the_schemas_would_notice(call: Call, log: Path) -> None:
    out = call("report", log, "--json").out
    with pytest.raises(ValidationError):
        fits("report", out.replace('"strip":', '"stripes":'))
