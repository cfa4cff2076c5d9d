"""How the cold score moved over all sessions, and what stands between here and the next tier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from interviewer.bank.questions import Criterion, Question, lacks
from interviewer.grading import scoring
from interviewer.grading.grades import Level
from interviewer.history import summaries
from interviewer.history.summaries import History, QuestionSummary, SessionSummary
from interviewer.progress import daily_rate
from interviewer.progress.progress_values import (
    CriterionProgress,
    Goal,
    Obstacle,
    OpenGroup,
    Point,
    Progress,
    SectionProgress,
    Trace,
    UnreadableLog,
)
from interviewer.report import shapes
from interviewer.report.report_values import BankFacts
from interviewer.session import settlements, standing
from interviewer.session.events import BankInfo
from interviewer.session.results import of_scores
from interviewer.session.standing import Scores, Tally


def build(history: History, bank: str) -> Progress:
    """The progress on that bank. KeyError if there is no session on it."""
    info = history.info(bank)
    sessions = history.on(bank)
    every = summaries.by_question(sessions, ungraded=True)
    questions = history.asked_last(every)
    attempts = {
        number: graded
        for number, made in every.items()
        if number in info.section_of and (graded := [a for a in made if a.cold is not None])
    }
    criteria = tuple(_criteria(questions, every, info))
    held, by_section = _over_time(sessions, info)
    results = {
        n: Scores(a.cold, a.final, a.chance) for n, made in attempts.items() for a in made[-1:]
    }
    tiers = tuple(
        shapes.tier_standing(t, _tally(results, t.questions, standing.tier_target(t)))
        for t in info.tiers
    )
    aims = tuple(shapes.aim_standing(a, _tally(results, a.questions, a.target)) for a in info.aims)
    ahead = next((band for band in (*tiers, *aims) if band.reached is not True), None)
    goal = None
    if ahead is not None:
        goal = Goal(
            standing=ahead,
            short=max(0, ahead.target - ahead.answered),
            obstacles=obstacles(ahead.questions, questions, attempts, criteria),
        )
    return Progress(
        bank=BankFacts(id=info.id, version=info.version, digest=info.digest, title=info.title),
        sessions=len(sessions),
        answers=sum(len(s.attempts) for s in sessions),
        questions=len(info.section_of),
        unreadable=tuple(UnreadableLog(name=u.name, problem=u.problem) for u in history.unreadable),
        held=held,
        settled=settlements.count_cold([made[-1].word for made in attempts.values()]),
        disputes=settlements.total(session.disputes for session in sessions),
        tiers=tiers,
        aims=aims,
        sections=tuple(_section(s.id, s.title, info, attempts, by_section) for s in info.sections),
        criteria=criteria,
        next=goal,
    )


def _tally(results: Mapping[int, Scores], numbers: Sequence[int], target: int) -> Tally:
    return standing.tally_of([results[q] for q in numbers if q in results], len(numbers), target)


def trend(values: Sequence[float]) -> float | None:
    """The mean of the newer half less the mean of the older half; None with fewer than two."""
    half = len(values) // 2
    if not half:
        return None
    return sum(values[-half:]) / half - sum(values[:half]) / half


def _over_time(
    sessions: Iterable[SessionSummary], info: BankInfo
) -> tuple[tuple[Point, ...], dict[str, list[Point]]]:
    """How many questions are held, and the mean cold score by section, after each session."""
    latest: dict[int, float] = {}
    held: list[Point] = []
    sections: dict[str, list[Point]] = {}
    sums: dict[str, float] = {}
    counts: dict[str, int] = {}
    for session in sessions:
        touched = set()
        for attempt in session.attempts:
            section = info.section_of.get(attempt.question)
            if section is None or attempt.cold is None:
                continue
            before = latest.get(attempt.question)
            counts[section] = counts.get(section, 0) + (before is None)
            sums[section] = sums.get(section, 0.0) + attempt.cold - (before or 0.0)
            latest[attempt.question] = attempt.cold
            touched.add(section)
        if touched:
            count = sum(1.0 for s in latest.values() if scoring.passed(s))
            held.append(Point(at=session.started, value=count))
        for section in sorted(touched):
            mean = min(1.0, max(0.0, sums[section] / counts[section]))
            sections.setdefault(section, []).append(Point(at=session.started, value=mean))
    return tuple(held), sections


def _section(
    name: str,
    title: str,
    info: BankInfo,
    attempts: Mapping[int, Sequence[QuestionSummary]],
    points: Mapping[str, Sequence[Point]],
) -> SectionProgress:
    numbers = [q for q, section in info.section_of.items() if section == name]
    scores = [[a.cold for a in attempts[q] if a.cold is not None] for q in numbers if q in attempts]
    trends = [moved for made in scores if (moved := trend(made)) is not None]
    return SectionProgress(
        id=name,
        title=title,
        total=len(numbers),
        asked=len(scores),
        held=sum(1 for made in scores if scoring.passed(made[-1])),
        trace=_trace(
            points.get(name, ()),
            sum(map(len, scores)),
            sum(trends) / len(trends) if trends else None,
        ),
    )


def _criteria(
    questions: Mapping[int, Question],
    attempts: Mapping[int, Sequence[QuestionSummary]],
    info: BankInfo,
) -> Iterable[CriterionProgress]:
    for number in info.section_of:
        if number not in questions:
            continue
        question = questions[number]
        made: dict[str, list[tuple[Point, Level]]] = {c.id: [] for c in question.criteria}
        for attempt in attempts.get(number, ()):
            for outcome in attempt.outcomes:
                if outcome.credit is not None and outcome.cold and outcome.criterion in made:
                    point = Point(at=attempt.at, value=outcome.credit)
                    made[outcome.criterion].append((point, outcome.cold))
        for criterion in question.criteria:
            yield _criterion(question, criterion, info.section_of[number], made[criterion.id])


def _criterion(
    question: Question, criterion: Criterion, section: str, made: Sequence[tuple[Point, Level]]
) -> CriterionProgress:
    points = [point for point, _ in made]
    return CriterionProgress(
        question=question.id,
        section=section,
        id=criterion.id,
        statement=criterion.statement,
        share=criterion.weight / scoring.worth(question),
        level=made[-1][1] if made else None,
        trace=_trace(points, len(points), trend([point.value for point in points])),
    )


def _trace(points: Sequence[Point], answers: int, moved: float | None) -> Trace:
    return Trace(
        answers=answers,
        first=points[0].value if points else None,
        last=points[-1].value if points else None,
        trend=moved,
        points=tuple(points),
    )


def _open(
    question: Question | None, criteria: Sequence[CriterionProgress]
) -> tuple[list[CriterionProgress], tuple[OpenGroup, ...]]:
    """The criteria that were not met cold, as far as they are needed, and of which some are enough."""
    met = {c.id for c in criteria if c.level == "met"}
    left = [c for c in criteria if c.id not in met]
    found = lacks(question.groups if question else (), [c.id for c in left], met)
    needed = {claim for lack in found for claim in lack.of}
    groups = tuple(OpenGroup(of=of, enough=count) for count, of in found if len(of) > 1)
    return [c for c in left if c.id in needed], groups


def obstacles(
    numbers: Sequence[int],
    questions: Mapping[int, Question],
    attempts: Mapping[int, Sequence[QuestionSummary]],
    criteria: Sequence[CriterionProgress],
) -> tuple[Obstacle, ...]:
    """Those of the questions that are not held, most likely to flip first.

    By the measured rate of their state, then by the chance and the score of the latest answer;
    questions never asked come last.
    """
    turned = daily_rate.turns(attempts)
    found: list[tuple[tuple[float, ...], Obstacle]] = []
    for number in numbers:
        made = attempts.get(number)
        prompt = questions[number].prompt if number in questions else ""
        if not made:
            never = Obstacle(
                question=number, prompt=prompt, result="not-asked", flips=None, open=()
            )
            found.append(((1.0, float(number)), never))
            continue
        last = made[-1]
        result = of_scores(last.cold, last.final)
        if result not in ("prompted", "missed"):
            continue
        missing, groups = _open(
            questions.get(number), [c for c in criteria if c.question == number]
        )
        order = (
            -turned[result].rate,
            float(result == "missed"),
            -(last.chance or 0),
            -(last.final or 0),
        )
        obstacle = Obstacle(
            question=number,
            prompt=prompt,
            result=result,
            flips=turned[result],
            open=tuple(sorted(missing, key=lambda c: -c.share)),
            groups=groups,
        )
        found.append(((0.0, *order, float(number)), obstacle))
    return tuple(obstacle for _, obstacle in sorted(found, key=lambda pair: pair[0]))
