"""The events of a session. A transcript is the fold of its events and nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Protocol

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter

from interviewer.bank.questions import Aim, Question, QuestionId, Section, Tier
from interviewer.common.base import DAY, IsNumber, Remark, Said, Text, UnitFloat, Value
from interviewer.common.dates import in_utc
from interviewer.grading.grades import AnswerGrade, GraderIdentity, Level

LOG_VERSION = 1
LONGEST_FOLDER = 4096
"""Characters of a path."""
SELF = "self"
"""The rater of what is self-graded: the candidate, by their own word."""

Order = Literal["bank", "shuffle", "adaptive"]
SkipReason = Literal["skip", "unknown", "timeout"]
Style = Literal["friendly", "neutral", "tough"]
AnswerPace = Literal["spoken", "typed"]
CLOCKS: dict[AnswerPace, float] = {"spoken": 1.0, "typed": 3.0}
"""How much of a fair time for a spoken answer a clock gives: who types manages about 40 words a
minute where who speaks manages 120."""
UtteranceKind = Literal[
    "answer", "correction", "thinking", "repeat", "rephrase", "define", "example", "hint",
    "on-track", "remaining", "dont-know", "give-up", "small-talk", "protest", "clarify", "go-back",
]  # fmt: skip
"""What a candidate may say. A correction is an answer that takes back an earlier one; who goes back turns
to an earlier question."""
ANSWERS: frozenset[UtteranceKind] = frozenset({"answer", "correction"})
"""What is graded."""
Seconds = Annotated[
    float, Field(ge=0, allow_inf_nan=False), IsNumber, AfterValidator(lambda taken: min(taken, DAY))
]
"""What counts more than a day counts as a day: a terminal may be left open."""
Moment = Annotated[datetime, AfterValidator(in_utc)]
Count = Annotated[int, Field(ge=0, le=10**9), IsNumber]
Positive = Annotated[int, Field(ge=1, le=10**9), IsNumber]


class Plan(Value):
    """What a session asks and how.

    questions: candidates in asking order (for `adaptive`, the pool). count: how many of them.
    probes: follow-ups allowed per question. cold: no probes and no hints at all. style: how the
    interviewer speaks; None is neutral. teaches: a full answer is shown after each question. deeper:
    how many deeper questions may be put after full answers. self_graded: the candidate grades every
    question as well, before the grader's view is shown. pace: how answers are given, which sets the
    clock of a timed session.
    """

    questions: Annotated[tuple[QuestionId, ...], Field(min_length=1)]
    count: Positive
    order: Order = "bank"
    seed: int = 0
    probes: Annotated[int, Field(ge=0, le=10), IsNumber] = 2
    cold: bool = False
    timed: bool = False
    silent: bool = False
    style: Style | None = None
    teaches: bool = False
    deeper: Annotated[int, Field(ge=0, le=100), IsNumber] = 0
    self_graded: bool = False
    pace: AnswerPace = "spoken"


class BankInfo(Value):
    """The parts of a bank that a transcript needs besides its questions.

    after: by question the numbers of those that it would give away, where there are any.
    """

    id: Text
    version: Text
    digest: Text
    title: Text
    sections: tuple[Section, ...]
    tiers: tuple[Tier, ...]
    aims: tuple[Aim, ...]
    section_of: dict[QuestionId, str]
    after: dict[QuestionId, tuple[QuestionId, ...]] = Field(default_factory=dict)


class Numbered(Value):
    """Where in its log an event stands, and when it came."""

    seq: Count
    at: Moment


class Started(Numbered):
    """The first line of every log.

    folder: where the bank lay, for a session to be gone on with; "" for a shipped bank. simulated:
    whether a made-up candidate sits it, so that it says nothing of its user.
    """

    event: Literal["started"] = "started"
    log_version: Literal[1] = 1
    session: Text
    program: str
    bank: BankInfo
    plan: Plan
    grader: GraderIdentity
    folder: Annotated[Said, Field(max_length=LONGEST_FOLDER)] = ""
    simulated: bool = False


class Asked(Numbered):
    """A question was put; it is kept as asked, without exemplars.

    lead: what a language model, `led_by`, said on the way to it; "" for nothing.
    """

    event: Literal["asked"] = "asked"
    question: Question
    lead: Said = ""
    led_by: str = ""


class Answered(Numbered):
    """The candidate said something, to the question or to its latest probe.

    seconds: from the prompt shown to the answer submitted, with what an answer that was taken back
    took before. added: it belongs to an earlier question than the one under way, which stays open; its
    seconds are no longer charged to that one.
    """

    event: Literal["answered"] = "answered"
    question: QuestionId
    text: Said
    seconds: Seconds = 0.0
    added: bool = False


class Graded(Numbered):
    """The grade of the answer whose event has the sequence number `answer`.

    run 0 is the session's own grading; later runs are re-grades. bank: the digest of the bank it was
    graded by; None for the session's own.
    """

    event: Literal["graded"] = "graded"
    question: QuestionId
    answer: Count
    grade: AnswerGrade
    grader: GraderIdentity
    seconds: Seconds = 0.0
    run: Count = 0
    bank: Text | None = None


class Referred(Numbered):
    """The answer whose event has the number `answer` was handed to the judge, and is not waited for.

    What is graded next is graded by another; the judge's own grade comes as `amended`.
    """

    event: Literal["referred"] = "referred"
    question: QuestionId
    answer: Count
    grader: GraderIdentity


class Amended(Numbered):
    """The judge's grade of an answer that was referred to it; it counts from here on.

    Of several the last one counts. came: False where the judge had none when the session ended; the
    grade is then what the session went on with, and says so. seconds: from the answer handed over to
    the grade.
    """

    event: Literal["amended"] = "amended"
    question: QuestionId
    answer: Count
    grade: AnswerGrade
    grader: GraderIdentity
    seconds: Seconds = 0.0
    came: bool = True


class Probed(Numbered):
    """A follow-up was put. `worded_by` is "bank" for a written probe.

    written: the written probe that it stands for, where a language model worded it. goes_on: the question
    only goes on: an unfinished answer is asked for the rest, or the question is put again, which is no help
    and uses up no follow-up; criterion: then one that is open.
    """

    event: Literal["probed"] = "probed"
    question: QuestionId
    criterion: Text
    text: Text
    worded_by: Text = "bank"
    written: str = ""
    goes_on: bool = False


class Clarified(Numbered):
    """The candidate asked what the question or its latest probe means, and was told.

    Only in logs from before `Remarked`, which holds every kind of remark. asked: the candidate's
    words, which nobody grades. `worded_by` is "bank" where no language model worded the reply.
    """

    event: Literal["clarified"] = "clarified"
    question: QuestionId
    asked: Remark
    reply: Text
    worded_by: Text = "bank"

    @property
    def said(self) -> str:
        """The candidate's words, as those of a remark."""
        return self.asked


