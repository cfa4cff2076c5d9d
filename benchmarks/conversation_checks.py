"""What a good interviewer does, as questions with yes or no that code can answer.

A check looks at one conversation and yields, for every occasion it finds, whether that went well. The
goal is 97% of the occasions of each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from conversations import Conversation, Said

from interviewer.answer_text import traits
from interviewer.answer_text.normalize import content
from interviewer.bank.questions import FURTHER, Criterion, Probe
from interviewer.grading import scoring
from interviewer.grading.grades import Verdict
from interviewer.interview.asking import doubt, following_up, going_on, targets
from interviewer.interview.telling import reactions, wordings
from interviewer.interview.telling.feedback import QUOTE_LENGTH
from interviewer.session import fold
from interviewer.session.events import (
    ANSWERS,
    Answered,
    Asked,
    Graded,
    Hinted,
    Probed,
    Remarked,
    Skipped,
)
from interviewer.session.record import Record, Session

Occasion = tuple[bool, str]
Check = Callable[[Conversation], Iterator[Occasion]]

JARGON = re.compile(
    r"\b(criteri(?:on|a)|verdicts?|credits?|confidence|rubrics?|borderline|graders?|similarity"
    r"|thresholds?|misconceptions?|probes?|embeddings? similarity|scores?|embedder)\b",
    re.IGNORECASE,
)
WARM = re.compile(r"\b(lovely|great|wonderful|kind of you|spot on|nicely)\b", re.IGNORECASE)
SPEAKING = ("note", "good", "missing", "plain")
"""The tones of what the interviewer says by itself."""
TABLES = {
    "taken up": wordings.TAKEN_UP, "agreed": wordings.ACCEPTED, "nothing": wordings.NOTHING,
    "other": wordings.OTHER, "checking": wordings.CHECKING,
    "whole": wordings.WHOLE, "enough": wordings.MOSTLY, "part": wordings.PARTLY,
    "left": wordings.LEFT, "fine": wordings.FINE,
}  # fmt: skip


def stem_of(text: str) -> str:
    """A reaction without the words it takes up."""
    return re.sub(r"“[^”]*”", "{}", text)


def kind_of(text: str) -> str | None:
    """Which table of reactions a line is from."""
    for name, by_style in TABLES.items():
        if any(_is_of(text, option) for options in by_style.values() for option in options):
            return name
    return None


def _is_of(text: str, option: str) -> bool:
    """Whether a line is that wording, with whatever words it takes up."""
    known = re.escape(option).replace(r"\{\}", r"[^.,;:]+")
    return re.fullmatch(known, text, re.IGNORECASE) is not None


def interview(kept: Conversation) -> list[Said]:
    """What was said before the debrief."""
    return kept.said[: kept.closing]


def spoken(kept: Conversation) -> list[str]:
    """What the interviewer said by itself before the debrief, the welcome left out."""
    lines = interview(kept)
    first = next((i for i, s in enumerate(lines) if s.tone == "question"), 0)
    return [s.text for s in lines[first:] if s.tone in SPEAKING]


def between(kept: Conversation) -> Iterator[list[Said]]:
    """What the interviewer said in a row, from one utterance of the candidate to the next."""
    run: list[Said] = []
    for one in interview(kept):
        if one.tone is None:
            yield run
            run = []
        else:
            run.append(one)


def states(kept: Conversation) -> Iterator[tuple[Session, object]]:
    """Each event with the session before it."""
    session = fold.begin(kept.events[0])  # type: ignore[arg-type]
    for event in kept.events[1:]:
        yield session, event
        session = fold.apply(session, event)


def reactions_of(kept: Conversation) -> Iterator[tuple[Session, Record, str]]:
    """The session after each grade, and what was said to it."""
    if kept.session is None or kept.session.started.plan.silent:
        return
    session = fold.begin(kept.events[0])  # type: ignore[arg-type]
    for event in kept.events[1:]:
        session = fold.apply(session, event)
        if isinstance(event, Graded) and session.current is not None:
            said = reactions.reaction(session, session.current)
            if said:
                yield session, session.current, said[0][1]


def overlaps(text: str, secret: str, words: int = 6) -> bool:
    """Whether so many content words of the secret stand in a row in the text."""
    said, kept = content(text), content(secret)
    grams = {tuple(said[i : i + words]) for i in range(len(said) - words + 1)}
    return any(tuple(kept[i : i + words]) in grams for i in range(len(kept) - words + 1))


def secrets(kept: Conversation, what: str) -> list[str]:
    """The texts of the questions asked that must not be given away."""
    questions = [r.question for r in kept.session.records] if kept.session else []
    match what:
        case "reference":
            return [t for q in questions for t in q.references]
        case "statement":
            return [c.statement for q in questions for c in q.criteria]
        case "error":
            return [m.statement for q in questions for m in q.misconceptions]
    full = [kept.bank.question(q.id) for q in questions]
    return [t for q in full for c in q.criteria for t in c.accepts if len(content(t)) >= 4]


def gives_away(what: str) -> Check:
    def check(kept: Conversation) -> Iterator[Occasion]:
        known = [s.text for s in kept.said if s.tone is None]
        for text in spoken(kept):
            mine = re.sub(r"“[^”]*”", "", text)
            told = next((s for s in secrets(kept, what) if overlaps(mine, s)), "")
            yield not told or any(overlaps(k, told) for k in known), text

    return check


def one_question_at_a_time(kept: Conversation) -> Iterator[Occasion]:
    for run in between(kept):
        put = [s for s in run if s.tone in ("question", "probe", "hint")]
        yield len(put) <= 1, " / ".join(s.text for s in put)


def no_more_than_three_lines(kept: Conversation) -> Iterator[Occasion]:
    for run in between(kept):
        own = [s for s in run if s.tone in SPEAKING]
        yield len(own) <= 3, " / ".join(s.text for s in own)


def no_probe_twice(kept: Conversation) -> Iterator[Occasion]:
    seen: set[tuple[int, str]] = set()
    for event in kept.events:
        if isinstance(event, Probed):
            key = (event.question, event.text)
            yield key not in seen, event.text
            seen.add(key)


def no_line_twice_in_a_row(kept: Conversation) -> Iterator[Occasion]:
    told = [stem_of(text) for _, _, text in reactions_of(kept)]
    for a, b in pairwise(told):
        yield a != b, b


def no_line_more_than_thrice(kept: Conversation) -> Iterator[Occasion]:
    told = [stem_of(text) for _, _, text in reactions_of(kept)]
    for line in set(told):
        yield told.count(line) <= 3, line


def quotes_are_the_candidates_own(kept: Conversation) -> Iterator[Occasion]:
    own = " ".join(" ".join(s.text.split()) for s in kept.said if s.tone is None)
    asked = kept.session.records if kept.session else ()
    terms = {t for r in asked for t in kept.bank.question(r.question.id).terms}
    for text in spoken(kept):
        for quote in re.findall(r"“([^”]*)”", text):
            body = quote.removesuffix("…").strip()
            yield body in own or quote in terms, quote


def quotes_are_short(kept: Conversation) -> Iterator[Occasion]:
    for text in spoken(kept):
        for quote in re.findall(r"“([^”]*)”", text):
            yield len(quote) <= QUOTE_LENGTH + 1, quote


def levels(record: Record) -> list[str]:
    """The levels of the latest answer."""
    graded = record.turns[-1].graded
    return [v.level for v in graded.grade.verdicts if isinstance(v, Verdict)] if graded else []


def truth(kinds: set[str], due: Callable[[Record], bool], want: bool) -> Check:
    """Of the reactions of those kinds, whether what they say is due."""

    def check(kept: Conversation) -> Iterator[Occasion]:
        for _, record, text in reactions_of(kept):
            if kind_of(text) in kinds:
                yield due(record) is want, f"{text} ({levels(record)})"

    return check


def half_is_not_nothing(kept: Conversation) -> Iterator[Occasion]:
    for _, record, text in reactions_of(kept):
        if "partial" in levels(record):
            yield "missing" not in text and kind_of(text) != "nothing", text


def anything_met(record: Record) -> bool:
    merged = record.merged
    return merged is not None and any(v.level != "unmet" for v in merged.graded)


def all_met(record: Record) -> bool:
    merged = record.merged
    return merged is not None and merged.all_met


def passed(record: Record) -> bool:
    return bool(scoring.passed(record.final))


def no_jargon(kept: Conversation) -> Iterator[Occasion]:
    asked = (
        [kept.bank.question(r.question.id) for r in kept.session.records] if kept.session else []
    )
    around = [
        t for q in asked for t in (q.prompt, q.again, q.easier, q.example, *q.terms.values()) if t
    ]
    around += [t for q in asked for c in q.criteria if (t := c.settle)]
    around += [p.text for q in asked for p in q.probes]
    for text in spoken(kept):
        own = re.sub(r"“[^”]*”|'interviewer [^']*'|/\w+", "", text)
        for part in around:
            own = own.replace(part, "")
        yield JARGON.search(own) is None, text


def follow_up_is_on_what_is_open(kept: Conversation) -> Iterator[Occasion]:
    for record, criterion, event, _ in put_probes(kept):
        still = targets.open_criteria(record.question, record.merged)
        left_out = (c for c, _ in following_up.parts_left_out(record))
        yield criterion in (*still, *left_out), event.text


def follow_up_is_not_what_was_said(kept: Conversation) -> Iterator[Occasion]:
    for session, event in states(kept):
        if isinstance(event, Probed) and session.current is not None:
            said = [t.reply.text for t in session.current.turns if isinstance(t.reply, Answered)]
            yield not any(overlaps(text, event.text, 5) for text in said), event.text


def put_probes(kept: Conversation) -> Iterator[tuple[Record, Criterion, Probed, str]]:
    """Each follow-up with the record before it, its criterion and all that was answered so far; what only
    goes on with the question is none."""
    for session, event in states(kept):
        if isinstance(event, Probed) and session.current is not None and not event.goes_on:
            record = session.current
            said = " ".join(t.reply.text for t in record.turns if isinstance(t.reply, Answered))
            yield record, record.question.criterion(event.criterion), event, said


def follow_up_is_no_point_that_was_made(kept: Conversation) -> Iterator[Occasion]:
    """By the bank's own words: an accepted way to say it that stands in an answer without a denial."""
    for record, criterion, event, said in put_probes(kept):
        full = kept.bank.question(record.question.id).criterion(criterion.id)
        made = (criterion.statement, *(a for a in full.accepts if len(content(a)) >= 3))
        told = " ".join(content(said))
        wrong = record.merged is not None and record.merged.asserted
        yield bool(wrong) or not any(" ".join(content(m)) in told for m in made), event.text


