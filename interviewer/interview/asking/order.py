"""Which questions a session asks, and in what order."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

from interviewer.answer_text.normalize import content
from interviewer.bank.questions import Bank, Question, Tier
from interviewer.session import standing
from interviewer.session.events import AnswerPace, Order, Plan, Style
from interviewer.session.record import Session


def select(
    bank: Bank,
    *,
    sections: Sequence[str] = (),
    numbers: Sequence[int] = (),
    quick_fire: bool = False,
) -> tuple[int, ...]:
    """The numbers of the questions that meet every condition given: in the order of `numbers`, or in
    bank order without them.

    Raises ValueError naming the section or number that does not exist, or if nothing is left.
    """
    known = {section.id.casefold(): section.id for section in bank.sections}
    wanted = set()
    for name in sections:
        if name.casefold() not in known:
            raise ValueError(f"there is no section '{name}'; there are {', '.join(known.values())}")
        wanted.add(known[name.casefold()])
    for number in numbers:
        if number not in bank:
            raise ValueError(f"there is no question {number}")
    asked = [bank.question(n) for n in dict.fromkeys(numbers)] if numbers else bank.questions
    chosen = tuple(
        q.id
        for q in asked
        if (not wanted or q.section in wanted) and (not quick_fire or q.quick_fire)
    )
    if not chosen:
        raise ValueError("no question meets all of these conditions")
    return chosen


NEAR = 0.22
"""The likeness of two questions from which they are on nearly one subject."""


def near_pairs(questions: Sequence[Question]) -> frozenset[frozenset[int]]:
    """The pairs of questions on nearly one subject: by the words of prompt, references and criteria,
    each weighed by the inverse of how many of the questions use it (cosine)."""
    words = {
        q.id: set(content(" ".join((q.prompt, *q.references, *(c.statement for c in q.criteria)))))
        for q in questions
    }
    used = Counter(word for found in words.values() for word in found)
    weight = {word: math.log(len(words) / count) ** 2 for word, count in used.items()}
    size = {n: math.sqrt(sum(weight[w] for w in found)) for n, found in words.items()}
    return frozenset(
        frozenset((a, b))
        for a, b in combinations(words, 2)
        if (shared := sum(weight[w] for w in words[a] & words[b])) > 0
        and shared >= NEAR * size[a] * size[b]
    )


def kept_apart(
    ordered: Sequence[int], count: int, near: frozenset[frozenset[int]]
) -> tuple[int, ...]:
    """The same without the later of two questions on nearly one subject; all where `count` asks for
    more than that leaves."""
    kept: list[int] = []
    for number in ordered:
        if not any(frozenset((number, other)) in near for other in kept):
            kept.append(number)
    return tuple(kept if count <= len(kept) else ordered)


def shuffled(items: Iterable[int], seed: int) -> tuple[int, ...]:
    """A fixed permutation that depends on the seed alone, alike on every platform."""
    return tuple(sorted(items, key=lambda i: hashlib.sha256(f"{seed}:{i}".encode()).digest()))


def make_plan(
    questions: Sequence[int],
    *,
    order: Order = "bank",
    seed: int = 0,
    count: int | None = None,
    probes: int = 2,
    cold: bool = False,
    timed: bool = False,
    silent: bool = False,
    style: Style | None = None,
    teaches: bool = False,
    deeper: int = 0,
    self_graded: bool = False,
    pace: AnswerPace = "spoken",
    near: frozenset[frozenset[int]] = frozenset(),
) -> Plan:
    """A plan over those questions. A count beyond what there is asks them all.

    near: pairs of which a session of fewer asks one, where it can.
    """
    ordered = tuple(questions) if order == "bank" else shuffled(questions, seed)
    limit = len(ordered) if count is None else min(count, len(ordered))
    if order != "bank":
        ordered = kept_apart(ordered, limit, near)
    return Plan(
        questions=ordered if order == "adaptive" else ordered[:limit],
        count=limit,
        order=order,
        seed=seed,
        probes=0 if cold else probes,
        cold=cold,
        timed=timed,
        silent=silent,
        style=style,
        teaches=teaches and not (cold or timed or silent),
        deeper=0 if cold or timed or silent else deeper,
        self_graded=self_graded,
        pace=pace,
    )


def next_question(session: Session) -> int | None:
    """The number of the question to ask next; None when the plan is done."""
    plan = session.started.plan
    asked = {record.question.id for record in session.planned}
    if len(asked) >= plan.count:
        return None
    left = [q for q in plan.questions if q not in asked]
    if not left:
        return None
    if plan.order == "bank":
        return left[0]
    told = _untold(session, left)
    if plan.order == "shuffle":
        return told[0]
    return min(told, key=lambda q: (-_doubt(session, q), plan.questions.index(q)))


def _untold(session: Session, left: Sequence[int]) -> list[int]:
    """Those whose words give away no other question that is still to come.

    In bank order such questions are far apart, and an order asked for is kept.
    """
    after = session.started.bank.after
    ready = [q for q in left if not any(other in left for other in after.get(q, ()))]
    return ready or list(left)


def _doubt(session: Session, question: int) -> float:
    """How little is known about the tier that this question belongs to, in [0, 0.5].

    The doubt about a tier is the smaller of the chances that the candidate holds it and that they
    do not; questions outside every tier teach nothing about one.
    """
    tier = _tier_of(session.started.bank.tiers, question)
    if tier is None:
        return -1.0
    chance = standing.tier_tally(session, tier).chance
    return min(chance, 1.0 - chance)


def _tier_of(tiers: Sequence[Tier], question: int) -> Tier | None:
    return next((tier for tier in tiers if question in tier.questions), None)
