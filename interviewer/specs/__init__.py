"""Words such as openai:NAME to parts: the one place that knows them all."""

__all__ = [
    "banks",
    "embedders",
    "graders",
    "judge_specs",
    "model_specs",
    "plain_specs",
]
