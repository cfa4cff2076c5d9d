"""Which model may grade: a fair trial of it, and a curve of its own."""

__all__ = [
    "attacks",
    "calibrating",
    "exams",
    "fitting",
    "measuring",
    "own_files",
    "reporting",
    "trial_html",
    "trial_text",
    "trial_values",
    "trying",
    "wording_trial",
]