def follow_up_is_not_the_candidates_example(kept: Conversation) -> Iterator[Occasion]:
    for record, criterion, event, said in put_probes(kept):
        asked = set(content(record.question.prompt))
        tried = {t.probe.text for t in record.turns if t.probe}
        shared = {
            p.text: len((set(content(p.text)) - asked) & set(content(said)))
            for p in record.question.probes
            if p.criterion == criterion.id and p.text not in tried
        }
        if event.text in shared:
            fewest = min(shared.values())
            yield (
                shared[event.text] < following_up.OWN_EXAMPLE or shared[event.text] == fewest,
                event.text,
            )


def touched(record: Record, criterion: Criterion, said: str) -> float:
    return traits.touched(said, criterion.statement, prompt=record.question.prompt)


def what_was_nearly_said_comes_last(kept: Conversation) -> Iterator[Occasion]:
    for record, criterion, event, said in put_probes(kept):
        if levels(record) and criterion.id in {t.probe.criterion for t in record.turns if t.probe}:
            continue  # a second time, when everything else was tried
        target = targets.target_of(record, Probe(criterion=criterion.id, text=event.text))
        last = record.turns[-1].reply
        latest = last.text if isinstance(last, Answered) else ""
        near = touched(record, criterion, latest) >= targets.MOSTLY
        tried = {t.probe.criterion for t in record.turns if t.probe}
        others = [
            t
            for t in targets.follow_ups(record)
            if t.criterion.id != criterion.id and t.criterion.id not in tried
        ]
        yield (
            target.reason != "missing"
            or not near
            or all(touched(record, t.criterion, latest) >= targets.MOSTLY for t in others),
            f"{said[:80]} -> {event.text}",
        )


