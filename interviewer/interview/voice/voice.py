"""The interviewer's voice: a language model words what code has decided to say, under the linter."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from interviewer.bank.questions import Claim, Question
from interviewer.chat.messages import ChatModel, ChatRequest, Messages
from interviewer.errors import InterviewerError, ModelError, ModelTimeout
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.grading.grades import AnswerGrade, Verdict
from interviewer.grading.offline.encoders import Embedder
from interviewer.interview.asking.targets import LIFTED, Target
from interviewer.interview.voice import wording, wording_prompts
from interviewer.interview.voice.misses import Misses
from interviewer.interview.voice.worded import Attempt, Worded
from interviewer.interview.voice.wording import Brief, Gauged
from interviewer.session.events import Style

TRIES = 2
AGAIN_TEMPERATURE = 0.7
"""At temperature 0 a small model says again what was refused."""
LEAD_PATIENCE = 4.0
"""Seconds that words which are only polite are waited for; a model that takes longer for anything is
not asked for them."""
LEAST_LEFT = 0.5
"""Seconds below which a second try is not begun."""
_TOKENS = 120


@dataclass(frozen=True)
class Measures:
    """What measures a wording: an encoder, and a grader that says what it would earn as an answer.

    Both are asked for when first needed; without them the linter goes by words alone.
    """

    embedder: Callable[[], Embedder] | None = None
    grader: Callable[[], Grader] | None = None


class Voice:
    """Words what is said, within a deadline; what was written is always there to fall back on.

    seconds: for one thing to say, both tries together. `notices` collects what the candidate should
    be told about it, each once. new_marker: draws the words that fence data in prompts. monotonic:
    seconds from some point.
    """

    def __init__(
        self,
        chat: ChatModel,
        style: Style,
        *,
        seconds: float,
        new_marker: Callable[[], str],
        monotonic: Callable[[], float],
        measures: Measures | None = None,
    ):
        self._chat = chat
        self._style = style
        self._seconds = seconds
        self._new_marker = new_marker
        self._monotonic = monotonic
        self._measures = measures or Measures()
        self._misses = Misses()
        self._pace: float | None = None

    @property
    def name(self) -> str:
        """The model's name."""
        return self._chat.name

    @property
    def notices(self) -> list[str]:
        """What has come up since the last call of this."""
        return self._misses.take()

    def follow_up(
        self,
        question: Question,
        said: str,
        target: Target,
        written: str,
        earlier: tuple[str, ...] = (),
        so_far: AnswerGrade | None = None,
    ) -> Worded:
        """The follow-up on that target; `written` where the model has no fit wording."""
        claims = open_claims(question, so_far)
        brief = Brief(
            "follow-up", question.prompt, said, f"{target.criterion.statement} {written}",
            _statements(claims), _exemplars(claims), earlier,
        )  # fmt: skip
        marker = self._new_marker()
        chat = wording_prompts.follow_up(question, said, target, written, self._style, marker)
        return self._word(chat, marker, brief, question, written, TRIES)

    def clarification(
        self,
        question: Question,
        asked: str,
        said: str,
        plain: str,
        so_far: AnswerGrade | None = None,
    ) -> Worded:
        """The reply to what a candidate asks back; `plain` where the model has no fit wording."""
        claims = open_claims(question, so_far)
        brief = Brief(
            "clarification", f"{question.prompt} {asked}", said, "",
            _statements(claims), _exemplars(claims),
        )  # fmt: skip
        marker = self._new_marker()
        chat = wording_prompts.clarification(question, asked, said, self._style, marker)
        return self._word(chat, marker, brief, question, plain, TRIES)

    def lead(self, before: Question, said: str, after: Question) -> Worded:
        """A sentence on the way to the next question; "" where there is none fit to say."""
        if self._pace is not None and self._pace >= LEAD_PATIENCE:
            return Worded("")
        claims = (*open_claims(after, None), *open_claims(before, None))
        brief = Brief(
            "lead", f"{before.prompt} {after.prompt}", said, "",
            _statements(claims), _exemplars(claims),
        )  # fmt: skip
        marker = self._new_marker()
        chat = wording_prompts.lead(before, said, after, self._style, marker)
        return self._word(chat, marker, brief, after, "", 1)

    def _word(
        self, chat: Messages, marker: str, brief: Brief, question: Question, spare: str, tries: int
    ) -> Worded:
        if self._misses.off:
            return Worded(spare)
        attempts: list[Attempt] = []
        polite = brief.form == "lead"
        begun = self._monotonic()
        until = begun + (min(self._seconds, LEAD_PATIENCE) if polite else self._seconds)
        try:
            while len(attempts) < tries and (left := until - self._monotonic()) > LEAST_LEFT:
                attempt = self._attempt(chat, marker, left, brief, question, len(attempts))
                attempts.append(attempt)
                self._misses.replied()
                if not attempt.faults:
                    self._misses.fit()
                    return Worded(attempt.text, self.name, tuple(attempts))
                chat = wording_prompts.again(chat, attempt.text, attempt.faults, brief.form)
            if attempts and not polite:
                self._misses.unfit()
        except ModelError as error:
            self._pace = self._monotonic() - begun
            # A lead that does not come in time is left out; nobody misses it.
            if not (polite and isinstance(error, ModelTimeout)):
                self._misses.failed(error)
        except KeyboardInterrupt:
            # The call is over; the session goes on with what was written.
            self._pace = self._monotonic() - begun
            self._misses.stopped()
        return Worded(spare, attempts=tuple(attempts))

    def _attempt(
        self,
        chat: Messages,
        marker: str,
        left: float,
        brief: Brief,
        question: Question,
        number: int,
    ) -> Attempt:
        begun = self._monotonic()
        request = ChatRequest(
            messages=chat,
            max_tokens=_TOKENS,
            temperature=AGAIN_TEMPERATURE if number else 0.0,
            seed=number,
            marker=marker,
            seconds=left,
        )
        # Streamed only so that a stop or a deadline ends the generation too; nothing is shown
        # before the linter has read the whole.
        reply = self._chat.chat(request, _ignore)
        self._pace = self._monotonic() - begun
        text = wording.tidy(reply.text)
        measured = self._measure(text, brief, question)
        return Attempt(text, wording.faults(text, brief, measured), measured, self._pace)

    def _measure(self, text: str, brief: Brief, question: Question) -> Gauged:
        likeness = subject = earned = None
        if not text.strip():
            return Gauged()
        if self._measures.embedder is not None:
            about = [t for t in (brief.prompt, brief.said, brief.topic) if t.strip()]
            vectors = self._measures.embedder().embed([text, *about, *brief.statements])
            cosines = [float(v @ vectors[0]) for v in vectors[1:]]
            subject = max(cosines[: len(about)])
            likeness = max(cosines[len(about) :], default=None)
        if self._measures.grader is not None:
            earned = _earned(self._measures.grader(), text, brief, question)
        return Gauged(likeness, subject, earned)


def _ignore(_: str) -> None:
    pass


def _earned(grader: Grader, text: str, brief: Brief, question: Question) -> float | None:
    """The credit that the wording would get as an answer, on what is not to be given away."""
    asked = " ".join((brief.prompt, brief.said, *brief.earlier))
    try:
        grade = grader.grade(GradeRequest(question, text, asked))
    except InterviewerError:
        return None
    hidden = {c.id for c in question.criteria if c.statement in brief.statements}
    return max((v.credit for v in grade.graded if v.criterion in hidden), default=None)


def open_claims(question: Question, so_far: AnswerGrade | None) -> tuple[Claim, ...]:
    """The criteria that a wording must not give away: all that were not met so far."""

    def said(claim: Claim) -> bool:
        verdict = so_far.verdict(claim.id) if so_far else None
        return isinstance(verdict, Verdict) and verdict.credit >= LIFTED

    return tuple(c for c in question.criteria if not said(c))


def _statements(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(claim.statement for claim in claims)


def _exemplars(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(text for claim in claims for text in claim.accepts)
