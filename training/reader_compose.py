"""Answers by construction: what they assert, deny or leave open is known, and so are the words.

An answer is put together from pieces. Each piece is a statement in a frame: affirmed, denied,
doubted, asked, reported, retracted, both ways, supposed. Pieces are joined and roughened as speech
is; the words that carry a claim keep their place.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from editing import edited, names_in
from reader_samples import DENIED, NO, NOT, OPEN, YES, Claim, Sample
from reader_sources import read_jsonl

from interviewer.bank.questions import Bank, Criterion, Misconception, Question
from interviewer.check.behaving import shipped_frames
from interviewer.check.splits import share

FILLERS = (
    *("uh", "um", "so", "well", "basically", "I think", "you know", "like", "okay so", "right"),
    *("I mean", "kind of", "let me see", "hmm", "actually", "sort of", "er", "yeah"),
)
JOINTS = (
    *(". ", ". ", ". ", ", ", ", ", " and ", ", and ", "; ", " ", " and then ", " so ", ", plus "),
    *(" - ", "\n", ". Also ", ". And ", ", also ", " / "),
)
FRAME_VERDICT = {
    "affirm": YES,
    "deny": DENIED,
    "retract": DENIED | NO,
    "doubt": NO,
    "ask": NO,
    "report": NO,
    "bothways": NO,
    "hypothetical": NO,
}


@dataclass(frozen=True)
class Frame:
    """A way to put a statement; `template` holds {S} or {s}."""

    kind: str
    template: str

    def around(self, statement: str, rng: random.Random) -> tuple[str, int]:
        """The statement in the frame, and where the statement begins."""
        said = statement.strip().rstrip(".")
        mark = "{S}" if "{S}" in self.template else "{s}"
        before, _, after = self.template.partition(mark)
        lowered = len(said) > 1 and said[0].isupper() and not said[1].isupper() and mark == "{s}"
        if lowered and said.split()[0] not in ("I",):
            said = said[0].lower() + said[1:]
        elif mark == "{S}" and said:
            said = said[0].upper() + said[1:]
        after = after.replace("{S}", said).replace("{s}", said)
        return before + said + after, len(before)


HERE = Path(__file__).resolve().parent


def trained_frames() -> list[Frame]:
    """The frames of the behaviour check that are not kept for measuring, and more of them."""
    more = (HERE / "frames.txt").read_text("utf-8").splitlines()
    found = [(f.kind, f.template) for f in shipped_frames() if not f.held_out]
    return [Frame(*f) for f in (*found, *(line.split("|", 1) for line in more))]


@dataclass(frozen=True)
class Twins:
    """A statement said otherwise, and texts near to it that say something else; one at least of each."""

    right: tuple[str, ...]
    wrong: tuple[str, ...]


def twins(part: str = "train") -> dict[tuple[str, str], Twins]:
    """By question and statement; written by hand. Those in twins.tsv are all trained on; of the sayings
    in sayings.jsonl, where what is alike stands in one line, those of that part."""
    right: dict[tuple[str, str], list[str]] = {}
    wrong: dict[tuple[str, str], list[str]] = {}
    if part == "train":
        for line in (HERE / "twins.tsv").read_text("utf-8").splitlines():
            question, statement, said, *others = line.split("\t")
            right[question, statement], wrong[question, statement] = [said], others
    for row in read_jsonl(HERE / "sayings.jsonl"):
        key = (row["question"], row["statement"])
        if saying_part(row) == part:
            right.setdefault(key, []).extend(row["right"])
            wrong.setdefault(key, []).extend(row["wrong"])
    return {
        key: Twins(tuple(said), tuple(wrong[key]))
        for key, said in right.items()
        if said and wrong.get(key)
    }


def saying_part(row: Mapping[str, Any]) -> str:
    """What a line of sayings is for: one in ten is kept to "measure", one in five fits the decision
    ("decide"), the rest "train"."""
    texts = " / ".join((*row["right"], *row["wrong"]))
    kept = share(f"saying:{texts}", 10)
    return "measure" if kept == 0 else "decide" if kept < 3 else "train"


@dataclass(frozen=True)
class Piece:
    """A part of an answer. claim: which claim it is about, -1 for none."""

    text: str
    claim: int
    start: int = 0
    end: int = 0
    shown: bool = False
    """Whether it carries the claim, so that its words are the evidence."""


def roughened(piece: Piece, style: str, rng: random.Random) -> Piece:
    """The piece as it is said in that style. Its evidence is the whole of it where words move."""
    text = piece.text
    if style == "plain":
        return piece
    if style in ("lower", "bare"):
        text = text.lower() if len(text.lower()) == len(text) else text
        if style == "bare":
            text = "".join(c for c in text if c.isalnum() or c.isspace() or c in "-+/=()*<>")
        return Piece(text, piece.claim, 0, len(text), piece.shown)
    words = text.split(" ")
    for _ in range(1 + len(words) // 10):
        at = rng.randint(0, len(words))
        words.insert(at, rng.choice(FILLERS) if rng.random() < 0.8 or not at else words[at - 1])
    text = " ".join(words)
    return Piece(text, piece.claim, 0, len(text), piece.shown)


def joined(
    pieces: Sequence[Piece], claims: int, rng: random.Random
) -> tuple[str, list[tuple[tuple[int, int], ...]]]:
    """The answer, and per claim where it is carried."""
    style = rng.choices(("plain", "lower", "bare", "speech", "bullets"), (46, 16, 14, 14, 10))[0]
    joint = "\n- " if style == "bullets" else rng.choice(JOINTS)
    if style == "bare" and joint not in (" and ", " ", " and then ", " so ", "\n"):
        joint = " "
    text = "- " if style == "bullets" else ""
    spans: list[list[tuple[int, int]]] = [[] for _ in range(claims)]
    for number, part in enumerate(pieces):
        piece = roughened(part, "plain" if style == "bullets" else style, rng)
        body = piece.text
        if number < len(pieces) - 1 and joint not in (". ", "\n", ". Also ", ". And ", "\n- "):
            body = body.rstrip(".")
        elif body.endswith(".") and joint.startswith("."):
            body = body[:-1]
        begin = len(text)
        text += body
        if piece.shown and piece.claim >= 0:
            end = min(begin + piece.end, len(text))
            if end > begin + piece.start:
                spans[piece.claim].append((begin + piece.start, end))
        if number < len(pieces) - 1:
            text += rng.choice(JOINTS) if style == "plain" and rng.random() < 0.2 else joint
    if style in ("plain", "lower") and rng.random() < 0.6 and text[-1:].isalnum():
        text += "."
    return text, [tuple(s) for s in spans]


class Composer:
    """Makes answers to the bank's questions and to others' statements."""

    def __init__(
        self,
        frames: Sequence[Frame],
        oddities: Sequence[str],
        twins: Mapping[tuple[str, str], Twins],
    ):
        self._twins = twins
        self._frames: dict[str, list[Frame]] = {}
        for frame in frames:
            self._frames.setdefault(frame.kind, []).append(frame)
        self._oddities = list(oddities)
        self._names = names_in([s for _, s in twins])

    def framed(self, statement: str, kind: str, claim: int, rng: random.Random) -> Piece:
        """The statement in some frame of that kind."""
        if kind == "plain" or kind not in self._frames:
            return Piece(statement, claim, 0, len(statement), True)
        frame = rng.choice(self._frames[kind])
        text, at = frame.around(statement, rng)
        end = min(len(text), at + len(statement.rstrip(".")))
        asserted = kind == "affirm"
        return Piece(text, claim, at if asserted else 0, end if asserted else len(text), True)

    def stance(self, rng: random.Random) -> str:
        """How a piece is put."""
        return rng.choices(
            ("plain", "affirm", "deny", "doubt", "ask", "report", "retract", "bothways",
             "hypothetical"),
            (28, 20, 20, 8, 7, 6, 7, 3, 1),
        )[0]  # fmt: skip

    def bank_sample(self, question: Question, rng: random.Random) -> Sample:
        """An answer to a question of the bank, from exemplars and statements."""
        claims: list[Criterion | Misconception] = [*question.criteria, *question.misconceptions]
        allowed = [OPEN] * len(claims)
        pieces: list[Piece] = []
        chosen = rng.sample(range(len(claims)), min(len(claims), rng.choice((1, 1, 1, 2, 2, 3, 4))))
        whole = rng.random() < 0.35  # all points plainly right, in one go
        if whole:
            chosen = list(range(len(question.criteria)))
            rng.shuffle(chosen)
        for at in chosen:
            claim = claims[at]
            stance = rng.choice(("plain", "plain", "affirm")) if whole else self.stance(rng)
            pair = self._twins.get((question.prompt, claim.statement))
            good = [claim.statement, *claim.accepts, *(pair.right * 2 if pair else ())]
            wrong = [*claim.rejects, *(pair.wrong * 2 if pair else ())]
            text = claim.statement if rng.random() < 0.3 else rng.choice(good)
            label = FRAME_VERDICT.get(stance, YES)
            roll = rng.random()
            if not whole and stance in ("plain", "affirm") and wrong and roll < 0.3:
                text, label = rng.choice(wrong), NOT
            elif not whole and stance in ("plain", "affirm") and roll < 0.45:
                other = edited(text, rng, self._names)
                if other:
                    text, label = other, NOT
            allowed[at] = label
            pieces.append(self.framed(text, stance, at, rng))
        if whole or all(a in (YES, OPEN) for a in allowed):
            # Nothing wrong was said, so nothing wrong is heard.
            for at in range(len(question.criteria), len(claims)):
                if allowed[at] == OPEN and at not in chosen:
                    right = all(c < len(question.criteria) for c in chosen)
                    allowed[at] = NOT if right else OPEN
        pieces = self._with_oddities(pieces, rng)
        text, spans = joined(pieces, len(claims), rng)
        made = tuple(
            Claim(c.statement, a, s if s and a != OPEN else None)
            for c, a, s in zip(claims, allowed, spans, strict=True)
        )
        return Sample(question.prompt, "", made, text, "composed", f"bank-{question.id}")

    def nearly(self, question: Question, rng: random.Random) -> list[Sample]:
        """A right answer, and the same with one point of it turned into something near that is wrong,
        or with a misconception beside it."""
        claims: list[Criterion | Misconception] = [*question.criteria, *question.misconceptions]
        pairs = [self._twins.get((question.prompt, c.statement)) for c in claims]
        points = [at for at in range(len(question.criteria)) if pairs[at]]
        if not points:
            return []
        said = {at: rng.choice(p.right) for at in points if (p := pairs[at])}
        beliefs = [at for at in range(len(question.criteria), len(claims)) if pairs[at]]
        order = rng.sample(points, len(points))
        other, allowed = dict(said), dict.fromkeys(points, YES)
        if beliefs and rng.random() < 0.3:
            at = rng.choice(beliefs)
            pair = pairs[at]
            assert pair is not None
            order.insert(rng.randint(0, len(order)), at)
            said[at], other[at] = rng.choice(pair.wrong), rng.choice(pair.right)
            turned, verdict = at, YES
        else:
            turned, verdict = rng.choice(points), NOT
            pair = pairs[turned]
            assert pair is not None
            other[turned] = rng.choice(pair.wrong)
        out = []
        for texts, labels in ((said, {**allowed, **({turned: NOT} if verdict == YES else {})}),
                              (other, {**allowed, turned: verdict})):  # fmt: skip
            pieces = [Piece(texts[at], at, 0, len(texts[at]), True) for at in order]
            text, spans = joined(pieces, len(claims), rng)
            right = texts is said
            made = tuple(
                Claim(
                    c.statement,
                    labels.get(at, NOT if right and at >= len(question.criteria) else OPEN),
                    spans[at] if spans[at] and at in labels else None,
                )
                for at, c in enumerate(claims)
            )
            out.append(Sample(question.prompt, "", made, text, "nearly", f"bank-{question.id}"))
        return out

    def _with_oddities(self, pieces: list[Piece], rng: random.Random) -> list[Piece]:
        if rng.random() < 0.2 and self._oddities:
            at = rng.choice((0, len(pieces), len(pieces)))
            return [*pieces[:at], Piece(rng.choice(self._oddities), -1), *pieces[at:]]
        return pieces

    def twinned(
        self, question: str, statement: str, group: str, rng: random.Random
    ) -> list[Sample]:
        """A statement said otherwise, and something near to it: alone, plain or affirmed."""
        pair = self._twins[question, statement]
        out = []
        for text, label in ((rng.choice(pair.right), YES), (rng.choice(pair.wrong), NOT)):
            piece = self.framed(text, rng.choice(("plain", "plain", "plain", "affirm")), 0, rng)
            said, spans = joined(self._with_oddities([piece], rng), 1, rng)
            claim = Claim(statement, label, spans[0] or None)
            out.append(Sample(question, "", (claim,), said, "twins", group))
        return out

    def minimal(
        self, question: str, claims: Sequence[str], text: str, group: str, rng: random.Random
    ) -> list[Sample]:
        """A text and the same with one thing changed, each as the claim and as what is said: all
        four, so that neither oddness of wording nor likeness decides. claims: others, of which
        nothing is known, to be read beside it."""
        other = edited(text, rng, self._names)
        if other is None:
            return []
        beside = [Claim(c, OPEN) for c in claims if c != text] if rng.random() < 0.4 else []
        out = []
        for claim, said in ((text, text), (text, other), (other, text), (other, other)):
            piece = self.framed(said, rng.choice(("plain", "plain", "plain", "affirm")), 0, rng)
            answer, spans = joined(self._with_oddities([piece], rng), 1, rng)
            made = Claim(claim, YES if claim == said else NOT, spans[0] or None)
            out.append(Sample(question, "", (made, *beside), answer, "minimal", group))
        return out

    def spoken(self, sample: Sample, rng: random.Random) -> Sample:
        """The same answer as dictation or hasty typing has it: no capitals, no marks, fillers."""
        style = rng.choice(("lower", "bare", "speech", "speech"))
        piece = roughened(Piece(sample.answer, -1), style, rng)
        if style == "speech" and rng.random() < 0.5:
            piece = roughened(piece, "bare", rng)
        return replace(
            sample, answer=piece.text, claims=tuple(replace(c, spans=None) for c in sample.claims)
        )

    def beside(self, sample: Sample, rng: random.Random) -> Sample:
        """The same answer, with claims that are near to what it says and that it does not say."""
        met = [c for c in sample.claims if c.allowed == YES and len(c.text) < 300]
        near = []
        for claim in rng.sample(met, min(len(met), 2)):
            other = edited(claim.text, rng, self._names)
            if other:
                near.append(Claim(other, NOT))
        return Sample(
            sample.question, sample.asked, (*sample.claims, *near), sample.answer, sample.source,
            sample.group,
        )  # fmt: skip

    def statement_sample(
        self, question: str, statements: Sequence[str], group: str, rng: random.Random
    ) -> Sample:
        """An answer made of criteria as they stand, framed: for claims outside the bank."""
        allowed = [OPEN] * len(statements)
        chosen = rng.sample(range(len(statements)), min(len(statements), rng.choice((1, 1, 2, 3))))
        pieces = []
        for at in chosen:
            stance, text = self.stance(rng), statements[at]
            label = FRAME_VERDICT.get(stance, YES)
            pair = self._twins.get((question, text))
            if pair and rng.random() < 0.5:
                text = rng.choice(pair.right)
            if stance in ("plain", "affirm") and rng.random() < (0.5 if pair else 0.3):
                other = rng.choice(pair.wrong) if pair else edited(text, rng, self._names)
                if other:
                    text, label = other, NOT
            allowed[at] = label
            pieces.append(self.framed(text, stance, at, rng))
        text, spans = joined(self._with_oddities(pieces, rng), len(statements), rng)
        made = tuple(
            Claim(c, a, s if s and a != OPEN else None)
            for c, a, s in zip(statements, allowed, spans, strict=True)
        )
        return Sample(question, "", made, text, "framed", group)

    def wrapped(self, sample: Sample, rng: random.Random) -> Sample | None:
        """A short answer that asserts something, put in a frame: what it asserted it no longer
        does, unless the frame affirms."""
        if len(sample.answer) > 160 or "\n" in sample.answer:
            return None
        stance = rng.choice(
            ("deny", "deny", "doubt", "ask", "report", "retract", "affirm", "affirm", "affirm")
        )
        if stance not in self._frames:
            return None
        text, _ = rng.choice(self._frames[stance]).around(sample.answer, rng)
        verdict = FRAME_VERDICT[stance]
        single = sum(c.allowed == YES for c in sample.claims) == 1
        claims = []
        for claim in sample.claims:
            if stance == "affirm":
                allowed = claim.allowed
            elif claim.allowed == YES:
                # Of several points denied at once it stays open which is meant.
                allowed = verdict if single else NOT
            elif claim.allowed & YES:
                allowed = OPEN
            else:
                allowed = OPEN if stance in ("deny", "retract") else NO | claim.allowed
            claims.append(Claim(claim.text, allowed))
        return Sample(sample.question, sample.asked, tuple(claims), text, "wrapped", sample.group)

    def with_oddity(self, sample: Sample, rng: random.Random) -> Sample:
        """The same answer with an unrelated sentence before or after it: nothing changes."""
        odd = rng.choice(self._oddities)
        text = f"{odd} {sample.answer}" if rng.random() < 0.4 else f"{sample.answer} {odd}"
        return Sample(sample.question, sample.asked, sample.claims, text, "oddity", sample.group)


def salad(question: Question, vocabulary: Sequence[str], rng: random.Random) -> Sample:
    """Words of the field in no order: asserts nothing."""
    claims = [*question.criteria, *question.misconceptions]
    if rng.random() < 0.5:
        words = [rng.choice(vocabulary) for _ in range(rng.randint(6, 45))]
    else:
        source = rng.choice(claims)
        words = " ".join(
            c.statement if rng.random() < 0.5 else rng.choice((c.statement, *c.accepts))
            for c in {source.id: source, **{c.id: c for c in question.criteria}}.values()
        ).split()
        if len(words) < 9:
            words += rng.sample(list(vocabulary), 6)
    rng.shuffle(words)
    made = tuple(Claim(c.statement, NO) for c in claims)
    return Sample(question.prompt, "", made, " ".join(words), "salad", f"bank-{question.id}")


def apart(one: Question, other: Question) -> bool:
    """Whether what is right of one question says nothing on the other: of different sections, sharing no
    name in capitals."""
    return (
        one.section != other.section
        and not (one.quick_fire or other.quick_fire)
        and not _names_of(one) & _names_of(other)
    )


def _names_of(question: Question) -> set[str]:
    return set(re.findall(r"[A-Z]{3,}\w*", question.prompt))


def elsewhere(bank: Bank, answers: Sequence[Sample], rng: random.Random) -> Sample:
    """What is right elsewhere says nothing here: an exemplar, or an answer, of another section."""
    while True:
        question, other = rng.sample(bank.questions, 2)
        if apart(question, other):
            break
    claim = rng.choice([*other.criteria])
    text = rng.choice((claim.statement, *claim.accepts, *other.references))
    if rng.random() < 0.5:
        drawn = rng.choice([a for a in answers if a.group == f"bank-{other.id}"] or [None])
        text = drawn.answer if drawn else text
    claims = tuple(Claim(c.statement, NOT) for c in (*question.criteria, *question.misconceptions))
    return Sample(question.prompt, "", claims, text, "elsewhere", f"bank-{question.id}")
