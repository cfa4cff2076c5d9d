"""Speech and notation in one spelling."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from interviewer.answer_text.normalize import (
    canonical,
    content,
    numbers,
    stem,
    words,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Uh, um, okay basically TF times IDF", "tf times idf"),
        ("h n s w index", "hnsw index"),
        ("a b", "a b"),
        ("c b o w", "cbow"),
        ("a n n", "ann"),
        ("a i", "ai"),
        ("a p-value", "a p value"),
        ("um, an ER diagram, oh", "an er diagram"),
        ("the OH group, 5 mm apart, mm", "the oh group 5 mm apart"),
        ("it won't", "it will not"),
        ("I can't, it isn't, we're", "i can not it is not we are"),
        ("cannot", "can not"),
        ("twenty five", "25"),
        ("twenty-five", "25"),
        ("three hundred", "300"),
        ("one hundred", "100"),
        ("hundred", "hundred"),
        ("nineteen", "19"),
        ("five twenty", "5 20"),
        ("twenty eleven", "20 11"),
        ("15%", "15 percent"),
        ("king - man + woman", "king minus man plus woman"),
        ("skip-gram", "skip gram"),
        ("x² ≥ 3", "x squared at least 3"),
        ("a → word", "a to word"),
        ("p != q", "p not equal q"),
        ("word2vec", "word2vec"),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert " ".join(words(text)) == expected


@pytest.mark.parametrize("tail", ["hundred", "five", "²", ""])
@pytest.mark.parametrize("digits", ["³", "٣", "①", "9" * 5000, "½"])
def test_odd_digits_are_read_without_a_complaint(digits: str, tail: str) -> None:
    assert words(f"{digits} {tail}")


@given(st.text(max_size=300))
@example("³ hundred")
def test_any_text_is_read_into_lower_case_words(text: str) -> None:
    for word in words(text):
        assert word
        assert not any(c.isspace() for c in word)
    assert len(content(text)) <= len(words(text))
    assert numbers(text) <= set(words(text))


@given(st.text(st.sampled_from("abc TF-IDF 12 ,."), max_size=60))
def test_reading_twice_changes_nothing_more(text: str) -> None:
    once = words(text)
    if all(len(w) > 1 for w in once):  # joined letters may join again
        assert words(" ".join(once)) == once


@pytest.mark.parametrize(
    ("pair", "same"),
    [
        (("predicts", "predicting"), True),
        (("normalization", "normalizations"), True),
        (("vector", "vectors"), True),
        (("is", "i"), False),
        (("bed", "b"), False),  # too short to cut
        (("context", "content"), False),
    ],
)
def test_stem(pair: tuple[str, str], same: bool) -> None:
    assert (stem(pair[0]) == stem(pair[1])) is same


def test_content_drops_what_carries_no_meaning_but_not_a_negation() -> None:
    assert content("It is not the same as that") == ["not", "same"]
    assert numbers("two of the fifteen, or 1.5") == {"2", "15", "1", "5"}


@pytest.mark.parametrize(
    "form",
    [
        "- dog and puppy are orthogonal.\n- word order is lost",
        "1. dog and puppy are orthogonal\n2. word order is lost",
        "Well, uh, dog and puppy are, you know, orthogonal. um word order is lost. That's it.",
        "That's a great question. Let me think about this. Dog and puppy are orthogonal.\n"
        "Word order is lost. I hope this helps!",
    ],
)
def test_the_form_of_an_answer_does_not_matter(form: str) -> None:
    assert canonical(form).lower() == "dog and puppy are orthogonal. word order is lost"
