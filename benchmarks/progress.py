"""How long `interviewer progress` takes over thousands of sessions, with and without its index.

    python benchmarks/progress.py [--sessions 2000] [--keep FOLDER]

Makes the sessions in a temporary folder: logs as the program writes them, of a made-up candidate who
gets better from week to week, always the same. Then runs the real program on them.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from interviewer.answer_text.quotes import Evidence
from interviewer.bank.questions import Bank, Question
from interviewer.grading import scoring
from interviewer.grading.grades import AnswerGrade, GraderIdentity, Level, Outcome, Verdict
from interviewer.session.events import (
    EVENT,
    Answered,
    Asked,
    BankInfo,
    Closed,
    Graded,
    Plan,
    Probed,
    Skipped,
    Started,
)
from interviewer.specs import banks

GRADER = GraderIdentity(spec="offline", version="1", model="synthetic")
BEGIN = datetime(2024, 1, 1, 8, tzinfo=UTC)
CREDIT: dict[Level, float] = {"met": 0.95, "partial": 0.5, "unmet": 0.05}
WARM_RUNS = 5


class Log:
    """One session, event by event."""

    def __init__(self, at: datetime):
        self.at = at
        self.lines: list[bytes] = []

    def add(self, kind: Any, after: float = 1.0, **fields: Any) -> int:
        self.at += timedelta(seconds=after)
        number = len(self.lines)
        self.lines.append(EVENT.dump_json(kind(seq=number, at=self.at, **fields)) + b"\n")
        return number


def make_sessions(folder: Path, count: int, bank: Bank) -> int:
    """Write the logs and return their bytes in all."""
    rng = random.Random(5)
    info = BankInfo(
        id=bank.id,
        version=bank.version,
        digest=bank.digest,
        title=bank.title,
        sections=bank.sections,
        tiers=bank.tiers,
        aims=bank.aims,
        section_of={q.id: q.section for q in bank.questions},
    )
    learned = dict.fromkeys((q.id for q in bank.questions), 0.25)
    written = 0
    for number in range(count):
        at = BEGIN + timedelta(hours=9 * number, minutes=rng.randrange(300))
        name = f"{at:%Y-%m-%dT%H-%M-%S}-{bank.id}-{number:04x}"
        chosen = rng.sample(bank.questions, rng.randint(6, 15))
        log = Log(at)
        log.add(
            Started,
            session=name,
            program="interviewer benchmark",
            bank=info,
            plan=Plan(questions=tuple(q.id for q in chosen), count=len(chosen)),
            grader=GRADER,
        )
        for question in chosen:
            play(log, question, learned, rng)
        if rng.random() < 0.9:
            log.add(Closed)
        data = b"".join(log.lines)
        (folder / f"{name}.jsonl").write_bytes(data)
        written += len(data)
    return written


def play(log: Log, question: Question, learned: dict[int, float], rng: random.Random) -> None:
    """One question with up to two probes."""
    log.add(Asked, question=question.bare())
    ability = learned[question.id]
    if rng.random() < 0.15 * (1 - ability):
        log.add(Skipped, question=question.id, reason="unknown", text="I don't know", seconds=6.0)
    else:
        answer(log, question, ability, rng)
        for probe in question.probes[: rng.choice((0, 1, 2))]:
            log.add(Probed, question=question.id, criterion=probe.criterion, text=probe.text)
            answer(log, question, min(1.0, ability + 0.3), rng)
    learned[question.id] += 0.04 * (0.95 - ability)


def answer(log: Log, question: Question, ability: float, rng: random.Random) -> None:
    """An answer out of the bank's own words, with its grade."""
    words = " ".join(
        rng.choice((c.statement, *c.accepts)) for c in question.criteria if rng.random() < 0.8
    )
    text = words or question.references[0][:200]
    seconds = round(rng.uniform(8, 60), 1)
    seq = log.add(Answered, seconds, question=question.id, text=text, seconds=seconds)
    verdicts = tuple(verdict(c.id, ability, text, rng) for c in question.criteria)
    wrong = tuple(verdict(m.id, 0.05, text, rng) for m in question.misconceptions)
    score = scoring.score(question, verdicts, wrong)
    grade = AnswerGrade(
        question=question.id,
        verdicts=verdicts,
        misconceptions=wrong,
        similarity=round(rng.uniform(0.3, 0.9), 4),
        score=score,
        passing=score,
    )
    log.add(Graded, question=question.id, answer=seq, grade=grade, grader=GRADER, seconds=0.05)


def verdict(claim: str, ability: float, text: str, rng: random.Random) -> Outcome:
    draw = rng.random()
    level: Level = "met" if draw < ability else "partial" if draw < ability + 0.1 else "unmet"
    return Verdict(
        criterion=claim,
        level=level,
        credit=CREDIT[level],
        confidence=round(rng.uniform(0.6, 0.99), 4),
        evidence=Evidence(start=0, end=len(text) // 2 or 1) if level != "unmet" else None,
    )


def timed(folder: Path, cache: Path) -> float:
    """Seconds that `interviewer progress` takes, from the start of the process to its end."""
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "interviewer", "progress", "--transcripts", str(folder)],
        env={**os.environ, "XDG_CACHE_HOME": str(cache), "HOME": str(cache)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description="Time of `interviewer progress`.")
    parser.add_argument("--sessions", type=int, default=2000)
    parser.add_argument("--keep", type=Path, help="make the sessions in this folder and keep them")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary) / "transcripts"
        folder.mkdir(parents=True, exist_ok=True)
        size = make_sessions(folder, options.sessions, banks.open_bank())
        empty = Path(temporary) / "empty"
        empty.mkdir()
        (empty / "one.jsonl").write_bytes(next(iter(sorted(folder.glob("*.jsonl")))).read_bytes())
        cache = Path(temporary) / "cache"
        base = min(timed(empty, cache) for _ in range(3))
        cold = timed(folder, cache)
        warm = statistics.median(timed(folder, cache) for _ in range(WARM_RUNS))
        newest = max(folder.glob("*.jsonl"))
        newest.write_bytes(newest.read_bytes() + b"{")
        changed = timed(folder, cache)
    print(f"{options.sessions} sessions, {size / 1e6:.0f} MB of logs, {os.cpu_count()} cores")
    print(f"one session, warm            {base:6.2f} s")
    print(f"all, no index (cold)         {cold:6.2f} s")
    print(f"all, with the index (warm)   {warm:6.2f} s, median of {WARM_RUNS}")
    print(f"cold / warm                  {cold / warm:6.1f}")
    print(f"one log changed              {changed:6.2f} s")


if __name__ == "__main__":
    main()
