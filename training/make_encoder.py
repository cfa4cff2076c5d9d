"""Turn the upstream all-MiniLM-L6-v2 weights into the int8 ONNX encoder that ships.

    python training/make_encoder.py SOURCE_DIR OUT_DIR

SOURCE_DIR is a sentence-transformers folder (model.safetensors, tokenizer.json). The weights must
have the pinned sha256. The graph takes input_ids and attention_mask, int64 (batch, tokens), and
returns `embedding`, float32 (batch, 384): mean-pooled over the mask and L2-normalised. Weights of
the matrix products are quantised to int8 per channel (dynamic quantisation, onnxruntime).
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from transformers import BertModel

PINNED = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class Encoder(torch.nn.Module):
    """BERT and mean pooling over the mask, with L2 normalisation unless told not to."""

    def __init__(self, bert: BertModel, *, normalise: bool = True):
        super().__init__()
        self.bert = bert
        self.normalise = normalise

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        hidden = self.bert(
            input_ids=input_ids,
            attention_mask=attention_mask,
            token_type_ids=torch.zeros_like(input_ids),
        ).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        pooled = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
        return torch.nn.functional.normalize(pooled, dim=-1) if self.normalise else pooled


def export(
    module: torch.nn.Module, inputs: dict[str, torch.Tensor], output: str, path: Path
) -> None:
    """Write `module` as ONNX with dynamic batch and token axes."""
    torch.onnx.export(
        module,
        tuple(inputs.values()),
        str(path),
        input_names=list(inputs),
        output_names=[output],
        dynamic_axes={name: {0: "batch", 1: "tokens"} for name in inputs} | {output: {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )


def quantise(source: Path, target: Path) -> None:
    """Dynamic int8 quantisation, per channel, of every matrix product and the embedding table."""
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.onnx"
        quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(
            str(prepared),
            str(target),
            weight_type=QuantType.QInt8,
            per_channel=True,
            # Seven-bit weights cannot overflow the 16-bit sums of processors without VNNI, so every
            # processor computes the same integers.
            reduce_range=True,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        )
    model = onnx.load(str(target))
    model.producer_name, model.producer_version, model.doc_string = "interviewer", "", ""
    onnx.save(model, str(target))


def sha256(path: Path) -> str:
    """The hex digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def slim_tokenizer(source: Path, target: Path) -> None:
    """Copy tokenizer.json without the padding and truncation its author happened to save."""
    data = json.loads(source.read_text("utf-8"))
    data["padding"] = data["truncation"] = None
    target.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), "utf-8")


def main() -> None:
    source, out = Path(sys.argv[1]), Path(sys.argv[2])
    found = sha256(source / "model.safetensors")
    if found != PINNED:
        raise SystemExit(f"model.safetensors has sha256 {found}, not the pinned {PINNED}")
    out.mkdir(parents=True, exist_ok=True)
    bert = BertModel.from_pretrained(source, attn_implementation="eager").eval()
    ids = torch.randint(1000, 2000, (2, 9))
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "encoder.onnx"
        export(
            Encoder(bert),
            {"input_ids": ids, "attention_mask": torch.ones_like(ids)},
            "embedding",
            raw,
        )
        quantise(raw, out / "encoder.int8.onnx")
    slim_tokenizer(source / "tokenizer.json", out / "tokenizer.json")
    for name in ("encoder.int8.onnx", "tokenizer.json"):
        print(name, (out / name).stat().st_size, sha256(out / name))


if __name__ == "__main__":
    main()
