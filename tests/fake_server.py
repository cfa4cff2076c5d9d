"""A chat server on loopback that does as a script says, good or bad.

It speaks OpenAI's protocol and, by `kind`, what llama.cpp, Ollama, LM Studio and vLLM add to it.
A script is a list of answers (`fake_answers` has many), texts or functions of the request; when it
is used up, `default` answers.

    with FakeServer(["Hello.", TOO_MANY, Answer(hang=True)]) as server:
        chat = OpenAIChat("fake", server.url)
        ...
        server.requests[0]["messages"]
"""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Literal, Self

from fake_answers import LOADING, Answer, raw, refusal

Kind = Literal["llama.cpp", "Ollama", "LM Studio", "vLLM", "plain"]


Scripted = Answer | str | Callable[[dict[str, Any]], "Answer | str"]


class FakeServer:
    """The server; listens from `__enter__` to `__exit__`.

    context: the window in tokens; a token is a word. truncates: a longer prompt is cut without a
    word, as Ollama does, where others refuse it. schema: what becomes of a schema asked for;
    "json_object" is what takes no schema but promises some JSON.
    loading: how many requests are told that the model still loads. key: what it wants to see.
    `left` counts the clients that did not wait for the end of an answer.
    """

    def __init__(
        self,
        script: Iterable[Scripted] = (),
        *,
        default: Scripted = "Yes.",
        kind: Kind = "plain",
        models: tuple[str, ...] = ("fake",),
        context: int = 8192,
        truncates: bool = False,
        schema: Literal["obeyed", "ignored", "json_object", "refused"] = "obeyed",
        logprobs: bool = True,
        loading: int = 0,
        key: str | None = None,
    ):
        self.script = list(script)
        self.default = default
        self.kind = kind
        self.models = models
        self.context = context
        self.truncates = truncates
        self.schema = schema
        self.logprobs = logprobs
        self.loading = loading
        self.key = key
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.left = 0
        self.closing = threading.Event()
        self.lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._server.block_on_close = False

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    @property
    def url(self) -> str:
        """The base URL for clients, with /v1."""
        return f"http://127.0.0.1:{self.port}/v1"

    def __enter__(self) -> Self:
        poll = {"poll_interval": 0.01}
        threading.Thread(target=self._server.serve_forever, kwargs=poll, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()

    def next_answer(self, body: dict[str, Any]) -> Answer:
        """What the script says to that call."""
        with self.lock:
            self.requests.append(body)
            scripted = self.script.pop(0) if self.script else None
        if scripted is None:
            scripted = self._obedient(body) or self.default
        if callable(scripted):
            scripted = scripted(body)
        answer = Answer(text=scripted) if isinstance(scripted, str) else scripted
        if body.get("logprobs") and self.logprobs and answer.alternatives is None:
            word = answer.text.split()[0] if answer.text.split() else ""
            answer = _with(answer, alternatives=((word, -0.1), ("No", -2.4)))
        return answer

    def _obedient(self, body: dict[str, Any]) -> Answer | None:
        words = sum(len(str(m["content"]).split()) for m in body.get("messages", []))
        if words > self.context and not self.truncates:
            return refusal(400, "the request exceeds the available context size")
        usage = (min(words, self.context), 3)
        form = body.get("response_format", {})
        asked = form.get("json_schema", {}).get("schema")
        if (self.schema == "refused" and form) or (self.schema == "json_object" and asked):
            return refusal(400, f"'response_format' of type {form['type']} is not supported")
        if asked and self.schema == "obeyed":
            return Answer(text=json.dumps(instance(asked)), usage=usage)
        if isinstance(self.default, str):
            return Answer(text=self.default, usage=usage)
        return None


def instance(schema: Mapping[str, Any]) -> Any:
    """Some value that obeys a simple JSON Schema; of a judge, one that gives nothing."""
    if "enum" in schema:
        return "unmet" if "unmet" in schema["enum"] else schema["enum"][0]
    kind = schema.get("type")
    if kind == "object":
        return {name: instance(part) for name, part in schema.get("properties", {}).items()}
    if kind == "array":
        return [instance(schema.get("items", {}))]
    return {"integer": 1, "number": 0.5, "boolean": True}.get(str(kind), "text")


def _with(answer: Answer, **changed: Any) -> Answer:
    return Answer(**{**answer.__dict__, **changed})


def completion(answer: Answer) -> dict[str, Any]:
    """The whole body of an answer."""
    choice: dict[str, Any] = {
        "index": 0,
        "message": {"role": "assistant", "content": answer.text, **answer.message},
        "finish_reason": answer.finish,
        **answer.choice,
    }
    if answer.alternatives:
        choice["logprobs"] = _logprobs(answer.alternatives)
    body: dict[str, Any] = {"object": "chat.completion", "model": "fake", "choices": [choice]}
    body |= {"id": "chatcmpl-1", "created": 1}
    if answer.usage:
        body["usage"] = _usage(answer.usage)
    return body


def pieces(answer: Answer) -> Iterable[dict[str, Any]]:
    """The chunks of a stream, a word each."""
    head = {"object": "chat.completion.chunk", "model": "fake", "id": "chatcmpl-1", "created": 1}
    if answer.message:
        delta = {"role": "assistant", "content": "", **answer.message}
        yield {**head, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]}
    words = answer.text.split(" ")
    for at, word in enumerate(words):
        delta = {"content": word if at == 0 else f" {word}"}
        choice: dict[str, Any] = {"index": 0, "delta": delta, "finish_reason": None}
        if answer.alternatives and at == 0:
            choice["logprobs"] = _logprobs(answer.alternatives)
        yield {**head, "choices": [choice]}
    if answer.finish:
        yield {**head, "choices": [{"index": 0, "delta": {}, "finish_reason": answer.finish}]}
    if answer.usage:
        yield {**head, "choices": [], "usage": _usage(answer.usage)}


