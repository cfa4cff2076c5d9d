"""Why a reply ended, in the words of those who serve it.

OpenAI, Mistral ("model_length"), Gemini ("MAX_TOKENS", "SAFETY", ...), DeepSeek
("insufficient_system_resource"), Zhipu ("sensitive", "network_error"), vLLM ("abort") and OpenRouter
("error"), by their documentation. Case does not count; any other word is the model's own end.
"""

from __future__ import annotations

from collections.abc import Iterable

_CUT = {
    *("length", "max_tokens", "model_length", "max_output_tokens"),
    *("max_length", "model_context_window_exceeded"),
}
_FILTERED = {
    *("content_filter", "content_filtered", "safety", "sensitive", "recitation", "blocklist"),
    *("prohibited_content", "spii", "image_safety"),
}
_BROKEN = {"error", "network_error", "insufficient_system_resource", "abort", "aborted"}


def is_cut(ends: Iterable[str]) -> bool:
    """Whether there was no room for the rest."""
    return _any_of(ends, _CUT)


def is_filtered(ends: Iterable[str]) -> bool:
    """Whether the provider held back the rest, or all of it."""
    return _any_of(ends, _FILTERED)


def is_broken(ends: Iterable[str]) -> bool:
    """Whether something failed meanwhile, which another try may get past."""
    return _any_of(ends, _BROKEN)


def _any_of(ends: Iterable[str], words: set[str]) -> bool:
    return any(end.casefold().replace("-", "_") in words for end in ends)
