"""Questions and answers in plain text, Markdown and pasted chats."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from interviewer.bank.importing import blocks, line_marks, tables
from interviewer.bank.importing.blocks import KeyedAnswers
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
from interviewer.bank.importing.pages import chat_lines, vault, web_page
from interviewer.bank.importing.pages.page import Page
from interviewer.bank.importing.prose import bands_of, declared
from interviewer.common.text import one_line, printable

MOST_LINES = 100_000
LONGEST_LINE = 100_000
_HEADING_WORDS = 9
_HEADING = 80
_TALK = 2
"""Words from which on a reply in a chat is taken for an answer."""
_LEADS_ON = 15
"""Words up to which a reply in a chat that ends with a colon only leads to what follows."""
_LETTERS = list("abcdefghijklmnopqrstuvwxyz")
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()
_TOLD = re.compile(
    r"^((?:explain|describe|define|list|name|compare|contrast|state|outline|derive|sketch|discuss|summari[sz]e)\s"
    r"[^.!?]{2,200}\.)\s+(\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
"""What tells somebody to say something, and the answer behind it: "Explain TCP. A reliable stream."."""
_LEAD = re.compile(r"^\s*(?:(?:a|ans|answer)\s*:|[-–—:→]+(?=\s)|[-=]+>)\s*", re.IGNORECASE)
_TRAILS_OFF = re.compile(
    r"^((?:what|why|how|when|which|where|who)\b[^.?!]{3,120})(?:\.{3}|…)\s+(\S.*)$", re.I | re.S
)
"""A question that trails off into its answer: "how do you choose k... elbow or silhouette"."""
_REMARK = re.compile(r"^\s*(?:\((?P<a>[^()\d]{2,300})\)|\[(?P<b>[^\[\]]{2,300})\])\s*\.?\s*$")
"""An answer that is a remark of the author's: "(open)"."""
_HEADED = 3
"""Headings that ask from which on what is numbered below them is a list."""


@dataclass
class _Open:
    """A question whose end has not been seen. told: whether an "A:" was seen."""

    line: int
    number: int | None
    first: str
    part: int | None
    rest: list[str] = field(default_factory=list)
    code: list[tuple[int, list[str]]] = field(default_factory=list)
    told: bool = False
    inner: int | None = None

    def is_inline(self) -> bool:
        """Whether its answer stands on its own line and nothing has followed yet."""
        end = line_marks.end_of_question(self.first)
        return not self.rest and 0 < end < len(self.first.rstrip())

    def is_answered(self) -> bool:
        """Whether it has any answer so far."""
        return bool(self.rest) or self.told or self.is_inline()


def read_plain(text: str) -> Document:
    """What is found in the text. Raises TooMuch for more than anybody would ask."""
    if text.count("\n") > MOST_LINES:
        raise TooMuch(MOST_LINES + 1, f"the document has more than {MOST_LINES:,} lines")
    page = Page(printable(text).split("\n"))
    for unwrap in (vault.unwrap, web_page.unwrap, chat_lines.unwrap):
        unwrap(page)
    return _PlainReader(list(map(line_marks.cleaned, page.lines)), page.ends, page.left).read()


