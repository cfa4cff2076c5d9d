"""The published schemas: what is committed is what the code says, and old logs still fit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from report_parts import full_story
from ruamel.yaml import YAML
from samples import ROOT

from interviewer.cli import schemas
from interviewer.report import report_data, report_html
from interviewer.session.events import EVENT
from interviewer.session.fold import fold
from interviewer.session.log_file import read_log

FOLDER = ROOT / "docs" / "schemas"
OLD = sorted(ROOT.joinpath("tests", "data", "logs").glob("v*/*.jsonl"))
LOGS = [*OLD, ROOT / "transcripts" / "examples" / "session.jsonl"]
MADE = schemas.files()
READ = ("transcript", "bank-file", "bank-section", "grades-line")
"""Schemas of what is read, where a field with a default may be left out; the rest are printed."""

LINE = Draft202012Validator(MADE["transcript-log-line-v1.json"])
REPORT = Draft202012Validator(MADE["report-v1.json"])


def test_what_is_committed_is_what_the_code_says() -> None:
    kept = {path.name: json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.json")}
    assert kept == MADE, "run 'make schemas'"


@pytest.mark.parametrize("schema", MADE.values(), ids=MADE)
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


def test_the_same_thing_has_the_same_shape_everywhere() -> None:
    shapes: dict[str, list[Any]] = {}
    for name, schema in MADE.items():
        if not name.startswith(READ):
            for shape, definition in {**schema["$defs"], schema["title"]: schema}.items():
                shapes.setdefault(shape, []).append(definition)
    assert {"Verdict", "Ungraded", "GradeReport", "Standing", "BankFacts"} <= {
        shape for shape, found in shapes.items() if len(found) > 1
    }
    for shape, found in shapes.items():
        assert all(definition == found[0] for definition in found), shape


def test_nothing_else_is_called_a_verdict_or_a_standing() -> None:
    """A shape of another name with the fields of a shared one would be a second shape of it."""
    marks = (
        {"confidence", "level"},
        {"cause", "criterion"},
        {"target", "chance"},
        {"score", "claims"},
    )
    for schema in (MADE[name] for name in MADE if not name.startswith(READ)):
        for shape, definition in schema["$defs"].items():
            fields = set(definition.get("properties", ()))
            if any(mark <= fields for mark in marks):
                assert shape in {"Verdict", "Ungraded", "Standing", "GradeReport"}


def test_every_field_is_there_and_no_other() -> None:
    for name, schema in MADE.items():
        for shape in (schema, *schema["$defs"].values()):
            if "properties" in shape and not name.startswith(READ):
                assert shape["additionalProperties"] is False
                assert set(shape["required"]) == set(shape["properties"])


def test_banks_fit_the_schemas_that_editors_complete_by() -> None:
    yaml = YAML(typ="safe", pure=True)
    head = Draft202012Validator(MADE["bank-file-v1.json"])
    section = Draft202012Validator(MADE["bank-section-v1.json"])
    folder = ROOT / "rubrics" / "multimodal-embeddings"
    head.validate(yaml.load(folder / "bank.yaml"))
    section.validate(yaml.load(folder / "a-bag-of-words.yaml"))
    bare = {"section": "A", "questions": [{"prompt": "Why?", "criteria": ["So."]}]}
    section.validate(bare)
    assert not section.is_valid({**bare, "questions": [{"prompt": "Why?"}]})
    assert not section.is_valid({**bare, "questions": [{"prompt": "Why?", "refs": ["So."]}]})
    assert not head.is_valid({"sections": [{"id": "A", "file": "../a.yaml"}]})
    assert not head.is_valid(
        {"sections": [], "aims": [{"name": "a", "questions": "x", "target": 1}]}
    )
