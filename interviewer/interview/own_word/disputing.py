"""A disputed grade, settled by the candidate at once or as soon as nothing is given away by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from interviewer.bank.questions import Misconception, question_name
from interviewer.common.text import one_line, plural
from interviewer.grading.answer_bound import read_part
from interviewer.grading.grades import Level, Verdict
from interviewer.interview.own_word import moments
from interviewer.interview.stage import Stage
from interviewer.interview.telling import feedback
from interviewer.session import disputes, graded_answers, settlements
from interviewer.session.events import Appealed, Settled, Skipped
from interviewer.session.graded_answers import GradedAnswer
from interviewer.session.record import Record

SAID: Mapping[str, str] = {"y": "I said it", "n": "I did not", "l": "leave it for later"}
CLAIMED: Mapping[str, str] = {"y": "I said that", "n": "I did not", "l": "leave it for later"}
DISPUTED = "disputed in the interview"
LEFT = "left for later in the interview"
NOTHING_LEFT = (
    "Your answer is complete now, so I leave its grade; what you said of it is on record."
)
QUOTE_LENGTH = 90
_HEARD: Mapping[str, str] = {
    "met": "I heard it{}.",
    "partial": "I heard half of it{}.",
    "unmet": "I did not hear it{}.",
    "wrong": "I heard that{}.",
}
"""What the grader made of a claim, in the interviewer's words."""


def dispute(stage: Stage, spent: float, words: str = "") -> bool:
    """Dispute the last grade; True where the question under way needs no further reply.

    words: those of a protest, whose reply has said when it is settled; "" for the command. spent:
    seconds on the question so far.
    """
    found = graded_answers.latest(stage.session)
    now = moments.when(stage.session, live=stage.studio.terminal.live)
    if found is not None and now == "now":
        settle(stage, found)
        stage.show_again()
        return False
    waiting = found is not None and moments.waits(found.record, found.seq)
    if waiting and now == "question-over" and not words:
        stage.say(("note", "Then the follow-up is let go."))
        number = stage.current.question.id
        stage.append(Skipped, question=number, reason="skip", seconds=spent)
        return True
    if not words:
        stage.say(("note", moments.TOLD[now]))
    if found is not None and not waiting:
        _appeal(stage, found, None, words or DISPUTED)
    return False


def note(stage: Stage, words: str) -> None:
    """Put a protest that came with an answer on record, against the last grade."""
    found = graded_answers.latest(stage.session)
    if found is not None:
        _appeal(stage, found, None, words)


def settle_remembered(stage: Stage) -> None:
    """Settle what was disputed while the question was open, now that it is over."""
    record = stage.session.current
    live = stage.studio.terminal.live
    if record is None or not live or not moments.may_settle(stage.session):
        return
    whole = feedback.is_clean(record)
    for found in moments.remembered(record):
        if whole and not _by_command(record, found.seq):
            stage.say(("note", NOTHING_LEFT))
        else:
            settle(stage, found)


def _by_command(record: Record, answer: int) -> bool:
    """Whether `/dispute` asked for that, rather than a protest in words."""
    return any(e.answer == answer and e.reason == DISPUTED for e in record.appeals)


def settle(stage: Stage, found: GradedAnswer) -> None:
    """Go through what the grader held against that answer, point by point, and record what the
    candidate says of it."""
    points = _contested(found)
    stage.say(("title", f"{question_name(found.record.question.id)}: you settle the grade."))
    stage.say(("plain", f"You said: {read_part(found.text)}"))
    if not points:
        stage.say(("note", "Nothing was held against that answer."))
        return
    stage.say(feedback.full_answer(found.record.question))
    said: dict[str, str] = {}
    for point in points:
        stage.say(("plain", point.statement), ("note", point.view))
        key = stage.studio.terminal.choose(point.question, point.keys)
        if key is None:
            break
        if key != "l":
            said[point.claim] = key
    if said:
        levels: dict[str, Level] = {
            p.claim: p.level(said[p.claim]) for p in points if p.claim in said and not p.wrong
        }
        denied = [p.claim for p in points if p.wrong and said.get(p.claim) == "n"]
        record_settled(stage, found, levels, denied)
    left = [p.claim for p in points if p.claim not in said]
    for claim in left:
        _appeal(stage, found, claim, LEFT)
    if left:
        stage.say(("note", f"Left for later, as appeals: {plural(len(left), 'point')}."))


def record_settled(
    stage: Stage, found: GradedAnswer, levels: Mapping[str, Level], denied: list[str]
) -> None:
    """Put on record what the candidate says of that answer, and say what it comes to."""
    fields = disputes.self_graded(found, levels, denied)
    stage.append(Settled, **fields)
    score, passed = fields["score"], fields["passed"]
    words = ": no score yet" if score is None else f": {score:.2f}, not answered"
    if passed:
        words = f": {score:.2f}, answered"
    if found.turn:
        words = ""  # a reply to a follow-up is by itself no whole answer
    stage.say(("good" if passed else "note", f"Self-graded{words}. The grader's scores stay."))


def _appeal(stage: Stage, found: GradedAnswer, claim: str | None, reason: str) -> None:
    record = stage.session.record(found.record.question.id)
    assert record is not None
    known = (e for e in record.appeals if settlements.is_open(record, e))
    if any((e.answer, e.criterion) == (found.seq, claim) for e in known):
        return
    stage.append(
        Appealed, question=record.question.id, answer=found.seq, reason=reason, criterion=claim
    )


@dataclass(frozen=True)
class Contested:
    """One claim that was held against an answer. graded: the grader's level of it, if any.

    view: what the grader made of it. wrong: it is a misconception.
    """

    claim: str
    statement: str
    view: str
    graded: Level | None
    wrong: bool = False

    @property
    def question(self) -> str:
        """What is put to the candidate."""
        if self.wrong:
            return "Did you say that?"
        return "Did you say all of it?" if self.graded == "partial" else "Did you say it?"

    @property
    def keys(self) -> Mapping[str, str]:
        """What may be pressed."""
        return CLAIMED if self.wrong else SAID

    def level(self, key: str) -> Level:
        """What that key makes of a criterion: "I did not" leaves it at what the grader heard."""
        return "met" if key == "y" else self.graded or "unmet"


def _contested(found: GradedAnswer) -> list[Contested]:
    criteria, wrong = disputes.contested(found)
    numbers = found.record.question.labels
    points = []
    for claim in (*criteria, *wrong):
        charged = isinstance(claim, Misconception)
        outcomes = found.grade.asserted if charged and found.grade else ()
        verdict = next((v for v in outcomes if v.criterion == claim.id), None)
        outcome = verdict or (found.grade.verdict(claim.id) if found.grade else None)
        head = f"{numbers[claim.id]}. " + ("A wrong claim: " if charged else "")
        points.append(
            Contested(
                claim=claim.id,
                statement=head + one_line(claim.statement),
                view=view(found, claim.id),
                graded=outcome.level if isinstance(outcome, Verdict) and not charged else None,
                wrong=charged,
            )
        )
    return points


def view(found: GradedAnswer, claim: str) -> str:
    """What the grader made of that claim, with the words it went by."""
    grade = found.grade
    outcome = grade.verdict(claim) if grade else None
    wrong = next((v for v in grade.asserted if v.criterion == claim), None) if grade else None
    if wrong is not None:
        outcome = wrong
    if not isinstance(outcome, Verdict):
        return "I came to no verdict on that."
    quote = one_line(outcome.words_in(found.text), QUOTE_LENGTH)
    heard = "wrong" if wrong is not None else outcome.level
    return _HEARD[heard].format(f", in “{quote}”" if quote else "")
