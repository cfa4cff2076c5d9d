"""Answers that belong to an earlier question by what they earn: where they are put, and what stays where it is."""

from __future__ import annotations

from typing import Any

import pytest
from samples import ROOT, bank, question
from studio_parts import Held

from interviewer.grading.grader import GradeRequest
from interviewer.interview.asking import steps
from interviewer.interview.talk import belonging, putting
from interviewer.interview.terminal import Reply
from interviewer.replay.scenes import scenes
from interviewer.session.events import Answered, Undone
from interviewer.session.fold import fold
from interviewer.session.record import Record
from interviewer.specs import banks, graders

TREE = question(
    1,
    weights={"layers": 3.0, "greedy": 1.0},
    prompt="What is a layered graph index?",
    references=("Greedy search over several layers of links, from entry point to neighbours.",),
)
UNIT = question(
    2, prompt="Why scale vectors to unit length?", references=("Then only the angle decides.",)
)
TEA = question(3, prompt="How is green tea made?", references=("Leaves are steamed and dried.",))
BANK = bank([TREE, UNIT, TEA])
FIRST = "It has layers."
MORE = "And from the entry point you walk greedily over the links to closer neighbours."
BESIDE = "And from the entry point the angle of unit vectors leads greedily over the links."
TABLE: dict[str, Any] = {
    FIRST: {"layers": "met"},
    MORE: {"greedy": "met"},
    BESIDE: {"greedy": "met", "small": "met"},
}


ADDITIONS = (ROOT / "tests" / "data" / "additions.txt").read_text("utf-8").splitlines()
"""Additions without a word of going back, written for this: earlier question|open question|what is said."""


def held(*replies: str | Reply, table: dict[str, Any] | None = None, **rules: Any) -> Held:
    one = Held(*replies, of=BANK, table=table or TABLE, **{"count": 2, "probes": 0, **rules})
    assert one.session == fold(one.log.events)
    return one


def added(one: Held) -> list[Answered]:
    return [e for e in one.log.events if isinstance(e, Answered) and e.added]


def test_what_earns_nothing_here_and_a_point_before_is_put_there() -> None:
    one = held(FIRST, MORE, "all")
    assert [(e.question, e.text) for e in added(one)] == [(1, MORE)]
    assert one.scores() == [(1.0, 1.0), (1.0, 1.0)]
    assert "the last one" in one.terminal.text("note")
    assert one.terminal.text("question").splitlines().count(UNIT.prompt) == 2


def test_the_answer_is_on_disk_before_it_is_graded_anywhere() -> None:
    one = held(FIRST, MORE, "all")
    names = one.log.names
    at = names.index("undone")
    assert names[at - 1 : at + 3] == ["answered", "undone", "answered", "graded"]
    first = one.log.events[at - 1]
    assert isinstance(first, Answered)
    assert (first.question, first.text, first.added) == (2, MORE, False)


@pytest.mark.parametrize(
    "table",
    [
        {**TABLE, MORE: {"greedy": "met", "big": "met"}},  # earns a point on the open question
        {**TABLE, MORE: {"greedy": "timeout"}},  # nobody knows what it earns before
        {**TABLE, MORE: {"layers": "met"}},  # what was met before
        {**TABLE, MORE: {"big": "timeout", "greedy": "met"}},  # or here
        {**TABLE, MORE: {}},
    ],
)
def test_otherwise_it_answers_the_open_question(table: dict[str, Any]) -> None:
    one = held(FIRST, MORE, table=table)
    assert not added(one)
    assert "undone" not in one.log.names
    assert one.session.closed is not None


def test_with_words_of_the_open_question_it_stays_there() -> None:
    one = held(FIRST, BESIDE, table={**TABLE, BESIDE: {"greedy": "met"}})
    assert not added(one)


@pytest.mark.parametrize("rule", ["cold", "timed", "teaches", "self_graded"])
def test_without_a_second_chance_nothing_is_moved(rule: str) -> None:
    rules: dict[str, Any] = {rule: True}
    assert not added(held(FIRST, MORE, "all", **rules))


def test_a_skipped_question_gets_what_is_said_of_it_later() -> None:
    one = held(Reply("text", "/skip"), MORE, "all")
    assert [e.question for e in added(one)] == [1]
    assert one.scores()[0] == (0.0, 0.25)


def test_one_before_the_last_is_looked_at_and_no_earlier_one() -> None:
    one = held(FIRST, "all", MORE, "all", count=3)
    assert [e.question for e in added(one)] == [1]
    more = question(4, prompt="How is rye bread made?", references=("The dough is left to sour.",))
    wide = bank([TREE, UNIT, TEA, more])
    one = Held(FIRST, "all", "all", MORE, of=wide, table=TABLE, count=4, probes=0)
    assert not added(one)


def test_a_follow_up_stays_open_too() -> None:
    one = held(FIRST, "nothing", "big", MORE, "small", probes=1)
    assert [e.question for e in added(one)] == [1]
    assert one.scores() == [(0.75, 1.0), (0.75, 1.0)]
    assert one.terminal.text("probe").splitlines()[-2:] == ["Lead to small?", "Lead to small?"]


