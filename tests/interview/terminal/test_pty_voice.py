"""Ctrl-C and a deadline while a real model server on loopback thinks, in a real pseudo-terminal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fake_answers import HANG
from fake_server import FakeServer, wait_until
from player import CTRL_C, ENTER, Player

from interviewer.session.events import Closed, Event, Probed, Remarked
from interviewer.session.log_file import read_log, session_files

FIT = "You speak of the sky: what becomes of the light on its way down?"


def begin(sit: Callable[..., Player], server: FakeServer, *args: object) -> Player:
    model = ("--model", "openai:fake", "--base-url", server.url, "--judge", "offline")
    at = sit("run", "--questions", "1", "--probes", 1, *model, *args)
    return at.wait("Question 1 of 1", "Why is the daytime sky blue?").prompt()


def events(at: Player) -> tuple[Event, ...]:
    (log,) = session_files(at.cwd / "transcripts")
    return read_log(log).events


def probe_of(at: Player) -> Probed:
    (probe,) = [e for e in events(at) if isinstance(e, Probed)]
    return probe


def test_a_follow_up_in_the_words_of_the_model(sit: Callable[..., Player]) -> None:
    with FakeServer([FIT]) as server:
        at = begin(sit, server)
        at.press("the sky is big", ENTER).wait("↳", "You speak of the sky").prompt()
        at.press("no idea", ENTER).wait("That was the last question")
        assert at.leave() == 0
    assert probe_of(at).worded_by == "openai:fake"


def test_ctrl_c_stops_the_model_and_not_the_session(sit: Callable[..., Player]) -> None:
    with FakeServer(default=HANG) as server:
        at = begin(sit, server)
        at.press("the sky is big", ENTER).wait("thinking")
        wait_until(lambda: bool(server.requests))
        at.press(CTRL_C).wait("Stopped waiting for the model", "↳").prompt()
        at.press("no idea", ENTER).wait("That was the last question")
        assert at.leave() == 0
        assert len(server.requests) == 1
    assert probe_of(at).worded_by == "bank"
    assert isinstance(events(at)[-1], Closed)


def test_a_server_that_hangs_is_given_up_at_the_deadline(sit: Callable[..., Player]) -> None:
    with FakeServer(default=HANG) as server:
        at = begin(sit, server, "--deadline", "0.6")
        at.press("what do you mean?", ENTER).wait("took too long", "no better words").prompt()
        at.press("the sky is big", ENTER).wait("↳").prompt()
        at.press("no idea", ENTER).wait("That was the last question")
        assert at.leave() == 0
    assert probe_of(at).worded_by == "bank"
    assert [e.worded_by for e in events(at) if isinstance(e, Remarked)] == ["bank"]
    assert at.text.count("took too long") == 1


@pytest.mark.parametrize("columns", [46])
def test_a_narrow_window_shows_the_spinner_on_one_line(
    sit: Callable[..., Player], columns: int
) -> None:
    with FakeServer(default=HANG) as server:
        model = ("--model", "openai:fake", "--base-url", server.url, "--judge", "offline")
        at = sit("run", "--questions", "1", *model, columns=columns)
        at.wait("Question 1 of 1").prompt()
        at.press("the sky is big", ENTER).wait("thinking")
        at.press(CTRL_C).wait("Stopped waiting", "↳").prompt()
        at.press("/quit", ENTER).wait("[y/N]").prompt().press("y", ENTER).wait("Ended here.")
        assert at.leave() == 0
