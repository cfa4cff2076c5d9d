"""What every value of the domain has in common."""

from __future__ import annotations

import hashlib
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def writable(text: str) -> str:
    """The text with lone surrogates, which no file can hold, as replacement characters."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


Said = Annotated[str, AfterValidator(writable)]
"""Words as they came from outside: anything at all, so long as it can be written down."""


def _remark(text: str) -> str:
    # Not by StringConstraints, which refuse a lone surrogate before it can be replaced.
    kept = writable(text).strip()
    if not kept:
        raise ValueError("must not be empty")
    return kept


Remark = Annotated[str, AfterValidator(_remark), WithJsonSchema({"type": "string", "minLength": 1})]
"""Words from outside that must not be empty; white space around them is dropped."""
UnitFloat = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]


class Value(BaseModel):
    """A frozen value: unknown fields are errors, equality is by content."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def content_digest(self) -> str:
        """The first 16 hex digits of the SHA-256 of the value's JSON."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]
