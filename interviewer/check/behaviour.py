"""Families of answers by construction, and what a grader must make of each.

A behavioural test in the sense of CheckList (Ribeiro et al. 2020): the answer is built from a bank's
own statements, so what is due follows from how it was built, for any bank and any grader. Frames,
joints and unrelated sentences come in two halves; the shipped reader was trained on one of them, and
the other is marked `held_out`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from interviewer.answer_text.normalize import STOP
from interviewer.bank.questions import Bank, Claim, Question
from interviewer.check.splits import share
from interviewer.common.base import Text, Value
from interviewer.grading import scoring
from interviewer.grading.grades import AnswerGrade

Due = Literal["nothing", "met", "unmet", "passed", "silent", "same", "as-good", "decided"]
"""What must hold of the grade: no credit at all; that criterion met; that claim neither met nor
half; passed; no misconception; score and verdict of the base answer; at least its score; `passed`
that agrees with `passing`."""

FAMILIES: tuple[str, ...] = (
    "forms", "frames", "affirmed", "swaps", "twins", "contrast", "additions", "terse", "verbatim",
    "salad", "shuffled", "replies", "silence", "order", "monotony", "decision",
)  # fmt: skip
NEAR, STILL = 0.05, 0.02
"""How far a score may move between surface forms, and by an unrelated addition."""

_SILENT = ("deny", "doubt", "ask", "report", "retract", "bothways", "hypothetical")


class Case(Value):
    """One answer and what is due. claim: the id of the claim that it is about. asked: what it
    replies to; "" for the question. base: the answer it is compared with."""

    family: Text
    question: int
    asked: str = ""
    answer: str
    due: Due
    claim: str | None = None
    base: str | None = None
    held_out: bool = False


class Frame(Value):
    """A way to put a statement: `template` holds {S}, or {s} for a small first letter."""

    kind: str
    template: str

    @property
    def held_out(self) -> bool:
        """Whether no shipped weights were trained with it."""
        return withheld(f"frame:{self.template}")

    def around(self, statement: str) -> str:
        """The statement in the frame."""
        said = statement.strip().rstrip(".")
        if "{S}" in self.template:
            return self.template.replace("{S}", said[:1].upper() + said[1:])
        return self.template.replace("{s}", lowered(said))


def lowered(statement: str) -> str:
    """The statement with a small first letter, unless its first word is a name or an acronym."""
    first = statement.split(" ", 1)[0]
    plain = (first[:1].isupper() and first[1:].islower()) or len(first) == 1
    named = first in _NAMES
    return statement[:1].lower() + statement[1:] if plain and not named else statement


_NAMES = {"I", "Gemini", "Flamingo", "Softmax"}


def withheld(key: str, of: int = 4) -> bool:
    """One key in `of`, by its digest: kept for measuring, never trained with."""
    return share(key, of) == 0


def frames_of(text: str) -> tuple[Frame, ...]:
    """The frames of a file: `kind|template` lines, one place for the statement each."""
    found = []
    for line in text.splitlines():
        kind, bar, template = line.partition("|")
        if bar and template.upper().count("{S}") == 1:
            found.append(Frame(kind=kind, template=template.strip()))
    return tuple(found)


def chosen(key: str, items: Sequence[str]) -> str:
    """One of the items, fixed by the key."""
    return items[share(key, len(items))]


def families(bank: Bank, frames: Sequence[Frame], oddities: Sequence[str]) -> Iterator[Case]:
    """Every case over the bank. The questions, claims and texts decide all that is drawn."""
    for question in bank.questions:
        yield from _frames(question, frames)
        yield from _verbatim(question)
        yield from _forms(question)
        yield from _swaps(question)
        yield from _contrast(question)
        yield from _additions(question, oddities)
        yield from _terse(question)
        yield from _nothing(question, bank)
        yield from _replies(question)
        yield from _silence(question)
        yield from _grown(question)


def chosen_cases(cases: Sequence[Case], limit: int | None) -> list[Case]:
    """At most `limit` cases of each family, chosen by the digest of their text, in order."""
    if limit is None:
        return list(cases)
    kept: set[int] = set()
    for family in FAMILIES:
        at = [i for i, c in enumerate(cases) if c.family == family]
        at.sort(key=lambda i: hashlib.sha256(cases[i].answer.encode("utf-8", "replace")).digest())
        kept |= set(at[:limit])
    return [c for i, c in enumerate(cases) if i in kept]


def holds(case: Case, grade: AnswerGrade, base: AnswerGrade | None) -> bool | None:
    """Whether what is due is so; None where the grader gave no verdict to say it of."""
    if grade.score is None or (case.base is not None and (base is None or base.score is None)):
        return None
    score = grade.score
    level = _level(grade, case.claim)
    if case.due == "nothing":
        return score <= NEAR
    if case.due in ("met", "unmet"):
        return level is not None and level == case.due
    if case.due == "passed":
        return _passed(grade)
    if case.due == "silent":
        return not grade.asserted
    if case.due == "decided":
        return grade.passing is None or _passed(grade) == (grade.passing >= scoring.ANSWERED)
    assert base is not None
    assert base.score is not None
    if case.due == "as-good":
        return score >= base.score - STILL and (_passed(grade) or not _passed(base))
    within = STILL if case.family == "additions" else NEAR
    return abs(score - base.score) <= within + 1e-9 and _passed(grade) == _passed(base)


def _passed(grade: AnswerGrade) -> bool:
    return bool(scoring.passed(grade.score))


def _level(grade: AnswerGrade, claim: str | None) -> str | None:
    for outcome in (*grade.verdicts, *grade.misconceptions):
        if outcome.criterion == claim and outcome.kind == "verdict":
            return outcome.level
    return None


def _key(question: Question, claim: Claim, what: str) -> str:
    return f"{question.prompt}|{claim.statement}|{what}"


def _frames(question: Question, frames: Sequence[Frame]) -> Iterator[Case]:
    """Each criterion's statement, in two frames of each kind: one trained with, one held out."""
    for claim in question.criteria:
        for kind in (*_SILENT, "affirm"):
            for held_out in (False, True):
                templates = [
                    f.template for f in frames if f.kind == kind and f.held_out == held_out
                ]
                if not templates:
                    continue
                template = chosen(_key(question, claim, f"{kind}{held_out}"), templates)
                yield Case(
                    family="affirmed" if kind == "affirm" else "frames",
                    question=question.id,
                    answer=Frame(kind=kind, template=template).around(claim.statement),
                    due="met" if kind == "affirm" else "unmet",
                    claim=claim.id,
                    held_out=held_out,
                )


