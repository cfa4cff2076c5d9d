"""How many workers run the tests, and what a run says at its end that it left out."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest

COMMANDS = {
    "cluster": "make test-cluster",
    "models": "make test-models",
    "network": "make test-network",
    "slow": "make test-slow",
}
"""What runs the tests of each marker that `make test` leaves out."""

COUNTS = pytest.StashKey[Counter[str]]()
KEY = "left_out"


def lines_of(unselected: Mapping[str, int], reasons: Iterable[str]) -> list[str]:
    """One line for each marker and for each reason: how many tests, and how to run them."""
    found = [f"{n} '{name}': {COMMANDS[name]}" for name, n in sorted(unselected.items()) if n]
    skipped = Counter(reason.removeprefix("Skipped: ") for reason in reasons)
    return [*found, *(f"{n} skipped: {reason}" for reason, n in sorted(skipped.items()))]


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are processors: many tests wait for a terminal or for a deadline."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (count or 1) + 1


def pytest_deselected(items: list[pytest.Item]) -> None:
    for item in items:
        counts = item.config.stash.setdefault(COUNTS, Counter())
        counts.update(name for name in COMMANDS if item.get_closest_marker(name))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker tells what it left out; all leave out the same."""
    output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[KEY] = dict(session.config.stash.get(COUNTS, Counter()))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    told = getattr(node, "workeroutput", {}).get(KEY, {})
    node.config.stash[COUNTS] = Counter(told)


@pytest.hookimpl(wrapper=True)
def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> Iterator[None]:
    """The last lines before the total."""
    yield
    reasons = [report.longrepr[2] for report in terminalreporter.stats.get("skipped", [])]
    for line in lines_of(config.stash.get(COUNTS, Counter()), reasons):
        terminalreporter.write_line(f"not run: {line}")
