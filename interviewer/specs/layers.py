"""Banks to what was learned for them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.bank.questions import Bank
from interviewer.common import files, system
from interviewer.common.text import Tone, plural
from interviewer.errors import BankError
from interviewer.learning.places import NAME, FoundLayer, LayerPlace
from interviewer.specs import banks
from interviewer.specs.embedders import embedder_name, weights_manifest
from interviewer.specs.plain_specs import LEARNING

if TYPE_CHECKING:
    from interviewer.grading.offline.layer import Layer

_LOOKUPS = ("vectors.npz",)
"""What makes the shipped bank quicker and changes no grade."""


def place_of(folder: Path, bank: Bank) -> LayerPlace:
    """Where the layer of the bank in that folder may be."""
    package = Path(system.__file__).resolve().parent.parent
    installed = package in folder.resolve().parents
    return LayerPlace(folder, system.data_folder(), bank.id, installed)


def weights_digest() -> str:
    """Identifies the shipped weights."""
    held = weights_manifest()["files"]
    lines = [f"{name} {held[name]['sha256']}" for name in sorted(held) if name not in _LOOKUPS]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def layer_of(folder: Path, bank: Bank, embedder: str = "onnx") -> FoundLayer:
    """What was learned for the bank in that folder, if it may be used."""
    place = place_of(folder, bank)
    if not any(map(files.is_plain, place.paths)):  # as a rule, and quick
        return FoundLayer()
    from interviewer.learning import layer_file

    return layer_file.find(place, bank, weights=weights_digest(), embedder=embedder_name(embedder))


def used_by(spec: str, folder: Path, bank: Bank, embedder: str = "onnx") -> FoundLayer:
    """What was learned for the bank in that folder, where a grader of that spec uses it."""
    return layer_of(folder, bank, embedder) if spec in LEARNING else FoundLayer()


def layer_line(layer: Layer) -> str:
    """ "Grades by what was learned from 200 settled answers to this bank (learned.1a2b3c4d)."."""
    return (
        f"Grades by what was learned from {plural(layer.answers, 'settled answer')} to this bank"
        f" (learned.{layer.digest})."
    )


def line_of(found: FoundLayer, bank: Bank) -> tuple[Tone, str] | None:
    """That a layer is used, or why one that is there is not; None where there is none."""
    if found.layer is not None:
        return "note", layer_line(found.layer)
    return ("warning", problem_line(found, bank)) if found.problem else None


def problem_line(found: FoundLayer, bank: Bank) -> str:
    """Why a layer that is there is not used."""
    return (
        f"What was learned for {bank.id} is not used: {found.problem}."
        f" 'interviewer bank learn' learns anew."
    )


def kept() -> Iterator[tuple[str, FoundLayer]]:
    """What is kept for the shipped banks and for those under rubrics/ in the folder one is in, by the name
    of the bank."""
    names = {folder.parent.resolve(): str(folder.parent) for folder in banks.OWN.glob(f"*/{NAME}")}
    shipped = system.package_data("rubrics").resolve()
    for name in [*banks.shipped_banks(), *(n for f, n in names.items() if f.parent != shipped)]:
        try:
            bank = banks.open_bank(name)
        except BankError:
            yield name, FoundLayer(None, "the bank cannot be used")
            continue
        found = layer_of(banks.bank_folder(name), bank)
        if found.path is not None:
            yield name, found
