"""`interviewer gold settle`: what the grader is least sure of, settled by single keys."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from class_parts import write_lines
from conftest import Ran
from samples import BLUE, ICE

Call = Callable[..., Ran]
SETTLE = ("gold", "settle", "g", "--rater", "Ann")


@pytest.fixture
def grades(call: Call, tiny_folder: Path) -> Path:
    """The grades of a class by overlap: two answers to question 1, in the same words twice, and one to 2."""
    write_lines(
        Path("a.jsonl"),
        [
            {"question": 1, "answer": "The sky mirrors the sea."},
            {"question": 1, "answer": "the sky mirrors the sea"},
            {"question": 1, "answer": BLUE},
            {"question": 2, "answer": ICE},
            {"question": 44, "answer": "x"},
        ],
    )
    assert (
        call("grade", "a.jsonl", "-o", "g", "--bank", tiny_folder, "--grader", "overlap").code == 0
    )
    return Path("g")


def rows(path: str = "gold.jsonl") -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]


def test_each_answer_is_settled_once_and_the_grader_learns_from_it(
    grades: Path, call: Call, tiny_folder: Path
) -> None:
    ran = call(*SETTLE, stdin="y\nq\n")
    assert ran.code == 0, ran.err
    assert ran.out.startswith("3 answers, those first that the grader is least sure of.\n")
    assert "1 settled answer in gold.jsonl." in ran.out
    assert "  interviewer bank learn tiny --gold gold.jsonl" in ran.out
    (first,) = rows()
    assert (first["question"], first["rater"]) == (1, "Ann")
    graded = next(r for r in map(json.loads, grades.read_text("utf-8").splitlines()[1:])
                  if r["answer"] == first["answer"])  # fmt: skip
    assert first["verdicts"] == {v["criterion"]: v["level"] for v in graded["grade"]["verdicts"]}
    # The rest is settled by another key each; what was settled is not asked again.
    ran = call(*SETTLE, stdin="c\np\nu\nx\ny\n")
    assert ran.out.startswith("2 answers")
    assert ran.code == 0, ran.err
    changed = rows()[1]
    assert next(iter(changed["verdicts"].values())) == "partial"
    assert call(*SETTLE).out == "There is nothing to settle: no graded answer is new.\n"
    learned = call("bank", "learn", tiny_folder, "--gold", "gold.jsonl", "--dry-run")
    assert learned.out.startswith("3 settled answers to 2 questions of tiny: 3 graded answers\n")
    shown = call("report-class", grades, "--gold", "gold.jsonl", "--json")
    assert shown.code == 0, shown.err


def test_what_was_settled_is_kept_where_the_input_ends(grades: Path, call: Call) -> None:
    ran = call(*SETTLE, stdin="y\n")
    assert (ran.code, len(rows())) == (130, 1)
    assert "1 settled answer in gold.jsonl." in ran.out
    assert call(*SETTLE, "--count", 1, stdin="s\n").out.startswith("1 answer, ")
    assert len(rows()) == 1


@pytest.mark.parametrize("name", [None, "2026-01-01-q2-t0"])
def test_what_was_kept_of_a_session_is_not_asked_again(
    call: Call, tiny_run: Callable[..., tuple[Ran, Path]], tiny_folder: Path, answers: Path,
    name: str | None,
) -> None:  # fmt: skip
    log = tiny_run("--answers", answers)[1]
    graded = call("grade", log, "-o", "g", "--bank", tiny_folder, "--grader", "overlap")
    assert graded.code == 0, graded.err
    due = call(*SETTLE, stdin="q\n").out.split()[0]
    added = call("gold", "add", log, 2, "--rater", "Ann", "--met", 1)
    assert added.code == 0, added.err
    if name is not None:
        (row,) = rows()
        write_lines(Path("gold.jsonl"), [{**row, "id": name}])
    ran = call(*SETTLE, stdin="q\n")
    assert ran.out.split()[0] == str(int(due) - 1)
    assert ICE not in ran.out
    assert call(*SETTLE, stdin="y\n" * int(due)).code == 0
    answers_kept = [row["answer"] for row in rows()]
    assert sorted(answers_kept) == sorted(set(answers_kept))
    assert len(answers_kept) == int(due)


def test_a_grade_that_does_not_fit_its_question_is_no_zero(grades: Path, call: Call) -> None:
    head, *lines = map(json.loads, grades.read_text("utf-8").splitlines())
    for line in lines:
        if line.get("grade"):
            line["grade"]["verdicts"] = line["grade"]["verdicts"][:1]
    write_lines(grades, [head, *lines])
    ran = call(*SETTLE, stdin="y\n")
    assert (ran.code, "does not fit the question in the head" in ran.err) == (1, True), ran.err
    assert not Path("gold.jsonl").exists()


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("gold", "settle", "g"), 2, "--rater"),
        (("gold", "settle", "g", "--rater", " "), 2, "must name someone"),
        (("gold", "settle", "a.jsonl", "--rater", "Ann"), 1, "no file of grades"),
        ((*SETTLE, "--count", 0), 2, "--count"),
    ],
)
def test_what_cannot_be_settled(
    grades: Path, call: Call, args: tuple[object, ...], code: int, said: str
) -> None:
    ran = call(*args)
    assert ran.code == code
    assert said in ran.err


def test_an_answer_without_an_id_is_called_by_its_words(call: Call, tiny_folder: Path) -> None:
    row = {"question": 2, "answer": ICE, "score": 1, "verdicts": {}}
    write_lines(Path("own.jsonl"), [row, {**row, "answer": BLUE}])
    assert (
        call("check", "--bank", tiny_folder, "--gold", "own.jsonl", "--grader", "overlap").code == 0
    )
    write_lines(Path("own.jsonl"), [row, {**row, "answer": f" {ICE.upper()}"}])
    ran = call("check", "--bank", tiny_folder, "--gold", "own.jsonl", "--grader", "overlap")
    assert ran.code == 1
    assert "stands twice" in ran.err
