"""The debrief: what counted, what was missing, what was wrong, a full answer."""

from __future__ import annotations

from hostile import HOSTILE, unsafe
from hypothesis import given
from samples import GRADER, Story, bank, grade, question, quoting

from interviewer.common.base import writable
from interviewer.interview.telling.debrief import debrief
from interviewer.session.events import Answered, Closed, Graded, Hinted

BANK = bank([question(n, misconceptions=[("wrong", 0.25)]) for n in range(1, 6)])


def lines(story: Story, *, numbers: bool = False) -> list[str]:
    return [text for _, text in debrief(story.session, numbers=numbers)]


def test_each_question_in_the_order_it_was_asked() -> None:
    story = Story(BANK).play(2, {"big": "met", "small": "met"}).play(1, {"big": "met"})
    assert lines(story) == [
        "Question 2 (1 of 5): Prompt number 2?",
        "Answered cold, in full.",
        "✓  The big statement of 2.",
        "✓  The small statement of 2.",
        "A full answer: Reference number 2.",
        "Question 1 (2 of 5): Prompt number 1?",
        "Answered cold: enough, though not all of it.",
        "✓  The big statement of 1.",
        "·  Missing: The small statement of 1.",
        "A full answer: Reference number 1.",
    ]


def test_help_halves_slips_and_what_was_passed_on() -> None:
    story = Story(BANK).play(1, {"small": "partial"}).probe("big").answer().graded({"big": "met"})
    story.play(2, {"wrong": "met"}).ask(3).skip("unknown").play(4, {"big": "timeout"})
    text = "\n".join(lines(story))
    assert "Answered with help (a follow-up): enough, though not all of it." in text
    assert "◐  Half of it: The small statement of 1." in text
    assert "✗  A common mistake: “The wrong error.”" in text
    assert "Not enough." in text
    assert "Not answered: did not know." in text
    assert "Not graded." in text
    assert "?  Not graded: The big statement of 4." in text


def test_a_hint_is_told_apart_from_a_follow_up() -> None:
    story = Story(BANK).ask(1).hint("big").answer().graded({"big": "met"})
    assert "Answered with help (a hint): enough, though not all of it." in lines(story)


def test_a_question_not_replied_to_is_left_out() -> None:
    assert lines(Story(BANK).ask(1).add(Closed, reason="quit")) == []


def test_words_are_quoted_where_they_share_something_with_what_the_claim_states_or_accepts() -> (
    None
):
    asked = question(1, weights={"only": 1.0})
    (only,) = asked.criteria
    known = asked.model_copy(
        update={"criteria": (only.model_copy(update={"accepts": ("A zebra.",)}),)}
    )
    for answer, exemplars, is_quoted in (
        ("The only one.", (), True),
        ("Some zebra.", (), False),
        ("Some zebra.", (known,), True),
        ("Oh well, right.", (known,), False),
    ):
        story = Story(bank([asked])).ask(1).answer(answer)
        found = quoting(asked, answer, only=("met", answer))
        story.add(Graded, question=1, answer=story.session.last_seq, grade=found, grader=GRADER)
        shown = "\n".join(text for _, text in debrief(story.session, known=exemplars))
        assert ("You said" in shown) is is_quoted


def test_words_of_which_it_is_not_sure_that_they_say_it_are_told_as_taken_for_it() -> None:
    asked = question(1, weights={"only": 1.0})
    for sure, told in ((0.7, "I went by “The only one”."), (0.9, "You said “The only one”.")):
        story = Story(bank([asked])).ask(1).answer("The only one.")
        found = quoting(asked, "The only one.", confidence=sure, only=("met", "The only one"))
        story.add(Graded, question=1, answer=story.session.last_seq, grade=found, grader=GRADER)
        assert any(line.endswith(told) for line in lines(story))


def test_a_quote_comes_once_on_a_question() -> None:
    asked = question(1)
    answer = "The big statement, the small statement."
    story = Story(bank([asked])).ask(1).answer(answer)
    found = quoting(asked, answer, big=("met", answer), small=("met", answer))
    story.add(Graded, question=1, answer=story.session.last_seq, grade=found, grader=GRADER)
    assert "\n".join(lines(story)).count("You said") == 1


def test_a_charge_that_is_not_sure_is_told_as_what_it_sounded_like() -> None:
    asked = question(1, misconceptions=[("wrong", 0.25)])
    answer = "The wrong one."
    for sure, is_perhaps in ((0.79, True), (0.8, False)):
        story = Story(bank([asked])).ask(1).answer(answer)
        found = quoting(asked, answer, confidence=sure, wrong=("met", answer))
        story.add(Graded, question=1, answer=story.session.last_seq, grade=found, grader=GRADER)
        shown = "\n".join(lines(story))
        assert ("Perhaps a mistake" in shown) is is_perhaps
        assert ("'interviewer appeal' settles it" in shown) is is_perhaps
        assert ("Perhaps missing: " in shown, "Missing: " in shown) == (True, False)


