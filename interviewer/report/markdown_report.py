"""A report as a Markdown transcript. Everything said is data and is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from interviewer.bank.questions import question_name
from interviewer.common.markup import cell, markdown, markdown_block
from interviewer.common.ranges import in_short
from interviewer.common.text import duration, plural
from interviewer.grading.grades import Ungraded
from interviewer.interview.telling import summary
from interviewer.report import verdict_text
from interviewer.report.report_values import QuestionReport, Report, StudyItem, TurnReport
from interviewer.report.shapes import ClaimReport, GradeReport
from interviewer.session.results import PASSED_ON, RESULT_WORDS, held_words
from interviewer.session.runs import grader_name


def render(report: Report) -> str:
    """The whole report."""
    return "\n".join([*_head(report), *_standing(report), *_questions(report)]) + "\n"


def _head(report: Report) -> Iterator[str]:
    session, bank, grader = report.session, report.bank, report.grader
    rules = "".join(f", {rule}" for rule in session.rules)
    yield f"# {markdown(bank.title)}"
    yield ""
    yield f"- Session {markdown(session.id)}, {session.started:%Y-%m-%d %H:%M} UTC, {session.ended}"
    yield (
        f"- {plural(session.planned, 'question')} planned, order {session.order},"
        f" up to {plural(session.probes, 'follow-up')}{rules}"
    )
    yield f"- Bank {markdown(bank.id)} {markdown(bank.version)} ({markdown(bank.digest)})"
    yield f"- Graded by {markdown(grader_name(grader))}"
    for run in report.runs[1:]:
        by = f"by {grader_name(run.grader)}, bank {run.bank}"
        yield f"- {markdown(f'{verdict_text.run_line(run)}; {by}')}"
    yield ""


def _standing(report: Report) -> Iterator[str]:
    yield "## Where you stand"
    yield ""
    yield markdown(" ".join(report.totals.words))
    yield ""
    if disputes := report.totals.dispute_words:
        yield f"{disputes}."
        yield ""
    if report.tiers:
        yield "| tier | questions | asked | cold | with help | verdict |"
        yield "|---|---|---|---|---|---|"
        for tier in report.tiers:
            words = tier.verdict if tier.reached is False else held_words(tier.reached)
            yield (
                f"| {cell(tier.name)} | {in_short(tier.questions)} | {tier.asked}"
                f" | {tier.answered} | {tier.prompted} | {cell(words)} |"
            )
        yield ""
    if report.aims:
        for aim in report.aims:
            yield f"- {markdown(summary.aim_words(aim.name, aim.target, aim.total, aim.tally))}"
        yield ""
    if report.study_next:
        yield "## Study next, worst first"
        yield ""
        asked = {question.id: question for question in report.questions}
        yield from (_study(item, asked[item.question]) for item in report.study_next)
        yield ""


def _study(item: StudyItem, question: QuestionReport) -> str:
    missing = " ".join(f"{statement.rstrip('.')}." for statement in item.missing)
    lacks = f" Missing: {markdown(missing)}" if missing else ""
    if all(turn.grade is None for turn in question.turns):
        lacks = " (no answer)"
    return f"1. {question_name(question.id)}: {markdown(question.prompt)}{lacks}"


def _questions(report: Report) -> Iterator[str]:
    yield "## The interview"
    for question in report.questions:
        yield ""
        yield f"### {question_name(question.id)}: {markdown(question.prompt)}"
        yield ""
        yield _result(question)
        if question.lead:
            yield from _told("Lead", question.lead)
        for hint in question.hints:
            yield from _told("Hint", hint.text)
        for turn in question.turns:
            yield from _turn(question, turn)
        yield ""
        yield f"**A full answer.** {markdown(question.references[0])}"


def _told(what: str, words: str) -> Iterator[str]:
    yield ""
    yield f"*{what}:* {markdown(words)}"


def _result(question: QuestionReport) -> str:
    def number(value: float | None) -> str:
        return "ungraded" if value is None else f"{value:.2f}"

    if question.result == "not-asked":
        return "Not answered."
    prompted = ", prompted before the first answer" if question.hinted_first else ""
    return (
        f"**{RESULT_WORDS[question.result]}{prompted}**: cold {number(question.cold)},"
        f" final {number(question.final)}, {duration(question.seconds)}"
    )


def _turn(question: QuestionReport, turn: TurnReport) -> Iterator[str]:
    if turn.probe is not None:
        yield from _told("Follow-up", turn.asked)
    elif turn.asked != question.prompt:
        yield from _told("Then asked", turn.asked)
    yield from _in_between(turn)
    if turn.passed_on is not None:
        said = f": {markdown(turn.aside)}" if turn.aside else ""
        yield ""
        yield f"({PASSED_ON[turn.passed_on]}{said})"
    if turn.answer is None:
        return
    if turn.added:
        yield ""
        yield "*Said later, while another question was open:*"
    yield ""
    yield markdown_block(turn.answer)
    if turn.grade is not None or turn.appeals or turn.settled:
        yield ""
    if turn.grade is not None:
        yield from _grade(turn.grade)
    for appeal in turn.appeals:
        line = verdict_text.appeal_line(question.id, appeal)
        yield f"- **{markdown(line)}**: {markdown(appeal.reason)}"
    for settled in turn.settled:
        yield f"- **{markdown(verdict_text.settled_line(question.id, settled))}**"


def _in_between(turn: TurnReport) -> Iterator[str]:
    """What was taken back there, and what was said and is no answer."""
    for gone in turn.taken_back:
        if gone.probe is not None and gone.asked != turn.asked:
            yield from _told("Follow-up, since taken back", gone.asked)
        if gone.answer is not None:
            yield from _told("Taken back", gone.answer)
    for aside in turn.clarifications:
        yield from _told("Said in between", aside.asked)
        if aside.reply:
            yield from _told("Reply", aside.reply)


def _grade(grade: GradeReport) -> Iterator[str]:
    told = ""
    for claim in sorted(grade.criteria, key=partial(_first_of_choice, grade)):
        if claim.choice and claim.choice != told:
            yield f"- {claim.choice.rpartition(' of ')[0]} of:"
        told = claim.choice
        yield f"{'  ' if told else ''}- {_outcome(claim)}: {markdown(claim.statement)}"
    yield from (f"- {_outcome(claim)}: {markdown(claim.statement)}" for claim in grade.slips)
    if grade.borderline:
        yield "- borderline: another grader could well decide otherwise"
    if grade.similarity_line:
        yield f"- {grade.similarity_line}"
    yield from (f"- note: {markdown(note)}" for note in grade.notes)


def _first_of_choice(grade: GradeReport, claim: ClaimReport) -> int:
    """The place of a criterion, or of the first of its choice, so that these stand together."""
    alike = (at for at, one in enumerate(grade.criteria) if one.choice == claim.choice)
    return next(alike) if claim.choice else grade.criteria.index(claim)


def _outcome(claim: ClaimReport) -> str:
    outcome = claim.outcome
    if claim.needless:
        return "not needed"
    if isinstance(outcome, Ungraded):
        return f"ungraded ({outcome.cause})"
    words = "wrong claim" if claim.kind == "misconception" else outcome.level
    quote = f", “{markdown(claim.quote)}”" if claim.quote else ""
    return f"{words} ({outcome.confidence:.2f}{quote})"