class Remarked(Numbered):
    """The candidate said something that is no answer, and was told something back.

    Nobody grades either. reply: "" where the next event holds what was shown. `worded_by` is "bank"
    where no language model worded the reply.
    """

    event: Literal["remarked"] = "remarked"
    question: QuestionId
    kind: UtteranceKind
    said: Remark
    reply: Said = ""
    worded_by: Text = "bank"


class Hinted(Numbered):
    """A hint was asked for and shown."""

    event: Literal["hinted"] = "hinted"
    question: QuestionId
    criterion: Text
    text: Text


class Skipped(Numbered):
    """The candidate passed on the question or on its latest probe."""

    event: Literal["skipped"] = "skipped"
    question: QuestionId
    reason: SkipReason
    text: Said = ""
    seconds: Seconds = 0.0


class Undone(Numbered):
    """The candidate took back the answer whose event has the number `answer`, the last one.

    Its grade and the follow-up to it fall away with it, and what it replied to is open again. So does
    the next question, if it was asked and nothing was said to it; it is asked anew. Where the answer was
    added to an earlier question, it alone falls away.
    """

    event: Literal["undone"] = "undone"
    question: QuestionId
    answer: Count


class Paused(Numbered):
    """The session stopped before its end. `draft` is what was typed and not yet submitted."""

    event: Literal["paused"] = "paused"
    reason: Literal["command", "end-of-input", "interrupt"] = "command"
    draft: Said = ""


class Resumed(Numbered):
    """The session went on; `grader` grades from here. pace: from here on; None as before."""

    event: Literal["resumed"] = "resumed"
    grader: GraderIdentity
    pace: AnswerPace | None = None


class Closed(Numbered):
    """Nothing more will be asked."""

    event: Literal["closed"] = "closed"
    reason: Literal["finished", "quit"] = "finished"


class Rerun(Numbered):
    """A grade run begins; its grades follow, also after the session was closed.

    bank: the digest of the bank it grades by. questions: that bank's questions where they are not
    as they were asked, without exemplars.
    """

    event: Literal["rerun"] = "rerun"
    run: Positive
    grader: GraderIdentity
    bank: Text
    questions: tuple[Question, ...] = ()


class Appealed(Numbered):
    """The candidate disputes the grade of the answer whose event has the number `answer`.

    criterion: the claim it is about; None for the grade as a whole.
    """

    event: Literal["appealed"] = "appealed"
    question: QuestionId
    answer: Count
    reason: Remark
    criterion: Text | None = None


class Settled(Numbered):
    """A person graded the answer whose event has the number `answer`; the latest one counts.

    levels: by criterion. misconceptions: the ids asserted. score, passed: None where a criterion has
    no level. gold: the id of the gold answer made of it, "" for none. The scores of the session stay
    what its grader said.
    """

    event: Literal["settled"] = "settled"
    question: QuestionId
    answer: Count
    rater: Remark
    levels: dict[str, Level]
    misconceptions: tuple[str, ...] = ()
    score: UnitFloat | None
    passed: bool | None
    gold: Said = ""

    @property
    def self_graded(self) -> bool:
        """Whether it rests on the candidate's own word."""
        return self.rater == SELF


Event = (
    Started
    | Asked
    | Answered
    | Graded
    | Referred
    | Amended
    | Probed
    | Clarified
    | Remarked
    | Hinted
    | Skipped
    | Undone
    | Paused
    | Resumed
    | Closed
    | Rerun
    | Appealed
    | Settled
)
EVENT: TypeAdapter[Event] = TypeAdapter(
    Annotated[Event, Field(discriminator="event")], config=ConfigDict(defer_build=True)
)


class EventLog(Protocol):
    """Where a session's events are kept."""

    def append(self, event: Event) -> None:
        """Keep the event for good: on return it is on disk."""
        ...
