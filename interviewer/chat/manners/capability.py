"""What is known of one model: how it wants to be called, and what it was seen to do."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from interviewer.chat.messages import Tokens
from interviewer.common.base import Said, Text, Value

SchemaForm = Literal["json_schema", "json_object", "words"]
"""How a schema is asked for: as such, as "some JSON" with the schema in words, or in words alone."""

SCHEMA_FORMS: tuple[SchemaForm, ...] = ("json_schema", "json_object", "words")
MOST_LOGPROBS = 20
"""Alternatives that a judge asks for, which is as many as any public server gives."""


class Manner(Value):
    """How a model wants to be called, learnt from what its server refused.

    system: whether it takes a system message; if not, its text goes in front of the first user
    message. without: parameters that the server refused, by the names of `complaints.PARAMETERS`.
    most_logprobs: alternatives to a token that may be asked for, 0 for none. least_tokens: the
    smallest reply that may be asked for. thinks: whether it was seen to think before it answers.
    thinking_tokens: what its thinking was found to need on top of a reply.
    """

    system: bool = True
    schema_form: SchemaForm = "json_schema"
    without: tuple[Text, ...] = ()
    most_logprobs: Annotated[int, Field(ge=0, le=MOST_LOGPROBS)] = MOST_LOGPROBS
    least_tokens: Annotated[int, Field(ge=1, le=4096)] = 1
    thinks: bool = False
    thinking_tokens: Tokens = 0


class Capability(Value):
    """The record of one model: what it was seen to do, None where that was not found out.

    spec: what it is called by, without the folder of a file. server: what kind of server it has.
    url: the server's address as it may be shown, None for the usual one. problem, hint: why it does
    not answer, and what to do. answers: whether it was asked anything and answered. whole, each:
    whether it gave verdicts when asked as a judge asks, about all claims in one call and about one
    by itself. logprob: whether its first token weighs Yes against No. yes_no: whether it replies by
    that one word. schema: whether a schema is enforced that no model would follow by itself.
    logprobs: whether log-probabilities of a token come back. context: its window in tokens, as its
    server says. cut_at: the tokens that were left of a longer prompt, cut without a word; 0 if
    nothing was cut. tokens_per_second: of its reply. remarks: what the probes were told, a line each.
    probed: the day of the probe, as ISO 8601; "" where the model was only called.
    """

    spec: Text
    server: str = ""
    url: str | None = None
    problem: Said | None = None
    hint: Said | None = None
    answers: bool | None = None
    whole: bool | None = None
    each: bool | None = None
    logprob: bool | None = None
    yes_no: bool | None = None
    schema_held: bool | None = None
    logprobs: bool | None = None
    context: Tokens | None = None
    cut_at: Tokens | None = None
    tokens_per_second: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    remarks: tuple[Said, ...] = ()
    manner: Manner = Manner()
    probed: str = ""

    @property
    def modes(self) -> tuple[Literal["whole", "each", "logprob", "yesno"], ...]:
        """The modes of a judge that this model was seen to manage, the cheapest in calls first; by a
        bare word only where it cannot be asked how likely that word is."""
        held = (
            ("whole", self.whole),
            ("each", self.each),
            ("logprob", self.logprob),
            ("yesno", self.yes_no and not self.logprob),
        )
        return tuple(name for name, works in held if works)  # type: ignore[misc]
