"""Criteria of which some are enough: told as a choice wherever a grade is told, never as several points."""

from __future__ import annotations

import re

from class_parts import OVERLAP, row
from report_parts import page_of, transcript_of
from samples import Story, bank, grade, question

from interviewer.bank.questions import Group, Lack, lacks
from interviewer.classroom import class_html
from interviewer.classroom.class_values import ClassHead, graded_row
from interviewer.classroom.findings.class_findings import find
from interviewer.drill import spacing
from interviewer.drill.cards import make_cards
from interviewer.history.summaries import History, Texts, summary_of
from interviewer.interview.telling import feedback
from interviewer.interview.telling.debrief import debrief
from interviewer.progress import progress_html, progress_text, trends
from interviewer.session import disputes, standing
from interviewer.session.graded_answers import GradedAnswer

WEIGHTS = {"one": 2.0, "x": 1.0, "y": 1.0, "z": 1.0}
TWO = Group(of=("x", "y", "z"), enough=2)
BANK = bank(
    [question(1, weights=WEIGHTS, groups=(TWO,)), question(2, weights=WEIGHTS, groups=(TWO,))],
    tiers=[(1, 2)],
)
ENOUGH = {"one": "met", "x": "met", "z": "met"}
FEW = {"one": "met", "x": "met"}
LEFT = "any one of: The y statement of 1 / The z statement of 1"


def test_what_is_lacking_of_a_group_is_one_thing() -> None:
    left = ["one", "x", "y", "z"]
    # Nothing is met: two of the three; x is met: one of the two others; x and z are: nothing.
    assert lacks((TWO,), left, ()) == (Lack(1, ("one",)), Lack(2, ("x", "y", "z")))
    assert lacks((TWO,), ["y", "z"], {"x"}) == (Lack(1, ("y", "z")),)
    assert lacks((TWO,), ["y"], {"x", "z"}) == ()
    # One that is half said leaves no choice if the third has no verdict.
    assert lacks((TWO,), ["y"], {"x"}) == (Lack(1, ("y",)),)
    assert Lack(2, ("x", "y", "z")).words({"x": "X.", "y": "Y.", "z": "Z."}) == (
        "any 2 of: X / Y / Z"
    )
    assert Lack(1, ("y",)).words({"y": "Y."}) == "Y."
    assert BANK.question(1).choice_of("z") == "any 2 of 2, 3, 4"
    assert BANK.question(1).choice_of("one") == ""


def test_the_debrief_has_one_line_for_it() -> None:
    lines = [text for _, text in debrief(Story(BANK).play(1, FEW).play(2, ENOUGH).session)]
    assert [line for line in lines if "Missing" in line] == [f"·  Missing: {LEFT}"]
    assert "–  The y statement of 2. (enough without it)" in lines
    # Of a half the others would do as well.
    halves = debrief(Story(BANK).play(1, {"one": "met", "x": "met", "y": "partial"}).session)
    said = [text for _, text in halves]
    assert "◐  Half of it: The y statement of 1." in said
    assert "·  Missing: The z statement of 1." in said


def test_the_report_and_the_transcript_say_how_many_are_enough() -> None:
    session = Story(BANK).play(1, FEW).play(2, ENOUGH).session
    assert standing.lacking(session.records[0]) == (LEFT,)
    assert standing.lacking(session.records[1]) == ()
    text = transcript_of(session)
    graded = [line.split(" (")[0] for line in text.split("\n") if "statement of 2" in line]
    assert graded[0] == "- met"
    assert re.findall(r"^- any 2 of:\n(?:  - .*\n){3}", text, re.MULTILINE)
    assert "  - not needed: The y statement of 2." in text
    page = page_of(session)
    assert page.count('<span class="soft">any 2 of 2, 3, 4</span>') == 12
    assert page.count("not needed</td>") == 1


def test_why_and_what_was_still_missing() -> None:
    asked = BANK.question(1)
    told = [t for _, t in feedback.why(asked, "so", grade(asked, FEW))]
    assert "·  The y statement of 1. (any 2 of 2, 3, 4)" in told
    left = [asked.criterion(name) for name in ("y", "z")]
    line = feedback.missing(asked, left, grade(asked, FEW))[1]
    assert line == f"Still missing: A{LEFT[1:]}."


def test_what_is_not_needed_is_not_held_against_anybody() -> None:
    record = Story(BANK).play(2, ENOUGH).session.records[0]
    found = GradedAnswer(record, 0, 2, "an answer", record.grades[0])
    assert disputes.contested(found) == ((), ())


def past(*levels: dict[str, str]) -> History:
    texts = Texts()
    stories = [Story(BANK).play(1, given) for given in levels]
    found = [summary_of(s.session, f"{n}.jsonl", texts) for n, s in enumerate(stories)]
    return History(tuple(found), (), texts.bodies)


def test_progress_and_drill_leave_out_what_is_not_needed() -> None:
    outcomes = {o.criterion: o for o in past(ENOUGH).sessions[0].attempts[0].outcomes}
    assert outcomes["y"].cold is None
    assert outcomes["y"].final is None
    reviewed = spacing.reviews(past(ENOUGH).sessions, BANK)
    assert set(reviewed) == {(1, "one"), (1, "x"), (1, "z")}
    # Worth 4: 2 for one, and two of three at 1. Nothing but x: (0 + 1) / 4, not held.
    found = trends.build(past({"x": "met"}), "small")
    assert found.next is not None
    obstacle = found.next.obstacles[0]
    assert obstacle.lines == (
        "50% unmet: The one statement of 1.",
        f"25% unmet: {LEFT}",
    )
    shown = " ".join(text for _, text in progress_text.lines(found, 80))
    assert obstacle.lines[1] in shown
    assert f"<li>{obstacle.lines[1]}</li>" in progress_html.render(found)


def test_cards_say_that_others_will_do() -> None:
    cues = {c.criterion: c.cue for c in make_cards(BANK) if c.question == 1}
    assert cues["one"] == "Point 1 of 4: Lead to one?"
    assert cues["x"] == "Point 2 of 4 (any 2 of 2, 3, 4 will do): Lead to x?"


def test_a_class_counts_what_was_not_needed_apart() -> None:
    """Nobody says y, and nobody has to: no fault of the question."""
    head = ClassHead.of(BANK, OVERLAP)
    rows = [
        graded_row(row(n + 1, f"text {n}"), grade(BANK.question(1), ENOUGH if n else FEW))
        for n in range(6)
    ]
    found = find(head, rows, [])
    (item,) = found.questions
    claims = {claim.id: claim for claim in item.claims}
    assert (claims["y"].met, claims["y"].unmet, claims["y"].needless) == (0, 1, 5)
    assert (claims["y"].choice, claims["one"].choice) == ("any 2 of 2, 3, 4", "")
    assert item.faults == ("everybody-passes",)
    assert "any 2 of 2, 3, 4: met 0, partly 0, unmet 1, not needed 5" in class_html.render(found)
    few = [graded_row(row(n + 1, f"text {n}"), grade(BANK.question(1), FEW)) for n in range(6)]
    assert find(head, few, []).questions[0].faults == ("everybody-passes",)
    dead = [graded_row(row(n + 1, f"text {n}"), grade(BANK.question(1), {"one": "met"}))
            for n in range(6)]  # fmt: skip
    assert "dead-criterion" in find(head, dead, []).questions[0].faults
