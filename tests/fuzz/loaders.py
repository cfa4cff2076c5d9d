"""The loaders, each with sound documents to spoil and what is done with what it loads.

`Loader.load` either loads the bytes, or raises an error of the program's own tree.
Anything else that is raised is a fault.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from conftest import HEAD, SECTION_A
from samples import GRADER, bank, grade, question
from scene_parts import screen, whole_story

from interviewer.bank import lint
from interviewer.bank.bank_files import load_bank
from interviewer.chat.chat_record import Records, read_reply_data
from interviewer.check import asag_files, gold_files
from interviewer.classroom import class_html
from interviewer.classroom.answer_files import collected
from interviewer.classroom.class_values import ClassHead, Collected, graded_row, ungraded_row
from interviewer.classroom.findings.class_findings import find
from interviewer.classroom.grades_file import GradesFile, read_head, read_rows
from interviewer.cli.settings import load_settings
from interviewer.common.files import decoded
from interviewer.errors import InputError, InterviewerError, TranscriptError
from interviewer.grading.judges.judge_replies import findings
from interviewer.history import log_reader
from interviewer.interview.script_terminal import parse_script
from interviewer.replay.scenes import scenes
from interviewer.report import markdown_report, report_data
from interviewer.session.events import EVENT
from interviewer.session.log_file import Lines, check_canonical, parse_log, read_log

GOLD_BANK = bank([question(1, misconceptions=[("swap", 0.5)]), question(2)])


@dataclass(frozen=True)
class Loader:
    """What is fed to one loader, and sound documents for it."""

    load: Callable[[bytes], None]
    seeds: tuple[bytes, ...]


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="fuzz-"))


def _file(name: str, data: bytes) -> Path:
    path = _folder() / name
    path.write_bytes(data)
    return path


_SMALL_HEAD = 'id: t\nversion: "1"\ntitle: T\nsections: [{id: A, title: F, file: a.yaml}]\n'
_SMALL_SECTION = """\
section: A
questions:
  - {id: 1, kind: why, prompt: P, references: [r], criteria: [{id: c, statement: s}]}
  - {id: 2, kind: why, prompt: P, references: [r], criteria: [{id: c, statement: s}]}
