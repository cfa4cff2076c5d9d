"""A judge on loopback that takes its time, while somebody sits at a real pseudo-terminal."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fake_server import FakeServer, instance, wait_until
from player import CTRL_C, ENTER, Player

from interviewer.session.events import Amended, Event, Graded
from interviewer.session.log_file import read_log
from interviewer.session.record import awaiting_judge

SAID = "the sky is big"
NEXT = "Question 2 of 2"


class SlowJudge:
    """Gives everything for SAID, once it is let, and nothing for anything else."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.asked = 0

    def __call__(self, body: dict[str, Any]) -> str:
        reply = instance(body["response_format"]["json_schema"]["schema"])
        if SAID in str(body["messages"]):
            self.asked += 1
            self.gate.wait(30)
            for label in reply:
                if label.startswith("c"):
                    reply[label] = {"evidence": SAID, "verdict": "met", "confidence": "high"}
        return json.dumps(reply)


@pytest.fixture
def judge() -> SlowJudge:
    return SlowJudge()


@pytest.fixture
def server(judge: SlowJudge) -> Iterator[FakeServer]:
    with FakeServer(default=judge, schema="ignored") as server:
        yield server
        judge.gate.set()


def judged_by(server: FakeServer) -> tuple[object, ...]:
    return ("--grader", "openai:fake", "--base-url", server.url)


def begin(sit: Callable[..., Player], server: FakeServer, *args: object) -> Player:
    at = sit("run", "--questions", "1,2", "--probes", 0, "--deeper", 0, *judged_by(server), *args)
    return at.wait("Question 1 of 2", "Why is the daytime sky blue?").prompt()


def events(at: Player, kind: type[Any]) -> list[Any]:
    found: tuple[Event, ...] = read_log(at.log).events
    return [e for e in found if isinstance(e, kind)]


def test_the_next_question_comes_at_once_and_the_grade_between_turns(
    sit: Callable[..., Player], server: FakeServer, judge: SlowJudge
) -> None:
    at = begin(sit, server, "--judge-wait", 0)
    at.press(SAID, ENTER).wait(NEXT).prompt()
    assert [e.grader.spec for e in events(at, Graded)] == ["offline"]
    at.press("water freezes").settle()
    before = at.seen
    judge.gate.set()
    wait_until(lambda: judge.asked == 1)
    at.settle()
    grown = at.seen[len(before) :]
    assert "thoughts" not in grown, "nothing is shown while somebody types"
    at.press(" on top", ENTER)
    at.wait("On second thoughts about question 1: you had all of it.")
    at.wait("That was the last question", "1 of 2 questions answered cold")
    assert at.leave() == 0
    assert at.said == [SAID, "water freezes on top"]
    assert [e.grader.spec for e in events(at, Amended)] == ["whole:openai:fake"] * 2


def test_killed_with_a_grade_in_flight_it_is_asked_for_again(
    sit: Callable[..., Player], server: FakeServer, judge: SlowJudge, home: dict[str, str]
) -> None:
    config = Path(home["XDG_CONFIG_HOME"]) / "interviewer" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("judge_wait = 25\n")
    at = begin(sit, server)
    at.press(SAID, ENTER).wait("grading, Ctrl-C")  # the setting is read; Ctrl-C goes on without
    wait_until(lambda: judge.asked == 1)
    at.press(CTRL_C).wait(NEXT).prompt()
    at.child.kill(signal.SIGKILL)
    at.child.wait()
    assert len(awaiting_judge(at.session)) == 1
    judge.gate.set()
    again = sit("resume", *judged_by(server)).wait("Welcome back").prompt()
    again.press("/skip", ENTER).wait("That was the last question")
    assert again.leave() == 0
    assert awaiting_judge(again.session) == []
    assert again.session.cold_count == 1


def test_the_end_waits_and_ctrl_c_goes_on_without(
    sit: Callable[..., Player], server: FakeServer, judge: SlowJudge
) -> None:
    at = begin(sit, server, "--judge-wait", 0)
    at.press(SAID, ENTER).wait(NEXT).prompt().press("/skip", ENTER)
    at.wait("waiting for the judge's last word on 1 answer, Ctrl-C goes on without")
    at.press(CTRL_C).wait("Stopped waiting for the judge.", "That was the last question")
    at.wait("The judge did not come to 1 answer", "interviewer regrade")
    assert at.leave() == 1  # the judge that was asked for gave nothing at all
    (amended,) = events(at, Amended)
    given = events(at, Graded)[0]
    assert (amended.came, amended.grade.score) == (False, given.grade.score)
    assert at.session.closed is not None


def test_who_wants_to_wait_waits(
    sit: Callable[..., Player], server: FakeServer, judge: SlowJudge
) -> None:
    at = begin(sit, server, "--wait-for-judge")
    at.press(SAID, ENTER).wait("grading, Ctrl-C goes on without the judge")
    judge.gate.set()
    at.wait(NEXT).prompt().press("/quit", ENTER).wait("[y/N]").prompt().press("y", ENTER)
    at.wait("Ended here.")
    assert at.leave() == 0
    assert [e.grader.spec for e in events(at, Graded)] == ["whole:openai:fake"]
    assert events(at, Amended) == []
