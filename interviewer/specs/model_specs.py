"""Specs of language models to parts.

    offline                       none at all
    openai:MODEL                  OpenAI, or any server that speaks its protocol
    litellm:PROVIDER/MODEL        everything else, through litellm
    gguf:PATH                     a file, run by llama.cpp inside this process
    systemone:MODEL               a decision model, which judges and cannot talk

What calls a model is imported by the functions that make one: an interview without one begins
without it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.chat.addresses import is_loopback, plain_address
from interviewer.chat.budget import FREE, Budget, Price
from interviewer.chat.call_files import calls_file
from interviewer.chat.messages import ChatModel
from interviewer.common import system
from interviewer.common.scrub import scrub
from interviewer.errors import UsageError

if TYPE_CHECKING:
    from interviewer.chat.chat_record import Records
    from interviewer.chat.manners.capability_store import Learnt

FORMS = "openai:MODEL, litellm:PROVIDER/MODEL or gguf:PATH"
KINDS = ("openai", "litellm", "gguf")
DECIDERS = ("systemone",)
"""Kinds of models that judge and cannot talk."""

ANY = (*KINDS, *DECIDERS)
NO_KEY = "none"
CALLS = 4
"""At once to a service, which has many customers."""

OWN_SERVERS = (
    "docker_model_runner",
    "hosted_vllm",
    "lemonade",
    "llamafile",
    "lm_studio",
    "ollama",
    "ollama_chat",
    "oobabooga",
    "vllm",
    "xinference",
)
"""Providers of litellm that are programs of the user's own."""

REST_AFTER = 2
"""Calls in a row without a reply, each with all its tries, after which a judge of a sitting rests."""

_SAMPLED = 1_000_000
"""Bytes of either end of a file that its digest reads: the whole of it would take seconds."""


@dataclass(frozen=True)
class ModelOptions:
    """How models are called.

    base_url: of an `openai:` or `litellm:` server, None for the environment's or the usual one.
    deadline: seconds for a call with all its attempts.
    calls: how many at once about one answer, None for what `calls_at_once` finds fit.
    budget: what all models with these options may take together, None for no end.
    record: the session's log, a folder or a *.calls.jsonl where calls are kept, None to keep none.
    reuse: what is on record there is not asked again.
    replay: a file or folder of recorded calls to answer from; nothing is then called.
    threads: of a `gguf:` model, None for the free cores.
    known: the folder where it is kept how models want to be called and what they can do; None to
    find that out afresh and keep nothing.
    rests: whether a model that fails again and again is left alone for a while.
    notice: told, in a sentence, what whoever waits should know.
    """

    base_url: str | None = None
    deadline: float = 60.0
    calls: int | None = None
    budget: Budget | None = None
    record: Path | None = None
    reuse: bool = False
    replay: Path | None = None
    threads: int | None = None
    known: Path | None = None
    rests: bool = False
    notice: Callable[[str], None] | None = None


def models_folder() -> Path:
    """Where the records of models are kept, one file each; it may be deleted at any time."""
    return system.cache_folder() / "models"


def split_spec(spec: str, kinds: tuple[str, ...] = KINDS) -> tuple[str, str]:
    """The kind and the rest of a model spec of one of those kinds. Raises UsageError for what is
    none."""
    kind, colon, rest = spec.strip().partition(":")
    if not colon or kind not in kinds or not rest:
        shown = scrub(spec.strip())  # a key may have been pasted in its place
        if colon and kind in DECIDERS and rest:
            raise UsageError(
                f"'{shown}' is a decision model, which judges and cannot talk",
                hint=f"Give it as the judge: --judge {shown}.",
            )
        forms = FORMS if kinds == KINDS else f"{FORMS}, or systemone:MODEL"
        raise UsageError(
            f"'{shown}' names no language model",
            hint=f"Give {forms}."
            + (
                f" Perhaps openai:{shown}?"
                if spec and not colon and "/" not in spec and shown == spec
                else ""
            ),
        )
    if kind == "litellm" and "/" not in rest:
        raise UsageError(f"'{spec}' names no provider", hint="Give litellm:PROVIDER/MODEL.")
    return kind, rest


