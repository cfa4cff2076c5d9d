"""Train the offline grader from start to end.

    python training/train.py --asag FOLDER [--source MINILM_FOLDER] [--work FOLDER] [--until STEP]

1. general: the MiniLM encoder becomes a cross-encoder on the bank's exemplars, our own exam
   questions outside the bank and answers graded by other people.
2. scorer: the general cross-encoder, trained further on more exam questions and a sample of two
   thirds of the tuned gold answers and of the training answers.
3. reader-fold: the MiniLM encoder with a head per claim, trained on exemplars, on the same two
   thirds of the gold answers and on all training answers.
4. reader: trained further on all tuned gold answers.
5. combiner: fitted on the logits of reader-fold and scorer for the last third, which neither has
   seen, and for reserved exam questions.

The reader and the scorer ship as int8 ONNX. Held-out gold answers are never read here. Finished
steps are kept in the work folder and not repeated.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "training")]

import combine
import numpy as np
import pairs as P
import train_reader as R
import train_scorer as T
from make_encoder import (
    Encoder,
    changed_rows,
    export,
    packaged_source,
    quantise,
    sha256,
    trunk_inputs,
)

from interviewer.bank.bank_files import load_bank
from interviewer.bank.questions import Bank
from interviewer.common.libraries import load
from interviewer.grading.offline.exemplars import claims_of, texts_of
from interviewer.grading.offline.onnx_encoder import OnnxEmbedder, head_key
from interviewer.grading.offline.vector_cache import VectorCache
from interviewer.grading.offline.word_table import WordTable

BertModel = load("transformers").BertModel

BANK = ROOT / "rubrics" / "multimodal-embeddings"
WEIGHTS = ROOT / "interviewer/grading/offline/weights"
FIRST_EXAMS = ("ml", "cs")
EXAMS = (*FIRST_EXAMS, "ml2", "cs2", "stats", "contrast", "ml3", "cs3", "mix3")
GENERAL_RATE, SCORER_RATE, READER_RATE, FINER_RATE = 1.5e-4, 1.2e-4, 2.0e-4, 1.0e-4
READER_EPOCHS, FINER_EPOCHS = 4, 1
STEPS = ("general", "scorer", "reader-fold", "reader", "combiner")
ANSWERS = ("first", "second", "third", "fourth", "fifth")
SCORER_ANSWERS = ANSWERS[:2]
GOLD_PAIRS = 5000
"""Pairs of bank answers that the cross-encoder sees; the heads see them all."""


def in_fold(item: str) -> bool:
    """Whether a gold answer trains the fold's cross-encoder (two in three) or fits the combiner."""
    return hashlib.sha256(f"fold:{item}".encode()).digest()[0] % 3 != 0


def general_pairs(asag: Path) -> list[P.Pair]:
    """What the first step trains on."""
    bank, rng = load_bank(BANK), random.Random(1)
    external = list(P.asag_pairs(asag, rng, saf=700, nli=1200))
    answers = [p for p in external if p.source in ("scientsbank", "beetle")]
    return [
        *rng.sample(answers, 4500),
        *(p for p in external if p.source not in ("scientsbank", "beetle")),
        *exam_pairs(FIRST_EXAMS),
        *P.exemplars(bank),
        *P.composed(bank, 10, rng),
    ]


def exam_pairs(names: Sequence[str]) -> list[P.Pair]:
    """Our own exam questions outside the bank, the reserved ones left out."""
    return [
        p for name in names for p in P.rubric_pairs(ROOT / "training/general" / f"{name}.jsonl")
    ]


def answers(names: Sequence[str]) -> list[dict[str, Any]]:
    """Graded answers to the bank's questions that are for training only."""
    folder = ROOT / "training" / "answers"
    return [row for name in names for row in P.read_jsonl(folder / f"{name}.jsonl")]


