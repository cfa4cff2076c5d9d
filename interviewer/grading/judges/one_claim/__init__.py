"""Ways to ask a model about one claim at a time, which small ones do better than all at once."""

__all__ = [
    "asking",
    "one_claim_prompts",
    "sentence_judge",
]