def settles_only_what_was_mentioned(kept: Conversation) -> Iterator[Occasion]:
    for record, criterion, event, said in put_probes(kept):
        found = record.merged.verdict(criterion.id) if record.merged else None
        if event.text == criterion.settle and isinstance(found, Verdict):
            target = targets.target_of(record, Probe(criterion=criterion.id, text=event.text))
            mentioned = touched(record, criterion, said) > 0
            yield (
                found.level == "partial" or target.reason == "contradiction" or mentioned,
                event.text,
            )


def follow_up_is_acknowledged(kept: Conversation) -> Iterator[Occasion]:
    if kept.session and kept.session.started.plan.silent:
        return
    for run in between(kept):
        probe = next((i for i, s in enumerate(run) if s.tone == "probe"), None)
        if probe is not None and kept.events:
            rest_asked = any(run[probe].text in options for options in going_on.GO_ON.values())
            spoken_first = any(s.tone in (*SPEAKING, "warning") for s in run[:probe])
            yield rest_asked or spoken_first or probe == 0, run[probe].text


def follow_up_is_on_what_is_surely_open(kept: Conversation) -> Iterator[Occasion]:
    """Or on what was put wrongly or both ways, or left out of what the prompt asks for, or once on a question
    on what is in doubt."""
    for record, criterion, event, _ in put_probes(kept):
        target = targets.target_of(record, Probe(criterion=criterion.id, text=event.text))
        yield (
            event.text in following_up.ELABORATE
            or target.reason == "contradiction"
            or following_up.is_from_prompt(
                record.question, Probe(criterion=criterion.id, text=event.text)
            )
            or doubt.is_unsaid(record, criterion)
            or not following_up.was_asked_in_doubt(record)
            or doubt.sureness(record, criterion.id) >= doubt.LIKELY,
            event.text,
        )


