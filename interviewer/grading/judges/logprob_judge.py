"""A language model as grader, one word per claim: Yes or No, and how likely."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from interviewer.answer_text.quotes import Evidence
from interviewer.answer_text.spans import candidates
from interviewer.bank.questions import Claim, Criterion, Misconception, Question
from interviewer.chat.call_loop import at_once
from interviewer.chat.messages import ChatModel, Usage
from interviewer.grading.chances import passing_of
from interviewer.grading.claims import claims_of
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.grading.grades import AnswerGrade, GraderIdentity, Outcome, Ungraded, Verdict
from interviewer.grading.judges import judge_prompts
from interviewer.grading.judges.fusing import Curve, centred
from interviewer.grading.judges.judge_prompts import Example
from interviewer.grading.judges.one_claim import one_claim_prompts
from interviewer.grading.judges.one_claim.asking import Asking, Way
from interviewer.grading.judges.schema_judge import VERSION
from interviewer.grading.offline.encoders import Embedder
from interviewer.grading.offline.exemplars import Embed
from interviewer.grading.outcomes import TRANSIENT, by_claim, grade_of, ungraded, verdict

LOCATED = "located by code"
"""The rationale of a verdict whose evidence the model did not give."""

UNFITTED = "uncalibrated"


def prompt_digest(
    examples: Sequence[Example], exemplars: int, way: Way = "logprob", *, pointed: bool = False
) -> str:
    """Identifies the prompts of this judge."""
    if way == "options":
        return judge_prompts.digest(one_claim_prompts.OPTION_RULES, *one_claim_prompts.OPTIONS)
    fixed = (
        judge_prompts.YES_NO_RULES,
        judge_prompts.COUNTS,
        judge_prompts.COUNTS_NOT,
        judge_prompts.ASK,
    )
    shown = [example.model_dump_json() for example in examples]
    more = (judge_prompts.NEAREST,) if pointed else ()
    return judge_prompts.digest(*fixed, str(exemplars), *shown, *more)


def version_of(curve: Curve | None, *, centred: bool = False) -> str:
    """The version of this judge with that curve. centred: by itself, where there is none."""
    if curve is None:
        return f"{VERSION}-{UNFITTED}" if centred else VERSION
    return f"{VERSION}-{curve.content_digest()[:8]}"


class LogprobJudge:
    """Implements `grader.Grader` with one token per claim.

    The prompts of an answer differ in their last lines only, so a server that keeps what it has read
    reads rules, examples, question and answer once. Evidence is the span of the answer nearest to
    the claim by the embedder.

    examples: judged pairs to show first. exemplars: how many of the texts that a claim accepts, and
    of those it rejects, are named with it: the ones nearest to the answer. curve: fitted to the model
    on tuned gold answers. centre_on: without a curve, judged pairs that the model is asked about once,
    before its first answer, to see which word it leans to (`fusing.centred`). calls: how many claims
    are asked about at once. embed: for texts of the bank, whose embeddings may be kept. samples: how
    often the word is asked for, where it is not read off its probability. pointer: another grader,
    whose evidence is named beside each claim.
    """

    def __init__(
        self,
        chat: ChatModel,
        embedder: Embedder,
        *,
        spec: str,
        new_marker: Callable[[], str],
        examples: Sequence[Example] = (),
        exemplars: int = 0,
        curve: Curve | None = None,
        embed: Embed | None = None,
        way: Way = "logprob",
        samples: int = 1,
        pointer: Grader | None = None,
        centre_on: Sequence[Example] = (),
        calls: int = 1,
    ):
        self._asking = Asking(chat, way, samples, tuple(examples))
        self._embedder = embedder
        self._new_marker = new_marker
        self._embed = embed or embedder.embed
        self._exemplars = exemplars
        self._calls = calls
        self._pointer = pointer
        self._centre_on = tuple(centre_on)
        self._curve = curve if curve or centre_on else Curve()
        self.identity = GraderIdentity(
            spec=spec,
            version=version_of(curve, centred=bool(centre_on)),
            model=chat.name,
            prompt=prompt_digest(
                self._asking.examples, exemplars, way, pointed=pointer is not None
            ),
        )

    def grade(self, request: GradeRequest) -> AnswerGrade:
        """The grade; whatever could not be had is ungraded."""
        marker = self._new_marker()
        usages: list[Usage] = []
        curve = self._curve or self._centred(usages)
        if isinstance(curve, Ungraded):
            return grade_of(
                request.question, ungraded(request.question, curve.cause, curve.detail), usages
            )
        self._curve = curve
        outcomes = self._asked(request, curve, marker, usages)
        passing = passing_of(request.question, outcomes)
        return grade_of(
            request.question, located(self._embedder, request, outcomes), usages, passing=passing
        )

    def _asked(
        self, request: GradeRequest, curve: Curve, marker: str, usages: list[Usage]
    ) -> dict[str, Outcome]:
        """The outcomes by claim. After a call that got no reply no other is begun. usages: what each
        call took is added to it."""
        words = self._words(request)
        dead: list[Ungraded] = []

        def asked(claim: Claim, near: Claim) -> tuple[Outcome, list[Usage]]:
            used: list[Usage] = []
            if dead:
                return dead[0].model_copy(update={"criterion": claim.id}), used
            share = self._asking.share(
                request.question, request.answer, near, marker, used, words.get(claim.id, "")
            )
            found = _judged(curve, claim, share)
            if isinstance(found, Ungraded) and found.cause in TRANSIENT:
                dead.append(found)
            return found, used

        claims = claims_of(request.question)
        works = [partial(asked, claim, self._near(claim, request.answer)) for claim in claims]
        found = at_once(works, self._calls)
        usages += [usage for _, used in found for usage in used]
        return {claim.id: outcome for claim, (outcome, _) in zip(claims, found, strict=True)}

    def _centred(self, usages: list[Usage]) -> Curve | Ungraded:
        """The curve by the judged pairs, or why they could not be asked about."""
        shares: dict[bool, list[float]] = {True: [], False: []}
        for pair in self._centre_on:
            claim = Criterion(id="shown", statement=pair.statement)
            asked = Question(
                id=1, section="shown", prompt=pair.question, kind="why",
                references=(pair.statement,), criteria=(claim,),
            )  # fmt: skip
            share = self._asking.share(asked, pair.answer, claim, self._new_marker(), usages)
            if not isinstance(share, Ungraded):
                shares[pair.asserted].append(share)
            elif share.cause in TRANSIENT:
                return share
        return centred(shares[True], shares[False])

    def _words(self, request: GradeRequest) -> dict[str, str]:
        """The words of the answer that the pointer's verdicts stand on, by claim."""
        if self._pointer is None:
            return {}
        found = by_claim(self._pointer.grade(request))
        return {
            claim: outcome.words_in(request.answer)
            for claim, outcome in found.items()
            if isinstance(outcome, Verdict) and outcome.evidence is not None
        }

    def _near(self, claim: Claim, answer: str) -> Claim:
        """The claim with the exemplars nearest to the answer, the nearest last."""
        if not self._exemplars or not (claim.accepts or claim.rejects):
            return claim.bare()
        said = self._embedder.embed([answer])[0]
        kept = {}
        for side, texts in (("accepts", claim.accepts), ("rejects", claim.rejects)):
            order = (self._embed(texts) @ said).argsort() if texts else ()
            kept[side] = tuple(texts[at] for at in order[len(order) - self._exemplars :])
        return claim.model_copy(update=kept)


def located(
    embedder: Embedder, request: GradeRequest, outcomes: dict[str, Outcome]
) -> dict[str, Outcome]:
    """The outcomes with evidence for those that earn something: the span of the answer nearest to the
    claim."""
    earned = {
        c.id: c.statement
        for c in claims_of(request.question)
        if isinstance(o := outcomes[c.id], Verdict) and o.level != "unmet"
    }
    spans = candidates(request.answer)
    if not earned or not spans:
        return outcomes
    parts = spans[1:] or spans
    rows = embedder.embed([*(s.text for s in parts), *earned.values()])
    nearest = (rows[len(parts) :] @ rows[: len(parts)].T).argmax(axis=1)
    found: dict[str, Outcome] = {}
    for claim, at in zip(earned, nearest, strict=True):
        evidence = Evidence(start=parts[at].start, end=parts[at].end)
        found[claim] = outcomes[claim].model_copy(
            update={"evidence": evidence, "rationale": LOCATED}
        )
    return outcomes | found


def _judged(curve: Curve, claim: Claim, share: float | Ungraded) -> Outcome:
    if isinstance(share, Ungraded):
        return share
    wrong = isinstance(claim, Misconception)
    return verdict(claim.id, curve.probability(share, misconception=wrong))
