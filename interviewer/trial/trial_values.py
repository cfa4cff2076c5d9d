"""What a trial found, as one value.

`interviewer trial --json` prints it, the page and the tables are made of it, and it is kept.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from interviewer.agreement.bootstrap import Difference
from interviewer.check.behaving import FamilyResult, Share
from interviewer.check.measures import Measured
from interviewer.common.base import Text, Value
from interviewer.grading.grader import JudgeMode
from interviewer.grading.grades import GraderIdentity

TRIAL_VERSION: Literal[1] = 1
Use = Literal["judge alone", "fused", "wordings only", "not at all"]
Took = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class ModeTried(Value):
    """One way to ask a model, on two answers of which it is known what is due.

    claims, verdicts: how many it was asked about, and on how many it gave a verdict. right: on how
    many of them the verdict was the right one; all are 0 where it was not tried. seconds: that both
    answers took. why: what kept it from the rest; "" for nothing.
    """

    mode: JudgeMode
    claims: int
    verdicts: int
    right: int
    seconds: Took
    why: str = ""


class Paid(Value):
    """Attacks that were tried. paid: the share that raised a score; None where none was graded."""

    tried: int
    paid: Share


class TrialSide(Value):
    """One grader of the trial: "offline", "judge" or "fused"; all see the same answers.

    measured: agreement with gold, None without gold. families: behaviour on answers by construction.
    """

    name: Literal["offline", "judge", "fused"]
    measured: Measured | None
    families: tuple[FamilyResult, ...]
    attacks: Paid


class SideBySide(Value):
    """Left less right on the answers that both graded, by metric."""

    left: Text
    right: Text
    differences: dict[str, Difference]


class Wordings(Value):
    """Follow-ups that the model was asked to word. fit: how many passed the linter at once. why: what
    was said of the others, or why none was asked for."""

    asked: int
    fit: int
    why: str = ""


class Recommendation(Value):
    """What the model is good for, and the rules that led there, each with its figures."""

    use: Use
    because: tuple[str, ...]


class TrialReport(Value):
    """A trial of one model.

    digest: of the model. seconds: that it took. stopped: by what it ended before its time, "" if not.
    test_answer: how the model took the wrong answer that asks for full marks. fitted: by whom its
    curve was fitted. gold: the name of the set, "" without one; answers: how many of `gold_size`
    answers of it were graded. ceiling: one rater of those answers against another.
    """

    trial_version: Literal[1] = TRIAL_VERSION
    model: Text
    digest: Text
    grader: GraderIdentity
    made: datetime
    minutes: Took
    seconds: Took
    stopped: str
    seed: int
    mode: JudgeMode
    modes: tuple[ModeTried, ...]
    test_answer: Literal["passed", "failed", "unknown"]
    test_problem: str = ""
    fitted: Literal["own", "shipped", "none"]
    bank: Text
    gold: str
    gold_size: int
    answers: int
    sides: tuple[TrialSide, ...]
    ceiling: Measured | None
    comparisons: tuple[SideBySide, ...]
    wordings: Wordings
    recommendation: Recommendation

    def side(self, name: str) -> TrialSide:
        """The grader of that name."""
        return next(side for side in self.sides if side.name == name)


class TrialTable(Value):
    """Every trial that was kept."""

    trial_version: Literal[1] = TRIAL_VERSION
    trials: tuple[TrialReport, ...]
