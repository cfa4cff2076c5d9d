"""Write a trained reader as the int8 ONNX file that ships.

    python training/export_reader.py CHECKPOINT... [--out FOLDER]

The graph takes word_vectors, float32 (1, tokens, 384), attention_mask and token_type_ids, int64
(1, tokens), markers, int64 (1, claims), claim_mask, float32 (1, claims, tokens), and answer_mask,
float32 (1, tokens); it returns verdicts (1, claims, 4) and pointer
(1, claims, tokens). Word vectors stay those of the shipped table: training leaves them alone.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import torch

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "training")]

from make_encoder import WEIGHTS, quantise, sha256
from measure_reader import load
from reader_model import FromWordVectors


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "checkpoints", type=Path, nargs="+", help="of several, the mean is exported"
    )
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    out, reader = options.out, load(*options.checkpoints)
    reader.bert.config._attn_implementation = "eager"
    tokens = 12
    inputs = {
        "word_vectors": torch.randn(1, tokens, 384) * 0.05,
        "attention_mask": torch.ones(1, tokens, dtype=torch.long),
        "token_type_ids": torch.zeros(1, tokens, dtype=torch.long),
        "markers": torch.tensor([[3, 6]]),
        "claim_mask": torch.zeros(1, 2, tokens),
        "answer_mask": torch.zeros(1, tokens),
    }
    inputs["claim_mask"][0, 0, 4:6] = inputs["claim_mask"][0, 1, 7:9] = 1.0
    inputs["answer_mask"][0, 10:] = 1.0
    axes = {name: {1: "tokens"} for name in ("word_vectors", "attention_mask", "token_type_ids")}
    axes |= {"markers": {1: "claims"}, "verdicts": {1: "claims"}, "answer_mask": {1: "tokens"}}
    axes["claim_mask"] = {1: "claims", 2: "tokens"}
    axes["pointer"] = {1: "claims", 2: "tokens"}
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "reader.onnx"
        torch.onnx.export(
            FromWordVectors(reader), tuple(inputs.values()), str(raw), input_names=list(inputs),
            output_names=["verdicts", "pointer"], dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        quantise(raw, out / "reader.int8.onnx")
    print((out / "reader.int8.onnx").stat().st_size, sha256(out / "reader.int8.onnx"))


if __name__ == "__main__":
    main()
