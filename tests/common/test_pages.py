"""The frame of every page: one style sheet that is allowed by its hash, everything escaped."""

from __future__ import annotations

import base64
import hashlib
from html import escape

import pytest
from fakes import ScriptedGrader
from hostile import HOSTILE, unsafe
from hypothesis import given
from past_parts import BIG, MET, history
from report_parts import Read, full_story, page_of
from samples import bank, question

from interviewer.agreement.gold_answers import Checked, GoldAnswer, GoldSet
from interviewer.check import check_html, check_report
from interviewer.check.check_values import CheckReport
from interviewer.common import pages
from interviewer.common.text import printable
from interviewer.grading.grader import GradeRequest
from interviewer.progress import progress_html, trends


def checked(text: str) -> CheckReport:
    grader = ScriptedGrader()
    asked = question()
    answer = GoldAnswer(id="a", question=1, answer=text, score=1.0, kind=text, passed=True)
    grade = grader.grade(GradeRequest(asked, text, asked.prompt))
    gold = GoldSet(name="gold", bank=bank([asked]), answers=(answer,))
    items = (Checked(gold=answer, question=asked, grade=grade),)
    return check_report.build([check_report.GraderRun(text, grader.identity, gold, items)], 1)


MADE = {
    "report": page_of(full_story("a").session),
    "progress": progress_html.render(trends.build(history([(1, MET)], [(2, BIG)]), "small")),
    "check": check_html.render(checked("a")),
}


@pytest.mark.parametrize("page", MADE.values(), ids=MADE)
def test_a_page_asks_for_nothing_and_allows_one_style(page: str) -> None:
    read = Read(page)
    digest = base64.b64encode(hashlib.sha256(read.style.encode()).digest()).decode()
    assert [v["content"] for _, v in read.tags if v.get("http-equiv")] == [
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    ]
    assert [tag for tag, _ in read.tags].count("style") == 1
    assert not {tag for tag, _ in read.tags} & {"script", "link", "img", "iframe", "form", "base"}
    names = {name for _, values in read.tags for name in values}
    assert not names & {"style", "src", "srcset"}
    assert not {name for name in names if name.startswith("on")}
    assert "\n\n\n\n" not in page


@given(HOSTILE)
def test_a_check_shows_words_from_outside_as_they_are(text: str) -> None:
    page = check_html.render(checked(f"x{text}"))
    assert Read(page).skeleton() == Read(MADE["check"]).skeleton()
    assert not unsafe(page)


def test_a_template_cannot_forget_to_escape() -> None:
    made = pages._environment().from_string(
        "{{ a }}|{{ a|capital }}|<i title='{{ a }}'>{{ a ~ a }}"
    )
    evil = "<b>'\"&\x1b[2J\u202e"
    safe = escape(printable(evil)).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")
    assert made.render(a=evil) == f"{safe}|{safe}|<i title='{safe}'>{safe}{safe}"


def test_a_template_says_which_value_it_lacks() -> None:
    with pytest.raises(Exception, match="'absent' is undefined"):
        pages._environment().from_string("{{ absent }}").render()
