"""What the interviewer says to an answer, and what it keeps for the end."""

from __future__ import annotations

import copy
import itertools
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import GRADER, Story, bank, question, quoting

from interviewer.grading.grades import LEFT_OUT, NO_ORDER, AnswerGrade
from interviewer.interview.asking import doubt, following_up, targets
from interviewer.interview.telling import (
    debrief,
    feedback,
    phrases,
    reactions,
    style,
    wordings,
)
from interviewer.session.events import Graded

WEIGHTS = {"big": 3.0, "middle": 2.0, "small": 1.0}
ASKED = question(1, weights=WEIGHTS, misconceptions=[("wrong", 0.25)])
BANK = bank([ASKED, question(2, weights=WEIGHTS), question(3, weights=WEIGHTS)])
TEXT = "It scatters light. Blue goes furthest. The small statement, red stays."
FIRST, SECOND, THIRD = "It scatters light", "Blue goes furthest", "The small statement"


def graded(**spans: tuple[str, str]) -> AnswerGrade:
    """A grade by claim: a level and the words of TEXT that it rests on."""
    return quoting(ASKED, TEXT, **spans)


def said(*grades: AnswerGrade, probes: int = 2, **plan: Any) -> list[tuple[str, str]]:
    """The reaction to the last of those answers, each to the question or to a probe."""
    story = Story(BANK, probes=probes, **plan).ask(1)
    for number, found in enumerate(grades):
        if number:
            story.probe("small")
        story.answer(TEXT)
        event = story.events[-1]
        story.add(Graded, question=1, answer=event.seq, grade=found, grader=GRADER)
    record = story.session.current
    assert record is not None
    return reactions.reaction(story.session, record)


def is_of(line: str, lines: Any) -> bool:
    """Whether a line is one of those, whatever words it takes up."""
    ways = (re.escape(known).replace(r"\{\}", ".+") for known in lines)
    return any(re.fullmatch(way, line, re.IGNORECASE) for way in ways)


FULL = graded(big=("met", FIRST), middle=("met", SECOND), small=("met", THIRD))


def test_beside_what_is_in_doubt_a_thing_is_agreed_with_by_its_name_and_only_at_the_end() -> None:
    found = graded(big=("met", FIRST), middle=("met", SECOND), small=("met", THIRD))
    doubtful = tuple(
        v.model_copy(update={"confidence": 0.6}) if v.criterion == "big" else v
        for v in found.graded
    )
    found = found.model_copy(update={"verdicts": doubtful})
    ((_, text),) = said(found, probes=0)
    assert is_of(text, [line.format("Small statement") for line in wordings.TAKEN_UP["neutral"]])
    some = tuple(
        v.model_copy(update={"level": "unmet", "credit": 0.0, "evidence": None, "confidence": 0.95})
        if v.criterion == "middle"
        else v
        for v in doubtful
    )
    ((_, text),) = said(found.model_copy(update={"verdicts": some}))
    assert text in wordings.TOUCHED["neutral"]


def test_words_are_taken_up_where_a_person_would_and_without_quotation_marks() -> None:
    (line,) = said(graded(small=("met", THIRD)))
    assert line == ("note", wordings.TAKEN_UP["neutral"][1].format("Small statement"))
    (line,) = said(graded(big=("met", FIRST)))  # it has a finite verb
    assert line[1] in wordings.ACCEPTED["neutral"]
    unsure = quoting(ASKED, TEXT, confidence=0.85, small=("met", THIRD))
    (line,) = said(unsure)
    assert line[1] in wordings.ACCEPTED["neutral"]


def test_half_a_point_is_never_nothing_and_never_missing() -> None:
    for chosen in style.STYLES:
        (line,) = said(graded(small=("partial", THIRD)), style=chosen)
        assert line[1] in wordings.CLOSE[chosen]


def test_what_was_taken_up_before_is_not_praised_again() -> None:
    first = graded(big=("met", FIRST))
    (line,) = said(first, graded(big=("met", FIRST), small=("met", THIRD)))
    assert line[1] in wordings.ACCEPTED["neutral"]  # every other time without words


@pytest.mark.parametrize(
    ("spans", "known"),
    [
        ({"wrong": ("met", SECOND)}, wordings.DOUBTED),
        ({"wrong": ("met", FIRST)}, wordings.DOUBTED),
        ({"small": ("partial", THIRD)}, wordings.ACCEPTED),
    ],
)
def test_nothing_is_agreed_with_where_something_in_the_answer_is_charged(
    spans: Any, known: Any
) -> None:
    (line,) = said(graded(big=("met", FIRST), **spans))
    assert line[1] in known["neutral"]