"""
_HEAD = HEAD.replace("  - {id: Q, title: Quick fire, file: q.yaml}\n", "").replace("1-3", "1-2")


def _load_bank(data: bytes) -> None:
    """The bytes as bank.yaml where they begin as one, else as its section; the other part is sound."""
    head = data.lstrip().startswith((b"id", b"title", b"version"))
    folder = _folder() / "bank"
    folder.mkdir(exist_ok=True)
    (folder / "bank.yaml").write_bytes(data if head else _SMALL_HEAD.encode())
    (folder / "a.yaml").write_bytes(_SMALL_SECTION.encode() if head else data)
    lint.structural(load_bank(folder))


def _load_log(data: bytes) -> None:
    path = _file("log.jsonl", data)
    read = read_log(path)
    assert read == parse_log(path, data)
    with suppress(TranscriptError):
        check_canonical(read)
    screen(scenes(read.events))
    markdown_report.render(report_data.build(read.session))
    report_data.build(read.session).model_dump_json()
    task = log_reader.Task(path, log_reader.Stamp(1, 1, 1), None)
    for entry in log_reader.read_batch([task], Lines()).entries:
        entry.decoded()


def _load_answers(data: bytes) -> None:
    script = parse_script(decoded(data, "answers", InputError), "answers")
    for number in range(3):
        while script.next(number):
            pass
    sum(script.seconds.values())


def _load_collected(data: bytes) -> None:
    """As lines or as a table: every row is an answer or says why it is none."""
    name = "a.jsonl" if data.lstrip()[:1] == b"{" else "a.csv"
    for row in collected([_file(name, data)], GOLD_BANK):
        assert row.line >= 1
        row.model_dump_json().encode()


def _load_grades(data: bytes) -> None:
    """Read, reported on, and gone on with."""
    path = _file("grades", data)
    head = read_head(path)
    report = find(head, read_rows(path), [])
    class_html.render(report).encode()
    with GradesFile(path, head):
        pass


def _load_gold(data: bytes) -> None:
    path = _file("gold.jsonl", data)
    if asag_files.looks_external(path):
        asag_files.load_set("other", [path])
    else:
        gold_files.load_gold(path, GOLD_BANK)


def _load_config(data: bytes) -> None:
    load_settings(_file("config.toml", data), {})


def _load_reply(data: bytes) -> None:
    findings(data.decode("utf-8", "surrogateescape"), ("c1", "c2"))
    findings(data.decode("latin-1"), ("c1",))


def _load_calls(data: bytes) -> None:
    records = Records.load(_file("x.calls.jsonl", data))
    for outcomes in records.by_hash.values():
        for outcome in outcomes:
            if "reply" in outcome:
                read_reply_data(outcome["reply"], "m").text.encode()


def _lines(*rows: object) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


_SCORED = {"id": "a", "question": 1, "answer": "x", "score": 0.5, "kind": "echo", "passed": True}
_RATED = {
    **_SCORED, "id": "b", "verdicts": {"big": "met", "small": "unmet"}, "misconceptions": ["swap"],
    "held_out": True, "raters": {"1": {"verdicts": {"big": "met"}}, "2": {"score": 0.25}},
}  # fmt: skip
_EXTERNAL = {
    "id": "e1", "dataset": "d", "qid": "Q", "question": "Why?", "reference": ["one", "two"],
    "answer": "because", "score": 1.5, "max_score": 2.0, "label": {"2way": "correct"},
}  # fmt: skip
_RUBRIC = {
    **_EXTERNAL, "id": "e2", "rater_scores": [1, 2], "rubric": [
        {"id": 1, "text": "A.", "points": 2.0, "met": True, "met_raters": [True, True]},
        {"id": 2, "text": "B.", "points": 1.0, "met": None, "met_raters": [True, False]},
    ],
}  # fmt: skip
_CALL = {
    "hash": "0" * 64, "request": {"model": "m"},
    "reply": {"text": "Yes.", "usage": {"tokens_in": 1, "tokens_out": 2, "cost": None},
              "alternatives": [["Yes", -0.1], ["No", -2.5]], "cut": False},
}  # fmt: skip
_REPLY = {
    "verdicts": [
        {"id": "c1", "evidence": "a quote", "verdict": "met", "confidence": "high"},
        {"id": "c2", "evidence": "", "verdict": "not_met", "confidence": 0.5},
    ]
}
_CONFIG = b"""\
model = "openai:x"  # a comment
judge = 'openai:strict'
base_url = "http://localhost:8080/v1"
style = "tough"
judge_mode = "each"
deadline = 30.5
budget = "1.50"
"""

_ROW = Collected(file="a", line=1, id="i", candidate="c", question=1, answer="x y z")
_GRADED = (
    graded_row(_ROW, grade(GOLD_BANK.question(1), {"big": "met", "small": "timeout"})),
    graded_row(_ROW, grade(GOLD_BANK.question(1), {"swap": "met"})),
    ungraded_row(_ROW, "why not"),
)

LOADERS = {
    "bank": Loader(_load_bank, (_HEAD.encode(), SECTION_A.encode())),
    "log": Loader(_load_log, (b"".join(EVENT.dump_json(e) + b"\n" for e in whole_story().events),)),
    "answers": Loader(
        _load_answers,
        (
            _lines(
                {"question": 1, "answer": "x", "probes": ["y", "z"], "seconds": 4.5},
                {"question": 2, "answer": "\ud83d\ude00", "seconds": 1},
            ),
            b"first\n\nsecond\n",
        ),
    ),
    "collected": Loader(
        _load_collected,
        (
            _lines(
                {"question": 1, "answer": "x", "candidate": "Ann", "id": 7},
                {"q": "Q2", "text": "y"},
            ),
            b'question,answer,candidate\n1,"x, y\nz",Ann\n2,y,\n',
            b"student;Q1;Q2\nAnn;x;y\nBo;;z\n",
        ),
    ),
    "grades": Loader(
        _load_grades,
        (
            ClassHead.of(GOLD_BANK, GRADER).model_dump_json().encode()
            + b"\n"
            + _lines(*(json.loads(row.model_dump_json()) for row in _GRADED)),
        ),
    ),
    "gold": Loader(_load_gold, (_lines(_SCORED, _RATED), _lines(_EXTERNAL, _RUBRIC))),
    "config": Loader(_load_config, (_CONFIG,)),
    "reply": Loader(
        _load_reply,
        (
            b"Here it is:\n```json\n" + json.dumps(_REPLY, indent=1).encode() + b"\n```\n",
            _lines(_REPLY),
        ),
    ),
    "calls": Loader(
        _load_calls, (_lines(_CALL, {"hash": "1" * 64, "error": "ModelBusy", "message": "later"}),)
    ),
}


def feed(loader: Loader, data: bytes) -> bool:
    """Whether it loads. Whatever is not an error of the program's own tree is let through."""
    try:
        loader.load(data)
    except InterviewerError as error:
        return not error.message
    return True
