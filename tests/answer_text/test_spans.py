"""Spans: whatever is cut out of an answer, its offsets lead back to it."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from interviewer.answer_text import spans
from interviewer.answer_text.spans import (
    MAX_SPANS,
    Span,
    candidates,
    clauses,
    sentences,
    whole,
    windows,
)

WORDS = "word|and|so that|x|café|𝔘𝔫𝔦|👩‍🔬|e.g.|3.5|O(N d)|İ|ß".split("|")
MARKS = "...|!|?|;|,|:| - |\n|\n\n|\t|•|*|-|\xa0|\u2028|\x00| ".split("|")
PIECES = st.sampled_from(WORDS + MARKS)
ANSWERS = st.lists(PIECES, max_size=60).map(" ".join) | st.text(max_size=200)


def lead_back(text: str, found: list[Span]) -> None:
    for span in found:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
        assert len(span) == len(span.text)
        assert span.text == span.text.strip()


@given(ANSWERS)
@example("")
@example(" \n ")
@example("a" * 5000)
def test_offsets_slice_back_to_the_text(text: str) -> None:
    full = whole(text)
    lines = sentences(text)
    lead_back(text, [full] if full else [])
    lead_back(text, lines)
    for line in lines:
        parts = clauses(text, line)
        lead_back(text, parts)
        for part in parts:
            assert line.start <= part.start
            assert part.end <= line.end
        runs = windows(text, line, 6, 3)
        lead_back(text, runs)
        assert runs[-1].end == line.end or len(line.text.split()) > 6
    lead_back(text, candidates(text))


@given(ANSWERS)
def test_sentences_and_clauses_follow_one_another_and_lose_no_word(text: str) -> None:
    for parts in (sentences(text), *(clauses(text, s) for s in sentences(text))):
        assert all(a.end <= b.start for a, b in itertools.pairwise(parts))
    said = [c for c in text if c.isalnum()]
    assert [c for s in sentences(text) for c in s.text if c.isalnum()] == said


@given(ANSWERS)
def test_candidates_are_few_distinct_and_begin_with_the_whole(text: str) -> None:
    found = candidates(text)
    assert len(found) <= MAX_SPANS
    assert len({(s.start, s.end) for s in found}) == len(found)
    full = whole(text)
    assert found[:1] == ([full] if full else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One", "Two", "Three"]),
        ("It is 3.5 times, e.g. here", ["It is 3.5 times, e.g", "here"]),
        ("- a list\n* of lines\n\n• of text", ["a list", "of lines", "of text"]),
        ("no end", ["no end"]),
        ("", []),
        ("...", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [s.text for s in sentences(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "CBOW predicts the word, and skip-gram predicts the context",
            ["CBOW predicts the word", "and skip-gram predicts the context"],
        ),
        ("red and blue", ["red and blue"]),  # a clause has three words
        ("it is fast because it only counts", ["it is fast", "because it only counts"]),
    ],
)
def test_clauses(text: str, expected: list[str]) -> None:
    assert [c.text for c in clauses(text, sentences(text)[0])] == expected


def test_windows_overlap_and_reach_the_end() -> None:
    text = " ".join(f"w{i}" for i in range(12))
    (line,) = sentences(text)
    runs = [w.text.split() for w in windows(text, line, 6, 3)]
    assert [(r[0], r[-1]) for r in runs] == [
        ("w0", "w5"),
        ("w3", "w8"),
        ("w6", "w11"),
        ("w9", "w11"),
    ][: len(runs)]
    assert runs[-1][-1] == "w11"
    assert {w for r in runs for w in r} == set(text.split())
    assert windows(text, line, 12, 3) == [line]


def test_a_rambling_answer_is_read_by_its_sentences() -> None:
    text = " ".join(f"Sentence number {i} says this, and it also says that." for i in range(20))
    found = candidates(text)
    assert len(found) == spans.MAX_SPANS
    assert [s.text for s in found[1:]] == [s.text for s in sentences(text)][: spans.MAX_SPANS - 1]


def test_a_lone_sentence_is_read_by_its_clauses() -> None:
    found = candidates("It keeps the counts of words, but it forgets the order they came in.")
    assert [s.text for s in found[1:]] == [
        "It keeps the counts of words",
        "but it forgets the order they came in",
    ]
