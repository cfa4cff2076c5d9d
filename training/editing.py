"""A text with one thing in it changed, so that it says something else with nearly the same words.

After what adversarial and contrast sets do by rule (Jia & Liang 2017; Gardner et al. 2020): a word
turned to its opposite or to a thing of the same kind, a number changed, a denial put in or taken
out, two names exchanged, a name put for another.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*")
_AUX = re.compile(r"\b(is|are|was|were|can|will|does|do|has|have|must|should|may)\b(?! not|n't)")
_DENIED = re.compile(
    r"\b(is|are|was|were|can|will|does|do|has|have|must|should|may) not\b ?|\bnever "
)
_VERB = re.compile(
    r"\b(uses|needs|gives|makes|keeps|takes|learns|predicts|maps|shows|lets|adds|scores|computes|"
    r"measures|captures|produces|returns|stores|reads|finds|means|works|depends|requires|helps)\b"
)
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.]*[A-Za-z])")
_NAME = re.compile(r"\b(?:[A-Z]{2,}[\w-]*|[A-Za-z]+\d+\w*|[a-z]+[A-Z]\w*|(?<=\s)[A-Z][a-z]\w+)\b")
_BETWEEN = re.compile(r"^\s*(,|and|or|/|&|,\s*and|plus|versus|vs\.?)\s*$")


def _known() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    path = Path(__file__).resolve().parent / "opposites.txt"
    for line in path.read_text("utf-8").splitlines():
        one, other = line.split()
        for a, b in ((one, other), (other, one)):
            found.setdefault(a.lower(), []).append(b)
    return found


OTHERS = _known()


def _like(word: str, model: str) -> str:
    """The word with a capital where the model has one."""
    return word[0].upper() + word[1:] if model[0].isupper() and model[1:].islower() else word


def turned(text: str, rng: random.Random) -> str | None:
    """One word exchanged for its opposite or for something of its kind."""
    low = {m[0].lower() for m in _WORD.finditer(text)}
    places = [
        (m, other)
        for m in _WORD.finditer(text)
        for other in OTHERS.get(m[0].lower(), ())
        if other.lower() not in low and (m[0].isupper() or not other.isupper())
    ]
    if not places:
        return None
    match, other = rng.choice(places)
    return text[: match.start()] + _like(other, match[0]) + text[match.end() :]


def denied(text: str, rng: random.Random) -> str | None:
    """With a denial more, or one less."""
    gone = _DENIED.search(text)
    if gone:
        kept = f"{gone[1]} " if gone[1] else ""
        return text[: gone.start()] + kept + text[gone.end() :]
    aux = list(_AUX.finditer(text))
    if aux:
        at = rng.choice(aux)
        return f"{text[: at.end()]} {rng.choice(('not', 'not', 'never', 'no longer'))}{text[at.end() :]}"
    verb = _VERB.search(text)
    if verb is None:
        return None
    stem = re.sub(r"(?<=[sxz])es$|s$", "", verb[0])
    how = rng.choice((f"does not {stem}", f"doesn't {stem}", f"never {verb[0]}"))
    return text[: verb.start()] + how + text[verb.end() :]


def renumbered(text: str, rng: random.Random) -> str | None:
    """With another number."""
    places = list(_NUMBER.finditer(text))
    if not places:
        return None
    match = rng.choice(places)
    value = float(match[0])
    new = rng.choice((value * 10, value + 1, value * 2, value / 2, value * 3, 100 - value))
    said = f"{new:g}"
    if said == match[0] or new <= 0:
        said = f"{value + 2:g}"
    return text[: match.start()] + said + text[match.end() :]


def exchanged(text: str, rng: random.Random) -> str | None:
    """With two of its names in each other's place, unless they stand in a list."""
    names = list(_NAME.finditer(text))
    pairs = [
        (a, b)
        for i, a in enumerate(names)
        for b in names[i + 1 :]
        if a[0] != b[0] and not _BETWEEN.match(text[a.end() : b.start()])
    ]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    return text[: a.start()] + b[0] + text[a.end() : b.start()] + a[0] + text[b.end() :]


def renamed(text: str, rng: random.Random, names: Sequence[str]) -> str | None:
    """With another name of the field put for one of its own."""
    mine = list(_NAME.finditer(text))
    others = [n for n in names if n not in text]
    if not mine or not others:
        return None
    match = rng.choice(mine)
    return text[: match.start()] + rng.choice(others) + text[match.end() :]


def names_in(texts: Sequence[str]) -> list[str]:
    """The names that the texts hold."""
    return sorted({m[0] for text in texts for m in _NAME.finditer(text)})


def edited(text: str, rng: random.Random, names: Sequence[str] = ()) -> str | None:
    """The text with one thing changed; None where nothing in it can be. names: of the field."""
    ways: list[tuple[float, Callable[[], str | None]]] = [
        (5, lambda: turned(text, rng)),
        (2, lambda: denied(text, rng)),
        (2, lambda: renumbered(text, rng)),
        (2, lambda: exchanged(text, rng)),
        (1.5, lambda: renamed(text, rng, names)),
    ]
    while ways:
        at = rng.choices(range(len(ways)), [w for w, _ in ways])[0]
        found = ways.pop(at)[1]()
        if found and found != text:
            return found
    return None
