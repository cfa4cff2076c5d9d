"""Graders that ask a language model, alone or together."""

__all__ = [
    "background_judge",
    "canary",
    "curved",
    "decision_judge",
    "fallback",
    "fused",
    "fusing",
    "injection",
    "judge_data",
    "judge_probe",
    "logprob_judge",
    "panel",
    "schema_judge",
]
