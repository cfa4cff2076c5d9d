"""A question as it is put, what it counts for, and where somebody who comes back to it is."""

from __future__ import annotations

import pytest
from samples import Story, bank, question
from studio_parts import Held

from interviewer.bank.questions import Aim, Criterion
from interviewer.interview.asking import following_up
from interviewer.interview.talk import putting
from interviewer.interview.telling import wordings
from interviewer.session.events import Remarked

QUICK = {"kind": "quick-fire", "probes": ()}
GRILL = bank(
    [question(1), *(question(n, **QUICK) for n in (2, 3, 4, 5))],
    tiers=[(1, 5)],
    aims=(
        Aim(name="drill", questions=(1,), target=1),
        Aim(name="cold", questions=(1, 2, 3, 5), target=3),
    ),
)
COLD = "your aim of 3 out of 4"


def announced(told: Story) -> list[str]:
    return [text for tone, text in putting.put(told.session) if tone == "note"]


def test_a_quick_fire_question_says_what_it_counts_for_where_that_is_new() -> None:
    told = Story(GRILL).ask(1).skip().ask(2)
    (words,) = announced(told)
    assert words == (
        "Quick fire from here: a few words will do, and I do not follow up."
        f" These count towards {COLD} and no tier."
    )
    assert announced(told.skip().ask(3)) == []
    assert announced(told.skip().ask(4)) == ["This one counts towards no aim and no tier."]
    assert announced(told.skip().ask(5))[0].endswith(f"towards {COLD} and the tier 'Tier 1'.")
    assert putting.put(told.session)[-2:] == [
        ("title", "Question 5 of 5"),
        ("question", "Prompt number 5?"),
    ]


def test_a_question_is_called_by_its_place_alone() -> None:
    told = Story(GRILL).ask(3).skip()
    assert putting.put(told.session)[-2] == ("title", "Question 1 of 5")
    assert putting.put(told.ask(2).session)[-2] == ("title", "Question 2 of 5")


def test_a_bank_without_tiers_says_nothing_of_them() -> None:
    plain = bank([question(1, **QUICK)], aims=(Aim(name="all", questions=(1,), target=1),))
    assert announced(Story(plain).ask(1))[0].endswith("your aim of 1 out of 1.")


def test_another_question_says_nothing_of_what_it_counts_for() -> None:
    assert announced(Story(GRILL).ask(1)) == []


def test_who_comes_back_is_shown_all_that_was_said_in_its_order() -> None:
    told = Story(GRILL).ask(1)
    told.add(Remarked, question=1, kind="thinking", said="hm", reply="Take your time.")
    told.add(Remarked, question=1, kind="dont-know", said="no idea", reply="Start smaller: why?")
    told.hint("big").answer("First\nwords. " + "x" * 400).graded({"big": "met"})
    told.probe("small").answer("Then these.").graded().probe("small", "And once more?")
    assert putting.put_again(told.session) == [
        ("title", "Question 1 of 5"),
        ("question", "Prompt number 1?"),
        ("note", "Start smaller: why?"),
        ("hint", "Lead to big?"),
        ("plain", f"You said: First words. {'x' * (putting.MOST_SAID - 14)}…"),
        ("probe", "Lead to small?"),
        ("plain", "You said: Then these."),
        ("probe", "And once more?"),
    ]


def test_what_was_passed_on_is_said_too() -> None:
    told = Story(GRILL).ask(1).answer("A.").graded().probe("big").skip()
    assert putting.put_again(told.session)[-1] == ("note", "You passed.")


def test_what_was_taken_back_is_shown_as_such() -> None:
    held = Held("one", "two", "/undo", count=1).go_on()
    assert held.terminal.text().splitlines()[3:] == [
        "You said: one",
        "Lead to big?",
        "You took back: two",
        "A follow-up, since taken back: Lead to small?",
    ]
    held = Held("one", "two", "/undo", "/undo", count=1).go_on()
    assert held.terminal.text().splitlines()[1:] == [
        "Question 1 of 1",
        "Prompt number 1?",
        "You took back: one",
        "A follow-up, since taken back: Lead to big?",
        "You took back: two",
        "A follow-up, since taken back: Lead to small?",
    ]


def test_an_open_question_that_settles_a_verdict_is_shown() -> None:
    unsure = Criterion(id="big", statement="It is big.", settle="Do you mean the big one?")
    told = Story(bank([question(1, criteria=(unsure,), probes=[])])).ask(1).answer()
    record = told.graded({"big": "partial"}).session.records[0]
    probe = following_up.next_probe(told.session, record)
    assert probe is not None
    told.probe("big", probe.text)
    assert putting.put_again(told.session)[-1] == ("probe", "Do you mean the big one?")


def test_resume_shows_the_question_before_the_open_follow_up() -> None:
    held = Held("big", probes=1).go_on()
    shown = held.terminal.text().splitlines()
    assert shown[0] == "Welcome back. 1 question of 3 asked so far."
    assert shown[1:5] == [
        "Question 1 of 3",
        "Prompt number 1?",
        "You said: big",
        "Lead to small?",
    ]
    assert held.terminal.text("probe") == "Lead to small?"  # and nothing twice


def cut(held: Held, last: str) -> Held:
    """As if the program was killed after the first event of that name."""
    del held.log.lines[held.log.names.index(last) + 1 :]
    return held


def test_resume_before_a_grade_shows_what_is_graded() -> None:
    held = cut(Held("big", probes=1), "answered").go_on()
    shown = held.terminal.text()
    told = min(shown.index(line) for line in wordings.ACCEPTED["neutral"] if f"{line}\n" in shown)
    assert shown.index("You said: big") < told < shown.index("Lead to small?")
    assert shown.count("Prompt number 1?") == 1


def test_resume_between_two_questions_shows_only_the_next() -> None:
    held = cut(Held("all", probes=0), "graded").go_on()
    assert "You said" not in held.terminal.text()
    assert "Prompt number 1?" not in held.terminal.text()
    assert held.terminal.text().count("Prompt number 2?") == 1


@pytest.mark.parametrize("asks", ["/repeat", "can you repeat the question?"])
def test_repeat_shows_what_was_said_too(asks: str) -> None:
    held = Held("big", asks, probes=1)
    shown = held.terminal.text().splitlines()
    at = shown.index("You said: big")
    assert shown[at - 1 : at + 2] == ["Prompt number 1?", "You said: big", "Lead to small?"]
