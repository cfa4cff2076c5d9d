"""What a model replies that drafts for a question: good and bad lines of every kind."""

from __future__ import annotations

from typing import Any

GOOD: dict[str, Any] = {
    "criteria": {
        "1": {
            "accepts": ["frozen water is less dense than the liquid", "it is cold"],
            "rejects": ["ice has trapped air in it", "ice is less dense than water"],
            "probe": "How would two equal cups compare on a scale?",
        }
    },
    "misconceptions": ["Ice floats because it holds air bubbles.", "Ice is less dense than water."],
    "again": "What keeps an iceberg at the surface?",
    "deeper": {
        "prompt": "What would lakes be like otherwise?",
        "answer": "They would freeze from the bottom up; most fish would die.",
    },
}
