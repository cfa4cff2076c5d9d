"""A session as one HTML page: no script, no request, light and dark, on a phone and on paper."""

from __future__ import annotations

from collections.abc import Iterator

from interviewer.common.html import page, text
from interviewer.common.text import duration, one_line, plural
from interviewer.report import report_svg
from interviewer.report.report_articles import article
from interviewer.report.report_style import STYLE
from interviewer.report.report_svg import RESULT_WORDS, glyph
from interviewer.report.report_values import Cell, Report, SectionCounts, Standing, StudyItem
from interviewer.session.runs import grader_name

STUDY_FIRST = 5
"""How many questions to study stand open; the rest is folded."""

_STATES = {"finished": "finished", "quit": "ended early", "open": "not finished"}
_FEW = "No verdict yet"
_BADGES = {True: ("cold", "Held"), False: ("missed", "Not held"), None: ("not-asked", _FEW)}
_AIM_BADGES = {
    True: ("cold", "Reached"),
    False: ("missed", "Not reached"),
    None: ("not-asked", _FEW),
}


def render(report: Report) -> str:
    """The page."""
    body = "".join(
        (
            '<a class="skip" href="#interview">Skip to the questions</a>',
            report_svg.DEFINITIONS,
            *_header(report),
            "<main>",
            *_standing(report),
            *_overview(report),
            *_study(report),
            *_runs(report),
            *_interview(report),
            "</main>",
            *_footer(report),
        )
    )
    title = f"{one_line(report.bank.title)}, {report.session.started:%Y-%m-%d}"
    return page(title, STYLE, body)


def _header(report: Report) -> Iterator[str]:
    session = report.session
    rules = [
        name
        for name, on in (
            ("cold", session.cold),
            ("timed", session.timed),
            ("silent", session.silent),
        )
        if on
    ]
    planned = [
        f"{session.started:%Y-%m-%d %H:%M} UTC",
        _STATES[session.state],
        f"{plural(session.planned, 'question')} planned",
        *rules,
        *([] if session.cold else [f"up to {plural(session.probes, 'follow-up')} each"]),
    ]
    yield f'<header><p class="kind">Interview report</p><h1 dir="auto">{text(report.bank.title)}</h1>'
    yield f'<p class="soft">{text(" · ".join(planned))}</p></header>'


def _standing(report: Report) -> Iterator[str]:
    totals = report.totals
    yield '<section aria-labelledby="standing"><h2 id="standing">Where you stand</h2>'
    yield (
        f'<p class="count"><strong>{totals.cold} of {plural(totals.replied, "question")}</strong> '
        f"answered cold, in {duration(totals.seconds)} of answering"
        + (f"; {totals.prompted} more with help" if totals.prompted else "")
        + (f"; {totals.ungraded} could not be graded" if totals.ungraded else "")
        + ".</p>"
    )
    if report.tiers:
        yield '<ol class="bands">'
        yield from (_band(tier, _BADGES[tier.reached], "h3") for tier in report.tiers)
        yield "</ol>"
    if report.aims:
        yield '<h3 class="over">Aims</h3><ol class="bands">'
        yield from (_band(aim, _AIM_BADGES[aim.reached], "h4") for aim in report.aims)
        yield "</ol>"
    if report.tiers or report.aims:
        yield (
            '<p class="note">The bar is what was answered cold, the bracket the 95% interval over '
            "all questions of the band, the line the target.</p>"
        )
    yield "</section>"