def to_say_more_is_asked_once(kept: Conversation) -> Iterator[Occasion]:
    for record, _, event, _ in put_probes(kept):
        if event.text in following_up.ELABORATE:
            before = [turn.probe.text for turn in record.turns if turn.probe]
            yield not any(text in following_up.ELABORATE for text in before), event.text


def makes_sure_only_of_what_was_just_touched(kept: Conversation) -> Iterator[Occasion]:
    openings = {line for lines in wordings.CHECKING.values() for line in lines}
    for run in between(kept):
        for line, after in pairwise(run):
            if line.text in openings:
                settled = (
                    {c.settle for r in kept.session.records for c in r.question.criteria}
                    if kept.session
                    else set()
                )
                yield after.tone == "probe" and after.text in settled, after.text


def corrects_without_though_where_nothing_was_praised(kept: Conversation) -> Iterator[Occasion]:
    for run in between(kept):
        for line, after in pairwise(run):
            if after.tone == "missing" and "though" in after.text:
                yield line.tone == "good", f"{line.text} / {after.text}"


def names_no_slip_that_is_in_doubt(kept: Conversation) -> Iterator[Occasion]:
    for session, record, _ in reactions_of(kept):
        merged = record.merged
        told = [text for tone, text in reactions.reaction(session, record) if tone == "missing"]
        sure = [w for w in merged.asserted if w.confidence >= doubt.SURE_SLIP] if merged else []
        for text in told if not session.started.plan.teaches else ():
            yield bool(sure), text


def takes_up_words_without_quoting(kept: Conversation) -> Iterator[Occasion]:
    for _, _, text in reactions_of(kept):
        yield "“" not in text, text


