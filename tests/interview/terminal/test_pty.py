"""The real program in a real pseudo-terminal, played by keys."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest
from player import ALT_ENTER, ANSI, CTRL_C, CTRL_D, ENTER, Player
from samples import BLUE, ICE

from interviewer.session.events import Paused, Remarked
from interviewer.session.log_file import read_log

HUNDRED = "One hundred degrees."


def test_a_whole_session_by_keys(sit: Callable[..., Player]) -> None:
    at = sit("run")
    at.wait("Tiny grill: 3 questions", "Question 1 of 3", "Why is the daytime sky blue?").prompt()
    at.press("/why", ENTER).wait("Nothing has been graded yet").prompt()
    at.press("/repeat", ENTER).wait("Why is the daytime sky blue?").prompt()
    at.press("/hint", ENTER).wait("☞", "What happens to the light on its way down?").prompt()
    at.press("first line", ALT_ENTER, "second line\\", ENTER, "third 👩‍🔬 naïve τ", ENTER)
    at.wait("↳", "What would an astronaut").prompt()  # the hint has used up its other probe
    at.press("/why", ENTER).wait("Question 1: 0.00", "·", "point not said").prompt()
    at.paste("a pasted\nanswer\n\nwith breaks").press(" and typing", ENTER)
    at.wait("↳", "What sets one colour apart").prompt()
    at.press("/hlep", ENTER).wait("There is no command '/hlep'").prompt()
    at.press("/skip", ENTER).wait("Skipped", "Question 2 of 3").prompt()
    at.press(ICE, ENTER).wait("Question 3 of 3").prompt()
    at.wait("1 answered without help")  # the toolbar
    at.press("I don't know", ENTER).wait(
        "Thanks for saying so plainly", "That was the last question"
    )
    assert at.leave() == 0
    assert at.said == [
        "first line\nsecond line\nthird 👩‍🔬 naïve τ",
        "a pasted\nanswer\n\nwith breaks and typing",
        ICE,
    ]
    session = at.session
    assert session.closed is not None
    assert session.records[0].prompted
    assert session.cold_count == 1
    assert all(t.reply.seconds > 0 for r in session.records for t in r.turns if t.reply)
    assert at.log.with_suffix(".md").exists()
    assert "question 3/3 · Quick fire" in at.text


def test_an_answer_is_taken_back_from_the_next_question_and_words_repeat(
    sit: Callable[..., Player],
) -> None:
    at = sit("run", "--probes", 0).prompt()
    at.press("It is the air.", ENTER).wait("Question 2 of 3").prompt()
    at.press("/undo", ENTER).wait("asked again after it", "Why is the daytime sky blue?").prompt()
    at.press("can you repeat the question?", ENTER).wait("You took back: It is the air.").prompt()
    at.press("It is blue light that is scattered.", ENTER).wait("Question 2 of 3").prompt()
    at.press("/pause", ENTER)
    at.leave()
    first, second = at.session.records
    assert first.prompted
    assert first.first.reply is not None
    assert second.first.reply is None


def test_the_end_goes_through_the_questions_in_the_readers_pager(
    sit: Callable[..., Player], home: dict[str, str]
) -> None:
    home["PAGER"] = "sed s/^/page:/"
    at = sit("run", "--probes", 0, columns=36)
    at.prompt().press("It is the air.", ENTER).wait("Question 2 of 3").prompt()
    at.press(ICE, ENTER).wait("Question 3 of 3").prompt().press("/skip", ENTER)
    at.wait("That was the last question", "Here is how it went.")
    at.wait("page:", "Question 1: Why is", "page:", "Not enough.", "·  Perhaps missing:")
    at.wait("page:", "Question 2", "Answered cold", "In short", "To work on first")
    at.wait("Goodbye.", "Session log:")
    assert at.leave() == 0


AROUND = """\
    again: What makes a clear sky look as it does at noon?
    easier: "Just guess: does air let all colours through alike?"
    example: Think of a laser pointer in a smoky room.
    terms: {daytime: The hours between sunrise and sunset.}