def _verbatim(question: Question) -> Iterator[Case]:
    """The statement or an accept, said plainly inside an answer."""
    for claim in question.criteria:
        around = ("Well, the way I see it: {}", "{} That is the main point.", "So, yes. {}")
        texts = (
            claim.statement,
            chosen(_key(question, claim, "accept"), claim.accepts or (claim.statement,)),
        )
        for text in dict.fromkeys(texts):
            frame = chosen(_key(question, claim, text), around)
            yield Case(
                family="verbatim", question=question.id, answer=frame.format(_ended(text)),
                due="met", claim=claim.id,
            )  # fmt: skip


def _ended(text: str) -> str:
    return text if text[-1:] in ".!?" else text + "."


def surface_forms(text: str) -> tuple[str, ...]:
    """The text in six forms: as it is, small letters, no punctuation, bullets, fillers, one line
    of commas."""
    parts = [p for p in re.split(r"(?<=[.!?])\s+", text.strip()) if p]
    bare = re.sub(r"[.,;:!?]+(?=\s|$)", "", text)
    words = text.split()
    fillers = ("um", "so", "you know", "like")
    spoken = [
        w for i, x in enumerate(words) for w in ((fillers[i // 6 % 4], x) if i % 6 == 0 else (x,))
    ]
    spliced = ", ".join(
        lowered(p.rstrip(".!?")) if i else p.rstrip(".!?") for i, p in enumerate(parts)
    )
    return (
        text, text.lower(), bare.lower(), "- " + "\n- ".join(parts), " ".join(spoken), spliced + ".",
    )  # fmt: skip


def _forms(question: Question) -> Iterator[Case]:
    for reference in question.references[:2]:
        for form in surface_forms(reference)[1:]:
            yield Case(
                family="forms", question=question.id, answer=form, due="same", base=reference
            )


def exchanged(text: str, pairs: Sequence[tuple[str, str]]) -> str | None:
    """The text with its first word that has an opposite exchanged for it; None if both or neither
    of every pair are there."""
    words = {w.lower() for w in re.findall(r"[A-Za-z-]+", text)}
    other = {a: b for x, y in pairs for a, b in ((x, y), (y, x))}
    for match in re.finditer(r"[A-Za-z-]+", text):
        word = match[0].lower()
        if word in other and other[word] not in words:
            new = other[word].capitalize() if match[0][0].isupper() else other[word]
            return text[: match.start()] + new + text[match.end() :]
    return None


OPPOSITES = tuple(
    (a, b)
    for a, b in (
        pair.split()
        for pair in (
            "more less,higher lower,larger smaller,before after,query key,rows columns,"
            "image text,images texts,encoder decoder,common rare,faster slower,minimizes maximizes,"
            "lower upper,sparse dense,lowers raises,positive negative,frozen trained,shallow deep,"
            "first second,static contextual,cheap expensive,without with,exact approximate"
        ).split(",")
    )
)


def _swaps(question: Question) -> Iterator[Case]:
    """A statement with one word turned to its opposite, or denied by "not"; and as it was."""
    for claim in question.criteria:
        turned = exchanged(claim.statement, OPPOSITES)
        if turned is None:
            turned = re.sub(
                r"\b(is|are|can|will|does|has|was)\b(?! not)", r"\1 not", claim.statement, count=1
            )
        if turned == claim.statement:
            continue
        swap = Case(
            family="swaps", question=question.id, answer=turned, due="unmet", claim=claim.id
        )
        yield swap
        yield swap.model_copy(update={"family": "twins", "answer": claim.statement, "due": "met"})


def _contrast(question: Question) -> Iterator[Case]:
    """All points in one sentence, in either order: no misconception is heard."""
    points = [c.statement.rstrip(".") for c in question.criteria]
    if len(points) < 2:
        return
    for order in (points, points[::-1]):
        for joint in (", whereas ", ", and "):
            text = joint.join([order[0], *map(lowered, order[1:])]) + "."
            yield Case(family="contrast", question=question.id, answer=text, due="silent")


def _additions(question: Question, oddities: Sequence[str]) -> Iterator[Case]:
    """An unrelated sentence beside right, half right and wrong answers moves nothing."""
    bases = [question.references[0]] if question.references else []
    bases += [c.statement for c in question.criteria[:1]]
    bases += [r for c in question.criteria[:1] for r in c.rejects[:2]]
    for number, base in enumerate(bases):
        odd = chosen(f"{question.prompt}|{number}", oddities)
        text = f"{_ended(base)} {odd}" if number % 2 else f"{_ended(odd)} {_ended(base)}"
        yield Case(
            family="additions", question=question.id, answer=text, due="same", base=base,
            held_out=oddities.index(odd) % 2 == 1,
        )  # fmt: skip


def _terse(question: Question) -> Iterator[Case]:
    """The shortest way that the bank has of saying each point, joined by commas: passed."""
    short = ", ".join(map(_shortest, question.criteria))
    yield Case(family="terse", question=question.id, answer=short, due="passed")


def _shortest(claim: Claim) -> str:
    return min((claim.statement, *claim.accepts), key=len)


def _nothing(question: Question, bank: Bank) -> Iterator[Case]:
    """Words of the field in no order, and the question's own statements shuffled."""
    field = sorted(
        {w.strip(".,;()").lower() for q in bank.questions for w in q.prompt.split() if len(w) > 4}
    )
    for count in (12, 45):
        words = [chosen(f"{question.id}|{count}|{i}", field) for i in range(count)]
        yield Case(family="salad", question=question.id, answer=" ".join(words), due="nothing")
    words = " ".join(c.statement for c in question.criteria).split()
    for kept in (words, [w for w in words if w.lower() not in STOP]):
        if len(kept) > 7:
            order = sorted(
                range(len(kept)), key=lambda i: hashlib.sha256(f"{i}{kept[i]}".encode()).digest()
            )
            text = " ".join(kept[i].strip(".,") for i in order)
            yield Case(family="shuffled", question=question.id, answer=text, due="nothing")


def _replies(question: Question) -> Iterator[Case]:
    """The shortest way of saying a point, in reply to the follow-up that asks for it."""
    for probe in question.probes:
        claim = question.criterion(probe.criterion)
        yield Case(
            family="replies", question=question.id, asked=probe.text, answer=_shortest(claim),
            due="met", claim=claim.id,
        )  # fmt: skip


def _silence(question: Question) -> Iterator[Case]:
    """No misconception is heard in what is right; and what was decided is decided."""
    right = [*question.references, *(c.statement for c in question.criteria)]
    right += [a for c in question.criteria for a in c.accepts[:4]]
    for text in right:
        yield Case(family="silence", question=question.id, answer=text, due="silent")
        yield Case(family="decision", question=question.id, answer=text, due="decided")


def _grown(question: Question) -> Iterator[Case]:
    """Points in another order are worth the same; one more right point is never worth less."""
    points = [_ended(c.statement) for c in question.criteria]
    if len(points) < 2:
        return
    whole, back = " ".join(points), " ".join(points[::-1])
    yield Case(family="order", question=question.id, answer=back, due="same", base=whole)
    for count in range(1, len(points)):
        base, more = " ".join(points[:count]), " ".join(points[: count + 1])
        yield Case(family="monotony", question=question.id, answer=more, due="as-good", base=base)
