"""The port to a judge that the interview does not wait for."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from interviewer.grading.grader import GradeRequest
from interviewer.grading.grades import AnswerGrade, GraderIdentity


@dataclass(frozen=True)
class LateGrade:
    """What came of an answer that was referred to a judge.

    answer: its event number. grade: None where the judge could not even be asked, and `why` says
    why. seconds: from the answer handed over to the grade.
    """

    answer: int
    grade: AnswerGrade | None
    grader: GraderIdentity
    seconds: float = 0.0
    why: str = ""


class LateJudge(Protocol):
    """Grades answers one after the other while something else goes on.

    patience: seconds for which the interview waits for a grade before it goes on without. deadline:
    seconds for which it waits at its end for those that are still to come.
    """

    @property
    def patience(self) -> float: ...

    @property
    def deadline(self) -> float: ...

    def refer(self, answer: int, request: GradeRequest) -> bool:
        """Hand an answer over; False where too many wait already."""
        ...

    def arrived(self, seconds: float = 0.0) -> Sequence[LateGrade]:
        """The grades that came since this was asked last. Where there are none, it waits for one so
        long; nothing then means that the time is over."""
        ...

    def notices(self) -> Sequence[str]:
        """What the judge has to tell whoever waits, since this was asked last."""
        ...

    def listening(self) -> AbstractContextManager[None]:
        """Lasts while the candidate is listened to, and nobody else asks the judge's model."""
        ...