@pytest.mark.parametrize(("sure", "known"), [(0.85, wordings.ACCEPTED), (0.7, wordings.TOUCHED)])
def test_what_may_not_be_right_is_not_agreed_with(sure: float, known: Any) -> None:
    found = quoting(ASKED, TEXT, confidence=sure, big=("met", FIRST))
    unmet = tuple(
        v.model_copy(update={"confidence": 0.95}) if v.level == "unmet" else v for v in found.graded
    )
    (line,) = said(found.model_copy(update={"verdicts": unmet}))
    assert line[1] in known["neutral"]


@pytest.mark.parametrize(
    ("found", "among"),
    [
        (FULL, wordings.WHOLE),
        (graded(big=("met", FIRST), middle=("met", SECOND)), wordings.ACCEPTED),
        (graded(small=("met", THIRD)), wordings.FINE),  # nothing was asked for again
        (graded(), wordings.FINE),  # it has words of what is asked for
    ],
)
def test_at_the_end_of_a_question_it_is_true_to_the_verdicts(
    found: AnswerGrade, among: Any
) -> None:
    lines = said(found, probes=0)
    assert len(lines) == 1
    assert is_of(lines[0][1], among["neutral"])


def test_at_the_end_of_a_question_all_answers_count_together() -> None:
    lines = said(graded(big=("met", FIRST)), graded(middle=("met", SECOND), small=("met", THIRD)))
    assert lines[0][1] in wordings.WHOLE["neutral"]


def test_all_of_it_with_a_slip_is_not_called_part_of_it() -> None:
    spans = {"big": ("met", FIRST), "middle": ("met", FIRST), "small": ("met", SECOND)}
    lines = said(graded(**spans, wrong=("met", THIRD)), probes=0)
    assert lines[0][1] in wordings.APART
    assert phrases.ONE_THING in lines[1][1]


def test_one_quote_is_never_credit_and_slip() -> None:
    spans = {"big": ("met", FIRST), "middle": ("met", SECOND), "small": ("met", THIRD)}
    ((tone, text),) = said(graded(**spans, wrong=("met", THIRD)), probes=0)
    assert (tone, text in wordings.FINE["neutral"]) == ("good", True)


@pytest.mark.parametrize(
    ("said", "slips"),
    [
        ("It is the table. It has rows.", ["“It is the table”"]),
        ("It is the table. Actually no, the list.", []),
        ("It is the table... no, the list.", []),
        ("It is the table. I mean the list.", []),
        ("It is the table. The rest is no list.", ["“It is the table”"]),
    ],
)
def test_what_was_taken_back_is_no_slip(said: str, slips: list[str]) -> None:
    story = Story(BANK).ask(1).answer(said)
    found = quoting(ASKED, said, wrong=("met", "It is the table"))
    answer = story.events[-1].seq
    story.add(Graded, question=1, answer=answer, grade=found, grader=GRADER)
    record = story.session.current
    assert record is not None
    assert feedback.slips(record) == slips


def test_a_slip_is_called_one_when_the_question_is_over_but_not_in_a_cold_run() -> None:
    found = graded(big=("met", FIRST), middle=("met", SECOND), wrong=("met", THIRD))
    assert any(tone == "missing" for tone, _ in said(found, probes=0))
    assert all(tone != "missing" for tone, _ in said(found, probes=0, cold=True))


def test_nothing_is_given_away_before_the_end_unless_asked_for() -> None:
    found = graded(small=("met", THIRD), wrong=("met", FIRST))
    plain, taught = (str(said(found, probes=0, teaches=t)) for t in (False, True))
    for secret in ("big statement", "middle statement", "wrong error", "Reference"):
        assert secret not in plain
        assert secret in taught


def test_an_ungraded_answer_is_neither_praised_nor_blamed() -> None:
    story = Story(BANK).play(1, {"big": "timeout"})
    record = story.session.current
    assert record is not None
    assert reactions.reaction(story.session, record) == [reactions.UNGRADED]


def test_no_wording_comes_twice_in_a_row_and_a_replay_says_the_same() -> None:
    story, heard = Story(BANK, probes=0), []
    for number in (1, 2, 3):
        story.play(number)
        record = story.session.current
        assert record is not None
        heard.append(reactions.reaction(story.session, record))
        assert heard[-1] == reactions.reaction(story.session, record)
    assert all(a != b for a, b in itertools.pairwise(heard))


