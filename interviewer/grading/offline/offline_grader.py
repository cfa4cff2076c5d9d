"""The offline grader: hears what an answer asserts, denies or leaves open, claim by claim.

One reader serves every bank. What it says of a question's claims becomes levels, a score and the
chance of passing by one fitted decision. A text that is word for word an exemplar is graded as its
author says; what speaks to the grader is not read at all.
"""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.answer_text import guards
from interviewer.answer_text.normalize import content
from interviewer.answer_text.quotes import Evidence
from interviewer.answer_text.repairs import repaired
from interviewer.answer_text.spans import Span, passages, sentences
from interviewer.bank.questions import Question
from interviewer.grading import scoring
from interviewer.grading.claims import CERTAIN, claims_of, nothing_said
from interviewer.grading.grader import GradeRequest
from interviewer.grading.grades import (
    LEFT_OUT,
    NO_ORDER,
    AnswerGrade,
    GraderIdentity,
    Level,
    Verdict,
)
from interviewer.grading.offline import deciding
from interviewer.grading.offline.deciding import Beside, Decision
from interviewer.grading.offline.encoders import (
    ClaimReader,
    ClaimReading,
    Embedder,
    Heads,
    Matrix,
    mean_of,
    moved,
)
from interviewer.grading.offline.evidence import carried_by, parts_of
from interviewer.grading.offline.exemplars import (
    Embed,
    Exemplars,
    Nearness,
    exemplars_of,
    grams,
    texts_of,
    wording,
)
from interviewer.grading.offline.heard import Chance, Heard
from interviewer.grading.offline.layer import LayerInUse
from interviewer.grading.offline.phrasing.pairing import exchanged
from interviewer.grading.offline.phrasing.roles import roles_of, turned_round
from interviewer.grading.offline.phrasing.sense import SenseModel, apart
from interviewer.grading.offline.phrasing.stance import NEUTRAL, StanceModel, sentences_of
from interviewer.grading.scoring import LEVEL_CREDIT

CLEARLY = 0.2
"""By so much likelier is what takes words for itself."""
UNCHARGED = 0.25
A_PART, TOGETHER = 0.1, 0.2
"""The expected credit from which an answer has a part of a point, and by how much more the answers together
must have than either. Of natural answers cut in two, 20 of 21 points that this gives were said in part or in
full; an unrelated sentence gave one to 4 of 450 (1,400 claims)."""
SENSELESS = 2.0
"""The log-odds of words in no order from which an answer that earns nothing is said to be that: 0.4% of
the answers that people gave come to as much, three in four of shuffled statements."""


