"""What was found in a document as a draft of a bank."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from typing import Any

from interviewer.answer_text.normalize import STOP, words
from interviewer.bank.drafts import lines_of
from interviewer.bank.importing import cutting
from interviewer.bank.importing.documents import Band, Document, Missed, RawQuestion
from interviewer.bank.importing.holes import holes, mended
from interviewer.bank.importing.spoken import kind_of, spoken
from interviewer.bank.questions import (
    MAX_WEIGHT,
    MOST_CRITERIA,
    MOST_MISCONCEPTIONS,
    Aim,
    Bank,
    Criterion,
    Draft,
    Group,
    Misconception,
    Question,
    Section,
    Tier,
)
from interviewer.common.base import Text, Value
from interviewer.common.ranges import in_short
from interviewer.common.text import one_line, plural

BY = "interviewer"
"""Who wrote the lines that no model and no person did."""

_QUOTED = 100
_TELLING, _COMMON = 20, 0.1
"""Words from which on a text shows its language, and the share of them that English has at least of its commonest: a
terse grill has 17%, one in German 6%."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Origin(Value):
    """Where a question stands in its document: the line, from 1, and how it is put there."""

    line: int
    text: str


class Imported(Value):
    """A draft of a bank. origins: by number of the question. missed: what was not taken over as it
    stood. doubts: what may be meant otherwise, with what was made of it. remarks: what is odd about the
    whole."""

    bank: Bank
    origins: dict[int, Origin]
    missed: tuple[Missed, ...]
    doubts: tuple[Missed, ...]
    remarks: tuple[Text, ...]


def draft(document: Document, *, bank_id: str, title: str) -> Imported:
    """The draft of a bank with that id. document: with at least one question. title: if it has none."""
    missed = list(document.missed)
    numbers, remarks = _numbers(document)
    sections, section_of = _sections(document)
    titles = {section.id: section.title for section in sections}
    questions, origins, doubted = [], {}, []
    for at, (number, asked) in enumerate(zip(numbers, document.asked, strict=True)):
        section = section_of[at]
        question, doubts = _question(asked, number, section, titles[section])
        questions.append(question)
        doubted += [
            Missed(line=asked.line, text=one_line(said, 2 * _QUOTED), why=why)
            for why, _, said in (doubt.partition(": ") for doubt in doubts)
        ]
        if not asked.points and len(asked.answers[0]) > cutting.LONGEST:
            why = (
                f"a long answer: criteria were cut out of its first {cutting.LONGEST:,} characters"
            )
            missed.append(Missed(line=asked.line, text=one_line(asked.prompt, _QUOTED), why=why))
        origins[number] = Origin(line=asked.line, text=one_line(asked.prompt, _QUOTED))
    ids = _by_written(document, numbers)
    tiers = [t for band in document.tiers if (t := _tier(band, ids, missed))]
    aims = _aims(document, numbers, missed, remarks)
    if _is_foreign(document):
        remarks.append("it seems not to be in English, which is all that the offline grader reads")
    bank = Bank(
        id=bank_id, version="1", title=_clean(document.title) or title, sections=sections,
        questions=tuple(sorted(questions, key=lambda q: q.id)), tiers=tuple(tiers), aims=tuple(aims),
    )  # fmt: skip
    return Imported(
        bank=bank,
        origins=origins,
        missed=tuple(sorted(missed, key=lambda m: m.line)),
        doubts=tuple(doubted),
        remarks=tuple(remarks),
    )


def _is_foreign(document: Document) -> bool:
    """Whether the commonest words of English are missing from what is long enough to have some."""
    said = [
        word
        for asked in document.asked
        for text in (asked.prompt, *asked.answers, *(point for point, _ in asked.points))
        for word in re.findall(r"[^\W\d_]+", text[: cutting.LONGEST])
    ]
    common = sum(word.casefold() in STOP for word in said)
    plain = sum(word.isascii() for word in said)
    return 2 * plain < len(said) or (len(said) >= _TELLING and common < _COMMON * len(said))


def _clean(text: str) -> str:
    return one_line(text, 200)


