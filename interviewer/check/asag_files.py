"""Short-answer grading sets from elsewhere: rows that carry their question and its reference.

A row is {"id", "qid", "question", "reference" (text or list), "answer", "score", "max_score"} and
optionally "label", "rater_scores" and "rubric" [{"id", "text", "points", "met", "met_raters"}].
Every question becomes one of a bank made for the set: the first reference (or each rubric item) is
a criterion, further references are accepts, and there are no other exemplars.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from interviewer.agreement.gold_answers import GoldAnswer, GoldSet
from interviewer.bank.questions import Bank, Criterion, Question, Section
from interviewer.check.gold_files import rows_of, split_sets, unique, validated
from interviewer.check.splits import kept_back
from interviewer.common.base import problem
from interviewer.errors import GoldError, UsageError, Where
from interviewer.grading.grades import Level

SETS = ("scientsbank", "beetle", "saf", "physics")
SECTION = "all"
_HINT = (
    'A row is {"id", "question": text, "reference": text, "answer", "score", "max_score"};'
    " docs/bank-format.md says more."
)
_LABELS: dict[str, Level] = {
    "correct": "met",
    "partially correct": "partial",
    "partially_correct": "partial",
    "incorrect": "unmet",
}


def set_files(name: str, folder: Path) -> list[Path]:
    """The files of that set in the folder: "saf" is every saf*.jsonl. UsageError without any."""
    found = sorted(folder.glob(f"{name}*.jsonl"))
    if not found:
        raise UsageError(
            f"there is no {name}*.jsonl in {folder}",
            hint="--asag FOLDER says where the sets are.",
        )
    return found


def looks_external(path: Path) -> bool:
    """Whether the rows of the file bring their own question and reference."""
    return any("reference" in row or "rubric" in row for _, row in _first(path))


def _first(path: Path) -> list[tuple[Where, dict[str, Any]]]:
    return [row for _, row in zip(range(1), rows_of(path), strict=False)]


def load_set(name: str, files: Sequence[Path]) -> tuple[GoldSet, ...]:
    """The answers of those files under one name. Held out are those of split "test" and, in the sets
    that are known here, those to questions that trained nothing.

    Scores are divided by max_score. Raises GoldError with file and line.
    """
    questions: dict[str, Question] = {}
    found = []
    for path in files:
        for where, row in rows_of(path):
            _check_shape(where, row)
            question = _question(where, row, questions)
            found.append((where, _answer(where, row, question, held_out=_held_out(name, row))))
    answers = unique(found)
    if not answers:
        raise GoldError("the set holds no answers", where=Where(str(files[0])))
    bank = Bank(
        id=re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:64] or "set",
        version="1",
        title=name,
        sections=(Section(id=SECTION, title=name),),
        questions=tuple(questions.values()),
    )
    return split_sets(name, bank, answers)


def _check_shape(where: Where, row: dict[str, Any]) -> None:
    """Raises GoldError where a part of the row is of another kind than those who read it expect."""

    def is_text(value: object) -> bool:
        return isinstance(value, str)

    reference, rubric, scores = (row.get(k) for k in ("reference", "rubric", "rater_scores"))
    listed = reference if isinstance(reference, list) else [reference or ""]
    label = row.get("label")
    labels = list(label.values()) if isinstance(label, dict) else [label]
    fits = {
        "question": is_text(row.get("question")),
        "reference": all(map(is_text, listed)),
        "rubric": not rubric
        or (
            isinstance(rubric, list)
            and all(isinstance(i, dict) and is_text(i.get("text")) for i in rubric)
            and all(isinstance(i.get("id", ""), str | int) for i in rubric)
        ),
        "rater_scores": scores is None or isinstance(scores, list),
        "label": all(value is None or isinstance(value, str | int) for value in labels),
    }
    if wrong := [key for key, fit in fits.items() if not fit]:
        raise GoldError(f"'{wrong[0]}' is missing or no such thing", where=where, hint=_HINT)


def _question(where: Where, row: dict[str, Any], known: dict[str, Question]) -> Question:
    """The question of the row, the same one for the same content."""
    references = _references(row)
    rubric = row.get("rubric") or []
    try:
        if rubric:
            criteria = [
                Criterion(
                    id=_item_id(item), statement=item["text"], weight=item.get("points") or 1.0
                )
                for item in rubric
            ]
        else:
            accepts = tuple(dict.fromkeys(references[1:]))
            criteria = [Criterion(id="reference", statement=references[0], accepts=accepts)]
        question = Question(
            id=len(known) + 1,
            section=SECTION,
            prompt=row["question"],
            kind="definition",
            references=tuple(references),
            criteria=tuple(criteria),
        )
    except ValidationError as error:
        raise GoldError(
            f"no question can be made of it: {problem(error)}", where=where, hint=_HINT
        ) from error
    except IndexError as error:
        raise GoldError("'reference' is missing", where=where, hint=_HINT) from error
    key = f"{row.get('qid')} {question.model_copy(update={'id': 1}).content_digest()}"
    return known.setdefault(key, question)


def _references(row: dict[str, Any]) -> list[str]:
    reference = row.get("reference")
    if isinstance(reference, list):
        return [text for text in reference if text.strip()]
    if reference:
        return [str(reference)]
    return [" ".join(str(item.get("text", "")) for item in row.get("rubric") or [])]


def _item_id(item: dict[str, Any]) -> str:
    return "item-" + (re.sub(r"[^a-z0-9]+", "-", str(item.get("id", "")).lower()).strip("-") or "x")


def _answer(where: Where, row: dict[str, Any], question: Question, *, held_out: bool) -> GoldAnswer:
    label = _label(row)
    data = {
        "id": row.get("id"),
        "question": question.id,
        "answer": row.get("answer"),
        "score": _share(where, row, row.get("score")),
        "kind": label,
        "rater": str(row.get("dataset", "")),
        "verdicts": _verdicts(row, label),
        "held_out": held_out,
    } | _ratings(where, row)
    return validated(where, {key: value for key, value in data.items() if value is not None})


def _held_out(of_set: str, row: dict[str, Any]) -> bool:
    return row.get("split") == "test" or (of_set in SETS and kept_back(of_set, str(row.get("qid"))))


def _share(where: Where, row: dict[str, Any], score: object) -> float | None:
    """The score as a share of max_score, in [0, 1]."""
    if score is None:
        return None
    try:
        best = float(str(row.get("max_score") or 1.0))
        share = float(str(score)) / best
    except (ValueError, ZeroDivisionError) as error:
        raise GoldError("'score' and 'max_score' must be numbers", where=where) from error
    if not math.isfinite(best) or not -1e-9 <= share <= 1.0 + 1e-9:
        raise GoldError(f"the score {score} is not between 0 and {best:g}", where=where)
    return min(1.0, max(0.0, share))


def _label(row: dict[str, Any]) -> str:
    """The finest label there is, as the kind of answer."""
    label = row.get("label")
    if isinstance(label, dict):
        label = label.get("5way") or label.get("3way") or label.get("2way")
    return str(label or "").lower()


def _verdicts(row: dict[str, Any], label: str) -> dict[str, Level]:
    """Per-criterion truth; an item the raters differ on has none."""
    rubric = row.get("rubric") or []
    if rubric:
        levels = {_item_id(item): _level(item.get("met")) for item in rubric}
        return {claim: level for claim, level in levels.items() if level is not None}
    labels = row.get("label")
    coarse = str(labels.get("2way", "")).lower() if isinstance(labels, dict) else label
    return {"reference": _LABELS[coarse]} if coarse in _LABELS else {}


def _level(met: object) -> Level | None:
    return None if met is None else "met" if met else "unmet"


def _ratings(where: Where, row: dict[str, Any]) -> dict[str, Any]:
    """The first two raters, where two are given."""
    scores = row.get("rater_scores")
    if not isinstance(scores, list) or len(scores) < 2:
        return {}
    out = {}
    for index, name in enumerate(("first", "second")):
        verdicts = {}
        for item in row.get("rubric") or []:
            each = item.get("met_raters")
            level = _level(each[index]) if isinstance(each, list) and len(each) > index else None
            if level is not None:
                verdicts[_item_id(item)] = level
        out[name] = {"score": _share(where, row, scores[index]), "verdicts": verdicts}
    return out