def lets_go_in_other_words_each_time(kept: Conversation) -> Iterator[Occasion]:
    known = {line for lines in wordings.LET_GO.values() for line in lines}
    told = [text for text in spoken(kept) if text in known]
    for line in set(told):
        yield told.count(line) <= 2, line


def settles_only_doubt(kept: Conversation) -> Iterator[Occasion]:
    for session, event in states(kept):
        if isinstance(event, Probed) and session.current is not None:
            record = session.current
            criterion = record.question.criterion(event.criterion)
            if event.text == criterion.settle and record.merged is not None:
                found = record.merged.verdict(criterion.id)
                sure = (
                    isinstance(found, Verdict)
                    and found.level == "unmet"
                    and found.confidence >= doubt.CLEAR
                )
                target = targets.target_of(record, Probe(criterion=criterion.id, text=event.text))
                yield not sure or target.reason == "contradiction", event.text


def follow_ups_within_the_plan(kept: Conversation) -> Iterator[Occasion]:
    if kept.session:
        for record in kept.session.records:
            probes = sum(t.probe is not None for t in record.turns)
            yield probes <= kept.session.started.plan.probes, str(record.question.id)


def a_pass_ends_it(kept: Conversation) -> Iterator[Occasion]:
    for before, after in pairwise(kept.events):
        if isinstance(before, Skipped):
            yield not isinstance(after, Probed), f"{before.question}"


def remark(kind: str, holds: Callable[[Conversation, Session, Remarked], bool]) -> Check:
    """Whether what is said back to talk of that kind is what a person would say."""

    def check(kept: Conversation) -> Iterator[Occasion]:
        for session, event in states(kept):
            if isinstance(event, Remarked) and event.kind == kind:
                yield holds(kept, session, event), f"{event.said} -> {event.reply}"

    return check


def _asked(session: Session) -> str:
    record = session.current
    return record.asked(record.turns[-1]) if record else ""


def _other_words(kept: Conversation, session: Session, event: Remarked) -> bool:
    record = session.current
    if record is None or record.turns[-1].probe is not None:
        return True  # the bank has no second wording of a follow-up
    return _asked(session) not in event.reply and len(event.reply) > 20


def _names_numbers(kept: Conversation, session: Session, event: Remarked) -> bool:
    number, count = len(session.planned), session.started.plan.count
    return f"question {number} of {count}" in event.reply


def _short(kept: Conversation, session: Session, event: Remarked) -> bool:
    return 0 < len(event.reply.split()) <= 12 and "?" not in event.reply


def _speaks(kept: Conversation, session: Session, event: Remarked) -> bool:
    return bool(event.reply.strip())


def _gives_nothing(kept: Conversation, session: Session, event: Remarked) -> bool:
    record = session.current
    secrets_ = [c.statement for c in record.question.criteria] if record else []
    return not any(overlaps(event.reply, s, 5) for s in secrets_)


def talk_is_not_graded(kept: Conversation) -> Iterator[Occasion]:
    for before, after in pairwise(kept.events):
        if isinstance(before, Remarked):
            yield not isinstance(after, Graded) and before.kind not in ANSWERS, before.said


def answers_are_graded(kept: Conversation) -> Iterator[Occasion]:
    for before, after in pairwise(kept.events):
        if isinstance(before, Answered):
            yield isinstance(after, Graded), before.text


def not_knowing_is_met_with_a_way_in(kept: Conversation) -> Iterator[Occasion]:
    for session, event in states(kept):
        record = session.current
        if not isinstance(event, Skipped) or event.reason != "unknown" or record is None:
            continue
        plan, turn = session.started.plan, record.turns[-1]
        offered = any(getattr(a, "kind", "") == "dont-know" for t in record.turns for a in t.asides)
        easier = kept.bank.question(record.question.id).easier
        yield (
            plan.cold or turn.probe is not None or offered or not easier or not event.text.strip(),
            event.text,
        )