def test_a_session_that_stopped_goes_on_with_it_wherever_it_stopped() -> None:
    whole = held(FIRST, MORE, "all")
    first = whole.log.names.index("undone") - 1
    for kept, replies in ((first + 1, ["all"]), (first + 3, ["all"]), (first + 4, ["all"])):
        one = held(FIRST, MORE, "all")
        one.log.lines[kept:] = []
        one.go_on(*replies)
        assert one.scores() == [(1.0, 1.0), (1.0, 1.0)], kept
        assert one.session == fold(one.log.events)


def test_replay_says_where_it_was_put_and_coming_back_does_not_say_taken_back() -> None:
    one = held(FIRST, MORE, Reply("interrupt"))
    told = [p.text for s in scenes(one.log.events) for line in s.lines for p in line.parts]
    assert "(that answer was put with an earlier question)" in told
    assert "(that answer was taken back)" not in told
    assert isinstance(steps.next_step(one.session), steps.AwaitReply)
    assert MORE not in " ".join(text for _, text in putting.put_again(one.session))


def test_undo_takes_it_back_from_the_earlier_question() -> None:
    one = held(FIRST, MORE, "/undo", "all")
    taken = [e.question for e in one.log.events if isinstance(e, Undone)]
    assert taken == [2, 1]
    assert one.scores() == [(0.75, 0.75), (1.0, 1.0)]


@pytest.mark.parametrize(
    "said",
    [
        "Just on the graph one quickly: it is elephants and giraffes.",
        "Wait, for the graph. It is something else, with elephants.",
        "Coming back to the index: it is something else, with elephants.",
        "Excuse me, to the layered index before. It is some other thing, really.",
        "Still on the index question, I was thinking of elephants and giraffes.",
    ],
)
def test_who_names_the_earlier_question_speaks_of_it_whatever_it_earns(said: str) -> None:
    one = held(FIRST, said, "all")
    assert [(e.question, e.text) for e in added(one)] == [(1, said)]
    assert one.scores() == [(0.75, 0.75), (1.0, 1.0)]


@pytest.mark.parametrize(
    "said",
    [
        "For the unit ones, only the angle decides.",
        "In the index, they say, nothing but the angle counts.",
        "For the graph, as for the rest, only the angle decides.",
        "On the other hand, the links are short.",
    ],
)
def test_a_case_that_is_spoken_of_is_no_other_question(said: str) -> None:
    assert not added(held(FIRST, said))


@pytest.mark.parametrize(
    "said",
    [
        "No, that was about the graph, not about this one.",
        "Sorry, that last bit of mine was meant for the index. I haven't said anything on this one yet.",
        "Hang on, that was still about the graph.",
    ],
)
def test_what_was_misunderstood_is_put_right_with_an_apology(said: str) -> None:
    one = held(FIRST, "nothing", "misplaced", said, "all", probes=1)
    assert [(e.question, e.text) for e in added(one)] == [(1, "misplaced")]
    assert one.terminal.text("note").count("Ah, sorry") == 1
    told = [p.text for s in scenes(one.log.events) for line in s.lines for p in line.parts]
    assert sum("Ah, sorry" in text for text in told) == 1
    assert one.scores()[1][1] == 1.0


def test_who_was_cut_off_gets_an_apology() -> None:
    said = "Hang on, you didn't let me say that you walk greedily over the links."
    one = held(FIRST, said, "all", table={**TABLE, said: {"greedy": "met"}})
    assert [e.question for e in added(one)] == [1]
    assert "Ah, sorry, I was too quick." in one.terminal.text("note")
    assert "sorry" not in held(FIRST, MORE, "all").terminal.text("note")


@pytest.mark.parametrize(
    "said", ["I did not try yet.", "But I haven't said anything on this one yet!"]
)
def test_who_has_not_tried_yet_is_left_to(said: str) -> None:
    one = held(FIRST, said, "all")
    assert one.scores() == [(0.75, 0.75), (1.0, 1.0)]
    assert f"Ah, sorry, I was too quick. Take your time: {UNIT.prompt}" in one.terminal.text("note")


def test_the_shipped_grader_knows_where_most_of_them_belong() -> None:
    shipped = banks.open_bank()
    grader = graders.make_grader("offline", shipped)
    forth, back = 0, 0
    rows = ADDITIONS[::6]
    for row in rows:
        before, number, said = row.split("|", 2)
        earlier, now = shipped.question(int(before)), shipped.question(int(number))
        there = grader.grade(GradeRequest(earlier, said, earlier.prompt))
        here = grader.grade(GradeRequest(now, said, now.prompt))
        forth += belonging.belongs(said, Record(now), here, Record(earlier), there)
        back += belonging.belongs(said, Record(earlier), there, Record(now), here)
    assert forth >= 0.6 * len(rows)
    assert back == 0
