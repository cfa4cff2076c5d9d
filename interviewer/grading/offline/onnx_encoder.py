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

from interviewer.common import libraries, system
from interviewer.common.base import writable
from interviewer.errors import REINSTALL, WeightsError, Where
from interviewer.grading.offline.encoders import Matrix
from interviewer.grading.offline.word_table import WordTable

MAX_TOKENS = 256
WIDTH = 384
TOKENIZER_ROOM = 32_000_000
"""Bytes, with some to spare."""


class OnnxModel:
    """An ONNX graph over the word vectors of tokenised text, loaded on first use."""

    def __init__(self, weights: Path, words: WordTable, *, max_tokens: int | None = None):
        tokenizer = weights.with_name("tokenizer.json")
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
        tokenizer.no_padding()
        if self._max_tokens is None:
            tokenizer.no_truncation()
        else:
            tokenizer.enable_truncation(self._max_tokens)
        return tokenizer

    def run(self, encoded: Any) -> Matrix:
        """What the graph makes of one encoded text."""
        feed = {
            "word_vectors": self._words.vectors(encoded.ids)[None],
            "attention_mask": np.ones((1, len(encoded.ids)), dtype=np.int64),
        }
        row: Matrix = self._session.run(None, feed)[0][0]
        return row


@lru_cache(maxsize=1)
def pool() -> ThreadPoolExecutor:
    """Threads for several passes at a time."""
    return ThreadPoolExecutor(max(1, min(4, os.cpu_count() or 1)), "encoder")


class OnnxEmbedder(OnnxModel):
    """A sentence encoder whose graph pools and normalises; implements `encoders.Embedder`."""

    def __init__(self, folder: Path, words: WordTable):
        super().__init__(folder / "encoder.int8.onnx", words, max_tokens=MAX_TOKENS)

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Shape (len(texts), 384), float32, rows of norm 1.

        Each text runs by itself: activations are quantised per tensor, so in a batch a text's row
        would depend on its neighbours, and batching is no faster on a processor.
        """
        if not texts:
            return np.zeros((0, WIDTH), dtype=np.float32)
        encoded = self._tokenizer.encode_batch([writable(text) for text in texts])
        if len(encoded) == 1:
            return self.run(encoded[0])[None]
        return np.asarray(list(pool().map(self.run, encoded)), dtype=np.float32)