def is_decider(spec: str) -> bool:
    """Whether that is a spec of a decision model."""
    return spec.strip().partition(":")[0] in DECIDERS


def model_name(spec: str) -> str:
    """What the model of that spec calls itself, without loading anything."""
    kind, rest = split_spec(spec, ANY)
    if kind != "gguf":
        return f"{kind}:{rest}"
    from interviewer.chat.gguf_server import gguf_name

    return gguf_name(Path(rest))


def model_digest(spec: str, base_url: str | None = None) -> str:
    """Identifies the model behind a spec, in 16 hex digits: a name with its server, or a file by its
    size, head and tail. A file under another name is the same model; a name elsewhere is another.
    """
    kind, rest = split_spec(spec, ANY)
    if kind == "gguf":
        return _file_digest(Path(rest).expanduser())
    server = base_url or (os.environ.get("OPENAI_BASE_URL") if kind == "openai" else None) or ""
    return hashlib.sha256(f"{kind}:{rest}@{server.rstrip('/')}".encode()).hexdigest()[:16]


def _file_digest(path: Path) -> str:
    held = hashlib.sha256()
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            held.update(str(size).encode())
            for at in (0, max(0, size - _SAMPLED)):
                file.seek(at)
                held.update(file.read(_SAMPLED))
    except OSError:  # whoever loads it says what is wrong with it
        held.update(str(path).encode("utf-8", "surrogatepass"))
    return held.hexdigest()[:16]


def make_chat(spec: str, options: ModelOptions | None = None) -> ChatModel:
    """The model of that spec: bounded in time, tries and money, and recorded if so wished.

    Raises UsageError for a spec or budget that makes no sense, ModelUnavailable for a file, key or
    extra that is not there. Nothing is called yet; a `gguf:` model begins to load.
    """
    from interviewer.chat.chat_record import RecordedChat, RememberedChat, ReplayedChat
    from interviewer.chat.manners import capability_store

    options = options or ModelOptions()
    kind, rest = split_spec(spec, ANY)
    if options.replay is not None:
        return ReplayedChat(model_name(spec), _records(options.replay))
    price = FREE
    if options.budget is not None:
        price = options.budget.check_price(spec, _price(kind, rest, options.base_url))
    learnt = capability_store.learnt(options.known, *record_key(spec, options.base_url))
    bare = _bare(kind, rest, options, learnt)
    asleep = _asleep(kind, rest, options.base_url)
    options = replace(options, calls=calls_at_once(spec, options))
    model = _guarded(bare, learnt, options, price, asleep)
    if options.record is None:
        return model
    kept = RememberedChat if options.reuse else RecordedChat
    return kept(model, calls_file(options.record))


def make_keyless_chat(model: str, base_url: str, options: ModelOptions) -> ChatModel:
    """A model of a server that was found, not named: it is not trusted with a key."""
    from interviewer.chat.manners import capability_store

    learnt = capability_store.learnt(options.known, *record_key(f"openai:{model}", base_url))
    bare = _openai(model, base_url, options.deadline, learnt, key=NO_KEY)
    return _guarded(bare, learnt, options, FREE)


def record_key(spec: str, base_url: str | None) -> tuple[str, str | None]:
    """What the record of a model goes by: its name, and the address of its server as it may be
    shown, None for the usual one."""
    kind, _ = split_spec(spec, ANY)
    if kind == "openai":
        base_url = base_url or os.environ.get("OPENAI_BASE_URL")
    elif kind == "gguf":
        base_url = None
    return model_name(spec), plain_address(base_url) if base_url else None


