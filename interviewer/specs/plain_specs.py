"""Specs of graders that ask no language model to graders.

Everything heavy is imported inside the function that needs it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TypeVar

from interviewer.bank.questions import Bank
from interviewer.common import files, system
from interviewer.common.base import Value
from interviewer.errors import REINSTALL, UsageError, WeightsError, Where
from interviewer.grading.grader import Grader
from interviewer.grading.grades import GraderIdentity
from interviewer.grading.offline.encoders import ClaimReader, Embedder, Heads
from interviewer.specs.embedders import (
    bank_vectors,
    embedder_name,
    make_embedder,
    weights_folder,
    weights_manifest,
    word_table,
)

Part = TypeVar("Part", bound=Value)
GRADERS = ("offline", "offline:unaided", "cosine", "overlap")
ROOM = 32_000_000
"""Bytes that the last steps of loading take, with some to spare: what writes the bank for its digest ends
the process where it gets none."""


def check_plain(spec: str) -> None:
    """Raises UsageError unless that is the spec of a grader that asks no model."""
    if spec not in GRADERS:
        raise UsageError(
            f"there is no grader '{spec}'",
            hint=f"There are: {', '.join(GRADERS)}; judges are openai:MODEL, litellm:PROVIDER/MODEL,"
            " gguf:PATH, systemone:MODEL, panel:SPEC,SPEC and fused:SPEC.",
        )


def plain_identity(spec: str, embedder: str = "onnx") -> GraderIdentity:
    """What that grader will call itself, without loading it."""
    check_plain(spec)
    if spec == "overlap":
        from interviewer.grading.offline.baselines import OverlapGrader

        return OverlapGrader.identity
    if spec == "cosine":
        return GraderIdentity(spec=spec, version="1", model=embedder_name(embedder))
    manifest = weights_manifest()
    model = manifest["name"] if embedder == "onnx" else embedder
    return GraderIdentity(spec=spec, version=str(manifest["version"]), model=model)


def make_plain(spec: str, bank: Bank, embedder: str = "onnx") -> Grader:
    """The grader of that spec, loaded and ready."""
    check_plain(spec)
    if spec == "overlap":
        from interviewer.grading.offline.baselines import OverlapGrader

        return OverlapGrader()
    encoder = make_embedder(embedder)
    if spec == "cosine":
        from interviewer.grading.offline.baselines import CosineGrader

        return CosineGrader(encoder)
    return _offline(encoder, bank, exemplars_decide=spec == "offline")


def _offline(encoder: Embedder, bank: Bank, *, exemplars_decide: bool) -> Grader:
    from interviewer.grading.offline.deciding import Decision
    from interviewer.grading.offline.offline_grader import OfflineGrader
    from interviewer.grading.offline.stance import StanceModel

    decision = _fitted(Decision, "decision.json")
    stance = _fitted(StanceModel, "stance.json")
    system.make_sure_of_room(ROOM)
    return OfflineGrader(
        _reader(),
        encoder,
        decision,
        version=str(weights_manifest()["version"]),
        stance=stance,
        heads=_heads(),
        cached_embed=bank_vectors(encoder, bank).embed,
        exemplars_decide=exemplars_decide,
    )


def _fitted(kind: type[Part], name: str) -> Part:
    """A part of the offline grader that is plain data."""
    path = weights_folder() / name
    try:
        return kind.model_validate_json(files.read_bounded(path, 4_000_000, WeightsError))
    except (WeightsError, ValueError) as error:
        raise WeightsError(
            "the weights of the offline grader are missing or damaged",
            where=Where(str(path)),
            hint=REINSTALL,
        ) from error


# Graders of one process share what they load: a panel would hold it several times.
@lru_cache(maxsize=1)
def _reader() -> ClaimReader:
    from interviewer.grading.offline.onnx_reader import OnnxClaimReader

    return OnnxClaimReader(weights_folder(), word_table())


@lru_cache(maxsize=1)
def _heads() -> Heads:
    from interviewer.grading.offline.onnx_heads import OnnxHeads

    return OnnxHeads(weights_folder(), word_table())