def _numbers(document: Document) -> tuple[list[int], list[str]]:
    """The number of each question, and what is odd about those of the document."""
    written = [asked.number for asked in document.asked]
    plain = [n for n in written if n is not None]
    count = len(written)
    remarks = []
    if document.declared is not None and document.declared != count:
        remarks.append(f"the document says {document.declared} questions; {count} were found")
    if len(plain) == count and len(set(plain)) == count:
        if gone := sorted(set(range(1, max(plain))) - set(plain)):
            shown = one_line(in_short(gone), 60)
            remarks.append(f"no question has the number {shown}")
        return plain, remarks
    if plain:
        twice = [n for n, times in Counter(plain).items() if times > 1]
        why = f"{twice[0]} stands more than once" if twice else "some have none"
        remarks.append(f"the numbers of the document were not kept ({why}): they now run from 1")
    return list(range(1, count + 1)), remarks


def _sections(document: Document) -> tuple[tuple[Section, ...], list[str]]:
    """The sections that hold questions, and the one of each question."""
    used = list(dict.fromkeys(asked.part for asked in document.asked))
    taken = {part.id for i, part in enumerate(document.parts) if part.id and i in used}
    ids: dict[int | None, str] = {}
    sections = []
    for part in sorted(used, key=lambda p: -1 if p is None else p):
        title = "Questions" if part is None else _clean(document.parts[part].title) or "Questions"
        own = "" if part is None else document.parts[part].id
        if not own or own in ids.values():
            own = _free(title, taken | set(ids.values()))
        ids[part] = own
        sections.append(Section(id=own, title=title))
    return tuple(sections), [ids[asked.part] for asked in document.asked]


def _free(title: str, taken: set[str]) -> str:
    if re.search(r"\bquick|\brapid", title, re.IGNORECASE) and "Q" not in taken:
        return "Q"
    for letter in _LETTERS:
        if letter not in taken:
            return letter
    number = len(_LETTERS) + 1
    while f"S{number}" in taken:
        number += 1
    return f"S{number}"


def _question(
    asked: RawQuestion, number: int, section: str, section_title: str
) -> tuple[Question, tuple[str, ...]]:
    """The draft of the question, and what of it might be meant otherwise."""
    found = [f"{words} (in the question)" for words in holes(asked.prompt)]
    found += [words for answer in asked.answers for words in holes(answer)]
    heading = mended(asked.prompt)
    references = tuple(dict.fromkeys(r for a in asked.answers if (r := _flowing(a))))
    made = rubric(heading, [mended_lines(a) for a in asked.answers], asked)
    doubts = made.pop("doubts")
    kind = kind_of(heading, section_title, listed=made.pop("listed"))
    prompt = spoken(heading) or heading
    kept = asked.own_lines(references)
    if not references:
        references = (joined(c.statement for c in made["criteria"]),)
    elif len(made["criteria"]) == 1 and not asked.points:
        # What answers the question in full asserts its only criterion.
        (only,) = made["criteria"]
        made["criteria"] = (only.model_copy(update={"accepts": _others(only, references)}),)
        kept |= {("criteria", text) for text in references}
    said = words(" ".join(references))
    quick = kind == "quick-fire"
    question = Question(
        id=number, section=section, prompt=prompt, kind=kind, references=references,
        seconds=max(20 if quick else 60, min(600, 15 + 5 * round(len(said) / 10))), gaps=tuple(found), **made,
    )  # fmt: skip
    return question.model_copy(update={"drafts": drafted(question, BY, kept)}), doubts


def _others(criterion: Criterion, references: Sequence[str]) -> tuple[str, ...]:
    stated = criterion.statement.casefold().rstrip(".")
    return tuple(text for text in references[1:] if text.casefold().rstrip(".") != stated)


def _flowing(answer: str) -> str:
    """The answer as one paragraph."""
    lines = cutting.lines_of(mended_lines(answer))
    bare = [cutting.unbulleted(line) for line in lines]
    marked = [f"; {b}" if b != line else b for line, b in zip(lines, bare, strict=True)]
    return re.sub(r"([.!?:;,]);", r"\1", joined(marked)).removeprefix("; ")


def joined(parts: Iterable[str]) -> str:
    """The parts one after the other, with a semicolon between those that do not end a sentence."""
    out = ""
    for part in parts:
        gap = (
            ""
            if part.startswith(";")
            else " "
            if not out or out[-1] in ".!?:;," or part[:1].islower()
            else "; "
        )
        out = f"{out}{gap}{part.strip()}".strip()
    return out


def mended_lines(answer: str) -> str:
    """The answer without the signs around holes, its lines kept apart."""
    return "\n".join(line for part in answer.split("\n") if (line := mended(part)))


