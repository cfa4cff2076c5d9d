"""How the cold score moved, and what is in the way."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from past_parts import BIG, MET, NONE, SMALL, history

from interviewer.history.summaries import History
from interviewer.progress import progress_html, progress_text, sparks, trends
from interviewer.progress.daily_rate import Turned
from interviewer.progress.progress_values import Progress, UnreadableLog


def build(*sessions: object) -> Progress:
    return trends.build(history(*sessions), "small")


def test_a_trend_is_the_newer_half_less_the_older() -> None:
    # (0.6 + 1.0) / 2 - (0.0 + 0.2) / 2 = 0.7; the middle one of five is left out.
    assert trends.trend([0.0, 0.2, 0.9, 0.6, 1.0]) == pytest.approx(0.7)
    assert trends.trend([0.25, 1.0]) == 0.75
    assert trends.trend([0.5]) is None
    assert trends.trend([]) is None


def test_sections_move_with_the_latest_score_of_each_question() -> None:
    found = build([(1, NONE), (2, BIG), (4, SMALL)], [(1, MET)], [(5, {"big": "timeout"})])
    a, b = found.sections
    assert (a.id, a.total, a.asked, a.held, a.trace.answers) == ("A", 3, 2, 2, 3)
    # After session 1: (0 + 0.75) / 2; after session 2: (1 + 0.75) / 2.
    assert [p.value for p in a.trace.points] == [0.375, 0.875]
    # Only question 1 was answered twice: 1 - 0.
    assert a.trace.trend == 1.0
    assert (b.asked, b.held, b.trace.first, b.trace.last, b.trace.trend) == (1, 0, 0.25, 0.25, None)
    # The third session graded nothing, so it is no point.
    assert [p.value for p in found.held] == [1, 2]
    assert (found.sessions, found.answers, found.questions) == (3, 5, 5)


def test_criteria_keep_the_credit_of_each_cold_answer() -> None:
    found = build([(1, NONE)], [(1, BIG)], [(1, {"big": "met", "small": "timeout"})])
    big, small = found.criteria
    assert (big.question, big.id, big.share, big.level) == (1, "big", 0.75, "met")
    assert [p.value for p in big.trace.points] == [0.0, 1.0, 1.0]
    assert (small.level, small.trace.answers, small.trace.trend) == ("unmet", 2, 0.0)


def test_the_next_tier_is_the_first_that_is_not_held() -> None:
    # Tier 1 needs round(2/3 * 3) = 2 of 3, tier 2 round(2/3 * 2) = 1 of 2, the aim 4 of 5.
    first = build([(1, MET), (2, NONE), (3, NONE), (4, NONE), (5, NONE)])
    assert first.next is not None
    assert (first.next.standing.name, first.next.short) == ("Tier 1", 1)
    second = build([(1, MET), (2, MET), (3, NONE), (4, NONE), (5, NONE)])
    assert second.next is not None
    assert (second.next.standing.name, second.next.short) == ("Tier 2", 1)
    aim = build([(1, MET), (2, MET), (3, NONE), (4, MET), (5, NONE)])
    assert aim.next is not None
    assert (aim.next.standing.name, aim.next.short) == ("cold", 1)
    assert build([(n, MET) for n in range(1, 6)]).next is None


def test_a_tier_of_which_too_little_was_asked_is_not_held() -> None:
    found = build([(1, MET)])
    assert found.next is not None
    assert found.next.standing.name == "Tier 1"
    assert [o.result for o in found.next.obstacles] == ["not-asked"] * 2


def test_what_flips_most_often_comes_first_and_the_heaviest_criterion_before_the_rest() -> None:
    # 3 was missed and then met: missed questions flipped 1 of 2 times (3 yes, 2 no). 1 was not asked
    # again. By the chance of the latest answer 2 (0.25) is nearer than 1 (0).
    found = build([(1, NONE), (2, NONE), (3, NONE)], [(2, SMALL), (3, MET)], [(3, NONE)])
    assert found.next is not None
    way = found.next.obstacles
    assert [o.question for o in way] == [2, 1, 3]
    assert {o.flips for o in way} == {Turned(turned=1, asked=2)}
    assert [c.id for c in way[0].open] == ["big"]
    assert [c.id for c in way[1].open] == ["big", "small"]


def test_questions_answered_with_help_come_first_until_measured_otherwise() -> None:
    past = history([(1, NONE), (2, NONE)])
    (session,) = past.sessions
    helped = session.attempts[1]._replace(final=1.0)
    attempts = {1: [session.attempts[0]], 2: [helped]}
    questions = past.questions("small")
    way = trends.obstacles((1, 2, 3), questions, attempts, ())
    assert [(o.question, o.result) for o in way] == [
        (2, "prompted"),
        (1, "missed"),
        (3, "not-asked"),
    ]
    # After help 0 of 2 flipped (mean 0.5/3), after a miss 1 of 1 (mean 1.5/2).
    attempts = {
        1: [session.attempts[0]],
        2: [helped, helped, helped],
        3: [session.attempts[0], helped._replace(cold=1.0), session.attempts[0]],
    }
    assert [o.question for o in trends.obstacles((1, 2), questions, attempts, ())] == [1, 2]


def test_an_unknown_bank_is_an_error() -> None:
    with pytest.raises(KeyError):
        trends.build(history([(1, MET)]), "other")


SESSIONS = [[(1, NONE), (2, BIG), (4, SMALL)], [(1, MET), (3, NONE)], [(5, {"big": "timeout"})]]


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("width", [46, 90])
def test_the_tables_and_charts_fit_the_width(width: int, plain: bool) -> None:
    lines = list(progress_text.lines(build(*SESSIONS), width, plain=plain, criteria=True))
    rows = [text for _, text in lines if re.search(r"\d\.\d\d  +[+–-]|[│|]", text)]
    assert len(rows) >= 2 + 8 + 5, "sections, criteria and the chart are rows"
    assert max(map(len, rows)) <= width
    if plain:
        assert not set("".join(text for _, text in lines)) & set("▁▂▃▄▅▆▇█┄│")


def test_the_lines_say_what_is_next() -> None:
    text = "\n".join(text for _, text in progress_text.lines(build(*SESSIONS), 90))
    assert "3 sessions, 6 answers, 2026-03-01 to 2026-03-02." in text
    assert "Answered cold when asked last: 2 of 5 (after the first session: 1)." in text
    assert "Next: Tier 2" in text
    assert "4. Prompt number 4? (missed)" in text
    assert "75% unmet: The big statement of 4." in text
    assert "Cold when asked again so far: of those missed 1 of 1." in text
    assert "Never asked: " not in text.split("Next:")[0]
    done = "\n".join(t for _, t in progress_text.lines(build([(n, MET) for n in range(1, 6)]), 90))
    assert "Every tier is held and every aim is reached." in done
    ungraded = build([(1, {"big": "timeout"})])
    assert "none of them graded" in "\n".join(t for _, t in progress_text.lines(ungraded, 46))


def test_data_is_json_without_nan_and_undefined_values_are_null() -> None:
    data = json.loads(build(*SESSIONS).model_dump_json())
    assert data["held"][-1]["value"] == 2
    assert [s["held"] for s in data["sections"]] == [2, 0]
    trace = data["sections"][1]["trace"]
    assert (trace["answers"], trace["trend"]) == (1, None)
    assert data["next"]["standing"]["name"] == "Tier 2"
    assert data["next"]["obstacles"][0]["flips"] == {"turned": 1, "asked": 1}
    never = {o["question"]: o for o in data["next"]["obstacles"]}[5]
    assert (never["result"], never["flips"]) == ("not-asked", None)


def hostile(words: str) -> Progress:
    found = build(*SESSIONS)
    assert found.next is not None
    way = tuple(o.model_copy(update={"prompt": words}) for o in found.next.obstacles)
    named = found.next.standing.model_copy(update={"name": words, "tally": words})
    update = {
        "bank": found.bank.model_copy(update={"title": words}),
        "next": found.next.model_copy(update={"standing": named, "obstacles": way}),
        "tiers": (named, *found.tiers[1:]),
        "aims": tuple(a.model_copy(update={"name": words}) for a in found.aims),
        "sections": tuple(
            s.model_copy(update={"title": words, "id": words}) for s in found.sections
        ),
        "criteria": tuple(
            c.model_copy(update={"statement": words, "section": words}) for c in found.criteria
        ),
        "unreadable": (UnreadableLog(name=words, problem=words),),
    }
    return found.model_copy(update=update)


@given(
    st.text(alphabet="<>&\"'x/=; \n\x1b\u202e", max_size=30).map(lambda t: f"<img {t}onerror=1>")
)
def test_the_page_never_holds_an_unescaped_text(words: str) -> None:
    page = progress_html.render(hostile(words))
    tags = set(re.findall(r"<([a-zA-Z]+)", page))
    assert "img" not in tags
    assert tags == set(re.findall(r"<([a-zA-Z]+)", progress_html.render(hostile("plain"))))
    assert "default-src 'none'" in page
    assert "http" not in page.replace("http-equiv", "")
    assert "\x1b" not in page


def test_the_page_draws_what_moved() -> None:
    page = progress_html.render(build(*SESSIONS))
    assert "Questions answered cold, from 1 to 2 of 5" in page
    assert 'aria-label="from 0.38 to 0.58"' in page
    assert "aim: 4" in page
    nothing = progress_html.render(build([(1, {"big": "timeout", "small": "timeout"})]))
    assert "<svg" not in nothing
    assert "none of them graded" in nothing


def test_sparks() -> None:
    assert sparks.spark([0.0, 0.5, 1.0], 10) == "▁▅█"
    assert sparks.spark([0.0, 0.5, 1.0], 10, plain=True) == ".+@"
    assert sparks.spark([], 10) == ""
    assert sparks.thin(list(range(100)), 5) == [0, 25, 50, 74, 99]
    assert sparks.thin([1, 2], 5) == [1, 2]
    assert sparks.thin([1, 2, 3], 1) == [3]
    # Three columns on two lines of a scale to 4: 1 fills half of the lower line, 4 both.
    assert sparks.columns([0, 1, 4], 5, 2, top=4, mark=3) == ["┄┄█┄┄", " ▄█"]


def test_history_of_nothing_has_no_newest() -> None:
    assert History().newest() is None