def _band(band: Standing, badge: tuple[str, str], heading: str) -> str:
    name, words = badge
    # Where the badge says the whole verdict already, no sentence follows.
    verdict = "" if band.reached else band.verdict
    if band.close:
        name, words = "ungraded", f"Perhaps {words.lower()}"
        verdict = verdict or "Too close to call."
    return (
        f'<li><div class="band"><{heading} dir="auto">{text(band.name)}</{heading}>'
        f'<p class="soft">Questions {_numbers(band.questions)}</p>'
        f'<p class="badge {name}">{glyph(name)} {words}</p></div>'
        f'<div>{report_svg.gauge(band)}<p class="tally">{text(_capital(band.tally))}</p>'
        + (f'<p dir="auto">{text(verdict)}</p>' if verdict else "")
        + "</div></li>"
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _numbers(questions: tuple[int, ...]) -> str:
    """ "1–15", or "1, 4, 9" where there are gaps."""
    first, last = questions[0], questions[-1]
    if len(questions) > 2 and questions == tuple(range(first, last + 1)):
        return f"{first}–{last}"
    return ", ".join(map(str, questions))


def _overview(report: Report) -> Iterator[str]:
    yield '<section aria-labelledby="results"><h2 id="results">Results</h2>'
    yield f'{_legend()}<h3 class="over">By section</h3><ul class="sections">'
    yield from (_section(section) for section in report.sections if section.total)
    yield '</ul><nav aria-labelledby="strip"><h3 class="over" id="strip">All questions</h3>'
    yield '<ol class="strip">'
    yield from (_cell(cell) for cell in report.strip)
    yield "</ol></nav></section>"


def _section(section: SectionCounts) -> str:
    return (
        f'<li><span class="name"><span class="soft">{text(section.id)}</span> '
        f'<span dir="auto">{text(section.title)}</span></span>{report_svg.section_bar(section)}'
        f'<span class="of">{section.cold} of {section.total}</span></li>'
    )


def _cell(cell: Cell) -> str:
    words = f"Question {cell.question}: {RESULT_WORDS[cell.result]}"
    inside = f"{glyph(cell.result)}<span>{cell.question}</span>"
    if not cell.asked:
        return (
            f'<li><span class="cell {cell.result}"><span class="hidden">{words}</span>'
            f'<span aria-hidden="true">{inside}</span></span></li>'
        )
    return (
        f'<li><a class="cell {cell.result}" href="#q{cell.question}" aria-label="{words}">'
        f"{inside}</a></li>"
    )


def _legend() -> str:
    items = "".join(
        f'<li><span class="cell {name}">{glyph(name)}</span> {words}</li>'
        for name, words in RESULT_WORDS.items()
    )
    return f'<ul class="legend" aria-label="Legend">{items}</ul>'


def _study(report: Report) -> Iterator[str]:
    items = report.study_next
    if not items:
        return
    prompts = {question.id: question.prompt for question in report.questions}
    yield '<section aria-labelledby="study"><h2 id="study">Study next, worst first</h2>'
    yield f'<ol class="study">{"".join(_item(i, prompts) for i in items[:STUDY_FIRST])}</ol>'
    if rest := items[STUDY_FIRST:]:
        yield f"<details><summary>{len(rest)} more</summary>"
        yield f'<ol class="study" start="{STUDY_FIRST + 1}">'
        yield f"{''.join(_item(i, prompts) for i in rest)}</ol></details>"
    yield "</section>"


def _item(item: StudyItem, prompts: dict[int, str]) -> str:
    missing = "".join(f'<li dir="auto">{text(statement)}</li>' for statement in item.missing)
    return (
        f'<li><a href="#q{item.question}">Question {item.question}</a>: '
        f'<span dir="auto">{text(prompts[item.question])}</span>'
        + (f'<ul class="soft">{missing}</ul>' if missing else "")
        + "</li>"
    )


def _runs(report: Report) -> Iterator[str]:
    if len(report.runs) < 2:
        return
    yield '<section aria-labelledby="runs"><h2 id="runs">Gradings</h2><div class="wide">'
    yield '<table class="runs"><thead><tr>'
    for name in ("Run", "Grader", "Answered cold", "Answers graded", "Verdicts changed"):
        yield f'<th scope="col">{name}</th>'
    yield "</tr></thead><tbody>"
    for run in report.runs:
        grader = grader_name(run.grader)
        other = f", bank {run.bank}" if run.bank != report.bank.digest else ""
        yield (
            f'<tr><th scope="row">{run.run or "0, this report"}</th><td>{text(grader + other)}</td>'
            f"<td>{run.cold} of {run.scored}</td><td>{run.graded} of {run.answers}</td>"
            f"<td>{run.changed if run.run else '–'}</td></tr>"
        )
    yield "</tbody></table></div></section>"


def _interview(report: Report) -> Iterator[str]:
    yield '<section aria-labelledby="interview"><h2 id="interview" tabindex="-1">The interview</h2>'
    if not report.questions:
        yield "<p>Nothing was asked yet.</p>"
    else:
        yield (
            '<p class="note">Marked words are the evidence: the number names the criterion they '
            "earned, a letter a wrong claim.</p>"
        )
    titles = {section.id: section.title for section in report.sections}
    last = None
    for question in report.questions:
        if question.section != last:
            last = question.section
            title = titles.get(last, "")
            yield f'<h3 class="part" dir="auto">{text(last)}. {text(title)}</h3>'
        yield article(question)
    yield "</section>"


def _footer(report: Report) -> Iterator[str]:
    session, bank, grader = report.session, report.bank, report.grader
    facts = (
        ("Session", session.id),
        ("Last event", f"{session.last:%Y-%m-%d %H:%M} UTC"),
        ("Order", f"{session.order}, seed {session.seed}"),
        ("Bank", f"{bank.id} {bank.version}, {bank.digest}"),
        ("Grader", grader_name(grader)),
        ("Program", session.program),
    )
    yield '<footer><h2>About this session</h2><dl class="facts">'
    yield from (f"<div><dt>{name}</dt><dd>{text(value)}</dd></div>" for name, value in facts)
    yield "</dl></footer>"
