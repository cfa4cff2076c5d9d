"""Fine-tune the MiniLM encoder on one bank: one linear head per claim over a shared text encoder.

Where a cross-encoder must learn to compare two texts, a head learns one claim from its own
exemplars and from whole graded answers, which needs far less data (after SetFit, Tunstall et al.
2022, with the heads trained together with the encoder).
"""

from __future__ import annotations

import math
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from pairs import roughen
from tokenizers import Tokenizer
from train_scorer import batches, collate

from interviewer.answer_text.normalize import Spelling
from interviewer.bank.questions import Bank, Question
from interviewer.common.libraries import load
from interviewer.grading.offline.exemplars import claims_of, spelling_of
from interviewer.grading.scoring import LEVEL_CREDIT

BertModel = load("transformers").BertModel
MAX_TOKENS = 128


@dataclass(frozen=True)
class Sample:
    """A text with targets for claims (by column) and how much each counts."""

    text: str
    columns: tuple[int, ...]
    targets: tuple[float, ...]
    weights: tuple[float, ...]


class Reader(torch.nn.Module):
    """Mean-pooled BERT and a linear head per claim; all logits of a text at once."""

    def __init__(self, bert: BertModel, claims: int):
        super().__init__()
        self.bert = bert
        self.drop = torch.nn.Dropout(0.1)
        self.heads = torch.nn.Linear(bert.config.hidden_size, claims)
        torch.nn.init.normal_(self.heads.weight, std=0.02)
        torch.nn.init.constant_(self.heads.bias, -0.5)

    def embed(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Shape (batch, hidden), not normalised."""
        hidden = self.bert(
            input_ids=input_ids,
            attention_mask=attention_mask,
            token_type_ids=torch.zeros_like(input_ids),
        ).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        return (hidden * mask).sum(1) / mask.sum(1).clamp(min=1e-9)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        return self.heads(self.drop(self.embed(input_ids, attention_mask)))


def columns(bank: Bank) -> dict[tuple[int, str], int]:
    """The column of every claim, by question and claim id."""
    keys = [(q.id, c.id) for q in bank.questions for c in claims_of(q)]
    return {key: i for i, key in enumerate(keys)}


def exemplar_samples(
    bank: Bank, at: dict[tuple[int, str], int], rng: random.Random
) -> list[Sample]:
    """Every exemplar for its own claim, faintly against its siblings, and strangers against all."""
    out = []
    everything = [t for q in bank.questions for c in claims_of(q) for t in c.accepts]
    for question in bank.questions:
        claims = claims_of(question)
        cols = tuple(at[question.id, c.id] for c in claims)
        for i, claim in enumerate(claims):
            for target, texts in ((1.0, (claim.statement, *claim.accepts)), (0.0, claim.rejects)):
                for text in texts:
                    out.append(
                        Sample(
                            text,
                            cols,
                            tuple(target if j == i else 0.0 for j in range(len(claims))),
                            tuple(1.0 if j == i else 0.08 for j in range(len(claims))),
                        )
                    )
        zeros = (0.0,) * len(cols)
        out.append(Sample(question.prompt, cols, zeros, (0.5,) * len(cols)))
        for text in rng.sample(everything, 6):
            out.append(Sample(text, cols, zeros, (0.15,) * len(cols)))
    return out


def composed_samples(
    bank: Bank, at: dict[tuple[int, str], int], per_question: int, rng: random.Random
) -> list[Sample]:
    """Whole answers put together from one exemplar, or none, of each claim of a question."""
    out = []
    for question in bank.questions:
        claims = claims_of(question)
        for _ in range(per_question):
            parts, targets = [], []
            for claim in claims:
                criterion = claim in question.criteria
                kind = rng.random()
                if kind < (0.40 if criterion else 0.12):
                    parts.append(rng.choice(claim.accepts))
                    targets.append(1.0)
                elif kind < (0.75 if criterion else 0.2) and claim.rejects:
                    parts.append(rng.choice(claim.rejects))
                    targets.append(0.0)
                else:
                    targets.append(0.0)
            if len(parts) < 2:
                continue
            rng.shuffle(parts)
            text = rng.choice((". ", ", and ", "\n- ", " ", "; ")).join(parts)
            cols = tuple(at[question.id, c.id] for c in claims)
            out.append(Sample(text, cols, tuple(targets), tuple(0.5 for _ in claims)))
    return out


def gold_samples(
    rows: Sequence[dict[str, object]], bank: Bank, at: dict[tuple[int, str], int]
) -> list[Sample]:
    """Whole graded answers; the target is the mean of the raters."""
    out = []
    for row in rows:
        question = bank.question(int(str(row["question"])))
        raters = list((row.get("raters") or {"1": row}).values())  # type: ignore[attr-defined]
        cols, targets = [], []
        for claim in claims_of(question):
            cols.append(at[question.id, claim.id])
            targets.append(sum(_target(r, question, claim.id) for r in raters) / len(raters))
        out.append(Sample(str(row["answer"]), tuple(cols), tuple(targets), (2.0,) * len(cols)))
    return out


def _target(rater: dict[str, object], question: Question, claim: str) -> float:
    verdicts, missteps = rater["verdicts"], rater["misconceptions"]
    assert isinstance(verdicts, dict)
    assert isinstance(missteps, list)
    return LEVEL_CREDIT[verdicts[claim]] if claim in verdicts else float(claim in missteps)


def encode(
    tokenizer: Tokenizer, spelling: Spelling, texts: Sequence[str]
) -> list[tuple[list[int], list[int]]]:
    """Token ids of the mended texts, at most MAX_TOKENS."""
    tokenizer.enable_truncation(MAX_TOKENS)
    return [
        (e.ids, [0] * len(e.ids)) for e in tokenizer.encode_batch([spelling.mend(t) for t in texts])
    ]


def train(
    model: Reader,
    tokenizer: Tokenizer,
    bank: Bank,
    epochs: Sequence[Sequence[Sample]],
    *,
    rate: float,
    seed: int,
) -> None:
    """Train on one list of samples per epoch."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    spelling = spelling_of(bank)
    heads = list(model.heads.parameters())
    trunk = [p for p in model.bert.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": trunk, "lr": rate}, {"params": heads, "lr": rate * 20}], weight_decay=0.01
    )
    bases = [rate, rate * 20]
    plans = []
    for epoch in epochs:
        encoded = encode(tokenizer, spelling, [roughen(s.text, rng) for s in epoch])
        plans.append((epoch, encoded, batches([len(ids) for ids, _ in encoded], rng)))
    total = sum(len(plan[2]) for plan in plans)
    step, started = 0, time.time()
    running = 0.0
    for number, (epoch, encoded, plan) in enumerate(plans):
        model.train()
        for batch in plan:
            share = step / total
            factor = min(1.0, share / 0.05) * (0.5 * (1 + math.cos(math.pi * share)) * 0.97 + 0.03)
            for group, base in zip(optimiser.param_groups, bases, strict=True):
                group["lr"] = base * factor
            inputs = collate([encoded[i] for i in batch])
            logits = model(inputs["input_ids"], inputs["attention_mask"])
            loss = _loss(logits, [epoch[i] for i in batch])
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            running = loss.item() if step == 0 else 0.98 * running + 0.02 * loss.item()
            step += 1
            if step % 50 == 0:
                print(
                    f"epoch {number} step {step}/{total} loss {running:.3f} {time.time() - started:.0f} s",
                    file=sys.stderr,
                    flush=True,
                )


def _loss(logits: torch.Tensor, samples: Sequence[Sample]) -> torch.Tensor:
    rows = [i for i, s in enumerate(samples) for _ in s.columns]
    cols = [c for s in samples for c in s.columns]
    target = torch.tensor([t for s in samples for t in s.targets])
    weight = torch.tensor([w for s in samples for w in s.weights])
    each = torch.nn.functional.binary_cross_entropy_with_logits(
        logits[rows, cols], target, reduction="none"
    )
    return (each * weight).sum() / weight.sum()


@torch.inference_mode()
def predict(model: Reader, tokenizer: Tokenizer, bank: Bank, texts: Sequence[str]) -> torch.Tensor:
    """Logits, shape (texts, claims)."""
    model.eval()
    encoded = encode(tokenizer, spelling_of(bank), texts)
    out = torch.zeros(len(texts), model.heads.out_features)
    for batch in batches([len(ids) for ids, _ in encoded], None):
        inputs = collate([encoded[i] for i in batch])
        out[batch] = model(inputs["input_ids"], inputs["attention_mask"])
    return out
