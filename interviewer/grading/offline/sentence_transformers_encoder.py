"""A sentence-transformers model as the embedder; needs the `sentence-transformers` extra."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from interviewer.common import libraries
from interviewer.common.base import writable
from interviewer.errors import UsageError
from interviewer.grading.offline.encoders import Matrix


class SentenceTransformersEmbedder:
    """Implements `encoders.Embedder`; the model is loaded on first use."""

    def __init__(self, model: str):
        self._model_name = model

    @property
    def name(self) -> str:
        """The model's name or path."""
        return f"sentence-transformers:{self._model_name}"

    @cached_property
    def _model(self) -> Any:
        try:
            library = libraries.load("sentence_transformers")
        except ImportError as error:
            raise UsageError(
                "the extra 'sentence-transformers' is not installed",
                hint="pip install 'interviewer[sentence-transformers]'",
            ) from error
        try:
            return library.SentenceTransformer(self._model_name, device="cpu")
        except (OSError, ValueError) as error:
            raise UsageError(f"the model '{self._model_name}' cannot be loaded: {error}") from error

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Shape (len(texts), dimension), float32, rows of norm 1."""
        rows = self._model.encode(
            [writable(text) for text in texts],
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(rows, dtype=np.float32)
