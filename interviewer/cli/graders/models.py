"""`interviewer models` and `interviewer doctor`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

import click
from rich.console import Console

from interviewer.chat import server_facts
from interviewer.chat.addresses import check_address
from interviewer.chat.manners.capability import MOST_LOGPROBS, Capability
from interviewer.chat.server_facts import USUAL_PORTS, Server
from interviewer.cli import options
from interviewer.cli.graders.doctor import (
    Finding,
    check_extras,
    check_folder,
    check_layer,
    check_model,
    check_terminal,
    check_weights,
)
from interviewer.cli.model_options import DEADLINE, base_url_option, deadline_option
from interviewer.cli.settings import Settings, load_settings
from interviewer.common import system
from interviewer.common.console import make_console, say_json, show_line
from interviewer.common.scrub import key_names, scrub, scrub_data
from interviewer.common.text import Tone
from interviewer.errors import InterviewerError, UsageError
from interviewer.specs import capabilities, embedders, layers, model_specs
from interviewer.specs.model_specs import ModelOptions

MARKS: dict[str, tuple[str, Tone]] = {
    "ok": ("ok", "good"),
    "note": ("--", "note"),
    "poor": ("!!", "missing"),
    "bad": ("XX", "warning"),
}

STATES = {
    "ready": "runs, but offers no model.",
    "loading": "is still loading its model; try again in a minute.",
    "key": "wants a key: set OPENAI_API_KEY and give --base-url.",
}


@dataclass(frozen=True)
class Seen:
    """What was found: servers, what their models and the named ones can do, names of keys."""

    servers: tuple[Server, ...]
    records: tuple[Capability, ...]
    keys: tuple[str, ...]


_look_options = options.combined(
    click.option(
        "--model", "specs", multiple=True, metavar="SPEC", help="Try this model; may be repeated."
    ),
    base_url_option,
    click.option(
        "--ports",
        metavar="8080,...",
        default=",".join(map(str, USUAL_PORTS)),
        show_default=True,
        help="Where to look for servers on this machine.",
    ),
    deadline_option,
    click.option("--json", "as_json", is_flag=True, help="Print it as JSON."),
)


@click.command()
@_look_options
def models(
    specs: tuple[str, ...], base_url: str | None, ports: str, deadline: float | None, as_json: bool
) -> None:
    """Find language models on this machine, and say what works with each."""
    seen = look_around(specs, base_url, ports, deadline, load_settings())
    if as_json:
        say_json(scrub_data(_data(seen)))
        return
    console = make_console()
    for line in _lines(seen, ports):
        show_line(console, scrub(line))


@click.command()
@_look_options
def doctor(
    specs: tuple[str, ...], base_url: str | None, ports: str, deadline: float | None, as_json: bool
) -> None:
    """Say what is wrong with this installation and with the models found, and how to mend it."""
    findings = list(_installation())
    try:
        settings = load_settings()
        findings.append(Finding("ok", f"configuration: {_config_state()}"))
    except InterviewerError as error:
        what = f"configuration: {error.where}: {error.message}"
        findings.append(Finding("bad", what, error.hint or "Mend or remove it."))
        settings = Settings()
    seen = look_around(specs, base_url, ports, deadline, settings, long_prompt=True)
    for record in seen.records:
        findings += check_model(record)
    findings += _server_findings(seen)
    if as_json:
        data = {"findings": [asdict(f) for f in findings], **_data(seen)}
        say_json(scrub_data(data))
    else:
        console = make_console()
        for finding in findings:
            _show_finding(console, finding)
    if any(finding.level == "bad" for finding in findings):
        sys.exit(1)


def look_around(
    specs: tuple[str, ...],
    base_url: str | None,
    ports: str,
    deadline: float | None,
    settings: Settings,
    *,
    long_prompt: bool = False,
) -> Seen:
    """Find servers and try one model of each, and every model that is named or configured."""
    called = ModelOptions(
        base_url=base_url or settings.base_url, deadline=deadline or settings.deadline or DEADLINE
    )
    if called.base_url:
        check_address(called.base_url)
    if not specs and settings.model not in (None, options.OFFLINE):
        specs = (str(settings.model),)
    for spec in specs:
        model_specs.split_spec(spec, model_specs.ANY)
    servers = server_facts.find_servers(_numbers(ports))
    given = server_facts.look(called.base_url) if called.base_url else None
    tried = [_try_spec(spec, called, given, long_prompt=long_prompt) for spec in specs]
    if given is not None and not specs and given.models:
        spec = f"openai:{given.models[0]}"
        tried.append(_try_spec(spec, called, given, long_prompt=long_prompt))
    known = {record.url for record in tried}
    tried += [
        _try_server(server, called, long_prompt=long_prompt)
        for server in servers
        if server.models and server.url not in known
    ]
    if given is not None and all(given.url != server.url for server in servers):
        servers.append(given)
    return Seen(tuple(servers), tuple(tried), tuple(sorted(key_names())))


def _numbers(ports: str) -> list[int]:
    try:
        found = [int(port) for port in options.split_names(ports)]
    except ValueError:
        found = [0]
    if not all(0 < port < 65536 for port in found):
        raise UsageError(f"'{ports}' is no list of ports", hint="Such as --ports 8080,11434.")
    return found


def _try_server(server: Server, called: ModelOptions, *, long_prompt: bool) -> Capability:
    name = server.models[0]
    return capabilities.probed(
        f"openai:{name}",
        replace(called, base_url=server.url),
        server=server.kind,
        context=server.context.get(name),
        long_prompt=long_prompt and server.kind != "llama.cpp",  # which refuses what is too long
        trusted=False,
    )


def _try_spec(
    spec: str, called: ModelOptions, given: Server | None, *, long_prompt: bool
) -> Capability:
    kind, rest = model_specs.split_spec(spec, model_specs.ANY)
    server = given if kind in ("openai", *model_specs.DECIDERS) else None
    name = server.kind if server else ""
    return capabilities.probed(
        spec,
        called,
        server=name,
        context=server.context.get(rest) if server else model_specs.window_of(spec),
        long_prompt=long_prompt and kind != "gguf" and name != "llama.cpp",
    )


def _data(seen: Seen) -> dict[str, Any]:
    return {
        "models": [{**r.model_dump(), "modes": r.modes} for r in seen.records],
        "servers": [asdict(s) for s in seen.servers],
        "keys": list(seen.keys),
    }


def _installation() -> Iterator[Finding]:
    try:
        manifest = embedders.weights_manifest()
        yield check_weights(embedders.weights_folder(), manifest)
    except InterviewerError as error:
        yield Finding("bad", error.message, error.hint or "")
    yield check_folder(
        system.cache_folder(), "cache", "Make it writable, or set XDG_CACHE_HOME to another folder."
    )
    yield check_folder(
        options.transcripts_folder(),
        "transcripts",
        "Change to a folder of yours, or give --transcripts.",
    )
    for name, found in layers.kept():
        yield check_layer(name, found)
    yield check_terminal(os.environ)
    yield from check_extras()


def _config_state() -> str:
    path = system.config_file()
    return str(path) if path.exists() else f"none ({path} would be read)"


def _server_findings(seen: Seen) -> Iterator[Finding]:
    for server in seen.servers:
        if server.state != "ready" or not server.models:
            what = f"{server.kind} at {server.url} {STATES[server.state]}"
            yield Finding("poor", what)
    if not seen.servers and not seen.records:
        yield Finding("note", "no language model found", "The offline grader needs none.")
    if seen.keys:
        yield Finding("ok", f"keys in the environment: {', '.join(seen.keys)}")


def _show_finding(console: Console, finding: Finding) -> None:
    mark, tone = MARKS[finding.level]
    show_line(console, f"{mark} {scrub(finding.what)}", tone, wrap=False)
    if finding.mend:
        show_line(console, f"   {scrub(finding.mend)}")


def _lines(seen: Seen, ports: str) -> Iterator[str]:
    """What was found, a line for each model and server."""
    for record in seen.records:
        yield describe(record)
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
        looked = ", ".join(options.split_names(ports))
        yield f"No model server on the ports {looked or '–'} of this machine."
    keys = ", ".join(seen.keys)
    yield f"Keys in the environment: {keys}" if keys else "No keys in the environment."
    if not seen.records:
        yield (
            "The offline grader needs none of this. To use a model: --model openai:NAME "
            "--base-url URL, --model litellm:PROVIDER/NAME, or --model gguf:FILE."
        )


def _was_tried(model: str, server: Server, seen: Seen) -> bool:
    return any(r.spec == f"openai:{model}" and r.url == server.url for r in seen.records)


_MODES = {
    "whole": "judges in one call",
    "each": "judges claim by claim",
    "logprob": "judges by log-probability",
    "yesno": "judges by Yes or No",
}


def describe(record: Capability) -> str:
    """One line on what a model can do."""
    head = record.spec + (f" at {record.url}" if record.url else "")
    head += f" ({record.server})" if record.server else ""
    if record.problem is not None:
        return f"{head}: does not answer: {record.problem}"
    remarks = "".join(f"; {remark}" for remark in record.remarks)
    if model_specs.is_decider(record.spec):
        judges = "decides all claims in one call" if record.whole else "does not judge"
        return f"{head}: answers, {judges}{remarks}"
    schema = {True: "obeys a schema", False: "obeys no schema", None: "fails with a schema"}
    speed, context = record.tokens_per_second, record.context
    parts = [
        "answers",
        *([_MODES[mode] for mode in record.modes] or ["does not judge"]),
        # Where it judges in one call, its schema did not keep it from that.
        *(
            [schema[record.schema_held]]
            if record.schema_held is not None or not record.whole
            else []
        ),
        "log-probabilities" if record.logprobs else "no log-probabilities",
        f"context {context:,}" if context is not None else "context –",
        f"{speed:.1f} tokens/s" if speed is not None else "– tokens/s",
        *_ways(record),
    ]
    return f"{head}: {', '.join(parts)}{remarks}"


def _ways(record: Capability) -> Iterator[str]:
    """How the model wants to be called, where that is not as all others do."""
    manner = record.manner
    if record.cut_at:
        yield f"cuts prompts at {record.cut_at:,} tokens"
    if manner.thinks:
        room = manner.thinking_tokens
        yield "thinks before it answers" + (f" ({room:,} tokens more)" if room else "")
    if not manner.system:
        yield "takes no system message"
    if manner.schema_form != "json_schema":
        yield {
            "json_object": "takes no schema but gives JSON",
            "words": "is told the schema in words",
        }[manner.schema_form]
    if 0 < manner.most_logprobs < MOST_LOGPROBS:
        yield f"at most {manner.most_logprobs} alternatives"
    if manner.least_tokens > 1:
        yield f"at least {manner.least_tokens} tokens a reply"
    if manner.without:
        yield f"does without {', '.join(manner.without)}"
