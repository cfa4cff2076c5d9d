"""Specs to parts: the only place that knows which adapter and which grader a word stands for.

Everything heavy is imported inside the function that needs it.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interviewer.adapters import system
from interviewer.adapters.bank_files import load_bank
from interviewer.domain.bank import Bank
from interviewer.domain.grade import GraderIdentity
from interviewer.errors import REINSTALL, UsageError, WeightsError, Where
from interviewer.ports import Embedder, Grader, Scheduler

if TYPE_CHECKING:
    from interviewer.adapters.vector_cache import VectorCache
    from interviewer.adapters.word_table import WordTable
    from interviewer.wiring_judges import Judging

DEFAULT_BANK = "multimodal-embeddings"
GRADERS = ("offline", "offline:unaided", "offline:first", "cosine", "overlap")


def weights_folder() -> Path:
    """Where the shipped weights are."""
    return system.package_data("weights")


@lru_cache(maxsize=1)
def weights_manifest() -> dict[str, Any]:
    """Names, sizes and digests of the shipped weights."""
    path = weights_folder() / "manifest.json"
    try:
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise WeightsError(
            "the weights of the offline grader are missing or damaged",
            where=Where(str(path)),
            hint=REINSTALL,
        ) from error
    return found


def bank_folder(name: str | None) -> Path:
    """A bank by folder or by the name of a shipped one."""
    if name is None:
        name = DEFAULT_BANK
    if ("/" in name or "\\" in name or Path(name).is_dir()) and Path(name).exists():
        return Path(name)
    shipped = system.package_data("rubrics")
    if (shipped / name / "bank.yaml").is_file() and Path(name).name == name:
        return shipped / name
    there = ", ".join(shipped_banks())
    raise UsageError(f"there is no bank '{name}'", hint=f"Give a folder, or one of: {there}.")


def shipped_banks() -> list[str]:
    """The names of the banks that come with the package."""
    shipped = system.package_data("rubrics")
    return sorted(path.parent.name for path in shipped.glob("*/bank.yaml"))


def open_bank(name: str | None = None) -> Bank:
    """The bank of that folder or name, compiled on first use."""
    return load_bank(bank_folder(name), system.cache_folder())


def make_scheduler() -> Scheduler:
    """The model of forgetting behind `drill` and `plan`."""
    from interviewer.adapters.fsrs_scheduler import FsrsScheduler

    return FsrsScheduler()


def make_embedder(spec: str = "onnx") -> Embedder:
    """`onnx` (shipped) or `sentence-transformers:NAME_OR_PATH` (with the extra)."""
    kind, _, rest = spec.partition(":")
    if kind == "onnx" and not rest:
        from interviewer.adapters.onnx_encoder import OnnxEmbedder

        return OnnxEmbedder(weights_folder(), _word_table())
    if kind == "sentence-transformers" and rest:
        from interviewer.adapters.sentence_transformers_encoder import SentenceTransformersEmbedder

        return SentenceTransformersEmbedder(rest)
    raise UsageError(
        f"there is no embedder '{spec}'", hint="Use onnx or sentence-transformers:NAME_OR_PATH."
    )


def cached_embedder(spec: str = "onnx") -> Callable[[], Embedder]:
    """Gives that embedder, made when it is first asked for."""
    return lru_cache(maxsize=1)(lambda: make_embedder(spec))


def grader_identity(
    spec: str, embedder: str = "onnx", *, judging: Judging | None = None
) -> GraderIdentity:
    """What that grader will call itself, without loading it."""
    if asks_model(spec):
        from interviewer import wiring_judges

        return wiring_judges.judge_identity(spec, judging or wiring_judges.Judging(), embedder)
    check_plain(spec)
    model = weights_manifest()["name"] if embedder == "onnx" else embedder
    return GraderIdentity(spec=spec, version=str(weights_manifest()["version"]), model=model)


def asks_model(spec: str) -> bool:
    """Whether a grader of that spec asks a language model; `wiring_judges` lists those specs."""
    return ":" in spec and spec not in GRADERS


def check_plain(spec: str) -> None:
    """Raises UsageError unless that is the spec of a grader that asks no model."""
    if spec not in GRADERS:
        raise UsageError(
            f"there is no grader '{spec}'",
            hint=f"There are: {', '.join(GRADERS)}; judges are openai:MODEL, litellm:PROVIDER/MODEL,"
            " gguf:PATH, panel:SPEC,SPEC and fused:SPEC.",
        )


def make_grader(
    spec: str, bank: Bank, *, embedder: str = "onnx", judging: Judging | None = None
) -> Grader:
    """The grader of that spec, loaded and ready. judging: how a language model is asked."""
    if asks_model(spec):
        from interviewer import wiring_judges

        return wiring_judges.make_judge(spec, bank, judging or wiring_judges.Judging(), embedder)
    check_plain(spec)
    if spec == "overlap":
        from interviewer.grading.baselines import OverlapGrader

        return OverlapGrader()
    encoder = make_embedder(embedder)
    if spec == "cosine":
        from interviewer.grading.baselines import CosineGrader

        return CosineGrader(encoder)
    if spec == "offline:first":
        from interviewer.grading.first import FirstGrader

        return FirstGrader(encoder, bank, cached_embed=bank_vectors(encoder, bank).embed)
    return _offline(encoder, bank, exemplars_decide=spec == "offline")


@lru_cache(maxsize=1)
def _word_table() -> WordTable:
    from interviewer.adapters.word_table import WordTable

    return WordTable.load(weights_folder() / "words.npz")


def _offline(encoder: Embedder, bank: Bank, *, exemplars_decide: bool) -> Grader:
    from interviewer.adapters.onnx_encoder import OnnxClaimReader, OnnxPairScorer
    from interviewer.grading.offline import Combiner, OfflineGrader

    folder = weights_folder()
    try:
        combiner = Combiner.model_validate_json((folder / "combiner.json").read_bytes())
    except (OSError, ValueError) as error:
        raise WeightsError(
            "the weights of the offline grader are missing or damaged",
            where=Where(str(folder / "combiner.json")),
            hint=REINSTALL,
        ) from error
    return OfflineGrader(
        encoder,
        OnnxPairScorer(folder, _word_table()),
        OnnxClaimReader(folder, _word_table()),
        combiner,
        bank,
        version=str(weights_manifest()["version"]),
        cached_embed=bank_vectors(encoder, bank).embed,
        exemplars_decide=exemplars_decide,
    )


def bank_vectors(encoder: Embedder, bank: Bank) -> VectorCache:
    """The embeddings of the bank's texts, kept between runs."""
    from interviewer.adapters.vector_cache import VectorCache

    shipped = weights_folder() / "vectors.npz"
    store = system.cache_folder() / f"vectors-{bank.digest}-{_file_name(encoder.name)}.npz"
    return VectorCache(encoder, shipped=shipped, store=store)


def _file_name(text: str) -> str:
    return "".join(c if c.isalnum() or c in "-@." else "_" for c in text)[-80:]


class LoadingGrader:
    """A grader that loads in another thread while the first question is being read."""

    def __init__(self, make: Callable[[], Grader]):
        self._make = make
        self._grader: Grader | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._load, daemon=True)

    def start(self) -> None:
        """Begin to load."""
        self._thread.start()

    def _load(self) -> None:
        try:
            self._grader = self._make()
        except BaseException as error:
            self._error = error

    def __call__(self) -> Grader:
        """The grader; waits for it, and raises what went wrong while loading."""
        if not self._thread.ident:
            self.start()
        self._thread.join()
        if self._error is not None:
            raise self._error
        assert self._grader is not None
        return self._grader
