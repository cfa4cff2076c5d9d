"""A wheel built from the tree works elsewhere: bank, weights and templates are inside."""

import json
import os
import subprocess
import sys
import zipfile

import pytest
from samples import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder


def run(folder, *args):
    env = {
        **os.environ,
        "PYTHONPATH": str(folder / "site"),
        "HOME": str(folder),
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    # -P keeps the checkout off the path, so that only the wheel can be found.
    return subprocess.run(
        [sys.executable, "-P", "-m", "interviewer", *args],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_it_grades(unpacked):
    out = json.loads(run(unpacked, "grade", "53", "Sparse plus dense.", "--json"))
    assert out["question"] == 53
    assert out["passed"] is True


def test_it_holds_an_interview(unpacked):
    (unpacked / "a.jsonl").write_text('{"question": 46, "answer": "A shallow neural network."}\n')
    out = run(unpacked, "--answers", "a.jsonl")
    assert "1 question" in out
    assert len(list((unpacked / "transcripts").glob("*.jsonl"))) == 1
    run(unpacked, "report", "--html", "report.html")
    assert "<style>" in (unpacked / "report.html").read_text("utf-8")


def test_the_templates_are_inside(unpacked):
    made = {p.relative_to(ROOT) for p in ROOT.glob("interviewer/**/templates/*")}
    rooms = {"common", "report", "progress", "check", "trial", "classroom"}
    assert {p.parts[1] for p in made} == rooms
    assert not [p for p in made if not (unpacked / "site" / p).is_file()]


def test_no_training_data_is_inside(unpacked):
    names = [p.relative_to(unpacked / "site").parts[0] for p in (unpacked / "site").rglob("*")]
    assert set(names) == {"interviewer"} | {n for n in names if n.endswith(".dist-info")}
