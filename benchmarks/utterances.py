"""How well it is known what was said, on labelled utterances that nothing is fitted on: a third, and three
fresh sets.

    python benchmarks/utterances.py [--errors]

Prints a table a kind, with the encoder and without it, then how many graded answers from elsewhere
are taken for talk, of the half that nothing is fitted on.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "training")]

from fit_utterances import FRESH, FRESH_2, FRESH_3, KINDS, Utterance, is_held_out, is_spare, read
from reader_sources import voices

from interviewer.common.console import say
from interviewer.interview.talk.listener import Listener
from interviewer.session.events import ANSWERS
from interviewer.specs.banks import open_bank
from interviewer.specs.embedders import cached_embedder

BANK = open_bank()
DONE = {"correction": "answer", "thinking": "small-talk"}
"""What the interviewer does is the same: grades it, or waits."""


def heard(listener: Listener, found: Sequence[Utterance]) -> list[str]:
    """The kind that each is taken for."""
    out = []
    for one in found:
        question = BANK.question(one.question)
        out.append(listener.kind_of(one.text, one.asked or question.prompt, question))
    return out


def table(found: Sequence[Utterance], taken: Sequence[str]) -> None:
    """A line a kind: how many, how many right, what the others were taken for."""
    pairs = list(zip((u.kind for u in found), taken, strict=True))
    for kind in KINDS:
        own = [t for k, t in pairs if k == kind]
        wrong = ", ".join(f"{n} {t}" for t, n in Counter(t for t in own if t != kind).most_common())
        say(f"  {kind:<11} {own.count(kind):>4} of {len(own):>4}   {wrong}")
    right = sum(k == t for k, t in pairs)
    merged = sum(DONE.get(k, k) == DONE.get(t, t) for k, t in pairs)
    answers = [t for k, t in pairs if k in ANSWERS]
    lost = sum(t not in ANSWERS for t in answers)
    talk = [t for k, t in pairs if k not in ANSWERS]
    say(
        f"  right: {right} of {len(pairs)} ({right / len(pairs):.1%});"
        f" by what the interviewer does {merged / len(pairs):.1%}",
        f"  answers taken for talk: {lost} of {len(answers)} ({lost / len(answers):.1%})",
        f"  talk taken for an answer: {sum(t in ANSWERS for t in talk)} of {len(talk)}",
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--errors", action="store_true", help="show what is taken wrongly")
    errors = parser.parse_args().errors
    measured = {
        "utterances held out": [u for u in read() if is_held_out(u.text)],
        "fresh utterances": read(FRESH),
        "fresh utterances of the second set": read(FRESH_2),
        "fresh utterances of the third set": read(FRESH_3),
    }
    spare = [
        Utterance(r["answer"], "answer", r["question"], "")
        for r in voices()
        if is_spare(r["answer"])
    ]
    for name, listener in (
        ("with the encoder", Listener(cached_embedder())),
        ("without the encoder", Listener()),
    ):
        for what, found in measured.items():
            say(f"{name}, {len(found)} {what}:")
            taken = heard(listener, found)
            table(found, taken)
            if errors:
                for u, t in zip(found, taken, strict=True):
                    if u.kind != t and not {u.kind, t} <= ANSWERS:
                        say(f"    {u.kind} -> {t}: {u.text}")
        lost = [t for t in heard(listener, spare) if t not in ANSWERS]
        say(f"  of {len(spare)} graded answers taken for talk: {len(lost)} {dict(Counter(lost))}")


if __name__ == "__main__":
    main()
