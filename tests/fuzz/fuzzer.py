"""`python tests/fuzz/fuzzer.py [COUNT] [LOADER...]`: spoilt documents for the loaders, and the counts.

Each loader runs in a process of its own whose address space may grow by half a gigabyte. A fault is
an exception outside the error tree, a document that takes over two seconds, or memory that grows by
over 500 MB; the document is printed, and the exit code is 1.
"""

from __future__ import annotations

import gc
import multiprocessing
import resource
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent), str(Path(__file__).resolve().parent)]

import loaders  # noqa: E402
import spoiling  # noqa: E402
from hypothesis import HealthCheck, Phase, given, seed, settings  # noqa: E402

MOST_SECONDS = 2.0
MOST_BYTES = 500_000_000
COUNT = 100_000


@dataclass(frozen=True)
class Told:
    """What one loader made of it. grown: of its memory, in bytes. fault: "" if there was none."""

    name: str
    count: int
    loaded: int
    slowest: float
    grown: int
    fault: str


def run(name: str, count: int, start: int = 0) -> Told:
    """Feed so many documents to that loader, in a process that cannot grow without end."""
    loader = loaders.LOADERS[name]
    for document in loader.seeds:
        assert loaders.feed(loader, document), f"a seed of {name} does not load"
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_address_space() + 2 * MOST_BYTES, most))
    return measure(name, loader, count, start)


def measure(
    name: str,
    loader: loaders.Loader,
    count: int,
    start: int = 0,
    *,
    seconds: float = MOST_SECONDS,
    size: int = MOST_BYTES,
) -> Told:
    """Feed so many documents to that loader; at most so many seconds each and bytes in all."""
    before, fed, loaded, slowest = _peak(), 0, 0, 0.0

    @seed(start)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(spoiling.spoilt(loader.seeds))
    def each(data: bytes) -> None:
        nonlocal fed, loaded, slowest
        try:
            fine, taken = timed(loader, data)
            if taken > seconds:
                # Once in many thousands the garbage of all that was tried before is collected here.
                gc.collect()
                fine, taken = timed(loader, data)
        except BaseException as error:
            raise AssertionError(f"{type(error).__name__}: {error}: {data[:3000]!r}") from error
        fed, loaded, slowest = fed + 1, loaded + fine, max(slowest, taken)
        assert taken <= seconds, f"{taken:.1f} s: {data[:3000]!r}"

    fault = ""
    try:
        each()
    except AssertionError as error:
        fault = str(error)
    grown = _peak() - before
    if not fault and grown > size:
        fault = f"memory grew by {grown / 1e6:.0f} MB"
    return Told(name, fed, loaded, slowest, grown, fault)


def timed(loader: loaders.Loader, data: bytes) -> tuple[bool, float]:
    """Whether it loads, and the processor's seconds that this takes."""
    begun = time.process_time()
    fine = loaders.feed(loader, data)
    return fine, time.process_time() - begun


def run_apart(names: Sequence[str], count: int, start: int = 0) -> list[Told]:
    """The same for those loaders, one after the other in a process of its own."""
    # An executor says when its process is gone; a pool would wait for it without end.
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        return list(process.map(partial(run, count=count, start=start), names))


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _address_space() -> int:
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def main(args: list[str]) -> int:
    """Run and print a line for each loader."""
    count = int(args[0]) if args else COUNT
    faults = 0
    for name in args[1:] or loaders.LOADERS:
        begun = time.monotonic()
        (told,) = run_apart([name], count)
        faults += bool(told.fault)
        print(
            f"{name:<8} {told.count:>7} documents, {told.loaded:>6} loaded, slowest"
            f" {told.slowest:.2f} s, {told.grown / 1e6:.0f} MB more, {time.monotonic() - begun:.0f} s",
            told.fault,
            flush=True,
        )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
