"""What a follow-up is about."""

from __future__ import annotations

import pytest
from samples import GRADER, Story, bank, grade, question

from interviewer.answer_text.quotes import Evidence
from interviewer.bank.questions import Criterion, Misconception, Question
from interviewer.grading.grades import Verdict
from interviewer.interview.asking import following_up, targets
from interviewer.interview.asking.targets import Reason
from interviewer.session.events import Graded, Probed

SKY = question(
    criteria=(
        Criterion(id="scatter", statement="Air scatters sunlight.", weight=3),
        Criterion(id="waves", statement="Short wavelengths are scattered more.", weight=2),
        Criterion(id="eye", statement="The eye is less sensitive to violet.", weight=1),
    ),
    probes=(),
).model_copy(
    update={
        "misconceptions": (Misconception(id="sea", statement="The eye sees the sea mirrored."),)
    }
)


def aimed(answer: str, levels: dict[str, str], of: Question = SKY) -> list[tuple[Reason, str]]:
    graded = grade(of, levels)
    found = targets.in_order(of, answer, graded, targets.open_criteria(of, graded))
    return [(t.reason, t.criterion.id) for t in found]


@pytest.mark.parametrize(
    ("answer", "levels", "expected"),
    [
        ("x", {}, [("missing", "scatter"), ("missing", "waves"), ("missing", "eye")]),
        ("x", {"scatter": "partial"}, [("missing", "waves"), ("missing", "eye"), ("vague", "scatter")]),
        ("x", {"scatter": "met", "waves": "met", "eye": "met"}, []),
        ("x", {"scatter": "met", "waves": "timeout", "eye": "partial"}, [("vague", "eye")]),
        # The misconception speaks of the eye, so that is what it contradicts.
        ("x", {"sea": "met"}, [("contradiction", "eye"), ("missing", "scatter"), ("missing", "waves")]),
        # With that met, it leads to nothing else: what is asked next is not about it.
        ("x", {"sea": "met", "eye": "met"}, [("missing", "scatter"), ("missing", "waves")]),
        # Graded as not said while the answer holds most of its words: that comes last.
        ("Sunlight, and the air scatters it.", {}, [("missing", "waves"), ("missing", "eye"), ("missing", "scatter")]),
        ("x", {"sea": "met", "scatter": "met", "waves": "met", "eye": "met"}, []),
        (
            "Either the short wavelengths or the long ones, I am not sure which.",
            {"scatter": "met", "waves": "partial"},
            [("contradiction", "waves"), ("missing", "eye")],
        ),
        (
            "Maybe the violet in the eye or something.",
            {"scatter": "met", "waves": "met"},
            [("contradiction", "eye")],
        ),
        # Put both ways, but not about anything that is still open.
        ("Either I walk or I run.", {"waves": "met", "eye": "met"}, [("missing", "scatter")]),
    ],
)  # fmt: skip
def test_contradictions_then_what_is_missing_then_what_is_vague(
    answer: str, levels: dict[str, str], expected: list[tuple[Reason, str]]
) -> None:
    assert aimed(answer, levels) == expected


def test_the_words_of_the_answer_are_taken_up() -> None:
    answer = "Air does something. The sea is mirrored."
    graded = grade(SKY, {"scatter": "partial", "sea": "met", "waves": "met"})

    def quoting(v: Verdict, words: str) -> Verdict:
        at = answer.index(words)
        return v.model_copy(update={"evidence": Evidence(start=at, end=at + len(words))})

    verdicts = tuple(quoting(v, "Air does something") for v in graded.graded)
    wrong = tuple(quoting(v, "sea is mirrored") for v in graded.asserted)
    graded = graded.model_copy(update={"verdicts": verdicts, "misconceptions": wrong})
    still_open = targets.open_criteria(SKY, graded)
    target, _ = targets.in_order(SKY, answer, graded, still_open)
    assert (target.reason, target.words) == ("contradiction", "sea is mirrored")
    calm = graded.model_copy(update={"misconceptions": ()})
    _, target = targets.in_order(SKY, answer, calm, still_open)
    assert (target.reason, target.words) == ("vague", "Air does something")


WEIGHTS = {"heavy": 3.0, "middle": 2.0, "light": 1.0}


def test_next_probe_goes_where_the_contradiction_is() -> None:
    asked = question(1, weights=WEIGHTS).model_copy(
        update={
            "misconceptions": (
                Misconception(id="wrong", statement="The light statement is the other way round."),
            )
        }
    )
    story = Story(bank([asked])).play(1, {"wrong": "met"})
    assert story.session.current is not None
    probe = following_up.next_probe(story.session, story.session.current)
    assert probe is not None
    assert probe.criterion == "light"
    target = targets.target_of(story.session.current, probe)
    assert (target.reason, target.criterion.id) == ("contradiction", "light")


def test_the_candidates_own_example_is_not_asked_for() -> None:
    asked = question(
        1, weights={"only": 1.0},
        probes=[("only", "What becomes of a dog and a puppy?"), ("only", "And of synonyms?")],
    )  # fmt: skip
    for said, put in (
        ("a dog and a puppy", "And of synonyms?"),
        ("x", "What becomes of a dog and a puppy?"),
    ):
        story = Story(bank([asked])).ask(1).answer(said).graded()
        assert story.session.current is not None
        probe = following_up.next_probe(story.session, story.session.current)
        assert probe is not None
        assert probe.text == put


def test_nothing_is_settled_of_what_was_not_mentioned() -> None:
    asked = question(1, weights={"only": 1.0}, probes=["only"])
    only = asked.criteria[0].model_copy(update={"settle": "Up or down?"})
    asked = asked.model_copy(update={"criteria": (only,)})
    for said, put in (("x", "Lead to only?"), ("only, I think", "Up or down?")):
        story = Story(bank([asked])).ask(1).answer(said)
        unsure = grade(asked, {})
        doubt = tuple(v.model_copy(update={"confidence": 0.85}) for v in unsure.graded)
        story.add(
            Graded, question=1, answer=story.session.last_seq, grader=GRADER,
            grade=unsure.model_copy(update={"verdicts": doubt}),
        )  # fmt: skip
        assert story.session.current is not None
        probe = following_up.next_probe(story.session, story.session.current)
        assert probe is not None
        assert probe.text == put


def test_a_written_probe_is_spent_also_where_a_model_worded_it() -> None:
    asked = question(1, weights={"only": 1.0}, probes=["only", ("only", "Another way to only?")])
    story = Story(bank([asked]), probes=5).play(1)
    story.add(
        Probed, question=1, criterion="only", text="In other words?", worded_by="m",
        written="Lead to only?",
    ).answer("no").graded()  # fmt: skip
    assert story.session.current is not None
    probe = following_up.next_probe(story.session, story.session.current)
    assert probe is not None
    assert probe.text == "Another way to only?"
    hint = following_up.hint_for(story.session.current)
    assert hint is not None
    assert hint.text == "Another way to only?"


def test_a_doubtful_claim_of_an_error_leads_nowhere() -> None:
    graded = grade(SKY, {"sea": "met"})
    for sure, first in ((0.6, "missing"), (0.9, "contradiction")):
        wrong = tuple(v.model_copy(update={"confidence": sure}) for v in graded.asserted)
        found = graded.model_copy(update={"misconceptions": wrong})
        aims = targets.in_order(SKY, "x", found, targets.open_criteria(SKY, found))
        assert aims[0].reason == first
