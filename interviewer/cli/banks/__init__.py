"""Commands about banks: import, check, edit, review."""

__all__ = ["bank", "import_document"]
