"""What a server means by the status of its refusal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape

from interviewer.common.scrub import scrub
from interviewer.common.text import one_line
from interviewer.errors import ModelBusy, ModelError, ModelUnavailable

PASSING = (408, 409, 425, 429, 498, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529)
"""Statuses that another try may get past."""

_NO_MONEY = (
    *("insufficient_quota", "billing", "exceeded your current quota", "credit balance"),
    *("insufficient balance", "insufficient credits", "payment required", "out of credits"),
)
_LOADING = re.compile(r"loading model")
_LOADING_NOW = re.compile(
    r"model is (?:still )?(?:being )?load(?:ed|ing)\b|still loading|warming up"
)
_BUSY = re.compile(r"\boverloaded\b|temporarily unavailable|\btry again later\b")
_PAGE = re.compile(r"\s*<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_TITLE = re.compile(r"<(title|h1)\b[^<>]*>([^<>]+)</", re.IGNORECASE)
_WRONG_KEY = re.compile(r"api[ _]key not valid|(?:invalid|incorrect) api[ _]key")
_NOT_THE_KEY = re.compile(r"\b(?:logprobs?|parameter|temperature|seed|response_format|region)\b")


NO_API = "Give --base-url the address of the API itself; most end in /v1."


def refusal(
    status: int, said: str, headers: Mapping[str, str], model: str, address: str
) -> ModelError:
    """The error for a status: ModelBusy where waiting may help, ModelUnavailable elsewhere."""
    page = _PAGE.match(said) is not None
    detail = one_line(scrub(_title(said) if page else said), 200)
    tail = f": {detail}" if detail else ""
    low = said.lower()
    if 300 <= status < 400:
        return _elsewhere(status, headers, address)
    if page and status not in (
        401,
        *PASSING,
    ):  # of whatever stands before the server, or in its place
        return ModelUnavailable(
            f"{address} answers {status} with a page for people{tail}", hint=NO_API
        )
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
    if status in PASSING or (status not in (401, 403, 404) and _passes(low)):
        after = retry_after(headers)
        what = "limits the rate of calls" if status == 429 else f"answers {status}"
        loading = bool(_LOADING.search(low) or _LOADING_NOW.search(low))
        return ModelBusy(f"{address} {what}{tail}", after=after, loading=loading)
    if "context" in low and ("length" in low or "size" in low or "window" in low):
        return ModelUnavailable(
            f"the prompt does not fit into the context window of '{one_line(model, 80)}'{tail}",
            hint="Start the server with a longer context, at least 8192 tokens.",
        )
    return ModelUnavailable(f"{address} refuses the call with status {status}{tail}")


def _passes(said: str) -> bool:
    """Whether a server that refuses a call says that it will soon take one."""
    return bool(_LOADING_NOW.search(said) or _BUSY.search(said))


def _title(page: str) -> str:
    found = _TITLE.search(page)
    return unescape(found[2]) if found else ""


def _elsewhere(status: int, headers: Mapping[str, str], address: str) -> ModelUnavailable:
    """The error for a server that sends callers on: nobody follows, who may not have been meant."""
    there = one_line(scrub(headers.get("location", "")), 120)
    where = f" to {there}" if there else ""
    return ModelUnavailable(f"{address} sends the call on{where} (status {status})", hint=NO_API)


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
