"""A document of questions and answers to a draft of a bank."""

__all__ = [
    "cutting",
    "drafting",
    "import_report",
    "reading",
]
