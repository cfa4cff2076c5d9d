"""`next_step` as a table, and the choices behind it."""

from __future__ import annotations

from typing import Any

import pytest
from samples import GRADER, Story, bank, grade, question

from interviewer.bank.questions import Criterion, Deeper, Probe
from interviewer.interview.asking import following_up, going_on, targets
from interviewer.interview.asking.steps import (
    AskQuestion,
    AwaitReply,
    Finish,
    GoFurther,
    GradeAnswer,
    PutProbe,
    next_step,
)
from interviewer.session.events import Closed, Graded, Hinted, Paused, Probed, Remarked

WEIGHTS = {"light": 1.0, "heavy": 3.0, "middle": 2.0}
BANK = bank([question(1, weights=WEIGHTS), question(2, weights=WEIGHTS), question(3, probes=())])
ALL = dict.fromkeys(WEIGHTS, "met")


def told(**plan: Any) -> Story:
    return Story(BANK, **plan)


def probed(story: Story) -> str | None:
    """The criterion the next step probes, or None."""
    step = next_step(story.session)
    return step.probe.criterion if isinstance(step, PutProbe) else None


TABLE = [
    ("a fresh session asks", told(), AskQuestion(1)),
    ("an unanswered question waits", told().ask(1), AwaitReply),
    ("a hint does not change that", told().ask(1).hint("heavy"), AwaitReply),
    ("a paused question waits", told().ask(1).add(Paused), AwaitReply),
    ("an answer is graded", told().ask(1).answer(), GradeAnswer),
    ("what was missed is probed", told().play(1), PutProbe),
    ("a probe waits for its reply", told().play(1).probe("heavy"), AwaitReply),
    ("a reply to a probe is graded", told().play(1).probe("heavy").answer(), GradeAnswer),
    ("a full answer moves on", told().play(1, ALL), AskQuestion(2)),
    ("a skipped question moves on", told().ask(1).skip(), AskQuestion(2)),
    ("a skipped probe moves on", told().play(1).probe("heavy").skip(), AskQuestion(2)),
    ("a cold run has no probes", told(cold=True, probes=0).play(1), AskQuestion(2)),
    ("an ungraded answer moves on", told().play(1, dict.fromkeys(WEIGHTS, "timeout")), AskQuestion),
    ("the count ends it", told(count=1).play(1, ALL), Finish()),
    ("the order of the plan holds", told(questions=(3, 1), count=2), AskQuestion(3)),
    ("no more questions end it", told(questions=(1,), count=1).ask(1).skip(), Finish()),
    ("what is closed is finished", told().ask(1).add(Closed, reason="quit"), Finish()),
]


@pytest.mark.parametrize(("story", "expected"), [t[1:] for t in TABLE], ids=[t[0] for t in TABLE])
def test_next_step(story: Story, expected: Any) -> None:
    step = next_step(story.session)
    if isinstance(expected, type):
        assert isinstance(step, expected)
        if isinstance(step, AwaitReply | GradeAnswer):
            assert step.record is story.session.current
            assert step.turn is step.record.turns[-1]
    else:
        assert step == expected


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ({}, "heavy"),
        ({"heavy": "met"}, "middle"),
        ({"heavy": "met", "middle": "met"}, "light"),
        ({"heavy": "partial", "middle": "met", "light": "met"}, "heavy"),  # partial is not met
        ({"heavy": "partial", "middle": "unmet"}, "middle"),  # nothing comes before half
        ({"heavy": 0.74, "middle": "met", "light": "met"}, "heavy"),
        ({"heavy": 0.75}, "middle"),  # targets.LIFTED
        ({"heavy": "timeout"}, "middle"),  # an ungraded criterion is not followed up
        (ALL, None),
    ],
)
def test_the_probe_goes_to_the_heaviest_open_criterion(
    levels: dict[str, str | float], expected: str | None
) -> None:
    assert probed(told().play(1, levels)) == expected


