"""A question bank: what is asked, what counts as an answer, and what the counts mean."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field, StringConstraints, model_validator

from interviewer.common.base import IsNumber, Slug, Text, Value
from interviewer.common.ranges import MAX_NUMBER
from interviewer.common.text import letter

QuestionKind = Literal["definition", "formula", "list", "contrast", "why", "quick-fire"]
QuestionId = Annotated[int, Field(ge=1, le=MAX_NUMBER), IsNumber]
MAX_WEIGHT = 1000.0
MOST_CRITERIA = 15
MOST_MISCONCEPTIONS = 8
"""Whoever grades looks at every way in which the claims of a question may come out together."""
FURTHER = 90_000
"""What the number of a question and that of its deeper question differ by."""


def _is_empty(value: tuple[object, ...]) -> bool:
    # A question without them keeps the digest it had before there were any.
    return not value


def _repeated(items: Iterable[object]) -> list[object]:
    return [item for item, count in Counter(items).items() if count > 1]


class Claim(Value):
    """One checkable statement.

    `accepts` are other ways to assert it; `rejects` are statements near it that do not.
    """

    id: Slug
    statement: Text
    accepts: tuple[Text, ...] = ()
    rejects: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _sides_are_disjoint(self) -> Self:
        both = {a.casefold() for a in self.accepts} & {r.casefold() for r in self.rejects}
        if both:
            raise ValueError(f"'{min(both)}' stands in both accepts and rejects of '{self.id}'")
        return self

    def bare(self) -> Self:
        """The same claim without its exemplars."""
        return self.model_copy(update={"accepts": (), "rejects": ()})


class Criterion(Claim):
    """A statement that earns `weight` (in (0, 1000], relative to its question) when asserted.

    settle: a short question whose reply tells whether it was meant; None where there is none.
    """

    weight: Annotated[float, Field(gt=0, le=MAX_WEIGHT, allow_inf_nan=False), IsNumber] = 1.0
    settle: Text | None = None

    def bare(self) -> Self:
        """The same criterion without its exemplars and the question that settles it."""
        return super().bare().model_copy(update={"settle": None})


class Misconception(Claim):
    """A wrong statement that costs the share `cost` of the question's score when asserted."""

    cost: Annotated[float, Field(gt=0, le=1), IsNumber] = 0.25


class Probe(Value):
    """A written follow-up that leads to one criterion."""

    criterion: Slug
    text: Text


def _ids_differ(claims: Iterable[Claim]) -> None:
    if repeated := _repeated(claim.id for claim in claims):
        raise ValueError(f"the id '{repeated[0]}' is used twice")


class Deeper(Value):
    """A further question for whoever answered in full, outside tiers and aims. again: it in other words."""

    prompt: Text
    again: Text | None = None
    references: Annotated[tuple[Text, ...], Field(min_length=1)]
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1, max_length=MOST_CRITERIA)]

    @model_validator(mode="after")
    def _ids_agree(self) -> Self:
        _ids_differ(self.criteria)
        return self


class Group(Value):
    """Criteria of equal weight of which `enough` are enough: more of them earn nothing further."""

    of: Annotated[tuple[Slug, ...], Field(min_length=2, max_length=MOST_CRITERIA)]
    enough: Annotated[int, Field(ge=1), IsNumber] = 1

    @model_validator(mode="after")
    def _is_a_choice(self) -> Self:
        if repeated := _repeated(self.of):
            raise ValueError(f"a group names '{repeated[0]}' twice")
        if self.enough >= len(self.of):
            raise ValueError(
                f"a group of {len(self.of)} asks for {self.enough}, which is no choice"
            )
        return self


class Lack(NamedTuple):
    """What is lacking of a question: `enough` of the criteria with these ids."""

    enough: int
    of: tuple[str, ...]

    def words(self, texts: Mapping[str, str]) -> str:
        """ "any 2 of: A / B / C", or A where nothing else would do. texts: by id."""
        said = [texts[claim] for claim in self.of]
        if len(said) == 1:
            return said[0]
        return f"{any_of(self.enough)}: {' / '.join(text.rstrip('.') for text in said)}"


def any_of(count: int) -> str:
    """ "any one of", "any 2 of"."""
    return f"any {'one' if count == 1 else count} of"


