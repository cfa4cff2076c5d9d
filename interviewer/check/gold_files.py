"""Answers graded by people, from JSON lines; every error with its file and line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from interviewer.agreement.gold_answers import GoldAnswer, GoldSet, Rating, gold_id
from interviewer.bank.questions import Bank, Question
from interviewer.common import files, json_text
from interviewer.common.base import problem
from interviewer.errors import GoldError, Where
from interviewer.grading import scoring

GOLD_NAME = "gold.jsonl"
MAX_BYTES = 256_000_000
KEYS = ("id", "question", "answer", "score", "passed", "kind", "rater", "verdicts",
        "misconceptions", "held_out", "raters", "first", "second")  # fmt: skip
_LONG_KEY = 40
_HINT = (
    'A row is {"question": number, "answer", "score": 0..1} and optionally "id", "passed", "kind",'
    ' "rater", "verdicts", "misconceptions", "held_out", "raters".'
)


def rows_of(path: Path) -> Iterator[tuple[Where, dict[str, Any]]]:
    """The objects of a JSON-lines file with their places; blank lines are passed over."""
    hint = "Check the name given with --gold."
    text = files.read_text(path, MAX_BYTES, GoldError, hint=hint)
    # Not splitlines(): U+2028 and the like may stand inside a JSON string.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = Where(str(path), number)
        try:
            row = json_text.loads(line)
        except ValueError as error:
            raise GoldError(f"not valid JSON: {error}", where=where, hint=_HINT) from error
        if not isinstance(row, dict):
            raise GoldError("a line must hold one JSON object", where=where, hint=_HINT)
        yield where, row


def load_gold(path: Path, bank: Bank, name: str = "gold") -> tuple[GoldSet, ...]:
    """The gold answers to that bank's questions.

    Where rows are marked as held out there are two sets, "NAME (tuned)" and "NAME (held-out)".
    Unknown keys are passed over unless they look like a misspelt one. Raises GoldError.
    """
    answers = unique((where, _answer_in(where, row, bank)) for where, row in rows_of(path))
    if not answers:
        raise GoldError("the file holds no answers", where=Where(str(path)), hint=_HINT)
    return split_sets(name, bank, answers)


def split_sets(name: str, bank: Bank, answers: Iterable[GoldAnswer]) -> tuple[GoldSet, ...]:
    """One set, or two where some answers are held out."""
    held: list[GoldAnswer] = []
    tuned: list[GoldAnswer] = []
    for answer in answers:
        (held if answer.held_out else tuned).append(answer)
    out = []
    if tuned:
        label = f"{name} (tuned)" if held else name
        out.append(GoldSet(name=label, bank=bank, answers=tuple(tuned)))
    if held:
        label = f"{name} (held-out)"
        out.append(GoldSet(name=label, bank=bank, answers=tuple(held), held_out=True))
    return tuple(out)


def unique(found: Iterable[tuple[Where, GoldAnswer]]) -> list[GoldAnswer]:
    """The answers; GoldError where an id stands twice."""
    places: dict[str, Where] = {}
    out = []
    for where, answer in found:
        if answer.id in places:
            raise GoldError(
                f"the id '{answer.id}' stands twice, here and at {places[answer.id]}",
                where=where,
                hint="Give each answer an id of its own.",
            )
        places[answer.id] = where
        out.append(answer)
    return out


def _answer_in(where: Where, row: dict[str, Any], bank: Bank) -> GoldAnswer:
    """One row, checked against the question it is for."""
    for key in row:
        close = (
            ()
            if key in KEYS or len(key) > _LONG_KEY
            else difflib.get_close_matches(key, KEYS, n=1, cutoff=0.8)
        )
        if close:
            raise GoldError(
                f"there is no key '{key}'", where=where, hint=f"Did you mean '{close[0]}'?"
            )
    data = {key: value for key, value in row.items() if key in KEYS and key != "raters"}
    if data.get("id") is None and type(asked := row.get("question")) is int:
        data["id"] = gold_id(asked, str(row.get("answer")))
    data |= _raters(where, row.get("raters"))
    answer = validated(where, {key: value for key, value in data.items() if value is not None})
    if answer.question not in bank:
        raise GoldError(
            f"'{answer.id}' is for question {answer.question}, which the bank '{bank.id}' lacks",
            where=where,
            hint="'interviewer bank show' lists the questions; --bank chooses another bank.",
        )
    question = bank.question(answer.question)
    _check_ids(where, question, answer)
    return answer.model_copy(
        update={
            "first": _scored(question, answer.first),
            "second": _scored(question, answer.second),
        }
    )


def validated(where: Where, data: dict[str, Any]) -> GoldAnswer:
    """The value; GoldError that names the field and the place."""
    try:
        return GoldAnswer.model_validate(data)
    except ValidationError as error:
        raise GoldError(problem(error), where=where, hint=_HINT) from error


def _raters(where: Where, raters: object) -> dict[str, Any]:
    """The first two of {"1": rating, "2": rating}; one alone is held against the settled grade."""
    if raters is None:
        return {}
    if not isinstance(raters, dict) or not all(isinstance(r, dict) for r in raters.values()):
        raise GoldError("'raters' must map names to their ratings", where=where, hint=_HINT)
    kept = ("score", "passed", "verdicts", "misconceptions")
    ratings = [
        {key: rating[key] for key in kept if rating.get(key) is not None}
        for _, rating in sorted(raters.items())
    ]
    if len(ratings) < 2:
        return {"second": ratings[0]} if ratings else {}
    return {"first": ratings[0], "second": ratings[1]}


def _check_ids(where: Where, question: Question, answer: GoldAnswer) -> None:
    criteria = {criterion.id for criterion in question.criteria}
    wrong = {misconception.id for misconception in question.misconceptions}
    for rating in (answer, answer.first, answer.second):
        if rating is None:
            continue
        for claim in rating.verdicts:
            if claim not in criteria:
                raise _unknown(where, question, "criterion", claim, criteria)
        for claim in rating.misconceptions or ():
            if claim not in wrong:
                raise _unknown(where, question, "misconception", claim, wrong)


def _unknown(where: Where, question: Question, what: str, claim: str, known: set[str]) -> GoldError:
    listed = f"It has: {', '.join(sorted(known))}." if known else f"It has no {what}."
    return GoldError(f"question {question.id} has no {what} '{claim}'", where=where, hint=listed)


def _scored(question: Question, rating: Rating | None) -> Rating | None:
    """A rating without a score gets the one its verdicts come to, where they are complete."""
    if rating is None or rating.score is not None:
        return rating
    value = scoring.of_levels(question, rating.verdicts, rating.misconceptions or ())
    return rating.model_copy(update={"score": value})