def strict_runs_help_nobody(kept: Conversation) -> Iterator[Occasion]:
    if kept.session and kept.session.started.plan.cold:
        yield not any(isinstance(e, Probed | Hinted) for e in kept.events), kept.name


def silent_runs_are_silent(kept: Conversation) -> Iterator[Occasion]:
    if kept.session and kept.session.started.plan.silent:
        yield not any(kind_of(t) for t in spoken(kept)), kept.name


def deeper_only_after_all(kept: Conversation) -> Iterator[Occasion]:
    for session, event in states(kept):
        before = session.current
        if (
            isinstance(event, Asked)
            and before
            and event.question.id == before.question.id + FURTHER
        ):
            yield before.cold == 1.0, event.question.prompt


def ends_with_a_mark(kept: Conversation) -> Iterator[Occasion]:
    for text in spoken(kept):
        yield text.rstrip().endswith((".", "?", "!", "”", ":")), text


def begins_like_a_sentence(kept: Conversation) -> Iterator[Occasion]:
    for text in spoken(kept):
        yield not text[:1].islower(), text


def no_holes(kept: Conversation) -> Iterator[Occasion]:
    for text in spoken(kept):
        own = re.sub(r"“[^”]*”", "it", text)
        yield not re.search(r"\{|\}|  |\bNone\b| ,| \.", own), text


def not_too_long(kept: Conversation) -> Iterator[Occasion]:
    for text in spoken(kept):
        yield len(text) <= 400, text


def tough_is_not_warm(kept: Conversation) -> Iterator[Occasion]:
    if kept.session and kept.session.started.plan.style == "tough":
        for text in spoken(kept):
            yield WARM.search(re.sub(r"“[^”]*”", "", text)) is None, text


def numbered_in_order(kept: Conversation) -> Iterator[Occasion]:
    heads = [s.text for s in interview(kept) if s.tone == "title"]
    numbers = [int(m[1]) for h in heads if (m := re.match(r"Question (\d+) of", h))]
    for a, b in pairwise(numbers):
        yield b in (a, a + 1), f"{a} -> {b}"


def put_again_only_on_request(kept: Conversation) -> Iterator[Occasion]:
    put = [s.text for s in interview(kept) if s.tone == "question"]
    wanted = sum(isinstance(e, Asked) for e in kept.events)
    asked_for = sum(s.text == "/repeat" for s in kept.said)
    wished = ("protest", "repeat")
    asked_for += sum(isinstance(e, Remarked) and e.kind in wished for e in kept.events)
    yield len(put) <= wanted + asked_for, kept.name


def closing(kept: Conversation) -> str:
    return "\n".join(s.text for s in kept.said[kept.closing :])


def debrief_has_every_question(kept: Conversation) -> Iterator[Occasion]:
    for record in kept.session.records if kept.session else ():
        if record.replied:
            yield " ".join(record.question.prompt.split()) in closing(kept), record.question.prompt


def debrief_has_full_answers(kept: Conversation) -> Iterator[Occasion]:
    for record in kept.session.records if kept.session else ():
        if record.replied:
            yield (
                " ".join(record.question.references[0].split())[:60] in closing(kept),
                str(record.question.id),
            )


def debrief_quotes_are_verbatim(kept: Conversation) -> Iterator[Occasion]:
    own = " ".join(" ".join(s.text.split()) for s in kept.said if s.tone is None)
    for quote in re.findall(r"You said “([^”]*)”", closing(kept)):
        yield quote.removesuffix("…").strip() in own, quote


def three_things_at_most(kept: Conversation) -> Iterator[Occasion]:
    yield len(re.findall(r"^\d\. Question ", closing(kept), re.MULTILINE)) <= 3, kept.name


def no_numbers_nobody_can_use(kept: Conversation) -> Iterator[Occasion]:
    yield (
        not re.search(r"95% \d|confidence 0|credit 0|\(cold 0|chance of", closing(kept)),
        kept.name,
    )


