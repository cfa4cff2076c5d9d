"""Chat models behind OpenAI's protocol: OpenAI itself, llama.cpp, LM Studio, vLLM, Ollama's /v1.

Import this only when such a model is used: the openai library takes most of a second.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import httpx
import openai

from interviewer.chat import chat_wire
from interviewer.chat.addresses import check_address, is_loopback, plain_address
from interviewer.chat.call_loop import Emit, call_loop
from interviewer.chat.chat_wire import MAX_REPLY_BYTES
from interviewer.chat.manners.api_keys import key_from
from interviewer.chat.manners.calling import Refused, call
from interviewer.chat.manners.capability_store import Learnt
from interviewer.chat.manners.complaints import message_of
from interviewer.chat.messages import ChatReply, ChatRequest
from interviewer.common.certificates import certificates
from interviewer.common.scrub import keep_out, scrub
from interviewer.errors import BadReply, ModelBusy, ModelError, ModelUnavailable

OPENAI = "https://api.openai.com/v1"
NO_KEY = "none"
CONNECT_SECONDS = 10.0
MAX_PACKED_BYTES = 200_000
"""Of a body that comes packed although none was asked for: it may be a thousand times as long."""

DONE = b"[DONE]"
"""The end of a stream, which some servers send without saying why the reply ended."""


class OpenAIChat:
    """Implements `messages.ChatModel`. It retries nothing; see `chat_guard` for that.

    base_url: None for OPENAI_BASE_URL of the environment, or OpenAI. key: None for OPENAI_API_KEY;
    a server on this machine needs none. seconds: for calls that say nothing of their own. learnt:
    how the model wants to be called, and where it is kept.
    """

    def __init__(
        self,
        model: str,
        base_url: str | None = None,
        *,
        key: str | None = None,
        seconds: float = 60.0,
        name: str | None = None,
        environ: Mapping[str, str] | None = None,
        learnt: Learnt | None = None,
    ):
        environ = os.environ if environ is None else environ
        address = base_url or environ.get("OPENAI_BASE_URL") or OPENAI
        check_address(address)
        keep_out(address)
        key = key or key_from(environ, "OPENAI_API_KEY")
        if not key and address.rstrip("/") == OPENAI:
            raise ModelUnavailable(
                f"'openai:{model}' needs a key, and OPENAI_API_KEY is not set",
                hint="Set it in the environment, or give --base-url for a server of your own.",
            )
        self._model = model
        self._name = name or f"openai:{model}"
        self._address = plain_address(address)
        self._seconds = seconds
        self._learnt = learnt or Learnt()
        outside = not is_loopback(address)
        self._client = openai.AsyncOpenAI(
            api_key=key or NO_KEY,
            base_url=address,
            max_retries=0,
            http_client=httpx.AsyncClient(
                trust_env=outside,  # no proxy between us and this machine
                verify=certificates(trust_env=outside),
                event_hooks={"response": [_cap]},
                headers={"Accept-Encoding": "identity"},
                timeout=httpx.Timeout(None, connect=CONNECT_SECONDS),
                follow_redirects=False,
            ),
        )
        # Here, since it imports much, which must not count against a deadline.
        self._create = self._client.chat.completions.with_streaming_response.create

    @property
    def name(self) -> str:
        """ "openai:MODEL"; the same model on another server has the same name."""
        return self._name

    def chat(self, request: ChatRequest, on_text: Callable[[str], None] | None = None) -> ChatReply:
        """The reply. Raises ModelUnavailable (ModelBusy where another try may help), ModelTimeout
        or BadReply."""
        seconds = self._seconds if request.seconds is None else request.seconds
        return call_loop().run(
            lambda emit: self._try(request, emit, stream=on_text is not None), seconds, on_text
        )

    async def _try(self, request: ChatRequest, emit: Emit, *, stream: bool) -> ChatReply:
        """One call, in whatever manner the server takes."""

        async def send(body: dict[str, Any], thinks: bool) -> ChatReply:
            try:
                return await self._call(body, emit, request, thinks=thinks)
            except openai.APIStatusError as error:
                raise Refused(error.status_code, _said(error), error.response.headers) from None

        try:
            return await call(
                self._model, request, self._learnt, send, stream=stream, address=self._address
            )
        except ModelError:
            raise
        except (openai.OpenAIError, httpx.HTTPError, OSError, ssl.SSLError) as error:
            raise self._lost(error) from None
        except (ValueError, TypeError, RecursionError, httpx.InvalidURL) as error:
            raise ModelUnavailable(
                f"{self._address} cannot be called: {scrub(str(error))}"
            ) from None

    async def _call(
        self, body: dict[str, Any], emit: Emit, request: ChatRequest, *, thinks: bool
    ) -> ChatReply:
        async with self._create(**body) as response:
            kind = response.headers.get("content-type", "")
            if "text/event-stream" not in kind:
                whole = chat_wire.read_body(await response.read())
                reply = chat_wire.read_reply(whole, request, thinks=thinks)
                emit(reply.text)
                return reply
            reader = chat_wire.ReplyReader()
            odd: BadReply | None = None
            done = False
            async for data in _events(response.iter_lines()):
                if odd is not None:
                    raise odd
                if data == DONE:
                    done = True
                    break
                try:
                    piece = chat_wire.read_body(data)
                except BadReply as error:
                    odd = error  # the last line of a stream may merely be cut off
                else:
                    emit(reader.add(piece))
            if not (reader.ended or done):
                raise ModelBusy(f"the reply of {self._address} broke off", begun=True)
            return reader.reply(request, thinks=thinks)

    def _lost(self, error: Exception) -> ModelError:
        causes = (error, error.__cause__)
        if any(isinstance(c, httpx.ConnectError | httpx.ConnectTimeout) for c in causes):
            return ModelUnavailable(
                f"nothing answers at {self._address}",
                hint="Start the server, or give its address with --base-url; "
                "'interviewer models' shows what is there.",
            )
        if any(isinstance(c, httpx.DecodingError) for c in causes):
            return BadReply("the server's reply is not packed as it says")
        if any(isinstance(c, httpx.HTTPError | OSError) for c in causes):
            return ModelBusy(f"{self._address} dropped the connection", begun=True)
        return ModelUnavailable(f"{self._address} cannot be called: {scrub(str(error))}")


def _said(error: openai.APIStatusError) -> str:
    body = error.body
    return message_of(body) or str(body or "")


async def _events(lines: AsyncIterator[str]) -> AsyncIterator[bytes]:
    """The data of server-sent events, `DONE` among them."""
    async for line in lines:
        if line.startswith("data:"):
            data = line[5:].strip()
            if data:
                yield data.encode("utf-8", "surrogatepass")


async def _cap(response: httpx.Response) -> None:
    assert isinstance(response.stream, httpx.AsyncByteStream)
    packed = response.headers.get("content-encoding", "identity") != "identity"
    response.stream = _Capped(response.stream, MAX_PACKED_BYTES if packed else MAX_REPLY_BYTES)


class _Capped(httpx.AsyncByteStream):
    """A body that ends with BadReply when it grows too long."""

    def __init__(self, body: httpx.AsyncByteStream, most: int):
        self._body = body
        self._most = most

    async def __aiter__(self) -> AsyncIterator[bytes]:
        read = 0
        async for chunk in self._body:
            read += len(chunk)
            if read > self._most:
                raise chat_wire.too_long(self._most)
            yield chunk

    async def aclose(self) -> None:
        await self._body.aclose()
