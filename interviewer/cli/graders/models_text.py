"""Words for `interviewer models`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from interviewer.chat.model_probe import Ability
from interviewer.chat.server_facts import Server

STATES = {
    "ready": "runs, but offers no model.",
    "loading": "is still loading its model; try again in a minute.",
    "key": "wants a key: set OPENAI_API_KEY and give --base-url.",
}


@dataclass(frozen=True)
class Seen:
    """What was found: servers, what their models and the named ones can do, names of keys."""

    servers: tuple[Server, ...]
    abilities: tuple[Ability, ...]
    keys: tuple[str, ...]


def lines(seen: Seen, ports: str) -> Iterator[str]:
    """What was found, a line for each model and server."""
    for ability in seen.abilities:
        yield describe(ability)
    for server in seen.servers:
        rest = [m for m in server.models if not _was_tried(m, server, seen)]
        if rest:
            more = ", ".join(rest[:6]) + (" ..." if len(rest) > 6 else "")
            yield (
                f"{server.kind} at {server.url} has more: {more}. "
                f"Try one with --model openai:NAME --base-url {server.url}"
            )
        elif server.state != "ready" or not server.models:
            yield f"{server.kind} at {server.url} {STATES[server.state]}"
    if not seen.servers:
        yield f"No model server on the ports {ports.replace(',', ', ')} of this machine."
    keys = ", ".join(seen.keys)
    yield f"Keys in the environment: {keys}" if keys else "No keys in the environment."
    if not seen.abilities:
        yield (
            "The offline grader needs none of this. To use a model: --model openai:NAME "
            "--base-url URL, --model litellm:PROVIDER/NAME, or --model gguf:FILE."
        )


def _was_tried(model: str, server: Server, seen: Seen) -> bool:
    return any(a.spec == f"openai:{model}" and a.url == server.url for a in seen.abilities)


def describe(ability: Ability) -> str:
    """One line on what a model can do."""
    head = ability.spec + (f" at {ability.url}" if ability.url else "")
    head += f" ({ability.server})" if ability.server else ""
    if ability.problem is not None:
        return f"{head}: does not answer: {ability.problem}"
    schema = {True: "obeys a schema", False: "obeys no schema", None: "fails with a schema"}
    speed, context = ability.tokens_per_second, ability.context
    parts = [
        "answers",
        schema[ability.schema],
        "log-probabilities" if ability.logprobs else "no log-probabilities",
        f"context {context:,}" if context is not None else "context –",
        f"{speed:.1f} tokens/s" if speed is not None else "– tokens/s",
    ]
    if ability.cut_at:
        parts.append(f"cuts prompts at {ability.cut_at:,} tokens")
    return f"{head}: {', '.join(parts)}"
