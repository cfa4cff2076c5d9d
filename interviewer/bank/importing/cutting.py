"""An answer cut into checkable claims: one point each, the heart of it heaviest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from typing import NamedTuple

from interviewer.answer_text.normalize import STOP, content, words
from interviewer.bank.importing.points import choices, clauses
from interviewer.bank.importing.points.choices import Choice
from interviewer.bank.importing.points.contrasts import contrast
from interviewer.bank.importing.points.splitting import outside, parts, split
from interviewer.bank.questions import MOST_CRITERIA, MOST_MISCONCEPTIONS

LONGEST = 4_000
"""Characters of an answer that are cut; what it says beyond them is in no claim."""

HEART = 2.0
ASIDE = 0.5
"""Weights of what an answer says first, and of what it says by the way; the rest weighs 1."""

_ABBREVIATIONS = "".join(
    rf"(?<!\b{short}\.)"
    for short in (r"e\.g", r"i\.e", "vs", "cf", "approx", "Dr", "etc", "incl", "resp")
)
"""After which no sentence ends."""
_SENTENCE = re.compile(
    rf"{_ABBREVIATIONS}(?<=[.!?])[\"”')\]]*\s+(?=[\"“'(\[`]*[A-Z0-9α-ω`])|(?<=[。！？])\s*(?=\S)|\n+"
    rf"|{_ABBREVIATIONS}(?<=[a-z]{{4}}\.)\s+(?=[a-z][a-z-]+[\s:])"
)
_LABELLED = re.compile(r",\s+(?:and\s+)?(?=[\w/+-]{1,24}(?:\s[\w/+-]{1,24}){0,2}:\s)")
"""Before a further label: "batch: over the batch, layer: over the features"."""
_LONE_ARROW = re.compile(r"^([\w /+-]{1,30}?)\s+(?:→|->|=>)\s+(?=\S)(?=.*,)(?!.*(?:→|->|=>))")
"""What stands before the one arrow of a sentence is a label where several things follow it."""
_SEMICOLON = re.compile(r"\s*;\s+|\s+[—–]\s+|\s+--\s+")
_CLAUSE = re.compile(
    r",?\s+(?=(?:but|whereas|because|so that|hence|therefore)\s)"
    r"|,\s+(?=(?:and|so|then|while|often|usually|also|optionally|typically)\s)"
)
_COMMA = re.compile(r"\s*,\s+(?:and\s+|or\s+)?")
_COMMA_AND = re.compile(r"\s*,\s+(?:and\s+|or\s+)?|\s+(?:and|or)\s+(?=[^,]*$)")
_PLUS = re.compile(r"\s+\+\s+")
_ARROW = re.compile(r"\s+(?:→|->)\s+")
_BOTH = re.compile(r"\s+and\s+")
_JOINT = re.compile(
    r"^(?:(?i:so that|and|but|so|or|hence|therefore|whereas)|then|(?i:because)(?!\s+of\b)(?![^,]*,))\s+(?=\S)"
)
"""What joins a clause to the one before it and means nothing at the head of a claim. "Because" may also lead a clause
that comes before what it explains, and "Then" what is turned around after it: "Then comes the next"."""
_HANGS = re.compile(
    r"^(?:and|but|so|then|or|while|because|whereas|hence|therefore|which|who|that|e\.g|i\.e|for example"
    r"|for instance|such as|when|if)\b",
    re.IGNORECASE,
)
_TO = re.compile(
    r"^(?:about|across|after|as|at|before|between|by|for|from|in|into|of|on|over|per|than|through|to|under"
    r"|with|within|without)\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    rf"(?!so that\b)(?:{_JOINT.pattern})?(?:its|their|that|this|those|these|which)\b", re.IGNORECASE
)
"""A clause that is about something in the clause before it."""
_OF_ALL = re.compile(r"^(.{2,60}\s(?:for|before|without|against|between))\s\S+(?:\s\S+)?$")
_PAIRED = re.compile(r"\b(?:minus|both)\b(?!.*\band\b)", re.IGNORECASE)
_SAID = re.compile(r"\s(?:is|are|was|were|has|have|can|will|must|may|should|does|do)\s")
_MANNER = re.compile(r"^(?:\w+ly$|(?:is|are|was|were)\s)")
_WHO = re.compile(r"^(?:I|you|we|they|it|he|she|there|one)\s", re.IGNORECASE)
_YES = re.compile(
    r"^(?:yes|no|yep|nope|correct|true|false)\b(?!,?\s+(?:if|when|but|unless|because|as|only|though)\b)"
    r"(?:\s*[.,:;—–-]+\s*|\s*$)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^([^:]{1,60}):\s+(?=\S)")
_BULLET = re.compile(r"^\s*(?:[-*•‣·]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")
_IN_LINE = re.compile(r"(?:^|(?<=\s))\(?(\d{1,2})[.)]\s+(?=\S)")
_WIDE = 50
"""Characters from which on a line that ends in the middle was wrapped."""
_POINTER = re.compile(r"^(?:see|cf\.?|note)\b.{0,24}$", re.IGNORECASE)
_ASIDE = re.compile(
    r"^(?:and\s+|but\s+)?(?:often|usually|sometimes|optionally|also|typically|e\.g|for example|for instance"
    r"|note|can be|may|might)\b",
    re.IGNORECASE,
)
_EXAMPLES = re.compile(r"\b(?:e\.g\.|for example|for instance|such as|etc\b)", re.IGNORECASE)
_COUNT = {w: n for n, w in enumerate("one two three four five six seven".split(), start=1)}
_SOME = re.compile(
    r"\b(?:name|give|list|mention|state)\b[^?]{0,20}?\b(?:at least\s+)?"
    r"(one|two|three|four|five|six|seven|[1-7])\b|\b(an example|any)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:two|three|four|five|six|stages|steps|types|kinds|components|parts|objectives|layers|levels"
    r"|examples|phases|properties|advantages|disadvantages|pros|cons|weaknesses|limitations|vs\.?"
    r"|versus|difference|differences|differ|compare)\b|^(?:list|name)\b",
    re.IGNORECASE,
)
_SHORT = 8
_BRIEF = 4
_COMPARED = re.compile(
    r"^(?:.{0,60}?[:—–]\s+|.*\b(?:between|compare|contrast|how (?:do|does|are|is))\s+)?"
    r"(.{1,60}?)\s+(?:vs\.?|versus|and|or|from)\s+(.{1,80})$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:an?|the)\s+")
_VERSUS = re.compile(r"\s+(?:vs\.?|versus|and|from)\s+|,\s+", re.IGNORECASE)


class Cut(NamedTuple):
    """A claim cut out of an answer, and the weight its place gives it."""

    id: str
    statement: str
    weight: float


class Cutting(NamedTuple):
    """What an answer was cut into. wrong: what it says is not so. groups: claims of which some are enough.
    listed: whether the answer names things. doubts: what might be meant otherwise, for a person to say."""

    claims: tuple[Cut, ...]
    wrong: tuple[Cut, ...]
    groups: tuple[Choice, ...]
    listed: bool
    doubts: tuple[str, ...] = ()


def cut(prompt: str, answer: str) -> Cutting:
    """The claims of that answer to that prompt, at most `MOST_CRITERIA`; at least one for an answer
    that says anything."""
    wrong: list[str] = []
    pieces: list[_Clause] = []
    answer = answer[:LONGEST]
    wanted = _wanted(prompt)
    several = bool(_SEVERAL.search(prompt)) or wanted is not None
    sides = _sides(prompt)
    sentences = _sentences(answer)
    # Where some of all that is named are asked for, "or" adds to what can be named.
    said = [sentence if wanted is None else "" for sentence, _, _ in sentences]
    for (sentence, bullet, any_of), chain in zip(sentences, choices.chains(said), strict=True):
        either = [] if wanted is not None else choices.either(sentence)
        if chain is not None or any_of is not None or either:
            at = next(n for n in (any_of, chain, -1 - len(pieces)) if n is not None)
            pieces += [_Clause(one, bullet, at) for one in either or [choices.without_or(sentence)]]
            continue
        label = ""
        for part in _first_cuts(sentence, sides):
            body, denied, left = contrast(part)
            wrong += denied
            found = _LABEL.match(body)
            label = found[1] if found and len(words(found[1])) <= _SHORT else label
            head = "" if found or not label else f"{label}: "
            pieces += [
                p._replace(item=p.item or bullet) for p in _points(head + body, several=several)
            ]
            pieces += [
                _Clause(f"{label}: {one}" if label else one, bullet, denied=True) for one in left
            ]
    kept, asked = _kept(pieces, answer)
    return _cutting(kept, wrong, wanted, asked)


class _Clause(NamedTuple):
    """A piece of an answer. item: whether it is one of a list. chain: the choice that it belongs to. either:
    the list that it is of, where that says "or". denied: whether it says what is not so, by the way."""

    text: str
    item: bool
    chain: int | None = None
    either: str = ""
    denied: bool = False


def _kept(pieces: Iterable[_Clause], answer: str) -> tuple[list[_Clause], list[str]]:
    """The pieces that say something, and the questions among them."""
    tidied = [piece._replace(text=_tidied(piece.text)) for piece in pieces]
    kept = [p for p in tidied if content(p.text) and not _POINTER.match(p.text)]
    asked = [p.text for p in tidied if p.text.endswith("?")]
    if len(asked) < len(kept):
        kept = [p for p in kept if p.text not in asked]
    whole = " ".join(answer.split())
    return kept or ([_Clause(whole, False)] if whole else []), asked


def _cutting(
    kept: Sequence[_Clause], wrong: Sequence[str], wanted: int | None, asked: Sequence[str]
) -> Cutting:
    statements = _few(list(dict.fromkeys(piece.text for piece in kept)), MOST_CRITERIA)
    listed = len(kept) > 1 and sum(piece.item for piece in kept) > len(kept) / 2
    names = named(statements)
    asides = {piece.text for piece in kept if piece.denied}
    weights = dict(zip(names, _weights(statements, asides, level=listed), strict=True))
    doubts: list[str] = []
    groups: tuple[Choice, ...]
    if wanted is not None and listed and wanted < len(statements):
        groups = (Choice(wanted, tuple(names)),)
    else:
        chain_of = {piece.text: piece.chain for piece in kept if piece.chain is not None}
        groups = choices.chosen(dict(zip(statements, names, strict=True)), chain_of)
        weights = choices.level(weights, groups)
        text = dict(zip(names, statements, strict=True))
        doubts = [f"any one is enough: {' / '.join(text[n] for n in g.of)}" for g in groups]
        either = dict.fromkeys(piece.either for piece in kept if piece.either)
        doubts += [f"all are asked for, though it says 'or': {said}" for said in either]
    doubts += [f"a question within an answer is no criterion: {text}" for text in asked]
    return Cutting(
        tuple(Cut(i, s, weights[i]) for i, s in zip(names, statements, strict=True)),
        _denied(wrong, names),
        groups,
        listed,
        tuple(doubts),
    )


def lines_of(answer: str) -> list[str]:
    """The lines of an answer: wrapped ones joined, and those of a list that runs on in a line apart."""
    out: list[str] = []
    for line in answer.split("\n"):
        if not line.strip():
            out.append("")
        elif out and out[-1] and not _BULLET.match(line) and _wraps(out[-1].rstrip(), line.strip()):
            out[-1] = f"{out[-1].rstrip()} {line.strip()}"
        else:
            out += _listed(line)
    return [line for line in out if line]


def _wraps(before: str, line: str) -> bool:
    """Whether a line goes on in the middle of what the one before says."""
    if before[-1] == ",":
        return True
    return before[-1] not in ".!?:;。！？" and (line[0].islower() or len(before) >= _WIDE)


def _listed(line: str) -> list[str]:
    """ "First: 1. a 2. b" as three lines; one where no list is in it."""
    cuts, due = [], 1
    for match in _IN_LINE.finditer(line):
        if int(match[1]) == due:
            cuts.append(match.start())
            due += 1
    if len(cuts) < 2:
        return [line]
    ends = [*cuts[1:], len(line)]
    head = line[: cuts[0]].strip()
    items = [line[start:end].strip() for start, end in zip(cuts, ends, strict=True)]
    return [head, *items] if head else items


def unbulleted(line: str) -> str:
    """The line without the bullet or number before it."""
    return _BULLET.sub("", line)


def named(statements: Sequence[str], taken: Iterable[str] = ()) -> list[str]:
    """A slug of its first telling words for each statement, each once and none of those taken."""
    out: list[str] = []
    used = set(taken)
    for statement in statements:
        telling = [w for w in words(statement) if w not in STOP and w.isascii() and w.isalnum()][:3]
        # A name of digits alone would read as a number of the criterion.
        base = "" if all(map(str.isdigit, telling)) else "-".join(telling)[:40].strip("-")
        base = base or "point"
        name, more = base, 2
        while name in used:
            name, more = f"{base}-{more}", more + 1
        used.add(name)
        out.append(name)
    return out


def _first_cuts(sentence: str, sides: Set[str]) -> list[str]:
    """The sentence cut where it turns to another matter: at semicolons, at a further label, at the other side
    of what is compared. sides: the words that these begin with."""
    sentence = _LONE_ARROW.sub(r"\1: ", sentence)
    out: list[str] = []
    for part in parts(_SEMICOLON, sentence, 2):
        out += split(_LABELLED, part) if _LABEL.match(part) else [part]
    said = _word(out[0]) if out else ""
    begins = [side for side in sides if re.match(rf"{re.escape(side)}(?!\w)", said)]
    if begins:
        own = max(begins, key=len)
        others = "|".join(map(re.escape, sorted(sides - {own})))
        turn = re.compile(
            rf"(?:,\s+|\s+)(?:and\s+|but\s+|while\s+|whereas\s+)(?=(?:{others})(?!\w))|,\s+(?=(?:{others})(?!\w))",
            re.IGNORECASE,
        )
        return [one for part in out for one in parts(turn, part, 2)]
    return out


def _sides(prompt: str) -> set[str]:
    """What the names of the two or more that a prompt compares begin with."""
    if not (match := _COMPARED.search(prompt)):
        return set()
    names = _VERSUS.split(f"{match[1]} vs {match[2]}")
    whole = [bare for name in names if (bare := _ARTICLE.sub("", _word(name)))]
    first = {name.split(maxsplit=1)[0] for name in whole}
    # "UNION and UNION ALL" begin with the same word.
    found = first if len(first) == len(set(whole)) else set(whole)
    return found if len(found) > 1 else set()


def _word(text: str) -> str:
    return text.casefold().strip(' ?.,:"“”`')


def _sentences(answer: str) -> list[tuple[str, bool, int | None]]:
    """The sentences, each with whether it stands behind a bullet, and the list that it is of where any one
    of that is said to be enough."""
    lines = lines_of(answer)
    bullets = [bool(_BULLET.match(line)) for line in lines]
    found: list[tuple[str, bool, int | None]] = []
    any_of: int | None = None
    for at, line in enumerate(lines):
        leads = line.rstrip().endswith(":")
        any_of = any_of if bullets[at] and not leads else None
        if leads and (any(bullets[at + 1 : at + 2]) or (found and at + 1 == len(lines))):
            any_of = at if choices.is_any_of(line) else None
            continue  # it leads to a list, or to what was left out, and says nothing of its own
        bare = _BULLET.sub("", line)
        found += [(part, bullets[at], any_of) for part in split(_SENTENCE, bare) if part.strip()]
    # "Yes." says nothing by itself: what follows says what is so.
    rest = [(said, item, of) for one, item, of in found if (said := _YES.sub("", one).strip())]
    return rest or found


def _points(text: str, *, several: bool) -> list[_Clause]:
    """The points of a clause."""
    label = _LABEL.match(text)
    head, body = (label[1], text[label.end() :]) if label else ("", text)
    bare = body.rstrip(" .!")
    items = _items(bare, several=several)
    if len(items) > 1:
        if head and len(words(head)) > _SHORT:
            head = ""
        either = bare if choices.ends_with_or(bare, items) else ""
        return [_Clause(f"{head}: {i}" if head else i, True, either=either) for i in items]
    if len(words(body)) <= _BRIEF:
        return [_Clause(text, False)]
    head = head if len(words(head)) <= _SHORT else ""
    body = body if head else text
    found = clauses.pair(bare) if head else [body]
    if len(found) == 1:
        found = [
            one
            for part in parts(_CLAUSE, body, 2 if head else 3, _BACK)
            for clause in clauses.clauses(_bare(part) if head else part, labelled=bool(head))
            for one in (clauses.pair(clause) if head else [clause])
        ]
    # Each clause after a label is about it: without the label it would also be said of another.
    return [_Clause(f"{head}: {one}" if head else one, False) for one in found]


def _items(text: str, *, several: bool) -> list[str]:
    """The items of an enumeration; one where the text is none. Cut only outside brackets."""
    for pattern, least, longest in (
        (_PLUS, 2, 6),
        (_ARROW, 3, 6),
        (_COMMA, 3, 7),
        (_COMMA_AND, 3, 3),
    ):
        found = split(pattern, text)
        short = all(1 <= len(outside(p)) <= longest for p in found)
        if len(found) >= least and short and not _is_sum(text) and _are_items(found):
            return _shared(found)
    two = split(_BOTH, text)
    short = len(two) == 2 and "," not in text and all(1 <= len(outside(p)) <= 6 for p in two)
    if several and short and not _WHO.match(text) and _are_items(two):
        return two
    return [text]


def _shared(found: list[str]) -> list[str]:
    """The items, with what the first says of all of them: "Earnings before interest, taxes and depreciation"."""
    match = _OF_ALL.match(found[0])
    found = [*found[:-1], *split(_BOTH, found[-1])] if match else found
    if match and all(len(outside(one)) <= 2 for one in found[1:]):
        return [found[0], *(f"{match[1]} {one}" for one in found[1:])]
    return found


def _are_items(parts: Sequence[str]) -> bool:
    """Whether each stands by itself: no clause that hangs on the one before, and what goes with the
    preposition of the first has its own."""
    first, *rest = parts
    if any(map(str.isdigit, rest)) and not first.isdigit():
        return False  # "It prints 0, 1 and 2"
    if any(_PAIRED.search(part) for part in parts):
        return False  # "The MTU minus the IP and TCP headers"
    said = [bool(_SAID.search(part)) for part in parts]
    if said[-1] and not all(said):
        return False  # "Yeast is healthy, temperature and pressure are constant"
    if any(_MANNER.match(part) for part in rest):
        return False  # "It ferments cold, slowly, and tastes clean", "... another keeps them and is faster"
    shared = all(map(_TO.match, rest)) if _TO.match(first) else not any(map(_TO.match, rest))
    return shared and not any(map(_HANGS.match, rest))


def _is_sum(text: str) -> bool:
    """Whether it is a formula, whose terms are no points of their own."""
    return re.search(r"=(?!>)", text) is not None or (
        text.count("+") > 0 and bool(re.search(r"[\^√∑]|\b\w\s\+\s\w\b", text))
    )


def _tidied(text: str) -> str:
    text = _bare(text)
    if text and not text.endswith((".", "!", "?", "…", "。", "！", "？")):
        text += "."
    starts = text[1:2].islower() or text.startswith("a ")
    return text[:1].upper() + text[1:] if starts else text


def _bare(text: str) -> str:
    """The text without what joins it to what stands before."""
    text = _JOINT.sub("", text.strip(" ,;:—–"))
    if (match := _LABEL.match(text)) and (joint := _JOINT.match(text[match.end() :])):
        return text[: match.end()] + text[match.end() + joint.end() :]
    return text


def _few(statements: list[str], most: int) -> list[str]:
    """At most so many: neighbours that are shortest together are joined."""
    while len(statements) > most:
        at = min(
            range(len(statements) - 1), key=lambda i: len(statements[i]) + len(statements[i + 1])
        )
        statements[at : at + 2] = [f"{statements[at]} {statements[at + 1]}"]
    return statements


def _weights(statements: Sequence[str], asides: Set[str], *, level: bool) -> list[float]:
    if level:
        return [1.0] * len(statements)
    rest = [
        ASIDE if s in asides or _ASIDE.match(s) or _EXAMPLES.match(s) else 1.0
        for s in statements[1:]
    ]
    return [HEART if rest else 1.0, *rest] if statements else []


def _denied(wrong: Sequence[str], taken: Iterable[str]) -> tuple[Cut, ...]:
    texts = list(dict.fromkeys(text for text in map(_tidied, wrong) if content(text)))
    texts = texts[:MOST_MISCONCEPTIONS]
    return tuple(Cut(i, t, 0.25) for i, t in zip(named(texts, taken), texts, strict=True))


def _wanted(prompt: str) -> int | None:
    """How many of what could be named a prompt asks for: "Name two ...", "an example of"."""
    if not (match := _SOME.search(prompt)):
        return None
    if match[2]:
        return 1
    return _COUNT.get(match[1].lower()) or int(match[1])
