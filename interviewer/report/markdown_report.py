"""A session as a Markdown transcript. Everything said is data and is escaped."""

from __future__ import annotations

from collections.abc import Iterator

from interviewer.bank.questions import Question
from interviewer.common.text import duration, markdown, markdown_block
from interviewer.grading import scoring
from interviewer.grading.grades import AnswerGrade, Outcome, Ungraded
from interviewer.interview import summary
from interviewer.report import verdict_text
from interviewer.session import runs, standing
from interviewer.session.events import Skipped
from interviewer.session.record import Record, Session, Turn

_PASSED_ON = {"skip": "skipped", "unknown": "did not know", "timeout": "ran out of time"}


def render(session: Session) -> str:
    """The whole report."""
    return "\n".join([*_head(session), *_standing(session), *_questions(session)]) + "\n"


def _head(session: Session) -> Iterator[str]:
    started = session.started
    plan = started.plan
    state = "finished" if session.closed else "not finished"
    rules = [name for name in ("cold", "timed", "silent") if getattr(plan, name)]
    grader = session.grader or started.grader
    yield f"# {markdown(started.bank.title)}"
    yield ""
    yield f"- Session {markdown(started.session)}, {started.at:%Y-%m-%d %H:%M} UTC, {state}"
    yield (
        f"- {plan.count} questions planned, order {plan.order}, up to {plan.probes} follow-ups"
        + (f", {', '.join(rules)}" if rules else "")
    )
    yield f"- Bank {markdown(started.bank.id)} {markdown(started.bank.version)} ({markdown(started.bank.digest)})"
    yield f"- Graded by {markdown(grader.spec)} {markdown(grader.version)} {markdown(grader.model)}"
    for run in runs.runs(session)[1:]:
        words = f"{verdict_text.run_line(run)}; by {run.name}, bank {run.bank}"
        yield f"- {markdown(words)}"
    yield ""


def _standing(session: Session) -> Iterator[str]:
    bank = session.started.bank
    yield "## Where you stand"
    yield ""
    for _, text in summary.closing_lines(session)[1:2]:
        yield markdown(text)
        yield ""
    yield "| tier | questions | asked | cold | with help | verdict |"
    yield "|---|---|---|---|---|---|"
    for tier in bank.tiers:
        tally = standing.tier_standing(session, tier)
        words = {True: "held", False: markdown(tier.failing), None: "asked too few to say"}
        yield (
            f"| {markdown(tier.name)} | {tier.questions[0]}-{tier.questions[-1]} | {tally.asked}"
            f" | {tally.answered} | {tally.prompted} | {words[tally.reached]} |"
        )
    yield ""
    for aim in bank.aims:
        yield f"- {markdown(summary.aim_line(session, aim))}"
    yield ""
    weak = standing.study_next(session)
    if weak:
        yield "## Study next, worst first"
        yield ""
        for record in weak:
            yield f"1. Question {record.question.id}: {markdown(record.question.prompt)}{_lacks(record)}"
        yield ""


def _lacks(record: Record) -> str:
    if record.merged is None:
        return " (no answer)"
    missing = standing.lacking(record)
    return f" Missing: {markdown('; '.join(missing))}" if missing else ""


def _questions(session: Session) -> Iterator[str]:
    yield "## The interview"
    for record in session.records:
        question = record.question
        yield ""
        yield f"### Question {question.id}: {markdown(question.prompt)}"
        yield ""
        yield _result(record)
        if record.lead:
            yield ""
            yield f"*Lead:* {markdown(record.lead)}"
        for hint in record.hints:
            yield ""
            yield f"*Hint:* {markdown(hint.text)}"
        for turn in record.turns:
            yield from _turn(record, turn)
        yield ""
        yield f"**A full answer.** {markdown(question.references[0])}"


def _result(record: Record) -> str:
    def number(value: float | None) -> str:
        return "ungraded" if value is None else f"{value:.2f}"

    if not record.replied:
        return "Not answered."
    words = "answered cold" if scoring.passed(record.cold) else "not answered cold"
    if not scoring.passed(record.cold) and scoring.passed(record.final):
        words = "answered with help"
    if record.cold is None:
        words = "ungraded"
    hinted = ", after a hint" if record.hinted_first else ""
    return (
        f"**{words}{hinted}**: cold {number(record.cold)}, final {number(record.final)},"
        f" {duration(record.seconds)}"
    )


def _turn(record: Record, turn: Turn) -> Iterator[str]:
    if turn.probe is not None:
        yield ""
        yield f"*Follow-up:* {markdown(turn.probe.text)}"
    for aside in turn.asides:
        yield ""
        yield f"*Asked back:* {markdown(aside.asked)}"
        yield ""
        yield f"*Clarified:* {markdown(aside.reply)}"
    if turn.reply is None:
        return
    yield ""
    if isinstance(turn.reply, Skipped):
        said = f": {markdown(turn.reply.text)}" if turn.reply.text else ""
        yield f"({_PASSED_ON[turn.reply.reason]}{said})"
        return
    yield markdown_block(turn.reply.text)
    if turn.graded is not None or record.appeals or record.settled:
        yield ""
    if turn.graded is not None:
        yield from _grade(record.question, turn.reply.text, turn.graded.grade)
    for appeal in (a for a in record.appeals if a.answer == turn.reply.seq):
        yield f"- **{markdown(verdict_text.appeal_line(appeal))}**: {markdown(appeal.reason)}"
    for settled in (s for s in record.settled if s.answer == turn.reply.seq):
        yield f"- **{markdown(verdict_text.settled_line(settled))}**"


def _grade(question: Question, answer: str, grade: AnswerGrade) -> Iterator[str]:
    for criterion in question.criteria:
        outcome = grade.verdict(criterion.id)
        if outcome is not None:
            yield f"- {_outcome(answer, outcome)}: {markdown(criterion.statement)}"
    statements = {m.id: m.statement for m in question.misconceptions}
    for wrong in grade.asserted:
        statement = markdown(statements.get(wrong.criterion, wrong.criterion))
        yield f"- {_outcome(answer, wrong).replace('met', 'wrong claim', 1)}: {statement}"
    if scoring.is_borderline(grade):
        yield "- borderline: another grader could well decide otherwise"
    if grade.similarity is not None:
        yield f"- similarity to the reference {grade.similarity:.2f} (shown, never counted)"
    yield from (f"- note: {markdown(note)}" for note in grade.notes)


def _outcome(answer: str, outcome: Outcome) -> str:
    if isinstance(outcome, Ungraded):
        return f"ungraded ({outcome.cause})"
    quote = f", “{markdown(outcome.evidence.of(answer))}”" if outcome.evidence else ""
    return f"{outcome.level} ({outcome.confidence:.2f}{quote})"
