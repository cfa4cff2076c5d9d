"""A layer on disk: beside its bank or in the user's folder, and only for what it was learned for."""

from __future__ import annotations

from pathlib import Path

import pytest
from learn_parts import BANK, conclude, strict
from samples import bank, question

from interviewer.errors import BankError
from interviewer.grading.offline.layer import Layer
from interviewer.learning import layer_file, learning
from interviewer.learning.places import LayerPlace


@pytest.fixture(scope="module")
def made() -> Layer:
    found = learning.learn(BANK, strict(), conclude, weights="w", embedder="e").layer
    assert found is not None
    return found


@pytest.fixture
def place(tmp_path: Path) -> LayerPlace:
    (tmp_path / "bank").mkdir()
    return LayerPlace(tmp_path / "bank", tmp_path / "data", BANK.id)


def find(place: LayerPlace, **other: str) -> layer_file.FoundLayer:
    return layer_file.find(place, BANK, **{"weights": "w", "embedder": "e", **other})


def test_it_lies_beside_the_bank_and_comes_back_whole(place: LayerPlace, made: Layer) -> None:
    assert find(place).path is None
    path = layer_file.save(place, made)
    assert path == place.folder / "learned.json"
    found = find(place)
    assert (found.layer, found.problem) == (made, "")
    assert found.layer is not None
    assert found.layer.digest == made.digest
    assert layer_file.forget(place) == [path]
    assert find(place).path is None
    assert layer_file.forget(place) == []


def test_it_goes_elsewhere_where_the_bank_cannot_be_written(tmp_path: Path, made: Layer) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    place = LayerPlace(tmp_path / "file", tmp_path / "data", BANK.id)
    assert layer_file.save(place, made) == tmp_path / "data" / "learned" / f"{BANK.id}.json"
    assert find(place).layer == made


def test_an_installed_bank_is_left_as_it_is(place: LayerPlace, made: Layer) -> None:
    installed = LayerPlace(place.folder, place.data, place.bank, installed=True)
    layer_file.save(installed, made)
    assert list(place.folder.iterdir()) == []
    assert find(installed).layer == made


def test_there_is_one_alone(place: LayerPlace, made: Layer) -> None:
    layer_file.save(LayerPlace(place.folder, place.data, place.bank, installed=True), made)
    layer_file.save(place, made)
    assert layer_file.forget(place) == [place.folder / "learned.json"]


def test_nowhere_to_write_is_said(tmp_path: Path, made: Layer) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(BankError, match="what was learned cannot be written"):
        layer_file.save(LayerPlace(tmp_path / "file", tmp_path / "file", BANK.id), made)


@pytest.mark.parametrize(
    ("other", "problem"),
    [
        ({"weights": "x"}, "the weights of the offline grader have changed since"),
        ({"embedder": "x"}, "it was learned with another embedder"),
    ],
)
def test_other_weights_or_embedders_do_not_use_it(
    place: LayerPlace, made: Layer, other: dict[str, str], problem: str
) -> None:
    layer_file.save(place, made)
    assert find(place, **other) == layer_file.FoundLayer(None, problem, place.paths[0])


def test_a_bank_with_other_criteria_does_not_use_it(place: LayerPlace, made: Layer) -> None:
    layer_file.save(place, made)
    changed = bank([question(n, weights={"a": 1.0, "b": 1.0}) for n in range(1, 13)])
    found = layer_file.find(place, changed, weights="w", embedder="e")
    assert (found.layer, found.problem) == (None, "the bank's criteria have changed since")


def damage_signs(data: bytes) -> bytes:
    return data.replace(b'"signs":{"a":[', b'"signs":{"a":[1,', 1)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-40],
        lambda data: b"\xff\xfe" + data,
        lambda data: data.replace(b'"version":1', b'"version":2'),
        lambda data: data.replace(b'"clauses":"', b'"clauses":"!', 1),
        damage_signs,
    ],
)
def test_a_damaged_file_is_said_and_not_used(place: LayerPlace, made: Layer, damage) -> None:  # type: ignore[no-untyped-def]
    path = layer_file.save(place, made)
    path.write_bytes(damage(path.read_bytes()))
    found = find(place)
    assert (found.layer, found.problem) == (None, "its file cannot be read")
