"""What a model server tells of itself. No key is sent: whoever listens on a port is not trusted."""

from __future__ import annotations

import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from interviewer.chat.addresses import plain_address
from interviewer.chat.call_loop import call_loop
from interviewer.common.certificates import certificates
from interviewer.common.scrub import keep_out
from interviewer.errors import ModelTimeout

USUAL_PORTS = {11434: "Ollama", 8080: "llama.cpp", 1234: "LM Studio", 8000: "vLLM"}
"""Where servers listen unless they are told otherwise."""

SECONDS = 3.0
"""How long a server may keep one question waiting."""
AT_ONCE = 8
MAX_BYTES = 4_000_000


@dataclass(frozen=True)
class Server:
    """A server that answered.

    url: its base URL, with /v1. models: all it offers, those in memory first. context: the window
    of a model in tokens, where it says so. state: "ready", "loading", or "key" if it wants one.
    """

    kind: str
    url: str
    models: tuple[str, ...] = ()
    context: dict[str, int] = field(default_factory=dict)
    state: str = "ready"


def find_servers(ports: Iterable[int]) -> list[Server]:
    """The servers on those ports of this machine, in the order of the ports."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(lambda port: look(f"http://127.0.0.1:{port}/v1"), ports))
    return [server for server in found if server is not None]


def look(url: str) -> Server | None:
    """The server at that base URL, None if nothing there speaks OpenAI's protocol."""
    keep_out(url)
    url = url.rstrip("/")
    status, listed = _get(f"{url}/models")
    shown = plain_address(url)
    if status in (401, 403):
        return Server("OpenAI-compatible", shown, state="key")
    if status == 503:
        return Server("llama.cpp", shown, state="loading")
    names = [row["id"] for row in _rows(listed, "data") if isinstance(row.get("id"), str)]
    if status != 200 or not (names or isinstance(listed, dict)):
        return None
    kind, context = _own_words(url.removesuffix("/v1"), names)
    if not context:
        context = {
            row["id"]: row["max_model_len"]
            for row in _rows(listed, "data")
            if isinstance(row.get("max_model_len"), int) and isinstance(row.get("id"), str)
        }
        kind = "vLLM" if context else kind
    names.sort(key=lambda name: name not in context)
    return Server(kind, shown, tuple(names), context)


def is_asleep(url: str, model: str) -> bool:
    """Whether the server says that the model is not in its memory, so that a first call has to wait
    for that; Ollama and LM Studio tell."""
    root = url.rstrip("/").removesuffix("/v1")
    running = _get(f"{root}/api/ps")[1]
    if isinstance(running, dict) and "models" in running:
        there = {row.get(name) for row in _rows(running, "models") for name in ("name", "model")}
        return not there & {model, f"{model}:latest"}
    listed = _rows(_get(f"{root}/api/v0/models")[1], "data")
    states = [row.get("state") for row in listed if row.get("id") == model]
    return bool(states) and "loaded" not in states


def _own_words(root: str, names: list[str]) -> tuple[str, dict[str, int]]:
    """The kind of server, and the windows it tells by the path that only this kind has."""
    status, props = _get(f"{root}/props")
    if status == 200 and isinstance(props, dict):
        settings = props.get("default_generation_settings")
        size = settings.get("n_ctx") if isinstance(settings, dict) else None
        return "llama.cpp", dict.fromkeys(names, size) if isinstance(size, int) else {}
    status, version = _get(f"{root}/api/version")
    if status == 200 and isinstance(version, dict) and "version" in version:
        running = _rows(_get(f"{root}/api/ps")[1], "models")
        return "Ollama", _sizes(running, "name", "context_length")
    status, listed = _get(f"{root}/api/v0/models")
    if status == 200 and isinstance(listed, dict):
        return "LM Studio", _sizes(_rows(listed, "data"), "id", "loaded_context_length")
    return "OpenAI-compatible", {}


def _sizes(rows: list[dict[str, Any]], name: str, size: str) -> dict[str, int]:
    return {
        row[name]: row[size]
        for row in rows
        if isinstance(row.get(name), str) and isinstance(row.get(size), int)
    }


def _rows(data: object, name: str) -> list[dict[str, Any]]:
    found = data.get(name) if isinstance(data, dict) else None
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def _get(url: str) -> tuple[int, object]:
    """Status and JSON; status 0 where there is no answer, None for what is no JSON."""
    import anyio  # noqa: F401, PLC0415 - httpx imports it on its first call, within the deadline
    import httpx  # noqa: PLC0415 - takes a fifth of a second

    # Here, since reading the certificates may take long on a busy machine.
    trusted = certificates(trust_env=False)
    client = httpx.AsyncClient(trust_env=False, timeout=SECONDS, verify=trusted)

    async def get() -> tuple[int, object]:
        body = b""
        async with client, client.stream("GET", url) as response:
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > MAX_BYTES:
                    return response.status_code, None
            try:
                return response.status_code, json.loads(body)
            except (ValueError, RecursionError):
                return response.status_code, None

    try:
        return call_loop().run(lambda _: get(), SECONDS)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ModelTimeout, ValueError):
        return 0, None
