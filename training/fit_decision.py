"""Fit the decision on answers that the reader was not trained on.

    python training/fit_decision.py

Reads tuned gold answers, training answers and exam answers of the part "decide", and statements in
frames, with the exported reader, and writes decision.json: the calibration of a claim's chance by
boosted trees over the reader, nearness to exemplars, stance and the claim's own head; the levels'
thresholds, by the sum of the kappa of levels, weighted quadratically and not at all, the kappa of met
against not and the kappa of passing; a charge from where nine in ten are right, eight without a head; the
chance of passing by logistic regression over whole answers. Then writes what stands beside it, and prints
what it comes to.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "training")]

import boosting
import numpy as np
from editing import edited
from make_encoder import WEIGHTS
from reader_compose import Composer, trained_frames, twins
from reader_samples import NOT, OPEN, SOME, YES, Claim, Sample
from reader_sources import (
    NEAR,
    bank_answer,
    bank_rows,
    ellipses,
    exam_files,
    exam_part,
    fits_decision,
    others,
    plain,
    read_jsonl,
    reply_part,
    withheld_answer,
)
from ship import write_manifest, write_vectors
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import cohen_kappa_score

from interviewer.bank.bank_files import load_bank
from interviewer.bank.questions import Bank, Criterion, Misconception, Question
from interviewer.grading import scoring
from interviewer.grading.chances import chance_of_half, logit
from interviewer.grading.grader import GradeRequest
from interviewer.grading.offline import deciding
from interviewer.grading.offline.deciding import Beside, Decision, Straight
from interviewer.grading.offline.encoders import ClaimReading
from interviewer.grading.offline.evidence import parts_of
from interviewer.grading.offline.offline_grader import OfflineGrader
from interviewer.grading.offline.onnx_encoder import OnnxEmbedder
from interviewer.grading.offline.onnx_heads import OnnxHeads
from interviewer.grading.offline.onnx_reader import OnnxClaimReader
from interviewer.grading.offline.phrasing.sense import SenseModel
from interviewer.grading.offline.phrasing.stance import StanceModel
from interviewer.grading.offline.trees import Forest
from interviewer.grading.offline.vector_cache import VectorCache
from interviewer.grading.offline.word_table import WordTable

BANK = ROOT / "rubrics" / "multimodal-embeddings"


@dataclass(frozen=True)
class Item:
    """One answer as read. truth: per claim 0, 1 or 2. question: None for an exam answer. group: the
    question that it answers. wrong: how many of its claims, the last, are misconceptions. free: whether
    somebody gave it by no scheme."""

    truth: list[int]
    found: list[ClaimReading]
    beside: list[Beside]
    question: Question | None = None
    near: float | None = None
    passed: bool = False
    group: str = ""
    wrong: int = 0
    free: bool = False

    @property
    def criteria(self) -> int:
        return len(self.truth) - self.wrong


def levels(sample: Sample) -> list[int]:
    return [2 if c.allowed == YES else 1 if c.allowed == SOME else 0 for c in sample.claims]


def items(bank: Bank, grader: OfflineGrader, embedder: OnnxEmbedder) -> list[Item]:
    """Everything the decision is fitted on."""
    out = []
    gold = [r for r in read_jsonl(BANK / "gold.jsonl") if not r["held_out"]]
    rows = [r for r in (*gold, *bank_rows()) if fits_decision(str(r["id"]))]
    for row in rows:
        if withheld_answer(row):
            continue
        question = bank.question(int(row["question"]))
        sample = bank_answer({**row, "raters": ()}, question)
        score = scoring.of_levels(question, plain(row["verdicts"]), row["misconceptions"])
        found, beside, parts = heard(grader, embedder, question, sample.answer)
        if not str(row["id"]).startswith(("v6-", "v7-")):
            # The heads were fitted to all others: there they are surer than on anything new.
            beside = [Beside(near.nearness) for near in beside]
        near = grader.similarity(question, parts)
        passed = bool(scoring.passed(score))
        wrong = len(question.misconceptions)
        free = row["kind"] == "natural"
        out.append(
            Item(levels(sample), found, beside, question, near, passed, sample.group, wrong, free)
        )
    out += replies(bank, grader, embedder)
    for path in exam_files():
        free = path.parent.name == "classes" and path.stem not in NEAR
        for row in read_jsonl(path):
            if exam_part(row) == "decide":
                out += exam_items(row, grader, embedder, free=free)
    return out


def replies(bank: Bank, grader: OfflineGrader, embedder: OnnxEmbedder) -> Iterator[Item]:
    """Replies to follow-ups that the reader did not see."""
    by_prompt = {question.prompt: question for question in bank.questions}
    for sample in ellipses(bank):
        if reply_part(sample) == "decide":
            question = by_prompt[sample.question]
            found, beside, _ = heard(grader, embedder, question, sample.answer, sample.asked)
            wrong = len(question.misconceptions)
            yield Item(levels(sample), found, beside, group=f"bank-{question.id}", wrong=wrong)


def exam_items(
    row: dict[str, Any], grader: OfflineGrader, embedder: OnnxEmbedder, *, free: bool
) -> Iterator[Item]:
    """The answers to an exam question, each by its statements alone, and with the other answers as
    what a criterion accepts and rejects."""
    for at, answer in enumerate(row["answers"]):
        text, said = answer["answer"], answer.get("misconceptions") or ()
        truth = [_LEVEL[answer["verdicts"][c["id"]]] for c in row["criteria"]]
        wrong = row.get("misconceptions") or ()
        truth += [2 if m["id"] in said else 0 for m in wrong]
        for exemplars in (False, True):
            question = exam_question(row, at, exemplars=exemplars)
            found, beside, _ = heard(grader, embedder, question, text)
            yield Item(truth, found, beside, group=f"exam-{row['id']}", wrong=len(wrong), free=free)


_LEVEL = {"met": 2, "partial": 1, "unmet": 0, "denied": 0}


def heard(
    grader: OfflineGrader, embedder: OnnxEmbedder, question: Question, text: str, asked: str = ""
) -> tuple[list[ClaimReading], list[Beside], np.ndarray]:
    """What the grader reads of an answer, and the embeddings of its clauses. asked: the follow-up that it
    replies to, if that is not the question."""
    said = [p.text for p in parts_of(text)] or [text]
    parts = embedder.embed(said)
    found, beside = grader.read(
        GradeRequest(question, text, asked or question.prompt), text, said, parts
    )
    return found, beside, parts


def exam_question(row: dict[str, Any], at: int, *, exemplars: bool) -> Question:
    """An exam question, for the answer in that place."""
    criteria = tuple(
        Criterion(
            id=f"c{number}",
            statement=c["statement"],
            accepts=others(row, at, c["id"], "met") if exemplars else (),
            rejects=others(row, at, c["id"], "unmet", "denied") if exemplars else (),
        )
        for number, c in enumerate(row["criteria"])
    )
    wrong = tuple(
        Misconception(id=m["id"], statement=m["statement"]) for m in row.get("misconceptions") or ()
    )
    return Question.model_construct(
        id=at + 1, section="A", prompt=row["question"], kind="why", references=("-",),
        criteria=criteria, misconceptions=wrong, probes=(), seconds=60,
    )  # fmt: skip


def framed(bank: Bank, grader: OfflineGrader, embedder: OnnxEmbedder) -> list[Item]:
    """Claims in frames of each kind, and turned round, and in no order: for each question.

    The heads do not hear these; without them the fit would trust the heads too much.
    """
    out, frames, pairs = [], trained_frames(), twins()
    kinds = sorted({f.kind for f in frames})
    for number, question in enumerate(bank.questions):
        for at, kind in enumerate(kinds):
            rng = random.Random(f"{question.id} {kind}")
            claim = question.criteria[(number + at) % len(question.criteria)]
            text, _ = rng.choice([f for f in frames if f.kind == kind]).around(claim.statement, rng)
            out.append(
                one_claim(question, claim, text, 2 if kind == "affirm" else 0, grader, embedder)
            )
        for claim in question.criteria:
            # As many that are meant as said as there are that are not, or near words would count against.
            rng = random.Random(f"{question.id} {claim.id}")
            said, _ = rng.choice([f for f in frames if f.kind == "affirm"]).around(
                claim.statement, rng
            )
            for text in (claim.statement, said):
                out.append(one_claim(question, claim, text, 2, grader, embedder))
            pair = pairs.get((question.prompt, claim.statement))
            near = [(pair.right[0], 2), *((w, 0) for w in pair.wrong[:2])] if pair else []
            for text in (claim.statement, *claim.accepts[:1]):
                turned = edited(text, rng)
                near += [(turned, 0)] if turned else []
            for text, truth in near:
                out.append(one_claim(question, claim, text, truth, grader, embedder))
        out += [shuffled(question, number, grader, embedder) for number in range(3)]
    return out


def one_claim(
    question: Question, claim: Criterion, text: str, truth: int, grader: OfflineGrader,
    embedder: OnnxEmbedder,
) -> Item:  # fmt: skip
    """That claim in that text."""
    found, beside, _ = heard(grader, embedder, question, text)
    k = question.criteria.index(claim)
    return Item([truth], [found[k]], [beside[k]], group=f"bank-{question.id}")


def near(bank: Bank, grader: OfflineGrader, embedder: OnnxEmbedder) -> list[Item]:
    """Sayings that are right and those near to them that are wrong, alone and in answers made of them:
    of the part that the reader did not see."""
    pairs = twins("decide")
    composer = Composer([], [], pairs)
    out = []
    for question in bank.questions:
        rng = random.Random(question.id)
        samples = []
        for claim in (*question.criteria, *question.misconceptions):
            pair = pairs.get((question.prompt, claim.statement))
            for text, label in (
                *((t, YES) for t in (pair.right if pair else ())),
                *((t, NOT) for t in (pair.wrong if pair else ())),
            ):
                samples.append(
                    Sample(question.prompt, "", (Claim(claim.statement, label),), text, "saying")
                )
        for _ in range(NEARLY):
            samples += composer.nearly(question, rng)
        out += [of_sample(question, sample, grader, embedder) for sample in samples]
    return out


NEARLY = 4
"""Answers made of sayings for each question, each with its like that has one thing wrong."""


def of_sample(
    question: Question, sample: Sample, grader: OfflineGrader, embedder: OnnxEmbedder
) -> Item:
    """Those claims of a sample of which it is known whether they are asserted."""
    found, beside, _ = heard(grader, embedder, question, sample.answer)
    places = {
        c.statement: at for at, c in enumerate((*question.criteria, *question.misconceptions))
    }
    known = sorted((places[c.text], c.allowed) for c in sample.claims if c.allowed != OPEN)
    wrong = sum(at >= len(question.criteria) for at, _ in known)
    return Item(
        [2 if allowed == YES else 0 for _, allowed in known], [found[at] for at, _ in known],
        [beside[at] for at, _ in known], group=f"bank-{question.id}", wrong=wrong,
    )  # fmt: skip


def shuffled(
    question: Question, number: int, grader: OfflineGrader, embedder: OnnxEmbedder
) -> Item:
    """The words of all criteria, or of one, in no order: they assert nothing."""
    rng = random.Random(f"{question.id} {number}")
    used = question.criteria if number < 2 else [rng.choice(question.criteria)]
    words = " ".join(c.statement for c in used).split()
    rng.shuffle(words)
    text = " ".join(word.strip(".,") for word in words)
    found, beside, _ = heard(grader, embedder, question, text)
    count = len(question.criteria)
    return Item([0] * count, found[:count], beside[:count], group=f"bank-{question.id}")


def fitted(x: np.ndarray, truth: np.ndarray) -> list[float]:
    """The weights of a logistic regression, the offset last."""
    found = LogisticRegression(C=100, max_iter=5000).fit(x, truth)
    return [*map(float, found.coef_[0]), float(found.intercept_[0])]


@dataclass(frozen=True)
class Row:
    """One claim of one answer. at: its item and place, None for a made-up one."""

    signals: dict[str, float]
    truth: bool
    group: str
    weight: float
    at: tuple[int, int] | None = None


def rows_of(items_: list[Item], weight: float, *, bare: bool = False) -> list[Row]:
    """The claims of those items. bare: as if none had a head; such rows decide no threshold."""
    return [
        Row(
            deciding.signals(
                r, Beside(n.nearness, reply=n.reply) if bare else n, wrong=k >= item.criteria
            ),
            t == 2,
            item.group,
            weight,
            None if bare or weight < 1.0 else (number, k),
        )
        for number, item in enumerate(items_)
        for k, (t, r, n) in enumerate(zip(item.truth, item.found, item.beside, strict=True))
    ]


def grown(rows: list[Row]) -> tuple[Forest, dict[tuple[int, int], float]]:
    """The trees, and for each claim its chance by trees that never saw its question."""
    known = [row.signals for row in rows]
    truth = np.array([row.truth for row in rows], dtype=float)
    weight = np.array([row.weight for row in rows])
    sums = boosting.crossed(known, truth, weight, [row.group for row in rows])
    real = weight == 1.0
    slope, offset = boosting.platt(sums[real], truth[real], weight[real])
    trees = boosting.forest(boosting.fit(known, truth, weight), list(known[0]), slope, offset)
    chances = logistic_of(slope * sums + offset)
    return trees, {row.at: float(p) for row, p in zip(rows, chances, strict=True) if row.at}


def logistic_of(odds: np.ndarray) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-odds))


FRAMED = 0.95
"""What a made-up claim weighs against one that a person wrote."""


CHARGED_RIGHTLY = {True: 0.9, False: 0.8}
"""The share of charges that must be right, with a head and without: to be charged with what one did not say
hurts most, and without a head half of what is wrong would not be found at nine in ten."""


def fit_claims(found: list[Item], frames: list[Item], embedder: str) -> tuple[Decision, list]:
    """The calibration, with frames; the thresholds, without; and the chances that each had from trees
    that never saw its question."""
    rows = [*rows_of(found, 1.0), *rows_of(frames, FRAMED)]
    headed, known = grown([row for row in rows if "head" in row.signals])
    bare = [row for row in rows if "head" not in row.signals]
    # Answers to a bank with exemplars as an author writes them, which exams have not.
    own = [item for item in found if item.question and item.beside[0].head is not None]
    plain, others = grown(
        [*bare, *rows_of(own, FRAMED, bare=True), *rows_of(frames, FRAMED, bare=True)]
    )
    known |= others
    decision = Decision(plain=plain, headed=headed, embedder=embedder)
    chances = [
        [
            (yes := known[number, k], (1.0 - yes) * (r.half / max(1e-9, 1.0 - r.asserted)))
            for k, r in enumerate(item.found)
        ]
        for number, item in enumerate(found)
    ]
    print("claims", len(rows))
    for headed in (True, False):
        decision = fit_levels(found, chances, decision, headed=headed)
        decision = fit_sureness(found, chances, decision, headed=headed)
        decision = fit_charges(found, chances, decision, headed=headed)
    return decision, chances


def fit_charges(found: list[Item], chances: list, decision: Decision, *, headed: bool) -> Decision:
    """From which chance on a misconception is charged, for those with a head of their own or without."""
    pairs = [
        (truth == 2, yes)
        for item, c in zip(found, chances, strict=True)
        for truth, (yes, _), near in list(zip(item.truth, c, item.beside, strict=True))[
            item.criteria :
        ]
        if (near.head is not None) == headed
    ]
    truth, likely = (np.array(side) for side in zip(*pairs, strict=True))
    at = next(
        (
            at
            for at in np.arange(0.4, 0.95, 0.025)
            if truth[likely >= at].mean() >= CHARGED_RIGHTLY[headed]
        ),
        0.95,
    )
    name = "wrong" if headed else "plain_wrong"
    print(name, len(pairs), f"{at:.3f}", f"{truth[likely >= at].sum() / truth.sum():.2f} found")
    return decision.model_copy(update={name: round(float(at), 3)})


def fit_levels(found: list[Item], chances: list, decision: Decision, *, headed: bool) -> Decision:
    """The thresholds of levels, for claims with a head of their own or for those without, by answers
    whose claims are all of that kind."""
    chosen = [
        (item, c)
        for item, c in zip(found, chances, strict=True)
        if all((b.head is not None) == headed for b in item.beside[: item.criteria])
    ]
    truth = np.array([t for item, _ in chosen for t in item.truth[: item.criteria]])
    credit = np.array([y + h / 2 for item, c in chosen for y, h in c[: item.criteria]])
    found_at = []
    for met in np.arange(0.3, 0.85, 0.05):
        for partial in np.arange(0.1, met - 0.05, 0.05):
            given = np.where(credit >= met, 2, np.where(credit >= partial, 1, 0))
            figures = (
                cohen_kappa_score(truth, given, weights="quadratic"),
                cohen_kappa_score(truth, given),
                cohen_kappa_score(truth == 2, given == 2),
                passing_kappa(chosen, given),
            )
            found_at.append((sum(figures), round(float(met), 3), round(float(partial), 3), figures))
    best = max(found_at)[0]
    if headed:
        alike = [f for f in found_at if f[0] >= best - ALIKE]
        _, *levels_, figures = max(alike, key=lambda f: (f[1], f[0]))
    else:
        _, *levels_, figures = min(
            (f for f in found_at if f[0] >= best - LENIENT), key=lambda f: f[1:3]
        )
    print("headed" if headed else "plain", levels_, [f"{f:.3f}" for f in figures])
    names = ("met", "partial") if headed else ("plain_met", "plain_partial")
    return decision.model_copy(update=dict(zip(names, levels_, strict=True)))


def fit_sureness(found: list[Item], chances: list, decision: Decision, *, headed: bool) -> Decision:
    """How sure a level is, by answers that were given freely."""
    seen: dict[str, list[tuple[float, bool]]] = {"met": [], "unmet": []}
    for item, c in zip(found, chances, strict=True):
        for (yes, half), truth, near in zip(
            c, item.truth[: item.criteria], item.beside, strict=False
        ):
            if not item.free or (near.head is not None) != headed:
                continue
            level = deciding.level_of(yes, half, decision, headed=headed)
            if level != "partial":
                chance = yes if level == "met" else 1.0 - yes - half
                seen[level].append((logit(chance), truth == (2 if level == "met" else 0)))
    lines = {}
    for level, pairs in seen.items():
        slope, offset = fitted(np.array([[x] for x, _ in pairs]), np.array([y for _, y in pairs]))
        lines[level] = Straight(slope=max(0.0, slope), offset=offset)
        print(level, "headed" if headed else "plain", len(pairs), lines[level])
    return decision.model_copy(update={"sure" if headed else "plain_sure": lines})


ALIKE = 0.01
"""By so much the sum of the four figures may be less than the best on the shipped bank, where of what is alike the
one is taken that asks most of a met claim: a wrong answer that passes costs the trust in all others."""
LENIENT = 0.1
"""By so much the sum of the four figures may be less than the best: of a bank that nothing was fitted
to it is not known how much of what is said is met, and a right answer that fails costs most."""


def passing_kappa(chosen: list, given: np.ndarray) -> float:
    """The kappa of half the credit or more, by levels; a person's pass where there is one."""
    truth, passed, at = [], [], 0
    for item, _ in chosen:
        credit = given[at : at + item.criteria] / 2
        at += item.criteria
        weights = [c.weight for c in item.question.criteria] if item.question else None
        passed.append(float(np.average(credit, weights=weights)) >= 0.5)
        due = np.average(np.array(item.truth[: item.criteria]) / 2, weights=weights)
        truth.append(item.passed if item.question else float(due) >= 0.5)
    return float(cohen_kappa_score(truth, passed))


