"""JSON Schemas (draft 2020-12) of what the program writes for other programs to read."""

from __future__ import annotations

from typing import Any

from interviewer.bank.bank_stats import STATS_VERSION, BankStats
from interviewer.bank.importing.import_report import IMPORT_VERSION, ImportReport
from interviewer.check.check_values import CHECK_VERSION, CheckReport
from interviewer.classroom.class_values import GRADES_LINE, GRADES_VERSION
from interviewer.classroom.findings.finding_values import CLASS_VERSION, ClassReport
from interviewer.cli import bank_schemas
from interviewer.common.base import Value
from interviewer.grading.judges.judge_data import FIT_VERSION, OwnFit
from interviewer.learning.learn_report import LEARN_VERSION, LearnReport
from interviewer.progress.progress_values import PROGRESS_VERSION, Progress
from interviewer.regrade.comparison import COMPARISON_VERSION, Comparison
from interviewer.report.report_values import REPORT_VERSION, Report
from interviewer.report.shapes import GRADE_VERSION, GradeReport
from interviewer.session.events import EVENT, LOG_VERSION
from interviewer.trial.trial_values import TRIAL_VERSION, TrialReport, TrialTable

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


def grades_line() -> dict[str, Any]:
    """One line of the grades of a class: the first is a head, the others are rows."""
    return _headed(
        "grades-line",
        GRADES_VERSION,
        "One line of what 'interviewer grade ANSWERS... -o GRADES' writes.",
        GRADES_LINE.json_schema(mode="serialization"),
    )


def printed() -> dict[str, tuple[int, type[Value], str]]:
    """What the commands print with --json: by name the version, the value, and what it is.

    Every field is always there.
    """
    return {
        "bank-stats": (
            STATS_VERSION,
            BankStats,
            "A bank in figures: 'interviewer bank stats --json'.",
        ),
        "calibration": (FIT_VERSION, OwnFit, "A fitted judge: 'interviewer calibrate --json'."),
        "check": (
            CHECK_VERSION,
            CheckReport,
            "Graders against people: 'interviewer check --json'.",
        ),
        "class": (
            CLASS_VERSION,
            ClassReport,
            "What the grades of a class show: 'interviewer report-class --json'.",
        ),
        "comparison": (
            COMPARISON_VERSION,
            Comparison,
            "Two gradings side by side: 'interviewer compare --json'.",
        ),
        "grade": (GRADE_VERSION, GradeReport, "One answer graded: 'interviewer grade --json'."),
        "import": (
            IMPORT_VERSION,
            ImportReport,
            "A document made a bank: 'interviewer import --json'.",
        ),
        "learn": (
            LEARN_VERSION,
            LearnReport,
            "What was learned for a bank: 'interviewer bank learn --json'.",
        ),
        "progress": (
            PROGRESS_VERSION,
            Progress,
            "All sessions on a bank: 'interviewer progress --json'.",
        ),
        "report": (REPORT_VERSION, Report, "A session: 'interviewer report --json'."),
        "trial": (TRIAL_VERSION, TrialReport, "A trial of a model: 'interviewer trial --json'."),
        "trials": (
            TRIAL_VERSION,
            TrialTable,
            "All kept trials: 'interviewer trial --table --json'.",
        ),
    }


def files() -> dict[str, dict[str, Any]]:
    """Every schema by the name of its file."""
    made = {f"transcript-log-line-v{LOG_VERSION}.json": log_line()}
    for name, what, schema in (
        ("bank-file", "The bank.yaml of a bank, for editors.", bank_schemas.bank_file()),
        ("bank-section", "A section of a bank, for editors.", bank_schemas.section_file()),
    ):
        version = bank_schemas.BANK_FORMAT_VERSION
        made[f"{name}-v{version}.json"] = _headed(name, version, what, schema)
    made[f"grades-line-v{GRADES_VERSION}.json"] = grades_line()
    for name, (version, value, what) in printed().items():
        schema = value.model_json_schema(mode="serialization")
        made[f"{name}-v{version}.json"] = _headed(name, version, what, schema)
    return made


def _headed(name: str, version: int, what: str, schema: dict[str, Any]) -> dict[str, Any]:
    head = {"$schema": DIALECT, "$id": f"urn:interviewer:{name}:v{version}"}
    return {**head, **schema, "title": f"interviewer {name} v{version}", "description": what}
