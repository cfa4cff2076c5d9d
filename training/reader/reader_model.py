"""The reader: an encoder that reads question, claims and answer in one pass.

    [CLS] question [SEP] asked [SEP] (MARK claim)* [SEP] answer [SEP]

Each claim begins with a marker token; its last hidden state gives four logits (absent, half,
asserted, contradicted), and its product with the hidden states of the answer's tokens points at the
words that carry it (after pointer networks, Vinyals et al. 2015). Claims of a question are read
together, so that half of a contrast is not taken for its opposite.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from reader_samples import VERDICTS, Sample
from tokenizers import Tokenizer

MARK = 1
"""[unused0] of the vocabulary."""
CLS, SEP = 101, 102
QUESTION, ASKED, CLAIMS, ANSWER = 48, 32, 190, 190
"""The most tokens of each part. What does not fit is left out in training."""


class Reader(torch.nn.Module):
    """BERT with a verdict head on the markers and a pointer into the answer."""

    def __init__(self, bert: torch.nn.Module):
        super().__init__()
        width = bert.config.hidden_size
        self.bert = bert
        self.verdict = torch.nn.Sequential(
            torch.nn.Linear(width, width), torch.nn.GELU(), torch.nn.Linear(width, VERDICTS)
        )
        self.query = torch.nn.Linear(width, 128)
        self.key = torch.nn.Linear(width, 128)
        self.level = torch.nn.Parameter(torch.tensor(-2.0))

    def forward(
        self,
        input_ids: torch.Tensor | None,
        attention_mask: torch.Tensor,
        token_type_ids: torch.Tensor,
        markers: torch.Tensor,
        word_vectors: torch.Tensor | None = None,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Verdict logits (batch, claims, 4) and pointer logits (batch, claims, tokens).

        markers: positions of the claims' markers, (batch, claims); 0 where there is none.
        """
        hidden = self.bert(
            input_ids=input_ids,
            inputs_embeds=word_vectors,
            attention_mask=attention_mask,
            token_type_ids=token_type_ids,
        ).last_hidden_state
        width = hidden.shape[-1]
        marks = hidden.gather(1, markers.unsqueeze(-1).expand(-1, -1, width))
        pointer = self.query(marks) @ self.key(hidden).transpose(1, 2) * 0.088 + self.level
        return self.verdict(marks), pointer


class FromWordVectors(torch.nn.Module):
    """The reader as it is exported: word vectors in."""

    def __init__(self, reader: Reader):
        super().__init__()
        self.reader = reader

    def forward(
        self,
        word_vectors: torch.Tensor,
        attention_mask: torch.Tensor,
        token_type_ids: torch.Tensor,
        markers: torch.Tensor,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        return self.reader(None, attention_mask, token_type_ids, markers, word_vectors)


@dataclass(frozen=True)
class Encoded:
    """A sample as numbers. spans: per claim the token range pairs of its evidence, or None."""

    ids: list[int]
    types: list[int]
    markers: list[int]
    allowed: list[int]
    spans: list[list[tuple[int, int]] | None]
    answer: tuple[int, int]
    weight: float = 1.0


def encode(
    tokenizer: Tokenizer, samples: Sequence[Sample], weights: Sequence[float] | None = None
) -> list[Encoded]:
    """Samples as numbers; each part is cut to its length, claims that do not fit are left out."""
    texts: list[str] = []
    for s in samples:
        texts += [s.question, s.asked, s.answer, *(c.text for c in s.claims)]
    parts = iter(tokenizer.encode_batch(texts, add_special_tokens=False))
    out = []
    for number, s in enumerate(samples):
        question, asked, answer = next(parts), next(parts), next(parts)
        claims = [next(parts) for _ in s.claims]
        ids = [CLS, *question.ids[:QUESTION], SEP, *asked.ids[:ASKED], SEP]
        markers, allowed, kept = [], [], []
        room = CLAIMS
        for claim, said in zip(claims, s.claims, strict=True):
            body = claim.ids[:120]
            if markers and len(body) + 1 > room:
                continue
            room -= len(body) + 1
            markers.append(len(ids))
            allowed.append(said.allowed)
            kept.append(said)
            ids += [MARK, *body]
        ids.append(SEP)
        first, words = len(ids), answer.ids[:ANSWER]
        types = [0] * first + [1] * (len(words) + 1)
        ids += [*words, SEP]
        spans: list[list[tuple[int, int]] | None] = []
        for said in kept:
            if said.spans is None:
                spans.append(None)
                continue
            found = []
            for start, end in said.spans:
                inside = [
                    i for i, (a, b) in enumerate(answer.offsets[:ANSWER]) if a < end and b > start
                ]
                if inside:
                    found.append((first + inside[0], first + inside[-1] + 1))
            spans.append(found or None)
        out.append(
            Encoded(ids, types, markers, allowed, spans, (first, first + len(words)),
                    weights[number] if weights else 1.0)
        )  # fmt: skip
    return out


def collate(rows: Sequence[Encoded]) -> dict[str, torch.Tensor]:
    """A batch, padded."""
    tokens, claims = max(len(r.ids) for r in rows), max(len(r.markers) for r in rows)
    shape = (len(rows), tokens)
    ids, mask, types = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    markers = torch.zeros(len(rows), claims, dtype=torch.long)
    allowed = torch.zeros(len(rows), claims, dtype=torch.long)
    weight = torch.ones(len(rows))
    target = torch.zeros(len(rows), claims, tokens)
    pointed = torch.zeros(len(rows), claims, tokens)
    for i, r in enumerate(rows):
        ids[i, : len(r.ids)] = torch.tensor(r.ids)
        mask[i, : len(r.ids)] = 1
        types[i, : len(r.types)] = torch.tensor(r.types)
        markers[i, : len(r.markers)] = torch.tensor(r.markers)
        allowed[i, : len(r.allowed)] = torch.tensor(r.allowed)
        weight[i] = r.weight
        for j, spans in enumerate(r.spans):
            if spans:
                pointed[i, j, r.answer[0] : r.answer[1]] = 1
                for a, b in spans:
                    target[i, j, a:b] = 1
    return {
        "ids": ids, "mask": mask, "types": types, "markers": markers, "allowed": allowed,
        "weight": weight, "target": target, "pointed": pointed,
    }  # fmt: skip


def loss_of(reader: Reader, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    """Mean over claims of -log P(allowed verdicts), plus the pointer's cross-entropy."""
    verdicts, pointer = reader(batch["ids"], batch["mask"], batch["types"], batch["markers"])
    bits = (batch["allowed"].unsqueeze(-1) >> torch.arange(VERDICTS)) & 1
    teaches = (batch["allowed"] > 0) & (batch["allowed"] < 2**VERDICTS - 1)
    logp = torch.log_softmax(verdicts.float(), -1)
    # A little smoothing, since people err too.
    smooth = 0.02
    joint = torch.logsumexp(logp.masked_fill(bits == 0, -30.0), -1)
    each = -(1 - smooth) * joint - smooth * logp.mean(-1)
    weight = batch["weight"].unsqueeze(-1) * teaches
    loss = (each * weight).sum() / weight.sum().clamp(min=1e-6)
    pointed = batch["pointed"]
    if pointed.any():
        told = torch.nn.functional.binary_cross_entropy_with_logits(
            pointer, batch["target"], reduction="none"
        )
        loss = loss + 0.15 * (told * pointed).sum() / pointed.sum()
    return loss