def test_passing_on_shows_an_answer_only_where_asked_for() -> None:
    for teaches in (False, True):
        story = Story(BANK, teaches=teaches).ask(1).skip()
        record = story.session.current
        assert record is not None
        lines = reactions.passed_on(story.session, record, "Skipped.")
        assert lines[0] == ("note", "Skipped.")
        assert (feedback.full_answer(ASKED) in lines) is teaches


def test_an_answer_to_the_point_is_never_turned_down() -> None:
    # Each criterion is "The ... statement of 1.": the answer holds two of its three words.
    assert reactions.TO_THE_POINT <= 2 / 3
    for chosen in style.STYLES:
        for probes, near, far in (
            (2, wordings.TOUCHED, wordings.NOTHING),
            (0, wordings.FINE, wordings.LEFT),
        ):
            for answer, lines in (("The big statement.", near), ("Hm, lights.", far)):
                story = Story(BANK, probes=probes, style=chosen).ask(1).answer(answer).graded({})
                record = story.session.current
                assert record is not None
                ((_, text),) = reactions.reaction(story.session, record)
                assert text in lines[chosen]


BLUFF = (
    "It leverages a robust and sophisticated approach that handles many different aspects of the"
    " underlying system in a meaningful and efficient way."
)


def heard(*answers: str, probes: int = 0, **plan: Any) -> list[list[tuple[str, str]]]:
    """The reactions to those answers, of which nothing counts, one to each question."""
    story, told = Story(BANK, probes=probes, **plan), []
    for number, answer in enumerate(answers, start=1):
        story.ask(number).answer(answer).graded({})
        record = story.session.current
        assert record is not None
        told.append(reactions.reaction(story.session, record))
    return told


@pytest.mark.parametrize(
    ("answer", "known"),
    [
        ("My cousin has a telescope, a nice one.", wordings.OTHER),
        ("The running costs grow, I suppose.", wordings.TOUCHED),
    ],
)
def test_a_reply_in_the_words_of_the_follow_up_is_not_turned_down(answer: str, known: Any) -> None:
    story = Story(BANK, probes=2).ask(1).answer("Hm.").graded({})
    story.probe("small", text="What is the running time of one query?").answer(answer).graded({})
    record = story.session.current
    assert record is not None
    ((_, text),) = reactions.reaction(story.session, record)
    assert text in known["neutral"]


@pytest.mark.parametrize("chosen", style.STYLES)
@pytest.mark.parametrize("probes", [0, 2])
def test_an_answer_that_says_nothing_concrete_is_told_so_where_more_is_asked(
    chosen: Any, probes: int
) -> None:
    ((_, first),), ((_, second),) = heard(BLUFF, BLUFF, probes=probes, style=chosen)
    lines = wordings.GENERAL[chosen] if probes else wordings.LEFT[chosen]
    assert {first, second} <= set(lines)
    assert first != second


def test_it_is_told_otherwise_the_second_time_on_a_question() -> None:
    story = Story(BANK, probes=3).ask(1).answer(BLUFF).graded({})
    story.probe("small").answer(BLUFF).graded({})
    record = story.session.current
    assert record is not None
    ((_, text),) = reactions.reaction(story.session, record)
    assert text in wordings.STILL_GENERAL["neutral"]


def test_who_gives_the_words_of_the_question_back_is_told_so() -> None:
    story = Story(BANK, probes=2).ask(1).answer("Hm.").graded({})
    story.probe("small", text="Which ranking function do engines have by default?")
    said = "When it comes to ranking functions in engines by default, it is an important idea that works well."
    story.answer(said).graded({})
    record = story.session.current
    assert record is not None
    ((_, text),) = reactions.reaction(story.session, record)
    assert text in wordings.ECHOED["neutral"]


def test_who_passes_on_what_others_say_is_asked_for_their_own_word() -> None:
    story = Story(BANK, probes=2).ask(1)
    story.answer("A friend of mine said that it was all in the light.").graded({})
    record = story.session.current
    assert record is not None
    ((_, text),) = reactions.reaction(story.session, record)
    assert text in wordings.REPORTED["neutral"]
    ((_, text),) = heard("I heard that it was all in the light.", probes=0)[0]
    assert text in wordings.LEFT["neutral"]


