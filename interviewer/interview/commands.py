"""What the candidate tells the program rather than the interviewer: /hint, Ctrl-D and the like."""

from __future__ import annotations

from typing import NoReturn

from interviewer.interview import feedback, replies, steps
from interviewer.interview.stage import Stage
from interviewer.interview.terminal import Reply
from interviewer.session.events import Closed, Hinted, Paused, Skipped
from interviewer.session.record import turns_of


class Stop(Exception):
    """The candidate paused or quit; the log says so already."""


def obey(stage: Stage, reply: Reply, name: str | None, spent: float) -> bool:
    """Carry out a command; True when the question needs no further reply.

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
        case "why":
            _why(stage)
        case "quit":
            if stage.studio.terminal.confirm("End the session here and write the report?"):
                stage.append(Closed, reason="quit")
                raise Stop
        case "help":
            stage.say(*[("note", f"/{n}  {what}") for n, what in replies.COMMANDS.items()])
        case _:
            stage.say(("warning", f"There is no command '/{name}'. /help lists them."))
    return False


def pause(stage: Stage, reason: str, draft: str = "") -> NoReturn:
    """Stop here, to be gone on with later. draft: what was typed and not submitted."""
    stage.append(Paused, reason=reason, draft=draft)
    raise Stop


def skip(stage: Stage, spent: float, text: str = "") -> None:
    """Pass on the question or its latest probe. text: the words that asked for it."""
    number = stage.current.question.id
    stage.append(Skipped, question=number, reason="skip", text=text, seconds=spent)
    stage.pass_on("Skipped.")


def hint(stage: Stage) -> None:
    """Show the next hint, if there may be one."""
    record = stage.current
    if stage.session.started.plan.cold:
        stage.say(("note", "No hints in a cold run: it is the honest count."))
        return
    found = steps.hint_for(record)
    if found is None:
        stage.say(("note", "There is no further hint for this one. Say what you can."))
        return
    stage.append(Hinted, question=record.question.id, criterion=found.criterion, text=found.text)
    stage.say(("hint", found.text))


def _why(stage: Stage) -> None:
    plan = stage.session.started.plan
    if plan.silent:
        stage.say(("note", "Feedback comes at the end of a silent session."))
        return
    graded = [(r, t) for r, t in turns_of(stage.session) if t.graded is not None]
    if not graded:
        stage.say(("note", "Nothing has been graded yet."))
        return
    record, turn = graded[-1]
    assert turn.graded is not None
    text = turn.reply.text if turn.reply else ""
    stage.say(*feedback.why(record.question, text, turn.graded.grade))
