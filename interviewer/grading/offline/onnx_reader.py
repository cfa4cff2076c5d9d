"""The reader of claims: question, claims and answer in one pass of an encoder.

    [CLS] question [SEP] asked [SEP] (MARK claim)* [SEP] answer [SEP]

Per claim it gives the probabilities of four verdicts and points at the answer's words (after pointer
networks, Vinyals et al. 2015). The claims of a question are read together, so that half of a
contrast is not taken for its opposite.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from interviewer.answer_text.spans import Span, sentences, whole, windows
from interviewer.common.base import writable
from interviewer.grading.offline.encoders import ClaimReading, Matrix
from interviewer.grading.offline.onnx_encoder import OnnxModel, pool
from interviewer.grading.offline.word_table import WordTable

CLS, SEP, MARK = 101, 102, 1
QUESTION, ASKED, CLAIM, CLAIMS, ANSWER = 48, 32, 120, 190, 190
"""The most tokens of each part; longer answers are read in passages, longer claims in parts, more
claims in groups."""
PART, PARTS = 60, 16
"""The most tokens of a part of a longer claim, and of how many parts it is read; the claims of the
shipped bank have at most 50 tokens."""
PASSAGE_WORDS = 110


class OnnxClaimReader(OnnxModel):
    """Implements `ClaimReader` with the shipped weights."""

    def __init__(self, folder: Path, words: WordTable):
        super().__init__(folder / "reader.int8.onnx", words)

    def read(
        self, question: str, asked: str, claims: Sequence[str], answer: str
    ) -> list[ClaimReading]:
        """One reading per claim: of several passages, the one that asserts it most; of several
        parts of a claim, all of them."""
        head = [CLS, *self._ids(question)[:QUESTION], SEP, *self._ids(asked)[:ASKED], SEP]
        said = [self._said(passage) for passage in answer_passages(writable(answer))]
        parts = [self._parts(claim) for claim in claims]
        bodies = [body for found in parts for body in found]
        out = [ClaimReading(1.0, 0.0, 0.0, 0.0)] * len(bodies)
        passes = [
            (run, words, places)
            for run in _runs([len(body) + 1 for body in bodies])
            for words, places in said
        ]

        def read_one(one: tuple[list[int], list[int], list[tuple[int, int]]]) -> Any:
            run, words, places = one
            return self._pass(head, [bodies[i] for i in run], words, places)

        for (run, _, _), rows in zip(passes, pool().map(read_one, passes), strict=True):
            for i, row in zip(run, rows, strict=True):
                out[i] = max(out[i], row, key=_weight)
        rest = iter(out)
        return [joined(list(islice(rest, len(found)))) for found in parts]

    def _parts(self, claim: str) -> list[list[int]]:
        """The tokens of a claim, in parts that end with sentences as far as there is room."""
        ids = self._ids(claim)
        if len(ids) <= CLAIM:
            return [ids]
        ends = [0, *(s.start for s in sentences(claim)[1:]), len(claim)]
        out: list[list[int]] = [[]]
        for a, b in pairwise(ends):
            ids = self._ids(claim[a:b])
            for run in (ids[at : at + PART] for at in range(0, len(ids), PART)):
                if len(out[-1]) + len(run) > PART:
                    out.append([])
                out[-1] += run
        return out[:PARTS]

    def _said(self, passage: Span) -> tuple[list[int], list[tuple[int, int]]]:
        """The tokens of a passage, and where they are in the answer."""
        encoded = self._tokenizer.encode(passage.text, add_special_tokens=False)
        places = [(a + passage.start, b + passage.start) for a, b in encoded.offsets[:ANSWER]]
        return encoded.ids[:ANSWER], places

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(writable(text), add_special_tokens=False).ids
        return ids

    def _pass(
        self,
        head: Sequence[int],
        claims: Sequence[Sequence[int]],
        words: Sequence[int],
        places: Sequence[tuple[int, int]],
    ) -> list[ClaimReading]:
        ids, markers = list(head), []
        for claim in claims:
            markers.append(len(ids))
            ids += [MARK, *claim]
        ids.append(SEP)
        first = len(ids)
        ids += [*words, SEP]
        mine = np.zeros((len(claims), len(ids)), dtype=np.float32)
        for row, (marker, claim) in enumerate(zip(markers, claims, strict=True)):
            mine[row, marker + 1 : marker + 1 + len(claim)] = 1.0
        theirs = np.zeros(len(ids), dtype=np.float32)
        theirs[first:] = 1.0
        feed = {
            "word_vectors": self._words.vectors(ids)[None],
            "attention_mask": np.ones((1, len(ids)), dtype=np.int64),
            "token_type_ids": np.asarray([[0] * first + [1] * (len(words) + 1)], dtype=np.int64),
            "markers": np.asarray([markers], dtype=np.int64),
            "claim_mask": mine[None],
            "answer_mask": theirs[None],
        }
        verdicts, pointer = self._session.run(None, feed)
        chances = _softmax(verdicts[0])
        carried = 1.0 / (1.0 + np.exp(-pointer[0][:, first : first + len(words)]))
        return [
            ClaimReading(
                absent,
                half,
                asserted,
                contradicted,
                words=tuple((a, b, float(w)) for (a, b), w in zip(places, weights, strict=True)),
            )
            for (absent, half, asserted, contradicted), weights in zip(
                chances.tolist(), carried, strict=True
            )
        ]


def _softmax(logits: Matrix) -> Matrix:
    shifted = np.exp(logits - logits.max(-1, keepdims=True))
    out: Matrix = shifted / shifted.sum(-1, keepdims=True)
    return out


def _weight(reading: ClaimReading) -> float:
    """How much a passage has to say of a claim: assertion before denial before nothing."""
    return reading.asserted + 0.5 * reading.half + 0.1 * reading.contradicted


def joined(parts: Sequence[ClaimReading]) -> ClaimReading:
    """What its parts make of a claim: asserted as its least, contradicted as its most contradicted
    one, absent as its least absent one."""
    if len(parts) == 1:
        return parts[0]
    absent = min(part.absent for part in parts)
    asserted = min(part.asserted for part in parts)
    contradicted = max(part.contradicted for part in parts)
    weights: dict[tuple[int, int], float] = {}
    for a, b, weight in (word for part in parts for word in part.words):
        weights[a, b] = max(weight, weights.get((a, b), 0.0))
    return ClaimReading(
        absent,
        max(0.0, 1.0 - absent - asserted - contradicted),
        asserted,
        contradicted,
        words=tuple((a, b, weight) for (a, b), weight in sorted(weights.items())),
    )


def _runs(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Indices of claims in runs of at most CLAIMS tokens."""
    run: list[int] = []
    for i, size in enumerate(sizes):
        if run and sum(sizes[j] for j in run) + size > CLAIMS:
            yield run
            run = []
        run.append(i)
    if run:
        yield run


def answer_passages(answer: str) -> list[Span]:
    """The answer whole, or in runs of sentences of about PASSAGE_WORDS words that overlap by one."""
    full = whole(answer)
    if full is None:
        return []
    if len(full.text.split()) <= PASSAGE_WORDS:
        return [full]
    parts = [
        w for s in sentences(answer) for w in windows(answer, s, PASSAGE_WORDS, PASSAGE_WORDS // 2)
    ]
    out: list[Span] = []
    begin = 0
    for i, part in enumerate(parts):
        run = answer[parts[begin].start : part.end]
        if len(run.split()) > PASSAGE_WORDS and i > begin:
            end = parts[i - 1].end
            out.append(Span(parts[begin].start, end, answer[parts[begin].start : end]))
            begin = i - 1 if len(parts[i - 1].text.split()) < PASSAGE_WORDS // 2 else i
    last = parts[-1].end
    out.append(Span(parts[begin].start, last, answer[parts[begin].start : last]))
    return out