@pytest.mark.parametrize(
    "answer",
    ["It depends on many things.", "log(N / df) helps to handle various things in a better way."],
)
def test_what_is_short_or_exact_is_not_called_general(answer: str) -> None:
    ((_, first),) = heard(answer, probes=2)[0]
    assert first not in wordings.GENERAL["neutral"]


@pytest.mark.parametrize("chosen", style.STYLES)
@pytest.mark.parametrize(
    ("first", "known"),
    [
        ({"big": ("met", FIRST), "middle": ("met", SECOND)}, wordings.LEFT),
        ({"middle": ("met", SECOND)}, wordings.PARTLY),
    ],
)
def test_a_reply_that_adds_nothing_is_not_praised(chosen: Any, first: Any, known: Any) -> None:
    story = Story(BANK, probes=1, style=chosen).ask(1).answer(TEXT)
    seq = story.events[-1].seq
    story.add(Graded, question=1, answer=seq, grade=graded(**first), grader=GRADER)
    story.probe("small").answer("I like trains.").graded({})
    record = story.session.current
    assert record is not None
    ((_, text),) = reactions.reaction(story.session, record)
    assert text in known[chosen]


def test_what_was_put_right_when_asked_again_is_no_slip() -> None:
    asked = ASKED.model_copy(
        update={
            "misconceptions": (
                ASKED.misconceptions[0].model_copy(update={"statement": "The small one is wrong."}),
            )
        }
    )
    for second, slips in (("met", []), ("unmet", [f"“{FIRST}”"])):
        story = Story(bank([asked])).ask(1).answer(TEXT)
        first = quoting(asked, TEXT, wrong=("met", FIRST))
        seq = story.events[-1].seq
        story.add(Graded, question=1, answer=seq, grade=first, grader=GRADER)
        story.probe("small").answer(TEXT).graded({"small": second})
        record = story.session.current
        assert record is not None
        assert feedback.slips(record) == slips


def test_a_wrong_claim_in_doubt_is_not_called_one_aloud() -> None:
    story = Story(BANK).ask(1).answer(TEXT)
    doubt = quoting(ASKED, TEXT, confidence=0.6, wrong=("met", FIRST))
    answer = story.events[-1].seq
    story.add(Graded, question=1, answer=answer, grade=doubt, grader=GRADER)
    record = story.session.current
    assert record is not None
    assert feedback.slips(record) == []
    assert list(feedback.charges(record)) == ["wrong"]  # the debrief has it


def test_a_slip_is_no_afterthought_where_nothing_was_praised() -> None:
    lines = said(graded(wrong=("met", THIRD)), probes=0)
    assert lines[-1][1] in [t.format(phrases.ONE_THING) for t in wordings.SLIP_ALONE]


def test_a_slip_is_the_only_word_where_nothing_was_praised() -> None:
    assert len(said(graded(wrong=("met", THIRD)), probes=0)) == 1
    asked = graded(big=("met", FIRST), wrong=("met", THIRD)), graded(middle=("met", SECOND))
    first, slip = said(*asked, probes=1)
    assert first[1] in wordings.MOSTLY["neutral"]
    assert is_of(slip[1], wordings.SLIP)


@pytest.mark.parametrize(
    ("note", "among"), [(LEFT_OUT, wordings.ADDRESSED), (NO_ORDER, wordings.SENSELESS)]
)
@pytest.mark.parametrize("chosen", style.STYLES)
@pytest.mark.parametrize("probes", [0, 2])
def test_who_speaks_to_the_grader_or_in_no_order_is_told_so(
    note: str, among: Any, chosen: Any, probes: int
) -> None:
    found = graded().model_copy(update={"notes": (note,)})
    ((_, text),) = said(found, style=chosen, probes=probes)
    assert text in among[chosen]


def test_what_counts_is_taken_up_whatever_else_was_asked_for() -> None:
    found = graded(big=("met", FIRST)).model_copy(update={"notes": (LEFT_OUT,)})
    ((_, text),) = said(found)
    assert text in wordings.ACCEPTED["neutral"]


