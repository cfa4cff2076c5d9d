"""Answers that people graded, as samples: to the bank's questions, to exam questions, by others."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from reader_samples import DENIED, NO, NOT, SOME, YES, Claim, Sample

from interviewer.bank.questions import Bank, Question
from interviewer.check.splits import kept_back, share
from interviewer.grading.grades import Level

LEVELS = {"met": YES, "partial": SOME, "unmet": NOT, "denied": DENIED}
HERE = Path(__file__).resolve().parent


EXAMS = ("exams", "lessons", "classes")
"""Where exam questions are: by a scheme, by a scheme and only taught, and by none."""
NEAR = ("twinned", "comparing", "convinced")
"""Files of classes/ with a scheme after all: answers that are right, or the same with something exchanged or
added that is wrong."""


def answer_files() -> list[Path]:
    """Graded answers to the bank's questions."""
    return sorted(HERE.glob("answers/*.jsonl"))


def exam_files() -> list[Path]:
    """Exam questions with graded answers, and those of lessons/ and classes/, none of which is kept for
    measuring."""
    return sorted(p for folder in EXAMS for p in HERE.glob(f"{folder}/*.jsonl"))


def voices() -> list[dict[str, Any]]:
    """Graded answers to the bank's questions in 25 registers."""
    return read_jsonl(HERE / "answers" / "voices.jsonl")


LONGEST = 1200
"""Characters; longer texts are left out, since the reader takes long answers in passages."""


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def bank_rows() -> list[dict[str, Any]]:
    """Graded answers to the bank's questions, with what version 2 of the bank adds to the older."""
    changes = {r["id"]: r for r in read_jsonl(HERE / "bank-2-regraded.jsonl")}
    rows = [r for p in answer_files() for r in read_jsonl(p)]
    for row in rows:
        change = changes.get(row["id"])
        if change:
            said = {*(row.get("misconceptions") or ()), *change["misconceptions_added"]}
            row["misconceptions"] = sorted(said)
            row["verdicts"] = {**row["verdicts"], **change["verdicts_changed"]}
    return rows


def plain(verdicts: Mapping[str, str]) -> dict[str, Level]:
    """Levels as a bank has them: what is denied is not met."""
    return {c: "unmet" if v == "denied" else v for c, v in verdicts.items()}  # type: ignore[misc]


def withheld_answer(row: Mapping[str, Any]) -> bool:
    """Whether a graded answer is kept for measuring: one in five of the new registers."""
    return str(row["id"]).startswith("v6-") and share(f"voices:{row['id']}", 5) == 0


def fits_decision(key: str) -> bool:
    """Whether an answer, or an exam question, fits the decision and so must not train the reader:
    one in ten of what is not kept for measuring."""
    return share(f"decision:{key}", 10) == 0


def is_lesson(row: Mapping[str, Any]) -> bool:
    """Whether an answer to the bank, or an exam question, is a lesson: each round draws all of them, and
    none is kept for measuring."""
    return str(row["id"]).startswith(("v7-", "lesson-"))


def withheld_exam(row: Mapping[str, Any]) -> bool:
    """Whether an exam question is kept for measuring: 150 or so, never trained on."""
    return not is_lesson(row) and share(f"exam:{row['id']}", 8) == 0


def bank_answer(row: Mapping[str, Any], question: Question) -> Sample:
    """A graded answer to a question of the bank, with every claim of it.

    Where two raters differed both verdicts are allowed.
    """
    levels, said = row["verdicts"], set(row.get("misconceptions") or ())
    marks = {"+": YES, "~": SOME, "-": NOT, "x": DENIED}
    claims = []
    for at, criterion in enumerate(question.criteria):
        allowed = LEVELS[levels[criterion.id]]
        for rater in row.get("raters") or () if str(row["id"]).startswith("v6-") else ():
            allowed |= marks[rater["verdicts"][at]]
        claims.append(Claim(criterion.statement, allowed))
    claims += [Claim(m.statement, YES if m.id in said else NOT) for m in question.misconceptions]
    return Sample(
        question.prompt, "", tuple(claims), str(row["answer"]), "bank", f"bank-{question.id}"
    )


def bank_answers(rows: Sequence[Mapping[str, Any]], bank: Bank) -> list[Sample]:
    """Graded answers to the bank's questions."""
    return [bank_answer(row, bank.question(int(row["question"]))) for row in rows]


def exam_part(row: Mapping[str, Any]) -> str:
    """What an exam question is for: "measure", "decide" or "train"."""
    if withheld_exam(row):
        return "measure"
    return "decide" if fits_decision(str(row["id"])) else "train"


def exam_answers(path: Path, part: str) -> Iterator[Sample]:
    """Graded answers to the exam questions of that part."""
    for row in read_jsonl(path):
        if exam_part(row) != part:
            continue
        for answer in row["answers"]:
            claims = [
                Claim(c["statement"], LEVELS[answer["verdicts"][c["id"]]]) for c in row["criteria"]
            ]
            said = answer.get("misconceptions") or ()
            claims += [
                Claim(m["statement"], YES if m["id"] in said else NOT)
                for m in row.get("misconceptions") or ()
            ]
            yield Sample(
                row["question"], "", tuple(claims), answer["answer"], "exam", f"exam-{row['id']}"
            )


