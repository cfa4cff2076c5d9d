"""Oral technical interviews in the terminal, graded offline or by a model."""

__version__ = "0.1.0"
