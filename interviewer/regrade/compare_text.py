"""A comparison in words and as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from interviewer.agreement.figures import DASH, score
from interviewer.common.text import one_line, plural
from interviewer.regrade.comparison import AnswerPair, ClaimPair, Comparison, Side, Totals
from interviewer.session.standing import Tally

APART = "≠"
"""Marks what the two sides differ in."""


def name_of(pair: AnswerPair) -> str:
    """The answer: "Question 3", "Question 3, follow-up 1"."""
    tail = f", follow-up {pair.turn}" if pair.turn else ""
    return f"Question {pair.question}{tail}"


def change_lines(found: Comparison) -> Iterator[str]:
    """What the right side says otherwise than the left, answer by answer."""
    for pair in found.answers:
        claims = [claim for claim in pair.claims if claim.differs]
        if not claims and not pair.differs:
            continue
        yield f"{name_of(pair)}: {score(pair.left)} -> {score(pair.right)}"
        for claim in claims:
            left, right = level_words(claim)
            yield f"  {claim_name(claim)}: {left} -> {right}"


def claim_name(claim: ClaimPair) -> str:
    """The id of the claim, and whether it is a wrong one."""
    return f"{claim.claim} (wrong claim)" if claim.misconception else claim.claim


def level_words(claim: ClaimPair) -> tuple[str, str]:
    """What the sides say of the claim; a dash where one does not say anything."""
    words = _CLAIMED if claim.misconception else {}
    left, right = (words.get(level, level) for level in (claim.left or DASH, claim.right or DASH))
    return left, right


_CLAIMED = {"met": "claimed", "partial": "half claimed", "unmet": "not claimed"}


def total_lines(found: Comparison) -> Iterator[str]:
    """Counts and tiers, left -> right."""
    yield f"Cold: {cold_words(found.cold.left)} -> {cold_words(found.cold.right)}"
    for tier in found.tiers:
        yield f"Tier '{one_line(tier.name)}': {verdict(tier.left)} -> {verdict(tier.right)}"
    for aim in found.aims:
        yield f"Aim '{one_line(aim.name)}': {verdict(aim.left)} -> {verdict(aim.right)}"


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
        if not side.run.complete:
            run = side.run
            yield f"{side.name} is incomplete: {run.graded} of {plural(run.answers, 'answer')} graded."
    for side, numbers in ((found.left, found.only_left), (found.right, found.only_right)):
        if numbers:
            yield f"Only {side.name} asked: {', '.join(map(str, numbers))}."
    for number, lines in found.changed:
        yield from (f"Question {number} differs: {line}." for line in lines)


def cold_words(tally: Tally) -> str:
    """Answered cold of those asked, with the interval: "15 of 24 (95% 12-17)"."""
    ungraded = f", {tally.ungraded} ungraded" if tally.ungraded else ""
    return f"{tally.answered} of {tally.asked} (95% {tally.low}-{tally.high}{ungraded})"


def verdict(tally: Tally) -> str:
    """Whether a band is held, and the count behind it."""
    words = {True: "held", False: "not held", None: "too few to say"}[tally.reached]
    return f"{tally.answered} of {tally.asked}, {words}"


def as_data(found: Comparison) -> dict[str, Any]:
    """Everything as plain data; null stands for what is undefined or was not graded."""
    said = found.agreement
    return {
        "left": _side(found.left),
        "right": _side(found.right),
        "answers": [
            {
                "question": pair.question,
                "turn": pair.turn,
                "prompt": pair.prompt,
                "left": pair.left,
                "right": pair.right,
                "differs": pair.differs,
                "claims": [
                    {
                        "claim": claim.claim,
                        "kind": "misconception" if claim.misconception else "criterion",
                        "left": claim.left,
                        "right": claim.right,
                        "differs": claim.differs,
                    }
                    for claim in pair.claims
                ],
            }
            for pair in found.answers
        ],
        "agreement": {
            "claims": said.claims,
            "exact": said.exact,
            "kappa": said.kappa,
            "answers": said.answers,
            "qwk": said.qwk,
        },
        "cold": _totals(found.cold),
        "tiers": [_totals(tier) for tier in found.tiers],
        "aims": [_totals(aim) for aim in found.aims],
        "only_left": list(found.only_left),
        "only_right": list(found.only_right),
        "changed": {str(number): list(lines) for number, lines in found.changed},
    }


def _side(side: Side) -> dict[str, Any]:
    run = side.run
    return {
        "name": side.name,
        "session": side.session.started.session,
        "run": run.number,
        "grader": run.grader.model_dump(),
        "bank": run.bank,
        "graded": run.graded,
        "answers": run.answers,
    }


def _totals(totals: Totals) -> dict[str, Any]:
    return {"name": totals.name, "left": _tally(totals.left), "right": _tally(totals.right)}


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "total": tally.total,
        "asked": tally.asked,
        "answered": tally.answered,
        "prompted": tally.prompted,
        "ungraded": tally.ungraded,
        "low": tally.low,
        "high": tally.high,
        "reached": tally.reached,
    }
