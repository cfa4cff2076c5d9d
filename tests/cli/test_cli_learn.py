"""`interviewer bank learn`: from settled answers to a grader that says so, with the shipped reader."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from class_parts import grades_of
from samples import BLUE, ICE, write_answers
from test_json_outputs import fits

from interviewer import api
from interviewer.bank.bank_files import load_bank
from interviewer.bank.questions import Bank
from interviewer.grading.grader import GradeRequest
from interviewer.grading.grades import AnswerGrade
from interviewer.specs.embedders import make_embedder
from interviewer.specs.plain_specs import offline_grader

Call = Callable[..., Any]
SAID = {
    1: ["the atmosphere bounces the shorter waves about the most", "it is the air", "the sea",
        "blue light gets knocked around by air", "because of scattering", "I like blue",
        "the gas up there throws blue in all directions and lets red pass", "wavelengths"],
    2: ["it is lighter", "ice takes up more room than the water it came from", "ice is heavy",
        "the crystal is roomier", "it is less dense", "because it is cold", "water is wet", "salt"],
    3: ["100", "a hundred degrees", "boiling point is one hundred", "about 100 celsius", "ninety",
        "it depends", "212", "zero"],
}  # fmt: skip
LENIENT = 0.05
"""The people of this test count as met what the shipped grader gives this chance."""


@pytest.fixture
def folder(tiny_folder: Path) -> Path:
    """The tiny bank where banks of one's own are looked for."""
    there = tiny_folder.parent / "rubrics" / "tiny"
    there.parent.mkdir()
    return tiny_folder.rename(there)


@pytest.fixture
def settled(folder: Path) -> Path:
    """Answers graded by people who are as consistent as the grader, and far more lenient."""
    tiny = load_bank(folder)
    grader, rows = offline_grader(make_embedder(), tiny), []
    for number, answers in SAID.items():
        asked = tiny.question(number)
        for at, text in enumerate(answers):
            heard = grader.hear(GradeRequest(asked, text, asked.prompt))
            levels = {
                c.id: "met" if yes >= LENIENT else "unmet"
                for c, (yes, _) in zip(asked.criteria, heard.chances, strict=False)
            }
            score = sum(level == "met" for level in levels.values()) / len(levels)
            rows.append({"id": f"{number}-{at}", "question": number, "answer": text,
                         "score": score, "verdicts": levels})  # fmt: skip
    return write_answers(folder / "gold.jsonl", rows)


def version(call: Call, folder: Path) -> str:
    ran = call("grade", 2, "the crystal is roomier", "--bank", folder, "--json")
    return str(fits("grade", ran.out)["grader"]["version"])


def test_what_was_learned_is_used_and_said_until_it_is_forgotten(
    call: Call, folder: Path, settled: Path
) -> None:
    shipped = version(call, folder)
    assert "learned" not in shipped
    dry = fits("learn", call("bank", "learn", folder, "--gold", "gold", "--dry-run", "--json").out)
    assert (dry["helps"], dry["why"], dry["path"], dry["answers"]) == (True, "", "", 24)
    assert dry["gains"]["kappa"]["after"] > dry["gains"]["kappa"]["before"]
    assert version(call, folder) == shipped

    told = call("bank", "learn", folder, "--gold", settled).out
    assert told.startswith("24 settled answers to 3 questions of tiny: 24 graded answers\n")
    assert f"Used from now on (learned.{dry['layer']}): {folder / 'learned.json'}" in told
    name = f"learned.{dry['layer']}"
    assert version(call, folder) == f"{shipped}+{name}"
    line = f"Grades by what was learned from 24 settled answers to this bank ({name})."
    assert line in call("grade", 2, "the crystal is roomier", "--bank", folder).out
    assert name in call("doctor", "--ports", "9").out

    answers = write_answers(
        folder.parent / "a.jsonl", [{"question": 1, "answer": BLUE}, {"question": 2, "answer": ICE}]
    )
    # A class is graded as one answer is, here and in other processes.
    graded = call("grade", answers, "-o", "g", "--bank", folder)
    assert (graded.code, graded.err) == (0, f"{line}\n")
    assert call("grade", answers, "-o", "h", "--bank", folder, "--workers", 2).code == 0
    assert Path("g").read_bytes() == Path("h").read_bytes()
    head = json.loads(Path("g").read_text("utf-8").splitlines()[0])
    assert head["grader"]["version"] == f"{shipped}+{name}"
    for row in grades_of(Path("g")):
        one = call("grade", row["question"], row["answer"], "--bank", folder, "--json").out
        assert json.loads(one)["score"] == row["grade"]["score"]

    _same_from_python(folder, Path("g"))

    ran = call("run", "--bank", folder, "--answers", answers, "--questions", "1-2")
    assert line in " ".join(ran.out.split())
    assert f"Graded by offline {shipped}+{name}" in call("report", "latest", "--md", "-").out
    report = fits("report", call("report", "latest", "--json").out)
    assert report["grader"]["version"] == f"{shipped}+{name}"
    again = call("regrade", "latest", "--bank", folder, "--grader", "offline").out
    assert "Nothing changed." in again
    assert name in again
    # The transcript says where its bank lies: its exemplars and what was learned are found without --bank.
    by_itself = call("regrade", "latest", "--grader", "offline").out
    assert name in by_itself
    assert "without exemplars" not in by_itself

    assert call("bank", "learn", folder, "--forget").out == f"Removed: {folder / 'learned.json'}\n"
    assert version(call, folder) == shipped
    plain = call("grade", answers, "-o", "g", "--bank", folder)
    assert (plain.code, "it holds grades of another grader" in plain.err) == (1, True)
    assert call("bank", "learn", folder, "--forget").out == "Nothing was learned for tiny.\n"


