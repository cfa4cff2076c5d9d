"""What is read of answers collected elsewhere, and what is refused, with its line."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from class_parts import BANK, write_lines
from hypothesis import example, given
from hypothesis import strategies as st
from samples import ROOT

from interviewer.classroom.answer_files import answer_files, collected
from interviewer.classroom.class_values import Collected, NotGradable
from interviewer.classroom.line_files import LONGEST_LINE
from interviewer.errors import InputError
from interviewer.specs import banks


def read(path: Path) -> list[Collected | NotGradable]:
    return list(collected([path], BANK))


def shape(row: Collected | NotGradable) -> tuple[object, ...]:
    told = row.answer if isinstance(row, Collected) else row.reason
    return row.line, row.question, row.candidate, told


def test_json_lines_with_what_is_wrong_in_them(tmp_path: Path) -> None:
    path = write_lines(
        tmp_path / "a.jsonl",
        [
            {"question": 1, "answer": "  one \n", "candidate": "Ann", "id": 7, "score": 1},
            "",
            "nonsense",
            '{"question": "Q2", "text": "two", "student": "Bo"}',
            '{"question": 9, "answer": "x"}',
            '{"question": true, "answer": "x"}',
            '{"answer": "x"}',
            '{"question": 3, "answer": ""}',
            '{"question": 3, "answer": ["x"]}',
            "[1]",
            '{"question": 3, "answer": "\\ud800"}',
        ],
    )
    assert [shape(row) for row in read(path)] == [
        (1, 1, "Ann", "one"),
        (3, None, "", "the line is not valid JSON: Expecting value: line 1 column 1 (char 0)"),
        (4, 2, "Bo", "two"),
        (5, None, "", "there is no such question in 'small': 9"),
        (6, None, "", "there is no such question in 'small': True"),
        (7, None, "", "it does not say which question it answers"),
        (8, 3, "", "there is no answer"),
        (9, 3, "", "the answer is no text"),
        (10, None, "", "the line holds no JSON object"),
        (11, 3, "", "\ufffd"),
    ]
    assert read(path)[0].id == "7"


def test_bytes_that_are_no_text_and_a_line_without_end(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = b'{"question": 1, "answer": "x"}\n'
    path.write_bytes(
        b"\xef\xbb\xbf" + good + b"\xff\xfe\n" + b"[" * (2 * LONGEST_LINE + 9) + b"\n" + good
    )
    assert [shape(row)[0::3] for row in read(path)] == [
        (1, "x"), (2, "the line is not UTF-8 text"), (3, "the line is too long"), (4, "x"),
    ]  # fmt: skip


TABLE = """\
student;Question;Answer;mark
Ann;1;"Two lines;
with a semicolon";5
Bo;Q2;two;4
;;;
Cy;2;broken "quotes" in it;3
Di;2;much;too;wide
Ed;7;x;1
"""


def test_a_table_with_an_answer_a_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xef\xbb\xbf" + TABLE.encode())
    found = [shape(row) for row in read(path)]
    assert found[:3] == [
        (2, 1, "Ann", "Two lines;\nwith a semicolon"),
        (4, 2, "Bo", "two"),
        (6, 2, "Cy", 'broken "quotes" in it'),
    ]
    assert found[3][:3] == (7, None, "Di")
    assert "more cells" in str(found[3][3])
    assert found[4] == (8, None, "Ed", "there is no such question in 'small': 7")


def test_a_table_with_a_candidate_a_row(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("Email\tPrompt number 1?\tQ3\tnotes\na@b\tx\ty\tz\nc@d\tw\t\t\n", "utf-8")
    assert [shape(row) for row in read(path)] == [
        (2, 1, "a@b", "x"), (2, 3, "a@b", "y"), (3, 1, "c@d", "w"),
        (3, 3, "c@d", "there is no answer"),
    ]  # fmt: skip


def test_after_a_row_that_is_none_the_table_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'question,answer\n1,"a"b\n2,\xff\n3,c\n2,"open\n')
    found = [shape(row) for row in read(path)]
    assert [row[0] for row in found] == [2, 3, 4, 5]
    assert "quotation mark" in str(found[0][3])
    assert found[1][3] == "the row cannot be read: the line is not UTF-8 text"
    assert found[2] == (4, 3, "", "c")
    assert "quotation mark" in str(found[3][3])


@given(st.lists(st.tuples(st.integers(1, 3), st.text(st.characters(codec="utf-8")))))
@example([(1, "a\x00b")])
def test_what_is_written_as_a_table_is_read_as_it_was(rows: list[tuple[int, str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([("question", "answer"), *rows])
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder, "a.csv")
        path.write_bytes(out.getvalue().encode())
        found = read(path)
    assert [r.answer or "" for r in found] == [text.strip() for _, text in rows]
    assert [r.question for r in found] == [number for number, _ in rows]


def test_a_folder_holds_sessions_and_tables(tmp_path: Path) -> None:
    bank = banks.open_bank()
    log = ROOT / "transcripts" / "examples" / "session.jsonl"
    (tmp_path / "b.jsonl").write_bytes(log.read_bytes())
    (tmp_path / "b.calls.jsonl").write_text("{}\n")
    (tmp_path / "notes.txt").write_text("no\n")
    (tmp_path / "a.csv").write_text("question,answer\n1,x\n")
    (tmp_path / "out.jsonl").write_text("")
    paths = answer_files([tmp_path], tmp_path / "out.jsonl")
    assert [p.name for p in paths] == ["a.csv", "b.jsonl"]
    rows = list(collected(paths, bank))
    assert rows[0].answer == "x"
    assert len(rows) > 5
    assert {row.candidate for row in rows[1:]} == {rows[1].candidate} != {""}
    assert len({row.question for row in rows[1:]}) == len(rows) - 1
    asked = [row.question for row in rows[1:] if row.question is not None]
    assert min(asked) in BANK
    assert max(asked) not in BANK
    assert [shape(row)[3] for row in collected([tmp_path / "b.jsonl"], BANK)] == [
        f"question {number} of the bank 'small' is another one"
        if number in BANK
        else f"there is no such question in 'small': {number}"
        for number in asked
    ]


def test_what_is_no_answers_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "no.csv").write_text("colour,size\nred,1\n")
    for name, said in (("none.jsonl", "no such file"), ("a.txt", "no file of answers"),
                       ("empty", "holds no answers")):  # fmt: skip
        with pytest.raises(InputError, match=said):
            answer_files([tmp_path / name])
    with pytest.raises(InputError, match="does not name the columns"):
        read(tmp_path / "no.csv")
