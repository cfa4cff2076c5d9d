"""A document of questions and answers to a draft of a bank."""

__all__ = [
    "drafting",
    "import_report",
    "reading",
]
