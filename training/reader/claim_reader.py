"""The reader of claims: question, claims and answer in one pass of an encoder.

    [CLS] question [SEP] asked [SEP] (MARK claim)* [SEP] answer [SEP]

Per claim it gives the probabilities of four verdicts and points at the answer's words. The claims of
a question are read together, so that half of a contrast is not taken for its opposite.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from interviewer.answer_text.spans import Span, sentences, whole, windows
from interviewer.grading.offline.encoders import Matrix
from interviewer.grading.offline.onnx_encoder import _OnnxModel
from interviewer.grading.offline.word_table import WordTable

ABSENT, HALF, ASSERTED, CONTRADICTED = range(4)
CLS, SEP, MARK = 101, 102, 1
QUESTION, ASKED, CLAIM, CLAIMS, ANSWER = 48, 32, 120, 190, 190
"""The most tokens of each part; longer answers are read in passages, more claims in groups."""
PASSAGE_WORDS = 110


@dataclass(frozen=True)
class ClaimReading:
    """What was read of one claim.

    verdicts: probabilities of absent, half, asserted, contradicted; they sum to 1.
    words: (start, end, weight) of the answer's tokens, in characters, with how much each carries
    the claim, in [0, 1].
    """

    verdicts: tuple[float, float, float, float]
    words: tuple[tuple[int, int, float], ...]


class ClaimReader(Protocol):
    """Reads what an answer makes of claims."""

    @property
    def name(self) -> str:
        """Identifies the model and its weights."""
        ...

    def read(
        self, question: str, asked: str, claims: Sequence[str], answer: str
    ) -> list[ClaimReading]:
        """One reading per claim. asked: what was put just before, "" if that was the question."""
        ...


class OnnxClaimReader(_OnnxModel):
    """Implements `ClaimReader` with the shipped weights."""

    def __init__(self, folder: Path, words: WordTable):
        super().__init__(
            folder / "reader.int8.onnx", folder / "tokenizer.json", words, max_tokens=ANSWER
        )

    def read(
        self, question: str, asked: str, claims: Sequence[str], answer: str
    ) -> list[ClaimReading]:
        """One reading per claim: of several passages, the one that asserts it most."""
        if not claims:
            return []
        head = [CLS, *self._ids(question)[:QUESTION], SEP, *self._ids(asked)[:ASKED], SEP]
        bodies = [self._ids(claim)[:CLAIM] for claim in claims]
        found: list[ClaimReading | None] = [None] * len(claims)
        for passage in answer_passages(answer):
            encoded = self._plain.encode(passage.text, add_special_tokens=False)
            words = encoded.ids[:ANSWER]
            places = [(a + passage.start, b + passage.start) for a, b in encoded.offsets[:ANSWER]]
            for group in _groups([len(b) + 1 for b in bodies]):
                rows = self._pass(head, [bodies[i] for i in group], words, places)
                for i, row in zip(group, rows, strict=True):
                    best = found[i]
                    if best is None or _weight(row) > _weight(best):
                        found[i] = row
        return [row or ClaimReading((1.0, 0.0, 0.0, 0.0), ()) for row in found]

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._plain.encode(text, add_special_tokens=False).ids
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
        feed = {
            "word_vectors": self._words.vectors(ids)[None],
            "attention_mask": np.ones((1, len(ids)), dtype=np.int64),
            "token_type_ids": np.asarray([[0] * first + [1] * (len(words) + 1)], dtype=np.int64),
            "markers": np.asarray([markers], dtype=np.int64),
        }
        verdicts, pointer = self._session.run(None, feed)
        chances = _softmax(verdicts[0])
        carried = 1.0 / (1.0 + np.exp(-pointer[0][:, first : first + len(words)]))
        return [
            ClaimReading(
                (float(row[0]), float(row[1]), float(row[2]), float(row[3])),
                tuple((a, b, float(w)) for (a, b), w in zip(places, weights, strict=True)),
            )
            for row, weights in zip(chances, carried, strict=True)
        ]

    @cached_property
    def _plain(self) -> Any:
        """The tokenizer, without a limit: parts are cut one by one."""
        from tokenizers import Tokenizer  # noqa: PLC0415

        found = Tokenizer.from_file(str(self._tokenizer_path))
        found.no_truncation()
        found.no_padding()
        return found


def _softmax(logits: Matrix) -> Matrix:
    shifted = np.exp(logits - logits.max(-1, keepdims=True))
    out: Matrix = shifted / shifted.sum(-1, keepdims=True)
    return out


def _weight(reading: ClaimReading) -> float:
    """How much a passage has to say of a claim: assertion before denial before nothing."""
    _, half, asserted, contradicted = reading.verdicts
    return asserted + 0.5 * half + 0.1 * contradicted


def _groups(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Indices of claims in runs of at most CLAIMS tokens."""
    group: list[int] = []
    for i, size in enumerate(sizes):
        if group and sum(sizes[j] for j in group) + size > CLAIMS:
            yield group
            group = []
        group.append(i)
    if group:
        yield group


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
        last = i == len(parts) - 1
        if len(run.split()) > PASSAGE_WORDS and i > begin:
            end = parts[i - 1].end
            out.append(Span(parts[begin].start, end, answer[parts[begin].start : end]))
            begin = i - 1 if len(parts[i - 1].text.split()) < PASSAGE_WORDS // 2 else i
        if last:
            out.append(Span(parts[begin].start, part.end, answer[parts[begin].start : part.end]))
    return out
