"""The grader that needs no network: its models, its weights, and baselines to measure it against."""

__all__ = [
    "baselines",
    "encoders",
    "exemplars",
    "first_grader",
    "offline_grader",
    "onnx_encoder",
    "reading",
    "sentence_transformers_encoder",
    "trees",
    "vector_cache",
    "word_table",
]