@pytest.mark.parametrize(
    ("probe", "sure", "among"),
    [
        ("And which of the big ones are always wrong?", 0.75, wordings.STAY),  # big, wrong, always
        ("What else happens there?", 0.9, wordings.STAY),  # it leads to what the claim is about
        ("What else happens there?", 0.75, wordings.DOUBTED["neutral"]),
    ],
)
def test_a_wrong_claim_is_stayed_with_where_the_follow_up_is_about_it(
    probe: str, sure: float, among: Any
) -> None:
    words = "All of the big ones are wrong, " + "and so they are always " * 6
    asked = question(1, probes=[("big", probe)], misconceptions=[("wrong", 0.25)])
    story = Story(bank([asked]), probes=1).ask(1).answer(words)
    found = quoting(asked, words, confidence=sure, wrong=("met", words))
    answer = story.events[-1].seq
    story.add(Graded, question=1, answer=answer, grade=found, grader=GRADER)
    record = story.session.current
    assert record is not None
    ((_, text),) = reactions.reaction(story.session, record)
    assert "“" not in text
    assert any(re.fullmatch(re.escape(t).replace(r"\{\}", ".+"), text) for t in among)


def test_where_it_is_in_doubt_what_is_missing_nothing_is_said_to_be() -> None:
    for levels in ({"big": ("met", FIRST)}, {"small": ("met", THIRD)}):
        ((_, text),) = said(quoting(ASKED, TEXT, confidence=0.6, **levels), probes=0)
        assert text in wordings.FINE["neutral"]


@pytest.mark.parametrize("chosen", style.STYLES)
def test_what_is_put_both_ways_is_not_quoted_back(chosen: Any) -> None:
    answer = "Either the small statement holds or it does not, one or the other."
    story = Story(BANK, style=chosen).ask(1).answer(answer).graded({})
    record = story.session.current
    assert record is not None
    ((_, text),) = reactions.reaction(story.session, record)
    assert text in wordings.DECIDE[chosen]


def test_who_says_it_again_is_heard() -> None:
    story = Story(BANK).ask(1).answer("Hm.").graded({})
    story.probe("small").answer("As I said, the big statement.").graded({})
    record = story.session.current
    assert record is not None
    ((_, text),) = reactions.reaction(story.session, record)
    assert text in wordings.AGAIN["neutral"]


def test_what_costs_the_question_is_not_praised_for_being_whole() -> None:
    dear = question(1, weights=WEIGHTS, misconceptions=[("wrong", 0.8)])
    spans = {"big": ("met", FIRST), "middle": ("met", SECOND), "small": ("met", FIRST)}
    found = quoting(dear, TEXT, **spans, wrong=("met", THIRD))
    story = Story(bank([dear]), probes=0).ask(1).answer(TEXT)
    story.add(Graded, question=1, answer=story.events[-1].seq, grade=found, grader=GRADER)
    record = story.session.current
    assert record is not None
    assert record.final == pytest.approx(0.2)  # 1 - 0.8
    told = [text for _, text in reactions.reaction(story.session, record)]
    assert not {*wordings.WHOLE["neutral"], *wordings.APART} & set(told)
    assert not any(is_of(text, wordings.ACCEPTED["neutral"]) for text in told)


@pytest.mark.parametrize("chosen", style.STYLES)
def test_a_reply_that_brings_nothing_new_is_told_so(chosen: Any) -> None:
    first = "Blue light scatters far more strongly."
    for reply, is_repeated in (
        ("Far more strongly scatters blue light.", True),
        ("Blue light scatters: small.", False),  # a word of the follow-up, which may be chosen
        ("Blue light scatters by the fourth power.", False),
        ("Blue.", False),
    ):
        story = Story(BANK, style=chosen).ask(1).answer(first).graded({})
        story.probe("small").answer(reply).graded({})
        record = story.session.current
        assert record is not None
        ((_, text),) = reactions.reaction(story.session, record)
        assert (text in wordings.REPEATED[chosen]) is is_repeated


@pytest.mark.parametrize(
    "probes",
    [0, 2],
)
def test_lines_go_round_before_one_comes_again(probes: int) -> None:
    asked = [question(n, weights=WEIGHTS) for n in range(1, 5)]
    story, told = Story(bank(asked), probes=probes, count=4), []
    for number in range(1, 5):
        story.ask(number).answer("Hm, lights.").graded({})
        for _ in range(probes):
            record = story.session.current
            assert record is not None
            told.append(reactions.reaction(story.session, record)[0][1])
            story.probe("small").answer("Hm, lights.").graded({})
        record = story.session.current
        assert record is not None
        told.append(reactions.reaction(story.session, record)[0][1])
    assert max(told.count(line) for line in told) <= 2
    assert all(a != b for a, b in itertools.pairwise(told))


