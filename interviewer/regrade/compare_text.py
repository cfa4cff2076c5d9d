"""A comparison in words."""

from __future__ import annotations

from collections.abc import Iterator

from interviewer.bank.questions import question_name
from interviewer.common.ranges import in_short
from interviewer.common.text import DASH, one_line, plural, score
from interviewer.regrade.comparison import AnswerPair, ClaimPair, Comparison, differences, level_of
from interviewer.report.shapes import Tallied
from interviewer.session.results import held_words, reached_words

APART = "≠"
"""Marks what the two sides differ in."""


def name_of(pair: AnswerPair) -> str:
    """The answer: "Question 3", "Question 3, follow-up 1"."""
    tail = f", follow-up {pair.turn}" if pair.turn else ""
    return f"{question_name(pair.question)}{tail}"


def change_lines(found: Comparison) -> Iterator[str]:
    """What the right side says otherwise than the left, answer by answer."""
    for pair in differences(found).answers:
        yield f"{name_of(pair)}: {score(pair.left)} -> {score(pair.right)}"
        for claim in pair.claims:
            left, right = level_words(claim)
            yield f"  {claim_name(claim)}: {left} -> {right}"


def claim_name(claim: ClaimPair) -> str:
    """What the claim states, and whether it is a wrong one."""
    words = one_line(claim.statement).rstrip(".")
    return f"{words} (wrong claim)" if claim.kind == "misconception" else words


def level_words(claim: ClaimPair) -> tuple[str, str]:
    """What the sides say of the claim; a dash where one does not say anything."""
    words = _CLAIMED if claim.kind == "misconception" else {}
    left, right = (level_of(outcome) or DASH for outcome in (claim.left, claim.right))
    return words.get(left, left), words.get(right, right)


_CLAIMED = {"met": "claimed", "partial": "half claimed", "unmet": "not claimed"}


def total_lines(found: Comparison) -> Iterator[str]:
    """Counts and tiers, left -> right."""
    yield f"Cold: {answered_words(found.cold.left)} -> {answered_words(found.cold.right)}"
    for kind, name, (left, right), _ in bands(found):
        yield f"{kind} '{name}': {left} -> {right}"


def bands(found: Comparison) -> Iterator[tuple[str, str, tuple[str, str], bool]]:
    """Every tier and aim: what it is, its name, both sides in words, and whether they differ."""
    for kind, pairs, said in (
        ("Tier", found.tiers, held_words),
        ("Aim", found.aims, reached_words),
    ):
        for pair in pairs:
            left, right = (
                f"{side.answered} of {side.asked}, {said(side.reached)}"
                for side in (pair.left, pair.right)
            )
            apart = pair.left.reached != pair.right.reached
            yield kind, one_line(pair.left.name), (left, right), apart


def agreement_lines(found: Comparison) -> Iterator[str]:
    """How far the two agree."""
    said = found.agreement
    yield (
        f"{plural(said.claims, 'criterion verdict')}: {score(said.exact)} at the same level,"
        f" Cohen's kappa {score(said.kappa)}."
    )
    yield f"{plural(said.answers, 'score')}: QWK {score(said.qwk)}."


def note_lines(found: Comparison) -> Iterator[str]:
    """What keeps the two sides from being compared throughout."""
    for side in (found.left, found.right):
        if not side.complete:
            counted = f"{side.graded} of {plural(side.answers, 'answer')}"
            yield f"{side.name} is incomplete: {counted} graded."
    for side, numbers in ((found.left, found.only_left), (found.right, found.only_right)):
        if numbers:
            yield f"Only {side.name} asked: {in_short(numbers)}."
    for pair in found.changed:
        yield from (f"Question {pair.question} differs: {line}." for line in pair.changes)


def answered_words(tally: Tallied) -> str:
    """Answered cold of those asked, with the interval: "15 of 24 (95% 12-17)"."""
    inside = [f"95% {tally.low}-{tally.high}"] if tally.low is not None else []
    inside += [f"{tally.ungraded} ungraded"] if tally.ungraded else []
    return f"{tally.answered} of {tally.asked}" + (f" ({', '.join(inside)})" if inside else "")
