"""The grades of a class to what they show, in one pass over the rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from interviewer.agreement.gold_answers import GoldAnswer
from interviewer.bank.questions import Question
from interviewer.classroom.class_values import ClassHead, GradedRow, GradesRow
from interviewer.classroom.findings.finding_values import (
    AlikeGroup,
    AnswerPlace,
    ClaimCount,
    ClassReport,
    CriterionParting,
    ItemFault,
    ItemFinding,
    ReasonCount,
    SectionSpread,
    Spread,
    WrongGroup,
)
from interviewer.classroom.findings.item_analysis import Discrimination, ItemScores
from interviewer.classroom.findings.likeness import alike_texts
from interviewer.classroom.findings.wrong_words import wrong_groups
from interviewer.grading import scoring
from interviewer.grading.grades import Verdict
from interviewer.grading.scoring import LEVEL_CREDIT

MOST_TEXTS = 100_000
"""Answers that are looked through for such as are alike and for what wrong ones share."""
ENOUGH_ANSWERS = 5
"""Answers below which nothing speaks against a question."""
WORSE = -0.1
"""The discrimination below which who is better elsewhere passes less."""
BINS = 10
MOST_REASONS, MOST_GROUPS, MOST_PLACES, MOST_EXAMPLES = 20, 50, 20, 3

_TOLD = ("met", "partial", "unmet", "ungraded", "needless")
_NOBODY = Discrimination(value=None, candidates=0)
_UNGRADED = "the grader gave no verdict"


@dataclass
class _Spreading:
    bins: list[int] = field(default_factory=lambda: [0] * BINS)
    passed: int = 0
    total: float = 0.0

    def add(self, score: float) -> None:
        self.bins[min(BINS - 1, int(score * BINS + 1e-9))] += 1
        self.passed += bool(scoring.passed(score))
        self.total += score

    def spread(self) -> Spread:
        count = sum(self.bins)
        return Spread(
            answers=count,
            passed=self.passed / count if count else None,
            mean=min(1.0, self.total / count) if count else None,
            bins=tuple(self.bins),
        )


class _KeptText(NamedTuple):
    """An answer as it is looked through later."""

    question: int
    answer: str
    passed: bool
    file: str
    line: int
    id: str
    candidate: str


class ClassFindings:
    """What is found while rows go by; `report` tells it.

    Of a row next to nothing is kept: counts, a score by candidate, and the first MOST_TEXTS answers.
    settled: answers that people graded. Each is held against the first row of its question and text:
    an id says whose answer it was, and only the text what was graded.
    """

    def __init__(self, head: ClassHead, settled: Iterable[GoldAnswer] = ()):
        self._head = head
        self._known = {question.id: question for question in head.questions}
        self._all = _Spreading()
        self._sections: dict[str, _Spreading] = defaultdict(_Spreading)
        self._items: dict[int, _Spreading] = defaultdict(_Spreading)
        self._claims: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
        self._ungraded: Counter[int | None] = Counter()
        self._reasons: Counter[str] = Counter()
        self._scores = ItemScores()
        self._texts: list[_KeptText] = []
        self._settled = {(g.question, g.answer.strip()): g for g in settled}
        self._held_against: set[str] = set()
        self._partings: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)

    def add(self, row: GradesRow) -> None:
        """One row. A graded one is to a question of the head, whatever else the file says."""
        if not isinstance(row, GradedRow):
            self._ungraded[row.question] += 1
            self._reasons[_kind_of(row.reason)] += 1
            return
        question = self._known.get(row.question)
        if question is None:
            self._ungraded[None] += 1
            self._reasons["its question is not among those of the file"] += 1
            return
        needless = scoring.needless(question, row.grade.verdicts)
        for outcome in (*row.grade.verdicts, *row.grade.misconceptions):
            told = outcome.level if isinstance(outcome, Verdict) else "ungraded"
            name = "needless" if outcome.criterion in needless else told
            self._claims[row.question, outcome.criterion][name] += 1
        self._hold_against(row)
        if row.grade.score is None:
            self._ungraded[row.question] += 1
            self._reasons[_UNGRADED] += 1
            return
        for spreading in (self._all, self._items[row.question], self._sections[question.section]):
            spreading.add(row.grade.score)
        if row.candidate:
            self._scores.add(row.candidate, row.question, row.grade.score)
        if len(self._texts) < MOST_TEXTS:
            self._texts.append(_kept(row, row.grade.score))

    def report(self) -> ClassReport:
        """What was found."""
        graded, ungraded = sum(self._all.bins), sum(self._ungraded.values())
        return ClassReport(
            bank=self._head.bank,
            grader=self._head.grader,
            rows=graded + ungraded,
            graded=graded,
            ungraded=ungraded,
            reasons=tuple(
                ReasonCount(reason=reason, count=count)
                for reason, count in self._reasons.most_common(MOST_REASONS)
            ),
            candidates=self._scores.candidates,
            spread=self._all.spread(),
            sections=tuple(
                SectionSpread(id=s.id, title=s.title, spread=self._sections[s.id].spread())
                for s in self._head.sections
                if s.id in self._sections
            ),
            questions=tuple(self._item_findings()),
            settled=len(self._held_against),
            partings=tuple(self._found_partings()),
            texts=len(self._texts),
            alike=tuple(self._alike()),
            wrong=tuple(self._wrong()),
        )

    def _hold_against(self, row: GradedRow) -> None:
        gold = self._settled.get((row.question, row.answer))
        if gold is None or gold.id in self._held_against:
            return
        self._held_against.add(gold.id)
        for outcome in row.grade.verdicts:
            level = gold.verdicts.get(outcome.criterion)
            if level is None or not isinstance(outcome, Verdict):
                continue
            counts = self._partings[row.question, outcome.criterion]
            counts["settled"] += 1
            credit, due = LEVEL_CREDIT[outcome.level], LEVEL_CREDIT[level]
            counts["agreed" if credit == due else "lenient" if credit > due else "strict"] += 1

    def _item_findings(self) -> Iterator[ItemFinding]:
        found = self._scores.discriminations()
        for question in self._head.questions:
            spread = self._items[question.id].spread()
            ungraded = self._ungraded[question.id]
            if not spread.answers and not ungraded:
                continue
            told = found.get(question.id, _NOBODY)
            claims = tuple(self._claim_counts(question))
            yield ItemFinding(
                question=question.id,
                section=question.section,
                prompt=question.prompt,
                spread=spread,
                ungraded=ungraded,
                difficulty=spread.passed,
                discrimination=told.value,
                candidates=told.candidates,
                claims=claims,
                faults=tuple(_faults(spread, told.value, claims)),
            )

    def _claim_counts(self, question: Question) -> Iterator[ClaimCount]:
        for kind, claims in (
            ("criterion", question.criteria),
            ("misconception", question.misconceptions),
        ):
            for claim in claims:
                counts = self._claims[question.id, claim.id]
                yield ClaimCount(
                    id=claim.id, kind=kind, statement=claim.statement,  # type: ignore[arg-type]
                    choice=question.choice_of(claim.id), **{name: counts[name] for name in _TOLD},
                )  # fmt: skip

    def _found_partings(self) -> Iterator[CriterionParting]:
        """The criteria on which there is any difference, the most of them first."""
        parted = [(key, counts) for key, counts in self._partings.items()
                  if counts["agreed"] < counts["settled"]]  # fmt: skip
        parted.sort(key=lambda of: (of[1]["agreed"] - of[1]["settled"], of[0]))
        for (number, criterion), counts in parted:
            yield CriterionParting(
                question=number,
                criterion=criterion,
                statement=self._known[number].statements.get(criterion, criterion),
                **{name: counts[name] for name in ("settled", "agreed", "lenient", "strict")},
            )

    def _alike(self) -> Iterator[AlikeGroup]:
        """Groups that are not all of one candidate, who may well say the same again."""
        told = 0
        for group in alike_texts([(row.question, row.answer) for row in self._texts]):
            rows = [self._texts[place] for place in group.places]
            if len({row.candidate for row in rows}) == 1 and rows[0].candidate:
                continue
            told += 1
            if told > MOST_GROUPS:
                return
            yield AlikeGroup(
                question=rows[0].question,
                count=len(rows),
                likeness=group.likeness,
                places=tuple(map(_place, rows[:MOST_PLACES])),
                answer=rows[0].answer,
            )

    def _wrong(self) -> Iterator[WrongGroup]:
        by_question: dict[int, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
        for row in self._texts:
            by_question[row.question][row.passed].append(row.answer)
        for number, (wrong, right) in sorted(by_question.items()):
            for group in wrong_groups(wrong, right, self._known[number].prompt):
                answers = tuple(wrong[place] for place in group.places[:MOST_EXAMPLES])
                yield WrongGroup(
                    question=number, count=len(group.places), words=group.words, answers=answers
                )


def find(head: ClassHead, rows: Iterable[GradesRow], settled: Sequence[GoldAnswer]) -> ClassReport:
    """What the rows of that head show."""
    findings = ClassFindings(head, settled)
    for row in rows:
        findings.add(row)
    return findings.report()


def _faults(
    spread: Spread, discrimination: float | None, claims: Sequence[ClaimCount]
) -> Iterator[ItemFault]:
    if spread.answers < ENOUGH_ANSWERS:
        return
    if spread.passed == 0.0:
        yield "nobody-passes"
    if spread.passed == 1.0:
        yield "everybody-passes"
    if discrimination is not None and discrimination < WORSE:
        yield "worse-pass"
    criteria = [claim for claim in claims if claim.kind == "criterion"]
    # Of a group it is enough that some criterion is met: the others are ways that nobody took.
    taken = {claim.choice for claim in criteria if claim.choice and claim.met + claim.partial}
    if any(
        not claim.met + claim.partial
        and claim.unmet >= ENOUGH_ANSWERS
        and claim.choice not in taken
        for claim in criteria
    ):
        yield "dead-criterion"


def _kept(row: GradedRow, score: float) -> _KeptText:
    """Without the verdicts, which take most of its room."""
    passed = bool(scoring.passed(score))
    return _KeptText(row.question, row.answer, passed, row.file, row.line, row.id, row.candidate)


def _kind_of(reason: str) -> str:
    """The reason without its particulars, which differ from row to row."""
    return reason.partition(":")[0]


def _place(row: _KeptText) -> AnswerPlace:
    return AnswerPlace(file=row.file, line=row.line, id=row.id, candidate=row.candidate)
