"""How a model wants to be called and what it can do: learnt from its refusals and replies, and kept."""

__all__ = [
    "api_keys",
    "calling",
    "capability",
    "capability_store",
    "complaints",
    "endings",
    "growing",
    "thinking",
]