def rubric(
    heading: str, answers: Sequence[str], asked: RawQuestion | None = None
) -> dict[str, Any]:
    """Criteria, misconceptions and groups as the fields of a question, whether things are listed, and
    what might be meant otherwise.

    Of several answers the first is cut: each alone earns full marks. asked: may state criteria of
    its own, which are then taken as they are.
    """
    if asked is not None and asked.points:
        return _stated(asked)
    cut = cutting.cut(heading, next((a for a in answers if a.strip()), ""))
    criteria = tuple(Criterion(id=c.id, statement=c.statement, weight=c.weight) for c in cut.claims)
    wrong = tuple(Misconception(id=c.id, statement=c.statement) for c in cut.wrong)
    groups = tuple(Group(of=choice.of, enough=choice.enough) for choice in cut.groups)
    return {
        "criteria": criteria, "misconceptions": wrong, "groups": groups, "listed": cut.listed,
        "doubts": cut.doubts,
    }  # fmt: skip


def _stated(asked: RawQuestion) -> dict[str, Any]:
    points = asked.points[:MOST_CRITERIA]
    names = cutting.named([text for text, _ in points])
    weights = [min(MAX_WEIGHT, weight) for _, weight in points]
    groups = []
    for enough, of in asked.enough:
        kept = [at for at in of if at < len(points)]
        if enough < len(kept):
            for at in kept:
                weights[at] = weights[kept[0]]
            groups.append(Group(of=tuple(names[at] for at in kept), enough=enough))
    wrong = asked.wrong[:MOST_MISCONCEPTIONS]
    return {
        "criteria": tuple(
            Criterion(id=i, statement=text, weight=weight)
            for i, (text, _), weight in zip(names, points, weights, strict=True)
        ),
        "misconceptions": tuple(
            Misconception(id=i, statement=text)
            for i, text in zip(cutting.named(wrong, names), wrong, strict=True)
        ),
        "groups": tuple(groups),
        "listed": False,
        "doubts": (),
    }


def drafted(question: Question, by: str, kept: Container[tuple[str, str]]) -> tuple[Draft, ...]:
    """A note for every line of the question that is not the document's own.

    kept: what is, by the first word of where a line stands and its text.
    """
    return tuple(
        line.draft(by)
        for line in lines_of(question)
        if (line.at.split(".")[0], line.text) not in kept
    )


def _by_written(document: Document, numbers: Sequence[int]) -> dict[int, int]:
    """The numbers of the bank by those of the document, where these are no two questions'."""
    written = [asked.number for asked in document.asked]
    times = Counter(written)
    if not any(written):
        return {n: n for n in numbers}
    return {
        old: new
        for old, new in zip(written, numbers, strict=True)
        if old is not None and times[old] == 1
    }


def _tier(band: Band, ids: dict[int, int], missed: list[Missed]) -> Tier | None:
    assert band.first is not None
    assert band.last is not None
    wanted = range(band.first, band.last + 1)
    held = tuple(ids[n] for n in wanted if n in ids)
    name = f"Questions {band.first}-{band.last}"
    if len(held) < len(wanted):
        why = (
            "a tier of questions that were not found"
            if not held
            else "a tier with gaps: not all of its questions were found"
        )
        missed.append(Missed(line=band.line, text=name, why=why))
    if not held:
        return None
    said = band.said.rstrip(" .")
    failing = f"{said[:1].upper()}{said[1:]}." if said else f"{name} are not held."
    return Tier(questions=held, name=name, failing=failing)


def _aims(
    document: Document, numbers: list[int], missed: list[Missed], remarks: list[str]
) -> list[Aim]:
    count, out, names = len(numbers), [], set()
    ordered = sorted(numbers)
    for band in document.aims:
        total = band.last or document.declared or count
        if total > count:
            remarks.append(f"line {band.line} counts {total} questions; {count} were found")
            total = count
        target = band.target
        if band.percent is not None:
            target = max(1, math.ceil(total * band.percent / 100))
        if target is None or target > total:
            missed.append(
                Missed(
                    line=band.line,
                    text=one_line(band.said, _QUOTED),
                    why=f"an aim beyond the {plural(count, 'question')}",
                )
            )
            continue
        base = (
            "drill"
            if re.match(r"drill", band.said, re.I)
            else "cold"
            if re.search(r"\bcold\b", band.said, re.I)
            else "aim"
        )
        name, more = base, 2
        while name in names:
            name, more = f"{base}-{more}", more + 1
        names.add(name)
        out.append(Aim(name=name, questions=tuple(ordered[:total]), target=target))
    return out