class OfflineGrader:
    """Implements `Grader` with nothing but the shipped weights, and what was learned for a bank.

    stance: hears frames and what is said in place of a claim's own words. sense: tells sentences from
    words in no order. None: not at all.
    heads: beside the reader, for the claims that they were fitted to.
    cached_embed: for texts of the bank, whose embeddings may be kept. exemplars_decide: whether a
    text that is word for word an exemplar is graded as the bank's author says. layer: what was learned
    for this bank from settled answers.
    """

    def __init__(
        self,
        reader: ClaimReader,
        embedder: Embedder,
        decision: Decision,
        *,
        version: str,
        stance: StanceModel | None = None,
        sense: SenseModel | None = None,
        heads: Heads | None = None,
        cached_embed: Embed | None = None,
        exemplars_decide: bool = True,
        layer: LayerInUse | None = None,
    ):
        self._reader = reader
        self._stance = stance
        self._sense = sense
        self._heads = heads
        self._embedder = embedder
        self._cached_embed = cached_embed or embedder.embed
        self._decision = decision
        self._exemplars_decide = exemplars_decide
        self._layer = layer
        self._known: dict[str, tuple[list[Exemplars], frozenset[str]]] = {}
        self.identity = GraderIdentity(
            spec="offline" if exemplars_decide else "offline:unaided",
            version=version if layer is None else layer.layer.over(version),
            model=" ".join(part.name for part in (reader, heads, embedder) if part is not None),
        )

    def grade(self, request: GradeRequest) -> AnswerGrade:
        """The grade of one answer; never ungraded, since nothing in it can fail to reply."""
        heard = self.hear(request)
        chances = self.learned(heard)
        if request.before and heard.parts is not None:
            chances = self._in_pieces(heard, chances)
        return self.conclude(heard, chances)

    def hear(self, request: GradeRequest) -> Heard:
        """What is read of the answer by the shipped weights."""
        question = request.question
        text, addressed = unaddressed(request)
        if self._stance and request.asked == question.prompt:
            _, subject = self._of(question)
            text = guards.without(text, apart(text, subject, self._stance.known))
        notes = (LEFT_OUT,) if addressed else ()
        if not any(c.isalnum() for c in text) or _is_one_word(text):
            return Heard(request, text, notes)
        said = [p.text for p in parts_of(text)] or [text]
        parts = self._embedder.embed(said)
        found, beside = self.read(request, text, said, parts)
        count = len(question.criteria)
        chances = [
            deciding.calibrated(r, self._decision, near, wrong=at >= count)
            for at, (r, near) in enumerate(zip(found, beside, strict=True))
        ]
        turned = self._turned(question, repaired(text))
        chances = [TURNED if at in turned else chance for at, chance in enumerate(chances)]
        near = self.similarity(question, parts)
        return Heard(request, text, notes, parts, found, beside, chances, near)

    def _in_pieces(self, heard: Heard, chances: Sequence[Chance]) -> Sequence[Chance]:
        """The chances, save for the criteria of which this answer says one half and those before it the
        other: that is one growing answer."""
        request, question = heard.request, heard.request.question
        then, whole = (
            self.hear(GradeRequest(question, text, question.prompt))
            for text in (request.before, f"{request.before}\n{heard.text}")
        )
        if not then.chances or not whole.chances:
            return chances
        out = list(chances)
        for at in range(len(question.criteria)):
            credits = [deciding.expected(found[at]) for found in (chances, then.chances)]
            gain = deciding.expected(whole.chances[at]) - max(credits)
            if credits[0] >= A_PART and gain >= TOGETHER:
                out[at] = whole.chances[at]
        return out

    def _turned(self, question: Question, text: str) -> frozenset[int]:
        """The claims, by their place, of which an answer says things the other way round."""
        asked, count = question.prompt, len(question.criteria)
        crossed = exchanged(asked, [c.statement for c in question.criteria], text) | {
            at
            for at, wrong in enumerate(question.misconceptions, count)
            if exchanged(asked, [wrong.statement], text)
        }
        if not (roles := roles_of(text)):
            return crossed
        exemplars = enumerate(self._exemplars(question))
        return crossed | {at for at, one in exemplars if turned_round(one.roles, roles)}

    def learned(self, heard: Heard) -> Sequence[Chance]:
        """The chances as what was learned for the bank moves them."""
        if self._layer is None or heard.parts is None:
            return heard.chances
        return self._layer.moved(heard)

    def conclude(self, heard: Heard, chances: Sequence[Chance]) -> AnswerGrade:
        """The grade that those chances of the claims come to."""
        question, text, similarity = heard.request.question, heard.text, heard.similarity
        claims = claims_of(question)
        count = len(question.criteria)
        if heard.parts is None:
            verdicts = [nothing_said(claim.id) for claim in claims]
            chances = [(1.0 - CERTAIN, 0.0)] * len(claims)
        else:
            carried = [
                carried_by(text, reading, beside.nearness.along)
                for reading, beside in zip(heard.found, heard.beside, strict=True)
            ]
            chances = charged_once(carried, self._settled(question, text, chances), count)
            verdicts = [
                self._verdict(
                    claim.id,
                    at >= count,
                    carried[at],
                    chances[at],
                    headed=heard.beside[at].head is not None,
                )
                for at, claim in enumerate(claims)
            ]
        met, wrong = tuple(verdicts[:count]), tuple(verdicts[count:])
        weighs = self._decision.similarity and self._embedder.name == self._decision.embedder
        score = scoring.score(question, met, wrong)
        passing = deciding.passing(
            question,
            chances[:count],
            [yes for yes, _ in chances[count:]],
            similarity if weighs else None,
            self._decision,
        )
        return AnswerGrade(
            question=question.id,
            verdicts=met,
            misconceptions=wrong,
            similarity=similarity,
            similarity_weight=self._decision.similarity if weighs else 0.0,
            score=score,
            passing=scoring.sided(passing, score),
            notes=(*heard.notes, *_no_order(heard, met)),
        )

    def read(
        self, request: GradeRequest, text: str, said: Sequence[str], parts: Matrix
    ) -> tuple[list[ClaimReading], list[Beside]]:
        """Per claim what was read of it, and what stands beside that.

        said: the clauses of the text. parts: their embeddings.
        """
        question = request.question
        claims = claims_of(question)
        asked = "" if request.asked == question.prompt else request.asked
        found = self._readings(question, asked, [c.statement for c in claims], text)
        meant = repaired(text)
        heads = self._by_head(question, meant)
        held = [grams(part) for part in (*said, text)]
        sentences = sentences_of(meant) if self._stance else []
        senseless = self._sense.senseless(text) if self._sense else 0.0
        return found, [
            Beside(
                self._nearness(one, parts, held),
                heads.get(at),
                self._stance.stance(sentences, one.sentences) if self._stance else NEUTRAL,
                senseless,
                bool(asked),
            )
            for at, one in enumerate(self._exemplars(question))
        ]

    def _readings(
        self, question: Question, asked: str, claims: Sequence[str], text: str
    ) -> list[ClaimReading]:
        """Per claim the mean of the ways in which a text can be read: as it stands; without what is taken
        back in it; a reply as going on from the words of what was asked."""
        meant = repaired(text)
        ways = [self._reader.read(question.prompt, asked, claims, text)]
        if meant != text:
            ways.append(self._reader.read(question.prompt, asked, claims, meant))
        if asked:
            joined = self._reader.read(question.prompt, "", claims, f"{asked} {meant}")
            ways.append([moved(reading, -len(asked) - 1) for reading in joined])
        return [mean_of(readings) for readings in zip(*ways, strict=True)]

    def _of(self, question: Question) -> tuple[list[Exemplars], frozenset[str]]:
        """The exemplars of its claims, and the stems of its subject."""
        key = question.content_digest()
        if key not in self._known:
            exemplars = [Exemplars(c, self._cached_embed) for c in claims_of(question)]
            self._known[key] = exemplars, subject_of(question)
        return self._known[key]

    def _exemplars(self, question: Question) -> list[Exemplars]:
        return self._of(question)[0]

    def _nearness(self, one: Exemplars, parts: Matrix, held: Sequence[frozenset[str]]) -> Nearness:
        """How near the answer comes to the exemplars, if the weights for that are this encoder's."""
        if self._decision.embedder not in ("", self._embedder.name):
            return Nearness(along=one.along(parts))
        return one.nearness(parts, held)

    def _by_head(self, question: Question, text: str) -> dict[int, float]:
        """Per claim with a head its log-odds, of several passages the greatest."""
        if self._heads is None:
            return {}
        columns = {
            at: column
            for at, claim in enumerate(claims_of(question))
            if (column := self._heads.column(question.prompt, claim.statement)) is not None
        }
        if not columns:
            return {}
        best = self._heads.read(passages(text)).max(0)
        return {at: float(best[column]) for at, column in columns.items()}

    def _settled(
        self, question: Question, text: str, chances: Sequence[Chance]
    ) -> Sequence[Chance]:
        """The chances, save where the author of the bank spoke of this very text, or refused some of its
        sentences and the others have no word of the claim."""
        if not self._exemplars_decide:
            return chances
        yes, no = (CERTAIN, 0.0), (1.0 - CERTAIN, 0.0)
        said = wording(text)
        if said in map(wording, question.references):
            return [yes] * len(question.criteria) + [no] * len(question.misconceptions)
        out, runs = list(chances), _runs(text)
        for at, one in enumerate(self._exemplars(question)):
            claim = one.claim
            accepted, rejected = (said in side for side in one.wordings)
            # Where only signs tell an accept from a reject the same words are in both.
            if accepted and rejected:
                accepted, rejected = text in claim.accepts, text in claim.rejects
            if accepted != rejected:
                out[at] = yes if accepted else no
            elif not accepted and any(
                run in one.wordings[1] and one.stems.isdisjoint(content(rest)) for run, rest in runs
            ):
                out[at] = no
        return out

    def _verdict(
        self,
        claim: str,
        misconception: bool,
        carried: Evidence | None,
        chance: tuple[float, float],
        *,
        headed: bool,
    ) -> Verdict:
        yes, half = chance
        level: Level
        if misconception:
            least = self._decision.wrong if headed else self._decision.plain_wrong
            level = "met" if yes >= least else "unmet"
            sure = yes if level == "met" else 1.0 - yes - half
        else:
            level = deciding.level_of(yes, half, self._decision, headed=headed)
            sure = deciding.sureness(level, yes, half, self._decision, headed=headed)
        return Verdict(
            criterion=claim,
            level=level,
            credit=LEVEL_CREDIT[level],
            confidence=min(1.0, max(0.0, sure)),
            evidence=None if level == "unmet" else carried,
        )

    def similarity(self, question: Question, parts: Matrix) -> float | None:
        """How much of the nearest reference the answer comes near, clause by clause.

        The mean over a reference's clauses of the cosine to the answer's nearest clause; of several
        references the best. In [-1, 1]. parts: the embeddings of the answer's clauses.
        """
        found = [
            float((self._cached_embed(theirs) @ parts.T).max(1).mean())
            for reference in question.references
            if (theirs := [p.text for p in parts_of(reference)])
        ]
        return max(-1.0, min(1.0, max(found))) if found else None


