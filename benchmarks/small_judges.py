"""What the small models of `make models` are good for as judges, within a quarter of an hour.

    make models                                   # once: fetches them into the user's cache
    python benchmarks/small_judges.py [--minutes 14] [--out FOLDER]

For the 0.5B and the 1.5B model: a page of `interviewer trial` (text and HTML), and the table of
`judge_options.py` on 24 criteria drawn by digest, each with 95% intervals. Each part has a share of the
minutes and ends by itself when it is over; the lines say how many answers and criteria it came to.
Calls of the tables are kept in FOLDER/calls, and the same command goes on from there: run it again for
longer tables. Another model is tried with --model SPEC [--base-url URL].
"""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from fetch_models import MODELS, default_folder

SIZES = {"qwen2.5-coder-0.5b": 1.0, "qwen2.5-coder-1.5b": 2.0}
"""The models, with how much of the time each of them gets."""

TRIAL = 0.4
"""The share of a model's time that its trial takes; its table takes the rest."""

CLAIMS = 24
WAYS = ("options", "pointed", "yesno", "sentences")
"""Beside the plain way, logprob. Votes and quotes take several times as long; --way adds them."""


@dataclass(frozen=True)
class Part:
    """One command, and the file that its output goes into as well."""

    command: tuple[str, ...]
    kept: Path
    minutes: float


def specs(folder: Path) -> dict[str, float]:
    """The specs of the small models with their shares. Raises SystemExit where one is missing."""
    files = {model.name: folder / model.file for model in MODELS}
    missing = [name for name in SIZES if not files[name].is_file()]
    if missing:
        sys.exit(f"not there: {', '.join(missing)} in {folder}; 'make models' fetches them")
    return {f"gguf:{files[name]}": size for name, size in SIZES.items()}


def parts(
    models: dict[str, float],
    minutes: float,
    out: Path,
    *,
    base_url: str | None = None,
    ways: Sequence[str] = WAYS,
) -> list[Part]:
    """The trial and the table of each model, with its share of the minutes."""
    each = minutes / sum(models.values())
    where = ("--base-url", base_url) if base_url else ()
    found = []
    for spec, size in models.items():
        name = Path(spec.partition(":")[2]).stem or "model"
        trial, table = each * size * TRIAL, each * size * (1 - TRIAL)
        page = str(out / f"trial-{name}.html")
        tried = ("-m", "interviewer", "trial", spec, "--minutes", f"{trial:.2f}", "--html", page)
        found.append(Part((*tried, *where), out / f"trial-{name}.txt", trial))
        script = str(ROOT / "benchmarks" / "judge_options.py")
        asked = ("--model", spec, "--claims", str(CLAIMS), "--minutes", f"{table:.2f}")
        chosen = tuple(word for way in ways for word in ("--way", way))
        kept = ("--record", str(out / "calls"))
        found.append(
            Part((script, *asked, *chosen, *kept, *where), out / f"options-{name}.txt", table)
        )
    return found


def run(part: Part) -> int:
    """Run it, and show and keep what it prints; its exit status."""
    print(f"\n$ python {shlex.join(part.command)}", flush=True)
    begun = time.monotonic()
    with part.kept.open("w", encoding="utf-8") as kept:
        child = subprocess.Popen(
            [sys.executable, *part.command], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        assert child.stdout is not None
        for line in child.stdout:
            print(line, end="", flush=True)
            kept.write(line)
        status = child.wait()
    took = (time.monotonic() - begun) / 60
    print(f"(status {status}, {took:.1f} of {part.minutes:.1f} minutes; kept in {part.kept})")
    return status


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=14.0)
    parser.add_argument("--out", type=Path, default=Path("small-judges"))
    parser.add_argument("--folder", type=Path, default=default_folder(), help="of the models")
    parser.add_argument("--model", action="append", metavar="SPEC", help="this one instead")
    parser.add_argument("--base-url")
    parser.add_argument("--way", action="append", help="these beside logprob, instead of the usual")
    given = parser.parse_args()
    models = dict.fromkeys(given.model, 1.0) if given.model else specs(given.folder)
    given.out.mkdir(parents=True, exist_ok=True)
    planned = parts(
        models, given.minutes, given.out.resolve(), base_url=given.base_url, ways=given.way or WAYS
    )
    failed = sum(run(part) != 0 for part in planned)
    if failed:
        sys.exit(f"{failed} of {len(planned)} parts failed; what they said stands above")


if __name__ == "__main__":
    main()
