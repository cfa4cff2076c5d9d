"""What candidates said turn by turn in twelve sessions, against what two raters heard in it.

    python benchmarks/turns.py

fresh/turns.jsonl holds 132 turns of six people, played by language models, each with what it replied to,
its kind (an answer; one that belongs to an earlier question; talk) and, for answers, the levels on which
two blind raters agreed. None of it trained or fitted anything. The rules of what goes back and of what only
asks were written with these turns in view.

fresh/replies.txt holds 385 more replies to written follow-ups, by one hand that marked them as well: per
follow-up `P:` lines `> marks|letters of misconceptions|reply`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sklearn.metrics import cohen_kappa_score

from interviewer.bank.bank_files import load_bank
from interviewer.bank.questions import Bank
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.grading.grades import Verdict
from interviewer.interview.talk import going_back
from interviewer.interview.talk.listener import Listener
from interviewer.interview.talk.tails import answer_alone
from interviewer.session.events import ANSWERS
from interviewer.session.record import Record
from interviewer.specs import graders

BANK = ROOT / "rubrics" / "multimodal-embeddings"
TURNS = ROOT / "benchmarks" / "fresh" / "turns.jsonl"


def rows() -> list[dict[str, Any]]:
    """The turns."""
    return [json.loads(line) for line in TURNS.read_text("utf-8").splitlines()]


def verdicts(bank: Bank, grader: Grader, turns: Iterable[dict[str, Any]]) -> str:
    """The agreement on the answers among those turns."""
    due, given, charged, rightly, meant, answers = [], [], 0, 0, 0, 0
    for row in turns:
        if row["kind"] != "answer":
            continue
        question, said = bank.question(row["question"]), answer_alone(row["said"])
        grade = grader.grade(GradeRequest(question, said, row["asked"] or question.prompt))
        answers += 1
        for criterion, level in row["verdicts"].items():
            found = grade.verdict(criterion)
            if isinstance(found, Verdict):
                due.append(level == "met")
                given.append(found.level == "met")
        asserted = {wrong.criterion for wrong in grade.asserted}
        charged += len(asserted)
        rightly += len(asserted & set(row["misconceptions"]))
        meant += len(row["misconceptions"])
    kappa = cohen_kappa_score(due, given)
    missed = sum(d and not g for d, g in zip(due, given, strict=True)) / sum(due)
    wrong = sum(g and not d for d, g in zip(due, given, strict=True)) / (len(due) - sum(due))
    return (
        f"{answers} answers, {len(due)} verdicts: kappa {kappa:.2f}, said and not heard {missed:.0%}, "
        f"heard and not said {wrong:.0%}; {charged} charges, {rightly} of them right, of {meant} due"
    )


def written_replies() -> list[dict[str, Any]]:
    """The replies to written follow-ups, as turns."""
    found: list[dict[str, Any]] = []
    number, asked = 0, ""
    levels = {"+": "met", "~": "partial", "-": "unmet", "x": "denied"}
    for line in (TURNS.parent / "replies.txt").read_text("utf-8").splitlines():
        if line.startswith("## "):
            number = int(line[3:])
        elif line.startswith("P:"):
            asked = line[2:].strip()
        elif line.startswith(">"):
            marks, letters, said = (part.strip() for part in line[1:].split("|", 2))
            row: dict[str, Any] = {"question": number, "asked": asked, "said": said}
            found.append({**row, "marks": marks, "letters": letters})
    bank = load_bank(BANK)
    for row in found:
        question = bank.question(row["question"])
        row["kind"] = "answer"
        row["verdicts"] = {
            c.id: levels[mark] for c, mark in zip(question.criteria, row["marks"], strict=True)
        }
        wrong = zip("abcdefgh", question.misconceptions, strict=False)
        row["misconceptions"] = [m.id for letter, m in wrong if letter in row["letters"]]
    return found


def kind_of(bank: Bank, listener: Listener, row: dict[str, Any]) -> str:
    """What kind a turn is heard as, beside the question before it alone."""
    question = bank.question(row["question"])
    records = tuple(Record(bank.question(n)) for n in (row["before"], question.id) if n)
    if going_back.going_back(SimpleNamespace(records=records), row["said"]):  # type: ignore[arg-type]
        return "earlier"
    heard = listener.kind_of(row["said"], row["asked"] or question.prompt, question)
    return "answer" if heard in ANSWERS else "talk"


def main() -> None:
    bank = load_bank(BANK)
    grader = graders.make_grader("offline", bank)
    print("to questions:", verdicts(bank, grader, (r for r in rows() if not r["asked"])))
    print("to follow-ups:", verdicts(bank, grader, (r for r in rows() if r["asked"])))
    print("written replies:", verdicts(bank, grader, written_replies()))
    kinds = {"answer": [0, 0], "talk": [0, 0], "earlier": [0, 0]}
    listener = Listener()
    for row in rows():
        tally = kinds[row["kind"]]
        tally[1] += 1
        tally[0] += kind_of(bank, listener, row) == row["kind"]
    print("kinds:", ", ".join(f"{kind} {right} of {all_}" for kind, (right, all_) in kinds.items()))


if __name__ == "__main__":
    main()
