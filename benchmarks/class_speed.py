"""How fast a class is graded, in one run, and what it takes of memory. Printed, never asserted.

    python benchmarks/class_speed.py [--count 20000] [--rows 10000 1000000] [--address tcp://HOST:8786]

The same answers are graded one after the other, then as a class by one process, by two, and by a
cluster of Dask with two workers (started here where the extra 'cluster' is installed, unless an address
is given). Each is also told as a ratio to the bare encoder, the embeddings of the same answers in the
same run; without starting up and with it. All of them must write the same bytes.

Memory is the peak of a whole process that grades so many different rows by the overlap baseline, which
is fast: what is held does not depend on who grades. Printed too: what a batch would be. The reader's
graph takes one passage; of the encoder, how far batches of equal length move the rows of texts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from interviewer.bank.questions import Bank
from interviewer.classroom.class_grading import grade_into
from interviewer.classroom.class_values import Collected
from interviewer.classroom.engines import Engine, HereEngine, ProcessEngine, make_engine
from interviewer.classroom.workers import Job
from interviewer.grading.grader import GradeRequest
from interviewer.specs import banks, embedders, graders
from interviewer.specs.class_jobs import ClassJob

GOLD = ROOT / "rubrics" / "multimodal-embeddings" / "gold.jsonl"


def answers(count: int) -> list[Collected]:
    """Gold answers, spread over the bank; beyond their number with a word added, so that each differs."""
    rows = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    rows = rows[:: max(1, len(rows) // count)]
    return [
        Collected(
            file="answers.jsonl",
            line=number,
            question=row["question"],
            answer=row["answer"] if number <= len(rows) else f"{row['answer']} Take {number}.",
        )
        for number, row in enumerate(islice(cycle(rows), count), start=1)
    ]


def encoder_rate(rows: list[Collected]) -> float:
    """Answers a second by the bare encoder."""
    embedder = embedders.make_embedder()
    embedder.embed([rows[0].answer])
    begun = time.perf_counter()
    for row in rows:
        embedder.embed([row.answer])
    return len(rows) / (time.perf_counter() - begun)


def one_by_one(rows: list[Collected], bank: Bank) -> tuple[float, list[str]]:
    """Seconds without loading, and the grades."""
    grader = graders.make_grader("offline", bank)
    question = bank.question(rows[0].question)
    grader.grade(GradeRequest(question, "Something else.", question.prompt))
    begun = time.perf_counter()
    grades = []
    for row in rows:
        question = bank.question(row.question)
        grades.append(grader.grade(GradeRequest(question, row.answer, question.prompt)))
    return time.perf_counter() - begun, [grade.model_dump_json() for grade in grades]


def as_class(
    rows: list[Collected], bank: Bank, make: Callable[[Job], Engine]
) -> tuple[float, float, list[str]]:
    """Seconds without starting up (once each worker has graded something) and with it, and the grades."""
    job = Job("bench", bank, partial(graders.make_grader, "offline", bank))
    head = ClassJob("offline", bank).head()
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        with closing(make(job)) as engine:
            warming = [
                engine.submit([(rows[0].question, f"Something else {n}.")])
                for n in range(engine.width)
            ]
            for pending in warming:
                pending.result()
            ready = time.perf_counter()
            grades = list(grade_into(Path(folder, "grades"), head, iter(rows), engine))
        ended = time.perf_counter()
    return ended - ready, ended - begun, [row.grade.model_dump_json() for row in grades]  # type: ignore[union-attr]


@contextmanager
def cluster(address: str | None) -> Iterator[str | None]:
    """The address of a cluster: that one, or one of two workers here; None without Dask."""
    try:
        from distributed import LocalCluster
    except ImportError:
        yield address
        return
    if address is not None:
        yield address
        return
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as found:
        yield str(found.scheduler_address)


def speed(count: int, address: str | None) -> None:
    bank, rows = banks.open_bank(), answers(count)
    bare = encoder_rate(rows)
    print(f"{count} answers; bare encoder, one text at a time: {bare:.1f} answers/s")
    print(f"{'':<28}{'answers/s':>10}{'of encoder':>12}{'with start':>12}{'same bytes':>12}")
    seconds, due = one_by_one(rows, bank)
    show("one after the other", len(rows), seconds, None, bare, same=True)
    ways: list[tuple[str, Callable[[Job], Engine]]] = [
        ("class, this process", HereEngine),
        ("class, two processes", lambda job: ProcessEngine(job, 2)),
    ]
    for name, make in ways:
        seconds, whole, grades = as_class(rows, bank, make)
        show(name, len(rows), seconds, whole, bare, same=grades == due)
    with cluster(address) as found:
        if found is None:
            print("class, Dask: not run (pip install 'interviewer[cluster]')")
            return
        make = lambda job: make_engine(job, 2, cluster=found)  # noqa: E731
        seconds, whole, grades = as_class(rows, bank, make)
        show("class, Dask, two workers", len(rows), seconds, whole, bare, same=grades == due)


def show(
    name: str, count: int, seconds: float, whole: float | None, bare: float, *, same: bool
) -> None:
    rate = count / seconds
    started = f"{count / whole:>12.2f}" if whole else f"{'':>12}"
    print(
        f"{name:<28}{rate:>10.2f}{rate / bare:>12.3f}{started}{'yes' if same else 'NO':>12}",
        flush=True,
    )


def batches(count: int) -> None:
    """What batches of the encoder would do to the rows of texts, and whether they are quicker."""
    from interviewer.grading.offline.onnx_encoder import OnnxEmbedder

    embedder = OnnxEmbedder(embedders.weights_folder(), embedders.word_table())
    by_length: dict[int, list[Any]] = defaultdict(list)
    for encoded in embedder._tokenizer.encode_batch([row.answer for row in answers(count)]):
        by_length[len(encoded.ids)].append(encoded)
    import numpy as np

    worst, texts, together, apart = 0.0, 0, 0.0, 0.0
    for length, group in by_length.items():
        if len(group) < 2:
            continue
        feed = {
            "word_vectors": np.stack([embedder._words.vectors(one.ids) for one in group]),
            "attention_mask": np.ones((len(group), length), dtype=np.int64),
        }
        begun = time.perf_counter()
        try:
            rows = embedder._session.run(None, feed)[0]
        except Exception as error:
            print(f"encoder: no batch at all ({str(error).splitlines()[0][:90]})")
            break
        between = time.perf_counter()
        alone = np.asarray([embedder.run(one) for one in group])
        apart += time.perf_counter() - between
        together += between - begun
        worst = max(worst, float(1.0 - (rows * alone).sum(-1).min()))
        texts += len(group)
    if texts:
        print(
            f"encoder, batches of equal length: {texts} texts, cosine to the same text alone down to"
            f" {1 - worst:.5f}, time {together / apart:.2f} of one by one"
        )
    reader = next(
        i for i in _reader_session().get_inputs() if i.name == "word_vectors"
    )  # its first dimension is that of a batch
    print(f"reader: the shape of its input is {reader.shape}")


def _reader_session() -> Any:
    from interviewer.grading.offline.onnx_reader import OnnxClaimReader

    return OnnxClaimReader(embedders.weights_folder(), embedders.word_table())._session


def memory(rows: int) -> None:
    """The peak of a process, of its own, that grades so many rows."""
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, __file__, "--only-rows", str(rows)],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    peak, size, digest = done.stdout.split()
    seconds = time.perf_counter() - begun
    print(
        f"{rows:>9} rows by overlap: peak {float(peak):.0f} MB, {seconds:.0f} s, grades of"
        f" {int(size) / 1e6:.0f} MB, {digest[:8]}",
        flush=True,
    )


def only_rows(count: int) -> None:
    """Grade so many rows from a file as the command does, and print the peak in MB."""
    from interviewer.cli import main

    base = [row.answer for row in answers(2000)]
    questions = [row.question for row in answers(2000)]
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as folder:
        source, target = Path(folder, "answers.jsonl"), Path(folder, "grades.jsonl")
        with source.open("w", encoding="utf-8") as file:
            for n in range(count):
                row = {
                    "question": questions[n % len(base)],
                    "candidate": f"c{n % 5000}",
                    "answer": f"{base[n % len(base)]} Take {n}.",
                }
                file.write(json.dumps(row) + "\n")
        sys.stdout, shown = sys.stderr, sys.stdout
        try:
            main(["grade", str(source), "-o", str(target), "--grader", "overlap", "--workers", "1"])
        except SystemExit as left:
            if left.code:
                raise
        digest = hashlib.sha256()
        with target.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(peak, target.stat().st_size, digest.hexdigest(), file=shown)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--rows", type=int, nargs="*", default=[10_000, 1_000_000])
    parser.add_argument("--address")
    parser.add_argument("--only-rows", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only_rows:
        only_rows(options.only_rows)
        return
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for rows in options.rows:
        memory(rows)
    if options.count:
        batches(min(options.count, 2000))
        speed(options.count, options.address)


if __name__ == "__main__":
    main()
