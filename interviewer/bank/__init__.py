"""Questions and rubrics: values, files, lint, edits."""

__all__ = [
    "bank_editing",
    "bank_files",
    "bank_stats",
    "bank_writing",
    "drafts",
    "lint",
    "new_bank",
    "prompt_parts",
    "questions",
    "reviewing",
]
