"""A layer over what was read: what it moves, which way, and what it never does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from learn_parts import BANK, heard, unit
from samples import bank, question

from interviewer.bank.questions import Criterion
from interviewer.grading.chances import logistic, logit
from interviewer.grading.grader import GradeRequest
from interviewer.grading.offline import layer
from interviewer.grading.offline.deciding import Beside
from interviewer.grading.offline.encoders import ClaimReading
from interviewer.grading.offline.exemplars import Nearness
from interviewer.grading.offline.heard import Heard
from interviewer.grading.offline.layer import LEAST, SIGNALS, WRONG, Layer, LayerInUse, Remembered

UP, DOWN, BETWEEN = unit(1.0, 0.0), unit(0.0, 1.0), unit(1.0, 1.0)
MEMORY = Remembered(
    np.asarray([UP, DOWN], np.float32), {"a": np.asarray([1, -1], np.int8)}, {"a": 0.2}
)
weights = st.tuples(
    *(st.floats(0.0 if low == -np.inf else low, 3.0) for low in LEAST[:-1]), st.floats(-3.0, 3.0)
)
chance = st.floats(0.0, 1.0)
row = st.floats(0.0, 6.28).map(lambda a: [float(np.cos(a)), float(np.sin(a))])


def made(criterion: tuple[float, ...], misconception: tuple[float, ...] = (0.0, 0.0)) -> Layer:
    return Layer(
        bank="b", criteria="c", weights_digest="w", embedder="e", answers=1, questions=1,
        criterion=criterion, misconception=misconception, memory=(layer.packed(1, MEMORY),),
    )  # fmt: skip


def only(name: str, weight: float = 1.0) -> tuple[float, ...]:
    return tuple(weight if signal == name else 0.0 for signal in SIGNALS)


def credit(given_: layer.Chance) -> float:
    return given_[0] + 0.5 * given_[1]


def test_without_weights_nothing_moves() -> None:
    one = heard(1, 0.3)
    assert LayerInUse(made((0.0,) * len(SIGNALS))).moved(one) == list(one.chances)


def test_the_constant_is_added_to_the_log_odds() -> None:
    (found,) = LayerInUse(made(only("constant", 1.5))).moved(heard(1, 0.3))
    assert found[0] == pytest.approx(logistic(logit(0.3) + 1.5))


def test_the_margin_between_what_met_it_and_what_did_not_is_added() -> None:
    in_use = LayerInUse(made(only("near", 2.0)))
    # UP: cosine 1 to what met it, 0 to what did not, which counts as the floor
    (up,) = in_use.moved(heard(1, 0.3, [UP]))
    assert up[0] == pytest.approx(logistic(logit(0.3) + 2.0 * (1.0 - layer.NOT_NEAR)), abs=1e-3)
    (down,) = in_use.moved(heard(1, 0.3, [DOWN]))
    assert down[0] == pytest.approx(logistic(logit(0.3) - 2.0 * (1.0 - layer.NOT_NEAR)), abs=1e-3)
    (even,) = in_use.moved(heard(1, 0.3, [BETWEEN]))
    assert even[0] == pytest.approx(0.3, abs=1e-3)
    # of a question that nobody settled nothing is remembered
    assert in_use.moved(heard(2, 0.3, [UP])) == [(0.3, 0.0)]


@pytest.mark.parametrize(
    ("text", "share"),
    [("air scatters light", 1.0), ("whales scatter krill", 1 / 6), ("nothing of it", 0.0)],
)
def test_what_stands_in_the_text_is_covered(text: str, share: float) -> None:
    # "air scatters light": three stems, two neighbouring pairs and one pair one word apart
    assert layer.covered(text, ["air scatters light"]) == pytest.approx(share)


@given(weights, chance, chance, st.lists(row, min_size=1, max_size=4), st.lists(row, max_size=3))
def test_further_clauses_never_lower_a_chance(
    given_: tuple[float, ...], yes: float, share: float,
    parts: list[list[float]], more: list[list[float]],
) -> None:  # fmt: skip
    half = (1.0 - yes) * share
    in_use = LayerInUse(made(given_))
    before = replace(heard(1, yes, parts, "so it is"), chances=((yes, half),))
    after = replace(
        before, parts=np.asarray([*parts, *more], np.float32), text="so it is and so on"
    )
    assert credit(in_use.moved(after)[0]) >= credit(in_use.moved(before)[0]) - 1e-6


@given(weights, st.tuples(chance, chance), st.tuples(chance, chance), st.tuples(chance, chance),
       st.tuples(st.floats(-20, 20), st.floats(-20, 20)), st.tuples(chance, chance))  # fmt: skip
def test_a_better_reading_never_lowers_a_chance(
    given_: tuple[float, ...], yes: tuple[float, float], asserted: tuple[float, float],
    denied: tuple[float, float], head: tuple[float, float], near: tuple[float, float],
) -> None:  # fmt: skip
    """Whatever the weights: more asserted, less denied, a higher head, nearer, and likelier to begin with."""
    asked = BANK.question(1)

    def read(at: int) -> Heard:
        reading = ClaimReading(0.0, 0.0, sorted(asserted)[at], sorted(denied)[1 - at])
        beside = Beside(Nearness(near_accept=sorted(near)[at]), sorted(head)[at])
        return Heard(
            GradeRequest(asked, "so", ""), "so", (), np.asarray([UP], np.float32), (reading,),
            (beside,), ((sorted(yes)[at], 0.0),), None,
        )  # fmt: skip

    in_use = LayerInUse(made(given_))
    assert in_use.moved(read(1))[0][0] >= in_use.moved(read(0))[0][0] - 1e-9


def test_a_misconception_is_moved_by_its_own_chance_alone() -> None:
    asked = question(1, weights={"a": 1.0}, misconceptions=[("wrong", 0.5)])
    reading = ClaimReading(0.5, 0.0, 0.5, 0.0)

    def moved(parts: list[list[float]]) -> layer.Chance:
        one = Heard(
            GradeRequest(asked, "so", ""), "so", (), np.asarray(parts, np.float32),
            (reading, reading), (Beside(), Beside()), ((0.3, 0.0), (0.4, 0.0)), None,
        )  # fmt: skip
        return LayerInUse(made(only("near", 3.0), (0.0, -1.0))).moved(one)[1]

    assert moved([UP]) == moved([DOWN])
    assert moved([UP])[0] == pytest.approx(logistic(logit(0.4) - 1.0))
    assert len(WRONG) == 2


def test_a_memory_that_does_not_fit_together_is_refused() -> None:
    kept = layer.packed(1, MEMORY)
    assert layer.unpacked(kept).signs["a"].tolist() == [1, -1]
    with pytest.raises(ValueError, match="fit together"):
        layer.unpacked(kept.model_copy(update={"signs": {"a": (1,)}}))


def test_the_digest_is_of_criteria_and_not_of_exemplars() -> None:
    base = bank([question(1, weights={"a": 1.0})])

    def with_claim(**fields: object) -> str:
        claim = Criterion(**{**base.questions[0].criteria[0].model_dump(), **fields})
        return layer.criteria_digest(bank([question(1, criteria=(claim,), probes=())]))

    assert with_claim(accepts=("other words",)) == layer.criteria_digest(base)
    assert with_claim(statement="Another statement.") != layer.criteria_digest(base)
    assert with_claim(id="b") != layer.criteria_digest(base)
