"""Time to the first question, latency of a grade, throughput and memory. Printed, never asserted.

    make bench

Times depend on the machine and what else it does; the ratios are taken within one run.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pexpect

ROOT = Path(__file__).resolve().parent.parent
RUNS = 7
ANSWERS = 300


def first_question() -> list[float]:
    """Seconds from the start of the process to the first prompt, in a real pseudo-terminal."""
    out = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(RUNS + 1):
            begun = time.perf_counter()
            child = pexpect.spawn(
                sys.executable,
                ["-m", "interviewer", "--transcripts", folder],
                cwd=ROOT,
                env={**os.environ, "TERM": "xterm-256color"},
                dimensions=(40, 100),
                timeout=60,
                encoding="utf-8",
            )
            child.expect("Question 1 of")
            child.expect("›")
            out.append(time.perf_counter() - begun)
            child.sendeof()
            child.expect(pexpect.EOF)
    return out[1:]


def imports() -> dict[str, float]:
    """Median seconds of a process that only imports, for the floor under the figure above."""
    out = {}
    for name, code in {
        "python itself": "pass",
        "pydantic, prompt_toolkit, rich": "import pydantic, prompt_toolkit, rich",
        "interviewer --help": "import sys; sys.argv[1:]=['--help']; from interviewer.cli import main; main()",
    }.items():
        times = []
        for _ in range(RUNS):
            begun = time.perf_counter()
            subprocess.run(
                [sys.executable, "-c", code], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
            )
            times.append(time.perf_counter() - begun)
        out[name] = statistics.median(times)
    return out


def grading() -> dict[str, float]:
    """Latency and throughput of the offline grader on tuned gold answers, in one process."""
    sys.path.insert(0, str(ROOT))
    from interviewer.grading.grader import GradeRequest
    from interviewer.specs import banks, embedders, graders

    begun = time.perf_counter()
    bank = banks.open_bank()
    grader = graders.make_grader("offline", bank)
    rows = _answers()
    question = bank.question(rows[0]["question"])
    grader.grade(GradeRequest(question, rows[0]["answer"], question.prompt))
    loaded = time.perf_counter() - begun
    times = []
    for row in rows:
        question = bank.question(row["question"])
        request = GradeRequest(question, row["answer"], question.prompt)
        begun = time.perf_counter()
        grader.grade(request)
        times.append(time.perf_counter() - begun)
    embedder = embedders.make_embedder()
    texts = [row["answer"] for row in rows]
    begun = time.perf_counter()
    embedder.embed(texts)
    bare = len(texts) / (time.perf_counter() - begun)
    times.sort()
    return {
        "load and first grade, s": loaded,
        "grade p50, ms": 1000 * times[len(times) // 2],
        "grade p95, ms": 1000 * times[int(0.95 * len(times))],
        "answers graded per s": len(times) / sum(times),
        "bare encoder, the same answers per s": bare,
        "ratio": len(times) / sum(times) / bare,
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _answers() -> list[dict[str, object]]:
    path = ROOT / "rubrics" / "multimodal-embeddings" / "gold.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    tuned = [row for row in rows if not row["held_out"]]
    step = max(1, len(tuned) // ANSWERS)
    return tuned[::step][:ANSWERS]


def main() -> None:
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for name, seconds in imports().items():
        print(f"{name:<40} {seconds:8.3f} s")
    times = first_question()
    print(f"{'time to first question, median':<40} {statistics.median(times):8.3f} s"
          f"  ({min(times):.3f} to {max(times):.3f})")  # fmt: skip
    for name, value in grading().items():
        print(f"{name:<40} {value:8.3f}")


if __name__ == "__main__":
    main()
