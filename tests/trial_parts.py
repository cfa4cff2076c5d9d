"""A model for trials and fits: it judges by shared words, in every mode, over a fake server."""

from __future__ import annotations

import json
import math
import re
from typing import Any

import numpy as np
from fake_answers import Answer, raw

from interviewer.answer_text.normalize import content


class Flat:
    """An embedder for which all texts are alike."""

    name = "flat"

    def embed(self, texts: Any) -> Any:
        return np.ones((len(texts), 2), dtype=np.float32) / math.sqrt(2)


def overlap(claim: str, answer: str) -> float:
    """The share of the claim's words that the answer has."""
    words = set(content(claim))
    return len(words & set(content(answer))) / len(words) if words else 0.0


def reader(body: dict[str, Any], *, lean: float = 0.0, logprobs: bool = True) -> Answer:
    """A model that asserts what shares most of its words, and words follow-ups.

    lean: added to its log odds of Yes: -6 is a model that says No to everything.
    """
    asked = str(body["messages"][-1]["content"])
    answers = re.findall(r"answer begins ===\n(.*)\n===", asked, re.DOTALL)
    schema = body.get("response_format", {}).get("json_schema", {}).get("schema")
    if schema and answers and "Statements:" in asked:
        known = dict(re.findall(r"^([cm]\d+): (.*)$", asked, re.MULTILINE))
        return Answer(json.dumps({label: _finding(known[label], answers[-1]) for label in known}))
    claims = re.findall(r"^Claim: (.*)$", asked, re.MULTILINE)
    if schema and answers and claims:
        return Answer(json.dumps(_numbered(claims[-1], answers[-1])))
    if not (claims and answers):
        return Answer("Where does the light go on its way down to us?")
    odds = 8 * (overlap(claims[-1], answers[-1]) - 0.5) + lean
    yes = 1 / (1 + math.exp(-odds))
    word = "Yes" if yes > 0.5 else "No"
    names = ("Yes", "No")
    if asked.endswith("1 or 2?"):
        names = ("1", "2") if "\n1. The answer says" in asked else ("2", "1")
    both = ((names[0], math.log(yes)), (names[1], math.log(1 - yes)))
    return Answer(word, alternatives=both if logprobs and body.get("logprobs") else ())


def _finding(claim: str, answer: str) -> dict[str, str]:
    met = overlap(claim, answer) > 0.5
    sentence = max(re.split(r"(?<=[.!?])\s+", answer), key=lambda s: overlap(claim, s))
    level = "met" if met else "unmet"
    return {"evidence": sentence if met else "", "verdict": level, "confidence": "high"}


def _numbered(claim: str, answer: str) -> dict[str, str]:
    sentences = re.findall(r"^\[\d+\] (.*)$", answer, re.MULTILINE)
    best = max(range(len(sentences)), key=lambda at: overlap(claim, sentences[at]))
    met = overlap(claim, sentences[best]) > 0.5
    level = "met" if met else "unmet"
    return {"evidence": str(best + 1) if met else "none", "verdict": level, "confidence": "high"}


def fooled(body: dict[str, Any]) -> Answer:
    """A model that says Yes to everything, whatever is asked."""
    return Answer("Yes", alternatives=(("Yes", -0.01), ("No", -5.0)))


def decider(body: dict[str, Any]) -> Answer:
    """A decision model, by the same shared words."""
    answer = body["state"]["answer"]
    shares = {
        label: overlap(asked["instructions"].partition("Claim: ")[2], answer)
        for label, asked in body["questions"].items()
    }
    return raw({"answers": {label: {"noul": share} for label, share in shares.items()}})
