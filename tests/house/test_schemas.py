"""The published schemas: what is committed is what the code says, and old logs still fit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from report_parts import full_story
from samples import ROOT

from interviewer.cli import schemas
from interviewer.report import report_data, report_html
from interviewer.session.events import EVENT
from interviewer.session.fold import fold
from interviewer.session.log_file import read_log

FOLDER = ROOT / "docs" / "schemas"
OLD = sorted(ROOT.joinpath("tests", "data", "logs").glob("v*/*.jsonl"))
LOGS = [*OLD, ROOT / "examples" / "session.jsonl"]
LINE, REPORT = (Draft202012Validator(schema) for schema in schemas.files().values())


def test_what_is_committed_is_what_the_code_says() -> None:
    kept = {path.name: json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.json")}
    made = schemas.files()
    assert {name: kept.get(name) for name in made} == made, "run 'make schemas'"


@pytest.mark.parametrize("schema", schemas.files().values(), ids=schemas.files())
def test_they_are_schemas(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)


def test_there_are_old_logs() -> None:
    events = {json.loads(line)["event"] for path in OLD for line in path.open(encoding="utf-8")}
    assert events >= {
        *("started", "asked", "answered", "graded", "probed", "hinted", "skipped"),
        *("paused", "resumed", "closed"),
    }


@pytest.mark.parametrize("path", LOGS, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_old_logs_still_load_and_fit(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    for line in lines:
        LINE.validate(json.loads(line))
    read = read_log(path)
    assert len(read.events) == len(lines)
    assert not read.torn
    for count in range(1, len(lines) + 1, max(1, len(lines) // 20)):
        built = report_data.build(fold(read.events[:count]))
        REPORT.validate(json.loads(built.model_dump_json()))
        assert report_html.render(built).endswith("</html>\n")


def test_what_the_program_writes_fits() -> None:
    story = full_story("words")
    for event in story.events:
        LINE.validate(json.loads(EVENT.dump_json(event)))
    REPORT.validate(json.loads(report_data.build(story.session).model_dump_json()))


def test_the_schemas_refuse_what_does_not_fit() -> None:
    line = json.loads(EVENT.dump_json(full_story("words").events[0]))
    assert not LINE.is_valid({**line, "event": "begun"})
    assert not LINE.is_valid({**line, "more": 1})
    assert not LINE.is_valid({k: v for k, v in line.items() if k != "bank"})
    built = json.loads(report_data.build(full_story("words").session).model_dump_json())
    assert not REPORT.is_valid({**built, "report_version": 2})
    assert not REPORT.is_valid({k: v for k, v in built.items() if k != "strip"})
