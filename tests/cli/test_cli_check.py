"""`interviewer check` as a command, and once as a program."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran

Call = Callable[..., Ran]


@pytest.fixture
def gold_file(tiny_folder: Path) -> Path:
    rows: Iterable[dict[str, Any]] = [
        {"id": "s1", "question": 1, "score": 1, "kind": "fresh",
         "answer": "Air scatters short wavelengths such as blue far more than long ones such as red."},
        {"id": "s2", "question": 1, "score": 0, "kind": "off-topic", "answer": "Bread rises."},
        {"id": "s3", "question": 2, "score": 1, "held_out": True,
         "answer": "Frozen water expands into an open lattice, so it is less dense."},
        {"id": "s4", "question": 2, "score": 0, "held_out": True, "answer": "Nobody knows."},
    ]  # fmt: skip
    path = tiny_folder / "gold.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    return path


def test_the_program_checks_the_banks_own_gold(
    program: Any, tiny_folder: Path, gold_file: Path
) -> None:
    page = tiny_folder / "page.html"
    done = program(
        "check", "--bank", tiny_folder, "--grader", "overlap", "--html", page,
        "--require", "auc>=0.9,false_pass<=0", COLUMNS="80",
    )  # fmt: skip
    out = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    assert "gold (tuned)" in out
    assert "gold (held-out)" in out
    assert max(map(len, out.splitlines())) <= 80
    assert not re.search(r"\bnan\b|\x1b", out)
    assert page.read_text("utf-8").startswith("<!doctype html>")


def timeless(item: dict[str, Any]) -> dict[str, Any]:
    return {**item, "grade": {**item["grade"], "seconds": 0}}


def test_the_program_prints_json_and_exits_3_when_a_requirement_is_missed(
    call: Call, tiny_folder: Path, gold_file: Path, home: Mapping[str, str]
) -> None:
    args = ("check", "--bank", tiny_folder, "--grader", "overlap", "--json")
    done = call(*args, "--gold", gold_file, "--require", "bias>=0.9")
    assert done.code == 3
    assert "bias>=0.9" in done.err
    data = json.loads(done.out)
    assert [s["name"] for s in data["sets"]] == ["gold (tuned)", "gold (held-out)"]
    graders = [s["graders"][0] for s in data["sets"]]
    assert {i["id"] for g in graders for i in g["items"]} == {"s1", "s2", "s3", "s4"}
    # Deterministic, and remembered (seconds differ only if the program changed in between).
    again = [s["graders"][0] for s in json.loads(call(*args).out)["sets"]]
    for now, before in zip(again, graders, strict=True):
        assert [timeless(i) for i in now["items"]] == [timeless(i) for i in before["items"]]
        assert now["measured"]["intervals"] == before["measured"]["intervals"]
    assert Path(home["XDG_CACHE_HOME"], "interviewer", "check-results.sqlite").is_file()


def test_the_program_loads_sets_from_elsewhere(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = {"id": "e", "qid": "q", "question": "Why?", "reference": "because of rain", "score": 1,
           "answer": "because of rain"}  # fmt: skip
    (tmp_path / "saf.x.jsonl").write_text(json.dumps(row), "utf-8")
    monkeypatch.setenv("INTERVIEWER_ASAG", str(tmp_path))
    done = call("check", "--grader", "overlap", "--gold", "saf", "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["sets"][0]["graders"][0]["items"][0]["grade"]["score"] == 1.0


def test_one_split_alone(call: Call, tiny_folder: Path, gold_file: Path) -> None:
    args = ("check", "--bank", tiny_folder, "--grader", "overlap", "--json")
    (found,) = json.loads(call(*args, "--split", "held-out").out)["sets"]
    items = [i["id"] for i in found["graders"][0]["items"]]
    assert (found["name"], items) == ("gold (held-out)", ["s3", "s4"])


@pytest.mark.parametrize(("args", "code", "says"), [
    (["--require", "quack>=1"], 2, "quack"),
    (["--require", "false_pass:none<=1"], 2, "off-topic"),
    (["--grader", "nobody"], 2, "nobody"),
    (["--gold", "saf"], 2, "--asag"),
    (["--gold", "absent.jsonl"], 1, "absent.jsonl"),
])  # fmt: skip
def test_the_program_says_what_is_wrong(
    call: Call, tiny_folder: Path, gold_file: Path, args: list[str], code: int, says: str
) -> None:
    chosen = [] if "--grader" in args else ["--grader", "overlap"]
    done = call("check", "--bank", tiny_folder, *chosen, *args)
    assert (done.code, done.out) == (code, "")
    assert says in done.err
    assert "Traceback" not in done.err


def test_a_bank_without_gold(call: Call, tiny_folder: Path) -> None:
    done = call("check", "--bank", tiny_folder, "--grader", "overlap")
    assert done.code == 1
    assert "gold.jsonl" in done.err