def _is_one_word(text: str) -> bool:
    """Whether a text is one word over and over."""
    said = text.casefold().split()
    return len(said) >= OVER_AND_OVER and len(set(said)) == 1


OVER_AND_OVER = 4
"""How often one word is said before it says nothing."""


def _runs(text: str) -> list[tuple[str, str]]:
    """The wordings of the sentences of a text that stand together, with the others."""
    parts = [part.text for part in sentences(text)]
    if not 1 < len(parts) <= MOST_SENTENCES:
        return []
    return [
        (wording(" ".join(parts[a:b])), " ".join((*parts[:a], *parts[b:])))
        for a in range(len(parts))
        for b in range(a + 1, len(parts) + 1)
        if b - a < len(parts)
    ]


MOST_SENTENCES = 8
"""Of a longer text its sentences are not looked up."""
TURNED: Chance = (0.1, 0.0)
"""The chance of a claim whose two sides an answer has exchanged."""


def _no_order(heard: Heard, criteria: Sequence[Verdict]) -> tuple[str, ...]:
    """The note on words in no order, where these earned nothing."""
    senseless = heard.beside[0].senseless if heard.beside else 0.0
    idle = all(verdict.level == "unmet" for verdict in criteria)
    return (NO_ORDER,) if idle and senseless >= SENSELESS else ()


