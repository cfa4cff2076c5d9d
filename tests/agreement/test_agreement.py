"""Each metric against arithmetic that is written out beside it."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.agreement import agreement, bootstrap, calibration
from interviewer.agreement.agreement import Metric, Pairs, binned, number, point

unit = st.floats(0, 1, allow_nan=False)
levels = st.sampled_from([0.0, 1.0, 2.0])
bits = st.sampled_from([0.0, 1.0])
ON_SCORES: list[Metric] = [
    agreement.qwk, agreement.exact, agreement.adjacent, agreement.pearson, agreement.spearman,
    agreement.bias,
]  # fmt: skip
ON_BITS: list[Metric] = [
    agreement.accuracy, agreement.false_pass, agreement.false_fail, agreement.auc,
    calibration.ece, calibration.brier,
]  # fmt: skip
ON_LEVELS: list[Metric] = [
    agreement.level_kappa, agreement.met_kappa, agreement.precision, agreement.recall,
]  # fmt: skip


def of(metric: Metric, truth: Sequence[float], said: Sequence[float]) -> float | None:
    return point(metric, Pairs.of(truth, said))


def test_scores_fall_into_five_bins_and_halves_go_up() -> None:
    # 4 * 0.125 = 0.5 -> 1; 4 * 0.374 = 1.496 -> 1; 4 * 0.375 = 1.5 -> 2; 4 * 0.875 = 3.5 -> 4
    scores = np.array([0.0, 0.124, 0.125, 0.374, 0.375, 0.5, 0.875, 1.0])
    assert binned(scores).tolist() == [0, 0, 1, 1, 2, 2, 4, 4]


def test_qwk() -> None:
    # Bins: truth 0 0 4 4, given 0 4 4 4. Squared gaps: 0 16 0 0, observed sum 16 (of 4 pairs).
    # Expected: truth 0 twice, 4 twice; given 0 once, 4 three times.
    # sum of expected = (2*3*16 + 2*1*16) / 4 = (96 + 32) / 4 = 32. kappa = 1 - 16/32 = 0.5.
    assert of(agreement.qwk, [0, 0, 1, 1], [0, 1, 1, 1]) == pytest.approx(0.5)


def test_qwk_forgives_near_misses_more_than_far_ones() -> None:
    # Truth 0 1 2 3 4 against one step off: observed 1; against four steps off: 16.
    # Truth and given margins: near given 1 1 2 3 4. Expected sum over all 25 pairings / 5:
    #   truth 0: 1+1+4+9+16=31, 1: 0+0+1+4+9=14, 2: 1+1+0+1+4=7, 3: 4+4+1+0+1=10, 4: 9+9+4+1+0=23
    #   85 / 5 = 17. kappa = 1 - 1/17.
    quarters = [0, 0.25, 0.5, 0.75, 1]
    assert of(agreement.qwk, quarters, [0.25, 0.25, 0.5, 0.75, 1]) == pytest.approx(1 - 1 / 17)
    # Far given 4 1 2 3 4: truth 0: 16+1+4+9+16=46, 1: 9+0+1+4+9=23, 2: 4+1+0+1+4=10,
    #   3: 1+4+1+0+1=7, 4: 0+9+4+1+0=14. 100 / 5 = 20. kappa = 1 - 16/20.
    assert of(agreement.qwk, quarters, [1, 0.25, 0.5, 0.75, 1]) == pytest.approx(1 - 16 / 20)


def test_qwk_where_nothing_varies_is_undefined_not_one_and_not_zero() -> None:
    # Observed and expected disagreement are both 0: 0 / 0.
    assert of(agreement.qwk, [1, 1, 1], [1, 1, 1]) is None
    # Given never varies but truth does: observed 16 + 0 = 16, expected (1*2*16)/2 = 16: 0.
    assert of(agreement.qwk, [0, 1], [1, 1]) == pytest.approx(0.0)


def test_exact_and_adjacent() -> None:
    # Bins: truth 0 2 4, given 0 3 2: gaps 0 1 2. Exact 1 of 3, adjacent 2 of 3.
    assert of(agreement.exact, [0, 0.5, 1], [0, 0.75, 0.5]) == pytest.approx(1 / 3)
    assert of(agreement.adjacent, [0, 0.5, 1], [0, 0.75, 0.5]) == pytest.approx(2 / 3)


def test_kappa_of_met_or_not() -> None:
    # Met: truth 1 1 0 0 0, given 1 0 0 0 1 (partial counts as not met).
    # Agreement 3/5. By chance: 2/5 * 2/5 + 3/5 * 3/5 = 13/25. (15/25 - 13/25) / (12/25) = 1/6.
    truth, said = [2, 2, 1, 0, 0], [2, 1, 0, 0, 2]
    assert of(agreement.met_kappa, truth, said) == pytest.approx(1 / 6)


def test_kappa_over_three_levels() -> None:
    # Truth unmet partial met met, given unmet met met met: agreement 3/4.
    # By chance: 1/4*1/4 + 1/4*0 + 2/4*3/4 = 7/16. (12 - 7) / (16 - 7) = 5/9.
    assert of(agreement.level_kappa, [0, 1, 2, 2], [0, 2, 2, 2]) == pytest.approx(5 / 9)


def test_precision_and_recall_of_met() -> None:
    # Given met: 3, of them truly met: 1. Truly met: 2, of them found: 1.
    truth, said = [2, 2, 1, 0], [2, 0, 2, 2]
    assert of(agreement.precision, truth, said) == pytest.approx(1 / 3)
    assert of(agreement.recall, truth, said) == pytest.approx(1 / 2)
    # Nothing was found met: there is no precision to speak of.
    assert of(agreement.precision, [2, 0], [1, 0]) is None


def test_auc_counts_ties_half() -> None:
    # Passed scored .8 .5, failed .5 .2. Pairs: .8>.5, .8>.2, .5=.5 (half), .5>.2: 3.5 of 4.
    assert of(agreement.auc, [1, 1, 0, 0], [0.8, 0.5, 0.5, 0.2]) == pytest.approx(3.5 / 4)
    assert of(agreement.auc, [1, 1], [0.8, 0.5]) is None


def test_pearson() -> None:
    # Deviations: x -1 0 1, y -1 1 0. Sum of products 1; 1 / sqrt(2 * 2) = 0.5.
    assert of(agreement.pearson, [0, 1, 2], [0, 2, 1]) == pytest.approx(0.5)
    assert of(agreement.pearson, [0, 1], [0.3, 0.3]) is None
    # Equal values whose mean rounds: still no spread.
    assert of(agreement.pearson, [0, 1, 0], [0.1, 0.1, 0.1]) is None


def test_spearman_shares_ranks_between_ties() -> None:
    # Ranks: x 1 2 3 4, y 1.5 1.5 3 4. Deviations x -1.5 -.5 .5 1.5, y -1 -1 .5 1.5.
    # Products 1.5 + .5 + .25 + 2.25 = 4.5; sums of squares 5 and 4.5. 4.5 / sqrt(22.5).
    found = of(agreement.spearman, [0.1, 0.2, 0.3, 0.9], [0, 0, 0.2, 1])
    assert found == pytest.approx(4.5 / math.sqrt(22.5))


def test_bias_is_positive_for_a_lenient_grader() -> None:
    # (0.5 - 0) + (1 - 1) + (0.75 - 0.5) = 0.75; over 3.
    assert of(agreement.bias, [0, 1, 0.5], [0.5, 1, 0.75]) == pytest.approx(0.25)


def test_false_pass_and_false_fail() -> None:
    # Failed by people: 3, the grader passes 1. Passed by people: 2, the grader fails 1.
    truth, said = [0, 0, 0, 1, 1], [1, 0, 0, 1, 0]
    assert of(agreement.false_pass, truth, said) == pytest.approx(1 / 3)
    assert of(agreement.false_fail, truth, said) == pytest.approx(1 / 2)
    assert of(agreement.accuracy, truth, said) == pytest.approx(3 / 5)
    assert of(agreement.false_pass, [1, 1], [1, 0]) is None


def test_ece_and_brier() -> None:
    # Bin [.9, 1]: stated .9 and .9, true 1 of 2: |1.8 - 1| = .8. Bin [.6, .7): .6, true: |.6 - 1| = .4.
    # ECE (.8 + .4) / 3 = .4. Brier (.01 + .81 + .16) / 3 = .98 / 3.
    truth, said = [1, 0, 1], [0.9, 0.9, 0.6]
    assert of(calibration.ece, truth, said) == pytest.approx(0.4)
    assert of(calibration.brier, truth, said) == pytest.approx(0.98 / 3)


def test_reliability_bins_hold_means() -> None:
    # .62 and .68 share a bin: stated .65, one of two came true. 1.0 belongs to the last bin.
    bins = calibration.reliability(Pairs.of([1, 0, 1], [0.62, 0.68, 1.0]))
    assert [(b.low, b.count) for b in bins] == [(0.6, 2), (0.9, 1)]
    assert bins[0].stated == pytest.approx(0.65)
    assert bins[0].observed == pytest.approx(0.5)


def test_nothing_graded_is_undefined() -> None:
    for metric in (*ON_SCORES, *ON_BITS, *ON_LEVELS):
        assert of(metric, [], []) is None


@given(st.lists(st.tuples(unit, unit), min_size=1, max_size=30))
def test_values_stay_in_range_and_never_are_nan(rows: list[tuple[float, float]]) -> None:
    for metric in ON_SCORES:
        value = of(metric, [t for t, _ in rows], [g for _, g in rows])
        assert value is None or -1.0000001 <= value <= 1.0000001


@pytest.mark.parametrize("metric", [*ON_SCORES, *ON_BITS, *ON_LEVELS])
@given(data=st.data())
def test_taking_a_question_twice_is_having_its_answers_twice(
    metric: Metric, data: st.DataObject
) -> None:
    side = unit if metric in ON_SCORES else levels
    truth_side = bits if metric in ON_BITS else side
    said_side = bits if metric in (agreement.accuracy,) else unit if metric in ON_BITS else side
    rows = data.draw(
        st.lists(st.tuples(truth_side, said_side, st.integers(0, 3)), min_size=1, max_size=12)
    )
    times = data.draw(st.lists(st.integers(0, 3), min_size=4, max_size=4))
    pairs = Pairs.of([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows], 4)
    copies = [row for row in rows for _ in range(times[row[2]])]
    weighted = number(metric(pairs, np.array([times], dtype=float))[0])
    repeated = of(metric, [r[0] for r in copies], [r[1] for r in copies])
    assert weighted == (None if repeated is None else pytest.approx(repeated, abs=1e-6))


@given(st.lists(st.tuples(bits, unit), min_size=1, max_size=25))
def test_auc_is_the_share_of_pairs_in_order(rows: list[tuple[float, float]]) -> None:
    good, poor = [s for t, s in rows if t], [s for t, s in rows if not t]
    found = of(agreement.auc, [t for t, _ in rows], [s for _, s in rows])
    if not good or not poor:
        assert found is None
        return
    wins = sum(1.0 if g > p else 0.5 if g == p else 0.0 for g in good for p in poor)
    assert found == pytest.approx(wins / (len(good) * len(poor)))


def test_draws_take_as_many_questions_as_there_are_and_repeat() -> None:
    drawn = bootstrap.draws(7)
    assert drawn.shape == (bootstrap.DRAWS, 7)
    assert set(drawn.sum(axis=1)) == {7.0}
    assert (drawn == bootstrap.draws(7)).all()
    assert (drawn[0] != drawn[1]).any()


def test_interval_of_a_mean_is_about_two_standard_errors() -> None:
    # 100 questions, half with bias 1, half with 0: standard error .5 / sqrt(100) = .05.
    pairs = Pairs.of([0] * 100, [0, 1] * 50)
    low, high = bootstrap.interval(agreement.bias, pairs, bootstrap.draws(100)) or (9, 9)
    assert low == pytest.approx(0.5 - 1.96 * 0.05, abs=0.03)
    assert high == pytest.approx(0.5 + 1.96 * 0.05, abs=0.03)


def test_answers_to_one_question_do_not_count_as_independent() -> None:
    # The same 100 values in 4 questions that are alike inside: the interval must be far wider.
    alone = Pairs.of([0] * 100, [0] * 50 + [1] * 50)
    together = Pairs.of([0] * 100, [0] * 50 + [1] * 50, [i // 25 for i in range(100)])
    narrow = bootstrap.interval(agreement.bias, alone, bootstrap.draws(100))
    wide = bootstrap.interval(agreement.bias, together, bootstrap.draws(4))
    assert narrow is not None
    assert wide is not None
    assert wide[1] - wide[0] > 2 * (narrow[1] - narrow[0])


def test_no_interval_from_one_question_or_from_draws_that_never_differ() -> None:
    one = Pairs.of([0, 1], [1, 1], [0, 0])
    assert bootstrap.interval(agreement.bias, one, bootstrap.draws(1)) is None
    # No false pass in the sample: resampling it cannot say that there is none elsewhere.
    clean = Pairs.of([0, 0, 1], [0, 0, 1])
    assert bootstrap.interval(agreement.false_pass, clean, bootstrap.draws(3)) is None


def test_two_graders_alike_are_too_close_to_call_and_a_clear_lead_is_not() -> None:
    rng = random.Random(3)
    truth = [rng.choice([0.0, 0.25, 0.5, 0.75, 1.0]) for _ in range(200)]
    noise = [rng.choice([0.0, 0.25, 0.5, 0.75, 1.0]) for _ in truth]
    good = [t if rng.random() < 0.9 else n for t, n in zip(truth, noise, strict=True)]
    also = [t if rng.random() < 0.9 else n for t, n in zip(truth, noise, strict=True)]
    poor = [t if rng.random() < 0.3 else n for t, n in zip(truth, noise, strict=True)]
    counts = bootstrap.draws(200)
    left = Pairs.of(truth, good)
    assert bootstrap.difference(agreement.qwk, left, Pairs.of(truth, also), counts).close
    lead = bootstrap.difference(agreement.qwk, left, Pairs.of(truth, poor), counts)
    assert not lead.close
    assert lead.value is not None
    assert lead.value > 0.3
    assert bootstrap.difference(agreement.qwk, left, left, counts).value == 0.0


def test_pairing_makes_a_small_steady_lead_visible() -> None:
    # Scores differ widely between questions, but right is always .1 more lenient than left.
    spread = [i / 50 for i in range(40)]
    left = Pairs.of([0] * 40, spread)
    right = Pairs.of([0] * 40, [s + 0.1 for s in spread])
    found = bootstrap.difference(agreement.bias, right, left, bootstrap.draws(40))
    assert found.value == pytest.approx(0.1)
    assert found.interval is not None
    assert found.interval[0] == pytest.approx(0.1)
    assert not found.close
