"""What a server means by the status of its refusal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from interviewer.common.scrub import scrub
from interviewer.common.text import one_line
from interviewer.errors import ModelBusy, ModelError, ModelUnavailable

PASSING = (408, 409, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529)
"""Statuses that another try may get past."""

_NO_MONEY = (
    *("insufficient_quota", "billing", "exceeded your current quota", "credit balance"),
    *("insufficient balance", "insufficient credits", "payment required", "out of credits"),
)
_LOADING = re.compile(r"loading model|model is (?:still )?(?:being )?load|still loading|warming up")
_WRONG_KEY = re.compile(r"api[ _]key not valid|(?:invalid|incorrect) api[ _]key")
_NOT_THE_KEY = re.compile(r"\b(?:logprobs?|parameter|temperature|seed|response_format|region)\b")


def refusal(
    status: int, said: str, headers: Mapping[str, str], model: str, address: str
) -> ModelError:
    """The error for a status: ModelBusy where waiting may help, ModelUnavailable elsewhere."""
    detail = one_line(scrub(said), 200)
    tail = f": {detail}" if detail else ""
    low = said.lower()
    if status == 402 or (status in (400, 403, 429) and any(w in low for w in _NO_MONEY)):
        return ModelUnavailable(f"{address} wants to be paid first{tail}")
    about_key = status == 400 and _WRONG_KEY.search(low)
    if status == 401 or about_key or (status == 403 and not _NOT_THE_KEY.search(low)):
        return ModelUnavailable(
            f"{address} refuses the key{tail}",
            hint="Keys come from the environment: OPENAI_API_KEY, ANTHROPIC_API_KEY and the like.",
        )
    if status == 404:
        return ModelUnavailable(
            f"{address} has no model '{one_line(model, 80)}'{tail}",
            hint="'interviewer models' shows which there are; most addresses end in /v1.",
        )
    if status in PASSING:
        after = retry_after(headers)
        what = "limits the rate of calls" if status == 429 else f"answers {status}"
        loading = bool(_LOADING.search(low))
        return ModelBusy(f"{address} {what}{tail}", after=after, loading=loading)
    if "context" in low and ("length" in low or "size" in low or "window" in low):
        return ModelUnavailable(
            f"the prompt does not fit into the context window of '{one_line(model, 80)}'{tail}",
            hint="Start the server with a longer context, at least 8192 tokens.",
        )
    return ModelUnavailable(f"{address} refuses the call with status {status}{tail}")


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """The seconds that Retry-After asks to wait, given as a number or as a date; None without."""
    for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        text = headers.get(name, "")
        try:
            seconds = float(text) / unit
        except ValueError:
            continue
        if 0 <= seconds < float("inf"):
            return seconds
    try:
        until = parsedate_to_datetime(headers.get("retry-after", ""))
    except (ValueError, TypeError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - (now or datetime.now(UTC))).total_seconds())
