"""What a candidate says: an answer goes on record, everything else gets what a person would say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interviewer.answer_text.spans import marked_sentences
from interviewer.interview import commands
from interviewer.interview.asking import steps
from interviewer.interview.own_word import disputing
from interviewer.interview.speaking import Speaker
from interviewer.interview.stage import Stage
from interviewer.interview.talk import remarks, tails
from interviewer.interview.talk.listener import Listener
from interviewer.interview.talk.remarks import Standpoint
from interviewer.interview.telling import feedback, reactions, taking_in
from interviewer.interview.voice.worded import Worded
from interviewer.session.events import (
    ANSWERS,
    Answered,
    Remarked,
    Skipped,
    Undone,
    UtteranceKind,
)

if TYPE_CHECKING:
    from interviewer.interview.talk.going_back import GoingBack


class Hearing:
    """Takes up what is said while a question or a probe is open."""

    def __init__(self, stage: Stage, speaker: Speaker):
        self._stage = stage
        self._speaker = speaker
        self._listener = Listener(stage.studio.embedder)
        self._nothing_at = 0

    def take(self, text: str, spent: float) -> bool:
        """Whether the question under way has its reply with this. spent: seconds on it so far."""
        # Its patterns take longer to compile than a first question should wait.
        from interviewer.interview.talk import going_back, objecting, own_answer  # noqa: PLC0415

        stage = self._stage
        if not text.strip() and self._asks_again():
            return False
        if going_back.not_tried(text):
            self._remark("clarify", text, Worded(remarks.too_soon(self._now(spent))))
            return False
        if (back := going_back.going_back(stage.session, text)) is not None:
            return self._go_back(back, text, spent)
        question = stage.full(stage.current.question)
        kind = self._listener.kind_of(text, stage.asked, question)
        if kind in ANSWERS and own_answer.repeats_a_slip(stage.current, text):
            kind = "protest"
        if kind in ANSWERS:
            back = going_back.follows(stage.session, text)
            if back is not None and not taking_in.why_closed(stage.session.started.plan):
                return self._go_back(back, text, spent)
            self._take_up_beside(text, spent)
            stage.append(Answered, question=question.id, text=text, seconds=spent)
            return True
        if kind == "dont-know":
            return self._let_go(text, spent)
        if kind == "give-up":
            commands.skip(stage, spent, text)
            return True
        views = any(map(objecting.asks_view, marked_sentences(text)))
        if kind == "protest" and (views or objecting.objects(text, stage.asked, question)):
            self._remark(kind, text, Worded(remarks.objected(text, self._now(spent))))
            return False
        worded = self._worded(kind, text, spent)
        self._remark(kind, text, worded)
        if kind == "hint":
            commands.hint(stage)
        if kind == "protest":
            return disputing.dispute(stage, spent, text)
        return False

    def _go_back(self, back: GoingBack, text: str, spent: float) -> bool:
        """Put what belongs to an earlier question with it; whether something is to be graded now."""
        from interviewer.interview.talk import belonging, going_back  # noqa: PLC0415

        stage = self._stage
        said = back.said or (self._misplaced() if back.moves else "")
        closed = taking_in.why_closed(stage.session.started.plan)
        if said and not closed:
            if not back.said:
                self._take_back_misplaced()
            number = back.record.question.id
            stage.append(Answered, question=number, text=said, seconds=spent, added=True)
        else:
            tell = taking_in.noted if said else taking_in.invited
            sorry = f"{belonging.TOO_QUICK} " if going_back.complains(text) else ""
            words = f"{sorry}{tell(stage.session, back.record)}"
            self._remark("go-back", text, Worded(words))
        if back.rest:
            left = 0.0 if said and not closed else spent
            number = stage.current.question.id
            stage.append(Answered, question=number, text=back.rest, seconds=left)
        return bool(back.rest or (said and not closed))

    def _misplaced(self) -> str:
        """The last answer to the question under way; "" where there is none."""
        turns = self._stage.current.turns
        given = [turn.reply.text for turn in turns if isinstance(turn.reply, Answered)]
        return given[-1] if given else ""

    def _take_back_misplaced(self) -> None:
        """Open again what the last answer replied to: it was meant for another question."""
        found = steps.taken_back_by_undo(self._stage.session)
        if found is not None and found[0] is self._stage.current and found[1].reply is not None:
            number, answer = found[0].question.id, found[1].reply.seq
            self._stage.append(Undone, question=number, answer=answer)

    def _take_up_beside(self, text: str, spent: float) -> None:
        """Reply to a protest or a question that came with the answer, where somebody is there."""
        tail = tails.tail_of(text) if self._stage.studio.terminal.live else None
        if tail is None:
            return
        words = remarks.beside(tail, self._now(spent))
        if not words:
            return
        protest = tail.kind == "protest"
        self._remark("protest" if protest else "clarify", tail.words, Worded(words))
        if protest:
            disputing.note(self._stage, tail.words)

    def bring_help(self) -> None:
        """With a follow-up, the help that was asked for at the end of the answer before it."""
        stage = self._stage
        *_, before, _ = stage.current.turns
        if not (stage.studio.terminal.live and isinstance(before.reply, Answered)):
            return
        tail = tails.tail_of(before.reply.text)
        if tail is None or tail.kind != "request":
            return
        asked, question = stage.current.asked(before), stage.full(stage.current.question)
        kind = self._listener.kind_of(tail.words, asked, question)
        words = remarks.brought(kind, tail.words, self._now(0.0))
        noted: UtteranceKind = kind if kind in ("define", "example", "hint") else "clarify"
        self._remark(noted, tail.words, Worded(words))

    def _asks_again(self) -> bool:
        """Whether somebody at a keyboard who submitted nothing is asked once more. It is nothing
        that was said, so that the log knows nothing of it."""
        now = self._stage.session.last_seq
        if not self._stage.studio.terminal.live or self._nothing_at == now:
            return False
        self._nothing_at = now
        self._stage.say(("note", "Nothing came through. Say what you have, or /skip."))
        return True

    def _let_go(self, text: str, spent: float) -> bool:
        stage = self._stage
        # A file goes on with its next answer, whatever is said in between.
        live = stage.studio.terminal.live
        way_in = remarks.easier(self._now(spent)) if text.strip() and live else ""
        if way_in:
            self._remark("dont-know", text, Worded(way_in))
            return False
        number = stage.current.question.id
        stage.append(Skipped, question=number, reason="unknown", text=text, seconds=spent)
        stage.pass_on(reactions.let_go(stage.session) if text.strip() else "No answer: on we go.")
        return True

    def _worded(self, kind: UtteranceKind, text: str, spent: float) -> Worded:
        now = self._now(spent)
        plain = remarks.reply(kind, text, now)
        if not remarks.in_other_words(kind, text, now):
            return Worded(plain)
        return self._speaker.clarification(now.record, text, now.question, plain)

    def _now(self, spent: float) -> Standpoint:
        stage = self._stage
        record = stage.current
        return Standpoint(
            session=stage.session,
            record=record,
            question=stage.full(record.question),
            heard=feedback.heard(record),
            left=stage.status(spent).limit,
            live=stage.studio.terminal.live,
        )

    def _remark(self, kind: UtteranceKind, text: str, worded: Worded) -> None:
        self._stage.append(
            Remarked,
            question=self._stage.current.question.id,
            kind=kind,
            said=text,
            reply=worded.text,
            worded_by=worded.by,
        )
        if kind == "repeat":
            self._stage.say(("note", worded.text[: worded.text.index(":") + 1]))
            self._stage.show_again()
        elif worded.text:
            self._stage.say(("note", worded.text))
