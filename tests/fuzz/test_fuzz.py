"""A small run of the fuzzer, and that it would notice."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import fuzzer
import loaders

from interviewer.errors import InputError

COUNT = 120
SIZE = 400_000_000


@pytest.mark.timeout(600)  # hardly ten seconds, but not on a machine that others share
def test_no_loader_falls_over() -> None:
    for told in fuzzer.run_apart(list(loaders.LOADERS), COUNT):
        assert told.fault == "", told.name
        assert told.count >= COUNT / 2, told.name
        assert told.loaded > 0, told.name


def _refuses(data: bytes) -> None:
    raise InputError("no")


def _trips(data: bytes) -> None:
    if b"\x00" in data:
        raise IndexError("tripped")


def _eats(data: bytes) -> None:
    if b"[" in data:
        bytearray(SIZE)[::4096] = b"x" * len(range(0, SIZE, 4096))


def _waits(data: bytes) -> None:
    begun = time.process_time()
    while b"[" in data and time.process_time() - begun < 0.2:
        pass


@pytest.mark.parametrize(
    ("load", "seconds", "fault"),
    [
        (_refuses, 60, ""),
        (_trips, 60, "IndexError: tripped"),
        (_eats, 60, "memory grew"),
        (_waits, 0.1, " s: "),
    ],
)
def test_the_runner_notices(load: Callable[[bytes], None], seconds: float, fault: str) -> None:
    loader = loaders.Loader(load, (b"{}",))
    told = fuzzer.measure("own", loader, 60, seconds=seconds, size=SIZE // 2)
    assert (fault in told.fault) if fault else (told.fault, told.loaded) == ("", 0)
