"""What stands in several lines of a text and is read as one: a table, code, options with a key, a list of answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from interviewer.bank.importing import line_marks
from interviewer.bank.importing.documents import Missed, RawQuestion
from interviewer.bank.importing.tables import TableRow

_TERMS = 3
SHORT_CODE = 3
"""Lines of code that may be a whole answer, such as a command."""

_RULED = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*$")
_BAR = re.compile(r"(?<!\\)\|")
_LANGUAGE = re.compile(
    r"^\s*(?:```|~~~)\s*\{?\.?(?!te?xt\b|plain|md\b|markdown)[a-z+#]", re.IGNORECASE
)
_CODE = re.compile(
    r"[{};]\s*$|\w\(.*\)|[=!<>]=|\w\s*=\s*\S|^\s*(?:#|//|import\b|from\b|def\b|return\b|\$\s)"
)
_KEY = re.compile(
    r"^\s*(?:#{1,6}\s*)?(?:the\s+)?(?:answers|answer key|answer sheet|solutions|key)\s*:?\s*(?P<rest>(?:\(?\d.*)?)$",
    re.IGNORECASE,
)
_ASKED = re.compile(r"^\s*(?:#{1,6}\s*)?(?:the\s+)?questions\s*:?\s*$", re.IGNORECASE)
_OPTION = re.compile(r"^\s*(?:[-*]\s+)?\(?([A-Ha-h])(?:[.)]|:(?=\s))\s+(\S.*)$")
OPTION_B = re.compile(r"^\s*(?:[-*]\s+)?\(?B[.):]\s")
"""The second of several options, so that the "A:" before it is no answer."""
_CHOSEN = re.compile(r"^\s*\(?([A-Ha-h])(?:[.):]\s*|\s*$)(.*)$")
_WHICH = re.compile(r"\bwhich\b|\bof the following\b|\bchoose\b|\bpick\b", re.IGNORECASE)


def fence_end(lines: Sequence[str], at: int) -> int:
    """Behind the fence that closes the one on that line."""
    closing = (i for i in range(at + 1, len(lines)) if line_marks.FENCE.match(lines[i]))
    return next(closing, len(lines) - 1) + 1


def is_code(fence: str, lines: Sequence[str]) -> bool:
    """Whether what is fenced is code, rather than words or a list."""
    plain = [line for line in lines if line.strip()]
    return bool(_LANGUAGE.match(fence)) or sum(map(bool, map(_CODE.search, plain))) * 2 > len(plain)


def table_end(lines: Sequence[str], at: int) -> int:
    """Behind the Markdown table whose head stands on that line; 0 where none does."""
    if "|" not in lines[at] or at + 1 >= len(lines) or not _RULED.match(lines[at + 1]):
        return 0
    rows = (i for i in range(at + 2, len(lines)) if "|" not in lines[i])
    return next(rows, len(lines))


def rows_between(lines: Sequence[str], at: int, end: int) -> list[TableRow]:
    """The head and the rows of that table, without the rule."""
    return [(i + 1, _cells(lines[i])) for i in range(at, end) if i != at + 1]


def _cells(line: str) -> list[str]:
    bare = re.sub(r"(?<!\\)\|\s*$", "", line.strip().removeprefix("|"))
    return [cell.strip().replace("\\|", "|") for cell in _BAR.split(bare)]


def key_begins(line: str, follows: str) -> str | None:
    """What stands on the line behind "Answers:", where numbered answers follow; None for another line."""
    found = _KEY.match(line)
    if not found or not (line_marks.numbered(found["rest"]) or line_marks.numbered(follows)):
        return None
    return found["rest"]


def outside_bullets(plain: Sequence[str]) -> list[str]:
    """The lines that are not part of a bullet above them by how far they are set in."""
    out, within = [], False
    for line in plain:
        inset = line[:1] in " \t"
        if not inset:
            within = bool(line_marks.BULLET.match(line))
        if not (within and inset):
            out.append(line)
    return out


def is_toggle(lines: Sequence[str], at: int) -> bool:
    """Whether further lines, set in, belong to the bullet on that line, as in a page of toggles."""
    below = next((line for line in lines[at + 1 : at + 4] if line.strip()), "")
    return below[:1] in {" ", "\t"}


def asking_bullets(plain: Sequence[str]) -> bool:
    """Whether the bullets that are not set in are the questions."""
    at = [i for i, n in enumerate(plain) if line_marks.BULLET.match(n) and n[:1] not in " \t"]
    asking = [i for i in at if line_marks.end_of_question(plain[i])]
    toggles = [i for i in at if i in asking or is_toggle(plain, i)]
    return len(asking) >= 2 and len(toggles) * 2 >= len(at)


def names_terms(plain: Sequence[str]) -> bool:
    """Whether nothing asks, and the bullets are terms with what they mean: "- Latency: time for one request"."""
    if any("?" in line for line in plain):
        return False
    found = [line for line in plain if line_marks.BULLET.match(line) and line[:1] not in " \t"]
    named = sum(bool(line_marks.TERM.match(line_marks.BULLET.sub("", line))) for line in found)
    return named >= _TERMS and named >= 0.8 * len(found)


def questions_begin(line: str) -> bool:
    """Whether it says that questions follow."""
    return bool(_ASKED.match(line))


class Picked(NamedTuple):
    """What options come to: the lines of the answer, and what is to be told; "" for nothing. None: no key."""

    answer: list[str] | None
    why: str


def picked(prompt: str, rest: Sequence[str]) -> Picked | None:
    """The option that the key after them names; None where the lines are no options."""
    lines = [line for line in rest if line.strip()]
    options: dict[str, str] = {}
    for line in lines:
        found = _OPTION.match(line)
        if not found or found[1].upper() != chr(ord("A") + len(options)):
            break
        options[found[1].upper()] = found[2]
    if len(options) < 2:
        return None
    left = lines[len(options) :]
    if left and (found := _CHOSEN.match(left[0])) and found[1].upper() in options:
        said = [options[found[1].upper()], found[2], *left[1:]]
        return Picked(
            [line for line in said if line.strip()], "options: the right one is the answer"
        )
    if not left and _WHICH.search(prompt):
        return Picked(None, "options, and it is not said which is right")
    return None


class KeyedAnswers:
    """Answers by the number of their question, from a list apart."""

    def __init__(self) -> None:
        self.found: list[tuple[int, int, list[str]]] = []

    def begin(self, line: int, number: int, text: str) -> None:
        """A further answer."""
        self.found.append((line, number, [text]))

    def more(self, text: str) -> None:
        """A further line of the last one."""
        if self.found:
            self.found[-1][2].append(text)

    def given(self, asked: Sequence[RawQuestion]) -> tuple[list[RawQuestion], list[Missed]]:
        """The questions with their answers, and what is left without the other.

        Of several questions of one number each gets the answer at its place, if there are as many.
        """
        by_number: dict[int | None, list[tuple[int, list[str]]]] = {}
        for line, number, texts in self.found:
            by_number.setdefault(number, []).append((line, texts))
        open_ = [q for q in asked if not q.answers]
        wanted: dict[int | None, int] = {}
        for question in open_:
            wanted[question.number] = wanted.get(question.number, 0) + 1
        out, missed = [], []
        for question in asked:
            held = by_number.get(question.number, [])
            if question.answers:
                out.append(question)
            elif held and len(held) == wanted[question.number]:
                wanted[question.number] -= 1
                answer = "\n".join(held.pop(0)[1])
                out.append(question.model_copy(update={"answers": (answer,)}))
            else:
                many = "several questions or answers have its number"
                why = many if held else "a question without an answer"
                missed.append(Missed(line=question.line, text=question.prompt, why=why))
        missed += [
            Missed(line=line, text=texts[0], why="an answer to no question")
            for left in by_number.values()
            for line, texts in left
        ]
        return out, missed
