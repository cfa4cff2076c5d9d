"""What the interviewer does well and what not, over many sessions of made-up people.

    python benchmarks/interviewer_check.py [--sessions 300] [--write FOLDER] [--failures N]

Prints a line per check: on how many occasions it held, of how many. Ends with 3 where one is below
the goal. --write keeps the sessions for reading.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path

from conversation_checks import CHECKS
from conversations import conversations, written

from interviewer.common.console import say

GOAL = 0.97


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, default=300)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--failures", type=int, default=2)
    given = parser.parse_args()
    good: dict[str, int] = defaultdict(int)
    bad: dict[str, list[str]] = defaultdict(list)
    for kept in conversations(given.sessions):
        for name, check in CHECKS.items():
            for held, where in check(kept):
                good[name] += held
                if not held:
                    bad[name].append(f"{kept.name}: {where}")
        if given.write:
            given.write.mkdir(parents=True, exist_ok=True)
            (given.write / f"{kept.name}.txt").write_text(written(kept) + "\n", "utf-8")
    below = 0
    for name in CHECKS:
        total = good[name] + len(bad[name])
        share = good[name] / total if total else None
        missed = share is not None and share < GOAL
        below += missed
        shown = "no occasion" if share is None else f"{share:7.1%} of {total}"
        say(f"{'!' if missed else ' '} {shown:>16}  {name}")
        for line in bad[name][: given.failures]:
            say(f"                      {line[:150]}")
    say(f"{len(CHECKS)} checks, {below} below {GOAL:.0%}, {given.sessions} sessions")
    return 3 if below else 0


if __name__ == "__main__":
    sys.exit(main())
