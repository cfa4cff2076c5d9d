"""A document of questions and answers to a draft of a bank."""

__all__ = [
    "completing",
    "cutting",
    "drafting",
    "import_report",
    "reading",
]