@pytest.mark.parametrize("limit", [0, 1, 2, 3])
def test_no_more_probes_than_the_plan_allows(limit: int) -> None:
    story = told(probes=limit).play(1)
    used = []
    while (criterion := probed(story)) is not None:
        used.append(criterion)
        story.probe(criterion).answer().graded()
    assert used == ["heavy", "middle", "light"][:limit]
    assert next_step(story.session) == AskQuestion(2)


def test_no_probe_is_put_twice_and_a_hint_uses_one_up() -> None:
    story = told(probes=9).ask(1).hint("heavy").answer().graded()
    used = []
    while (criterion := probed(story)) is not None:
        used.append(criterion)
        story.probe(criterion).answer().graded()
    assert used == ["middle", "light"]


def test_a_second_probe_on_a_criterion_comes_after_the_others() -> None:
    pairs = [("heavy", "One?"), ("heavy", "Two?"), ("light", "Three?")]
    story = Story(bank([question(1, weights=WEIGHTS, probes=pairs)]), probes=9).play(1)
    texts = []
    while isinstance(step := next_step(story.session), PutProbe):
        texts.append(step.probe.text)
        story.probe(step.probe.criterion, step.probe.text).answer().graded()
    assert texts == ["One?", "Three?", "Two?"]


def test_what_a_probe_brought_out_counts_for_the_next() -> None:
    story = told(probes=3).play(1).probe("heavy").answer().graded({"heavy": "met", "middle": "met"})
    assert probed(story) == "light"


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ({"heavy": "partial"}, "Up or down?"),  # half: it is settled
        ({}, "Lead to heavy?"),  # plainly unsaid: there is nothing to settle
    ],
)
def test_an_uncertain_verdict_is_settled_first(
    levels: dict[str, str | float], expected: str
) -> None:
    asked = question(1, weights=WEIGHTS)
    settled = tuple(c.model_copy(update={"settle": "Up or down?"}) for c in asked.criteria)
    story = Story(bank([asked.model_copy(update={"criteria": settled})]))
    rest = dict.fromkeys(("middle", "light"), "met")
    step = next_step(story.play(1, {**rest, **levels}).session)
    assert isinstance(step, PutProbe)
    assert step.probe.text == expected
    if levels:
        story.probe("heavy", expected).answer().graded()
        assert probed(story) is None  # it was answered: nothing more is asked of it


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("It goes somewhere.", "Does the angle grow or shrink with depth?"),
        # "angle" and "depth" are two of its words: the choice was made.
        ("The angle is small at every depth.", "Lead to heavy?"),
        ("The angle grows or maybe it shrinks with depth.", "Does the angle grow or shrink with depth?"),
    ],
)  # fmt: skip
def test_what_the_answer_chose_already_is_not_put_as_a_choice(said: str, expected: str) -> None:
    asked = question(1, weights=WEIGHTS)
    choice = "Does the angle grow or shrink with depth?"
    changed = {"settle": choice, "statement": "The angle shrinks with depth."}
    settled = tuple(c.model_copy(update=changed) if c.id == "heavy" else c for c in asked.criteria)
    story = Story(bank([asked.model_copy(update={"criteria": settled})]))
    story.ask(1).answer(said).graded({"middle": "met", "light": "met", "heavy": "partial"})
    step = next_step(story.session)
    assert isinstance(step, PutProbe)
    assert step.probe.text == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Nothing.", 'Take "amber". What happens?'),
        ("Amber, say, is both.", following_up.ELABORATE[1]),
    ],
)
def test_no_example_is_asked_for_that_the_candidate_gave(said: str, expected: str | None) -> None:
    asked = question(1, weights={"heavy": 1.0})
    (probe, *_) = asked.probes
    taken = (probe.model_copy(update={"text": 'Take "amber". What happens?'}),)
    story = Story(bank([asked.model_copy(update={"probes": taken})]))
    story.ask(1).answer(said).graded({})
    step = next_step(story.session)
    assert (step.probe.text if isinstance(step, PutProbe) else None) == expected


