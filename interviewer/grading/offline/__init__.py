"""The grader that needs no network: its models, its weights, and baselines to measure it against."""