def test_follow_ups_and_questions_in_a_row_share_no_line_of_a_list() -> None:
    lists = [
        lines
        for held in vars(wordings).values()
        for lines in (held.values() if isinstance(held, dict) else [held])
        if isinstance(lines, tuple) and len(lines) > 4
    ]
    assert {len(lines) for lines in lists} >= {5, 7}
    for lines in lists:
        assert reactions.FOLLOW_UP % len(lines) not in (0, 1, len(lines) - 1)


@pytest.mark.parametrize(("sure", "known"), [(0.5, wordings.TOUCHED), (0.9, wordings.CLOSE)])
def test_what_may_count_in_full_is_not_called_half(sure: float, known: Any) -> None:
    found = quoting(ASKED, TEXT, confidence=sure, small=("partial", THIRD))
    unmet = tuple(
        v.model_copy(update={"confidence": 0.95}) if v.level == "unmet" else v for v in found.graded
    )
    ((_, text),) = said(found.model_copy(update={"verdicts": unmet}))
    assert text in known["neutral"]


@pytest.mark.parametrize("chosen", style.STYLES)
def test_another_part_is_not_called_another_side_of_the_same(chosen: Any) -> None:
    for put, known in (("small", wordings.OTHER), ("big", wordings.NOTHING)):
        two = [("big", "Lead to big?"), ("big", "Another way to big?"), ("small", "Small?")]
        asked = question(
            1, weights={"big": 3.0, "small": 1.0}, probes=two if put == "small" else two[:2]
        )
        story = Story(bank([asked]), style=chosen).ask(1).answer("Hm.").graded({})
        story.probe("big", "Lead to big?").answer("I like trains.").graded({})
        record = story.session.current
        assert record is not None
        ((_, text),) = reactions.reaction(story.session, record)
        assert text in known[chosen]


def test_an_answer_that_passes_and_asks_whether_it_is_right_hears_no_half_a_yes() -> None:
    asks = f"{TEXT} No?"
    story = Story(BANK, probes=1).ask(1).answer(TEXT)
    first = graded(big=("met", FIRST), middle=("met", SECOND))
    answer = story.events[-1].seq
    story.add(Graded, question=1, answer=answer, grade=first, grader=GRADER)
    story.probe("small").answer(asks)
    second = quoting(ASKED, asks, confidence=0.5, small=("partial", THIRD))
    answer = story.events[-1].seq
    story.add(Graded, question=1, answer=answer, grade=second, grader=GRADER)
    record = story.session.current
    assert record is not None
    ((tone, text),) = reactions.reaction(story.session, record)
    assert (tone, text in wordings.FINE["neutral"]) == ("good", True)


def test_what_leads_up_to_a_quote_is_left_out() -> None:
    for said in ("I already said, two encoders", "No, two encoders", "Obviously two encoders"):
        assert feedback.quoted(said) == "“two encoders”"
    assert feedback.quoted("no word order") == "“no word order”"


@pytest.mark.parametrize(
    ("wrong", "known"), [({}, wordings.CHECKING), ({"wrong": 1.0}, wordings.DOUBTED)]
)
def test_it_is_made_sure_of_what_was_touched_unless_it_was_wrong(wrong: Any, known: Any) -> None:
    settled = tuple(c.model_copy(update={"settle": "Up or down?"}) for c in ASKED.criteria)
    asked = ASKED.model_copy(update={"criteria": settled})
    answer = "The big statement."
    found = quoting(asked, answer, confidence=0.85)
    if wrong:
        claims = tuple(
            v.model_copy(update={"level": "met", "credit": 1.0, "confidence": 0.6})
            for v in found.misconceptions
        )
        found = found.model_copy(update={"misconceptions": claims})
    story = Story(bank([asked])).ask(1).answer(answer)
    seq = story.events[-1].seq
    story.add(Graded, question=1, answer=seq, grade=found, grader=GRADER)
    record = story.session.current
    assert record is not None
    ((_, text),) = reactions.reaction(story.session, record)
    assert text in known["neutral"]


def lines_of(*lists: Any) -> set[str]:
    """Of all styles."""
    return {
        line
        for held in lists
        for lines in (held.values() if isinstance(held, dict) else [held])
        for line in lines
    }