def scorer_pairs(rows: Sequence[dict[str, Any]]) -> list[P.Pair]:
    """What the second step trains on: every exam, graded answers, some exemplars."""
    bank, rng = load_bank(BANK), random.Random(2)
    exemplars = list(P.exemplars(bank))
    known, gold = exam_pairs(FIRST_EXAMS), list(P.gold_pairs(rows, bank))
    return [
        *exam_pairs(EXAMS[len(FIRST_EXAMS) :]),
        *rng.sample(known, len(known) // 2),
        *rng.sample(gold, min(GOLD_PAIRS, len(gold))),
        *rng.sample(exemplars, len(exemplars) // 2),
        *P.composed(bank, 2, rng),
    ]


def reader_epochs(
    rows: Sequence[dict[str, Any]],
    bank: Bank,
    *,
    seed: int,
    epochs: int,
    composed: int,
) -> list[list[R.Sample]]:
    """Passes over graded answers and exemplars, with freshly composed answers each time.

    The first pass sees all exemplars, the others half of them.
    """
    at, rng = R.columns(bank), random.Random(seed)
    gold = R.gold_samples(rows, bank, at)
    passes = []
    for number in range(epochs):
        exemplars = R.exemplar_samples(bank, at, rng)
        if number:
            exemplars = rng.sample(exemplars, len(exemplars) // 2)
        passes.append([*gold, *exemplars, *R.composed_samples(bank, at, composed, rng)])
    return passes


def fresh_scorer(source: Path) -> T.Scorer:
    """The MiniLM encoder with an untrained head."""
    torch.manual_seed(0)
    return T.Scorer(BertModel.from_pretrained(source, attn_implementation="sdpa"))


def scorer_step(
    work: Path, name: str, source: Path, start: str | None, pairs: list[P.Pair] | None, rate: float
) -> T.Scorer:
    """Train a cross-encoder, or load it if it was trained before."""
    model, path = fresh_scorer(source), work / f"{name}.pt"
    if path.exists():
        model.load_state_dict(torch.load(path, weights_only=True))
        return model
    if start:
        model.load_state_dict(torch.load(work / f"{start}.pt", weights_only=True))
    assert pairs is not None
    print(name, len(pairs), "pairs", file=sys.stderr)
    T.train(model, T.make_tokenizer(WEIGHTS / "tokenizer.json"), [pairs], rate=rate, seed=1)
    torch.save(model.state_dict(), path)
    return model


def reader_step(
    work: Path,
    name: str,
    source: Path,
    start: str | None,
    bank: Bank,
    epochs: Callable[[], list[list[R.Sample]]],
) -> R.Reader:
    """Train a reader, or load it if it was trained before."""
    torch.manual_seed(0)
    bert = BertModel.from_pretrained(source, attn_implementation="sdpa")
    model, path = R.Reader(bert, len(R.columns(bank))), work / f"{name}.pt"
    if path.exists():
        model.load_state_dict(torch.load(path, weights_only=True))
        return model
    if start:
        model.load_state_dict(torch.load(work / f"{start}.pt", weights_only=True))
    print(name, file=sys.stderr)
    rate, seed = (FINER_RATE, 2) if start else (READER_RATE, 1)
    tokenizer = T.make_tokenizer(WEIGHTS / "tokenizer.json")
    R.train(model, tokenizer, bank, epochs(), rate=rate, seed=seed)
    torch.save(model.state_dict(), path)
    return model


def export_scorer(model: T.Scorer, base: BertModel) -> None:
    """Write the cross-encoder as int8 ONNX with the word vectors that it changed."""
    inputs = trunk_inputs()
    inputs["token_type_ids"] = torch.zeros_like(inputs["attention_mask"])
    _export(T.FromWordVectors(model), inputs, "logit", WEIGHTS / "scorer.int8.onnx")
    np.savez(WEIGHTS / "scorer.npz", **changed_rows(model.bert, base))


def export_reader(model: R.Reader, base: BertModel, bank: Bank) -> None:
    """Write the reader's encoder as int8 ONNX, its changed word vectors and its heads."""
    encoder = Encoder(model.bert, normalise=False)
    _export(encoder, trunk_inputs(), "embedding", WEIGHTS / "reader.int8.onnx")
    keys = [head_key(q.prompt, c.statement) for q in bank.questions for c in claims_of(q)]
    np.savez(
        WEIGHTS / "reader.npz",
        keys=np.asarray(keys, dtype="S20"),
        weight=model.heads.weight.detach().numpy().astype(np.float32),
        bias=model.heads.bias.detach().numpy().astype(np.float32),
        **changed_rows(model.bert, base),
    )


def _export(
    model: torch.nn.Module, inputs: dict[str, torch.Tensor], output: str, target: Path
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "model.onnx"
        export(model.eval(), inputs, output, raw)
        quantise(raw, target)


def write_vectors(bank: Bank) -> None:
    """Embed the bank's texts once, so that a fresh machine need not."""
    embedder = OnnxEmbedder(WEIGHTS, WordTable.load(WEIGHTS / "words.npz"))
    cache = VectorCache(embedder)
    for question in bank.questions:
        cache.embed(texts_of(question))
    cache.dump(WEIGHTS / "vectors.npz")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--asag", type=Path, required=True)
    parser.add_argument("--source", type=Path)
    parser.add_argument("--work", type=Path, default=ROOT / "training" / "checkpoints")
    parser.add_argument("--until", choices=STEPS, default=STEPS[-1], help="stop after that step")
    options = parser.parse_args()
    work, source = options.work, options.source or packaged_source()
    wanted = STEPS[: STEPS.index(options.until) + 1]
    work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(2)
    torch.set_flush_denormal(True)
    bank = load_bank(BANK)
    gold = [r for r in P.read_jsonl(BANK / "gold.jsonl") if not r["held_out"]]
    fold = [r for r in gold if in_fold(str(r["id"]))]
    rest = [r for r in gold if not in_fold(str(r["id"]))]
    extra = answers(ANSWERS)

    def passes(rows: list[dict[str, Any]], seed: int, epochs: int) -> list[list[R.Sample]]:
        return reader_epochs(rows, bank, seed=seed, epochs=epochs, composed=20)

    if not (work / "general.pt").exists():
        scorer_step(work, "general", source, None, general_pairs(options.asag), GENERAL_RATE)
    if "scorer" in wanted:
        pairs = scorer_pairs([*fold, *answers(SCORER_ANSWERS)])
        scorer = scorer_step(work, "scorer", source, "general", pairs, SCORER_RATE)
    if "reader-fold" in wanted:
        folded = reader_step(
            work, "reader-fold", source, None, bank,
            lambda: passes([*fold, *extra], 5, READER_EPOCHS),
        )  # fmt: skip
    if "reader" in wanted:
        reader = reader_step(
            work, "reader", source, "reader-fold", bank,
            lambda: passes([*gold, *extra], 7, FINER_EPOCHS),
        )  # fmt: skip
    if "combiner" in wanted:
        combine.run(scorer, folded, rest, bank, WEIGHTS)
        base = BertModel.from_pretrained(source)
        export_scorer(scorer, base)
        export_reader(reader, base, bank)
        write_vectors(bank)
        write_manifest()


def write_manifest() -> None:
    """Names, sizes and digests of what ships."""
    files = {
        path.name: {"bytes": path.stat().st_size, "sha256": sha256(path)}
        for path in sorted(WEIGHTS.iterdir())
        if path.name not in ("manifest.json",)
    }
    digest = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:12]
    (WEIGHTS / "manifest.json").write_text(
        json.dumps({"name": f"minilm-l6-{digest}", "version": "2", "files": files}, indent=1) + "\n"
    )


if __name__ == "__main__":
    main()