CHECKS: dict[str, Check] = {
    "asks one question at a time": one_question_at_a_time,
    "says at most three lines in a row": no_more_than_three_lines,
    "gives away no reference answer": gives_away("reference"),
    "gives away no criterion": gives_away("statement"),
    "gives away no known error": gives_away("error"),
    "gives away no accepted answer": gives_away("accept"),
    "puts no follow-up twice": no_probe_twice,
    "never reacts in the same words twice in a row": no_line_twice_in_a_row,
    "never uses a line more than three times": no_line_more_than_thrice,
    "quotes what was said": quotes_are_the_candidates_own,
    "quotes briefly": quotes_are_short,
    "never calls half a point nothing or missing": half_is_not_nothing,
    "praises only where something counted": truth({"taken up", "agreed"}, anything_met, True),
    "says 'nothing yet' only where nothing new counted": truth(
        {"nothing"}, lambda r: "met" in levels(r) and len(r.turns) == 1, False
    ),
    "says 'all of it' only where all of it was said": truth({"whole"}, all_met, True),
    "says 'enough' only where it passed": truth({"enough"}, passed, True),
    "says 'part of it' only where it did not pass": truth({"part"}, passed, False),
    "speaks no jargon of the program": no_jargon,
    "follows up what is open": follow_up_is_on_what_is_open,
    "follows up nothing that was said": follow_up_is_not_what_was_said,
    "follows up no point that was made in the bank's words": follow_up_is_no_point_that_was_made,
    "asks for no example that the candidate gave": follow_up_is_not_the_candidates_example,
    "leaves what was nearly said for last": what_was_nearly_said_comes_last,
    "settles only what was mentioned": settles_only_what_was_mentioned,
    "acknowledges before it follows up": follow_up_is_acknowledged,
    "settles only what is in doubt": settles_only_doubt,
    "follows up what was left open, and once what is in doubt": follow_up_is_on_what_is_surely_open,
    "asks to say more once": to_say_more_is_asked_once,
    "makes sure only with a question that settles": makes_sure_only_of_what_was_just_touched,
    "says 'though' only after praise": corrects_without_though_where_nothing_was_praised,
    "names no slip that is in doubt": names_no_slip_that_is_in_doubt,
    "takes up words without quoting": takes_up_words_without_quoting,
    "lets go in other words each time": lets_go_in_other_words_each_time,
    "follows up no more than planned": follow_ups_within_the_plan,
    "lets a question go when asked to": a_pass_ends_it,
    "offers a way in to who does not know": not_knowing_is_met_with_a_way_in,
    "repeats what it asked": remark("repeat", lambda k, s, e: _asked(s) in e.reply),
    "rephrases in other words": remark("rephrase", _other_words),
    "defines without answering": remark("define", _gives_nothing),
    "gives an example without answering": remark("example", _gives_nothing),
    "lets people think": remark("thinking", _short),
    "says where they are without the answer": remark("on-track", _gives_nothing),
    "counts what is left": remark("remaining", _names_numbers),
    "takes up small talk": remark("small-talk", _speaks),
    "takes up a protest": remark("protest", _speaks),
    "clarifies without answering": remark("clarify", _gives_nothing),
    "grades no talk": talk_is_not_graded,
    "grades every answer": answers_are_graded,
    "helps nobody in a cold run": strict_runs_help_nobody,
    "is silent in a silent run": silent_runs_are_silent,
    "goes deeper only after a full answer": deeper_only_after_all,
    "ends its sentences": ends_with_a_mark,
    "begins its sentences": begins_like_a_sentence,
    "leaves no holes in its lines": no_holes,
    "keeps its lines short": not_too_long,
    "is not warm where it is tough": tough_is_not_warm,
    "numbers its questions in order": numbered_in_order,
    "puts a question again only on request": put_again_only_on_request,
    "goes through every question at the end": debrief_has_every_question,
    "shows a full answer of each at the end": debrief_has_full_answers,
    "quotes what was said at the end": debrief_quotes_are_verbatim,
    "names at most three things to work on": three_things_at_most,
    "ends without numbers nobody can use": no_numbers_nobody_can_use,
}
