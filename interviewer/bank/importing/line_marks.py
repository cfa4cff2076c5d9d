"""By what a line of plain text or Markdown shows itself: number, "Q:", bullet, heading, speaker."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from interviewer.bank.importing.documents import number_of
from interviewer.bank.importing.holes import squeezed

NUMBERED = re.compile(
    r"^\s*(?:[-*•]\s+)?(?:q(?:uestion)?\s*\.?\s*#?\s*)?\(?([0-9]{1,7})"
    r"(?:(?:[.):]|\s+[-–—])\s+(?=\S)|[.):](?-i:(?=[A-Z¿\"“]))|[、．]\s*(?=\S))",
    re.IGNORECASE,
)
Q = re.compile(
    r"^\s*(?:[-*•]\s+)?(?:q|question|frage|pregunta|pergunta|domanda|вопрос|问题|问|質問)"
    r"\s*(?:#?\s*([0-9]{1,7}))?\s*[:.)]\s*(?=\S)",
    re.IGNORECASE,
)
A = re.compile(
    r"^\s*(?:[-*•]\s+)?(?:a|ans|answer|expected answer|model answer|solution|antwort|respuesta|resposta"
    r"|réponse|risposta|ответ|答案|回答|答)(?:\s*#?\s*[0-9]{1,7}\s*[:.)]|\s*:)\s*",
    re.IGNORECASE,
)
NESTED = re.compile(r"^\s{0,3}[0-9]{1,3}(?:\.[0-9]{1,3}){1,3}[.):]?\s+(?=\S)")
"""A number of several levels, "2.1"."""
LETTERED = re.compile(r"^\s{0,3}\(?([a-z]|[ivx]{1,6})[.)]\s+(?=\S)", re.IGNORECASE)
"""A letter or a Roman number before a line."""
Q_WITHIN = re.compile(r"(?<=[.!?)])\s+(?=Q(?:uestion)?\s*[0-9]{0,7}\s*:\s)")
"""Where a further "Q:" begins within a line."""
Q_DOT = re.compile(r"^\s*(?:q|question)\s*[0-9]{0,7}[.)]\s+\S", re.IGNORECASE)
A_DOT = re.compile(r"^\s*(?:a|ans|answer)\s*[.)]\s+", re.IGNORECASE)
HASHES = re.compile(r"^\s{0,3}(#{1,6})\s+(\S.*?)\s*#*\s*$")
LETTER = re.compile(
    r"^\s*(?:(?:[Ss]ection\s+|[Pp]art\s+)?(?P<a>[A-Z])[.)]|(?:[Ss]ection|[Pp]art)\s+(?P<b>[A-Z])\s*[:–—-])"
    r"\s+(?P<title>[^?]{2,80})$"
)
PART = re.compile(
    r"^\s*(?:part|section|chapter|unit)\s+[0-9]{1,3}\s*[:.–—-]\s*(?=\S)", re.IGNORECASE
)
BULLET = re.compile(r"^\s*[-*•‣·]\s+(?=\S)")
FENCE = re.compile(r"^\s*(?:```|~~~)")
# What follows the number stays unread, for it may be a number itself: "48. Five? 3. 49. Six? 4."
RUN_ON = re.compile(r"(?<=[.!?)\]\"”])\s+([0-9]{1,6})[.)](?=\s+\S)")
TERM = re.compile(r"^([^:]{2,120}?)(?::|\s+[—–=]|\s+-)\s+(\S.*)$", re.DOTALL)
_SPEAKER = re.compile(
    r"^\s*(?:\[[^\]]{1,30}\]\s*)?(?:\(?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?\)?\s*)?"
    r"([A-Z][\w.'-]{0,24}(?: [A-Z][\w.'-]{0,24})?)\s*(?:\(?[0-9]{1,2}:[0-9]{2}\)?)?\s*:\s+(?=\S)"
)
_EMPHASIS = re.compile(r"(?<![\w*])(\*\*|__|\*)(?=\S)(.{1,400}?)(?<=\S)\1(?![\w*])")
_LINK = re.compile(r"(?<!!)\[([^\]\n]{1,300})\]\([^)\n]{1,500}\)")
_TAG = re.compile(
    r"</?(?:details|summary|p|br|div|ul|ol|li|hr|h[1-6]|center)\b[^<>]{0,300}/?>", re.IGNORECASE
)
_TAG_WITHIN = re.compile(
    r"</?(?:span|b|i|em|strong|u|a|sub|sup|kbd|mark|small)\b[^<>]{0,300}/?>", re.IGNORECASE
)
_CODE = re.compile(r"</?code\b[^<>]{0,300}>", re.IGNORECASE)
_PICTURE = re.compile(
    r"^(\s*(?:#{1,6}\s+)?)[\U0001f300-\U0001faff\u2753-\u2757\u2705\u274c\u2b50\ufe0f]+\s*"
)
"""Small pictures before what a line says."""
_WIDTH = {ord("？"): "? ", ord("؟"): "?", ord("："): ": "}
"""Other scripts' question marks and colons."""
_ASKERS = {"interviewer", "examiner", "teacher", "coach", "user", "question", "host", "quizmaster"}
_ANSWERERS = {"candidate", "assistant", "student", "answer", "me", "guest", "expert", "bot", "ai"}
_OF_ANSWERS = {"answer", "ans", "a"}
"""What marks an answer within what somebody says, and is no speaker where there are two others."""
_CHAT = 4
"""Lines with a speaker from which on a text is taken for a chat."""
_LISTED = 5
"""Numbered lines in a chat from which on somebody pasted a list into it."""