"""


def test_what_is_said_around_answers(sit: Callable[..., Player], tiny_folder: Path) -> None:
    text = (tiny_folder / "a.yaml").read_text("utf-8")
    (tiny_folder / "a.yaml").write_text(text.replace("    seconds: 5\n", AROUND, 1), "utf-8")
    at = sit("run", "--questions", "1,2", "--probes", 0).wait("Why is the daytime sky").prompt()
    for said, words in (
        ("hmm let me think", "Go ahead when you are ready"),
        ("sorry, can you repeat the question?", "Why is the daytime sky blue?"),
        ("could you put that differently?", "What makes a clear sky look"),
        ("what do you mean by daytime?", "between sunrise and sunset"),
        ("can you give me an example?", "a laser pointer"),
        ("how many questions are left?", "question 1 of 2; 1 more after it"),
        ("am I on the right track?", "have not heard an answer"),
        ("a hint please", "☞"),
        ("I don't know", "Just guess: does air"),
    ):
        at.press(said, ENTER).wait(words).prompt()
    at.press(BLUE, ENTER).wait("Question 2 of 2").prompt()
    at.press("let's skip this one", ENTER).wait("that one", "last question")
    assert at.leave() == 0
    assert at.said == [BLUE]
    first = at.session.records[0]
    assert [a.kind for a in first.first.asides if isinstance(a, Remarked)] == [
        *("thinking", "repeat", "rephrase", "define", "example", "remaining", "on-track"),
        *("hint", "dont-know"),
    ]
    assert first.prompted


def test_ctrl_c_once_asks_and_typing_on_stays(sit: Callable[..., Player]) -> None:
    at = sit("run", "--questions", 3)
    at.wait("Question 1 of 1").prompt()
    at.press("One hun", CTRL_C).wait("Ctrl-C again pauses")
    at.press("dred ").wait("/help").press(CTRL_C).wait("Ctrl-C again pauses")
    at.press("degrees.").wait("/help").press(ENTER).wait("That was the last question")
    assert at.leave() == 0
    assert at.said == [HUNDRED]


@pytest.mark.parametrize("between", ["\x7f", "\x1b[D", "\x1b[200~x\x1b[201~"])
def test_any_key_between_two_ctrl_c_means_staying(sit: Callable[..., Player], between: str) -> None:
    at = sit("run", "--questions", 3)
    at.wait("Question 1 of 1").prompt()
    at.press("ab", CTRL_C).wait("Ctrl-C again pauses")
    at.press(between).wait("/help").press(CTRL_C).wait("Ctrl-C again pauses")
    at.press(CTRL_C).wait("Paused.")
    assert at.leave() == 130


def test_ctrl_c_twice_pauses_with_130_and_resume_brings_the_draft_back(
    sit: Callable[..., Player],
) -> None:
    at = sit("run", "--questions", "2-3")
    at.wait("Question 1 of 2").prompt()
    at.press("Frozen water expands", ALT_ENTER, "into 👩‍🔬 ", CTRL_C).wait("Ctrl-C again pauses")
    at.press(CTRL_C).wait("Paused.", "interviewer resume")
    assert at.leave() == 130
    paused = read_log(at.log).events[-1]
    assert isinstance(paused, Paused)
    assert (paused.reason, paused.draft) == ("interrupt", "Frozen water expands\ninto 👩‍🔬 ")
    again = sit("resume")
    again.wait("Welcome back. 1 question of 2", "Why does ice float").prompt()
    again.wait("Frozen water expands").press("an open lattice", ENTER)
    again.wait("Question 2 of 2").prompt().press("/pause", ENTER).wait("Paused.")
    assert again.leave() == 0
    assert again.said == ["Frozen water expands\ninto 👩‍🔬 an open lattice"]


def test_who_comes_back_sees_the_question_and_what_was_said(sit: Callable[..., Player]) -> None:
    at = sit("run", "--questions", "1").wait("Question 1 of 1").prompt()
    at.press("the sky is big, " + "very " * 80, ENTER).wait("↳", "What happens to").prompt()
    again = ("Question 1 of 1", "Why is the daytime sky", "You said: the sky is big, very", "…")
    at.press("/repeat", ENTER).wait(*again, "↳", "What happens to").prompt()
    at.press("molecules do", ENTER).wait("↳", "What sets one colour").prompt()
    at.press("a thou", CTRL_D).wait("Paused.")
    assert at.leave() == 0
    back = sit("resume").wait("Welcome back", *again, "What happens to", "You said: molecules do")
    back.wait("↳", "What sets one colour").prompt().wait("a thou")
    back.press("ght", ENTER).wait("last question")
    assert back.leave() == 0
    assert back.said[-1] == "a thought"


def test_a_quick_fire_question_says_what_it_counts_for(sit: Callable[..., Player]) -> None:
    at = sit("run", "--quick-fire").wait("Quick fire from here: a few words will do")
    at.wait("your aim of 2 out of 3 and no tier", "Question 1 of 1").prompt()
    at.press(HUNDRED, ENTER).wait("last question")
    assert at.leave() == 0


def test_the_draft_survives_a_kill_after_the_resume(sit: Callable[..., Player]) -> None:
    at = sit("run", "--questions", 3)
    at.wait("Question 1 of 1").prompt().press("One hundred", CTRL_D).wait("Paused.")
    assert at.leave() == 0
    killed = sit("resume")
    killed.wait("Welcome back", "One hundred")
    killed.child.kill(signal.SIGKILL)
    killed.child.expect(pexpect.EOF)
    again = sit("resume")
    again.wait("Welcome back", "One hundred").press(" degrees.", ENTER).wait("last question")
    assert again.leave() == 0
    assert again.said == [HUNDRED]


def test_ctrl_d_pauses_with_0_and_keeps_the_draft(sit: Callable[..., Player]) -> None:
    at = sit("run", "--questions", 3)
    at.wait("Question 1 of 1").prompt().press("half a th", CTRL_D).wait("Paused.")
    assert at.leave() == 0
    paused = read_log(at.log).events[-1]
    assert isinstance(paused, Paused)
    assert (paused.reason, paused.draft) == ("end-of-input", "half a th")


def test_quit_asks_and_n_stays(sit: Callable[..., Player]) -> None:
    at = sit("run", "--questions", "2-3")
    at.wait("Question 1 of 2").prompt().press("/quit", ENTER).wait("[y/N]").prompt()
    at.press("n", ENTER).prompt().press("/quit", ENTER).wait("[y/N]").prompt()
    at.press("y", ENTER).wait("Ended here.")
    assert at.leave() == 0
    assert at.session.closed is not None
    assert at.session.closed.reason == "quit"


def test_a_narrow_window(sit: Callable[..., Player]) -> None:
    at = sit("run", "--questions", "1,3", "--probes", 0, columns=40)
    at.wait("Question 1 of 2").prompt()
    at.press(BLUE * 3, ENTER).wait("Question 2 of 2").prompt().wait("2/2")
    at.press(HUNDRED, ENTER).wait("last question")
    assert at.leave() == 0
    assert at.said[-1] == HUNDRED
    assert at.said[0] == BLUE * 3
    lines = [ANSI.sub("", line) for line in at.seen.split("\r\n") if "›" not in line]
    paths = [line for line in lines if line.endswith(("d", "l")) and ": transcripts/" in line]
    assert [line.split()[0] for line in paths] == ["Transcript:", "Session"]
    lines = [line for line in lines if line not in paths]
    assert max(len(line) for line in lines if "\r" not in line) <= 40


def test_bytes_that_are_no_text(sit: Callable[..., Player]) -> None:
    at = sit("run", "--questions", 3).wait("Question 1 of 1").prompt()
    os.write(at.child.child_fd, b"\xff\xfe")
    at.press(HUNDRED, ENTER).wait("last question")
    assert at.leave() == 0
    assert at.said[0].endswith(HUNDRED)


def test_time_runs_out_with_what_was_typed(sit: Callable[..., Player]) -> None:
    at = sit("run", "--questions", 1, "--timed", "--probes", 0)
    at.wait("against the clock", "Question 1 of 1").prompt().wait("left")
    at.press(BLUE).wait("Time is up.", "last question")
    assert at.leave() == 0
    assert at.said == [BLUE]
    assert at.session.records[0].seconds >= 5  # what question 1 has


def test_the_clock_of_the_next_question_waits_for_enter(sit: Callable[..., Player]) -> None:
    at = sit("run", "--questions", "2,1", "--timed", "--probes", 0)
    at.wait("The clock is that of a spoken answer; --pace typed", "Question 1 of 2").prompt()
    at.press(f"{ICE}\r\r")  # the second Enter came before there was anything to read
    at.wait("Press Enter for the next question; its clock starts then.").settle()
    at.press("is this taken?", "\x1b[A").settle()
    assert at.session.records[-1].question.id == 2
    assert "Question 2 of 2" not in at.text
    at.press(ENTER).wait("Question 2 of 2").prompt().wait("left")
    at.press(BLUE, ENTER).wait("last question")
    assert at.leave() == 0
    assert at.said == [ICE, BLUE]


@pytest.mark.parametrize(("key", "code"), [(CTRL_C, 130), (CTRL_D, 0)])
def test_leaving_where_the_clock_waits_pauses(
    sit: Callable[..., Player], key: str, code: int
) -> None:
    at = sit("run", "--questions", "2,1", "--timed", "--probes", 0).wait("Question 1").prompt()
    at.press(ICE, ENTER).wait("its clock starts then.").settle().press(key).wait("Paused.")
    assert at.leave() == code
    again = sit("resume").wait("Welcome back", "Question 2 of 2").prompt().wait("left")
    again.press(BLUE, ENTER).wait("last question")
    assert again.leave() == 0


def test_typing_gets_three_times_as_long(sit: Callable[..., Player]) -> None:
    at = sit("run", "--questions", 1, "--timed", "--pace", "typed", "--probes", 0)
    at.wait("The clock is for typing", "Question 1 of 1").prompt().wait("left")
    assert re.search(r"0:1\d left", at.text)
    at.press("/pause", ENTER).wait("Paused.")
    assert at.leave() == 0
    at = sit("resume", "--pace", "spoken").wait("that of a spoken answer", "Question 1 of 1")
    at.prompt().wait("left")
    assert re.search(r"0:0\d left", at.text)
    at.press(BLUE, ENTER).wait("last question")
    assert at.leave() == 0


def test_history_brings_an_earlier_answer_back(sit: Callable[..., Player]) -> None:
    at = sit("run", "--questions", "2-3", "--probes", 0).wait("Question 1 of 2").prompt()
    at.press(HUNDRED, ENTER)
    at.wait("Question 2 of 2").prompt().press("\x1b[A").wait("hundred").press(ENTER)
    at.wait("last question")
    assert at.leave() == 0
    assert at.said == [HUNDRED, HUNDRED]
