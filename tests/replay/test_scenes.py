"""Replay: what each event shows, evidence in place, and stepping through it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from fakes import ScriptedScreen
from hostile import HOSTILE, NASTY, hostile_story, unsafe
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_reader import skeleton
from moves import MOVES, play
from report_parts import transcript_of
from samples import GRADER, WHEN, Story, bank, grade, question
from scene_parts import screen, whole_story

from interviewer.answer_text.quotes import Evidence
from interviewer.grading.grades import AnswerGrade, Verdict
from interviewer.replay.playing import start_of, step_through
from interviewer.replay.scenes import Scene, scenes
from interviewer.replay.screen import Move, Place
from interviewer.replay.step_screen import toolbar
from interviewer.report.verdict_text import Part, marked
from interviewer.session.events import (
    Answered,
    Appealed,
    Closed,
    Graded,
    Paused,
    Resumed,
    Settled,
)
from interviewer.session.fold import fold

BANK = bank([question(1, misconceptions=[("wrong", 0.5)]), question(2)])
FULL = {"big": "met", "small": "met"}


def text_of(found: list[Scene]) -> str:
    lines = (line for scene in found for line in scene.lines)
    return "\n".join("".join(part.text for part in line.parts) for line in lines)


def verdict(claim: str, level: str = "met", span: tuple[int, int] | None = None) -> Verdict:
    credit = {"met": 1.0, "partial": 0.5, "unmet": 0.0}[level]
    evidence = Evidence(start=span[0], end=span[1]) if span else None
    return Verdict(criterion=claim, level=level, credit=credit, confidence=0.9, evidence=evidence)  # type: ignore[arg-type]


def graded(*verdicts: Verdict, wrong: tuple[Verdict, ...] = ()) -> AnswerGrade:
    return AnswerGrade(question=1, verdicts=verdicts, misconceptions=wrong, score=0.5)


def test_evidence_is_cut_where_it_overlaps_and_names_every_claim() -> None:
    found = graded(
        verdict("big", span=(0, 7)), verdict("small", "partial", (4, 11)),
        wrong=(verdict("wrong", span=(12, 99)),),
    )  # fmt: skip
    asked = BANK.question(1)
    assert marked(asked, "one two six end", found) == (
        Part("one ", "1", "met"),
        Part("two", "1; 2: partial", "met"),
        Part(" six", "2: partial", "partial"),
        Part(" "),
        Part("end", "a: wrong claim", "wrong"),
    )
    assert marked(asked, "one", None) == (Part("one"),)
    outside = marked(asked, "one two", graded(verdict("big", span=(50, 60))))
    assert "".join(p.text for p in outside) == "one two"


def test_the_mark_survives_without_colour_and_cannot_be_faked() -> None:
    told = Story(BANK).ask(1).answer("⟦fake⟧{small} and the real words ")
    told.add(
        Graded, question=1, answer=2, grader=GRADER,
        grade=graded(verdict("big", span=(18, 33)), verdict("small", "unmet")),
    )  # fmt: skip
    shown = screen(scenes(told.events))
    assert "› [fake]{small} and ⟦the real words⟧{1}" in shown
    assert "✓ 1 met (0.90): The big statement of 1." in shown
    assert "· 2 unmet (0.90): The small statement of 1." in shown
    coloured = screen(scenes(told.events), colour=True)
    assert re.search("⟦\x1b\\[4;32mthe real words\x1b\\[0m⟧", coloured)


def test_everything_that_happened_has_its_place() -> None:
    shown = text_of(scenes(whole_story().events))
    order = [
        "A small bank", "Question 1 of 2", "Prompt number 1?", "Lead to big?", "› aha",
        "(score 0.75)", "✓ 1 met", "· 2 unmet", "This grade is appealed below.",
        "Lead to small?", "(paused)", "(resumed)", "(unknown)", "Question 2 of 2", "(closed)",
        "In short", "Grade run 1: 1 of 2 answers, 0 of 1 question cold;",
        "By judge 1 m prompt p1; bank b2.", "Appeal on question 1, “The small statement of 1”", "But I *did*",
        "Question 1 settled by Ann: “The big statement of 1” met, “The small statement of 1” partial,"
        " “The wrong error” claimed; score 0.40, not answered",
    ]  # fmt: skip
    places = [shown.find(words) for words in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)
    assert shown.count("In short") == 1


def test_the_markdown_names_runs_appeals_and_settlements() -> None:
    found = transcript_of(whole_story().session)
    assert "- Grade run 1: 1 of 2 answers, 0 of 1 question cold; incomplete" in found
    assert "- **Appeal on question 1, small**: But I \\*did\\*" in found
    assert "- **Question 1 settled by Ann: big met, small partial, wrong claimed;" in found
    assert "- Graded by scripted 1" in found  # and the session is still its own grader's


def test_the_grades_of_a_later_run_are_shown_in_place() -> None:
    shown = text_of(scenes(whole_story().events, run=1))
    assert "✓ 2 met (0.90)" in shown.split("Question 2 of 2")[0]
    assert "Run 1 has not graded this answer." in shown.split("Question 2 of 2")[1]
    assert "As graded in run 1 by judge 1 m prompt p1." in shown
    with pytest.raises(ValueError, match="no grade run 2"):
        scenes(whole_story().events, run=2)


def test_gaps_are_those_between_the_events() -> None:
    told = Story(BANK).ask(1)
    late = told.events[0].at.replace(minute=30)
    told.add(Answered, question=1, text="x", at=late)
    told.add(Graded, at=told.events[0].at, question=1, answer=2, grade=grade(BANK.question(1)),
             grader=GRADER)  # fmt: skip
    assert [s.gap for s in scenes(told.events)] == [0, 0, (late - told.events[0].at).seconds, 0, 0]


@given(MOVES)
def test_any_prefix_of_a_valid_log_replays_and_renders(moves: list[tuple[str, str, str]]) -> None:
    told = play(moves)
    for end in range(1, len(told.events) + 1):
        found = scenes(told.events[:end])
        assert "Paused." in text_of(found)  # not closed, so every prefix could be resumed
        assert transcript_of(fold(told.events[:end])).startswith("# A small bank")


@pytest.mark.parametrize("end", range(1, len(whole_story().events) + 1))
def test_any_prefix_with_later_events_replays_and_renders(end: int) -> None:
    events = whole_story().events[:end]
    assert "A small bank" in screen(scenes(events), 46)
    assert transcript_of(fold(events)) == transcript_of(fold(events))


def disputed(text: str) -> Story:
    """A session in which `text` stands in every answer, appeal and settlement."""
    told = hostile_story(text)
    told.add(Appealed, question=1, answer=2, reason=f"x{text}")
    return told.add(
        Settled, question=1, answer=2, rater=f"x{text}", levels={}, score=1, passed=True, gold="g"
    )  # fmt: skip


@given(HOSTILE.filter(str.strip))
@example("".join(NASTY))
def test_nothing_said_can_drive_the_terminal(text: str) -> None:
    told = disputed(text)
    found = scenes(told.events)
    assert not unsafe(screen(found))
    assert not unsafe(re.sub(r"\x1b\[[0-9;]*m", "", screen(found, colour=True)))
    rendered = transcript_of(told.session)
    assert not unsafe(rendered)
    plain = transcript_of(disputed("a").session)
    if text.strip():
        assert skeleton(rendered, quotes=False) == skeleton(plain, quotes=False)


def test_stepping_goes_on_back_and_to_a_question() -> None:
    found = scenes(whole_story().events)
    at_2 = start_of(found, 2)
    assert at_2 is not None
    moves = [
        Move("next"),
        Move("back"),
        Move("jump", 2),
        Move("next"),
        Move("jump", 9),
        Move("jump"),
    ]
    shown = ScriptedScreen(moves)
    step_through(found, shown)
    assert [p.number for p in shown.places] == [1, 2, 1, at_2 + 1, at_2 + 2, at_2 + 2, 1]
    assert [p.note for p in shown.places if p.note] == ["question 9 was not asked"]
    assert shown.seen == found[:1]


def test_stepping_back_shows_the_question_from_its_start() -> None:
    found = scenes(whole_story().events)
    at = start_of(found, 1)
    assert at is not None
    shown = ScriptedScreen([Move("next")] * 3 + [Move("back")])
    step_through(found, shown, at)
    assert shown.seen == found[at : at + 3]
    shown = ScriptedScreen([Move("next")] * (len(found) + 2))
    step_through(found, shown)
    assert shown.seen == found  # all of it, once
    assert shown.places[-1].note == "that was the end"
    shown = ScriptedScreen([Move("back")])
    step_through(found, shown)
    assert shown.places[-1].number == 1


@given(st.integers(1, 500), st.integers(10, 120), st.sampled_from(["", "question 9 was not asked"]))
def test_the_toolbar_fits_its_window(number: int, width: int, note: str) -> None:
    line = toolbar(Place(number, 500, 12, note), width)
    assert len(line) <= max(width, 9)
    assert f"{number}/500" in line


def test_no_time_passes_while_a_session_is_paused_or_over() -> None:
    told = Story(BANK).ask(1).answer("big").graded(FULL)
    later = WHEN + timedelta(hours=3)
    told.add(Paused, at=later).add(Resumed, at=later + timedelta(days=1), grader=GRADER)
    told.add(Closed, at=later + timedelta(days=1, seconds=4))
    waits = {scene.lines[0].parts[0].text: scene.gap for scene in scenes(told.events)}
    assert waits["(paused)"] == 3 * 3600
    assert waits["(resumed)"] == 0.0
    assert waits["(closed)"] == 4.0