def test_an_earlier_answer_is_not_forgotten_when_a_probe_is_answered_badly() -> None:
    story = told(probes=3).play(1, {"middle": "met"}).probe("heavy").answer().graded()
    assert probed(story) == "light"


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        (told().ask(1), "heavy"),
        (told().ask(1).hint("heavy"), "middle"),
        (told().play(1, {"heavy": "met"}).probe("middle"), "light"),
        (told().ask(3), None),
    ],
)
def test_hints_lead_where_probes_would(story: Story, expected: str | None) -> None:
    record = story.session.current
    assert record is not None
    hint = following_up.hint_for(record)
    assert (hint.criterion if hint else None) == expected


def test_a_hint_to_a_follow_up_leads_to_what_that_asks_for() -> None:
    asked = question(1, weights=WEIGHTS)
    settled = tuple(
        c.model_copy(update={"settle": f"Is {c.id} up or down?"}) for c in asked.criteria
    )
    asked = asked.model_copy(update={"criteria": settled})
    story = Story(bank([asked])).play(1, {"middle": "met"}).probe("light")
    record = story.session.current
    assert record is not None
    hint = following_up.hint_for(record)
    assert hint == Probe(criterion="light", text="Is light up or down?")
    story.add(Hinted, question=1, criterion="light", text="Is light up or down?")
    spent = story.session.current
    assert spent is not None
    hint = following_up.hint_for(spent)
    assert hint is not None
    assert hint.criterion == "heavy"


def test_a_probe_that_is_part_of_a_longer_text_is_not_used_up() -> None:
    pairs = [("heavy", "And then?"), ("heavy", "What is first, what is last? And then?")]
    story = Story(bank([question(1, weights=WEIGHTS, probes=pairs)]), probes=9).ask(1)
    story.add(Hinted, question=1, criterion="heavy", text=pairs[1][1])
    record = story.session.current
    assert record is not None
    hint = following_up.hint_for(record)
    assert hint is not None
    assert hint.text == "And then?"
    step = next_step(story.answer().graded().session)
    assert isinstance(step, PutProbe)
    assert step.probe.text == "And then?"


@pytest.mark.parametrize("opening", ["In other words:", "I mean no more. In other words:"])
def test_a_probe_that_a_reply_put_is_used_up(opening: str) -> None:
    pairs = [("heavy", "Which: one or two?"), ("heavy", "And then?")]
    story = Story(bank([question(1, weights=WEIGHTS, probes=pairs)]), probes=9).ask(1)
    reply = f"{opening} Which: one or two?"
    story.add(Remarked, question=1, kind="rephrase", said="What?", reply=reply)
    record = story.session.current
    assert record is not None
    assert {"Which: one or two?", reply} == record.shown
    hint = following_up.hint_for(record)
    assert hint is not None
    assert hint.text == "And then?"


def test_open_criteria_of_nothing() -> None:
    assert targets.open_criteria(BANK.question(1), None) == []


TIERED = bank([question(n) for n in range(1, 13)], tiers=[range(1, 5), range(5, 9)])
RIGHT, WRONG = {"big": "met", "small": "met"}, {"big": "unmet"}


def adaptive(**played: dict[str, str]) -> Story:
    """An adaptive session where q1, q5 ... went as given."""
    story = Story(TIERED, order="adaptive", probes=0)
    for name, levels in played.items():
        story.play(int(name.removeprefix("q")), levels)
    return story


def test_adaptive_goes_where_the_tier_is_most_in_doubt() -> None:
    # Tier 1 was missed three times of four: hardly any doubt. Tier 2 is one of one: more.
    one_sided = adaptive(q1=WRONG, q2=WRONG, q3=WRONG, q5=RIGHT)
    assert next_step(one_sided.session) == AskQuestion(6)
    # The other way round it is tier 1 that is asked next.
    other = adaptive(q5=WRONG, q6=WRONG, q7=WRONG, q1=RIGHT)
    assert next_step(other.session) == AskQuestion(2)


def test_adaptive_keeps_the_plan_order_in_a_tie_and_leaves_the_tierless_for_last() -> None:
    story = Story(TIERED, order="adaptive", probes=0, questions=(12, 5, 1), count=3)
    assert next_step(story.session) == AskQuestion(5)
    story.play(5, RIGHT).play(1, RIGHT)
    assert next_step(story.session) == AskQuestion(12)


