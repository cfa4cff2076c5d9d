"""What every value of the domain has in common."""

from __future__ import annotations

import hashlib
import re
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

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

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_LONGEST = 60


def _number(value: object) -> object:
    if type(value) is float or type(value) is int:  # nearly all: a history has millions of them
        return value
    if isinstance(value, bool):
        raise PydanticCustomError("no_number", "true and false are no numbers")
    if isinstance(value, str) and not (len(value) <= _LONGEST and _NUMBER.fullmatch(value.strip())):
        raise PydanticCustomError("no_number", "must be a number, written in plain digits")
    return value


IsNumber = BeforeValidator(_number)
"""Of what is a number: true and false are none, nor is text that only a programmer reads as one."""

DAY = 86_400.0
"""In seconds. No answer takes longer, so that times can be added up."""

UnitFloat = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False), IsNumber]


def content_digest(body: str) -> str:
    """The first 16 hex digits of the SHA-256 of a value's JSON."""
    return hashlib.sha256(body.encode()).hexdigest()[:16]


class Value(BaseModel):
    """A frozen value: unknown fields are errors, equality is by content."""

    # Built when first used: an interview begins with a few of these, a report needs many more.
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        defer_build=True,
        json_schema_serialization_defaults_required=True,
    )

    def content_digest(self) -> str:
        """The first 16 hex digits of the SHA-256 of the value's JSON."""
        return content_digest(self.model_dump_json())


def problem(error: ValidationError) -> str:
    """What is wrong with a value, in words: the first of its problems."""
    return problem_of(error.errors(include_url=False)[0])


def problem_of(error: Any) -> str:
    """One of the problems in words."""
    where = ".".join(str(part) for part in error["loc"])
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    if error["type"] == "extra_forbidden":
        return f"there is no key '{where}'"
    if error["type"] == "missing":
        return f"'{where}' is missing"
    if error["type"] == "too_long":
        return (
            f"'{where}' holds {error['ctx']['actual_length']}, at most {error['ctx']['max_length']}"
        )
    return f"'{where}': {error['msg'][0].lower()}{error['msg'][1:]}"
