"""A session shown again, as it went."""

__all__ = [
    "playing",
    "replay_view",
    "scenes",
    "step_screen",
    "strict",
]
