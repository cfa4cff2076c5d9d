"""The interview goes on while a judge thinks: what is graded meanwhile, and what comes of it later."""

from __future__ import annotations

from collections.abc import Iterable

from interviewer.common.text import plural
from interviewer.grading.grader import GradeRequest
from interviewer.grading.grades import AnswerGrade, GraderIdentity
from interviewer.grading.judges.fallback import without_judge
from interviewer.grading.late import LateGrade, LateJudge
from interviewer.interview.stage import Stage
from interviewer.interview.talk import tails
from interviewer.interview.telling.feedback import Line
from interviewer.interview.telling.second_thoughts import second_thoughts
from interviewer.session.events import Amended, Answered, Referred
from interviewer.session.record import Record, Turn, awaiting_judge

GRADING = "grading, Ctrl-C goes on without the judge"
FOR_NOW = "Graded offline for now: the judge had not replied when the interview went on."
WAITING = "waiting for the judge's last word on {}, Ctrl-C goes on without"


def grade_for_now(
    stage: Stage, late: LateJudge, answer: int, request: GradeRequest
) -> tuple[AnswerGrade, GraderIdentity]:
    """The judge's grade if it comes within its patience, or else what the spare grader says meanwhile.

    Ctrl-C goes on without waiting for the judge. Raises KeyboardInterrupt for a second one.
    """
    studio = stage.studio
    assert studio.spare_grader is not None, "somebody must grade meanwhile"
    referred = late.refer(answer, request)
    own: LateGrade | None = None
    lines: list[Line] = []
    try:
        with studio.terminal.busy(GRADING):
            spare = studio.spare_grader()
            meanwhile = spare.grade(request)
            if referred:
                own, lines = _in_time(stage, late, answer)
    except KeyboardInterrupt:
        spare = studio.spare_grader()
        meanwhile = spare.grade(request)
    stage.say(*lines)
    if own is not None and own.grade is not None:
        return own.grade, own.grader
    if own is not None or not referred:
        if own is not None:
            grade = without_judge(request.question, meanwhile, own.why, "no-reply")
        else:
            why = "it has too many answers to read"
            grade = without_judge(request.question, meanwhile, why)
        return grade, studio.identity
    number = request.question.id
    stage.append(Referred, question=number, answer=answer, grader=studio.identity)
    return meanwhile.model_copy(update={"notes": (*meanwhile.notes, FOR_NOW)}), spare.identity


def _in_time(stage: Stage, late: LateJudge, answer: int) -> tuple[LateGrade | None, list[Line]]:
    """The judge's grade of that answer, if it comes within its patience. Others that come meanwhile
    are put on record, and what is to be said of them is returned too."""
    lines: list[Line] = []
    clock = stage.studio.clock
    until = clock.monotonic() + late.patience
    try:
        while (left := until - clock.monotonic()) > 0:
            come = late.arrived(left)
            if not come:
                break
            lines += _amend_all(stage, [one for one in come if one.answer != answer])
            if own := [one for one in come if one.answer == answer]:
                return own[0], lines
    except KeyboardInterrupt:
        """The candidate goes on; the judge's grade comes when it comes."""
    return None, lines


def take(stage: Stage, *, quietly: bool = False) -> None:
    """Put on record what the judge has said since, and say it where it changes what was said aloud.

    quietly: without a word, since the session is about to stop.
    """
    late = stage.studio.late_judge
    if late is None:
        return
    lines = _amend_all(stage, late.arrived())
    notices: list[Line] = [("note", f"{notice}.") for notice in late.notices()]
    if not quietly:
        stage.say(*notices, *lines)


def refer_again(stage: Stage) -> None:
    """Hand the judge what it had not graded when the session stopped."""
    late = stage.studio.late_judge
    if late is None:
        return
    for record, turn in awaiting_judge(stage.session):
        assert isinstance(turn.reply, Answered)
        late.refer(turn.reply.seq, _request(stage, record, turn))


def finish(stage: Stage) -> None:
    """Before the session is closed: wait for the judge's last grades within its deadline.

    Ctrl-C goes on without them. What has not come then is graded offline for good, and says so.
    """
    take(stage)
    late = stage.studio.late_judge
    if late is not None and (left := awaiting_judge(stage.session)):
        words = WAITING.format(plural(len(left), "answer"))
        failures: list[Line] = []
        try:
            with stage.studio.terminal.busy(words), late.listening():
                _wait(stage, late, failures)
        except KeyboardInterrupt:
            stage.say(("warning", "Stopped waiting for the judge."))
        stage.say(*failures)
    for record, turn in awaiting_judge(stage.session):
        assert turn.referred is not None
        grade = without_judge(record.question, _meanwhile(turn), "the session was over before")
        _append(stage, record, turn, grade, turn.referred.grader, came=False)


def _wait(stage: Stage, late: LateJudge, failures: list[Line]) -> None:
    """Until all is there or time is over. The debrief tells of the grades; failures: what is to be
    said of those that the judge could not give."""
    clock = stage.studio.clock
    until = clock.monotonic() + late.deadline
    while awaiting_judge(stage.session) and (left := until - clock.monotonic()) > 0:
        come = late.arrived(left)
        if not come:
            return
        failures += [line for line in _amend_all(stage, come) if line[0] == "warning"]


def _meanwhile(turn: Turn) -> AnswerGrade:
    """The grade that the interview went on with, for good."""
    assert turn.graded is not None
    grade = turn.graded.grade
    notes = tuple(note for note in grade.notes if note != FOR_NOW)
    return grade.model_copy(update={"notes": notes})


def _amend_all(stage: Stage, come: Iterable[LateGrade]) -> list[Line]:
    """Put grades on record; what is to be said of them. One of an answer that was taken back is let
    go."""
    lines: list[Line] = []
    for late in come:
        found = next(
            (
                (record, turn)
                for record, turn in awaiting_judge(stage.session)
                if isinstance(turn.reply, Answered) and turn.reply.seq == late.answer
            ),
            None,
        )
        if found is None:
            continue
        record, turn = found
        grade = late.grade or without_judge(record.question, _meanwhile(turn), late.why, "no-reply")
        _append(stage, record, turn, grade, late.grader, seconds=late.seconds)
        lines += stage.fallback_lines(grade)
        if words := second_thoughts(stage.session, late.answer):
            lines.append(("note", words))
    return lines


def _append(
    stage: Stage,
    record: Record,
    turn: Turn,
    grade: AnswerGrade,
    by: GraderIdentity,
    *,
    seconds: float = 0.0,
    came: bool = True,
) -> None:
    assert isinstance(turn.reply, Answered)
    assert turn.graded is not None
    before = turn.graded.grade.score
    shown = "no score" if before is None else f"{before:.2f}"
    told = (
        f"The interview went on with {shown} by the offline grader; the judge's grade came later."
    )
    notes = (*grade.notes, told) if came else grade.notes
    stage.append(
        Amended,
        question=record.question.id,
        answer=turn.reply.seq,
        grade=grade.model_copy(update={"notes": notes}),
        grader=by,
        seconds=seconds,
        came=came,
    )


def _request(stage: Stage, record: Record, turn: Turn) -> GradeRequest:
    return tails.request(stage.full(record.question), record, turn)