def others(row: Mapping[str, Any], at: int, criterion: str, *levels: str) -> tuple[str, ...]:
    """What the other answers to an exam question say that have one of those levels."""
    mine = " ".join(row["answers"][at]["answer"].split()).casefold()
    found = [
        a["answer"].strip()
        for number, a in enumerate(row["answers"])
        if number != at and a["verdicts"][criterion] in levels
    ]
    return tuple(dict.fromkeys(t for t in found if t and " ".join(t.split()).casefold() != mine))


_WAY5 = {
    "correct": YES,
    "partially_correct_incomplete": SOME,
    "contradictory": DENIED,
    "irrelevant": NO,
    "non_domain": NO,
}
_WAY3 = {"correct": YES, "contradictory": DENIED, "incorrect": NOT | SOME}


def asag_answers(folder: Path, rng: random.Random) -> Iterator[Sample]:
    """Short answers graded by other people: the reference answer is the claim (see NOTICE)."""
    for name in ("scientsbank", "beetle"):
        for row in read_jsonl(folder / f"{name}.train.jsonl"):
            if kept_back(name, row["qid"]):
                continue
            found = row["reference"]
            reference = found if isinstance(found, str) else rng.choice(found)
            label = row["label"]
            allowed = _WAY5[label["5way"]] if "5way" in label else _WAY3[label["3way"]]
            yield Sample(
                row["question"], "", (Claim(reference, allowed),), row["answer"], name,
                f"{name}-{row['qid']}",
            )  # fmt: skip
    for row in read_jsonl(folder / "saf_en.train.jsonl"):
        if len(row["answer"]) > 700 or kept_back("saf", row["qid"]):
            continue
        part = float(row["score"]) / float(row["max_score"])
        allowed = YES if part >= 0.99 else NOT if part <= 0.01 else SOME
        reference = str(row["reference"])[:600]
        yield Sample(
            row["question"], "", (Claim(reference, allowed),), row["answer"], "saf",
            f"saf-{row['qid']}",
        )  # fmt: skip


_NLI = {"entailment": YES, "neutral": NO, "contradiction": DENIED}
_CLAIMS = {"asserted": YES, "not": NOT, "contradicted": DENIED}


def entailments(asag: Path, claims: Path) -> Iterator[Sample]:
    """Pairs labelled by other people: does the text assert the claim (see NOTICE)."""
    for name in ("conjnli", "med"):
        for row in read_jsonl(asag / f"{name}.jsonl"):
            if len(row["premise"]) < 200:
                label = NOT if name == "med" and row["label"] == "neutral" else _NLI[row["label"]]
                yield Sample(
                    "", "", (Claim(row["hypothesis"], label),), row["premise"], name, row["id"]
                )
    for path in sorted(claims.glob("*.train.jsonl")):
        for row in read_jsonl(path):
            if len(row["text"]) < LONGEST:
                claim = Claim(row["claim"], _CLAIMS[row["label"]])
                group = f"{row['dataset']}-{row.get('group', row['id'])}"
                yield Sample("", "", (claim,), row["text"], row["dataset"], group)


class GradedReply(NamedTuple):
    """A reply to a follow-up. verdicts: a mark per criterion; wrong: letters of misconceptions."""

    question: int
    asked: str
    verdicts: str
    wrong: str
    text: str


def graded_replies() -> Iterator[GradedReply]:
    """The replies of replies/: `## number`, `P: the follow-up`, `> verdicts|misconceptions|reply`."""
    for path in sorted((HERE / "replies").glob("ellipsis*.txt")):
        number, asked = 0, ""
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("## "):
                number = int(line[3:].split()[0])
            elif line.startswith("P:"):
                asked = line[2:].strip()
            elif line.startswith(">"):
                verdicts, wrong, text = (part.strip() for part in line[1:].split("|", 2))
                yield GradedReply(number, asked, verdicts, wrong, text)


def ellipses(bank: Bank) -> Iterator[Sample]:
    """Replies to follow-ups, each read in the light of what was asked."""
    marks = {"+": YES, "~": SOME, "-": NOT, "x": DENIED}
    for number, asked, verdicts, wrong, text in graded_replies():
        question = bank.question(number)
        if len(verdicts) != len(question.criteria):
            continue
        # What a short reply leaves open it does not assert; whether it denies is unsaid.
        claims = [
            Claim(c.statement, marks[v]) for c, v in zip(question.criteria, verdicts, strict=True)
        ]
        letters = dict(zip("abcdefgh", question.misconceptions, strict=False))
        claims += [Claim(m.statement, YES if x in wrong else NOT) for x, m in letters.items()]
        yield Sample(
            question.prompt, asked, tuple(claims), text.replace("\\n", "\n"), "ellipsis",
            f"bank-{question.id}-{asked}",
        )  # fmt: skip


def reply_part(sample: Sample) -> str:
    """What a reply is for, by its follow-up: one in five is kept to "measure", of the others one in five
    fits the decision ("decide"), the rest "train"."""
    if share(f"ellipsis:{sample.group}", 5) == 0:
        return "measure"
    return "decide" if share(f"decision:{sample.group}", 5) == 0 else "train"


def is_sentence(text: str) -> bool:
    """Whether a criterion is put as a statement and not as a term or as advice to a marker."""
    words = text.split()
    marker = re.match(
        r"(?i)(the )?(student|answer|candidate|response)\b|(mention|state|explain|note|say|name|"
        r"identif|recogni|describe|give|point|compare|define|list|show)[a-z]*\b",
        text,
    )
    return len(words) >= 5 and marker is None
