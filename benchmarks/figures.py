"""The figures that README.md and docs/model-card.md give, from one file that this script writes.

    make figures                        measures, counts, and fills the texts
    python benchmarks/figures.py fill   counts and fills them, with the measures there are

Between `<!-- figures: NAME -->` and `<!-- end -->` a text holds what `texts` makes of the file.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import unseen

from interviewer.specs import banks, graders

ROOT = Path(__file__).resolve().parent.parent
FILE = Path(__file__).with_name("figures.json")
TEXTS = (ROOT / "README.md", ROOT / "docs" / "model-card.md")

GRADERS = {
    "cosine": "whole-answer cosine",
    "overlap": "token overlap",
    "offline": "**offline**",
}
COMMAND = ["check", "--gold", "gold", "--split", "held-out", "--json"]
BEHAVIOUR = ["check", "--behaviour", "--grader", "offline", "--limit", "300", "--json"]
METRICS = {
    "auc": "AUC of pass/fail",
    "kappa": "kappa per criterion",
    "qwk": "QWK of scores",
    "false_pass": "false pass",
    "false_fail": "false fail",
}
NONE = "–"
RATES = {"false_pass", "false_fail"}
WRONG = {"wrong-vocabulary", "hedged", "injection", "echo", "keyword-list", "off-topic"}
"""Kinds of answers that are wrong, or say nothing, in the words of a right one."""


def measured() -> dict[str, Any]:
    """What `interviewer check` finds on the held-out gold of the shipped bank."""
    given = [word for spec in GRADERS for word in ("--grader", spec)]
    done = subprocess.run(
        [sys.executable, "-m", "interviewer", *COMMAND, *given], stdout=subprocess.PIPE, check=True
    )
    found: dict[str, Any] = {
        "command": " ".join(["interviewer", *COMMAND, *given]),
        "bank": banks.open_bank().digest,
    }
    (held_out,) = json.loads(done.stdout)["sets"]
    for grader in held_out["graders"]:
        found["answers"] = len(grader["items"])
        metrics = grader["measured"]["metrics"]
        found.setdefault("graders", {})[grader["grader"]] = {
            "version": graders.grader_identity(grader["grader"]).version,
            "metrics": {name: _short(metrics[name]) for name in (*METRICS, "accuracy")},
            "wrong_passed": _short(_wrong_passed(grader["items"])),
            "kinds": {
                kind["kind"]: [
                    kind["answers"],
                    _short(kind["false_pass"]),
                    _short(kind["false_fail"]),
                ]
                for kind in grader["measured"]["kinds"]
            },
        }
    found["unseen"] = {
        gold.name: {
            spec: {name: _short(metrics[name]) for name in (*METRICS, "answers")}
            for spec, metrics in unseen.measured(list(GRADERS), gold).items()
        }
        for gold in unseen.sets()
    }
    found["behaviour"] = _behaviour()
    return found


def _behaviour() -> dict[str, list[Any]]:
    """Per family how many cases there were, and the shares that held: of all, of held-out wordings."""
    done = subprocess.run(
        [sys.executable, "-m", "interviewer", *BEHAVIOUR], stdout=subprocess.PIPE, check=True
    )
    (report,) = json.loads(done.stdout)
    return {
        f["family"]: [f["cases"], _short(f["all"]["share"]), _short(f["held_out"]["share"])]
        for f in report["families"]
    }


def _wrong_passed(items: list[dict[str, Any]]) -> float:
    wrong = [i["grade"] for i in items if i["kind"] in WRONG and not i["gold"]["passed"]]
    return sum(bool(grade["passed"]) for grade in wrong) / len(wrong)


def counted() -> dict[str, int]:
    """What is in the shipped bank, and what is trained on besides the gold answers."""
    bank = banks.open_bank()
    claims = [c for q in bank.questions for c in (*q.criteria, *q.misconceptions)]
    return {
        "questions": len(bank.questions),
        "criteria": sum(len(q.criteria) for q in bank.questions),
        "accepts": sum(len(c.accepts) for c in claims),
        "rejects": sum(len(c.rejects) for c in claims),
        "misconceptions": sum(len(q.misconceptions) for q in bank.questions),
        "probes": sum(len(q.probes) for q in bank.questions),
        "training_answers": _rows("answers"),
        "exam_questions": _rows("exams") + _rows("lessons") + _rows("classes"),
    }


def _rows(folder: str) -> int:
    return sum(len(_lines(p)) for p in (ROOT / "training" / folder).glob("*.jsonl"))


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").split("\n") if line]


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def texts(figures: Mapping[str, Any]) -> dict[str, str]:
    """What stands between the marks, by name."""
    count, found = figures["counted"], figures["measured"]
    own = found["graders"]["offline"]
    complete = own["kinds"]["complete"][2]
    wrong = 1 - own["metrics"]["accuracy"]
    return {
        "grades": "\n".join(
            (
                f"On {found['answers']:,} held-out gold answers to the shipped bank, never looked at"
                " while fitting:\n",
                *_grader_table(found["graders"]),
                f"\nOf complete answers in fresh words {_percent(complete)} fail, and of wrong"
                " answers in the reference's vocabulary,\nhedges, text for the grader, echoes,"
                f" lists and off-topic answers {_percent(own['wrong_passed'])} pass. In all,"
                f" {_percent(wrong)} are\npassed or failed where the raters would not.",
            )
        ),
        "kinds": "\n".join(_kind_table(own["kinds"])),
        "unseen": "\n".join(_unseen_table(found["unseen"])),
        "behaviour": "\n".join(_behaviour_table(found["behaviour"])),
        "bank": (
            f"{count['questions']} questions, {count['criteria']} criteria and"
            f" {count['misconceptions']} misconceptions with {count['accepts']:,} accepts and\n"
            f"{count['rejects']:,} rejects, and {count['probes']} probes."
        ),
        "training": (
            f"In training/answers/ there are {count['training_answers']:,} graded answers, in"
            f" exams/, lessons/ and classes/\nbeside it {count['exam_questions']:,} exam questions."
        ),
    }


def _grader_table(found: Mapping[str, Any]) -> list[str]:
    rows = [
        "| | " + " | ".join(GRADERS.values()) + " |",
        "|---" * (len(GRADERS) + 1) + "|",
    ]
    for name, label in METRICS.items():
        show = _percent if name in RATES else _plain
        cells = [show(found[spec]["metrics"][name]) for spec in GRADERS]
        cells[-1] = f"**{cells[-1]}**"
        rows.append(f"| {label} | " + " | ".join(cells) + " |")
    return rows


def _unseen_table(found: Mapping[str, Any]) -> list[str]:
    rows = [
        "| answers | grader | kappa per criterion | QWK of scores | AUC | false pass | false fail |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, by_grader in found.items():
        for spec, metrics in by_grader.items():
            cells = [_plain(metrics[m]) for m in ("kappa", "qwk", "auc")]
            cells += [_percent(metrics[m]) for m in ("false_pass", "false_fail")]
            rows.append(
                f"| {name} ({int(metrics['answers']):,}) | {spec} | " + " | ".join(cells) + " |"
            )
    return rows


def _behaviour_table(found: Mapping[str, Any]) -> list[str]:
    rows = ["| family | cases | holds | on held-out wordings |", "|---|---|---|---|"]
    for family, (cases, share, held_out) in found.items():
        rows.append(f"| {family} | {cases} | {_percent(share)} | {_percent(held_out)} |")
    return rows


def _kind_table(kinds: Mapping[str, Any]) -> list[str]:
    rows = [
        "| kind of answer | answers | passed where the raters failed it | failed where they passed it |",
        "|---|---|---|---|",
    ]
    for kind, (answers, false_pass, false_fail) in sorted(kinds.items()):
        shown = kind.replace("-", " ")
        rows.append(f"| {shown} | {answers} | {_percent(false_pass)} | {_percent(false_fail)} |")
    return rows


def _percent(value: float | None) -> str:
    return NONE if value is None else f"{value:.0%}"


def _plain(value: float | None) -> str:
    return NONE if value is None else f"{round(value, 2) + 0.0:.2f}"


def fill(text: str, figures: Mapping[str, Any]) -> str:
    """The text with what the figures say between its marks. KeyError for a mark that is not known."""
    made = texts(figures)
    return re.sub(
        r"(<!-- figures: ([a-z]+) -->\n).*?(\n<!-- end -->)",
        lambda match: match[1] + made[match[2]] + match[3],
        text,
        flags=re.DOTALL,
    )


def main(words: list[str]) -> None:
    """Write the file, then the texts."""
    kept = json.loads(FILE.read_text("utf-8")) if words == ["fill"] else {"measured": measured()}
    figures = {"counted": counted(), "measured": kept["measured"]}
    FILE.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    for path in TEXTS:
        path.write_text(fill(path.read_text("utf-8"), figures), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
