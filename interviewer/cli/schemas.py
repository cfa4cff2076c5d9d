"""JSON Schemas (draft 2020-12) of what the program writes for other programs to read."""

from __future__ import annotations

from typing import Any

from interviewer.report.report_values import REPORT_VERSION, Report
from interviewer.session.events import EVENT, LOG_VERSION

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def log_line() -> dict[str, Any]:
    """One line of a session log. Fields with a default may be left out, as older logs do."""
    return _headed(
        "transcript-log-line",
        LOG_VERSION,
        "One line of a session log: an event. A log is one event a line, numbered from 0 by 'seq'; "
        "the first is 'started'.",
        EVENT.json_schema(mode="validation"),
    )


def report() -> dict[str, Any]:
    """What `interviewer report --json` prints; every field is always there."""
    return _headed(
        "report",
        REPORT_VERSION,
        "A session as 'interviewer report --json' prints it.",
        Report.model_json_schema(mode="serialization"),
    )


def files() -> dict[str, dict[str, Any]]:
    """Every schema by the name of its file."""
    return {
        f"transcript-log-line-v{LOG_VERSION}.json": log_line(),
        f"report-v{REPORT_VERSION}.json": report(),
    }


def _headed(name: str, version: int, what: str, schema: dict[str, Any]) -> dict[str, Any]:
    head = {"$schema": DIALECT, "$id": f"urn:interviewer:{name}:v{version}"}
    return {**head, **schema, "title": f"interviewer {name} v{version}", "description": what}
