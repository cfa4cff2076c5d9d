"""Graded answers to exam questions that no shipped weights were trained on: to weigh a judge by."""

from __future__ import annotations

from functools import cache

from interviewer.agreement.gold_answers import GoldSet
from interviewer.common import files, system
from interviewer.errors import REINSTALL, WeightsError, Where

MAX_BYTES = 4_000_000


@cache
def exam_answers() -> GoldSet:
    """Some of the reserved exam questions, with their graded answers.

    On answers such as it was trained on the offline grader is surer than on anything new, and a judge
    weighed there against it would get no weight.
    """
    path = system.package_data("trial/data") / "exams.json"
    try:
        return GoldSet.model_validate_json(files.read_bounded(path, MAX_BYTES, WeightsError))
    except (WeightsError, ValueError) as error:
        raise WeightsError(
            "the exam answers are missing or damaged", where=Where(str(path)), hint=REINSTALL
        ) from error
