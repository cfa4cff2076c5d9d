"""JSON Schemas of the files of a bank, for the completion of editors."""

from __future__ import annotations

from typing import Any

from interviewer.bank.questions import Aim, Criterion, Misconception, Question, Section, Tier

BANK_FORMAT_VERSION = 1
_RANGES = {"type": "string", "pattern": r"^\s*\d+(\s*-\s*\d+)?(\s*,\s*\d+(\s*-\s*\d+)?)*\s*$"}


def section_file() -> dict[str, Any]:
    """A file of a section: a prompt, and a reference or a criterion, are enough of a question."""
    schema = Question.model_json_schema(mode="validation")
    defs = schema.pop("$defs")
    properties = {k: v for k, v in schema["properties"].items() if k != "section"}
    for key, name in (("criteria", Criterion), ("misconceptions", Misconception)):
        # A bare text is a statement; an id is made where there is none.
        items = {"anyOf": [{"type": "string"}, {"$ref": f"#/$defs/{name.__name__}"}]}
        properties[key] = {**properties[key], "items": items}
        defs[name.__name__]["required"] = ["statement"]
    question = {
        **schema,
        "properties": properties,
        "required": ["prompt"],
        "anyOf": [{"required": ["references"]}, {"required": ["criteria"]}],
    }
    return {
        "type": "object",
        "properties": {
            "section": {"type": "string", "minLength": 1},
            "questions": {"type": "array", "items": {"$ref": "#/$defs/Question"}},
        },
        "required": ["section", "questions"],
        "additionalProperties": False,
        "$defs": {**defs, "Question": question},
    }


def bank_file() -> dict[str, Any]:
    """The bank.yaml of a bank."""
    defs = {}
    for value in (Section, Tier, Aim):
        schema = value.model_json_schema(mode="validation")
        if "questions" in schema["properties"]:
            held = schema["properties"]["questions"]
            schema["properties"]["questions"] = {"anyOf": [_RANGES, held]}
        defs[value.__name__] = schema
    section = defs["Section"]
    section["properties"]["file"] = {"type": "string", "pattern": r"^[^/\\]+\.yaml$"}
    section["required"] = ["id", "file"]
    text = {"type": "string", "minLength": 1}
    lists = {
        key: {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}
        for key, name in (("sections", "Section"), ("tiers", "Tier"), ("aims", "Aim"))
    }
    return {
        "type": "object",
        "properties": {"id": text, "version": text, "title": text, **lists},
        "required": ["sections"],
        "additionalProperties": False,
        "$defs": defs,
    }
