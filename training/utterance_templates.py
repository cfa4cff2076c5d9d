"""Utterances made from templates, which train beside the written ones.

A line of training/utterances/templates.txt stands for many utterances of the kind in the heading above
it: {a|b} is one of several, also nested; <A> is a short exemplar of a question, <W> a word or two of its
answers and <T> a word of its prompt.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from interviewer.answer_text.normalize import content
from interviewer.bank.questions import Bank, Question

PATH = Path(__file__).resolve().parent / "utterances" / "templates.txt"
SLIPS = 0.12
"""How often one is made with a slip of the fingers."""
_INNERMOST = re.compile(r"\{([^{}]*)\}")


def made(bank: Bank, each: int, answers: int) -> Iterator[tuple[str, str, int]]:
    """Text, kind and question of up to so many utterances a template; the same every time.

    answers: how many of one that stands for answers.
    """
    kind = ""
    for at, line in enumerate(PATH.read_text("utf-8").splitlines()):
        if line.startswith("# "):
            kind = line[2:]
        elif line:
            count = answers if kind == "answer" else each
            yield from _of(line, kind, bank, random.Random(at), count)


def _of(
    template: str, kind: str, bank: Bank, rng: random.Random, each: int
) -> Iterator[tuple[str, str, int]]:
    seen: set[str] = set()
    for _ in range(2 * each):
        question = rng.choice(bank.questions)
        text = _filled(_chosen(template, rng), question, rng)
        if text and text not in seen and len(seen) < each:
            seen.add(text)
            yield text, kind, question.id


def _chosen(template: str, rng: random.Random) -> str:
    while (found := _INNERMOST.search(template)) is not None:
        option = rng.choice(found[1].split("|"))
        template = template[: found.start()] + option + template[found.end() :]
    return " ".join(template.split())


def _filled(text: str, question: Question, rng: random.Random) -> str:
    exemplars = [
        e.rstrip(".") for c in question.criteria for e in c.accepts if 2 < len(e.split()) < 13
    ]
    answers = " ".join((*question.references, *(c.statement for c in question.criteria)))
    asked = [word for word in re.findall(r"[A-Za-z-]{4,}", question.prompt) if content(word)]
    words = [word for word in re.findall(r"[A-Za-z-]{4,}", answers) if content(word)]
    for mark, among in (("<A>", exemplars), ("<T>", [*asked, *question.terms]), ("<W>", words)):
        while mark in text:
            if not among:
                return ""
            text = text.replace(mark, rng.choice(among), 1)
    if rng.random() < SLIPS:
        text = _with_a_slip(text, rng)
    return text if rng.random() < 0.5 else text[:1].upper() + text[1:]


def _with_a_slip(text: str, rng: random.Random) -> str:
    at = rng.randrange(len(text))
    swapped = text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]
    return rng.choice((swapped, text[:at] + text[at + 1 :], text.lower(), text.replace("'", "")))