def _usage(taken: tuple[int, int]) -> dict[str, int]:
    return {
        "prompt_tokens": taken[0],
        "completion_tokens": taken[1],
        "total_tokens": sum(taken),
    }


def _logprobs(alternatives: tuple[tuple[str, float], ...]) -> dict[str, Any]:
    top = [{"token": token, "logprob": value, "bytes": None} for token, value in alternatives]
    return {"content": [{**top[0], "top_logprobs": top}]}


def _facts(server: FakeServer) -> dict[str, Any]:
    """What each kind of server tells of itself, by path."""
    rows = [
        {"id": name, "object": "model", "created": 1, "owned_by": "x"} for name in server.models
    ]
    if server.kind == "vLLM":
        rows = [{**row, "max_model_len": server.context} for row in rows]
    found: dict[str, Any] = {"/v1/models": {"object": "list", "data": rows}}
    if server.kind == "llama.cpp":
        found["/health"] = {"status": "ok"}
        found["/props"] = {"default_generation_settings": {"n_ctx": server.context}}
    if server.kind == "Ollama":
        loaded = [{"name": n, "model": n, "context_length": server.context} for n in server.models]
        found["/api/version"] = {"version": "0.12.11"}
        found["/api/ps"] = {"models": loaded[:1]}
    if server.kind == "LM Studio":
        found["/api/v0/models"] = {
            "data": [
                {"id": n, "state": "loaded", "loaded_context_length": server.context}
                for n in server.models
            ]
        }
    return found


def _handler(server: FakeServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Be quiet."""

        def do_GET(self) -> None:
            if self._refused():
                return
            data = _facts(server).get(self.path)
            found = raw(data) if data is not None else refusal(404, "no such path")
            self._send(found, found.body or b"")

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = json.loads(self.rfile.read(length))
            if self._refused():
                return
            server.headers.append(dict(self.headers))
            self._answer(server.next_answer(body), stream=bool(body.get("stream")))

        def _refused(self) -> bool:
            given = self.headers.get("Authorization")
            if server.key is not None and given != f"Bearer {server.key}":
                wanted = refusal(401, f"Incorrect API key provided: {given}")
                self._send(wanted, wanted.body or b"")
                return True
            with server.lock:
                loading, server.loading = server.loading > 0, max(0, server.loading - 1)
            if loading:
                self._send(LOADING, LOADING.body or b"")
            return loading

        def _answer(self, answer: Answer, *, stream: bool) -> None:
            if answer.hang:
                server.closing.wait(30)
            elif answer.reset:
                linger = struct.pack("ii", 1, 0)
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                self.connection.close()
            elif answer.body is not None:
                self._send(answer, answer.body)
            elif stream:
                events = [f"data: {json.dumps(piece)}\n\n" for piece in pieces(answer)]
                done = bool(answer.finish) if answer.done is None else answer.done
                text = "".join([*events, "data: [DONE]\n\n"]) if done else "".join(events)
                self._send(_with(answer, kind="text/event-stream"), text.encode())
            else:
                self._send(answer, json.dumps(completion(answer)).encode())

        def _send(self, answer: Answer, body: bytes) -> None:
            try:
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.kind)
                if "event-stream" not in answer.kind:
                    self.send_header("Content-Length", str(len(body)))
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                if not answer.dribble:
                    self.wfile.write(body[: answer.cut])
                    return
                for byte in body[: answer.cut]:
                    self.wfile.write(bytes([byte]))
                    if server.closing.wait(answer.dribble):
                        return
            except OSError:  # the client left, as it does at its deadline
                with server.lock:
                    server.left += 1

        def finish(self) -> None:
            try:
                super().finish()
            except (OSError, ValueError):
                """The connection was closed on purpose."""

    return Handler


def wait_until(true: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait for something that another thread brings about."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.005)