COMPLETE = lines_of(wordings.WHOLE, wordings.APART)
OPEN = lines_of(wordings.MOSTLY, wordings.PARTLY)
PROMISE = re.compile(
    r"\b(?:at the end|later|come back|comes? up|still open|open for now|stays? open|more to (?:it|say)"
    r"|the rest|missing|left to|still due|not (?:quite )?(?:all|everything|enough|complete)|incomplete"
    r"|a full answer|wanted all)\b",
    re.IGNORECASE,
)
AGREED = lines_of(wordings.ACCEPTED, wordings.TAKEN_UP)
GRADED = st.fixed_dictionaries(
    {
        **{c: st.sampled_from(["met", "partial", "unmet"]) for c in WEIGHTS},
        "wrong": st.sampled_from(["met", "unmet", "unmet"]),
    }
)


@given(
    st.lists(st.tuples(GRADED, st.sampled_from([0.5, 0.75, 0.85, 0.95])), min_size=1, max_size=3),
    st.sampled_from(style.STYLES),
)
def test_what_is_said_what_is_asked_and_the_debrief_agree(grades: Any, chosen: Any) -> None:
    places = {"big": FIRST, "middle": SECOND, "small": THIRD, "wrong": "red stays"}
    story = Story(BANK, probes=len(grades) - 1, style=chosen).ask(1)
    for at, (levels, sure) in enumerate(grades):
        if at:
            story.probe("small")
        story.answer(TEXT)
        spans = {c: (v, places[c] if v != "unmet" else "") for c, v in levels.items()}
        found = quoting(ASKED, TEXT, confidence=sure, **spans)
        seq = story.events[-1].seq
        story.add(Graded, question=1, answer=seq, grade=found, grader=GRADER)
    record = story.session.current
    assert record is not None
    told = [text for _, text in reactions.reaction(story.session, record)]
    brief = "\n".join(text for _, text in debrief.question_lines(record))
    is_open = any(mark in brief for mark in ("Missing: ", "Perhaps missing: ", "Half of it: "))
    probe = following_up.next_probe(story.session, record)
    if COMPLETE & set(told):
        assert feedback.is_surely_whole(record)
        assert "in full" in brief or "slip" in brief
        assert not is_open
        assert probe is None
    if lines_of(wordings.WHOLE) & set(told):
        assert "mistake" not in brief
    if OPEN & set(told):
        assert is_open
        left = targets.open_criteria(ASKED, record.merged)
        asked = {turn.probe.criterion for turn in record.turns if turn.probe}
        assert any(c.id in asked and not doubt.in_doubt(record, c.id) for c in left)
    if probe is None:
        assert not any(PROMISE.search(text) for text in told)
    else:
        assert record.merged is not None
        assert probe.criterion in {c.id for c in targets.open_criteria(ASKED, record.merged)}
    if any(is_of(text, AGREED) for text in told):
        latest, sure = grades[-1]
        assert sure >= doubt.SURE_YES
        assert latest["wrong"] == "unmet"
        assert "met" in {latest[c] for c in WEIGHTS}


LEAVING = (
    *(wordings.WHOLE, wordings.FINE, wordings.MOSTLY, wordings.PARTLY, wordings.LEFT),
    *(wordings.YIELDED, wordings.APART, wordings.SLIP, wordings.SLIP_ALONE, wordings.LET_GO),
    *(wordings.PASSED, wordings.ADDRESSED, wordings.SENSELESS, wordings.CONFIRMED),
    *(wordings.ACCEPTED, wordings.TAKEN_UP),
)


@pytest.mark.parametrize(
    "line",
    [
        "We look at the details at the end.",
        "I leave it there; perhaps there is more to it.",
        "That last point is still open for me; the rest is good.",
        "A full answer says more.",
        "Enough, but not complete.",
    ],
)
def test_the_pattern_of_promises_knows_one(line: str) -> None:
    assert PROMISE.search(line)


def test_nothing_that_is_said_when_a_question_is_left_promises_anything() -> None:
    assert [line for line in lines_of(*LEAVING) if PROMISE.search(line)] == []


