"""Libraries that call home unless told not to. They are loaded here and nowhere else."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

TALKATIVE = ("onnxruntime", "litellm", "sentence_transformers", "transformers", "huggingface_hub")
"""What is never imported in any other way."""

SILENCE = {
    # A device id and a store of events in the user's cache folder, sent off every few seconds. It
    # is made by the import, and disable_telemetry_events() comes too late to stop it.
    "ORT_DISABLE_TELEMETRY": "1",
    # Tables of prices, of headers and of news, each fetched on first use.
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS": "True",
    "LITELLM_LOCAL_BLOG_POSTS": "True",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_UPDATE_CHECK": "1",
    "DO_NOT_TRACK": "1",
}


def load(name: str) -> Any:
    """The module of that name, its telemetry and its checks for news turned off.

    Raises ImportError if it is not installed.
    """
    os.environ.update(SILENCE)
    module: Any = import_module(name)
    root = name.partition(".")[0]
    if root == "onnxruntime":
        import_module(root).disable_telemetry_events()
    elif root == "litellm":
        module.telemetry = False
    return module
