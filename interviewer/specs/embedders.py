"""Specs of embedders to embedders, and the shipped weights that they come from.

Everything heavy is imported inside the function that needs it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interviewer.bank.questions import Bank
from interviewer.common import files, system
from interviewer.errors import REINSTALL, UsageError, WeightsError, Where
from interviewer.grading.offline.encoders import Embedder

if TYPE_CHECKING:
    from interviewer.grading.offline.vector_cache import VectorCache
    from interviewer.grading.offline.word_table import WordTable


SHIPPED = "encoder.int8.onnx"


def weights_folder() -> Path:
    """Where the shipped weights are."""
    return system.package_data("grading/offline/weights")


@lru_cache(maxsize=1)
def weights_manifest() -> dict[str, Any]:
    """Names, sizes and digests of the shipped weights."""
    path = weights_folder() / "manifest.json"
    try:
        found: dict[str, Any] = json.loads(files.read_bounded(path, 8_000_000, WeightsError))
    except (WeightsError, ValueError) as error:
        raise WeightsError(
            "the weights of the offline grader are missing or damaged",
            where=Where(str(path)),
            hint=REINSTALL,
        ) from error
    return found


def make_embedder(spec: str = "onnx") -> Embedder:
    """`onnx` (shipped) or `sentence-transformers:NAME_OR_PATH` (with the extra)."""
    kind, _, rest = spec.partition(":")
    if kind == "onnx" and not rest:
        return _shipped_embedder()
    if kind == "sentence-transformers" and rest:
        from interviewer.grading.offline.sentence_transformers_encoder import (
            SentenceTransformersEmbedder,
        )

        return SentenceTransformersEmbedder(rest)
    raise UsageError(
        f"there is no embedder '{spec}'", hint="Use onnx or sentence-transformers:NAME_OR_PATH."
    )


def embedder_name(spec: str = "onnx") -> str:
    """What that embedder will call itself, without loading it."""
    if spec != "onnx":
        return spec
    digest = weights_manifest()["files"][SHIPPED]["sha256"]
    return f"{SHIPPED.partition('.')[0]}@{digest[:12]}"


def cached_embedder(spec: str = "onnx") -> Callable[[], Embedder]:
    """Gives that embedder, made when it is first asked for."""
    return lru_cache(maxsize=1)(lambda: make_embedder(spec))


def bank_vectors(encoder: Embedder, bank: Bank) -> VectorCache:
    """The embeddings of the bank's texts, kept between runs."""
    from interviewer.grading.offline.vector_cache import VectorCache

    shipped = weights_folder() / "vectors.npz"
    store = system.cache_folder() / f"vectors-{bank.digest}-{_file_name(encoder.name)}.npz"
    return VectorCache(encoder, shipped=shipped, store=store)


@lru_cache(maxsize=1)
def _shipped_embedder() -> Embedder:
    from interviewer.grading.offline.onnx_encoder import OnnxEmbedder

    return OnnxEmbedder(weights_folder(), word_table())


@lru_cache(maxsize=1)
def word_table() -> WordTable:
    """The word vectors that the shipped encoders share."""
    from interviewer.grading.offline.word_table import WordTable

    return WordTable.load(weights_folder() / "words.npz")


def _file_name(text: str) -> str:
    return "".join(c if c.isalnum() or c in "-@." else "_" for c in text)[-80:]
