"""Rubrics of other programs: promptfoo, autorubric, and plain lists of question and answer.

promptfoo: `tests` with `vars` and `assert` (https://promptfoo.dev/docs/configuration/expected-outputs).
autorubric: a prompt with criteria of `requirement` and `weight`, those below zero being errors.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from interviewer.bank.importing.documents import (
    MOST_QUESTIONS,
    QUOTED,
    Document,
    Heading,
    Missed,
    RawQuestion,
    TooMuch,
    number_of,
)
from interviewer.bank.questions import MOST_CRITERIA, MOST_MISCONCEPTIONS
from interviewer.bank.yaml_source import Path_, Source
from interviewer.common.text import one_line, printable

_HINT = "A promptfoo file has 'tests', an autorubric file a 'prompt' and 'rubric'; or list questions with answers."
_QUESTION = ("question", "prompt", "query", "input", "q", "front", "problem")
_ANSWER = (
    "answer",
    "reference",
    "expected",
    "reference_submission",
    "ideal",
    "a",
    "back",
    "response",
)
_SECTION = ("section", "topic", "category", "metric")
_STATED = {"llm-rubric", "model-graded-closedqa", "g-eval", "search-rubric", "agent-rubric", "pi"}
_REFERENCE = {
    "factuality",
    "model-graded-factuality",
    "equals",
    "similar",
    "answer-equals",
    "rouge-n",
    "bleu",
}
_VARIABLE = re.compile(r"\{\{-?\s*([\w.]+)[^{}]{0,80}\}\}")


def read_rubrics(path: Path, text: str) -> Document:
    """What is found in the file. Raises TooMuch, and BankError with the line for one that is damaged."""
    source = (
        _Lined(path, text) if path.suffix.lower() == ".jsonl" else Source(path, text, hint=_HINT)
    )
    reader = _RubricReader(source)
    reader.read(source.data)
    return reader.document()


class _Lined:
    """JSON lines as one list, each line with its place."""

    def __init__(self, path: Path, text: str):
        self.data: list[Any] = []
        self.lines: dict[Path_, int] = {}
        for at, line in enumerate(text.split("\n"), start=1):
            if not line.strip():
                continue
            self.lines[(len(self.data),)] = at
            try:
                self.data.append(json.loads(line))
            except (ValueError, RecursionError) as error:
                raise TooMuch(at, f"{path.name} is not JSON: a line cannot be read") from error
            if len(self.data) > MOST_QUESTIONS:
                raise TooMuch(at, f"the document has more than {MOST_QUESTIONS:,} questions")


class _RubricReader:
    """Collects questions from whichever of the formats a file has."""

    def __init__(self, source: Source | _Lined):
        self.lines = source.lines
        self.title = ""
        self.asked: list[RawQuestion] = []
        self.missed: list[Missed] = []
        self.parts: dict[str, Heading] = {}

    def document(self) -> Document:
        return Document(
            title=self.title, asked=tuple(self.asked), missed=tuple(self.missed),
            parts=tuple(self.parts.values()),
        )  # fmt: skip

    def read(self, data: Any) -> None:
        if isinstance(data, dict):
            self.title = one_line(_text(data, "title", "name") or _text(data, "description"), 200)
            if "tests" in data or "scenarios" in data:
                self._promptfoo(data)
                return
            rows = data.get("questions") or data.get("cards")
            if isinstance(rows, list):
                self._rows(rows, ("questions" if data.get("questions") else "cards",))
                return
            self._rubric(data)
        elif isinstance(data, list):
            tests = any(
                isinstance(row, dict) and ("assert" in row or "vars" in row) for row in data
            )
            (self._tests if tests else self._rows)(data, ())
        else:
            self._miss((), str(data), "neither tests nor rubrics nor questions")

    def _rows(self, rows: Sequence[Any], at: Path_) -> None:
        for index, row in enumerate(rows):
            here: Path_ = (*at, index)
            if not isinstance(row, dict):
                self._miss(here, str(row), "not a question with an answer")
            elif "rubric" in row or "criteria" in row:
                self._rubric(row, here)
            elif prompt := _text(row, *_QUESTION):
                self._add(
                    here,
                    prompt,
                    _texts(row, _ANSWER),
                    section=_text(row, *_SECTION),
                    number=_text(row, "id", "number"),
                )
            else:
                self._miss(here, str(row), "no question in it")

    def _promptfoo(self, data: Mapping[str, Any]) -> None:
        prompts = data.get("prompts")
        first = prompts[0] if isinstance(prompts, list) and prompts else prompts
        template = first if isinstance(first, str) and "{{" in first else ""
        tests = data.get("tests")
        if isinstance(tests, list):
            self._tests(tests, ("tests",), template)
        else:
            self._miss(
                ("tests",), str(tests), "tests in another file are not followed: import that one"
            )
        if "scenarios" in data:
            self._miss(("scenarios",), "scenarios", "scenarios are not read")

    def _tests(self, tests: Sequence[Any], at: Path_, template: str = "") -> None:
        for index, test in enumerate(tests):
            here: Path_ = (*at, index)
            if not isinstance(test, dict):
                self._miss(
                    here, str(test), "tests in another file are not followed: import that one"
                )
                continue
            told = test.get("vars")
            given = (
                {str(k): v for k, v in told.items() if isinstance(v, str)}
                if isinstance(told, dict)
                else {}
            )
            prompt = _text(given, *_QUESTION)
            if not prompt and template:
                prompt = _VARIABLE.sub(lambda m: given.get(m[1], m[0]), template)  # noqa: B023 - used at once
            if not prompt:
                prompt = (
                    next(iter(given.values()), "")
                    if len(given) == 1
                    else _text(test, "description")
                )
            asserts = test.get("assert")
            found = self._asserts(asserts if isinstance(asserts, list) else [], (*here, "assert"))
            self._add(here, prompt, (*_texts(given, _ANSWER), *found.pop("answers")), **found)

    def _asserts(self, asserts: Sequence[Any], at: Path_) -> dict[str, Any]:
        answers: list[str] = []
        points: list[tuple[str, float]] = []
        wrong: list[str] = []
        enough: list[tuple[int, tuple[int, ...]]] = []
        for index, row in enumerate(asserts):
            kind = _text(row, "type") if isinstance(row, dict) else ""
            value = row.get("value") if isinstance(row, dict) else None
            values = (
                [v for v in value if isinstance(v, str)] if isinstance(value, list) else [value]
            )
            texts = [printable(v).strip() for v in values if isinstance(v, str) and v.strip()]
            if not texts or any(t.startswith(("file://", "package:")) for t in texts):
                self._miss((*at, index), kind or str(row), "an assertion without a text of its own")
                continue
            weight = _weight(row)
            bare = kind.removeprefix("not-").removeprefix("i")
            if kind in _REFERENCE:
                answers += texts
            elif kind in _STATED:
                points += [(t, weight) for t in texts]
            elif kind.startswith("not-") and (bare.startswith("contains") or bare in _STATED):
                wrong += texts
            elif bare in {"contains", "contains-all", "contains-any", "contains-some"}:
                if bare == "contains-any" and len(texts) > 1:
                    enough.append((1, tuple(range(len(points), len(points) + len(texts)))))
                points += [(t, weight) for t in texts]
            else:
                self._miss(
                    (*at, index),
                    kind or str(row),
                    "an assertion of a kind that no answer in words can be held to",
                )
        return {
            "answers": tuple(answers),
            "points": points,
            "wrong": wrong,
            "enough": tuple(enough),
        }

    def _rubric(self, data: Mapping[str, Any], at: Path_ = ()) -> None:
        """An autorubric file: one prompt with a rubric, or items with a prompt and a rubric each."""
        prompt = _text(data, *_QUESTION)
        answers = _texts(data, _ANSWER)
        points, wrong = self._criteria(data, at)
        items = data.get("items")
        own = 0
        for index, item in enumerate(items if isinstance(items, list) else []):
            if isinstance(item, dict) and _text(item, *_QUESTION):
                here: Path_ = (*at, "items", index)
                mine, bad = self._criteria(item, here)
                self._add(
                    here,
                    _text(item, *_QUESTION),
                    _texts(item, _ANSWER),
                    points=mine or points,
                    wrong=bad or wrong,
                )
                own += 1
        if prompt and (points or answers):
            self._add(at, prompt, answers, points=points, wrong=wrong)
        elif not own:
            why = (
                "criteria without a question: there is no 'prompt'"
                if points
                else "no question in it"
            )
            self._miss(at, _text(data, "name", "description") or ", ".join(map(str, data)), why)

    def _criteria(
        self, data: Mapping[str, Any], at: Path_
    ) -> tuple[list[tuple[str, float]], list[str]]:
        key = "rubric" if "rubric" in data else "criteria"
        held = data.get(key)
        where: Path_ = (*at, key)
        if isinstance(held, dict):
            inner = "criteria" if "criteria" in held else "rubric"
            where, held = (*where, inner), held.get(inner)
        points: list[tuple[str, float]] = []
        wrong: list[str] = []
        for index, row in enumerate(held if isinstance(held, list) else []):
            said = (
                _text(row, "requirement", "statement", "text", "description", "name")
                if isinstance(row, dict)
                else str(row)
            )
            if not said:
                self._miss((*where, index), str(row), "a criterion without a requirement")
                continue
            if isinstance(row, dict) and row.get("options"):
                self._miss((*where, index), said, "its scale was not taken over: it is met or not")
            weight = _weight(row) if isinstance(row, dict) else 1.0
            if weight < 0:
                wrong.append(said)
            elif weight > 0:
                points.append((said, weight))
        return points, wrong

    def _add(
        self, at: Path_, prompt: str, answers: tuple[str, ...], *, section: str = "", number: str = "",
        points: Sequence[tuple[str, float]] = (), wrong: Sequence[str] = (),
        enough: tuple[tuple[int, tuple[int, ...]], ...] = (),
    ) -> None:  # fmt: skip
        prompt = one_line(prompt)
        if not prompt or not (answers or points):
            self._miss(
                at, prompt, "a question without an answer" if prompt else "no question in it"
            )
            return
        for what, held, most in (
            ("criteria", points, MOST_CRITERIA),
            ("errors", wrong, MOST_MISCONCEPTIONS),
        ):
            if len(held) > most:
                self._miss(at, prompt, f"holds {len(held)} {what}: the first {most} were taken")
        if len(self.asked) == MOST_QUESTIONS:
            raise TooMuch(
                self._line(at), f"the document has more than {MOST_QUESTIONS:,} questions"
            )
        if section and section not in self.parts:
            self.parts[section] = Heading(title=one_line(section, 80), line=self._line(at))
        self.asked.append(
            RawQuestion(
                line=self._line(at), number=number_of(number), prompt=prompt, answers=answers,
                points=tuple(points), wrong=tuple(wrong), enough=enough,
                part=list(self.parts).index(section) if section else None,
            )
        )  # fmt: skip

    def _line(self, at: Path_) -> int:
        while at and at not in self.lines:
            at = at[:-1]
        return self.lines.get(at, 1)

    def _miss(self, at: Path_, text: str, why: str) -> None:
        self.missed.append(Missed(line=self._line(at), text=one_line(text, QUOTED), why=why))


def _text(data: Mapping[str, Any], *names: str) -> str:
    """The first of those values that is a text."""
    for name in names:
        value = data.get(name)
        if isinstance(value, str) and printable(value).strip():
            return printable(value).strip()
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    return ""


def _texts(data: Mapping[str, Any], names: Sequence[str]) -> tuple[str, ...]:
    return tuple(_each(data, names))


def _each(data: Mapping[str, Any], names: Sequence[str]) -> Iterator[str]:
    for name in names:
        value = data.get(name)
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and printable(text).strip():
                yield printable(text).strip()


def _weight(row: Mapping[str, Any]) -> float:
    try:
        value = float(row.get("weight", 1.0))
    except (TypeError, ValueError):
        return 1.0
    return value if abs(value) < 1e6 else 1.0
