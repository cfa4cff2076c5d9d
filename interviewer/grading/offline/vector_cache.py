"""Embeddings of a bank's texts, kept by the digest of each text."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from interviewer.common import caches, files
from interviewer.grading.offline.encoders import Embedder, Matrix


class VectorCache:
    """Implements `encoders.Embedder` over texts that come again and again.

    shipped: a file made with the package. store: a file of the user's cache, written when texts were
    missing. Vectors are kept and returned in half precision, found or fresh alike, so that a warm
    and a cold cache grade the same.
    """

    def __init__(
        self, embedder: Embedder, *, shipped: Path | None = None, store: Path | None = None
    ):
        self._embedder = embedder
        self._store = store
        self._rows: dict[bytes, Matrix] = {}
        self._own: dict[bytes, Matrix] = {}
        for path in (shipped, store):
            if path is not None:
                self._read(path)

    @property
    def name(self) -> str:
        return self._embedder.name

    def embed(self, texts: Sequence[str]) -> Matrix:
        """Shape (len(texts), dimension), float32; only texts not seen before are computed."""
        if not texts:
            return self._embedder.embed(texts)
        keys = [self._key(text) for text in texts]
        missing = {k: t for k, t in zip(keys, texts, strict=True) if k not in self._rows}
        if missing:
            fresh = self._embedder.embed(list(missing.values())).astype(np.float16)
            self._own |= dict(zip(missing, fresh, strict=True))
            self._rows |= dict(zip(missing, fresh, strict=True))
            if self._store is not None:
                caches.keep(self._store, packed(self._own))
        return np.asarray([self._rows[k] for k in keys], dtype=np.float32)

    def dump(self, path: Path) -> None:
        """Write every vector held to a file that can be shipped."""
        files.write_bytes(path, packed(self._rows))
        path.chmod(0o644)

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(f"{self._embedder.name}\0{text}".encode()).digest()[:12]

    def _read(self, path: Path) -> None:
        # A damaged or foreign file is no loss: the vectors are computed again.
        with suppress(OSError, ValueError, KeyError, EOFError, BadZipFile):
            with np.load(path, allow_pickle=False) as data:
                keys, rows = data["keys"], data["rows"]
            if keys.dtype == np.dtype("S24") and rows.ndim == 2 and len(keys) == len(rows):
                found = {bytes.fromhex(k.decode()): row for k, row in zip(keys, rows, strict=True)}
                self._rows |= found
                if path == self._store:
                    self._own |= found


def packed(rows: dict[bytes, Matrix]) -> bytes:
    """Keys and half-precision rows as an .npz file."""
    buffer = io.BytesIO()
    np.savez(
        buffer,
        keys=np.asarray([key.hex() for key in rows], dtype="S24"),
        rows=np.asarray(list(rows.values()), dtype=np.float16),
    )
    return buffer.getvalue()