def test_adaptive_stops_at_its_count() -> None:
    story = Story(TIERED, order="adaptive", probes=0, count=2).play(1).play(5)
    assert next_step(story.session) == Finish()


TOUCHING = "Something heavy, middling or light."
"""An answer with a word of each criterion."""


def doubted(said: str = TOUCHING, /, **sure: float) -> Story:
    """After an answer of which nothing counted, as sure as that."""
    names = {"heavy": "Heavy.", "middle": "Middling.", "light": "Light."}
    asked = question(1, weights=WEIGHTS)
    plain = tuple(c.model_copy(update={"statement": names[c.id]}) for c in asked.criteria)
    asked = asked.model_copy(update={"criteria": plain})
    story = Story(bank([asked])).ask(1).answer(said)
    found = grade(asked)
    verdicts = tuple(
        v.model_copy(update={"confidence": sure.get(v.criterion, 0.5)}) for v in found.graded
    )
    return story.add(
        Graded, question=1, answer=story.session.last_seq, grader=GRADER,
        grade=found.model_copy(update={"verdicts": verdicts}),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sure", "expected"),
    [
        # The heaviest may have been said; what surely was not comes before it.
        ({"heavy": 0.6, "middle": 0.85, "light": 0.95}, "Lead to light?"),
        ({"heavy": 0.6, "middle": 0.85, "light": 0.7}, "Lead to middle?"),  # LIKELY, not passed
        ({"heavy": 0.6, "middle": 0.75, "light": 0.7}, following_up.ELABORATE[1]),
    ],
)
def test_only_what_was_clearly_left_unsaid_is_asked_for(
    sure: dict[str, float], expected: str
) -> None:
    step = next_step(doubted(**sure).session)
    assert isinstance(step, PutProbe)
    assert step.probe.text == expected


def test_to_say_more_is_asked_for_once() -> None:
    story = doubted(heavy=0.6, middle=0.75, light=0.7)
    story.probe("heavy", following_up.ELABORATE[1]).answer("More of it.").graded()
    assert probed(story) is None  # any answer that may have said it leaves it in doubt


@pytest.mark.parametrize(("sure", "expected"), [(0.55, "heavy"), (0.45, "middle")])
def test_of_what_no_word_was_said_it_needs_less_to_be_sure(sure: float, expected: str) -> None:
    story = doubted("Only the middling one, and it goes there.", heavy=sure, middle=0.85, light=0.2)
    assert probed(story) == expected


def test_a_doubt_is_asked_about_once_also_where_the_question_passes() -> None:
    asked = question(1, weights=WEIGHTS)
    found = grade(asked, {"heavy": "met", "middle": "met", "light": "partial"})
    doubt = tuple(v.model_copy(update={"confidence": 0.5}) for v in found.graded)
    story = Story(bank([asked])).ask(1).answer("Something.")
    story.add(
        Graded, question=1, answer=story.session.last_seq, grader=GRADER,
        grade=found.model_copy(update={"verdicts": doubt}),
    )  # fmt: skip
    step = next_step(story.session)
    assert isinstance(step, PutProbe)
    assert (step.probe.criterion, step.probe.text) == ("light", following_up.NUDGE[1])
    story.probe("light", step.probe.text).answer("No more.").graded({"light": "partial"})
    assert probed(story) is None


def test_a_wrong_claim_that_made_the_choice_is_not_put_as_a_choice() -> None:
    asked = question(1, weights={"heavy": 1.0}, misconceptions=[("wrong", 0.25)])
    (heavy,) = asked.criteria
    (wrong,) = asked.misconceptions
    asked = asked.model_copy(
        update={
            "criteria": (heavy.model_copy(update={"settle": "Does the angle grow with depth?"}),),
            "misconceptions": (wrong.model_copy(update={"statement": "The heavy one is wrong."}),),
        }
    )
    for said, expected in (
        ("The angle is wide at any depth.", "Lead to heavy?"),
        ("It is wide.", "Does the angle grow with depth?"),
    ):
        story = Story(bank([asked])).ask(1).answer(said).graded({"wrong": "met"})
        step = next_step(story.session)
        assert isinstance(step, PutProbe)
        assert step.probe.text == expected