def charged_once(
    carried: Sequence[Evidence | None],
    chances: Sequence[tuple[float, float]],
    criteria: int,
) -> list[tuple[float, float]]:
    """The chances, where the same words do not earn a point and cost one: a misconception is not charged
    that is carried by the words of a criterion that is clearly likelier, or by more words around them.

    carried: per claim the words that carry it, criteria first; there are `criteria` of these.
    """
    out = list(chances)
    for at in range(criteria, len(out)):
        mine, (yes, _) = carried[at], out[at]
        for other, (likely, _) in zip(carried[:criteria], chances, strict=False):
            if mine is None or other is None or likely < yes + CLEARLY:
                continue
            shared = min(mine.end, other.end) - max(mine.start, other.start)
            if 2 * shared >= min(mine.end - mine.start, other.end - other.start):
                out[at] = (min(yes, UNCHARGED), 0.0)
    return out


def subject_of(question: Question) -> frozenset[str]:
    """The stems of a question, of its references and claims, and of their exemplars."""
    known = (*texts_of(question), *exemplars_of(question))
    return frozenset(stem for text in known for stem in content(text))


def unaddressed(request: GradeRequest) -> tuple[str, tuple[Span, ...]]:
    """The answer with the sentences that speak to whoever grades, and the question handed back word
    for word, blanked out; offsets are kept. And those sentences.
    """
    addressed = tuple(guards.addressed_to_grader(request.answer))
    text = guards.without(request.answer, addressed)
    if addressed:
        subject = subject_of(request.question)
        text = guards.without(text, guards.scraps(request.answer, addressed, subject))
    return guards.without(text, guards.handed_back(text, request.asked)), addressed
