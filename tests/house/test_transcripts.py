"""The committed examples are what the program makes of the committed answers."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from samples import PYTHON, ROOT

KEPT = ROOT / "transcripts" / "examples"
NEAR = 0.05
"""How far two processors may differ in a score."""

VARIES = (
    r"\d{4}\\?-\d\d\\?-\d\d(?:[T ]\d\d[-:\\]*\d\d(?:[-:\\]*\d\d)?)?(?: UTC)?",  # moments
    r"(?<=embeddings-)[0-9a-f]{4}\b|(?<=embeddings\\-)[0-9a-f]{4}\b",  # ends of session ids
    r"\b[01]\\?\.\d+\b",  # scores
    r"\b\d+\s?%",
    r"\b\d+\\?:\d\d\b",  # durations
)


def text(path: Path) -> str:
    """The text without what may differ from one time or processor to the next."""
    return re.sub("|".join(VARIES), "*", path.read_text("utf-8"))


def event(line: str) -> Any:
    found = json.loads(line)
    found["at"] = found["session"] = None
    if found["event"] == "graded":
        found["seconds"] = None  # an answer's own are from the file of answers
    return found


def near(made: Any, kept: Any, at: str = "") -> list[str]:
    """Where two values are not alike; numbers with a fraction may differ a little."""
    if isinstance(made, dict) and isinstance(kept, dict) and made.keys() == kept.keys():
        return [bad for key in made for bad in near(made[key], kept[key], f"{at}.{key}")]
    if isinstance(made, list) and isinstance(kept, list) and len(made) == len(kept):
        pairs = enumerate(zip(made, kept, strict=True))
        return [bad for i, (one, other) in pairs for bad in near(one, other, f"{at}[{i}]")]
    if isinstance(made, float) and isinstance(kept, float):
        return [] if abs(made - kept) <= NEAR else [f"{at}: {made}, not {kept}"]
    return [] if made == kept else [f"{at}: {made!r}, not {kept!r}"]


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_make_transcripts_gives_the_committed_examples(
    tmp_path: Path, home: dict[str, str]
) -> None:
    made = tmp_path / "made"
    script = ROOT / "docs" / "make_transcripts.py"
    subprocess.run([PYTHON, script, made], env=home, cwd=tmp_path, check=True, timeout=380)
    names = {p.relative_to(made) for p in made.rglob("*") if p.is_file()}
    there = {p.relative_to(KEPT) for p in KEPT.rglob("*") if p.is_file()}
    assert there == names | {Path("answers.jsonl")}
    for name in sorted(names):
        if name.suffix != ".jsonl":
            assert text(made / name) == text(KEPT / name), name
    lines = [(folder / "session.jsonl").read_text("utf-8").splitlines() for folder in (made, KEPT)]
    assert len(lines[0]) == len(lines[1])
    for number, (one, other) in enumerate(zip(*lines, strict=True), start=1):
        assert near(event(one), event(other), f"line {number}") == []


def test_the_comparison_sees_what_is_not_a_time_or_a_score(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("2026-11-29T23-36-13-multimodal-embeddings-ac46 (0.64, 57%), in 5:41: met")
    other.write_text("2027-01-02T03-04-05-multimodal-embeddings-0000 (0.71, 9%), in 1:00: met")
    assert text(one) == text(other)
    other.write_text(other.read_text().replace("met", "unmet"))
    assert text(one) != text(other)
    assert near({"a": [0.5, "met"]}, {"a": [0.52, "met"]}) == []
    assert near({"a": [0.5, "met"]}, {"a": [0.6, "unmet"]}) == [
        ".a[0]: 0.5, not 0.6",
        ".a[1]: 'met', not 'unmet'",
    ]
    assert near({"a": 1}, {"b": 1}) != []


def test_the_program_does_not_take_the_examples_for_sessions_of_its_user(program: Any) -> None:
    shown = program("list", "--transcripts", ROOT / "transcripts")
    assert b"examples" not in shown.stdout
