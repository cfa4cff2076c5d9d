"""Boosted trees as data."""

import pytest

from interviewer.grading.chances import logistic
from interviewer.grading.offline.trees import Forest, Tree

STUMP = Tree(feature=(0,), threshold=(0.5,), left=(-1,), right=(-2,), leaf=(-1.0, 1.0))
DEEP = Tree(
    feature=(0, 1), threshold=(0.5, 2.0), left=(-1, -2), right=(1, -3), leaf=(0.0, 0.25, 0.75)
)


def test_a_tree_goes_left_up_to_its_threshold():
    assert STUMP.value((0.5,)) == -1.0
    assert STUMP.value((0.51,)) == 1.0


def test_a_deeper_tree():
    # x0 = 1 > 0.5 goes to node 1; x1 = 2 <= 2 gives leaf 1, x1 = 3 leaf 2; x0 = 0 gives leaf 0
    assert [DEEP.value((1, 2)), DEEP.value((1, 3)), DEEP.value((0, 9))] == [0.25, 0.75, 0.0]


def test_a_tree_may_be_a_single_leaf():
    assert Tree(feature=(), threshold=(), left=(), right=(), leaf=(0.3,)).value(()) == 0.3


def test_a_forest_adds_up_and_calibrates():
    forest = Forest(features=("a", "b"), trees=(STUMP, DEEP), slope=2.0, offset=-1.5)
    # a = 1, b = 3: 1.0 + 0.75 = 1.75; 2 * 1.75 - 1.5 = 2.0
    assert forest.probability({"a": 1, "b": 3, "unused": 7}) == pytest.approx(logistic(2.0))


def test_a_missing_feature_is_an_error():
    with pytest.raises(KeyError):
        Forest(features=("a",), trees=(STUMP,)).probability({})
