"""Words such as openai:NAME to parts: the one place that knows them all."""

__all__ = [
    "banks",
    "capabilities",
    "class_jobs",
    "embedders",
    "graders",
    "judge_specs",
    "model_specs",
    "plain_specs",
]