@pytest.mark.parametrize("chosen", style.STYLES)
def test_nobody_goes_on_to_another_question_after_the_last_one(chosen: Any) -> None:
    onward = re.compile(r"\b(?:next|go on|move on|moving on|on we go)\b", re.IGNORECASE)
    last: set[str] = set()
    between: set[str] = set()
    for count in range(1, 15):
        asked = [question(n, weights=WEIGHTS) for n in range(1, count + 2)]
        for total, told in ((count, last), (count + 1, between)):
            story = Story(bank(asked), probes=0, style=chosen, count=total)
            for number in range(1, count):
                story.ask(number).answer("The big statement.").graded({})
            answered, skipped = copy.deepcopy(story), story
            answered.ask(count).answer("The big statement.").graded({})
            record = answered.session.current
            assert record is not None
            told.update(text for _, text in reactions.reaction(answered.session, record))
            skipped.ask(count).skip("unknown")
            told.add(reactions.let_go(skipped.session))
    assert not any(onward.search(text) for text in last)
    assert any(onward.search(text) for text in between)


def test_who_asks_whether_it_is_right_and_says_something_wrong_hears_no_yes() -> None:
    asks = f"{TEXT} Right?"
    story = Story(BANK, probes=2).ask(1).answer(asks)
    found = quoting(ASKED, asks, big=("met", FIRST), wrong=("met", SECOND))
    seq = story.events[-1].seq
    story.add(Graded, question=1, answer=seq, grade=found, grader=GRADER)
    record = story.session.current
    assert record is not None
    ((_, text),) = reactions.reaction(story.session, record)
    assert text in wordings.NOT_SO["neutral"]


@pytest.mark.parametrize("chosen", style.STYLES)
def test_no_line_stands_in_two_lists(chosen: Any) -> None:
    lines = [
        line
        for held in vars(wordings).values()
        for group in ([held.get(chosen, ())] if isinstance(held, dict) else [held])
        if isinstance(group, tuple)
        for line in group
    ]
    assert [line for line in lines if lines.count(line) > 1] == []


@pytest.mark.parametrize("chosen", style.STYLES)
@pytest.mark.parametrize(
    ("second", "known"),
    [
        ({}, wordings.LEFT),  # the follow-up was not met, and nothing new was said
        ({"small": ("met", THIRD)}, wordings.WHOLE),
    ],
)
def test_a_passed_question_is_praised_only_where_the_last_reply_met_what_it_was_asked(
    chosen: Any, second: Any, known: Any
) -> None:
    first = graded(big=("met", FIRST), middle=("met", SECOND))
    ((tone, text),) = said(first, graded(**second), probes=1, style=chosen)
    assert (tone, text in known[chosen]) == ("good", True)


def test_what_is_whole_in_doubt_is_not_called_complete() -> None:
    spans = {"big": ("met", FIRST), "middle": ("met", SECOND), "small": ("met", THIRD)}
    ((_, text),) = said(quoting(ASKED, TEXT, confidence=0.7, **spans), probes=0)
    assert text in wordings.FINE["neutral"]


def test_who_dwells_on_a_mistake_does_not_hear_that_it_was_said() -> None:
    story = Story(BANK).ask(1).answer("Hm.").graded({})
    story.probe("small").answer("As I said, the big statement.").graded({"wrong": "met"})
    record = story.session.current
    assert record is not None
    ((_, text),) = reactions.reaction(story.session, record)
    assert text not in wordings.AGAIN["neutral"]


def test_where_no_part_was_answered_none_is_called_the_one_that_is_left() -> None:
    asked = question(
        1, prompt="What is a lattice, and where does it stand among its rivals?", probes=()
    )
    said = "My cousin has a telescope."
    story = Story(bank([asked])).ask(1).answer(said).graded({"big": "unmet", "small": "unmet"})
    record = story.session.current
    assert record is not None
    probe = following_up.next_probe(story.session, record)
    assert probe is not None
    assert following_up.is_from_prompt(asked, probe)
    ((_, text),) = reactions.reaction(story.session, record)
    assert text in wordings.NOTHING["neutral"]


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("A lattice of points.", wordings.REMINDED),
        ("Trees, the rivals of a lattice.", wordings.ONCE_MORE),
    ],
)
def test_a_part_of_the_prompt_is_led_up_to_by_whether_it_was_answered(
    said: str, known: Any
) -> None:
    asked = question(
        1, prompt="What is a lattice, and where does it stand among its rivals?", probes=()
    )
    levels = {"big": "partial", "small": "unmet"}
    story = Story(bank([asked])).ask(1).answer(said).graded(levels)
    record = story.session.current
    assert record is not None
    probe = following_up.next_probe(story.session, record)
    assert probe is not None
    ((_, text),) = reactions.reaction(story.session, record)
    assert (probe.text, text in known["neutral"]) == ("Where does it stand among its rivals?", True)
