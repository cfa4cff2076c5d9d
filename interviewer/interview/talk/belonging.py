"""Whether an answer to the open question is one to a question before it, by what it earns on each; pure.

Nobody has to say that he goes back: what earns nothing on the open question and meets an open point of an
earlier one was meant for that. What may as well belong to the open question is an answer to it.
"""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.bank.questions import Criterion
from interviewer.grading.grades import AnswerGrade
from interviewer.interview.asking import doubt, targets
from interviewer.interview.talk import going_back
from interviewer.interview.telling import taking_in
from interviewer.interview.telling.feedback import Line
from interviewer.session.record import Record, Session

MISTAKEN = "Ah, sorry, I took that for this question."
TOO_QUICK = "Ah, sorry, I was too quick."
BACK = 2
"""Questions before the open one that an answer may belong to."""
SURELY = 0.85
"""The confidence from which an earlier point is met whatever else the answer speaks of."""
LIKELY = 0.6
"""The same where it has no word of the open question's own and ALL_THERE of the earlier one's."""
ALL_THERE = 4
TELLING = 6
"""The words of the earlier question's own from which, beside none of the open one's, half a point will do."""
MORE_THERE = 2
"""Words that it has to share with the earlier question beyond those with the open one."""
HALF_SURE = 0.9
"""The confidence from which half a point on the open question keeps an answer there."""


def left_open(session: Session) -> list[Record]:
    """The questions just before the open one of which a point is open or that were passed, the last first."""
    *earlier, _ = session.records
    return [r for r in reversed(earlier[-BACK:]) if open_points(r)]


def open_points(record: Record) -> Sequence[Criterion]:
    """The criteria that may still be met; all of them where the question was passed."""
    if record.merged is None:
        return record.question.criteria
    return targets.open_criteria(record.question, record.merged)


def earns_nothing(grade: AnswerGrade) -> bool:
    """Whether an answer surely earns nothing on the open question; what was not graded may."""
    return len(grade.graded) == len(grade.verdicts) and not any(
        (v.level == "met" and v.confidence >= doubt.SURE_YES)
        or (v.level == "partial" and v.confidence >= HALF_SURE)
        for v in grade.graded
    )


def belongs(text: str, now: Record, here: AnswerGrade, earlier: Record, there: AnswerGrade) -> bool:
    """Whether `text`, an answer to `now` that is graded `here`, belongs to `earlier` as graded `there`."""
    if not earns_nothing(here) or there.asserted:
        return False
    own, others = going_back.shares(text, earlier, now)
    if others < own + MORE_THERE:
        return False
    points = {criterion.id for criterion in open_points(earlier)}
    earned = [v for v in there.graded if v.criterion in points and v.level != "unmet"]
    sure = max((v.confidence for v in earned if v.level == "met"), default=0.0)
    apart = own == 0 and others >= ALL_THERE
    if here.asserted and not apart:
        return False
    if earned and apart and others >= TELLING:
        return True
    return sure >= (LIKELY if apart else SURELY)


def put_there(session: Session, record: Record) -> list[Line]:
    """What follows the grade of what was added to that earlier question last, with an apology for what was
    taken for something else."""
    (tone, first), *rest = taking_in.taken_in(session, record)
    return [(tone, f"{_apology(session, record)}{first}"), *rest]


def _apology(session: Session, record: Record) -> str:
    """What is said first to who was cut off or misunderstood; "" to others."""
    reply = record.turns[-1].reply
    assert reply is not None, "an addition is an answer"
    gone = session.records[-1].turns[-1].taken_back
    # What was taken for an answer to another question and graded there was meant for this one.
    if any(t.graded and t.reply and t.reply.text == reply.text for t in gone):
        return f"{MISTAKEN} "
    return f"{TOO_QUICK} " if going_back.complains(reply.text) else ""
