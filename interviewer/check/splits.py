"""What the shipped weights were never trained on: splits by digest."""

from __future__ import annotations

import hashlib

SHARE = 5
"""One question in so many is kept back."""

TRAINED_ON = ("scientsbank", "beetle", "saf")
"""The sets of which the other questions trained the shipped weights."""


def share(key: str, of: int) -> int:
    """A number below `of`, fixed by the key: splits that never move."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") % of


def kept_back(of_set: str, question: str) -> bool:
    """Whether that question is kept for measuring: by the hash of its name, so that the choice is
    the same wherever the set is read. A set that trained nothing is kept back as a whole.
    """
    if of_set not in TRAINED_ON:
        return True
    return hashlib.sha256(f"{of_set}-{question}".encode()).digest()[0] % SHARE == 0
