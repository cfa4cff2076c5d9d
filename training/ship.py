"""What stands beside the models that ship: embeddings of the bank's references, and the manifest."""

from __future__ import annotations

import hashlib
import json

from make_encoder import WEIGHTS, sha256

from interviewer.bank.questions import Bank
from interviewer.grading.offline.evidence import parts_of
from interviewer.grading.offline.exemplars import exemplars_of
from interviewer.grading.offline.onnx_encoder import OnnxEmbedder
from interviewer.grading.offline.vector_cache import VectorCache
from interviewer.grading.offline.word_table import WordTable

VERSION = "3"
KEPT = (
    "decision.json", "encoder.int8.onnx", "heads.int8.onnx", "heads.npz", "reader.int8.onnx",
    "sense.json", "stance.json", "tokenizer.json", "vectors.npz", "words.npz",
)  # fmt: skip


def write_vectors(bank: Bank) -> None:
    """Embed the bank's references and exemplars once, so that a fresh machine need not."""
    cache = VectorCache(OnnxEmbedder(WEIGHTS, WordTable.load(WEIGHTS / "words.npz")))
    for question in bank.questions:
        for reference in question.references:
            cache.embed([part.text for part in parts_of(reference)])
        cache.embed(exemplars_of(question))
    cache.dump(WEIGHTS / "vectors.npz")


def write_manifest() -> None:
    """Names, sizes and digests of what ships."""
    files = {
        name: {"bytes": (WEIGHTS / name).stat().st_size, "sha256": sha256(WEIGHTS / name)}
        for name in KEPT
    }
    digest = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:12]
    found = {"name": f"minilm-l6-{digest}", "version": VERSION, "files": files}
    (WEIGHTS / "manifest.json").write_text(json.dumps(found, indent=1) + "\n")