def calls_at_once(spec: str, options: ModelOptions) -> int:
    """How many calls of a model about one answer are made at once.

    Unless it is said, several only of services: a program on one machine mostly takes one call after
    the other, and each of them would have less of its deadline.
    """
    kind, rest = split_spec(spec, ANY)
    if kind == "gguf" or options.replay is not None:
        return 1
    if options.calls is not None:
        return options.calls
    base_url = options.base_url or (os.environ.get("OPENAI_BASE_URL") if kind == "openai" else None)
    own = kind == "litellm" and rest.partition("/")[0] in OWN_SERVERS
    return 1 if base_url or own or kind in DECIDERS else CALLS


def _asleep(kind: str, rest: str, base_url: str | None) -> Callable[[], bool] | None:
    """Asks a server of this machine whether it has yet to load the model; none elsewhere is asked."""
    base_url = base_url or (os.environ.get("OPENAI_BASE_URL") if kind == "openai" else None)
    if kind not in ("openai", "litellm") or not base_url or not is_loopback(base_url):
        return None
    from interviewer.chat.server_facts import is_asleep

    name = rest if kind == "openai" else rest.partition("/")[2]
    return lambda: is_asleep(base_url, name)


def _guarded(
    bare: ChatModel,
    learnt: Learnt,
    options: ModelOptions,
    price: Price,
    asleep: Callable[[], bool] | None = None,
) -> ChatModel:
    from interviewer.chat.chat_guard import GuardedChat, Limits
    from interviewer.chat.manners.growing import GrowingChat

    limits = Limits(
        deadline=options.deadline,
        overall=options.deadline,
        failures=REST_AFTER if options.rests else None,
        calls=options.calls or 1,
    )
    guarded = GuardedChat(bare, limits, options.budget, price, notice=options.notice, asleep=asleep)
    return GrowingChat(guarded, learnt, options.deadline)


def window_of(spec: str) -> int | None:
    """The context window of a model in tokens as far as it is known without asking."""
    from interviewer.chat.gguf_server import CONTEXT
    from interviewer.chat.prices import context_of

    kind, rest = split_spec(spec, ANY)
    if kind in DECIDERS:
        return None
    return CONTEXT if kind == "gguf" else context_of(rest)


def _bare(kind: str, rest: str, options: ModelOptions, learnt: Learnt) -> ChatModel:
    if kind == "litellm":
        from interviewer.chat.litellm_chat import LiteLLMChat, check_installed

        check_installed()
        return LiteLLMChat(rest, options.base_url, seconds=options.deadline, learnt=learnt)
    if kind == "gguf":
        from interviewer.chat.gguf_server import GgufChat, check_file, gguf_name

        path = Path(rest).expanduser()
        check_file(path)
        return GgufChat(
            path,
            lambda url, key: _openai(
                path.name, url, options.deadline, learnt, key, gguf_name(path)
            ),
            options.threads,
        )
    if kind in DECIDERS:
        from interviewer.chat.decisions.systemone_chat import SystemOneChat

        return SystemOneChat(rest, options.base_url, seconds=options.deadline)
    return _openai(rest, options.base_url, options.deadline, learnt)


def _openai(
    model: str,
    base_url: str | None,
    seconds: float,
    learnt: Learnt,
    key: str | None = None,
    name: str | None = None,
) -> ChatModel:
    from interviewer.chat.openai_chat import OpenAIChat

    return OpenAIChat(model, base_url, seconds=seconds, key=key, name=name, learnt=learnt)


@lru_cache(maxsize=8)
def _records(place: Path) -> Records:
    from interviewer.chat.chat_record import Records

    return Records.load(place)


def _price(kind: str, rest: str, base_url: str | None) -> Price | None:
    from interviewer.chat.prices import price_of

    if kind == "openai":
        base_url = base_url or os.environ.get("OPENAI_BASE_URL")
    if kind == "gguf" or (base_url and is_loopback(base_url)):
        return FREE
    return price_of(rest)
