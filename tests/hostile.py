"""Text that tries to become something else, and stories that hold it everywhere."""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st
from samples import Story, bank, question

from interviewer.answer_text.quotes import Evidence
from interviewer.grading.grades import AnswerGrade, Verdict
from interviewer.session.events import Answered, Graded, Skipped

NASTY = [
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x1b]8;;http://x.example\x07link\x1b]8;;\x07",
    "\x9b31m",
    "a\rb",
    "over\x08\x08writing",
    "\u202eright to left",
    "\u2066isolate\u2069",
    "bell\x07 null\x00 del\x7f",
    "\udcff\ud800",
    "zero\u200bwidth\u2060 soft\xadhyphen \ufefftags\U000e0041\U000e007f \u034f\u3164\ufe00\ufe0f\u200d",
    "line\u2028paragraph\u2029next\x85",
    "# heading\n* list\n1. one\n===\n---\n> quote\n```\ncode\n```",
    "[link](javascript:alert(1)) ![img](http://x.example) <script>x</script> &lt; <http://x.example>",
    "| a | b |\n|---|---|",
    "http://x.example www.x.example me@x.example :smile: $x$ ~~x~~ **x** __x__ H^2^",
    "[bold red]markup[/] [link=http://x.example]x[/link]",
    "👩‍🔬 🏳️‍🌈 नमस्ते עברית e\u0301",
    "\\",
    "\\\\*",
]


HOSTILE = (
    st.sampled_from(NASTY)
    | st.text(st.characters(categories=None), max_size=80)
    | st.lists(st.sampled_from([*NASTY, "x", "\n", "\r\n", "\t", " "]), max_size=6).map("".join)
)


HOSTILE_BANK = bank([question(n, misconceptions=[("wrong", 0.5)]) for n in range(1, 6)])


IGNORED = (
    *(0xAD, 0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x200B, 0x3164),
    *(*range(0x2060, 0x2070), *range(0xFE00, 0xFE0E), 0xFEFF, 0xFFA0, *range(0xFFF0, 0xFFFC)),
    *(0x1D173, 0x1D17A, 0xE0001, 0xE0041, 0xE007F, 0xE0100, 0xE01EF),
)
"""Characters that a display leaves out, from Unicode's DerivedCoreProperties.txt."""


def unsafe(text: str) -> set[str]:
    """Characters that may move the cursor, colour, overwrite, reorder, hide or fail to encode."""
    bidi = {chr(c) for c in (0x61C, 0x200E, 0x200F)} | set("\u202a\u202b\u202c\u202d\u202e")
    bidi |= set("\u2066\u2067\u2068\u2069\u2028\u2029") | set(map(chr, IGNORED))
    return {
        c
        for at, c in enumerate(text)
        if (unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t")
        or c in bidi
        or (
            c in SHAPING
            and (at == 0 or (text[at - 1].isascii() and text[at - 1] not in "#*0123456789"))
        )
    }


SHAPING = "\u200c\u200d\ufe0e\ufe0f"


def hostile_story(text: str) -> Story:
    """A session in which `text` stands in every place that words from outside can reach."""
    seconds = {"question": 1, "text": text, "seconds": 2.0}
    story = Story(HOSTILE_BANK).ask(1).add(Answered, **seconds)
    said = story.session.records[0].turns[0].reply
    assert said is not None
    proof = Evidence(start=0, end=len(said.text)) if said.text else None

    def verdict(claim: str) -> Verdict:
        return Verdict(criterion=claim, level="met", credit=1, confidence=0.9, evidence=proof)

    grade = AnswerGrade(
        question=1,
        verdicts=(verdict("big"), verdict("small")),
        misconceptions=(verdict("wrong"),),
        score=0.5,
        passing=0.5,
        similarity=0.25,
        notes=(said.text,),
    )
    grader = story.session.started.grader.model_copy(update={"model": said.text, "spec": "x"})
    story.add(Graded, question=1, answer=2, grade=grade, grader=grader)
    story.probe("small", "Lead to small?")
    return story.add(Skipped, question=1, reason="unknown", text=text)
