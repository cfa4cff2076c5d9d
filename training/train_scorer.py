"""Fine-tune the MiniLM encoder into a cross-encoder: does a text assert a claim?

One output, the logit that it does. Training is deterministic for a seed, a thread count and a
torch build.
"""

from __future__ import annotations

import math
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from pairs import Pair, roughen
from tokenizers import Tokenizer

from interviewer.common.libraries import load

BertModel = load("transformers").BertModel
MAX_TOKENS = 160
BATCH_TOKENS = 2400


class Scorer(torch.nn.Module):
    """BERT with one logit over the mean of the text's tokens and the first token."""

    def __init__(self, bert: BertModel):
        super().__init__()
        self.bert = bert
        self.head = torch.nn.Linear(2 * bert.config.hidden_size, 1)
        torch.nn.init.normal_(self.head.weight, std=0.02)
        torch.nn.init.zeros_(self.head.bias)

    def forward(
        self,
        input_ids: torch.Tensor | None = None,
        attention_mask: torch.Tensor | None = None,
        token_type_ids: torch.Tensor | None = None,
        word_vectors: torch.Tensor | None = None,
    ) -> torch.Tensor:
        hidden = self.bert(
            input_ids=input_ids,
            inputs_embeds=word_vectors,
            attention_mask=attention_mask,
            token_type_ids=token_type_ids,
        ).last_hidden_state
        assert attention_mask is not None
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
        return self.head(torch.cat([hidden[:, 0], mean], dim=-1))


class FromWordVectors(torch.nn.Module):
    """The scorer as it is exported: word vectors in, logit out."""

    def __init__(self, scorer: Scorer):
        super().__init__()
        self.scorer = scorer

    def forward(
        self,
        word_vectors: torch.Tensor,
        attention_mask: torch.Tensor,
        token_type_ids: torch.Tensor,
    ) -> torch.Tensor:
        return self.scorer(None, attention_mask, token_type_ids, word_vectors)


def encode(
    tokenizer: Tokenizer, pairs: Sequence[tuple[str, str]]
) -> list[tuple[list[int], list[int]]]:
    """Token ids and segment ids of each pair, at most MAX_TOKENS."""
    return [(e.ids, e.type_ids) for e in tokenizer.encode_batch(list(pairs))]


def batches(lengths: Sequence[int], rng: random.Random | None) -> list[list[int]]:
    """Indices in batches of like length with about BATCH_TOKENS tokens; shuffled if rng is given."""
    jitter = [rng.random() * 6 if rng else 0.0 for _ in lengths]
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + jitter[i])
    out: list[list[int]] = [[]]
    for i in order:
        if out[-1] and (len(out[-1]) + 1) * lengths[i] > BATCH_TOKENS:
            out.append([])
        out[-1].append(i)
    if rng:
        rng.shuffle(out)
    return out


def collate(encoded: Sequence[tuple[list[int], list[int]]]) -> dict[str, torch.Tensor]:
    """Padded tensors, int64 (batch, tokens)."""
    width = max(len(ids) for ids, _ in encoded)
    ids, mask, types = (torch.zeros(len(encoded), width, dtype=torch.long) for _ in range(3))
    for row, (tokens, segments) in enumerate(encoded):
        ids[row, : len(tokens)] = torch.tensor(tokens)
        mask[row, : len(tokens)] = 1
        types[row, : len(tokens)] = torch.tensor(segments)
    return {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}


def make_tokenizer(path: Path) -> Tokenizer:
    """The shipped tokenizer, cutting the text and never the claim."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.enable_truncation(MAX_TOKENS, strategy="only_second")
    return tokenizer


@torch.inference_mode()
def predict(model: Scorer, tokenizer: Tokenizer, pairs: Sequence[tuple[str, str]]) -> list[float]:
    """Logits, in the order of the pairs."""
    model.eval()
    encoded = encode(tokenizer, pairs)
    out = [0.0] * len(pairs)
    for batch in batches([len(ids) for ids, _ in encoded], None):
        for i, logit in zip(
            batch, model(**collate([encoded[i] for i in batch]))[:, 0].tolist(), strict=True
        ):
            out[i] = logit
    return out


def train(
    model: Scorer,
    tokenizer: Tokenizer,
    epochs: Sequence[Sequence[Pair]],
    *,
    rate: float,
    seed: int,
    limit: float | None = None,
) -> None:
    """Train on one list of pairs per epoch; `limit` cuts each epoch to so many seconds (trials)."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    decay = [p for n, p in model.named_parameters() if p.ndim > 1]
    plain = [p for n, p in model.named_parameters() if p.ndim <= 1]
    optimiser = torch.optim.AdamW(
        [{"params": decay, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}], lr=rate
    )
    plans = []
    for epoch in epochs:
        encoded = encode(tokenizer, [(p.claim, roughen(p.text, rng)) for p in epoch])
        plans.append((epoch, encoded, batches([len(ids) for ids, _ in encoded], rng)))
    total = sum(len(plan[2]) for plan in plans)
    step = 0
    for number, (epoch, encoded, plan) in enumerate(plans):
        model.train()
        started, running = time.time(), 0.0
        for batch in plan:
            share = step / total
            factor = min(1.0, share / 0.06) * (0.5 * (1 + math.cos(math.pi * share)) * 0.95 + 0.05)
            for group in optimiser.param_groups:
                group["lr"] = rate * factor
            target = torch.tensor([epoch[i].target for i in batch])
            logits = model(**collate([encoded[i] for i in batch]))[:, 0]
            loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, target)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            running = 0.98 * running + 0.02 * loss.item() if step else loss.item()
            step += 1
            if step % 100 == 0:
                print(
                    f"epoch {number} step {step}/{total} loss {running:.3f} {time.time() - started:.0f} s",
                    file=sys.stderr,
                    flush=True,
                )
            if limit and time.time() - started > limit:
                step += len(plan) - plan.index(batch) - 1
                break
