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


LEVELS = (0, 2, 6)
"""The layers at whose states tokens of claim and answer are compared: words, in context, at the end."""


class Reader(torch.nn.Module):
    """BERT with a verdict head on the markers, a matching head beside it, and a pointer.

    The matching head sees what the trunk would take long to learn: the claim's mean state, the states
    of the answer that it attends to, their product and difference (after ESIM, Chen et al. 2017), and
    how near each of its tokens comes to any token of the answer (after ColBERT, Khattab and Zaharia
    2020) at three levels.
    """

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
        self.attend = torch.nn.Linear(width, width, bias=False)
        self.match = torch.nn.Sequential(
            torch.nn.Linear(5 * width + 3 * len(LEVELS), width),
            torch.nn.GELU(),
            torch.nn.Linear(width, VERDICTS),
        )
        with torch.no_grad():
            self.attend.weight.copy_(torch.eye(width))
            self.match[2].weight.zero_()
            self.match[2].bias.zero_()

    def forward(
        self,
        input_ids: torch.Tensor | None,
        attention_mask: torch.Tensor,
        token_type_ids: torch.Tensor,
        markers: torch.Tensor,
        claim_mask: torch.Tensor,
        answer_mask: torch.Tensor,
        word_vectors: torch.Tensor | None = None,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Verdict logits (batch, claims, 4) and pointer logits (batch, claims, tokens).

        markers: positions of the claims' markers, (batch, claims); 0 where there is none.
        claim_mask: 1.0 for the tokens of each claim, (batch, claims, tokens). answer_mask: for those
        of the answer, (batch, tokens).
        """
        states = self.bert(
            input_ids=input_ids,
            inputs_embeds=word_vectors,
            attention_mask=attention_mask,
            token_type_ids=token_type_ids,
            output_hidden_states=True,
        ).hidden_states
        hidden = states[-1]
        width = hidden.shape[-1]
        marks = hidden.gather(1, markers.unsqueeze(-1).expand(-1, -1, width))
        pointer = self.query(marks) @ self.key(hidden).transpose(1, 2) * 0.088 + self.level
        if input_ids is not None:
            word_vectors = self.bert.embeddings.word_embeddings(input_ids)
        words = [word_vectors, *(states[level] for level in LEVELS[1:])]
        near = torch.cat([_coverage(w, claim_mask, answer_mask) for w in words], -1)
        share = claim_mask / claim_mask.sum(-1, keepdim=True).clamp(min=1.0)
        claim = share @ hidden
        scores = self.attend(claim) @ hidden.transpose(1, 2) * width**-0.5
        scores = scores.float() + (answer_mask.unsqueeze(1) - 1.0) * 1e4
        said = torch.softmax(scores, -1) @ hidden.float()
        claim = claim.float()
        features = torch.cat([marks.float(), claim, said, claim * said, claim - said, near], -1)
        return self.verdict(marks) + self.match(features), pointer


def _coverage(
    vectors: torch.Tensor, claim_mask: torch.Tensor, answer_mask: torch.Tensor
) -> torch.Tensor:
    """Per claim, of the cosines of its tokens to the nearest of the answer: mean, share above 0.8
    (smoothed), and mean of squares; shape (batch, claims, 3)."""
    unit = vectors.float()
    unit = unit * torch.rsqrt((unit * unit).sum(-1, keepdim=True) + 1e-6)
    found = unit @ unit.transpose(1, 2) + (answer_mask.unsqueeze(1) - 1.0) * 4.0
    nearest = found.amax(-1).clamp(min=-1.0).unsqueeze(1)
    count = claim_mask.sum(-1).clamp(min=1.0)
    exact = torch.sigmoid((nearest - 0.8) * 20.0)
    return torch.stack(
        [(claim_mask * x).sum(-1) / count for x in (nearest, exact, nearest * nearest)], -1
    )


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
        claim_mask: torch.Tensor,
        answer_mask: torch.Tensor,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        return self.reader(
            None, attention_mask, token_type_ids, markers, claim_mask, answer_mask, word_vectors
        )


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

    @property
    def claims(self) -> list[tuple[int, int]]:
        """The token ranges of the claims, without their markers."""
        ends = [*self.markers[1:], self.answer[0] - 1]
        return [(a + 1, b) for a, b in zip(self.markers, ends, strict=True)]


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
    claim_mask = torch.zeros(len(rows), claims, tokens)
    answer_mask = torch.zeros(len(rows), tokens)
    for i, r in enumerate(rows):
        ids[i, : len(r.ids)] = torch.tensor(r.ids)
        mask[i, : len(r.ids)] = 1
        types[i, : len(r.types)] = torch.tensor(r.types)
        markers[i, : len(r.markers)] = torch.tensor(r.markers)
        allowed[i, : len(r.allowed)] = torch.tensor(r.allowed)
        weight[i] = r.weight
        answer_mask[i, r.answer[0] : r.answer[1] + 1] = 1.0
        for j, (a, b) in enumerate(r.claims):
            claim_mask[i, j, a:b] = 1.0
        for j, spans in enumerate(r.spans):
            if spans:
                pointed[i, j, r.answer[0] : r.answer[1]] = 1
                for a, b in spans:
                    target[i, j, a:b] = 1
    return {
        "ids": ids, "mask": mask, "types": types, "markers": markers, "allowed": allowed,
        "weight": weight, "target": target, "pointed": pointed, "claim_mask": claim_mask,
        "answer_mask": answer_mask,
    }  # fmt: skip


def predict(reader: Reader, batch: dict[str, torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """What the reader says of a batch."""
    return reader(
        batch["ids"], batch["mask"], batch["types"], batch["markers"], batch["claim_mask"],
        batch["answer_mask"],
    )  # fmt: skip


def loss_of(reader: Reader, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    """Mean over claims of -log P(allowed verdicts), plus the pointer's cross-entropy."""
    verdicts, pointer = predict(reader, batch)
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
            pointer.float(), batch["target"], reduction="none"
        )
        loss = loss + 0.15 * (told * pointed).sum() / pointed.sum()
    return loss