def cleaned(line: str) -> str:
    """The line without what Markdown and HTML put around words."""
    line = squeezed(line)
    if "<" in line:
        line = _TAG.sub(" ", _TAG_WITHIN.sub("", _CODE.sub("`", line)))
    line = re.sub(r"^\s{0,3}(?:>\s?)+", "", line)
    line = _PICTURE.sub(r"\1", line) if not line.isascii() else line
    line = _LINK.sub(r"\1", line) if "](" in line else line
    line = _EMPHASIS.sub(r"\2", line) if "*" in line or "__" in line else line
    line = line.translate(_WIDTH).rstrip() if not line.isascii() else line
    line = re.sub(r"\\([.()#*_\[\]!-])", r"\1", line) if "\\" in line else line
    return re.sub(r"^(\s*(?:[-*+]\s+)?)\[[ xX]\]\s+", r"\1", line).rstrip()


def is_rule(line: str) -> bool:
    """Whether it is a line drawn across the page."""
    bare = line.replace(" ", "")
    return len(bare) >= 3 and len(set(bare)) == 1 and bare[0] in "-*_=~"


def numbered(line: str) -> tuple[int, str] | None:
    """The number that the line begins with and what follows; None where there is none."""
    if not (match := NUMBERED.match(line)):
        return None
    number = number_of(match[1])
    return None if number is None else (number, line[match.end() :])


def speaker(line: str) -> tuple[str, str] | None:
    """Who says what follows; None where the line names nobody."""
    match = _SPEAKER.match(line)
    return (match[1].casefold(), line[match.end() :]) if match else None


def talkers_of(lines: Sequence[str]) -> set[str]:
    """Who talks in a chat into which one of them pasted a list; empty where the text is none."""
    spoken = Counter(found[0] for line in lines if (found := speaker(line)))
    asked = sum("?" in found[1] for line in lines if (found := speaker(line)))
    listed = sum(bool(numbered(line)) for line in lines)
    return set(spoken) if listed >= _LISTED and listed > asked else set()


def asker_of(lines: Sequence[str]) -> str | None:
    """Who asks in a pasted chat between two; None where the text is no chat."""
    spoken = [found for line in lines if (found := speaker(line))]
    others = [said for said in spoken if said[0] not in _OF_ANSWERS]
    if len({name for name, _ in others}) > 1:
        spoken = others
    counts = Counter(name for name, _ in spoken)
    names = [name for name, count in counts.most_common(2) if count > 1]
    if len(spoken) < _CHAT or len(names) < 2 or sum(counts[n] for n in names) < 0.8 * len(spoken):
        return None
    if {"q", "a"} & set(names) or {"question", "answer"} <= set(names):
        return None  # marks of a document, read as such
    for name in names:
        if name in _ASKERS or names[1 - names.index(name)] in _ANSWERERS:
            return name
    asked = Counter(name for name, text in spoken if "?" in text)
    first, second = (asked[name] / counts[name] for name in names)
    return names[0] if first >= second else names[1]


def without_talk(text: str) -> str:
    """What is asked, without the short remarks before it: "Good. Why ...?" is "Why ...?"."""
    while (match := re.match(r"[^.?!]{1,40}[.!]\s+(?=[A-Z])", text)) and "?" in text[match.end() :]:
        text = text[match.end() :]
    return text


def end_of_question(text: str) -> int:
    """Where the question that the text begins with ends, after its "?"; 0 where there is none.

    A "?" in brackets or quotes ends none; a question that follows at once belongs to it.
    """
    end = _next_mark(text, 0)
    while end:
        following = re.match(r"\s+[A-Z][^.?!\n]{2,200}\?(?=\s|$)", text[end : end + 210])
        if not following:
            break
        end += following.end()
    while end and text[end : end + 1] in {"?", "!"}:
        end += 1
    return end


def _next_mark(text: str, start: int) -> int:
    depth, quoted = 0, False
    for at in range(start, min(len(text), 2_000)):
        char = text[at]
        if char in "([{":
            depth += 1
        elif char in ")]}":
            depth = max(0, depth - 1)
        elif char in '"“”':
            quoted = not quoted
        elif (
            char == "?"
            and not depth
            and not quoted
            and (at + 1 == len(text) or not text[at + 1].isalnum())
        ):
            return at + 1
    # Brackets or quotes that never close hide nothing.
    found = re.search(r"\?(?=\s|$)", text[start:2_000])
    return start + found.end() if found and (depth or quoted) else 0
