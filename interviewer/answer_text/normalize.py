"""Speech and notation to common words, so that "info n c e", "O(N d)" and "fifteen percent" compare
with how a bank spells them.
"""

from __future__ import annotations

import re
from functools import lru_cache

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_NUMBER = {word: value for value, word in enumerate(_UNITS)} | _TENS
_SYMBOLS = {
    "→": " to ",
    "->": " to ",
    "⇒": " implies ",
    "=>": " implies ",
    "≈": " approximately ",
    "~": " approximately ",
    "≥": " at least ",
    ">=": " at least ",
    "≤": " at most ",
    "<=": " at most ",
    "≠": " not equal ",
    "!=": " not equal ",
    "−": " minus ",
    "×": " times ",
    "·": " times ",
    "*": " times ",
    "⋅": " times ",
    "∑": " sum ",
    "Σ": " sum ",
    "τ": " temperature ",
    "σ": " sigmoid ",
    "√": " root ",
    "²": " squared ",
    "⁺": " positive ",
    "½": " half ",
    "%": " percent ",
    "=": " equals ",
    "+": " plus ",
    "/": " / ",
    "¬": " not ",
    "∝": " proportional ",
}
_SYMBOL = re.compile("|".join(re.escape(s) for s in sorted(_SYMBOLS, key=len, reverse=True)))
_SPACED_MINUS = re.compile(r"(?<=\s)-(?=\s)")
_WORD = re.compile(r"[^\W_]+(?:['’][a-z]+)?", re.UNICODE)
_FILLER = re.compile(
    r"(?<![\w-])(?:[Uu]hm?|[Uu]m|[Ee]rm?|[Hh]mm|[Aa]h|[Oo]h|(?<!\d )mm"
    r"|(?i:okay|ok|basically|actually|literally|anyway|yeah))(?![\w'’-])"
)
"""Not in capitals, nor behind a number: "ER diagram", "the OH group", "5 mm"."""
_CONTRACTION = {
    **{"can't": "can not", "can’t": "can not", "won't": "will not", "won’t": "will not"},
    **{"n't": " not", "n’t": " not", "cannot": "can not", "'re": " are", "’re": " are"},
}
STOP = frozenset(
    "a an the of to in on for with as at by is are was were be been being am do does did it its this that these those"
    " there here and or but so if then than thus i you we they he she my your our their them us me one's which who whom"
    " what when where how will would can could should may might must have has had having just very really quite also"
    " too into from onto over under about like s t re ve ll d m".split()
)


def words(text: str) -> list[str]:
    """Lower-case words in a common spelling: contractions opened, symbols and numbers as words.

    Runs of single letters are joined ("h n s w" is "hnsw"), numbers are digits, fillers are dropped.
    """
    text = _SPACED_MINUS.sub(" minus ", _SYMBOL.sub(lambda m: _SYMBOLS[m[0]], text))
    text = _FILLER.sub(" ", text).lower()
    for short, long in _CONTRACTION.items():
        text = text.replace(short, long)
    return _join_letters(_numbers(_WORD.findall(text)))


def _numbers(tokens: list[str]) -> list[str]:
    out: list[str] = []
    for token in tokens:
        value = _NUMBER.get(token)
        if value is None and token == "hundred" and out and _is_count(out[-1]):
            out[-1] = str(int(out[-1]) * 100)
        elif value is None:
            out.append(token)
        elif out and out[-1] in {str(t) for t in _TENS.values()} and value < 10 and value > 0:
            out[-1] = str(int(out[-1]) + value)
        else:
            out.append(str(value))
    return out


def _is_count(token: str) -> bool:
    return token.isdecimal() and len(token) <= 6


def _join_letters(tokens: list[str]) -> list[str]:
    out: list[str] = []
    run: list[str] = []
    for token in [*tokens, ""]:
        if len(token) == 1 and token.isalpha():
            run.append(token)
            continue
        # "a p-value" has an article before its letter, "a n n" has not.
        spelled = len(run) > (2 if run[:1] == ["a"] and run != ["a", "i"] else 1)
        out += ["".join(run)] if spelled else run
        run = []
        if token:
            out.append(token)
    return out


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A light English stem: plural, -ing, -ed, -ly and -ation endings off."""
    for ending in ("ations", "ation", "ings", "ing", "edly", "ed", "ies", "es", "ly", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def content(text: str) -> list[str]:
    """Stems of the words that carry meaning; negations stay."""
    return [stem(w) for w in words(text) if w not in STOP]


def numbers(text: str) -> frozenset[str]:
    """The numbers said, as digits."""
    return frozenset(w for w in words(text) if w[0].isdigit())


_BULLET = re.compile(r"^\s*(?:[-*•–—]|\(?\d{1,2}[.)])\s+")
_SPOKEN_FILLER = re.compile(
    r"(?:,\s*)?(?<![\w-])(?:u+h+|u+m+|uhm|e+r+m?|h+m+|you know|i mean|i guess|sort of|kind of"
    r"|let me think(?: about (?:this|that|it))?"
    r"|let's see|okay so|ok so|so yeah|or whatever|if that makes sense"
    r"|basically|actually|literally|honestly)(?![\w-])[,.…]*\s*",
    re.IGNORECASE,
)
_OPENER = re.compile(
    r"^(?:(?:(?:so|okay|ok|yeah|yes|sure|alright|now)\b(?!-)[,.!…]*|(?:well|right)[,.!…]+)\s*)+",
    re.IGNORECASE,
)
_PADDING = re.compile(
    r"^(?:(?:that(?:'s| is) |what )?an? (?:really |very )?(?:good|great|interesting|nice) (?:question|one)"
    r"|thank(?:s| you)(?: very much| so much)?(?: for (?:the|your|that|asking)[\w ]*)?"
    r"|(?:i )?hope (?:this|that) (?:helps|answers?[\w ]*|makes sense)"
    r"|(?:that is|that's|and that is|and that's) (?:it|all|my answer|about it|what i (?:know|remember|would say))"
    r"|(?:please )?let me (?:know|explain|start|think|try)[\w ,']*"
    r"|i (?:will|would like to|am going to|'ll) (?:try to )?"
    r"(?:answer|explain|start)[\w ,']*|as (?:you (?:may|might|probably) )?(?:we )?(?:all )?know)[.!?,… ]*$",
    re.IGNORECASE,
)


def canonical(text: str) -> str:
    """The same claims in one form: bullets, line breaks, fillers and padding taken out.

    Prose, bullets and a spoken answer of the same claims come out nearly alike, so that a grader
    that reads the result does not grade their form.
    """
    out = []
    for line in re.split(r"\n+", text):
        for part in re.split(r"(?<=[.!?;…])\s+", _BULLET.sub("", line)):
            begun = _OPENER.sub("", part.strip())
            kept = _OPENER.sub("", _SPOKEN_FILLER.sub(" ", begun).strip()).strip(" ,;:.!…\t")
            if kept and not _PADDING.match(kept):
                out.append(kept)
    return re.sub(r"\s+", " ", ". ".join(out))
