"""What candidates said turn by turn in twelve sessions, against what two raters heard in it.

    python benchmarks/turns.py

fresh/turns.jsonl holds 132 turns of six people, played by language models, each with what it replied to,
its kind (an answer; one that belongs to an earlier question; talk) and, for answers, the levels on which
two blind raters agreed. None of it trained or fitted anything. Kinds are heard by what the program knows
of one turn; that a turn goes back to an earlier question is decided with the session in view, so that
such a turn counts as heard where it is no plain answer, or is heard to go back.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sklearn.metrics import cohen_kappa_score

from interviewer.bank.bank_files import load_bank
from interviewer.bank.questions import Bank
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.grading.grades import Verdict
from interviewer.interview.talk.listener import Listener
from interviewer.interview.talk.tails import answer_alone
from interviewer.specs import graders

TURNS = ROOT / "benchmarks" / "fresh" / "turns.jsonl"


def rows() -> list[dict[str, Any]]:
    """The turns."""
    return [json.loads(line) for line in TURNS.read_text("utf-8").splitlines()]


def verdicts(bank: Bank, grader: Grader, *, replies: bool) -> str:
    """The agreement on answers to questions, or on replies to follow-ups."""
    due, given, charged, rightly, meant, answers = [], [], 0, 0, 0, 0
    for row in rows():
        if row["kind"] != "answer" or bool(row["asked"]) != replies:
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


def main() -> None:
    bank = load_bank(ROOT / "rubrics" / "multimodal-embeddings")
    grader = graders.make_grader("offline", bank)
    print("to questions:", verdicts(bank, grader, replies=False))
    print("to follow-ups:", verdicts(bank, grader, replies=True))
    listener, kinds = Listener(), {"answer": [0, 0], "talk": [0, 0], "earlier": [0, 0]}
    for row in rows():
        question = bank.question(row["question"])
        heard = listener.kind_of(row["said"], row["asked"] or question.prompt, question)
        tally = kinds[row["kind"]]
        tally[1] += 1
        tally[0] += (heard in ("answer", "correction")) == (row["kind"] == "answer")
    print("kinds:", ", ".join(f"{kind} {right} of {all_}" for kind, (right, all_) in kinds.items()))


if __name__ == "__main__":
    main()