def fit_passing(found: list[Item], all_chances: list, decision: Decision) -> Decision:
    """The logistic behind the chance of passing; similarity counts only where it helps."""
    rows, passed = [], []
    for item, chances in zip(found, all_chances, strict=True):
        if item.question is None:
            continue
        n = item.criteria
        naive = chance_of_half(item.question, chances[:n], [y for y, _ in chances[n:]])
        rows.append([logit(naive, 0.005), item.near or 0.0])
        passed.append(item.passed)
    slope, similarity, offset = fitted(np.array(rows), np.array(passed))
    if similarity < 0:
        similarity = 0.0
        slope, offset = fitted(np.array(rows)[:, :1], np.array(passed))
    return decision.model_copy(
        update={
            "passing_slope": slope, "passing_offset": offset,
            "similarity": similarity,
        }
    )  # fmt: skip


def main() -> None:
    words = WordTable.load(WEIGHTS / "words.npz")
    reader, embedder = OnnxClaimReader(WEIGHTS, words), OnnxEmbedder(WEIGHTS, words)
    bank = load_bank(BANK)
    cache = VectorCache(embedder)
    stance = StanceModel.model_validate_json((WEIGHTS / "stance.json").read_bytes())
    sense = SenseModel.model_validate_json((WEIGHTS / "sense.json").read_bytes())
    grader = OfflineGrader(
        reader, embedder, Decision(), version="0", stance=stance, sense=sense, heads=OnnxHeads(WEIGHTS, words),
        cached_embed=cache.embed,
    )  # fmt: skip
    found = items(bank, grader, embedder)
    frames = framed(bank, grader, embedder) + near(bank, grader, embedder)
    decision, chances = fit_claims(found, frames, embedder.name)
    decision = fit_passing(found, chances, decision)
    (WEIGHTS / "decision.json").write_text(decision.model_dump_json() + "\n")
    write_vectors(bank)
    write_manifest()
    print(decision.model_copy(update={"plain": None, "headed": None}))


if __name__ == "__main__":
    main()
