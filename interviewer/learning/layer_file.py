"""A bank's layer in its file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from interviewer.bank.questions import Bank
from interviewer.common import files
from interviewer.errors import BankError, Where
from interviewer.grading.offline import layer
from interviewer.grading.offline.layer import Layer, unpacked
from interviewer.learning.places import FoundLayer, LayerPlace

MAX_BYTES = 64_000_000


def find(place: LayerPlace, bank: Bank, *, weights: str, embedder: str) -> FoundLayer:
    """The layer of that bank, if it is of these weights and of the bank's criteria as they are."""
    path = next((p for p in place.paths if files.is_plain(p)), None)
    if path is None:
        return FoundLayer()
    try:
        found = Layer.model_validate_json(files.read_bounded(path, MAX_BYTES, BankError))
        for one in found.memory:
            unpacked(one)
    except (ValidationError, ValueError, BankError):
        return FoundLayer(None, "its file cannot be read", path)
    if found.criteria != layer.criteria_digest(bank):
        return FoundLayer(None, "the bank's criteria have changed since", path)
    if found.weights_digest != weights:
        return FoundLayer(None, "the weights of the offline grader have changed since", path)
    if found.embedder != embedder:
        return FoundLayer(None, "it was learned with another embedder", path)
    return FoundLayer(found, "", path)


def save(place: LayerPlace, made: Layer) -> Path:
    """Keep it in the first place that can be written, and nowhere else. Raises BankError."""
    data = made.model_dump_json().encode() + b"\n"
    said, last = "", place.paths[-1]
    for path in place.paths:
        try:
            files.write_bytes(path, data)
        except OSError as error:
            said, last = error.strerror or str(error), path
            continue
        for other in place.paths:
            if other != path:
                with suppress(OSError):
                    other.unlink(missing_ok=True)
        return path
    raise BankError(
        f"what was learned cannot be written: {said}",
        where=Where(str(last)),
        hint="Make that folder writable.",
    )


def forget(place: LayerPlace) -> list[Path]:
    """Remove it wherever it is kept; what was removed. Raises BankError."""
    return list(_removed(place))


def _removed(place: LayerPlace) -> Iterator[Path]:
    for path in place.paths:
        try:
            path.unlink()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise BankError(
                f"what was learned cannot be removed: {error.strerror}", where=Where(str(path))
            ) from error
        yield path
