"""The same answers graded as by other processors: how far do the grades differ?

    python benchmarks/processors.py [--count N]

onnxruntime picks its kernels by what the processor can do. QEMU's user mode (Debian: qemu-user) shows
the program another one: Nehalem has SSE4.2 and no AVX, Haswell AVX2 and no VNNI. Needs Linux on
x86-64. Printed: the largest difference of a confidence and of a score, and every verdict that differs.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "rubrics" / "multimodal-embeddings" / "gold.jsonl"
PROCESSORS = ("Nehalem", "Haswell-noTSX")


def sample(count: int) -> list[dict[str, Any]]:
    """Tuned gold answers, spread over the file."""
    rows = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    rows = [row for row in rows if not row["held_out"]]
    return rows[:: max(1, len(rows) // count)][:count]


def grade(count: int) -> None:
    """Print the grades as JSON: what each processor does."""
    from interviewer.grading.grader import GradeRequest
    from interviewer.specs import banks, graders

    bank = banks.open_bank()
    grader = graders.make_grader("offline", bank)
    out = {}
    for row in sample(count):
        question = bank.question(row["question"])
        found = grader.grade(GradeRequest(question, row["answer"], question.prompt))
        out[row["id"]] = {
            "score": found.score,
            "verdicts": {
                v.criterion: [v.level, v.confidence, v.credit]
                for v in (*found.verdicts, *found.misconceptions)
                if v.kind == "verdict"
            },
        }
    print(json.dumps(out))


def run(prefix: list[str], count: int) -> dict[str, Any]:
    command = [*prefix, sys.executable, __file__, "--grade", "--count", str(count)]
    done = subprocess.run(command, capture_output=True, check=True, cwd=ROOT)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def compare(here: dict[str, Any], there: dict[str, Any]) -> tuple[float, float, list[str]]:
    """Largest difference of a score and of a credit, and the verdicts that differ."""
    score = max(abs(here[i]["score"] - there[i]["score"]) for i in here)
    credit, flips = 0.0, []
    for item, grade in here.items():
        for claim, (level, confidence, earned) in grade["verdicts"].items():
            other, other_confidence, other_earned = there[item]["verdicts"][claim]
            credit = max(credit, abs(earned - other_earned))
            if level != other:
                flips.append(
                    f"{item} {claim}: {level} {confidence:.3f}, {other} {other_confidence:.3f}"
                )
    return score, credit, flips


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--grade", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.grade:
        grade(options.count)
        return
    emulator = shutil.which("qemu-x86_64")
    if emulator is None:
        sys.exit("qemu-x86_64 is not there; on Debian: apt-get install qemu-user")
    here = run([], options.count)
    for processor in PROCESSORS:
        there = run([emulator, "-cpu", processor], options.count)
        score, credit, flips = compare(here, there)
        print(f"{processor}: {len(here)} answers, score differs by at most {score:.4f}, ", end="")
        print(f"credit by at most {credit:.4f}, {len(flips)} verdicts differ")
        for flip in flips:
            print(f"  {flip}")


if __name__ == "__main__":
    main()
