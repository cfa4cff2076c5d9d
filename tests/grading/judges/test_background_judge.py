"""The judge in a thread of its own: what goes in comes out, in order, and nothing is left running."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fake_answers import HANG
from fake_server import FakeServer, wait_until
from fakes import ScriptedGrader
from samples import question

from interviewer.errors import ModelUnavailable
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.grading.judges.background_judge import BackgroundJudge
from interviewer.grading.judges.schema_judge import SchemaJudge
from interviewer.specs.model_specs import ModelOptions, make_chat

LONG = 20.0
ASKED = question(1)


def request(text: str) -> GradeRequest:
    return GradeRequest(ASKED, text, ASKED.prompt)


class Gated(ScriptedGrader):
    """Grades when it is let; `reading` holds what it has begun to read."""

    def __init__(self) -> None:
        super().__init__({"all": {"big": "met", "small": "met"}}, spec="judge")
        self.gate = threading.Semaphore(0)
        self.reading: list[str] = []

    def grade(self, request: GradeRequest) -> Any:
        self.reading.append(request.answer)
        assert self.gate.acquire(timeout=LONG)
        if request.answer == "bug":
            raise ZeroDivisionError("a fault of the program")
        return super().grade(request)


@contextmanager
def background(
    grader: Callable[[], Grader], **how: Any
) -> Iterator[tuple[BackgroundJudge, list[str]]]:
    shown: list[str] = []
    how = {"patience": 1.0, "deadline": LONG, "show": shown.append, **how}
    with BackgroundJudge(grader, ScriptedGrader(spec="judge").identity, **how) as late:
        yield late, shown


def test_grades_come_in_the_order_of_the_answers() -> None:
    judge = Gated()
    with background(lambda: judge) as (late, _):
        assert all(late.refer(n, request(t)) for n, t in ((2, "all"), (5, "none")))
        assert late.arrived() == []
        judge.gate.release(2)
        come = [*late.arrived(LONG)]
        while len(come) < 2:
            come += late.arrived(LONG)
    assert [(c.answer, c.grade.score if c.grade else None) for c in come] == [(2, 1.0), (5, 0.0)]
    assert {c.grader.spec for c in come} == {"judge"}


def test_no_more_wait_than_there_is_room_for() -> None:
    judge = Gated()
    with background(lambda: judge, most=1) as (late, _):
        assert late.refer(2, request("all"))
        wait_until(lambda: judge.reading == ["all"])
        assert late.refer(5, request("all"))
        assert not late.refer(8, request("all"))
        judge.gate.release(2)
        assert [c.answer for c in late.arrived(LONG)][:1] == [2]


def test_a_wait_ends_when_its_time_is_over() -> None:
    judge = Gated()
    with background(lambda: judge) as (late, _):
        late.refer(2, request("all"))
        assert late.arrived(0.02) == []
        judge.gate.release()


def test_a_judge_that_cannot_be_asked_says_why() -> None:
    def gone() -> Grader:
        raise ModelUnavailable("no such model")

    with background(gone) as (late, _):
        late.refer(2, request("all"))
        (one,) = late.arrived(LONG)
    assert (one.grade, one.why, one.grader.spec) == (None, "no such model", "judge")


def test_a_fault_of_the_program_is_not_lost_in_the_thread() -> None:
    judge = Gated()
    with background(lambda: judge) as (late, _):
        late.refer(2, request("bug"))
        judge.gate.release()
        with pytest.raises(ZeroDivisionError):
            late.arrived(LONG)


def test_a_polite_judge_reads_only_while_the_candidate_is_listened_to() -> None:
    judge = Gated()
    judge.gate.release(2)
    with background(lambda: judge, polite=True) as (late, _):
        assert late.patience == 0.0
        late.refer(2, request("all"))
        assert late.arrived(0.05) == []
        assert judge.reading == []
        with late.listening():
            assert [c.answer for c in late.arrived(LONG)] == [2]
        late.refer(5, request("all"))
        assert late.arrived(0.05) == []
        assert judge.reading == ["all"]


def test_notices_are_shown_at_once_before_the_first_answer_and_kept_after_it() -> None:
    judge = Gated()
    with background(lambda: judge) as (late, shown):
        late.tell("it loads")
        late.refer(2, request("all"))
        late.tell("it loads still")
        assert (shown, late.notices(), late.notices()) == (["it loads"], ["it loads still"], [])
        judge.gate.release()


def test_on_the_way_out_the_call_under_way_is_ended_and_no_other_begins() -> None:
    with FakeServer(default=HANG, schema="ignored") as server:
        chat = make_chat("openai:fake", ModelOptions(base_url=server.url, deadline=LONG))
        judge = SchemaJudge(chat, spec="s", new_marker=lambda: "m", mode="each")
        before = threading.active_count()
        with background(lambda: judge) as (late, _):
            late.refer(2, request("all"))
            late.refer(5, request("all"))
            wait_until(lambda: len(server.requests) == 1)
        wait_until(lambda: all(t.name != "late-judge" for t in threading.enumerate()))
        assert len(server.requests) == 1
        assert threading.active_count() <= before + 3  # the server's, and the loop of calls
