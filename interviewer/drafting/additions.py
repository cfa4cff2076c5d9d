"""What a model's reply adds to a question: read leniently, kept only where it stands the checks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from interviewer.answer_text.leaks import given_away
from interviewer.bank import lint
from interviewer.bank.drafts import lines_of
from interviewer.bank.importing import cutting
from interviewer.bank.importing.import_report import NotKept
from interviewer.bank.questions import (
    MOST_MISCONCEPTIONS,
    Criterion,
    Deeper,
    Misconception,
    Probe,
    Question,
)
from interviewer.common.text import one_line
from interviewer.errors import BadReply
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.grading.grades import Verdict

LONGEST = 300
"""Characters of a line that a model adds."""

_MOST = 8
"""Lines of one kind that are looked at."""


def read(text: str) -> Mapping[str, Any]:
    """The reply as data. Raises BadReply for what is no JSON object."""
    start, end = text.find("{"), text.rfind("}")
    try:
        found = json.loads(text[start : end + 1])
    except (ValueError, RecursionError) as error:
        raise BadReply("the reply is not JSON") from error
    if not isinstance(found, dict):
        raise BadReply("the reply is not a JSON object")
    return found


def added(
    question: Question, reply: Mapping[str, Any], grader: Grader, by: str
) -> tuple[Question, list[NotKept]]:
    """The question with what stands the checks, and what does not.

    An accept must be met and a reject unmet by the grader, which sees neither of them written down, and
    with all of them written down the references must still meet what they met before; no reference may
    assert a misconception; a probe, another wording and a deeper question must pass the linter, and the
    answer to a deeper question be one that the question itself has not had.
    """
    made = _Adding(question, grader)
    by_number = reply.get("criteria")
    held = by_number if isinstance(by_number, dict) else {}
    for number, criterion in enumerate(question.criteria, start=1):
        said = held.get(str(number))
        if isinstance(said, dict):
            made.exemplars(criterion, said)
            made.probe(criterion, said.get("probe"))
    made.without_harm()
    made.misconceptions(reply.get("misconceptions"))
    made.again(reply.get("again"))
    made.deeper(reply.get("deeper"))
    known = {(line.at, line.text) for line in lines_of(question)}
    notes = [n.draft(by) for n in lines_of(made.question) if (n.at, n.text) not in known]
    drafts = (*question.drafts, *notes)
    return made.question.model_copy(update={"drafts": drafts}), made.refused


class _Adding:
    """Adds line by line; what is refused is kept with the reason."""

    def __init__(self, question: Question, grader: Grader):
        self.plain = question
        self.question = question
        self.grader = grader
        self.refused: list[NotKept] = []

    def exemplars(self, criterion: Criterion, said: Mapping[str, Any]) -> None:
        at = f"criteria.{criterion.id}"
        sides: dict[str, list[str]] = {
            "accepts": list(criterion.accepts),
            "rejects": list(criterion.rejects),
        }
        taken = {
            criterion.statement.casefold(),
            *(t.casefold() for side in sides.values() for t in side),
        }
        for side, wanted in (("accepts", "met"), ("rejects", "unmet")):
            for text in _texts(said.get(side)):
                level = self._level(criterion, text)
                if text.casefold() in taken:
                    self._refuse(f"{at}.{side}", text, "it stands there already")
                elif level != wanted:
                    self._refuse(f"{at}.{side}", text, f"the grader finds it {level}")
                else:
                    taken.add(text.casefold())
                    sides[side].append(text)
        new = {side: tuple(texts) for side, texts in sides.items()}
        self._put(criterion.model_copy(update=new))

    def without_harm(self) -> None:
        """Take new rejects away again that turn a reference down: they say what is right."""
        for reference in self.plain.references:
            before, after = (self._grade(q, reference) for q in (self.plain, self.question))
            for criterion in self.plain.criteria:
                levels = [g.verdict(criterion.id) for g in (before, after)]
                if [isinstance(v, Verdict) and v.level == "met" for v in levels] == [True, False]:
                    self._take_back(criterion)

    def _take_back(self, criterion: Criterion) -> None:
        new = self.question.criterion(criterion.id)
        for text in new.rejects:
            if text not in criterion.rejects:
                self._refuse(
                    f"criteria.{criterion.id}.rejects",
                    text,
                    "with it the model answer is turned down",
                )
        self._put(new.model_copy(update={"rejects": criterion.rejects}))

    def _put(self, new: Criterion) -> None:
        criteria = tuple(new if c.id == new.id else c for c in self.question.criteria)
        self.question = self.question.model_copy(update={"criteria": criteria})

    def probe(self, criterion: Criterion, said: object) -> None:
        at = f"probes.{criterion.id}"
        for text in _texts(said):
            if self.question.quick_fire:
                self._refuse(at, text, "a quick-fire question has no probes")
            elif why := self._unfit(text, [criterion]):
                self._refuse(at, text, why)
            else:
                probes = (*self.question.probes, Probe(criterion=criterion.id, text=text))
                self.question = self.question.model_copy(update={"probes": probes})

    def misconceptions(self, said: object) -> None:
        for text in _texts(said):
            held = self.question.misconceptions
            ids = [c.id for c in (*self.question.criteria, *held)]
            wrong = Misconception(id=cutting.named([text], ids)[0], statement=text)
            at = f"misconceptions.{wrong.id}"
            grade = self._grade(self.plain, text)
            alone = self.plain.model_copy(update={"misconceptions": (wrong,)})
            if len(held) == MOST_MISCONCEPTIONS:
                self._refuse(at, text, "there are as many as a question may have")
            elif any(v.level == "met" for v in grade.graded):
                self._refuse(at, text, "the grader takes it for a criterion")
            elif any(self._grade(alone, r).asserted for r in self.plain.references):
                self._refuse(at, text, "the grader finds it in the model answer")
            else:
                self.question = self.question.model_copy(update={"misconceptions": (*held, wrong)})

    def again(self, said: object) -> None:
        for text in _texts(said)[:1]:
            if self.question.again is not None or text.casefold() == self.plain.prompt.casefold():
                self._refuse("again", text, "it stands there already")
            elif why := self._unfit(text, self.plain.criteria, probe=False):
                self._refuse("again", text, why)
            else:
                self.question = self.question.model_copy(update={"again": text})

    def deeper(self, said: object) -> None:
        found = said if isinstance(said, dict) else {}
        for prompt in _texts(found.get("prompt")):
            answers = _texts(found.get("answer"))
            claims = cutting.cut(prompt, answers[0]).claims if answers else ()
            if self.question.deeper is not None or self.question.quick_fire or not claims:
                self._refuse("deeper", prompt, "it has no answer, or none is asked for here")
                continue
            criteria = tuple(
                Criterion(id=c.id, statement=c.statement, weight=c.weight) for c in claims
            )
            made = Deeper(prompt=prompt, references=(answers[0],), criteria=criteria)
            with_it = self.question.model_copy(update={"deeper": made})
            if why := self._not_deeper(with_it, answers[0]):
                self._refuse("deeper", prompt, why)
            else:
                self.question = with_it

    def _not_deeper(self, with_it: Question, answer: str) -> str:
        """Why that is no deeper question; "" where it is one."""
        asked = with_it.further()
        if asked is None:
            return "the number of the question leaves no room for one"
        if not asked.prompt.endswith("?"):
            return "it is no question"
        if asked.prompt.casefold() == self.plain.prompt.casefold():
            return "it is the question itself"
        for criterion in asked.criteria:
            if given := given_away(asked.prompt, criterion.statement, [self.plain.prompt]):
                return f"it gives its answer away: {', '.join(given)}"
        if any(self._grade(asked, r).all_met for r in self.plain.references):
            return "the model answer answers it already"
        if not self._grade(asked, answer).all_met:
            return "the grader does not find its answer in what answers it"
        return ""

    def _unfit(self, text: str, criteria: Sequence[Criterion], *, probe: bool = True) -> str:
        """Why the linter would not have that question; "" where it would."""
        if not text.endswith("?") or text.count("?") > 1:
            return "it is not one question"
        if probe and len(text.split()) > lint.PROBE_WORDS:
            return f"it has over {lint.PROBE_WORDS} words"
        for criterion in criteria:
            if given := given_away(text, criterion.statement, [self.plain.prompt]):
                return f"it gives '{criterion.id}' away: {', '.join(given)}"
        return ""

    def _level(self, criterion: Criterion, text: str) -> str:
        outcome = self._grade(self.plain, text).verdict(criterion.id)
        return outcome.level if isinstance(outcome, Verdict) else "ungraded"

    def _grade(self, question: Question, text: str) -> Any:
        return self.grader.grade(GradeRequest(question, text, question.prompt))

    def _refuse(self, line: str, text: str, why: str) -> None:
        self.refused.append(NotKept(question=self.plain.id, line=line, text=text, why=why))


def _texts(value: object) -> list[str]:
    """The texts in what a model gave for one or several, on a line each and none beyond bounds."""
    return list(dict.fromkeys(_each(value)))[:_MOST]


def _each(value: object) -> Iterator[str]:
    for text in value if isinstance(value, list) else [value]:
        if isinstance(text, str) and 0 < len(line := one_line(text)) <= LONGEST:
            yield line