def lacks(groups: Sequence[Group], left: Sequence[str], met: Container[str]) -> tuple[Lack, ...]:
    """What of the criteria `left` is lacking, in their order: those of a group together, with how many of
    them it takes, and none of a group of which enough are met."""
    group_of = {claim: group for group in groups for claim in group.of}
    found: dict[tuple[str, ...], Lack] = {}
    for claim in left:
        group = group_of.get(claim)
        if group is None:
            found[(claim,)] = Lack(1, (claim,))
            continue
        count = group.enough - sum(other in met for other in group.of)
        of = tuple(other for other in left if other in group.of)
        if count > 0:
            found[group.of] = Lack(min(count, len(of)), of)
    return tuple(found.values())


def mark_of(text: str) -> str:
    """The first 8 hex digits of the SHA-256 of a line: tells whether somebody has rewritten it."""
    return hashlib.sha256(text.strip().encode("utf-8", "surrogatepass")).hexdigest()[:8]


class Draft(Value):
    """A line of a question that a program wrote.

    line: where it stands, such as "prompt", "criteria.ID" or "criteria.ID.accepts". by: who wrote it.
    read: whether a person has read it and kept it. mark: `mark_of` its text; a line whose text has
    another mark was rewritten since, and is a person's.
    """

    line: Text
    by: Text
    read: bool = False
    mark: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$")]


class Question(Value):
    """One question of the grill with its rubric. `seconds` is a fair time for a spoken answer.

    groups: criteria of which some are enough. gaps: what the document that the question came from
    seems to have lost. drafts: which lines a program wrote.

    What is said around it, each None or empty where the bank has none. again: the prompt in other
    words. easier: a simpler way in. example: the prompt on a concrete case. terms: words of the
    prompt, explained without the answer. after: the numbers of questions whose answers its words
    would give away.
    """

    id: QuestionId
    section: Text
    prompt: Text
    kind: QuestionKind = "definition"
    references: Annotated[tuple[Text, ...], Field(min_length=1)]
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1, max_length=MOST_CRITERIA)]
    misconceptions: Annotated[tuple[Misconception, ...], Field(max_length=MOST_MISCONCEPTIONS)] = ()
    probes: tuple[Probe, ...] = ()
    seconds: Annotated[int, Field(ge=5, le=600), IsNumber] = 60
    again: Text | None = None
    easier: Text | None = None
    example: Text | None = None
    terms: dict[Text, Text] = Field(default_factory=dict)
    deeper: Deeper | None = None
    after: tuple[QuestionId, ...] = ()
    groups: Annotated[tuple[Group, ...], Field(exclude_if=_is_empty)] = ()
    gaps: Annotated[tuple[Text, ...], Field(exclude_if=_is_empty)] = ()
    drafts: Annotated[tuple[Draft, ...], Field(exclude_if=_is_empty)] = ()

    @model_validator(mode="after")
    def _ids_agree(self) -> Self:
        _ids_differ((*self.criteria, *self.misconceptions))
        known = {criterion.id for criterion in self.criteria}
        for probe in self.probes:
            if probe.criterion not in known:
                raise ValueError(f"a probe points at '{probe.criterion}', which is no criterion")
        self._groups_agree()
        return self

    def _groups_agree(self) -> None:
        weights = {criterion.id: criterion.weight for criterion in self.criteria}
        named = [criterion for group in self.groups for criterion in group.of]
        if missing := sorted(set(named) - set(weights)):
            raise ValueError(f"a group names '{missing[0]}', which is no criterion")
        if repeated := _repeated(named):
            raise ValueError(f"'{repeated[0]}' stands in two groups")
        for group in self.groups:
            if len({weights[criterion] for criterion in group.of}) > 1:
                raise ValueError(
                    f"the criteria of the group of '{group.of[0]}' must weigh the same"
                )

    @property
    def quick_fire(self) -> bool:
        """Whether the question is asked without follow-ups."""
        return self.kind == "quick-fire"

    @property
    def labels(self) -> dict[str, str]:
        """What each claim is called where it is marked, by id: criteria 1, 2, misconceptions a, b."""
        criteria = {claim.id: str(n) for n, claim in enumerate(self.criteria, start=1)}
        return {**criteria, **{m.id: letter(at) for at, m in enumerate(self.misconceptions)}}

    @property
    def statements(self) -> dict[str, str]:
        """What each claim states, by id."""
        return {claim.id: claim.statement for claim in (*self.criteria, *self.misconceptions)}

    def choice_of(self, criterion_id: str) -> str:
        """Of which criteria it is one of a choice, by their labels: "any 2 of 1, 2, 4"; "" for none."""
        for group in self.groups:
            if criterion_id in group.of:
                labels = ", ".join(self.labels[claim] for claim in group.of)
                return f"{any_of(group.enough)} {labels}"
        return ""

    def criterion(self, criterion_id: str) -> Criterion:
        """The criterion with that id; KeyError if there is none."""
        for criterion in self.criteria:
            if criterion.id == criterion_id:
                return criterion
        raise KeyError(criterion_id)

    def further(self) -> Question | None:
        """The deeper question as a question of its own; None where there is none."""
        if self.deeper is None or self.id > MAX_NUMBER - FURTHER:
            return None
        return Question(
            id=self.id + FURTHER, section=self.section, prompt=self.deeper.prompt, kind="why",
            again=self.deeper.again, references=self.deeper.references,
            criteria=self.deeper.criteria, seconds=self.seconds,
        )  # fmt: skip

    def as_asked(self) -> Self:
        """The question as a session keeps it: bare, with what may still be asked on it."""
        asked, deeper = self.bare(), self.deeper
        if deeper is not None:
            bare = tuple(c.bare() for c in deeper.criteria)
            deeper = deeper.model_copy(update={"criteria": bare})
        criteria = tuple(
            c.model_copy(update={"settle": known.settle})
            for c, known in zip(asked.criteria, self.criteria, strict=True)
        )
        kept = {"criteria": criteria, "deeper": deeper, "again": self.again}
        return asked.model_copy(update=kept)

    def bare(self) -> Self:
        """Prompt, references, statements and probes, nothing else."""
        return self.model_copy(
            update={
                **dict.fromkeys(("again", "easier", "example", "deeper")),
                "terms": {},
                **dict.fromkeys(("after", "gaps", "drafts"), ()),
                "criteria": tuple(c.bare() for c in self.criteria),
                "misconceptions": tuple(m.bare() for m in self.misconceptions),
            }
        )


