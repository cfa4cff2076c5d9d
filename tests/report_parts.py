"""A session with everything in it, and a reader of the page made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from samples import GRADER, Story, bank, info, question

from interviewer.answer_text.quotes import Evidence
from interviewer.bank.questions import Aim, Criterion, Misconception, Section, Tier
from interviewer.grading.grades import AnswerGrade, Ungraded, Verdict
from interviewer.report import markdown_report, report_data, report_html
from interviewer.session.events import (
    Answered,
    Appealed,
    Asked,
    Clarified,
    Closed,
    Graded,
    Hinted,
    Probed,
    Remarked,
    Rerun,
    Settled,
    Skipped,
)
from interviewer.session.fold import fold
from interviewer.session.record import Session

VOID = {"meta", "use", "path", "circle", "rect", "line"}


def page_of(session: Session) -> str:
    return report_html.render(report_data.build(session))


def transcript_of(session: Session) -> str:
    return markdown_report.render(report_data.build(session))


def full_story(text: str) -> Story:
    """A finished session in which `text` stands wherever words from outside can stand."""
    named = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip() or "x"
    asked = question(
        1,
        prompt=named,
        section=named,
        references=(named, named),
        criteria=(
            Criterion(id="big", statement=named, weight=3),
            Criterion(id="small", statement=named),
        ),
    )
    wrong = Misconception(id="wrong", statement=named, cost=0.5)
    asked = asked.model_copy(update={"misconceptions": (wrong,)})
    rest = [question(n, section=named) for n in (2, 3, 4)]
    of = bank(
        [asked, *rest],
        title=named,
        sections=(Section(id=named, title=named),),
        aims=(Aim(name=named, questions=(1, 2, 3, 4), target=3),),
    )
    tier = Tier(questions=(1, 2, 3), name=named, failing=named)
    of = of.model_copy(update={"tiers": (tier,)})
    story = Story(of)
    started = story.session.started
    story.events[0] = started.model_copy(
        update={"session": text, "program": text, "bank": info(of)}
    )
    story.session = fold(story.events)
    story.add(Asked, question=of.question(1), lead=text, led_by=named)
    story.add(Hinted, question=1, criterion="big", text=named)
    story.add(Clarified, question=1, asked=named, reply=named, worded_by=named)
    story.add(Remarked, question=1, kind="repeat", said=named, reply=text, worded_by=named)
    story.add(Answered, question=1, text=text, seconds=3.0)
    first = len(story.events) - 1
    said = story.session.records[0].turns[0].reply
    assert said is not None
    proof = Evidence(start=0, end=len(said.text)) if said.text else None

    def verdict(claim: str) -> Verdict:
        return Verdict(
            criterion=claim, level="met", credit=1, confidence=0.9, evidence=proof, rationale=text
        )

    grade = AnswerGrade(
        question=1,
        verdicts=(verdict("big"), Ungraded(criterion="small", cause="bad-reply", detail=text)),
        misconceptions=(verdict("wrong"),),
        score=None,
        passing=0.5,
        similarity=0.25,
        notes=(text,),
    )
    grader = GRADER.model_copy(update={"spec": named, "model": text})
    graded = {"question": 1, "answer": first, "grade": grade, "grader": grader}
    story.add(Graded, **graded)
    story.add(Probed, question=1, criterion="small", text=named, worded_by=named)
    story.add(Skipped, question=1, reason="unknown", text=text)
    story.play(2, {"big": "met"}).add(Asked, question=of.question(3))
    story.add(Skipped, question=3, reason="timeout").add(Closed)
    story.add(Rerun, run=1, grader=grader, bank=of.digest)
    story.add(Graded, **graded, run=1, bank=of.digest)
    story.add(Appealed, question=1, answer=first, reason=named, criterion="big")
    return story.add(
        Settled,
        question=1,
        answer=first,
        rater=named,
        levels={"big": "met"},
        score=0.5,
        passed=True,
        gold=named,
    )


@dataclass
class Read(HTMLParser):
    """A page parsed back."""

    page: str
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    style: str = ""
    words: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(self.page)
        self.close()
        assert self.open == [], "unclosed elements"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        assert len(values) == len(attrs), "an attribute twice"
        self.tags.append((tag, values))
        if tag not in VOID:
            self.open.append((tag, values))
        if tag == "mark":
            self.marks.append("")
        if values.get("class") == "answer":
            self.answers.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if not self.open:
            return
        inside = [tag for tag, _ in self.open]
        self.words += data
        if inside[-1] == "style":
            self.style += data
        if "sup" in inside:
            return
        if any(values.get("class") == "answer" for _, values in self.open):
            self.answers[-1] += data
        if "mark" in inside:
            self.marks[-1] += data

    def skeleton(self) -> list[tuple[str, tuple[tuple[str, str | None], ...]]]:
        """Elements and attributes, without the attribute values that hold words."""
        worded = ("aria-label", "title")
        return [
            (tag, tuple((n, "" if n in worded else v) for n, v in values.items()))
            for tag, values in self.tags
        ]
