"""What a grade says of an answer, in sentences and in the candidate's words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from interviewer.answer_text import spans, traits
from interviewer.answer_text.hedges import assent_asked, unhedged
from interviewer.answer_text.normalize import content
from interviewer.answer_text.quotes import Evidence
from interviewer.bank.questions import Criterion, Question, lacks, question_name
from interviewer.common.text import Tone, one_line, plural
from interviewer.grading import scoring
from interviewer.grading.grades import AnswerGrade, Level, Ungraded, Verdict
from interviewer.interview.asking import doubt, targets
from interviewer.interview.telling import quotations
from interviewer.session.events import Answered
from interviewer.session.record import Record, Turn

Line = tuple[Tone, str]

LEVEL_MARKS: dict[Level, str] = {"met": "✓", "partial": "◐", "unmet": "·"}
QUOTE_LENGTH = 90
SHARED = 1
"""Words that a quote shares with its claim from which one that shares more is no better."""
GRADED_OFFLINE = "graded offline"
"""What the note on a grade says where the offline grader stepped in for a judge."""
APPEAL = "'interviewer appeal' settles it"
DISPUTE = "/dispute settles it"
"""What is done about a grade when the session is over, and in it."""


def heard(record: Record, turns: Iterable[Turn] | None = None) -> tuple[list[str], list[str]]:
    """The candidate's words on a question that counted, and those that half did.

    turns: of these alone; of all if None.
    """
    counted: list[str] = []
    halves: list[str] = []
    for answer, grade in texts_with_grades(record.turns if turns is None else turns):
        for level, quotes in (("met", counted), ("partial", halves)):
            found = [v for v in grade.graded if v.level == level]
            quotes.extend(_quotes(answer, found, record.question))
    return counted, halves


def texts_with_grades(turns: Iterable[Turn]) -> list[tuple[str, AnswerGrade]]:
    """The texts of the answers of those turns that have a grade, with it."""
    return [
        (turn.reply.text, turn.graded.grade)
        for turn in turns
        if turn.graded is not None and isinstance(turn.reply, Answered)
    ]


def words_for(record: Record, claim: str, known: Question | None = None) -> str:
    """The words that carry a criterion, of those that say it most the ones nearest to it; "" where none are
    known or worth showing, where they share nothing with it, or where they carry a slip as well. known: the
    question with its exemplars.
    """
    statement = record.question.statements[claim]
    found: list[tuple[float, int, str]] = []  # of several as good ones the first is shown
    for at, (answer, grade) in enumerate(texts_with_grades(record.turns)):
        verdict = grade.verdict(claim)
        if not isinstance(verdict, Verdict) or verdict.evidence is None or verdict.credit <= 0:
            continue
        slips = (wrong for _, wrong in _wrong_in(record, at))
        mixed = verdict.level != "met" and any(_overlap(verdict.evidence, w) for w in slips)
        words = "" if mixed else _shown(answer, verdict.evidence, statement)
        shared = len(set(content(statement)) & set(content(words)))
        words = words if carries(known or record.question, claim, words) else ""
        found.append((verdict.credit, min(shared, SHARED) if words else -1, words))
    return max(found, key=lambda one: one[:2], default=(0.0, -1, ""))[2]


def _shown(answer: str, evidence: Evidence, statement: str) -> str:
    """Those words of an answer in quotation marks, as far as they are worth showing."""
    words = phrase(answer, evidence, statement).strip("“”")
    body = words.rstrip("…")
    at = answer.find(body)
    after = answer[at + len(body) :] if at >= 0 and body == words else ""
    piece = quotations.presentable(body, statement, after)
    cut = "…" if piece and body != words and body.endswith(piece) else ""
    return quoted(f"{piece}{cut}") if piece else ""


def charges(record: Record) -> dict[str, str | None]:
    """The misconceptions that the answers to a question assert, each with the candidate's words for it.

    Not those that were taken back, at once or by the next answer, nor what was named as a fault when
    asked for one. None for words that count as right as
    well, since it is in doubt what they say; "" where no words are known.
    """
    merged = record.merged
    found: dict[str, str | None] = {}
    stated = {wrong.id: wrong.statement for wrong in record.question.misconceptions}
    for claim in (wrong.criterion for wrong in merged.asserted) if merged else ():
        held = [
            (answer, grade, evidence)
            for at, (answer, grade) in enumerate(texts_with_grades(record.turns))
            for one, evidence in _wrong_in(record, at)
            if one == claim
        ]
        clear = [
            phrase(answer, evidence, stated.get(claim, "")) if evidence else ""
            for answer, grade, evidence in held
            if not any(_overlap(r, evidence) for r in _right_in(grade))
        ]
        if held:
            found[claim] = clear[0] if clear else None
    return found


def is_clean(record: Record) -> bool:
    """Whether the answers to a question are complete together, and none of them has a slip."""
    merged = record.merged
    return merged is not None and scoring.is_whole(record.question, merged) and not charges(record)


def is_surely_whole(record: Record) -> bool:
    """Whether every criterion that is needed and has a verdict is met, in one answer or another surely enough
    to be said aloud."""
    merged = record.merged
    if merged is None or not scoring.is_whole(record.question, merged):
        return False
    needless = scoring.needless(record.question, merged.verdicts)
    wanted = {c.id for c in record.question.criteria if c.id not in needless}
    sure = {
        v.criterion
        for grade in record.grades
        for v in grade.graded
        if v.level == "met" and v.confidence >= doubt.SURE_YES
    }
    return wanted <= sure


def still_charged(record: Record) -> list[str]:
    """The misconceptions held against the answers to a question that were not put right when asked about."""
    told = charges(record).items()
    return [claim for claim, words in told if not _put_right(record, claim, words or "")]


def told_charges(record: Record) -> list[str]:
    """Of the misconceptions still held against the answers those that are told: of those in doubt none beside
    words that meet, or may meet, the criterion it is about, and none that was only asked about."""
    merged = record.merged
    sure = {w.criterion for w in merged.asserted if is_sure_slip(w)} if merged else set()
    return [c for c in still_charged(record) if c in sure or not _is_doubtful(record, c)]


def _is_doubtful(record: Record, claim: str) -> bool:
    """Whether every answer that is held to assert that claim may have said right what it is about, or only
    asks it."""
    question = record.question
    held = [
        (answer, grade, evidence)
        for at, (answer, grade) in enumerate(texts_with_grades(record.turns))
        for one, evidence in _wrong_in(record, at)
        if one == claim
    ]
    merged = record.merged
    faint = merged is not None and all(
        w.confidence < doubt.ASKED_AGAIN for w in merged.asserted if w.criterion == claim
    )
    statement = next((m.statement for m in question.misconceptions if m.id == claim), "")
    for answer, grade, evidence in held:
        words = evidence.of(answer) if evidence else ""
        about = targets.nearest(question, f"{statement} {words}", question.criteria)
        found = grade.verdict(about.id) if about else None
        met = isinstance(found, Verdict) and found.level == "met"
        met = met or (faint and about is not None and doubt.in_doubt(record, about.id))
        if not (met or (evidence and _is_question(answer, evidence))):
            return False
    return bool(held)


def _is_question(answer: str, evidence: Evidence) -> bool:
    """Whether those words stand in a question, other than one for assent to them."""
    marked = [s for s in spans.sentences(answer) if _shared(s, evidence) > 0]
    asks = (answer[s.end : s.end + 1] == "?" and not assent_asked(f"{s.text}?") for s in marked)
    return bool(marked) and all(asks)


def set_right(record: Record) -> list[str]:
    """The misconceptions that an answer asserted, and that were taken back in words or put right afterwards."""
    held = still_charged(record)
    answers = texts_with_grades(record.turns)
    said = (
        wrong.criterion
        for at, (answer, grade) in enumerate(answers)
        if not _asks_for_a_fault([turn for turn in record.turns if turn.graded is not None][at])
        for wrong in grade.asserted
        if wrong.confidence >= doubt.ASKED_AGAIN
        or (wrong.evidence is not None and traits.taken_back(answer, wrong.evidence))
        or any(traits.takes_back(later) for later, _ in answers[at + 1 :])
    )
    return [claim for claim in dict.fromkeys(said) if claim not in held]


def _asks_for_a_fault(turn: Turn) -> bool:
    return turn.probe is not None and traits.asks_for_a_fault(turn.probe.text)


def slip_claims(record: Record) -> list[str]:
    """The misconceptions held against the answers to a question that are clear enough to be said aloud."""
    merged, told = record.merged, charges(record)
    sure = {w.criterion for w in merged.asserted if is_sure_slip(w)} if merged else set()
    return [claim for claim in still_charged(record) if told[claim] and claim in sure]


def is_sure_slip(wrong: Verdict) -> bool:
    """Whether a wrong claim is called one."""
    return wrong.confidence >= doubt.SURE_SLIP


def slips(record: Record) -> list[str]:
    """The candidate's words that assert a misconception, where that is clear enough to be said aloud, and
    it was not put right when asked about again."""
    told = charges(record)
    return list(dict.fromkeys(words for c in slip_claims(record) if (words := told[c])))


def _put_right(record: Record, claim: str, words: str) -> bool:
    """Whether a later answer meets the criterion that a wrong claim is about, and does not claim it again."""
    question = record.question
    statement = next((m.statement for m in question.misconceptions if m.id == claim), "")
    about = targets.nearest(question, f"{statement} {words}", question.criteria)
    grades = [turn.graded.grade for turn in record.turns if turn.graded]
    asserted = [any(wrong.criterion == claim for wrong in grade.asserted) for grade in grades]
    if about is None or True not in asserted:
        return False
    last = len(asserted) - 1 - asserted[::-1].index(True)
    return any(
        isinstance(found := grade.verdict(about.id), Verdict) and found.level == "met"
        for grade in grades[last + 1 :]
    )


def _wrong_in(record: Record, at: int) -> list[tuple[str, Evidence | None]]:
    """The misconceptions that stand in the answer of that number, with their words."""
    answers = texts_with_grades(record.turns)
    answer, grade = answers[at]
    probe = [turn for turn in record.turns if turn.graded is not None][at].probe
    if probe is not None and traits.asks_for_a_fault(probe.text):
        return []
    if any(traits.takes_back(later) for later, _ in answers[at + 1 :]):
        return []
    return [
        (wrong.criterion, wrong.evidence)
        for wrong in grade.asserted
        if wrong.evidence is None or not traits.taken_back(answer, wrong.evidence)
    ]


def _right_in(grade: AnswerGrade) -> list[Evidence]:
    return [v.evidence for v in grade.graded if v.level == "met" and v.evidence]


def _overlap(one: Evidence, other: Evidence | None) -> bool:
    return other is not None and one.start < other.end and other.start < one.end


def corrections(
    record: Record, *, settles: str = APPEAL, known: Question | None = None
) -> list[Line]:
    """What was wrong in the answers to a question, each once, with the words if they are known and carry it.

    What is charged with less certainty is told as what it sounded like. settles: what a candidate does
    about it who did not mean it. known: the question with its exemplars.
    """
    merged = record.merged
    sure = {w.criterion for w in merged.asserted if is_sure_slip(w)} if merged else set()
    told, held = charges(record), told_charges(record)
    lines = [
        _correction(known or record.question, claim, told[claim], "" if claim in sure else settles)
        for claim in held
    ]
    fixed = (
        f"–  You put this right yourself: {_mistake(record.question, c)}" for c in set_right(record)
    )
    return [*lines, *(("note", line) for line in fixed)]


def _correction(question: Question, claim: str, words: str | None, settles: str) -> Line:
    mistake = _mistake(question, claim)
    said = f" You said {words}." if words and carries(question, claim, words) else ""
    if settles:
        sounded = f"Perhaps a mistake: this sounded like {mistake} That would be wrong."
        return "missing", f"✗  {sounded}{said} If you did not mean it, {settles}."
    head = "A common mistake, close to what you said" if words is None else "A common mistake"
    return "missing", f"✗  {head}: {mistake}{said}"


def carries(question: Question, claim: str, words: str) -> bool:
    """Whether words share content with what a claim states, or half of that of a way to say it that it
    accepts; the words of the prompt aside where it has others."""
    known = next((c for c in (*question.criteria, *question.misconceptions) if c.id == claim), None)
    if known is None:
        return False
    asked, said = set(content(question.prompt)), set(content(words))
    said |= traits.spelled_out(words, known.statement)
    stated = set(content(known.statement))
    if (stated - asked or stated) & said:
        return True
    accepted = (set(content(text)) - asked for text in known.accepts)
    return any(own and 2 * len(own & said) >= len(own) for own in accepted)


def missing(question: Question, criteria: Sequence[Criterion], grade: AnswerGrade) -> Line:
    """What no answer said, of the answers that come to that grade."""
    met = {v.criterion for v in grade.graded if v.level == "met"}
    found = lacks(question.groups, [c.id for c in criteria], met)
    said = (_sentence(lack.words(question.statements)) for lack in found)
    return "missing", "Still missing: " + " ".join(text[:1].upper() + text[1:] for text in said)


def full_answer(question: Question) -> Line:
    """What a good answer would have said."""
    return ("note", f"A full answer: {one_line(question.references[0])}")


def needless_words(statement: str) -> str:
    """What is told of a criterion not met of a group of which enough are."""
    return f"–  {statement} (enough without it)"


def why(question: Question, answer: str, grade: AnswerGrade, *, reveal: bool = True) -> list[Line]:
    """The last grade, claim by claim. reveal: with the statements of what was not said."""
    shown = "no score" if grade.score is None else f"{grade.score:.2f}"
    lines: list[Line] = [("title", f"{question_name(question.id)}: {shown}")]
    hidden = 0
    needless = scoring.needless(question, grade.verdicts)
    for criterion in question.criteria:
        outcome = grade.verdict(criterion.id)
        if criterion.id in needless:
            if reveal:
                lines.append(("note", needless_words(criterion.statement)))
            continue
        if not reveal and isinstance(outcome, Verdict) and outcome.level == "unmet":
            hidden += 1
            continue
        choice = question.choice_of(criterion.id)
        told = f" ({choice})" if choice and reveal else ""
        lines.append((_tone(outcome), f"{level_mark(outcome)}  {criterion.statement}{told}"))
        lines.append(("note", f"   {_because(answer, outcome, criterion.statement)}"))
    if hidden:
        told = "and shown when the session is over"
        lines.append(("missing", f"·  {plural(hidden, 'point')} not said, {told}."))
    for wrong in grade.asserted:
        lines.append(("missing", f"✗  A wrong claim: {_claim(question, wrong.criterion)}"))
        lines.append(("note", f"   {_because(answer, wrong, _claim(question, wrong.criterion))}"))
    near = scoring.similarity_line(grade.similarity, grade.similarity_weight)
    if near:
        lines.append(("note", f"{near[:1].upper()}{near[1:]}."))
    lines += [("note", note) for note in grade.notes]
    return lines


def _quotes(answer: str, verdicts: Sequence[Verdict], question: Question) -> list[str]:
    held = {
        (v.evidence.start, v.evidence.end): question.statements.get(v.criterion, "")
        for v in verdicts
        if v.evidence
    }
    kept: list[tuple[int, int]] = []
    for start, end in sorted(held, key=lambda span: span[0]):
        if kept and start < kept[-1][1]:
            if end - start > kept[-1][1] - kept[-1][0]:
                kept[-1] = (start, end)
        else:
            kept.append((start, end))
    quotes = (phrase(answer, Evidence(start=a, end=b), held[a, b]) for a, b in kept)
    return list(dict.fromkeys(quotes))


def phrase(answer: str, evidence: Evidence, claim: str = "") -> str:
    """Those words of an answer in quotation marks, out to the ends of the clauses of the sentence they
    mostly stand in, without the hedges around them. Of more than can be quoted, the clause that
    speaks of the claim."""
    near = _nearest(answer, evidence, claim)
    start, end = (near.start, near.end) if near else (evidence.start, evidence.end)
    most = max(spans.sentences(answer), key=lambda s: _shared(s, evidence), default=None)
    if near is None and most is not None and _shared(most, evidence) > 0:
        ends = [
            most.start,
            *(most.start + f.end() for f in _PHRASE_END.finditer(most.text)),
            most.end,
        ]
        start = max(at for at in ends if at <= max(start, most.start))
        end = min(at for at in ends if at >= min(end, most.end))
    plain = unhedged(answer)[start:end]
    if re.search(r"\w", plain):
        start, end = (
            start + len(plain) - len(plain.lstrip()),
            end - len(plain) + len(plain.rstrip()),
        )
    return quoted(answer[start:end])


def _nearest(answer: str, evidence: Evidence, claim: str) -> spans.Span | None:
    """The clause with most of the words of the claim, each counting the less the more clauses have it;
    None where the evidence is short enough to be quoted, or no clause has any."""
    lines = [s for s in spans.sentences(answer) if _shared(s, evidence) > 0]
    if len(lines) < 2 and evidence.end - evidence.start <= QUOTE_LENGTH:
        return None
    parts = [c for s in lines for c in spans.clauses(answer, s) if _shared(c, evidence) > 0]
    wanted = set(content(claim))
    held = [wanted & set(content(part.text)) for part in parts]
    often = Counter(stem for stems in held for stem in stems)
    worth = [sum(1 / often[stem] for stem in sorted(stems)) for stems in held]
    best = max(range(len(parts)), key=worth.__getitem__, default=None)
    return parts[best] if best is not None and worth[best] > 0 else None


def _shared(span: spans.Span, evidence: Evidence) -> int:
    """Characters that both cover."""
    return min(span.end, evidence.end) - max(span.start, evidence.start)


def quoted(words: str, most: int = QUOTE_LENGTH) -> str:
    """Words of the candidate in quotation marks, cut to about that many characters; what only leads up to
    them is left out."""
    line = one_line(words)
    told = _LEADING.sub("", line)
    whole = told if len(told.split()) > 1 else line
    return f"“{_shortened(whole, most).rstrip('.,;:?–— -')}”"


def _shortened(line: str, most: int) -> str:
    """Cut where a clause ends, else between words, with a mark; as it is where it is short."""
    kept = one_line(line, most)
    if kept == line:
        return line
    ends = [found.start() for found in _CLAUSE_END.finditer(line) if found.start() < most]
    if ends and ends[-1] >= most // 3:
        return f"{line[: ends[-1]]}…"
    return f"{kept.rpartition(' ')[0]}…" if " " in kept else kept


_PHRASE_END = re.compile(
    r"(?:[,;:]| [-–—])\s+(?=(?:\S+\s+){2})|\s+(?=(?:but|while|whereas|because|so that|which)\s)"
)
_CLAUSE_END = re.compile(r"[,;:] |\s(?=(?:and|but|while|whereas|because|so|which|then|or|that)\s)")
_LEADING = re.compile(
    r"^(?:(?:and|or|but|so(?: that)?|that(?!')|then|also|(?:well|right|like)(?=\s*[,.:;…])|okay|ok|yeah|yes|um+|uh+"
    r"|er+|hmm+|basically"
    r"|obviously|clearly|honestly|of course|in short|(?:as )?I (?:already |just )?said(?=[,:])"
    r"|(?:the|my) (?:short )?answer is(?: that)?"
    r"|it(?:'s| is) that|n(?:o|ope)(?=,)|I(?:'ve| have)? \w+ (?:this|it|that) (?:many|a hundred) times"
    r"|actually|no,? wait|wait(?:,? no)?|sorry|I mean|I think"
    r"|I believe|you know|let me see|I'd say|I guess|maybe|perhaps|probably)\b(?!-)[\s,.:;…]*(?:[-–—]\s)?)+",
    re.IGNORECASE,
)


def _because(answer: str, outcome: Verdict | Ungraded | None, claim: str) -> str:
    if outcome is None:
        return "not graded"
    if isinstance(outcome, Ungraded):
        return f"ungraded ({outcome.cause}) {outcome.detail}".rstrip()
    sure = f"confidence {outcome.confidence:.2f}"
    nowhere = "nothing in the answer says it"
    if outcome.level != "unmet":
        nowhere = "the answer as a whole says it"
    reason = outcome.rationale or ("" if outcome.evidence else nowhere)
    if outcome.evidence:
        quote = phrase(answer, outcome.evidence, claim)
        reason = quote + (f": {reason}" if reason else "")
    return f"{reason} ({sure})"


def level_mark(outcome: Verdict | Ungraded | None) -> str:
    """The sign before a claim that shows its level; "?" where it is ungraded or there is no outcome."""
    if not isinstance(outcome, Verdict):
        return "?"
    return LEVEL_MARKS[outcome.level]


def _tone(outcome: Verdict | Ungraded | None) -> Tone:
    if not isinstance(outcome, Verdict):
        return "warning"
    tones: dict[str, Tone] = {"met": "good", "partial": "half", "unmet": "missing"}
    return tones[outcome.level]


def _claim(question: Question, claim_id: str) -> str:
    statements = {wrong.id: wrong.statement for wrong in question.misconceptions}
    text = one_line(statements.get(claim_id, claim_id))
    first = text.split(" ", 1)[0]
    return _sentence(text[0].lower() + text[1:] if first in _COMMON else text)


def _mistake(question: Question, claim_id: str) -> str:
    statements = {wrong.id: wrong.statement for wrong in question.misconceptions}
    return f"“{_sentence(statements.get(claim_id, claim_id))}”"


_COMMON = {"The", "A", "An", "It", "In", "Each", "Every", "All", "Both", "There", "When", "With"}


def _sentence(text: str) -> str:
    text = one_line(text)
    return text if text.endswith((".", "!", "?")) else text + "."