def test_what_was_put_right_is_told_as_that() -> None:
    wrong = question(1, misconceptions=[("wrong", 0.25)])
    (error,) = wrong.misconceptions
    error = error.model_copy(update={"statement": "The small one is wrong."})
    asked = wrong.model_copy(update={"misconceptions": (error,)})
    story = Story(bank([asked])).ask(1).answer("x").graded({"wrong": "met"})
    story.probe("small").answer("y").graded({"small": "met"})
    shown = lines(story)
    assert "–  You put this right yourself: “The small one is wrong.”" in shown
    assert not any("mistake" in line for line in shown)


def test_what_help_brought_is_told_apart_from_what_came_cold() -> None:
    story = Story(BANK).play(1, {"big": "met"}).probe("small").answer().graded({"small": "met"})
    assert "Answered cold, and in full after a follow-up." in lines(story)


def test_numbers_only_where_they_are_asked_for() -> None:
    story = Story(BANK).play(1, {"big": "met"})
    assert "0." not in "\n".join(lines(story))
    shown = "\n".join(lines(story, numbers=True))
    assert "(cold 0.75, with help 0.75)" in shown
    assert "(credit 1.00, confidence 0.90)" in shown


@given(HOSTILE)
def test_a_hostile_answer_is_harmless(text: str) -> None:
    story = Story(BANK).ask(1).answer(writable(text)).graded({"big": "met"})
    for _, line in debrief(story.session):
        assert not unsafe(line)


def test_a_charge_in_doubt_is_not_told_where_its_point_may_have_been_said() -> None:
    wrong = question(1, misconceptions=[("wrong", 0.25)])
    (error,) = wrong.misconceptions
    error = error.model_copy(update={"statement": "The small one is wrong."})
    asked = wrong.model_copy(update={"misconceptions": (error,)})
    answer = "The small one, that is it."
    for sure, small, is_told in (
        (0.79, "met", False),
        (0.79, "unmet", True),
        (0.68, "unmet", False),
        (0.9, "met", True),
    ):
        story = Story(bank([asked])).ask(1).answer(answer)
        spans = {
            "wrong": ("met", "The small one"),
            "small": (small, "it" if small == "met" else ""),
        }
        found = quoting(asked, answer, confidence=sure, **spans)
        story.add(Graded, question=1, answer=story.session.last_seq, grade=found, grader=GRADER)
        assert ("mistake" in "\n".join(lines(story))) is is_told


def test_what_was_only_asked_is_not_told_as_a_mistake() -> None:
    asked = question(1, misconceptions=[("wrong", 0.25)])
    for answer, is_told in (
        ("What was the wrong one again?", False),
        ("It is the wrong one, right?", True),
        ("It is the wrong one.", True),
    ):
        story = Story(bank([asked])).ask(1).answer(answer)
        found = quoting(asked, answer, confidence=0.75, wrong=("met", "the wrong one"))
        story.add(Graded, question=1, answer=story.session.last_seq, grade=found, grader=GRADER)
        assert ("Perhaps a mistake" in "\n".join(lines(story))) is is_told


def test_what_was_added_after_help_is_told_as_that() -> None:
    story = Story(BANK).ask(1)
    story.add(Hinted, question=1, criterion="big", text="Lead to big?")
    story.answer("I do not see it.").graded().ask(2)
    seq = story.session.last_seq + 1
    story.add(Answered, question=1, text="And more.", seconds=1.0, added=True)
    told = grade(BANK.question(1), {"big": "met", "small": "met"})
    story.add(Graded, question=1, answer=seq, grade=told, grader=GRADER)
    assert "Answered, with what you added yourself a turn later, in full." in lines(story)


def test_what_was_added_a_turn_later_is_no_help() -> None:
    for first, head in (
        ({"big": "met"}, "Answered cold, in full; the rest you added yourself a turn later."),
        ({}, "Answered cold, in full; the rest you added yourself a turn later."),
    ):
        story = Story(BANK).play(1, first).ask(2)
        seq = story.session.last_seq + 1
        story.add(Answered, question=1, text="And more.", seconds=1.0, added=True)
        story.add(
            Graded,
            question=1,
            answer=seq,
            grade=grade(BANK.question(1), {"big": "met", "small": "met"}),
            grader=GRADER,
        )
        assert head in lines(story)
