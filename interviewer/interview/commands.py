"""What the candidate tells the program rather than the interviewer: /hint, Ctrl-D and the like."""

from __future__ import annotations

from typing import NoReturn

from interviewer.interview import amending, replies
from interviewer.interview.asking import following_up, steps
from interviewer.interview.own_word import disputing
from interviewer.interview.stage import Stage
from interviewer.interview.talk import remarks
from interviewer.interview.talk.remarks import Standpoint
from interviewer.interview.telling import feedback, reactions
from interviewer.interview.terminal import Reply
from interviewer.session.events import Answered, Closed, Hinted, Paused, Skipped, Undone
from interviewer.session.record import turns_of


class Stop(Exception):
    """The candidate paused or quit; the log says so already."""


def obey(stage: Stage, reply: Reply, name: str | None, spent: float) -> bool:
    """Carry out a command; True when what is to do next is to be decided anew.

    name: of a command line. spent: seconds on the question so far. Raises Stop.
    """
    if reply.kind == "end" or name == "pause":
        pause(stage, "command" if name else "end-of-input", reply.text if not name else "")
    if reply.kind == "interrupt":
        pause(stage, "interrupt", reply.text)
    match name:
        case "repeat":
            stage.show_again()
        case "hint":
            hint(stage)
        case "skip":
            skip(stage, spent)
            return True
        case "undo":
            return _undo(stage)
        case "why":
            _why(stage)
        case "dispute":
            return disputing.dispute(stage, spent)
        case "quit":
            if stage.studio.terminal.confirm("End the session here and write the report?"):
                amending.finish(stage)
                stage.append(Closed, reason="quit")
                raise Stop
        case "help":
            stage.say(*[("note", f"/{n}  {what}") for n, what in replies.COMMANDS.items()])
        case _:
            stage.say(("warning", f"There is no command '/{name}'. /help lists them."))
    return False


def pause(stage: Stage, reason: str, draft: str = "") -> NoReturn:
    """Stop here, to be gone on with later. draft: what was typed and not submitted."""
    amending.take(stage, quietly=True)
    stage.append(Paused, reason=reason, draft=draft)
    raise Stop


def skip(stage: Stage, spent: float, text: str = "") -> None:
    """Pass on the question or its latest probe. text: the words that asked for it."""
    number = stage.current.question.id
    stage.append(Skipped, question=number, reason="skip", text=text, seconds=spent)
    stage.pass_on(reactions.skipped(stage.session) if text else "Skipped.")


def hint(stage: Stage) -> None:
    """Show the next hint, if there may be one."""
    record = stage.current
    if stage.session.started.plan.cold:
        stage.say(("note", "No hints this time: you asked for a run without help."))
        return
    found = following_up.hint_for(record)
    if found is None:
        now = Standpoint(stage.session, record, stage.full(record.question))
        stage.say(("note", remarks.without_hint(now)))
        return
    stage.append(Hinted, question=record.question.id, criterion=found.criterion, text=found.text)
    stage.say(("hint", found.text))


def _undo(stage: Stage) -> bool:
    """Take the last answer back; whether there was one."""
    found = steps.taken_back_by_undo(stage.session)
    if found is None:
        stage.say(("note", "There is no answer that can be taken back here."))
        return False
    record, turn = found
    assert isinstance(turn.reply, Answered)
    cold = turn is record.first and not record.prompted
    before = (
        "" if record is stage.current else " The question that came next is asked again after it."
    )
    stage.append(Undone, question=record.question.id, answer=turn.reply.seq)
    stage.say(("note", f"Taken back; the log keeps it.{before}"))
    if cold:
        seen = "You have heard what came of it, so the question counts as prompted from here."
        stage.say(("note", seen))
    stage.show_again()
    return True


def _why(stage: Stage) -> None:
    plan = stage.session.started.plan
    if plan.silent:
        stage.say(("note", "Feedback comes at the end of a silent session."))
        return
    graded = [(r, t) for r, t in turns_of(stage.session) if t.graded is not None]
    if not graded:
        stage.say(("note", "Nothing has been graded yet."))
        return
    record, turn = max(graded, key=lambda one: one[1].reply.seq if one[1].reply else 0)
    assert turn.graded is not None
    if plan.self_graded and record is stage.session.current:
        stage.say(("note", "You grade this question yourself first, as soon as it is over."))
        return
    text = turn.reply.text if turn.reply else ""
    # While a follow-up is open, and where nothing is taught before the end, it names no answer.
    reveal = record is not stage.current and not (plan.cold or plan.timed)
    stage.say(*feedback.why(record.question, text, turn.graded.grade, reveal=reveal))
    if turn.awaits_judge:
        stage.say(("note", "The judge is still reading that one."))
