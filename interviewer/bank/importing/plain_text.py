"""Questions and answers in plain text, Markdown and pasted chats."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from interviewer.bank.importing import line_marks as marks
from interviewer.bank.importing.documents import (
    MOST_QUESTIONS,
    QUOTED,
    Band,
    Document,
    Heading,
    Missed,
    RawQuestion,
    TooMuch,
    number_of,
)
from interviewer.bank.importing.prose import bands_of, declared
from interviewer.common.text import one_line, printable

MOST_LINES = 100_000
LONGEST_LINE = 100_000
_HEADING_WORDS = 9
_HEADING = 80
_TALK = 2
"""Words from which on a reply in a chat is taken for an answer."""
_LEAD = re.compile(r"^\s*(?:(?:a|ans|answer)\s*:|[-–—:→]+(?=\s)|=>)\s*", re.IGNORECASE)


@dataclass
class _Open:
    """A question whose end has not been seen. told: whether an "A:" was seen."""

    line: int
    number: int | None
    first: str
    part: int | None
    rest: list[str] = field(default_factory=list)
    told: bool = False
    inner: int | None = None

    def is_inline(self) -> bool:
        """Whether its answer stands on its own line and nothing has followed yet."""
        end = marks.end_of_question(self.first)
        return not self.rest and 0 < end < len(self.first.rstrip())

    def is_answered(self) -> bool:
        """Whether it has any answer so far."""
        return bool(self.rest) or self.told or self.is_inline()


def read_plain(text: str) -> Document:
    """What is found in the text. Raises TooMuch for more than anybody would ask."""
    if text.count("\n") > MOST_LINES:
        raise TooMuch(MOST_LINES + 1, f"the document has more than {MOST_LINES:,} lines")
    lines = [marks.cleaned(line) for line in printable(text).split("\n")]
    return _PlainReader(lines).read()


class _PlainReader:
    """Reads line by line; what it finds is kept in the order of the document."""

    def __init__(self, lines: Sequence[str]):
        self.lines = lines
        self.title = ""
        self.declared: int | None = None
        self.parts: list[Heading] = []
        self.asked: list[RawQuestion] = []
        self.missed: list[Missed] = []
        self.tiers: list[Band] = []
        self.aims: list[Band] = []
        self.open: _Open | None = None
        self.last: int | None = None
        self.blank = True
        self.asker = marks.asker_of(lines)
        self.bullets = self.bare = self.dots = False
        self.level = 0
        self.levels: set[int] = set()
        self.depth: list[int] = []
        self._look_over()

    def _look_over(self) -> None:
        """How this document shows its questions, where it does not number them."""
        plain = [line for line in self.lines if line.strip()]
        marked = sum(1 for line in plain if marks.numbered(line) or marks.Q.match(line))
        bullets = [line for line in plain if marks.BULLET.match(line)]
        asking = sum(1 for line in bullets if marks.end_of_question(line))
        self.bullets = marked < 2 and asking >= 2 and asking * 2 >= len(bullets)
        self.dots = any(map(marks.Q_DOT.match, plain))
        heads = [m for line in plain if (m := marks.HASHES.match(line))]
        headed = any("?" in m[2] for m in heads)
        if marked >= 2 or self.bullets or self.asker:
            return
        self.bare = any(marks.end_of_question(line) for line in plain)
        if not self.bare and not headed and heads:
            self.level = max(len(m[1]) for m in heads)

    def read(self) -> Document:
        fenced = False
        for at, line in enumerate(self.lines):
            if marks.FENCE.match(line):
                fenced = not fenced
            elif fenced:
                self._more(at + 1, line)
            elif len(line) > LONGEST_LINE:
                self._miss(
                    at + 1, line, f"a line of more than {LONGEST_LINE:,} characters is not read"
                )
            elif not line.strip():
                self.blank = True
            elif marks.is_rule(line):
                self.blank = True
                if self.open and self.open.is_answered():
                    self._close()
            else:
                self._line(at, line)
                self.blank = False
        self._close()
        self._empty_parts()
        return Document(
            title=self.title, parts=tuple(self.parts), asked=tuple(self.asked),
            tiers=tuple(self.tiers), aims=tuple(self.aims), declared=self.declared,
            missed=tuple(self.missed),
        )  # fmt: skip

    def _line(self, at: int, line: str) -> None:
        if self.asker and (found := marks.speaker(line)):
            self._spoken(at + 1, *found)
            return
        if match := marks.HASHES.match(line):
            self._hashed(at, len(match[1]), match[2])
            return
        start = self._start(line)
        if start is None and self._is_heading(at, line):
            self._section(at, line)
            return
        if start is None:
            tiers, aims, line = bands_of(at + 1, line)
            self.tiers += tiers
            self.aims += aims
            if not line:
                return
            self._more(at + 1, line)
            return
        self._begin(at + 1, *start)

    def _start(self, line: str) -> tuple[int | None, str] | None:
        """The number and the text of a question that begins here; None where none does."""
        if match := marks.Q.match(line):
            return (number_of(match[1]) if match[1] else None, line[match.end() :])
        if found := marks.numbered(line):
            return found if self._is_next(*found, line) else None
        if self.bullets and (match := marks.BULLET.match(line)):
            text = line[match.end() :]
            return (None, text) if marks.end_of_question(text) and line[:1] not in " \t" else None
        if self.bare and (self.blank or line.rstrip().endswith("?")) and not marks.A.match(line):
            return (None, line) if marks.end_of_question(line) else None
        return None

    def _is_next(self, number: int, text: str, line: str) -> bool:
        """Whether a numbered line is a question, rather than a step within an answer."""
        held = self.open
        if held is None or marks.end_of_question(text):
            return True
        if line[:1] in " \t" or (held.inner is not None and number == held.inner + 1):
            held.inner = number
            return False
        if self.last is None or number == self.last + 1:
            return True
        held.inner = number
        return False

    def _is_heading(self, at: int, line: str) -> bool:
        text = line.strip()
        follows = self._next(at)
        if self.dots and marks.A_DOT.match(text):
            return False
        if match := marks.LETTER.match(text):
            known = [p.id for p in self.parts if p.id]
            due = chr(ord(known[-1][0]) + 1) if known else "A"
            return match[1] == due and bool(follows) and self._may_start(follows)
        if len(text) > _HEADING or len(text.split()) > _HEADING_WORDS or text[-1] in ".?!;,":
            return False
        if not text[:1].isupper() or marks.BULLET.match(line) or marks.A.match(line) or not follows:
            return False
        tiers, aims, left = bands_of(at + 2, follows)
        if not self._may_start(follows) and (left or not (tiers or aims)):
            return False
        held = self.open
        return held is None or held.is_inline() or (self.blank and held.is_answered())

    def _next(self, at: int) -> str:
        return next((line for line in self.lines[at + 1 : at + 6] if line.strip()), "")

    def _may_start(self, line: str) -> bool:
        if marks.numbered(line) or marks.Q.match(line):
            return True
        return (self.bullets and bool(marks.BULLET.match(line))) or (self.bare and "?" in line)

    def _hashed(self, at: int, level: int, text: str) -> None:
        found = marks.numbered(text)
        start: tuple[int | None, str] | None = None
        if marks.end_of_question(text) or self.level == level or level in self.levels:
            start = found or (None, text)
            self.levels.add(level)
        elif (
            found and not self._may_start(self._next(at)) and not marks.HASHES.match(self._next(at))
        ):
            start = found
        if start is None:
            self._section(at, text, title=level == 1, depth=level)
        elif match := marks.Q.match(text):
            self._begin(at + 1, number_of(match[1] or ""), text[match.end() :])
        else:
            self._begin(at + 1, *start)

    def _section(self, at: int, text: str, *, title: bool = False, depth: int = 0) -> None:
        self._close()
        first = not (self.asked or self.parts or self.title)
        if title and first:
            self.title = text
            return
        match = marks.LETTER.match(text.strip())
        name = match[2] if match else (marks.numbered(text) or (0, text))[1]
        self.depth.append(depth)
        self.parts.append(
            Heading(title=name.strip(" :"), id=match[1] if match else "", line=at + 1)
        )

    def _begin(self, line: int, number: int | None, text: str) -> None:
        """A question, and the further ones that run on in its line."""
        for one, body in _runs(number, text):
            self._close()
            part = len(self.parts) - 1 if self.parts else None
            self.open = _Open(line, one, body, part)
            self.last = one if one is not None else self.last

    def _spoken(self, line: int, name: str, text: str) -> None:
        if name != self.asker:
            self._more(line, text)
            if self.open:
                self.open.told = True
        elif marks.end_of_question(text) or marks.numbered(text):
            self._begin(line, *(marks.numbered(text) or (None, marks.without_talk(text))))
        else:
            self._miss(line, text, "the one who asks says it, and it is no question")

    def _more(self, line: int, text: str) -> None:
        held = self.open
        if held is None:
            self._apart(line, text)
        elif (match := marks.A.match(text)) or (
            not held.rest and not held.is_inline() and (match := marks.A_DOT.match(text))
        ):
            held.told = True
            held.rest.append(text[match.end() :])
        elif (
            held.is_inline()
            and self.blank
            and text[:1] not in " \t"
            and not marks.BULLET.match(text)
        ):
            self._close()
            self._apart(line, text)
        else:
            held.rest.append(text)

    def _apart(self, line: int, text: str) -> None:
        if not (self.title or self.asked or self.parts or self.missed):
            self.title = text.strip()
            return
        count = declared(text) if not self.asked else None
        self.declared = self.declared or count
        if count is None:
            self._miss(line, text, "it belongs to no question")

    def _close(self) -> None:
        held, self.open = self.open, None
        if held is None:
            return
        prompt, answer = _parted(held)
        if not answer.strip():
            self._miss(held.line, prompt, "a question without an answer")
            return
        if self.asker and len(answer.split()) < _TALK:
            self._miss(
                held.line,
                prompt,
                f"in a chat, and answered by no more than '{answer.strip()[:20]}'",
            )
            return
        if len(self.asked) == MOST_QUESTIONS:
            raise TooMuch(held.line, f"the document has more than {MOST_QUESTIONS:,} questions")
        self.asked.append(
            RawQuestion(
                line=held.line, number=held.number, prompt=prompt, answers=(answer,), part=held.part
            )
        )

    def _empty_parts(self) -> None:
        """Headings under which nothing stands that was understood."""
        held = {asked.part for asked in self.asked}
        used = [m.line for m in self.missed] + [b.line for b in (*self.tiers, *self.aims)]
        for at, part in enumerate(self.parts):
            last = at + 1 == len(self.parts)
            end = len(self.lines) + 1 if last else self.parts[at + 1].line
            above = not last and self.depth[at + 1] > self.depth[at] > 0
            if at not in held and not above and not any(part.line < line < end for line in used):
                self._miss(part.line, part.title, "a heading with no question under it")

    def _miss(self, line: int, text: str, why: str) -> None:
        self.missed.append(Missed(line=line, text=one_line(text, QUOTED), why=why))


def _runs(number: int | None, text: str) -> list[tuple[int | None, str]]:
    """The questions that run on in one line: "... transformer. 47. BERT pretraining? MLM. 48. ..."."""
    out: list[tuple[int | None, str]] = []
    if number is None:
        return [(None, text)]
    begun, due = 0, number
    asks = bool(marks.end_of_question(text))
    for match in marks.RUN_ON.finditer(text):
        if int(match[1]) != due + 1 or (asks and "?" not in text[match.end() : match.end() + 400]):
            continue
        if re.match(rf"\s+{match[1]}[.)]\s", text[match.end() :][:20]):
            continue  # it stands twice: first as an answer, "Majority of 5? 3. 3. What is ...?"
        out.append((due, text[begun : match.start()].strip()))
        begun, due = match.end(), due + 1
    return [*out, (due, text[begun:].strip() if out else text)]


def _parted(held: _Open) -> tuple[str, str]:
    """The question and its answer."""
    first, rest = held.first.strip(), "\n".join(held.rest)
    end = marks.end_of_question(first)
    if not end and not rest:
        if match := marks.TERM.match(first):
            return match[1].strip(), match[2]
        return first, ""
    if not end:
        return first, _LEAD.sub("", rest)
    answer = _LEAD.sub("", first[end:])
    return first[:end], "\n".join(part for part in (answer, _LEAD.sub("", rest)) if part.strip())
