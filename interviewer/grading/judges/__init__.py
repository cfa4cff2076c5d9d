"""Graders that ask a language model, alone or together."""

__all__ = [
    "canary",
    "curved",
    "fallback",
    "fused",
    "fusing",
    "injection",
    "judge_data",
    "logprob_judge",
    "panel",
    "schema_judge",
]