def question_name(number: int) -> str:
    """What a question is called: "Question 3", "Question 3, taken further"."""
    if number > FURTHER:
        return f"Question {number - FURTHER}, taken further"
    return f"Question {number}"


class Section(Value):
    """A part of the bank; `id` is what --sections takes."""

    id: Text
    title: Text


class Tier(Value):
    """A band of questions and what failing it means."""

    questions: Annotated[tuple[QuestionId, ...], Field(min_length=1)]
    name: Text
    failing: Text


class Aim(Value):
    """A number of questions to answer cold among `questions`."""

    name: Text
    questions: Annotated[tuple[QuestionId, ...], Field(min_length=1)]
    target: Annotated[int, Field(ge=1), IsNumber]


class Bank(Value):
    """A whole grill."""

    id: Slug
    version: Text
    title: Text
    sections: tuple[Section, ...]
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    tiers: tuple[Tier, ...] = ()
    aims: tuple[Aim, ...] = ()

    @model_validator(mode="after")
    def _parts_agree(self) -> Self:
        if repeated := _repeated(q.id for q in self.questions):
            raise ValueError(f"question {repeated[0]} is defined twice")
        if repeated := _repeated(s.id.casefold() for s in self.sections):
            raise ValueError(f"section '{repeated[0]}' is defined twice")
        sections = {section.id for section in self.sections}
        known = {question.id for question in self.questions}
        for question in self.questions:
            if question.section not in sections:
                raise ValueError(f"question {question.id} is in unknown section {question.section}")
            if missing := sorted(set(question.after) - known):
                raise ValueError(
                    f"question {question.id} is after {missing[0]}, which does not exist"
                )
        bands: tuple[Tier | Aim, ...] = (*self.tiers, *self.aims)
        for band in bands:
            if missing := sorted(set(band.questions) - known):
                raise ValueError(f"'{band.name}' names question {missing[0]}, which does not exist")
        for aim in self.aims:
            if aim.target > len(aim.questions):
                raise ValueError(f"aim '{aim.name}' asks for more than its questions")
        return self

    @cached_property
    def digest(self) -> str:
        """Identifies the content of the bank, exemplars included."""
        return self.content_digest()

    @cached_property
    def _by_id(self) -> dict[int, Question]:
        further = (q for question in self.questions if (q := question.further()) is not None)
        return {question.id: question for question in (*further, *self.questions)}

    def question(self, question_id: int) -> Question:
        """The question with that number, a deeper one included; KeyError if there is none."""
        return self._by_id[question_id]

    def __contains__(self, question_id: object) -> bool:
        return question_id in self._by_id
