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
from interviewer.common.text import one_line, plural, printable

_HINT = "A promptfoo file has 'tests', an autorubric file a 'prompt' and 'rubric'; or list questions with answers."
_QUESTION = ("question", "prompt", "query", "input", "q", "front", "problem", "term")
_ANSWER = (
    "answer",
    "reference",
    "expected",
    "reference_submission",
    "expected_answer",
    "model_answer",
    "ideal",
    "solution",
    "a",
    "back",
    "response",
    "definition",
)
_SECTION = ("section", "topic", "category", "metric", "deck", "chapter", "tag")
_NAME = ("name", "title", "section", "topic", "category")
_KNOWN = {*_QUESTION, *_ANSWER, *_SECTION, "id", "number", "answers", "references"}
_NO_CONTENT = re.compile(
    r"^(?:_?id|uuid|guid|slug|url|link|source|difficulty|level|tags?|created|updated|modified|date|author)",
    re.I,
)
"""Fields about a question rather than of it, of which nothing is said."""
_DEEPEST = 8
_SHELLS = {"data", "questions", "cards", "items", "meta", "content", "results"}
"""Fields that hold a list and name no section."""
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
            held = _text(data, *_QUESTION) or {"rubric", "criteria", "items"} & set(data)
            if held and not any(isinstance(data.get(key), list) for key in ("questions", "cards")):
                self._rubric(data)
            elif not self._search(data, ()):
                why = "no question in it"
                self._miss((), _text(data, "name", "description") or ", ".join(map(str, data)), why)
        elif isinstance(data, list):
            tests = any(
                isinstance(row, dict) and ("assert" in row or "vars" in row) for row in data
            )
            (self._tests if tests else self._rows)(data, ())
        else:
            self._miss((), str(data), "neither tests nor rubrics nor questions")

    def _search(
        self, data: Mapping[str, Any], at: Path_, section: str = "", depth: int = 0
    ) -> bool:
        """Read the lists of questions that stand anywhere in it; whether there is one. section: by the name of
        what holds them."""
        pairs = [(k, v) for k, v in data.items() if isinstance(v, str) and "?" in str(k)]
        found = len(pairs) > 1
        for key, value in pairs if found else ():
            self._add((*at, key), str(key), _texts({"answer": value}, ("answer",)), section=section)
        for key, value in data.items():
            here: Path_ = (*at, key)
            if isinstance(value, dict) and depth < _DEEPEST:
                name = section if key in _SHELLS else str(key)
                found |= self._search(value, here, _text(value, *_NAME) or name, depth + 1)
            elif not isinstance(value, list) or not any(isinstance(row, dict) for row in value):
                continue
            elif any(_is_question(row) for row in value):
                self._rows(value, here, section)
                found = True
            elif depth < _DEEPEST:
                for index, row in enumerate(value):
                    if isinstance(row, dict):
                        found |= self._search(row, (*here, index), _text(row, *_NAME), depth + 1)
        return found

    def _rows(self, rows: Sequence[Any], at: Path_, section: str = "") -> None:
        left: dict[str, list[int]] = {}
        for index, row in enumerate(map(_lowered, rows)):
            here: Path_ = (*at, index)
            if not isinstance(row, dict):
                self._miss(here, str(row), "not a question with an answer")
            elif "rubric" in row or "criteria" in row:
                self._rubric(row, here)
            elif prompt := _text(row, *_QUESTION):
                for key in row:
                    if key not in _KNOWN and row[key] and not _NO_CONTENT.match(key):
                        left.setdefault(key, []).append(index)
                self._add(
                    here,
                    prompt,
                    self._answers(here, row),
                    section=_text(row, *_SECTION) or section,
                    number=_text(row, "id", "number"),
                )
            else:
                self._miss(here, str(row), "no question in it")
        for key, places in left.items():
            first = rows[places[0]]
            own = next((str(name) for name in first if str(name).strip().casefold() == key), key)
            times = plural(len(places), "time")
            why = f"the field '{one_line(own, 40)}' is not taken over, {times}"
            self._miss((*at, places[0]), _shown(first, key), why)

    def _answers(self, at: Path_, row: Mapping[str, Any]) -> tuple[str, ...]:
        """What answers the question of that row: a list under "answer" is one answer in several points."""
        out: list[str] = []
        for name in (*_ANSWER, "answers", "references"):
            value = row.get(name)
            if isinstance(value, dict):
                texts = sorted(_texts(value, tuple(value)), key=len, reverse=True)
                out += texts[:1]
                for text in texts[1:]:
                    self._miss(at, text, f"a shorter text under '{name}'")
            elif isinstance(value, list) and name in {"answer", "a", "back", "solution"}:
                texts = list(_texts(row, (name,)))
                out += texts if len(texts) < 2 else ["\n".join(f"- {text}" for text in texts)]
            else:
                out += _texts(row, (name,))
        return tuple(out)

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


def _lowered(row: Any) -> Any:
    """The row with its fields by small letters."""
    return {str(k).strip().casefold(): v for k, v in row.items()} if isinstance(row, dict) else row


def _is_question(row: Any) -> bool:
    held = _lowered(row)
    return isinstance(held, dict) and (
        bool(_text(held, *_QUESTION)) or bool({"rubric", "criteria"} & set(held))
    )


def _shown(row: Mapping[str, Any], key: str) -> str:
    held = _lowered(row).get(key)
    return held if isinstance(held, str) else str(held)


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
