"""Learning a layer for one bank from the answers to it that people have settled."""

__all__ = [
    "layer_file",
    "learn_report",
    "learning",
    "lessons",
    "places",
    "settled_answers",
]
