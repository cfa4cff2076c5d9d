"""Text that must not earn anything, found without a model: echoes, term lists, words to the grader."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interviewer.core.normalize import STOP, content, words
from interviewer.core.spans import Span, clauses, sentences

_GAP = r"[^.!?\n]"
_TO_GRADER = re.compile(
    # orders to drop the rules
    rf"\b(?:ignore|disregard|forget|override|bypass)\b{_GAP}{{0,60}}"
    r"\b(?:instruction|prompt|rubric|rule|criteri|above|previous|prior|grading|reference)"
    # whoever grades is spoken to
    rf"|\b(?:grader|grading|examiner|evaluator|marker|scorer|judge)\b{_GAP}{{0,60}}"
    r"\b(?:award|give|mark|score|must|should|please|note|accept|full|pass|met|told|instruct|credit)"
    # marks are asked for
    rf"|\b(?:award|give|grant|assign|mark)\b{_GAP}{{0,40}}"
    r"\b(?:full (?:marks|credit|score|points)|max(?:imum)?(?: score)?\b|100\s*%|10/10"
    r"|(?:all|every) (?:the )?(?:criteri\w*|points)|me (?:the )?(?:full|points)"
    r"|as (?:met|correct|passed))"
    # the answer praises itself
    rf"|\b(?:this|the|my) (?:answer|response|submission)\b{_GAP}{{0,40}}"
    r"\b(?:is (?:fully |completely |entirely )?(?:correct|complete|perfect|right)"
    r"|(?:meets|satisfies|covers|fulfil\w*) (?:all|every|each)"
    r"|deserves|should (?:get|receive|be (?:graded|scored|marked)))"
    # other voices and forged verdicts
    r"|\b(?:system|assistant|developer) ?(?:prompt|message|note|override|:)"
    r"|[\"']?(?:score|verdict|level|passed|grade|credit|confidence)[\"']?\s*"
    r"(?::\s*[\"']?(?:1(?:\.0+)?\b|100|10\b)|[:=]\s*[\"']?(?:met|true|full|pass))"
    r"|</?(?:answer|rubric|system|instructions?|reference|candidate|verdicts?)\b[^>]*>"
    r"|\bas an? (?:ai|language model)"
    r"|\byou are (?:now )?(?:a |an |in )?"
    r"(?:lenient|generous|helpful|different|debug|developer|grader|teacher|assistant)"
    rf"|\b(?:all|every|each) (?:the )?criteri(?:a|on)\b{_GAP}{{0,30}}"
    r"\b(?:met|satisfied|fulfilled|covered|passed)"
    r"|\bmet\b[\"']?\s*(?:[,;.}\]]|$|for every|for all|throughout)|\b(?:mark(?:ed)?|output|return) [\"']?met\b"
    r"|[\"'](?:verdicts?|criteri\w+|misconceptions|role|content)[\"']\s*:"
    r"|\byour (?:developer|creator|output|operator|instructions?)\b|\b(?:end|begin(?:ning)?) of (?:student|candidate)"
    r"|\b(?:ai|model|bot|llm|software)\b[^.!?\n]{0,20}\b(?:reading|grading|evaluating|marking) this"
    r"|\bdear (?:[a-z]+ ){0,2}(?:model|ai|bot|llm|assistant|software)|\bequivalent to the reference"
    r"|\bnew instructions?\b|\bend of (?:answer|rubric|prompt)\b|\bjailbreak"
    r"|\bpretend (?:that |to )",
    re.IGNORECASE,
)


def addressed_to_grader(text: str) -> list[Span]:
    """The sentences of an answer that speak to whoever grades it."""
    return [s for s in sentences(text) if _TO_GRADER.search(s.text)]


def without(text: str, spans: Sequence[Span]) -> str:
    """The text with those spans and their closing marks blanked out; every other offset stays."""
    out = list(text)
    for span in spans:
        end = span.end
        while end < len(text) and text[end] in ".!?;…\"'”’)]}":
            end += 1
        out[span.start : end] = " " * (end - span.start)
    return "".join(out)


def fresh_share(text: str, asked: str) -> float:
    """The share of the content words of `text` that `asked` does not hold, in [0, 1]."""
    said = content(text)
    if not said:
        return 0.0
    known = set(content(asked))
    return sum(1 for w in said if w not in known) / len(said)


def is_echo(text: str, asked: str) -> bool:
    """Whether the text says next to nothing that the question did not."""
    said = content(text)
    known = set(content(asked))
    fresh = [w for w in said if w not in known]
    return len(said) >= 3 and (len(fresh) <= 1 and len(fresh) / len(said) < 0.2)


def is_term_list(text: str) -> bool:
    """Whether the text only names things: many short pieces and hardly a word that joins them."""
    pieces = [p for p in re.split(r"[,;\n/|•]+|\s-\s", text) if p.strip()]
    said = words(text)
    if len(said) < 4 or len(pieces) < 4:
        return False
    joining = sum(1 for w in said if w in STOP or w in _VERBS or w.isdigit()) / len(said)
    return len(said) / len(pieces) <= 2.6 and joining < 0.12 and not re.search(r"[=≈→<>()]", text)


_VERBS = frozenset(
    "means use uses used using predict predicts get gets make makes give gives let lets keep keeps train trains trained"
    " learn learns replace replaces compare compares pick picks maps map compute computes pushes pulls".split()
)


def fresh_spans(text: str, asked: str) -> list[Span]:
    """The clauses that are not an echo of what was asked."""
    return [c for s in sentences(text) for c in clauses(text, s) if not is_echo(c.text, asked)]
