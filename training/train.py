"""Train the offline grader from start to end.

    python training/train.py --asag FOLDER --source MINILM_FOLDER [--work FOLDER]

1. general: the MiniLM encoder becomes a cross-encoder on the bank's exemplars, our own exam
   questions outside the bank and answers graded by other people.
2. fold: that, further trained on two thirds of the tuned gold answers. Its logits on the last third
   and on reserved exam questions, with the other features, fit the combiner.
3. final: the general cross-encoder trained on all tuned gold answers; it ships, as int8 ONNX.

Held-out gold answers are never read here. Finished steps are kept in the work folder and not
repeated.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import tempfile
from pathlib import Path

import torch

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "training")]

import combine  # noqa: E402
import pairs as P  # noqa: E402
import table  # noqa: E402
import train_scorer as T  # noqa: E402
from make_encoder import export, quantise, sha256  # noqa: E402
from transformers import BertModel  # noqa: E402

from interviewer.adapters.bank_files import load_bank  # noqa: E402

BANK = ROOT / "rubrics" / "multimodal-embeddings"
WEIGHTS = ROOT / "interviewer" / "weights"
EXAMS = ("ml", "cs")


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
        *exam_pairs(),
        *P.exemplars(bank),
        *P.composed(bank, 10, rng),
    ]


def exam_pairs() -> list[P.Pair]:
    """Our own exam questions outside the bank, the reserved ones left out."""
    return [
        p for name in EXAMS for p in P.rubric_pairs(ROOT / "training/general" / f"{name}.jsonl")
    ]


def gold_epochs(rows: list[dict[str, object]], seed: int, composed: int = 6) -> list[list[P.Pair]]:
    """Two passes over the graded answers, with exemplars, composed answers and exam answers beside."""
    bank, rng = load_bank(BANK), random.Random(seed)
    gold = list(P.gold_pairs(rows, bank))
    exemplars = list(P.exemplars(bank))
    exams = exam_pairs()
    return [
        [
            *gold,
            *rng.sample(exemplars, len(exemplars) // 2),
            *P.composed(bank, composed, rng),
            *rng.sample(exams, len(exams) // 2),
        ]
        for _ in range(2)
    ]


def fresh_scorer(source: Path) -> T.Scorer:
    """The MiniLM encoder with an untrained head."""
    torch.manual_seed(0)
    return T.Scorer(BertModel.from_pretrained(source, attn_implementation="sdpa"))


def step(
    work: Path, name: str, source: Path, start: str | None, epochs: list[list[P.Pair]], rate: float
) -> T.Scorer:
    """Train one step, or load it if it was trained before."""
    model, path = fresh_scorer(source), work / f"{name}.pt"
    if path.exists():
        model.load_state_dict(torch.load(path, weights_only=True))
        return model
    if start:
        model.load_state_dict(torch.load(work / f"{start}.pt", weights_only=True))
    tokenizer = T.make_tokenizer(WEIGHTS / "tokenizer.json")
    print(name, [len(e) for e in epochs], file=sys.stderr)
    T.train(model, tokenizer, epochs, rate=rate, seed=1)
    torch.save(model.state_dict(), path)
    return model


def export_scorer(model: T.Scorer, target: Path) -> None:
    """Write the cross-encoder as int8 ONNX."""
    model = model.eval()
    ids = torch.randint(1000, 2000, (2, 9))
    inputs = {
        "input_ids": ids,
        "attention_mask": torch.ones_like(ids),
        "token_type_ids": torch.zeros_like(ids),
    }
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "scorer.onnx"
        export(model, inputs, "logit", raw)
        quantise(raw, target)


def tuned_gold() -> list[dict[str, object]]:
    """The gold answers that may be looked at."""
    return [r for r in table.read_jsonl(BANK / "gold.jsonl") if not r["held_out"]]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--asag", type=Path, required=True)
    parser.add_argument("--source", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=ROOT / "training" / "work")
    parser.add_argument("--until", choices=("general", "fold", "combine", "final"), default="final")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(2)
    torch.set_flush_denormal(True)

    step(options.work, "general", options.source, None, [general_pairs(options.asag)], 1.5e-4)
    if options.until == "general":
        return
    gold = tuned_gold()
    fold_rows = [r for r in gold if in_fold(str(r["id"]))]
    fold = step(options.work, "fold", options.source, "general", gold_epochs(fold_rows, 2), 1.0e-4)
    if options.until == "fold":
        return
    rest = [r for r in gold if not in_fold(str(r["id"]))]
    combine.run(fold, rest, load_bank(BANK), options.work, WEIGHTS)
    if options.until == "combine":
        return
    final = step(options.work, "final", options.source, "general", gold_epochs(gold, 3), 1.0e-4)
    export_scorer(final, WEIGHTS / "scorer.int8.onnx")
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