def _same_from_python(folder: Path, grades: Path) -> None:
    """The grades of the class from Python: at once, one by one, in two processes, by a bank of no folder."""
    due = list(api.read_grades(grades))
    said = [(row.question, row.answer) for row in due]
    opened = api.open_bank(folder)
    together = _made(said, opened)
    assert together == [row.grade for row in due if row.kind == "graded"]
    assert [grade for one in said for grade in _made([one], opened)] == together
    assert _made(said, opened, workers=2) == together
    roomier = [(2, "the crystal is roomier")]
    assert _made(roomier, opened) != _made(roomier, load_bank(folder))


def _made(
    said: list[tuple[int, str]], bank: Bank, *, workers: int | None = None
) -> list[AnswerGrade]:
    rows = api.grade(said, bank, workers=workers)
    return [row.grade for row in rows if row.kind == "graded"]


def test_a_bank_whose_criteria_changed_is_graded_as_shipped_and_says_so(
    call: Call, folder: Path, settled: Path
) -> None:
    assert call("bank", "learn", folder, "--gold", settled).code == 0
    section = folder / "a.yaml"
    text = section.read_text("utf-8").replace("Air scatters sunlight.", "Air scatters light.")
    section.write_text(text, "utf-8")
    ran = call("grade", 2, "the crystal is roomier", "--bank", folder, "--json")
    assert "learned" not in fits("grade", ran.out)["grader"]["version"]
    problem = "What was learned for tiny is not used: the bank's criteria have changed since"
    assert problem in " ".join(ran.err.split())
    answers = write_answers(folder.parent / "a.jsonl", [{"question": 1, "answer": BLUE}])
    graded = call("grade", answers, "-o", "g", "--bank", folder)
    assert (graded.code, problem in " ".join(graded.err.split())) == (0, True)
    assert "learned" not in Path("g").read_text("utf-8")
    with pytest.warns(UserWarning, match="for tiny is not used: the bank's criteria have changed"):
        made = _made([(1, BLUE)], api.open_bank(folder))
    assert made == [r.grade for r in api.read_grades(Path("g")) if r.kind == "graded"]
    assert "is not used: the bank's criteria" in " ".join(
        call("doctor", "--ports", "9").out.split()
    )


def test_too_little_is_said_and_takes_an_older_layer_out_of_use(
    call: Call, folder: Path, settled: Path
) -> None:
    assert call("bank", "learn", folder, "--gold", settled).code == 0
    few = folder.parent / "few.jsonl"
    few.write_text("".join(settled.read_text("utf-8").splitlines(keepends=True)[:5]), "utf-8")
    ran = call("bank", "learn", folder, "--gold", few)
    assert "Not used: it takes 10 settled answers to 3 questions at least." in ran.out
    assert f"What was learned before is no longer used: {folder / 'learned.json'}" in ran.err
    assert not (folder / "learned.json").exists()


def test_a_panel_takes_no_notice(call: Call, folder: Path, settled: Path) -> None:
    assert call("bank", "learn", folder, "--gold", settled).code == 0
    by = ("--grader", "panel:offline,overlap")
    ran = call("grade", 2, "it is lighter", "--bank", folder, *by, "--json")
    assert "learned" not in json.loads(ran.out)["grader"]["version"]


def test_forgetting_goes_alone(call: Call, folder: Path) -> None:
    ran = call("bank", "learn", folder, "--forget", "--dry-run")
    assert (ran.code, ran.out) == (2, "")
    assert "--forget goes with no other option" in ran.err
