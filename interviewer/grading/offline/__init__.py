"""The grader that needs no network: its models, its weights, and baselines to measure it against."""

__all__ = [
    "baselines",
    "deciding",
    "encoders",
    "evidence",
    "exemplars",
    "heard",
    "layer",
    "offline_grader",
    "onnx_encoder",
    "onnx_heads",
    "onnx_reader",
    "sentence_transformers_encoder",
    "vector_cache",
    "word_table",
]
