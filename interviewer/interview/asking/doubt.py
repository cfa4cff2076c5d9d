"""How sure a grade must be before the interviewer acts on it: that a point was left unsaid, that a claim is
wrong; pure.

A grader misses what is said in words that it does not know, and is then less sure of it: whoever asks
only for what it is sure of asks hardly ever for what was said.
"""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.answer_text import traits
from interviewer.answer_text.normalize import content
from interviewer.bank.questions import Criterion
from interviewer.grading.grades import Outcome, Verdict
from interviewer.session.events import Answered
from interviewer.session.record import Record

CLEAR = 0.88
"""The confidence from which a verdict short of met is taken at its word. People who graded the same
answers found 2% of such points said in the shipped bank, 3% and 7% in two that nothing was fitted to,
against 13%, 19% and 40% without it (benchmarks/follow_up_targets.py)."""
LIKELY = 0.8
"""The same for a point that is asked for when nothing is clearer."""
UNTOUCHED = 0.5
"""The same where no answer has a word of the point that the prompt does not hold: of such points people found
1 of 201 said in the shipped bank at any confidence, and 1 of 14 and 10 of 36 in two that nothing was fitted to."""
ASKED_EXACTLY = 0.65
"""The confidence from which a written follow-up is put on a point in doubt: below it every third was said."""
SURE_YES = 0.8
"""The confidence from which a point is agreed with aloud, and an answer called complete."""
SURE_SLIP = 0.8
"""The confidence from which a wrong claim is called one aloud."""
ASKED_AGAIN = 0.7
"""The confidence from which the candidate is asked to look at a wrong claim again, which blames nobody and
so takes less than calling it wrong."""
ASKED_AGAIN_BESIDE = 0.8
"""The same where the criterion that the claim is about may be said right beside it."""
SAID_BESIDE = 0.7
"""The confidence below which it may be. Lower than CLEAR: that one bars asking for what was said, this one
bars asking about a claim that is itself likely wrong."""


def sureness(record: Record, criterion: str) -> float:
    """The least confidence that any answer to the question left that criterion short; 0 where none has a
    verdict on it."""
    found = (
        verdict.confidence
        for grade in record.grades
        if isinstance(verdict := grade.verdict(criterion), Verdict)
    )
    return min(found, default=0.0)


def in_doubt(record: Record, criterion: str) -> bool:
    """Whether a criterion that is short of met may have been said after all."""
    return sureness(record, criterion) < CLEAR


def is_untouched(record: Record, criterion: Criterion) -> bool:
    """Whether no answer has a word of that criterion which the prompt does not hold; of one whose words all
    stand in the prompt nobody knows."""
    prompt = record.question.prompt
    said = " ".join(t.reply.text for t in record.turns if isinstance(t.reply, Answered))
    own = set(content(criterion.statement)) - set(content(prompt))
    return bool(own) and traits.touched(said, criterion.statement, prompt=prompt) == 0


def is_unsaid(record: Record, criterion: Criterion) -> bool:
    """Whether a criterion that is short of met is taken to be left out: clearly so by its grades, or by its
    words."""
    if not in_doubt(record, criterion.id):
        return True
    found = (grade.verdict(criterion.id) for grade in record.grades)
    if any(isinstance(verdict, Verdict) and verdict.credit > 0 for verdict in found):
        return False
    return sureness(record, criterion.id) >= UNTOUCHED and is_untouched(record, criterion)


def asks_again(wrong: Verdict, about: Outcome | None) -> bool:
    """Whether the candidate is asked to look at a wrong claim again.

    about: what the grade of the same answer says of the criterion that the claim is about. What may well be
    said right beside the wrong claim is no way into it.
    """
    beside = isinstance(about, Verdict) and about.confidence < SAID_BESIDE
    return wrong.confidence >= (ASKED_AGAIN_BESIDE if beside else ASKED_AGAIN)


def surely_open(record: Record, still_open: Sequence[Criterion]) -> list[Criterion]:
    """Those of the criteria that were clearly left short."""
    return [c for c in still_open if not in_doubt(record, c.id)]
