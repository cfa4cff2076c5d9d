"""The Markdown transcript: what it says, and that nothing said can become Markdown."""

from __future__ import annotations

import re

import pytest
from hostile import HOSTILE, NASTY, hostile_story, unsafe
from hypothesis import example, given
from markdown_reader import QUOTED, in_quotes, skeleton
from report_parts import transcript_of
from samples import WHEN, Story, bank, question

from interviewer.bank.questions import Aim
from interviewer.common.base import writable
from interviewer.session.events import Asked, Clarified, Closed, Hinted

RIGHT = {"big": "met", "small": "met"}
BANK = bank(
    [question(n, misconceptions=[("wrong", 0.5)]) for n in range(1, 6)],
    tiers=[(1, 2), (3, 4)],
    aims=(Aim(name="cold", questions=(1, 2, 3, 4, 5), target=3),),
)


def report(story: Story) -> str:
    return transcript_of(story.session)


@given(HOSTILE)
@example("".join(NASTY))
@example("x\n===\n# y\n| a | b |")
def test_an_answer_never_becomes_markdown(text: str) -> None:
    found = report(hostile_story(text))
    assert not unsafe(found)
    plain = report(hostile_story("a"))
    assert in_quotes(found) <= QUOTED
    if text.strip():
        assert skeleton(found, quotes=False) == skeleton(plain, quotes=False)


def test_a_whole_report() -> None:
    story = Story(BANK, count=5)
    story.ask(1).answer("It is *this*.\nAnd that.", seconds=61).graded({"big": "met"})
    story.probe("small").answer("that, too").graded({"small": "met"})
    story.play(2, {**RIGHT, "wrong": "met"})
    story.ask(3).hint("big").answer("aha").graded(RIGHT)
    story.ask(4).skip("unknown")
    story.play(5, {"big": "bad-reply", "small": "met"}).add(Closed)
    found = report(story)
    assert found.startswith("# A small bank\n")
    assert f"{WHEN:%Y-%m-%d %H:%M} UTC, finished" in found
    assert "- 5 questions planned, order bank, up to 2 follow-ups\n" in found
    # 1: 3 of 4 cold; 2: all but a misconception of 0.5, which is just enough; 3: after a hint
    assert "**answered cold**: cold 0.75, final 1.00, 1:01" in found
    assert "**answered cold**: cold 0.50, final 0.50" in found
    assert (
        "**answered with help, prompted before the first answer**: cold 0.00, final 1.00" in found
    )
    assert "**missed**: cold 0.00, final 0.00" in found
    assert "**ungraded**: cold ungraded, final ungraded" in found
    assert "> It is \\*this\\*.  \n> And that." in found
    assert "*Follow-up:* Lead to small?" in found
    assert "- met (0.90): The big statement of 1." in found
    assert "- unmet (0.90): The small statement of 1." in found
    assert "- wrong claim (0.90): The wrong error." in found
    assert "- ungraded (bad-reply): The big statement of 5." in found
    assert "(did not know)" in found
    assert "| Tier 1 | 1-2 | 2 | 2 | 0 | held |" in found
    assert "| Tier 2 | 3-4 | 2 | 0 | 1 | Tier 2 is not held. |" in found
    study = found.split("## Study next, worst first\n\n")[1].split("\n\n")[0]
    assert re.findall(r"Question (\d)", study) == ["4", "3"]
    assert "(no answer)" in study.splitlines()[0]
    assert found.count("**A full answer.**") == 5


def aside_story(text: str) -> Story:
    """A session in which `text` is said besides the answers."""
    story = Story(BANK).add(Asked, question=BANK.question(1), lead=f"x{text}", led_by="some:model")
    worded = f"x{writable(text)}"
    story.add(Hinted, question=1, criterion="big", text=worded)
    return story.add(Clarified, question=1, asked=f"x{text}", reply=worded).skip()


def test_leads_hints_and_clarifications_are_told() -> None:
    found = report(aside_story("*y*"))
    said = [f"*{what}:* x\\*y\\*\n" for what in ("Lead", "Hint", "Said in between", "Reply")]
    places = [found.find(part) for part in said]
    assert -1 not in places, said[places.index(-1)]
    assert places == sorted(places)


@given(HOSTILE)
@example("".join(NASTY))
def test_what_is_said_besides_never_becomes_markdown(text: str) -> None:
    found = report(aside_story(text))
    assert not unsafe(found)
    assert skeleton(found) == skeleton(report(aside_story("a")))


@pytest.mark.parametrize(
    ("story", "words"),
    [
        (Story(BANK), "not finished"),
        (Story(BANK), "too few to say"),
        (Story(BANK).ask(1), "Not answered."),
        (Story(BANK).ask(1).skip("timeout"), "(ran out of time)"),
        (Story(BANK).ask(1).skip(), "(skipped)"),
        (Story(BANK, cold=True, timed=True, probes=0), "follow-ups, cold, timed"),
        (Story(BANK).play(1, RIGHT, passing=0.5), "- borderline: "),
        (Story(BANK).play(1, {"big": "met"}), " Missing: The small statement of 1"),
    ],
)
def test_parts_of_a_report(story: Story, words: str) -> None:
    if "Missing" in words:
        story.probe("small").skip()
        assert "Missing" not in report(story)  # 0.75 is safe: nothing to study
        story = Story(BANK).play(1, {"small": "met"})
        words = " Missing: The big statement of 1"
    assert words in report(story)


def test_what_is_missing_is_told_in_sentences() -> None:
    (line,) = (one for one in report(Story(BANK).play(1, {})).splitlines() if " Missing: " in one)
    told = line.partition(" Missing: ")[2].replace("\\", "")
    assert told == "The big statement of 1. The small statement of 1."