def sure_of(
    story: Story, levels: dict[str, tuple[str, float]], credit: float | None = None
) -> Story:
    """The grade of the latest answer by criterion, each a level with a confidence."""
    record = story.session.current
    assert record is not None
    asked = record.question
    found = grade(asked, {claim: credit or level for claim, (level, _) in levels.items()})
    verdicts = tuple(
        v.model_copy(update={"confidence": levels.get(v.criterion, ("", 0.9))[1]})
        for v in found.graded
    )
    return story.add(
        Graded, question=asked.id, answer=story.session.last_seq, grader=GRADER,
        grade=found.model_copy(update={"verdicts": verdicts}),
    )  # fmt: skip


PARTS = question(
    1,
    weights={"first": 3.0, "second": 1.0},
    prompt="What is a lattice, and where does it stand among its rivals?",
    probes=("first",),
)


@pytest.mark.parametrize(
    ("said", "sure", "expected"),
    [
        # It passes; of the second part nothing was said, whatever the grader thinks of it.
        ("A grid of points.", 0.5, "Where does it stand among its rivals?"),
        ("A grid; its rivals are trees.", 0.5, following_up.NUDGE[1]),  # it may have been said
        ("A grid; its rivals are trees.", 0.95, "Where does it stand among its rivals?"),
    ],
)
def test_what_the_prompt_itself_asks_for_is_asked_for_once_more(
    said: str, sure: float, expected: str | None
) -> None:
    story = Story(bank([PARTS])).ask(1).answer(said)
    step = next_step(sure_of(story, {"first": ("met", 0.9), "second": ("unmet", sure)}).session)
    assert (step.probe.text if isinstance(step, PutProbe) else None) == expected


def test_a_part_of_the_prompt_is_put_once_more_only_once() -> None:
    story = Story(bank([PARTS]), probes=3).ask(1).answer("A grid of points.")
    sure_of(story, {"first": ("met", 0.9), "second": ("unmet", 0.5)})
    story.probe("second", "Where does it stand among its rivals?").answer("Hm.")
    sure_of(story, {"first": ("met", 0.9), "second": ("unmet", 0.95)})
    assert probed(story) is None


def test_of_what_is_surely_open_the_part_left_out_comes_first() -> None:
    asked = question(1, weights={"first": 3.0, "second": 1.0}, prompt=PARTS.prompt)
    for said, expected in (("A lattice of points.", "second"), ("Its rivals.", "first")):
        story = Story(bank([asked])).ask(1).answer(said)
        assert probed(sure_of(story, {})) == expected


REASONED = "It bends, because the layers above it push the lower ones down towards the floor."


@pytest.mark.parametrize(
    ("said", "is_vague"),
    [("Something.", True), (REASONED, False), ("It is 15% of seven.", False)],
)
def test_who_gave_a_reason_is_not_asked_to_say_more(said: str, is_vague: bool) -> None:
    asked = question(1, weights={"only": 1.0}, probes=())
    settled = tuple(c.model_copy(update={"settle": "Up or down?"}) for c in asked.criteria)
    story = Story(bank([asked.model_copy(update={"criteria": settled})])).ask(1).answer(said)
    step = next_step(sure_of(story, {"only": ("partial", 0.5)}, credit=0.4).session)
    assert isinstance(step, PutProbe)
    assert (step.probe.text in following_up.ELABORATE) is is_vague
    assert is_vague or step.probe.text == "Up or down?"


def test_of_what_was_not_touched_the_written_follow_up_is_put() -> None:
    asked = question(1, weights={"only": 1.0})
    settled = tuple(c.model_copy(update={"settle": "Up or down?"}) for c in asked.criteria)
    story = Story(bank([asked.model_copy(update={"criteria": settled})])).ask(1).answer(REASONED)
    step = next_step(sure_of(story, {"only": ("unmet", 0.6)}).session)
    assert isinstance(step, PutProbe)
    assert step.probe.text == "Lead to only?"


