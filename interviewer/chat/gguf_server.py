"""A GGUF file served by llama.cpp inside this process, on loopback; needs the extra `local`."""

from __future__ import annotations

import atexit
import os
import secrets
import threading
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from interviewer.chat.call_loop import call_loop
from interviewer.chat.messages import ChatModel, ChatReply, ChatRequest
from interviewer.errors import ModelError, ModelUnavailable, Where

CONTEXT = 8192
MAGIC = b"GGUF"

_lock = threading.Lock()
_running: dict[Path, Served] = {}


@dataclass(frozen=True)
class Served:
    """A running server. key: drawn at random, so that no page or program near by may use it."""

    server: Any
    base_url: str
    key: str


def check_file(path: Path) -> None:
    """Raise ModelUnavailable unless the file is there and begins as a GGUF file does."""
    where = Where(str(path))
    try:
        with path.open("rb") as file:
            head = file.read(len(MAGIC))
    except OSError as error:
        raise ModelUnavailable(
            f"the model file cannot be read: {error.strerror}",
            where=where,
            hint="Give the path of a GGUF file: gguf:PATH.",
        ) from error
    if head != MAGIC:
        raise ModelUnavailable(
            "this is no GGUF file", where=where, hint="Download it again, or give another file."
        )


def free_cores() -> int:
    """Cores that nobody else is busy on, at least one.

    llama.cpp's threads wait for one another after every layer: one without a core of its own was
    seen to slow the whole down a hundred times.
    """
    cores = (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return max(1, min(cores, cores - round(load)))


def serve(path: Path, threads: int | None = None) -> Served:
    """The server of that file, started if it is not running; returns when the model is loaded.

    Raises ModelUnavailable if the extra is missing or the file cannot be loaded.
    """
    path = path.resolve()
    with _lock:
        if path not in _running:
            if not _running:
                atexit.register(stop_all)
            _running[path] = _start(path, threads or free_cores())
        return _running[path]


def stop_all() -> None:
    """End every server of this process, and the calls under way.

    A server waits for its clients before it ends, and holds Python's lock meanwhile, so that no
    client of this process could leave: they must be gone by then.
    """
    call_loop().end_calls()
    with _lock:
        _running.clear()


def _start(path: Path, threads: int) -> Served:
    check_file(path)
    try:
        import xllamacpp  # noqa: PLC0415 - an extra
    except ImportError:
        raise ModelUnavailable(
            "the extra 'local' is not installed", hint="pip install 'interviewer[local]'"
        ) from None
    key = secrets.token_urlsafe(24)
    settings = xllamacpp.CommonParams()
    settings.model.path = str(path)
    settings.n_ctx = CONTEXT
    settings.n_parallel = 1
    settings.cpuparams.n_threads = settings.cpuparams_batch.n_threads = threads
    settings.hostnames = ["127.0.0.1"]
    settings.port = 0
    settings.api_keys = [key]
    settings.ui = False
    settings.verbosity = -1
    try:
        server = xllamacpp.Server(settings)
    except (RuntimeError, OSError) as error:
        raise ModelUnavailable(
            "llama.cpp cannot load this model",
            where=Where(str(path)),
            hint="The file may be cut off or too new; download it again, or take another.",
        ) from error
    return Served(server, f"{server.listening_address}/v1", key)


class GgufChat:
    """Implements `messages.ChatModel`. The model begins to load at once, in another thread; a call
    waits for it, and its deadline begins when the model is there.

    connect: makes the model that talks to a server, from its address and key.
    """

    def __init__(
        self,
        path: Path,
        connect: Callable[[str, str], ChatModel],
        threads: int | None = None,
    ):
        check_file(path)
        self._path = path
        self._connect = connect
        self._threads = threads
        self._model: ChatModel | None = None
        self._error: ModelError | None = None
        self._loader = threading.Thread(target=self._load, daemon=True)
        self._loader.start()

    @property
    def name(self) -> str:
        """ "gguf:" and the name of the file, without its folder."""
        return gguf_name(self._path)

    def _load(self) -> None:
        try:
            served = serve(self._path, self._threads)
            self._model = self._connect(served.base_url, served.key)
        except ModelError as error:
            self._error = error
        except Exception as error:  # it would be lost in this thread
            self._error = ModelUnavailable(f"'{self.name}' cannot be started: {error}")

    def chat(self, request: ChatRequest, on_text: Callable[[str], None] | None = None) -> ChatReply:
        """The reply. Raises ModelUnavailable if the model cannot be loaded."""
        self._loader.join()
        if self._model is None:
            assert self._error is not None
            raise copy(self._error)
        return self._model.chat(request, on_text)


def gguf_name(path: Path) -> str:
    """What a model file is called: not by its folder, which differs from machine to machine."""
    return f"gguf:{path.name}"
