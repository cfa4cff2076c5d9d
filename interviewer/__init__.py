"""Oral technical interviews in the terminal, graded offline or by a model.

From Python: `from interviewer import open_bank, grade`; see `interviewer.api`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from interviewer.api import Bank, GradedRow, UngradedRow, grade, open_bank, read_grades

__version__ = "0.1.0"
__all__ = ["Bank", "GradedRow", "UngradedRow", "grade", "open_bank", "read_grades"]


def __getattr__(name: str) -> Any:
    """What stands in `interviewer.api`, loaded when it is first asked for."""
    if name in __all__:
        return getattr(import_module("interviewer.api"), name)
    raise AttributeError(f"module 'interviewer' has no attribute '{name}'")