def test_a_part_of_the_prompt_without_words_of_its_own_comes_before_an_open_request() -> None:
    asked = question(
        1,
        weights={"first": 3.0, "second": 1.0},
        prompt="Which string does it score too generously, and what would you do about that?",
        probes=(),
    )
    story = Story(bank([asked])).ask(1).answer("A string that was mistyped once scores high.")
    step = next_step(sure_of(story, {"first": ("met", 0.9), "second": ("unmet", 0.6)}).session)
    assert isinstance(step, PutProbe)
    assert step.probe.text == "What would you do about that?"


def test_who_had_something_right_is_asked_for_the_rest_openly() -> None:
    asked = question(1, weights={"small": 1.0, "big": 3.0}, probes=())
    story = Story(bank([asked])).ask(1).answer("Something.")
    step = next_step(sure_of(story, {"small": ("met", 0.9), "big": ("unmet", 0.5)}).session)
    assert isinstance(step, PutProbe)
    assert step.probe.text == following_up.NUDGE[1]
    story.probe("big", step.probe.text).answer("No.").graded()
    assert probed(story) is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("There are two stages. First you train the small one.", going_on.GO_ON["second"][1]),
        ("It is the small one because", going_on.GO_ON["more"][1]),
        ("It is the small one.", None),
    ],
)
def test_who_announces_more_is_asked_to_go_on_before_anything_else(
    said: str, expected: str | None
) -> None:
    asked = question(1, misconceptions=[("wrong", 0.25)])
    story = Story(bank([asked])).ask(1).answer(said).graded({"small": "met", "wrong": "met"})
    step = next_step(story.session)
    assert isinstance(step, PutProbe)
    assert step.goes_on == (expected is not None)
    assert step.probe.text == (expected or "Lead to big?")


def test_to_go_on_is_asked_for_once_and_uses_up_no_follow_up() -> None:
    story = Story(bank([question(1)]), probes=1).ask(1).answer("It is this and")
    sure_of(story, {"small": ("met", 0.9)})
    story.add(Probed, question=1, criterion="big", text="Go on.", goes_on=True)
    story.answer("And that because").graded()
    step = next_step(story.session)
    assert isinstance(step, PutProbe)
    assert (step.probe.text, step.goes_on) == ("Lead to big?", False)
    story.probe("big").answer("So it is, and").graded()
    assert next_step(story.session) == Finish()


@pytest.mark.parametrize(("sure", "goes_on"), [(0.9, False), (0.6, True)])
def test_who_surely_has_all_of_it_need_not_go_on(sure: float, goes_on: bool) -> None:
    story = Story(bank([question(1)])).ask(1).answer("It is both...")
    step = next_step(sure_of(story, {"small": ("met", sure), "big": ("met", sure)}).session)
    assert isinstance(step, PutProbe) == goes_on


@pytest.mark.parametrize("rules", [{"probes": 0}, {"probes": 0, "cold": True}])
def test_where_nothing_is_followed_up_nobody_is_asked_to_go_on(rules: dict[str, Any]) -> None:
    story = Story(bank([question(1)]), **rules).ask(1).answer("It is both and").graded()
    assert next_step(story.session) == Finish()


AGAIN = question(
    1,
    prompt="What is a lattice, and where does it stand among its rivals?",
    again="Tell me about lattices and their place.",
    references=("A grid of points that wins.",),
)


@pytest.mark.parametrize(
    ("said", "levels", "expected"),
    [
        ("I used trees mostly.", {}, "Tell me about lattices and their place."),
        # What earned something, speaks of the question or makes a wrong claim is no miss of all of it.
        ("I used trees mostly.", {"big": "met"}, "Where does it stand among its rivals?"),
        ("The big statement, I think.", {}, "Lead to small?"),
        ("A grid of points.", {}, "What is a lattice?"),
        ("A lattice is fine.", {}, "Where does it stand among its rivals?"),
    ],
)
def test_of_what_was_not_answered_at_all_no_detail_is_asked_for(
    said: str, levels: dict[str, str | float], expected: str
) -> None:
    story = Story(bank([AGAIN])).ask(1).answer(said).graded(levels)
    step = next_step(story.session)
    assert isinstance(step, PutProbe)
    assert step.probe.text == expected


