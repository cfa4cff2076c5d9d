"""Heads for the claims of the shipped bank: what the reader of claims is weighed with there.

An encoder fitted to answers to the shipped bank, with a linear head for each of its claims. It knows
the subject and not who does what to what; the reader hears that, and their log-odds are added.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from interviewer.common.base import writable
from interviewer.grading.offline.encoders import Matrix
from interviewer.grading.offline.onnx_encoder import OnnxModel, pool
from interviewer.grading.offline.word_table import WordTable, read_arrays

MAX_TOKENS = 128


class OnnxHeads(OnnxModel):
    """Implements `Heads` with the shipped weights."""

    def __init__(self, folder: Path, words: WordTable):
        super().__init__(
            folder / "heads.int8.onnx",
            words.with_changes(folder / "heads.npz"),
            max_tokens=MAX_TOKENS,
        )
        data = read_arrays(folder / "heads.npz", "keys", "weight", "bias")
        self._matrix, self._bias = data["weight"].T.copy(), data["bias"]
        self._columns = {key.decode(): i for i, key in enumerate(data["keys"])}

    def column(self, prompt: str, statement: str) -> int | None:
        """The head of that claim; None if its wording, or its prompt's, is not the fitted one."""
        return self._columns.get(head_key(prompt, statement))

    def read(self, texts: Sequence[str]) -> Matrix:
        """Shape (len(texts), heads), float32."""
        encoded = self._tokenizer.encode_batch([writable(text) for text in texts])
        rows = np.asarray(list(pool().map(self.run, encoded)), dtype=np.float32)
        return np.asarray(rows.reshape(len(texts), -1) @ self._matrix + self._bias, np.float32)


def head_key(prompt: str, statement: str) -> str:
    """Identifies a claim by its wording, so that a reworded one does not get another's head."""
    return hashlib.sha256(f"{prompt}\0{statement}".encode()).hexdigest()[:20]
