"""Specs of graders that ask no language model to graders.

Everything heavy is imported inside the function that needs it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from interviewer.bank.questions import Bank
from interviewer.common import files, system
from interviewer.common.base import Value
from interviewer.common.scrub import scrub
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

if TYPE_CHECKING:
    from interviewer.grading.offline.layer import Layer
    from interviewer.grading.offline.offline_grader import OfflineGrader

Part = TypeVar("Part", bound=Value)
GRADERS = ("offline", "offline:unaided", "cosine", "overlap")
LEARNING = ("offline",)
"""Those that use what was learned for a bank; a panel and a fused judge weigh the grader as shipped."""
ROOM = 32_000_000
"""Bytes that the last steps of loading take, with some to spare: what writes the bank for its digest ends
the process where it gets none."""


def check_plain(spec: str) -> None:
    """Raises UsageError unless that is the spec of a grader that asks no model."""
    if spec not in GRADERS:
        raise UsageError(
            f"there is no grader '{scrub(spec)}'",
            hint=f"There are: {', '.join(GRADERS)}; judges are openai:MODEL, litellm:PROVIDER/MODEL,"
            " gguf:PATH, systemone:MODEL, panel:SPEC,SPEC and fused:SPEC.",
        )


def plain_identity(spec: str, embedder: str = "onnx", layer: Layer | None = None) -> GraderIdentity:
    """What that grader will call itself, without loading it."""
    check_plain(spec)
    if spec == "overlap":
        from interviewer.grading.offline.baselines import OverlapGrader

        return OverlapGrader.identity
    if spec == "cosine":
        return GraderIdentity(spec=spec, version="1", model=embedder_name(embedder))
    manifest = weights_manifest()
    model = manifest["name"] if embedder == "onnx" else embedder
    version = str(manifest["version"])
    if layer is not None and spec in LEARNING:
        version = layer.over(version)
    return GraderIdentity(spec=spec, version=version, model=model)


def make_plain(spec: str, bank: Bank, embedder: str = "onnx", layer: Layer | None = None) -> Grader:
    """The grader of that spec, loaded and ready. layer: what was learned for the bank."""
    check_plain(spec)
    if spec == "overlap":
        from interviewer.grading.offline.baselines import OverlapGrader

        return OverlapGrader()
    encoder = make_embedder(embedder)
    if spec == "cosine":
        from interviewer.grading.offline.baselines import CosineGrader

        return CosineGrader(encoder)
    used = layer if spec in LEARNING else None
    return offline_grader(encoder, bank, exemplars_decide=spec == "offline", layer=used)


def offline_grader(
    encoder: Embedder, bank: Bank, *, exemplars_decide: bool = True, layer: Layer | None = None
) -> OfflineGrader:
    """The offline grader with the shipped weights."""
    from interviewer.grading.offline.deciding import Decision
    from interviewer.grading.offline.layer import LayerInUse
    from interviewer.grading.offline.offline_grader import OfflineGrader
    from interviewer.grading.offline.phrasing.sense import SenseModel
    from interviewer.grading.offline.phrasing.stance import StanceModel

    decision = _fitted(Decision, "decision.json")
    stance = _fitted(StanceModel, "stance.json")
    sense = _fitted(SenseModel, "sense.json")
    system.make_sure_of_room(ROOM)
    return OfflineGrader(
        _reader(),
        encoder,
        decision,
        version=str(weights_manifest()["version"]),
        stance=stance,
        sense=sense,
        heads=_heads(),
        cached_embed=bank_vectors(encoder, bank).embed,
        exemplars_decide=exemplars_decide,
        layer=None if layer is None else LayerInUse(layer),
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
