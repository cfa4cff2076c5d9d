"""Files of grades: mended, gone on with, and refused where they hold something else."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from class_parts import BANK, HEAD, OVERLAP, job, row
from samples import bank, question

from interviewer.classroom.class_grading import grade_into
from interviewer.classroom.class_values import ClassHead, Collected, NotGradable
from interviewer.classroom.engines import HereEngine
from interviewer.classroom.grades_file import GradesFile, read_head, read_rows
from interviewer.errors import InputError

ROWS = [
    row(1, "number 1"),
    NotGradable(file="a.jsonl", line=2, reason="no"),
    row(3, "é\u2028 x", 2),
]


def write(path: Path, rows: list[Collected | NotGradable], head: ClassHead = HEAD) -> list[int]:
    """Grade into the file; the lines that are new there."""
    with closing(HereEngine(job(BANK))) as engine:
        return [made.line for made in grade_into(path, head, iter(rows), engine)]


def test_a_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "g"
    assert write(path, ROWS) == [1, 2, 3]
    assert read_head(path) == HEAD
    assert [(r.kind, r.line, r.answer) for r in read_rows(path)] == [
        ("graded", 1, "number 1"), ("ungraded", 2, None), ("graded", 3, "é\u2028 x"),
    ]  # fmt: skip


def test_cut_off_at_any_byte_it_ends_up_the_same(tmp_path: Path) -> None:
    path = tmp_path / "g"
    write(path, ROWS)
    whole = path.read_bytes()
    ends = [at + 1 for at, byte in enumerate(whole) if byte == 10]
    for cut in (*range(0, len(whole), 149), *ends, *(end - 1 for end in ends)):
        path.write_bytes(whole[:cut])
        kept = max(0, whole[:cut].count(b"\n") - 1)
        assert write(path, ROWS) == [1, 2, 3][kept:], cut
        assert path.read_bytes() == whole


def test_answers_may_be_added_and_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "g"
    write(path, ROWS)
    assert write(path, [*ROWS, row(4, "number 1")]) == [4]
    whole = path.read_bytes()
    for rows, line in (([ROWS[0], row(2, "new")], 3), (ROWS[:1], 3), ([row(1, "new")], 2)):
        with pytest.raises(InputError, match="other answers") as refused:
            write(path, rows)
        assert refused.value.where is not None
        assert refused.value.where.line == line
    assert path.read_bytes() == whole


def test_grades_of_another_grader_or_bank_are_not_mixed(tmp_path: Path) -> None:
    path = tmp_path / "g"
    write(path, ROWS)
    other = OVERLAP.model_copy(update={"version": "2"})
    with pytest.raises(InputError, match="another grader"):
        write(path, ROWS, ClassHead.of(BANK, other))
    with pytest.raises(InputError, match="another bank"):
        write(path, ROWS, ClassHead.of(bank([question(1, kind="list"), question(2)]), OVERLAP))


@pytest.mark.parametrize("text", ["my notes", "my notes\n", '{"kind": "graded"}\n', "\n", "{"])
def test_what_is_no_file_of_grades_stays_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "notes"
    path.write_text(text)
    if text != "{":  # which a head begins with too
        with pytest.raises(InputError, match="no file of grades"):
            write(path, ROWS)
        assert path.read_text() == text


def test_a_line_that_was_damaged_is_named(tmp_path: Path) -> None:
    path = tmp_path / "g"
    write(path, ROWS)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:2], b"{}\n", *lines[3:]]))
    for read in (lambda: write(path, ROWS), lambda: list(read_rows(path))):
        with pytest.raises(InputError) as refused:
            read()
        assert str(refused.value.where) == f"{path}:3"


def test_two_runs_do_not_write_one_file(tmp_path: Path) -> None:
    with (
        GradesFile(tmp_path / "g", HEAD),
        pytest.raises(InputError, match="another run writes"),
    ):
        GradesFile(tmp_path / "g", HEAD)
