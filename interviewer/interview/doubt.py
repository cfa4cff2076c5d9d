"""How sure it is that a point was left unsaid; pure.

A grader misses what is said in words that it does not know, and is then less sure of it: whoever asks
only for what it is sure of asks hardly ever for what was said.
"""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.bank.questions import Criterion
from interviewer.grading.grades import Verdict
from interviewer.session.record import Record

CLEAR = 0.88
"""The confidence from which a verdict short of met is taken at its word. People who graded the same
answers found 2% of such points said in the shipped bank, 3% and 7% in two that nothing was fitted to,
against 13%, 19% and 40% without it (benchmarks/follow_up_targets.py)."""
LIKELY = 0.8
"""The same for a point that is asked for when nothing is clearer."""
SURE_SLIP = 0.8
"""The confidence from which a wrong claim is called one aloud."""


def sureness(record: Record, criterion: str) -> float:
    """The least confidence that any answer to the question left that criterion short; 0 where none has a
    verdict on it."""
    found = (
        verdict.confidence
        for grade in record.grades
        if isinstance(verdict := grade.verdict(criterion), Verdict)
    )
    return min(found, default=0.0)


def surely_open(record: Record, still_open: Sequence[Criterion]) -> list[Criterion]:
    """Those of the criteria that were clearly left short."""
    return [c for c in still_open if sureness(record, c.id) >= CLEAR]
