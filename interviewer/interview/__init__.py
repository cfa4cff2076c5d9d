"""The sitting: what to do next, what is said, and the terminal it is said in."""

__all__ = [
    "prompt_terminal",
    "script_terminal",
    "sitting",
    "studio",
    "terminal",
]
