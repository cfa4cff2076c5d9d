"""The embedded encoders: ONNX graphs over word vectors, run by onnxruntime."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from interviewer.answer_text.spans import sentences
from interviewer.common import libraries, system
from interviewer.common.base import writable
from interviewer.errors import REINSTALL, WeightsError, Where
from interviewer.grading.offline.encoders import Matrix
from interviewer.grading.offline.word_table import WordTable, read_arrays

MAX_TOKENS = 256
MAX_PAIR_TOKENS = 160
MAX_PART_TOKENS = 78
"""Half of the window of a pair, less its marks: so long a statement leaves a passage its room."""

_TOKENS_A_CHARACTER = 3
MAX_READ_TOKENS = 128
WIDTH = 384
TOKENIZER_ROOM = 32_000_000
"""Bytes, with some to spare."""


class _OnnxModel:
    """An ONNX graph over the word vectors of tokenised text, loaded on first use."""

    def __init__(
        self,
        weights: Path,
        tokenizer: Path,
        words: WordTable,
        *,
        max_tokens: int,
    ):
        for path in (weights, tokenizer):
            if not path.is_file():
                raise WeightsError(
                    "the weights of the offline grader are missing",
                    where=Where(str(path)),
                    hint=REINSTALL,
                )
        self._weights = weights
        self._tokenizer_path = tokenizer
        self._words = words
        self._max_tokens = max_tokens

    @cached_property
    def name(self) -> str:
        digest = hashlib.sha256(self._weights.read_bytes()).hexdigest()[:12]
        return f"{self._weights.name.split('.')[0]}@{digest}"

    @cached_property
    def _session(self) -> Any:
        ort = libraries.load("onnxruntime")
        options = ort.SessionOptions()
        # One thread a text and several texts at a time: the pools of several sessions would spin
        # against each other and take twice as long.
        options.intra_op_num_threads = 1
        options.log_severity_level = 4  # errors are raised as well
        return ort.InferenceSession(str(self._weights), options, providers=["CPUExecutionProvider"])

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer  # noqa: PLC0415

        system.make_sure_of_room(TOKENIZER_ROOM)
        tokenizer = Tokenizer.from_file(str(self._tokenizer_path))
        tokenizer.enable_truncation(self._max_tokens)
        return tokenizer

    def _run(self, texts: Sequence[Any], *, segments: bool) -> Matrix:
        """One row per text.

        Each text runs by itself: activations are quantised per tensor, so in a batch a text's row
        would depend on its neighbours, and batching is no faster on a processor.
        """
        encoded = self._tokenizer.encode_batch([_readable(text) for text in texts])
        if len(encoded) == 1:
            return self._one(encoded[0], segments)[None]
        rows = _pool().map(lambda one: self._one(one, segments), encoded)
        return np.asarray(list(rows), dtype=np.float32)

    def _one(self, encoded: Any, segments: bool) -> Matrix:
        feed = {
            "word_vectors": self._words.vectors(encoded.ids)[None],
            "attention_mask": np.ones((1, len(encoded.ids)), dtype=np.int64),
        }
        if segments:
            feed["token_type_ids"] = np.asarray([encoded.type_ids], dtype=np.int64)
        row: Matrix = self._session.run(None, feed)[0][0]
        return row


def _readable(text: str | tuple[str, str]) -> str | tuple[str, str]:
    """The text, or pair, without lone surrogates, on which the tokenizer gives up."""
    return writable(text) if isinstance(text, str) else (writable(text[0]), writable(text[1]))


@lru_cache(maxsize=1)
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max(1, min(4, os.cpu_count() or 1)), "encoder")


class OnnxEmbedder(_OnnxModel):
    """A sentence encoder whose graph pools and normalises; implements `ports.Embedder`."""

    def __init__(self, folder: Path, words: WordTable):
        super().__init__(
            folder / "encoder.int8.onnx", folder / "tokenizer.json", words, max_tokens=MAX_TOKENS
        )

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Shape (len(texts), 384), float32, rows of norm 1."""
        if not texts:
            return np.zeros((0, WIDTH), dtype=np.float32)
        return self._run(list(texts), segments=False)


class OnnxPairScorer(_OnnxModel):
    """A cross-encoder; implements `PairScorer`. Of a pair it cuts the longer text."""

    def __init__(self, folder: Path, words: WordTable):
        super().__init__(
            folder / "scorer.int8.onnx",
            folder / "tokenizer.json",
            words.with_changes(folder / "scorer.npz"),
            max_tokens=MAX_PAIR_TOKENS,
        )

    @cached_property
    def _whole(self) -> Any:
        from tokenizers import Tokenizer  # noqa: PLC0415

        tokenizer = Tokenizer.from_file(str(self._tokenizer_path))
        tokenizer.no_truncation()
        return tokenizer

    def parts(self, statement: str) -> list[str]:
        """The statement in pieces that take at most half of the window, at the ends of sentences as
        far as that goes; most statements are one piece.
        """
        statement = writable(statement)
        if len(statement) * _TOKENS_A_CHARACTER <= MAX_PART_TOKENS:
            return [statement]
        pieces = [p for s in sentences(statement) for p in self._bounded(s.text)]
        out: list[str] = []
        room = 0
        for piece, size in pieces:
            if size <= room:
                out[-1] += f" {piece}"
                room -= size
            else:
                out.append(piece)
                room = MAX_PART_TOKENS - size
        return out if len(out) > 1 else [statement]

    def _bounded(self, text: str) -> list[tuple[str, int]]:
        """The text in runs of whole tokens, each with how many they are."""
        found = self._whole.encode(text, add_special_tokens=False).offsets
        runs = [found[at : at + MAX_PART_TOKENS] for at in range(0, len(found), MAX_PART_TOKENS)]
        return [(text[run[0][0] : run[-1][1]], len(run)) for run in runs]

    def score(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        """Shape (len(pairs), outputs), float32."""
        if not pairs:
            return np.zeros((0, 1), dtype=np.float32)
        return self._run(list(pairs), segments=True)


class OnnxClaimReader(_OnnxModel):
    """A fitted encoder with a linear head per claim; implements `ports.ClaimReader`."""

    def __init__(self, folder: Path, words: WordTable):
        super().__init__(
            folder / "reader.int8.onnx",
            folder / "tokenizer.json",
            words.with_changes(folder / "reader.npz"),
            max_tokens=MAX_READ_TOKENS,
        )
        data = read_arrays(folder / "reader.npz", "keys", "weight", "bias")
        self._matrix, self._bias = data["weight"].T.copy(), data["bias"]
        self._columns = {key.decode(): i for i, key in enumerate(data["keys"])}

    def column(self, prompt: str, statement: str) -> int | None:
        """The head of that claim; None if its wording, or its prompt's, is not the fitted one."""
        return self._columns.get(head_key(prompt, statement))

    def read(self, texts: Sequence[str]) -> Matrix:
        """Shape (len(texts), heads), float32."""
        if not texts:
            return np.zeros((0, len(self._bias)), dtype=np.float32)
        rows = self._run(list(texts), segments=False)
        return np.asarray(rows @ self._matrix + self._bias, dtype=np.float32)


def head_key(prompt: str, statement: str) -> str:
    """Identifies a claim by its wording, so that a reworded one does not get another's head."""
    return hashlib.sha256(f"{prompt}\0{statement}".encode()).hexdigest()[:20]