class _PlainReader:
    """Reads line by line; what it finds is kept in the order of the document."""

    def __init__(self, lines: Sequence[str], ends: Set[int], left: Sequence[Missed]):
        self.lines = lines
        self.ends = ends
        self.title = ""
        self.declared: int | None = None
        self.parts: list[Heading] = []
        self.asked: list[RawQuestion] = []
        self.missed = list(left)
        self.tiers: list[Band] = []
        self.aims: list[Band] = []
        self.open: _Open | None = None
        self.last: int | None = None
        self.blank = True
        self.asker = line_marks.asker_of(lines)
        self.talkers = line_marks.talkers_of(lines) if self.asker else set()
        self.asker = None if self.talkers else self.asker
        self.bullets = self.bare = self.dots = self.letters = self.backwards = False
        self.part: int | None = None
        self.key: KeyedAnswers | None = None
        self.keys = KeyedAnswers()
        self.before: list[str] = []
        self.unanswered = 0
        self.level = 0
        self.levels: set[int] = set()
        self.depth: list[int] = []
        self._look_over()

    def _look_over(self) -> None:
        """How this document shows its questions, where it does not number them."""
        plain = [line for line in self.lines if line.strip()]
        marked = sum(map(_is_marked, blocks.outside_bullets(plain)))
        folds = sum(_is_marked(self.lines[at]) for at in self.ends if at < len(self.lines))
        self.terms = marked < 2 and blocks.names_terms(plain)
        self.bullets = self.terms or (marked - folds < 2 and blocks.asking_bullets(plain))
        self.dots = any(map(line_marks.Q_DOT.match, plain))
        lettered = [m for line in plain if (m := line_marks.LETTERED.match(line))]
        asked = [
            m[1].casefold() for m in lettered if line_marks.end_of_question(m.string[m.end() :])
        ]
        self.letters = marked < 2 and len(asked) > 1 and asked in (
            _LETTERS[: len(asked)], _ROMAN[: len(asked)],
        )  # fmt: skip
        told = ["a" if line_marks.A.match(line) else "q" for line in plain
                if line_marks.A.match(line) or line_marks.Q.match(line)]  # fmt: skip
        self.backwards = len(told) > 2 and told == ["a", "q"] * (len(told) // 2)
        heads = [m for line in plain if (m := line_marks.HASHES.match(line))]
        self.titled = sum(len(m[1]) == 1 for m in heads) < 2
        headed = sum("?" in m[2] for m in heads)
        counted = any((n := line_marks.numbered(line)) and "?" in n[1] for line in plain)
        self.headed = headed >= _HEADED and not counted
        if marked >= 2 or self.bullets or self.letters or self.asker:
            return
        self.bare = any(line_marks.end_of_question(line) for line in plain)
        if not self.bare and not headed and heads:
            self.level = max(len(m[1]) for m in heads)

    def read(self) -> Document:
        at = 0
        while at < len(self.lines):
            at = self._block(at, self.lines[at])
        self._close()
        self._match_keys()
        self._empty_parts()
        return Document(
            title=self.title, parts=tuple(self.parts), asked=tuple(self.asked),
            tiers=tuple(self.tiers), aims=tuple(self.aims), declared=self.declared,
            missed=tuple(self.missed),
        )  # fmt: skip

    def _block(self, at: int, line: str) -> int:
        """Read what begins on that line; where to go on."""
        if at in self.ends:
            self._close()
        if line_marks.FENCE.match(line):
            end = blocks.fence_end(self.lines, at)
            self._fenced(at, end)
            return end
        if len(line) > LONGEST_LINE:
            why = f"a line of more than {LONGEST_LINE:,} characters is not read"
            self._miss(at + 1, line, why)
        elif not line.strip():
            self.blank = True
        elif line_marks.is_rule(line):
            self.blank = True
            if self.open and self.open.is_answered():
                self._close()
        elif end := blocks.table_end(self.lines, at):
            self._table(at, end)
            return end
        else:
            self._line(at, line)
            self.blank = False
        return at + 1

    def _fenced(self, at: int, end: int) -> None:
        closed = end - 1 > at and line_marks.FENCE.match(self.lines[end - 1])
        inner = list(self.lines[at + 1 : end - 1 if closed else end])
        if self.open and blocks.is_code(self.lines[at], inner):
            self.open.code.append((at + 1, inner))
            return
        for number, line in enumerate(inner, start=at + 2):
            self._more(number, line)

    def _table(self, at: int, end: int) -> None:
        rows = blocks.rows_between(self.lines, at, end)
        if not tables.holds_questions(rows):
            what = "in an answer" if self.open else "without columns named question and answer"
            self._miss(at + 1, self.lines[at], f"a table {what} is not taken over")
            return
        self._close()
        found, first = tables.document_from(rows), len(self.parts)
        for part in found.parts:
            self.parts.append(part)
            self.depth.append(0)
        for asked in found.asked:
            part_of = self.part if asked.part is None else first + asked.part
            self._keep(asked.model_copy(update={"part": part_of}))
        self.missed += found.missed

    def _line(self, at: int, line: str) -> None:
        if self._keyed(at, line):
            return
        if line_marks.Q.match(line) and len(run := line_marks.Q_WITHIN.split(line)) > 1:
            for one in run:
                self._line(at, one)
            return
        if self.backwards and (match := line_marks.A.match(line)):
            self._close()
            if not self.asked:
                why = "each answer stands before its question and is taken for the one after it"
                self._miss(at + 1, line, why)
            self.before = [line[match.end() :]]
            return
        if self.asker and (found := line_marks.speaker(line)):
            self._spoken(at + 1, *found)
            return
        if (found := line_marks.speaker(line)) and found[0] in self.talkers:
            line = found[1]
            if not line_marks.numbered(line):
                self._close()
                self._miss(at + 1, line, "talk in a chat, and no question")
                return
        if match := line_marks.HASHES.match(line):
            self._hashed(at, len(match[1]), match[2])
            return
        start = self._start(at, line)
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

    def _keyed(self, at: int, line: str) -> bool:
        """Whether the line is of a list of answers by number."""
        pending = self.open is not None and not self.open.is_answered()
        if not self.asked or pending or self.unanswered:
            said = blocks.key_begins(line, self._next(at))
            if said is not None:
                self._close()
                self.key = self.keys
                line = said
        if self.key is None:
            return False
        found = line_marks.numbered(line)
        if blocks.questions_begin(line):
            self.key = None
            return True
        if (found and line_marks.end_of_question(found[1])) or line_marks.HASHES.match(line):
            self.key = None
            return False
        for number, text in _runs(*found) if found else ():
            self.key.begin(at + 1, number or 0, text)
        if line and not found:
            self.key.more(line)
        return True

    def _match_keys(self) -> None:
        self.asked, missed = self.keys.given(self.asked)
        for one in missed:
            self._miss(one.line, one.text, one.why)

    def _start(self, at: int, line: str) -> tuple[int | None, str] | None:
        """The number and the text of a question that begins here; None where none does."""
        if match := line_marks.Q.match(line):
            text = line[match.end() :]
            if match[1]:
                return number_of(match[1]), text
            return line_marks.numbered(text) or (None, text)
        if found := line_marks.numbered(line):
            return found if self._is_next(*found, line) else None
        if match := line_marks.NESTED.match(line):
            text = line[match.end() :]
            return (None, text) if line_marks.end_of_question(text) else None
        if self.bullets and (match := line_marks.BULLET.match(line)):
            text = line[match.end() :]
            asks = (
                self.terms or line_marks.end_of_question(text) or blocks.is_toggle(self.lines, at)
            )
            return (None, text) if asks and line[:1] not in " \t" else None
        if self.letters and (match := line_marks.LETTERED.match(line)):
            text = line[match.end() :]
            return (None, text) if line_marks.end_of_question(text) else None
        if (
            self.bare
            and (self.blank or line.rstrip().endswith("?"))
            and not line_marks.A.match(line)
        ):
            return (None, line) if line_marks.end_of_question(line) else None
        return None

    def _is_next(self, number: int, text: str, line: str) -> bool:
        """Whether a numbered line is a question, rather than a step within an answer."""
        held = self.open
        if held is not None and self.headed and not line_marks.end_of_question(text):
            return False
        if held is None or line_marks.end_of_question(text):
            return True
        if line[:1] in " \t" or (held.inner is not None and number == held.inner + 1):
            held.inner = number
            return False
        if self.last is None and held.number is None and number > 1 and not held.is_answered():
            return False
        if self.last is None or number == self.last + 1:
            return True
        held.inner = number
        return False

    def _is_heading(self, at: int, line: str) -> bool:
        text = line.strip()
        follows = self._next(at)
        if self.dots and line_marks.A_DOT.match(text):
            return False
        if match := line_marks.LETTER.match(text):
            known = [p.id for p in self.parts if p.id]
            due = chr(ord(known[-1][0]) + 1) if known else "A"
            return (match["a"] or match["b"]) == due and bool(follows) and self._may_start(follows)
        if len(text) > _HEADING or len(text.split()) > _HEADING_WORDS or text[-1] in ".?!;,":
            return False
        if (
            not text[:1].isupper()
            or line_marks.BULLET.match(line)
            or line_marks.A.match(line)
            or not follows
        ):
            return False
        tiers, aims, left = bands_of(at + 2, follows)
        if not self._may_start(follows) and (left or not (tiers or aims)):
            return False
        held = self.open
        return held is None or held.is_inline() or (self.blank and held.is_answered())

    def _next(self, at: int) -> str:
        return next((line for line in self.lines[at + 1 : at + 6] if line.strip()), "")

    def _may_start(self, line: str) -> bool:
        if line_marks.numbered(line) or line_marks.Q.match(line) or line_marks.NESTED.match(line):
            return True
        if self.letters and line_marks.LETTERED.match(line):
            return True
        return (self.bullets and bool(line_marks.BULLET.match(line))) or (self.bare and "?" in line)

    def _hashed(self, at: int, level: int, text: str) -> None:
        if self.open and line_marks.A.match(text):
            self._more(at + 1, text)
            return
        found = line_marks.numbered(text)
        start: tuple[int | None, str] | None = None
        if line_marks.end_of_question(text) or self.level == level or level in self.levels:
            start = found or (None, text)
            self.levels.add(level)
        elif (
            found
            and not self._may_start(self._next(at))
            and not line_marks.HASHES.match(self._next(at))
        ):
            start = found
        if start is None:
            self._section(at, text, title=level == 1 and self.titled, depth=level)
        elif match := line_marks.Q.match(text):
            self._begin(at + 1, number_of(match[1] or ""), text[match.end() :])
        else:
            self._begin(at + 1, *start)

    def _section(self, at: int, text: str, *, title: bool = False, depth: int = 0) -> None:
        self._close()
        first = not (self.asked or self.parts or self.title)
        if title and first:
            self.title = text
            return
        match = line_marks.LETTER.match(text.strip())
        bare = line_marks.PART.sub("", text)
        name = match["title"] if match else (line_marks.numbered(bare) or (0, bare))[1]
        self.depth.append(depth)
        self.part = len(self.parts)
        self.parts.append(
            Heading(
                title=name.strip(" :"), id=(match["a"] or match["b"]) if match else "", line=at + 1
            )
        )

    def _begin(self, line: int, number: int | None, text: str) -> None:
        """A question, and the further ones that run on in its line."""
        for one, said in _runs(number, text):
            self._close()
            end = line_marks.end_of_question(said)
            body = said if any(map(str.isalnum, said[end:])) else said[:end]
            self.open = _Open(line, one, body, self.part, rest=self.before, told=bool(self.before))
            self.before = []
            self.last = one if one is not None else self.last

    def _spoken(self, line: int, name: str, text: str) -> None:
        if name != self.asker:
            found = line_marks.numbered(text)
            if found and line_marks.end_of_question(found[1]):
                self._begin(line, *found)
                return
            self._more(line, text)
            if self.open:
                self.open.told = True
        elif line_marks.end_of_question(text) or line_marks.numbered(text):
            self._begin(line, *(line_marks.numbered(text) or (None, line_marks.without_talk(text))))
        else:
            self._close()
            self._miss(line, text, "the one who asks says it, and it is no question")

    def _more(self, line: int, text: str) -> None:
        held = self.open
        if held is None:
            if self.before:
                self.before.append(text)
            else:
                self._apart(line, text)
        elif not blocks.OPTION_B.match(self._next(line - 1)) and (
            (match := line_marks.A.match(text))
            or (not held.rest and not held.is_inline() and (match := line_marks.A_DOT.match(text)))
        ):
            held.told = True
            held.rest.append(text[match.end() :])
        elif (
            held.is_inline()
            and self.blank
            and text[:1] not in " \t"
            and not line_marks.BULLET.match(text)
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
        if (choice := blocks.picked(held.first, held.rest)) is not None:
            self._miss(held.line, held.first, choice.why)
            if choice.answer is None:
                return
            held.rest = choice.answer
        prompt, answer = _parted(held)
        for line, code in held.code:
            if not answer.strip() and len(code) <= blocks.SHORT_CODE:
                answer = " ".join(" ".join(code).split())
            else:
                self._miss(line, " ".join(code), "code is not taken over: nobody can say it")
        if not answer.strip() and (held.number is None or self.asker):
            self._miss(held.line, prompt, "a question without an answer")
            return
        if _REMARK.match(answer):
            self._miss(
                held.line, f"{prompt} {answer.strip()}", "its answer is a remark in brackets"
            )
            return
        if self.asker and (why := _only_talk(answer)):
            self._miss(held.line, prompt, f"in a chat, and {why}")
            return
        answers = (answer,) if answer.strip() else ()
        self._keep(
            RawQuestion(
                line=held.line, number=held.number, prompt=prompt, answers=answers, part=held.part
            )
        )

    def _keep(self, asked: RawQuestion) -> None:
        if len(self.asked) == MOST_QUESTIONS:
            raise TooMuch(asked.line, f"the document has more than {MOST_QUESTIONS:,} questions")
        self.unanswered += not asked.answers
        self.asked.append(asked)

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


def _is_marked(line: str) -> bool:
    """Whether the line begins as a question with a number or a "Q:" does."""
    return bool(
        line_marks.numbered(line) or line_marks.Q.match(line) or line_marks.NESTED.match(line)
    )


def _only_talk(answer: str) -> str:
    """Why what answers a question in a chat is no answer; "" where it may be one."""
    said = answer.split()
    if len(said) < _TALK:
        return f"answered by no more than '{answer.strip()[:20]}'"
    if answer.rstrip().endswith(":") and len(said) <= _LEADS_ON:
        return "what follows is no answer but something it leads to"
    return ""


def _runs(number: int | None, text: str) -> list[tuple[int | None, str]]:
    """The questions that run on in one line: "... transformer. 47. BERT pretraining? MLM. 48. ..."."""
    out: list[tuple[int | None, str]] = []
    if number is None:
        return [(None, text)]
    begun, due = 0, number
    asks = bool(line_marks.end_of_question(text))
    for match in line_marks.RUN_ON.finditer(text):
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
    end = line_marks.end_of_question(first)
    if not end and not rest:
        if match := _TRAILS_OFF.match(first) or line_marks.TERM.match(first) or _TOLD.match(first):
            return match[1].strip(), match[2]
        return first, ""
    if not end:
        return first, _LEAD.sub("", rest)
    answer = _LEAD.sub("", first[end:])
    return first[:end], "\n".join(part for part in (answer, _LEAD.sub("", rest)) if part.strip())
