"""What happened: events, their log, the fold of them, grade runs, where a candidate stands."""

__all__ = [
    "appending",
    "disputes",
    "events",
    "fold",
    "graded_answers",
    "log_file",
    "record",
    "results",
    "runs",
    "settlements",
    "standing",
]