def test_the_question_is_put_in_other_words_once_and_not_where_it_was_before() -> None:
    story = Story(bank([AGAIN])).ask(1).answer("I used trees mostly.").graded()
    assert AGAIN.again is not None
    step = next_step(story.session)
    assert isinstance(step, PutProbe)
    assert step.goes_on  # no help, as it is none to who asks for it
    story.add(Probed, question=1, criterion="big", text=AGAIN.again, goes_on=True)
    step = next_step(story.answer("Trees.").graded().session)
    assert isinstance(step, PutProbe)
    assert not step.goes_on
    assert step.probe.text != AGAIN.again
    told = Story(bank([AGAIN])).ask(1)
    told.add(Remarked, question=1, kind="rephrase", said="What?", reply=f"In short: {AGAIN.again}")
    step = next_step(told.answer("I used trees mostly.").graded().session)
    assert isinstance(step, PutProbe)
    assert step.probe.text == "What is a lattice?"


def test_a_wrong_claim_comes_before_the_part_left_out_and_that_before_the_rest() -> None:
    asked = question(
        1,
        weights={"first": 1.0, "second": 1.0, "third": 3.0},
        prompt="What is it, where does it stand among rivals, and how do you build one?",
        misconceptions=[("wrong", 0.25)],
        probes=("first", "third"),
    )
    (wrong,) = asked.misconceptions
    about = wrong.model_copy(update={"statement": "The first one is wrong."})
    story = Story(bank([asked.model_copy(update={"misconceptions": (about,)})]), probes=3)
    story.ask(1).answer("You build the third like that.").graded({"wrong": "met"})
    put = []
    while isinstance(step := next_step(story.session), PutProbe):
        put.append(step.probe.text)
        story.probe(step.probe.criterion, step.probe.text).answer("Hm.").graded()
    assert put == ["Lead to first?", "Where does it stand among rivals?", "Lead to third?"]


@pytest.mark.parametrize(
    ("said", "goes_further"),
    [("A grid.", False), ("A grid, and its rivals lose.", True)],
)
def test_a_part_left_out_is_asked_for_before_the_deeper_question_though_it_counts(
    said: str, goes_further: bool
) -> None:
    further = Deeper(
        prompt="And then?",
        references=("So.",),
        criteria=(Criterion(id="so", statement="So it is."),),
    )
    story = Story(bank([AGAIN.model_copy(update={"deeper": further})]), deeper=1)
    story.ask(1).answer(said).graded({"big": "met", "small": "met"})
    step = next_step(story.session)
    assert isinstance(step, GoFurther if goes_further else PutProbe)
    if isinstance(step, PutProbe):
        assert step.probe.text == "Where does it stand among its rivals?"


def test_a_point_in_doubt_is_asked_for_by_the_part_then_by_what_settles_it() -> None:
    asked = question(1, weights={"first": 1.0, "second": 1.0}, prompt=PARTS.prompt)
    settled = tuple(c.model_copy(update={"settle": "Up or down?"}) for c in asked.criteria)
    asked = asked.model_copy(update={"criteria": settled})
    for said, sure, expected in (
        ("A grid, the second of its kind.", 0.5, "Where does it stand among its rivals?"),
        ("A grid, the second among its rivals.", 0.5, "Up or down?"),
    ):
        story = Story(bank([asked])).ask(1).answer(said)
        step = next_step(sure_of(story, {"first": ("met", 0.9), "second": ("unmet", sure)}).session)
        assert isinstance(step, PutProbe)
        assert step.probe.text == expected


@pytest.mark.parametrize(
    ("sure", "expected"), [(0.7, "Lead to second?"), (0.6, following_up.NUDGE[1])]
)
def test_what_is_much_in_doubt_is_asked_for_openly(sure: float, expected: str) -> None:
    asked = question(1, weights={"first": 1.0, "second": 1.0})
    story = Story(bank([asked])).ask(1).answer("The second of its kind, it stands there.")
    step = next_step(sure_of(story, {"first": ("met", 0.9), "second": ("unmet", sure)}).session)
    assert isinstance(step, PutProbe)
    assert step.probe.text == expected
