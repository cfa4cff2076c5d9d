"""Graders that ask a language model, alone or together."""

__all__ = [
    "canary",
    "fallback",
    "fused",
    "injection",
    "judge_data",
    "logprob_judge",
    "panel",
    "schema_judge",
]
