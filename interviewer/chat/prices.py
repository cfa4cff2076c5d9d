"""What hosted models cost and hold, from the table that comes with litellm. Nothing is fetched."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from interviewer.chat.budget import Price

TABLE = "model_prices_and_context_window_backup.json"


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    """Read beside the package, which takes seconds to import; empty without it."""
    found = find_spec("litellm")
    for folder in (found.submodule_search_locations or []) if found else []:
        try:
            table = json.loads((Path(folder) / TABLE).read_text("utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(table, dict):
            return table
    return {}


def price_of(model: str) -> Price | None:
    """The list price of "gpt-4o-mini" or "anthropic/claude-...", None where it is not known."""
    row = _row(model)
    into, out = row.get("input_cost_per_token"), row.get("output_cost_per_token")
    if isinstance(into, int | float) and isinstance(out, int | float):
        return Price(float(into), float(out))
    return None


def context_of(model: str) -> int | None:
    """The context window of a hosted model in tokens, None where it is not known."""
    found = _row(model).get("max_input_tokens")
    return found if isinstance(found, int) else None


def _row(model: str) -> dict[str, Any]:
    for name in (model, model.partition("/")[2]):
        row = _table().get(name)
        if isinstance(row, dict):
            return row
    return {}
