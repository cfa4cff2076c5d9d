"""The HTML page of a session: escaped, self-contained, complete."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from hostile import HOSTILE, NASTY, unsafe
from hypothesis import example, given
from hypothesis import strategies as st
from report_parts import Read, full_story, page_of
from samples import Story, bank, question

from interviewer.answer_text.quotes import Evidence
from interviewer.common.text import printable
from interviewer.grading.grades import AnswerGrade, Verdict
from interviewer.report.marks import pieces
from interviewer.session.events import Asked, Clarified, Graded
from interviewer.session.fold import fold

MARKUP = [
    "</style><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "</p></article></main><a href='javascript:alert(1)'>x</a>",
    "<!-- -->&lt;&#60;&amp;<![CDATA[x]]>",
]
HOSTILE_HTML = HOSTILE | st.sampled_from(MARKUP) | st.lists(st.sampled_from(MARKUP)).map("".join)
PLAIN = Read(page_of(full_story("a").session)).skeleton()


@given(HOSTILE_HTML.filter(bool))
@example("".join(NASTY))
@example("".join(MARKUP))
def test_words_from_outside_never_become_markup(text: str) -> None:
    session = full_story(text).session
    page = page_of(session)
    read = Read(page)
    assert read.skeleton() == PLAIN
    assert not unsafe(page)
    said = [t.reply.text for r in session.records for t in r.turns if t.reply and t.graded]
    assert read.answers == [printable(words) for words in said]
    assert read.marks == [printable(said[0])]


def test_the_skeleton_would_notice() -> None:
    assert Read("<p>a</p>").skeleton() != Read("<p><b>a</b></p>").skeleton()
    with pytest.raises(AssertionError, match="unclosed"):
        Read("<p>")


TEXTS = st.text(st.sampled_from("ab \n\r\x07\u202e👩\u200d🔬e\u0301नि"), max_size=30)


@given(TEXTS, st.lists(st.tuples(st.integers(-2, 35), st.integers(-2, 35)), max_size=5))
@example("a\r\nb", [(0, 2), (2, 4)])
def test_marks_cover_their_spans_and_nothing_is_lost(
    text: str, pairs: list[tuple[int, int]]
) -> None:
    spans = [(a, b, str(i)) for i, (a, b) in enumerate(pairs)]
    found = pieces(text, spans)
    assert "".join(p.text for p in found) == printable(text)
    for start, end, label in spans:
        inside = text[max(0, start) : max(0, end)]
        marked = "".join(p.text for p in found if label in p.labels)
        if "\r" not in text:
            assert printable(marked) == printable(inside)
        assert sum(label in p.ends for p in found) == bool(inside)


@pytest.mark.parametrize(
    ("answer", "quoted"),
    [
        ("👩‍🔬 says: order is lost 🏳️‍🌈", "order is lost"),
        ("e\u0301te\u0301, the o\u0308rder", "the o\u0308rder"),
        ("a\r\nb order\r\nc", "b order"),
    ],
)
def test_offsets_are_code_points(answer: str, quoted: str) -> None:
    story = Story(bank([question(1)])).ask(1).answer(answer)
    start = answer.index(quoted)
    proof = Evidence(start=start, end=start + len(quoted))
    verdicts = tuple(
        Verdict(criterion=c, level="met", credit=1, confidence=1, evidence=e)
        for c, e in (("big", proof), ("small", None))
    )
    grade = AnswerGrade(question=1, verdicts=verdicts, score=1)
    story.add(Graded, question=1, answer=2, grade=grade, grader=story.session.started.grader)
    read = Read(page_of(story.session))
    assert read.marks == [quoted]
    assert read.answers == [printable(answer)]


def test_overlapping_evidence_names_each_criterion_where_it_ends() -> None:
    found = pieces("one two three", [(0, 7, "1"), (4, 13, "2"), (4, 13, "a")])
    assert [(p.text, p.labels, p.ends) for p in found] == [
        ("one ", ("1",), ()),
        ("two", ("1", "2", "a"), ("1",)),
        (" three", ("2", "a"), ("2", "a")),
    ]


EVENTS = full_story("words <b>").events


@pytest.mark.parametrize("count", range(1, len(EVENTS) + 1))
def test_any_part_of_a_session_has_a_page(count: int) -> None:
    read = Read(page_of(fold(EVENTS[:count])))
    ids = [values["id"] for _, values in read.tags if "id" in values]
    assert len(ids) == len(set(ids))
    links = [v["href"] or "" for tag, v in read.tags if tag in ("a", "use")]
    assert {link.removeprefix("#") for link in links} <= set(ids)
    named = {v["aria-labelledby"] for _, v in read.tags if "aria-labelledby" in v}
    assert named <= set(ids)


def test_the_page_asks_for_nothing_and_allows_one_style() -> None:
    read = Read(page_of(full_story("a").session))
    digest = base64.b64encode(hashlib.sha256(read.style.encode()).digest()).decode()
    policy = next(v["content"] for _, v in read.tags if v.get("http-equiv"))
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    tags = {tag for tag, _ in read.tags}
    assert not tags & {"script", "link", "img", "iframe", "object", "form", "base"}
    names = {name for _, values in read.tags for name in values}
    assert not names & {"style", "src", "srcset"}
    assert not {name for name in names if name.startswith("on")}
    assert "url(" not in re.sub(r"url\(#\w+\)", "", read.style)


def test_what_was_said_besides_the_answers_stands_on_the_page() -> None:
    of = bank([question(1)])
    story = Story(of).add(
        Asked, question=of.question(1), lead="Now to <this>.", led_by="some:model"
    )
    story.add(Clarified, question=1, asked="In *words*?", reply="In words.", worded_by="some:model")
    story.answer("It is this.").graded({"big": "met"}).probe("small")
    story.add(Clarified, question=1, asked="Which one?", reply="The small one.").skip()
    words = Read(page_of(story.session)).words
    order = (
        "Lead, worded by some:model Now to <this>.",
        "You said in between In *words*?",
        "Reply, worded by some:model In words.",
        "It is this.",
        "Lead to small?",
        "You said in between Which one?",
        "Reply The small one.",
        "Skipped.",
    )
    places = [words.find(part) for part in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)


def test_what_stands_on_the_page() -> None:
    story = Story(bank([question(n) for n in range(1, 6)], tiers=[(1, 2), (3, 4, 5)]))
    story.ask(1).answer("It is this.", seconds=61).graded({"big": "met"})
    story.probe("small").answer("that, too", seconds=5).graded({"small": "met"})
    story.play(2, {"small": "met"}, passing=0.4)
    story.ask(3).hint("big").answer("aha").graded({"big": "met", "small": "met"})
    story.ask(4).skip("unknown")
    page = page_of(story.session)
    words = Read(page).words
    for part in (
        "1 of 4 questions answered cold, without help, in 1:06 of answering; 1 more with help.",
        "1 of 2, 95% 1-2; chance of 1 or more: 1.00.",
        "cold 0.75 · final 1.00 · 1:06 of about 1:00",
        "prompted before the first answer · cold 0.00 · final 1.00",
        "Follow-up 1 on criterion 2 Lead to small?",
        "Hint on criterion 1 Lead to big?",
        "Nothing here for the other criterion.",
        "Borderline: another grader could well decide otherwise.",
        "Did not know.",
        "What a full answer says",
        "Question 4: Prompt number 4?",
    ):
        assert part in words, part
    for cell in (
        ('class="cell cold" href="#q1" aria-label="Question 1: answered cold"'),
        ('class="cell missed" href="#q2" aria-label="Question 2: missed"'),
        ('class="cell prompted" href="#q3" aria-label="Question 3: answered with help"'),
        ('class="cell missed" href="#q4"'),
    ):
        assert cell in page
    assert '<span class="hidden">Question 5: not asked</span>' in page
    assert 'aria-label="Part A: 1 answered cold, 1 answered with help, 2 missed, 0 ungraded' in page
    assert page.count("<details open>") == 3
    assert page.count("<details>") == 1
