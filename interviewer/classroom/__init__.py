"""A class: answers of many people collected elsewhere, graded together, and what they show."""

__all__ = [
    "answer_fields",
    "answer_files",
    "class_grading",
    "class_html",
    "class_text",
    "class_values",
    "engines",
    "grades_file",
    "settling",
    "workers",
]
