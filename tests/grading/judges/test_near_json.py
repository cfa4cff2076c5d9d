"""What models write for JSON: read where it says one thing, and refused for the true reason."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.grading.judges.judge_replies import ClaimReply, findings
from interviewer.grading.judges.near_json import mended


@pytest.mark.parametrize(
    "reply",
    [
        '{"C1": {"Evidence": "deflects light", "Verdict": "MET", "CONFIDENCE": "High"}}',
        '{"c1": {"evidence": "deflects light", "verdict": "met", "confidence": "high",},}',
        "{'c1': {'evidence': 'deflects light', 'verdict': 'met', 'confidence': 'high'}}",
        '{"c1": {"evidence": "deflects light", "verdict": "met", "confidence": "high", "x": "\\alpha"}}',
        '{"c1": {"evidence": "deflects light", "verdict": "met", "confidence": "high", "x": "a\nb"}}',
        '[{"ID": "C1", "Verdict": "met", "evidence": "deflects light", "confidence": "high"}]',
    ],
)
def test_what_is_nearly_json_is_read(reply: str) -> None:
    assert findings(reply, ["c1"]) == {"c1": ClaimReply("met", "deflects light", 0.95)}


@pytest.mark.parametrize(
    ("evidence", "read"),
    [
        (r"\\frac{1}{\\lambda}", r"\frac{1}{\lambda}"),
        (r"\frac{1}{\lambda}", r"\frac{1}{\lambda}"),
        (r"\theta and \tau", r"\theta and \tau"),
        ("it’s the air's", "it’s the air's"),
    ],
)
def test_latex_and_apostrophes_come_through(evidence: str, read: str) -> None:
    said = f"{{'c1': {{'evidence': '{evidence}', 'verdict': 'met', 'confidence': 'high'}}}}"
    assert findings(said, ["c1"]) == {"c1": ClaimReply("met", read, 0.95)}


def test_latex_comes_through_json_that_is_whole() -> None:
    said = r'{"c1": {"evidence": "by \theta, \nabla", "verdict": "met", "confidence": "high"}}'
    assert findings(said, ["c1"]) == {"c1": ClaimReply("met", r"by \theta, \nabla", 0.95)}


@pytest.mark.parametrize(
    ("reply", "cause"),
    [
        ('{"c1": {"evidence": "a", "verdict": "met", "confi', "bad-reply"),
        ('{"c1": {"evidence": "a"}, oops}', "bad-reply"),
        ('{"c7": {"evidence": "a", "verdict": "met"}}', "missing"),
        ("{}", "missing"),
        ("no", "bad-reply"),
    ],
)
def test_the_reason_is_the_true_one(reply: str, cause: str) -> None:
    assert findings(reply, ["c1"]) == {"c1": cause}


SHAPES = st.text(alphabet="ab '\",{}[]:é")


@given(st.dictionaries(SHAPES, SHAPES | st.none() | st.lists(SHAPES, max_size=2), max_size=3))
def test_what_is_json_already_is_not_changed_by_mending(value: dict[str, Any]) -> None:
    assert json.loads(mended(json.dumps(value, ensure_ascii=False))) == value


@given(st.text(alphabet="{}[]\"\\',:abn \n"))
def test_mending_never_raises(text: str) -> None:
    mended(text)
    findings(text, ["c1"])
