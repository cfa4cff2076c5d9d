"""What the grades of a class show; each figure with its arithmetic."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping

import pytest
from class_parts import OVERLAP, row
from hypothesis import given
from hypothesis import strategies as st
from samples import bank, grade, question

from interviewer.agreement.gold_answers import GoldAnswer
from interviewer.classroom import class_html
from interviewer.classroom.class_values import (
    ClassHead,
    GradesRow,
    NotGradable,
    graded_row,
    ungraded_row,
)
from interviewer.classroom.findings.class_findings import find
from interviewer.classroom.findings.finding_values import ClassReport
from interviewer.classroom.findings.item_analysis import ItemScores
from interviewer.classroom.findings.likeness import alike_texts
from interviewer.classroom.findings.wrong_words import wrong_groups

EVEN = {"big": 1.0, "small": 1.0}
BANK = bank(
    [
        question(1, weights=EVEN, misconceptions=[("swap", 0.5)]),
        question(2, weights=EVEN),
        question(3, weights=EVEN, section="B"),
    ]
)
HEAD = ClassHead.of(BANK, OVERLAP)
FULL, HALF = {"big": "met", "small": "met"}, {"big": "met"}


def made(
    line: int, number: int, levels: Mapping[str, str], text: str = "", candidate: str = ""
) -> GradesRow:
    collected = row(line, text or f"text {line}", number, candidate=candidate)
    return graded_row(collected, grade(BANK.question(number), levels))


def found(rows: Iterable[GradesRow], settled: list[GoldAnswer] | None = None) -> ClassReport:
    return find(HEAD, rows, settled or [])


def test_discrimination_leaves_the_item_out() -> None:
    """Five candidates, three questions; passes of 1: A B C; means of the others in tenths: 10 5 5 0 0.

    x = 1 1 1 0 0 (mean .6), y = 1 .5 .5 0 0 (mean .4).
    sum dx dy = .4*.6 + .4*.1 + .4*.1 + (-.6)(-.4)*2 = .24 + .04 + .04 + .48 = .8
    sum dx^2 = 3*.16 + 2*.36 = 1.2; sum dy^2 = .36 + .01 + .01 + .16 + .16 = .7
    r = .8 / sqrt(1.2 * .7) = .8729
    """
    scores = ItemScores()
    table = {"A": (1, 1, 1), "B": (1, 1, 0), "C": (1, 0, 1), "D": (0, 0, 0), "E": (0, 0, 0)}
    for name, got in table.items():
        for number, value in enumerate(got, start=1):
            scores.add(name, number, float(value))
    scores.add("E", 1, 1.0)  # another try: the first counts
    told = scores.discriminations()
    assert told[1].candidates == scores.candidates == 5
    assert told[1].value == pytest.approx(0.8 / (1.2 * 0.7) ** 0.5)


def test_discrimination_is_undefined_without_spread_or_candidates() -> None:
    scores = ItemScores()
    for name in "ABCDEF":
        scores.add(name, 1, 1.0)
        scores.add(name, 2, float(name < "D"))
        if name < "D":
            scores.add(name, 3, float(name < "B"))
    scores.add("lonely", 1, 0.0)
    told = scores.discriminations()
    assert told[1].value is None  # of all six who answered others too, all pass
    assert told[1].candidates == 6
    assert told[3].value is None  # three candidates are too few
    assert ItemScores().discriminations() == {}


@given(
    st.lists(
        st.tuples(st.sampled_from("ABCDEFGH"), st.integers(1, 3), st.sampled_from([0.0, 0.5, 1.0]))
    )
)
def test_discrimination_is_a_correlation_or_nothing(rows: list[tuple[str, int, float]]) -> None:
    scores = ItemScores()
    for name, number, value in rows:
        scores.add(name, number, value)
    for told in scores.discriminations().values():
        assert told.value is None or -1.0 <= told.value <= 1.0


def test_the_spread_of_scores_by_question_and_section() -> None:
    """Question 1: 1, 1, .5 (half of the weight); question 3: 0. Passing from .5 on."""
    refused = NotGradable(file="a", line=9, question=1, reason="the line is not valid JSON: oh")
    report = found(
        [made(1, 1, FULL), made(2, 1, FULL), made(3, 1, HALF), made(4, 3, {}),
         made(5, 3, {"big": "timeout"}), ungraded_row(refused, refused.reason)]
    )  # fmt: skip
    first, third = report.questions
    assert (first.spread.answers, first.difficulty, first.ungraded) == (3, 1.0, 1)
    assert first.spread.mean == pytest.approx(2.5 / 3)
    assert first.spread.bins == (0, 0, 0, 0, 0, 1, 0, 0, 0, 2)
    assert (third.question, third.difficulty, third.ungraded) == (3, 0.0, 1)
    assert [(s.id, s.spread.answers, s.spread.passed) for s in report.sections] == [
        ("A", 3, 1.0), ("B", 1, 0.0),
    ]  # fmt: skip
    assert (report.rows, report.graded, report.ungraded) == (6, 4, 2)
    assert report.spread.passed == 0.75
    assert {(r.reason, r.count) for r in report.reasons} == {
        ("the line is not valid JSON", 1), ("the grader gave no verdict", 1),
    }  # fmt: skip
    counts = {claim.id: claim for claim in first.claims}
    assert (counts["small"].met, counts["small"].unmet, counts["swap"].unmet) == (2, 1, 3)
    assert {c.id: c.ungraded for c in third.claims} == {"big": 1, "small": 0}


def test_what_speaks_against_a_question() -> None:
    """1: nobody passes, and 'small' is never met; 2: all pass; 3: who fails it is better elsewhere."""
    rows, line = [], 0
    for at, name in enumerate("ABCDEF"):
        good = at < 3
        told = {1: {"big": 0.9} if good else {}, 2: FULL, 3: {} if good else FULL}
        for number, levels in told.items():
            line += 1
            rows.append(made(line, number, levels, candidate=name))
    report = found(rows)
    assert {item.question: item.faults for item in report.faulty} == {
        1: ("nobody-passes", "dead-criterion"), 2: ("everybody-passes",), 3: ("worse-pass",),
    }  # fmt: skip
    assert found(rows[:9]).faulty == ()  # three answers each are too few to say


def test_where_grader_and_people_part() -> None:
    def gold(name: str, text: str, **verdicts: str) -> GoldAnswer:
        return GoldAnswer(id=name, question=1, answer=text, score=0.5, verdicts=verdicts)  # type: ignore[arg-type]

    rows = [
        made(1, 1, FULL, "one"), made(2, 1, HALF, "two"), made(3, 1, {"big": "timeout"}, "three"),
        made(4, 1, FULL, "one"), made(5, 2, FULL, "two"),
    ]  # fmt: skip
    settled = [
        gold("a", "one", big="met", small="partial"), gold("b", " two ", big="partial", small="met"),
        gold("c", "three", big="met", small="unmet"), gold("d", "four", big="unmet"),
    ]  # fmt: skip
    report = found(rows, settled)
    assert report.settled == 3
    shape = [(p.criterion, p.settled, p.agreed, p.lenient, p.strict) for p in report.partings]
    # big: a met/met, b met/partial; small: a met/partial, b unmet/met, c unmet/unmet.
    assert shape == [("small", 3, 1, 1, 1), ("big", 2, 1, 1, 0)]


LONG = "air scatters the short wavelengths of sunlight far more than the long red ones do indeed"


def test_nearly_the_same_words_are_found_and_others_not() -> None:
    """Sixteen words are fourteen runs of three; with the last word changed 13 of 15 are shared."""
    texts = [
        (1, LONG), (1, "Something else that is about as long as the others are, but not the same"),
        (1, LONG.upper() + "!"), (1, LONG.replace("indeed", "surely")), (2, LONG),
        (1, "I do not know"), (1, "I do not know"),
    ]  # fmt: skip
    (group,) = alike_texts(texts)
    assert group.places == (0, 2, 3)
    assert len(LONG.split()) == 16
    assert group.likeness == pytest.approx(13 / 15)


def test_one_candidate_may_say_the_same_again() -> None:
    rows = [made(1, 1, FULL, LONG, "A"), made(2, 1, FULL, LONG, "A"), made(3, 2, FULL, LONG, "A"),
            made(4, 2, FULL, LONG, "B")]  # fmt: skip
    (group,) = found(rows).alike
    assert (group.question, [p.candidate for p in group.places]) == (2, ["A", "B"])


@pytest.mark.parametrize(
    "shared", ["", "the question is why the sky is blue and my answer is that "]
)
def test_the_time_grows_with_the_answers_and_not_their_square(shared: str) -> None:
    """Four times the answers take about four times as long, also where all begin alike."""

    def seconds(count: int) -> float:
        texts = [
            (1, shared + " ".join(f"w{(n * 7919 + i * 104729) % 99991}" for i in range(25)))
            for n in range(count)
        ]
        begun = time.process_time()
        assert alike_texts(texts) == []
        return time.process_time() - begun

    seconds(100)
    assert seconds(4000) < 10 * seconds(1000)


def test_wrong_answers_are_grouped_by_what_they_share() -> None:
    wrong = [
        "The ocean is mirrored in the sky", "It mirrors the blue ocean", "Ocean water is mirrored up there",
        "Air absorbs red light", "The air absorbs all the red", "Red is absorbed by air", "No idea", "",
    ]  # fmt: skip
    right = ["Air scatters blue light more than red", "Red is scattered less by air", "Scattering"]
    groups = wrong_groups(wrong, right, "Why is the sky blue?")
    assert [(g.places, set(g.words)) for g in groups] == [
        ((3, 4, 5), {"absorbs"}), ((0, 1, 2), {"ocean", "mirrored"}),
    ]  # fmt: skip
    assert wrong_groups(wrong[:2], [], "?") == []
    assert wrong_groups(["same thing"] * 3, [], "?")[0].places == (0, 1, 2)


def test_the_same_rows_give_the_same_report_as_a_page_too() -> None:
    hostile = "<script>alert(1)</script> \x1b[31m \u202e"
    told = ("because the ocean mirrors it", "because of Rayleigh")
    rows = [made(n, n % 3 + 1, FULL if n % 2 else {}, f"{LONG} {told[n % 2]} {hostile}", f"{hostile}{n}")
            for n in range(1, 40)]  # fmt: skip
    report = found(rows)
    assert report.alike
    assert report.wrong
    assert ClassReport.model_validate_json(report.model_dump_json()) == report == found(rows)
    shown = class_html.render(report)
    assert "&lt;script&gt;" in shown
    assert [part for part in ("<script", "\x1b", "\u202e") if part in shown] == []
    assert class_html.render(found([])).endswith("</html>\n")
