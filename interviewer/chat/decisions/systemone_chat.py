"""Decision models behind the System One protocol: llama.cpp's server, TypeSafe and others.

Source: "POST /v1/systemone: TypeSafe-compatible System One API" in
https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md, after
https://docs.typesafe.ai/api. The request holds `state` (text or JSON), `questions` (by id: `type`,
`instructions`, and for "noul" optional `criteria` of `true` and `false`) and `model`; the reply holds
`answers` (by id; of a "noul" `noul`, the probability that it is true) and `usage` (`input_tokens`).
Tried against a stub that answers so; no model of the kind was at hand.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from interviewer.chat import chat_wire
from interviewer.chat.addresses import check_address, is_loopback, plain_address
from interviewer.chat.call_loop import call_loop
from interviewer.chat.http_refusal import refusal
from interviewer.chat.manners.api_keys import key_from
from interviewer.chat.manners.complaints import inner_message
from interviewer.chat.messages import ChatReply, ChatRequest, Usage
from interviewer.common.certificates import certificates
from interviewer.common.scrub import keep_out
from interviewer.errors import BadReply, ModelBusy, ModelUnavailable

USUAL = "http://127.0.0.1:8080/v1"
"""Where llama.cpp's server listens unless it is told otherwise."""

KEY = "SYSTEMONE_API_KEY"


class SystemOneChat:
    """Implements `messages.ChatModel`, so that deadline, budget and records hold for it as for others.

    The last message is the JSON of `state` and `questions`, the reply is the JSON of `answers`;
    nothing else of the request is sent. It retries nothing; see `chat_guard` for that. The key, where
    a server wants one, is SYSTEMONE_API_KEY of the environment.
    """

    def __init__(
        self,
        model: str,
        base_url: str | None = None,
        *,
        seconds: float = 60.0,
        environ: Mapping[str, str] | None = None,
    ):
        address = base_url or USUAL
        check_address(address)
        keep_out(address)
        self._model = model
        self._url = f"{address.rstrip('/')}/systemone"
        self._shown = plain_address(address)
        self._key = key_from(os.environ if environ is None else environ, KEY)
        self._seconds = seconds
        self._outside = not is_loopback(address)
        self._trusted = certificates(trust_env=self._outside)

    @property
    def name(self) -> str:
        """ "systemone:MODEL"; the same model on another server has the same name."""
        return f"systemone:{self._model}"

    def chat(self, request: ChatRequest, on_text: Callable[[str], None] | None = None) -> ChatReply:
        """The answers. Raises ModelUnavailable (ModelBusy where another try may help), ModelTimeout
        or BadReply."""
        seconds = self._seconds if request.seconds is None else request.seconds
        body = {**json.loads(request.messages[-1].text), "model": self._model}
        reply = call_loop().run(lambda _: self._call(body), seconds)
        if on_text is not None:
            on_text(reply.text)
        return reply

    async def _call(self, body: dict[str, Any]) -> ChatReply:
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        client = httpx.AsyncClient(trust_env=self._outside, verify=self._trusted, timeout=None)
        try:
            async with (
                client,
                client.stream("POST", self._url, json=body, headers=headers) as response,
            ):
                data = b""
                async for chunk in response.aiter_bytes():
                    data += chunk
                    if len(data) > chat_wire.MAX_REPLY_BYTES:
                        raise chat_wire.too_long()
        except httpx.ConnectError:
            raise ModelUnavailable(
                f"nothing answers at {self._shown}",
                hint="Start llama-server with a decision model, or give --base-url.",
            ) from None
        except httpx.HTTPError:
            raise ModelBusy(f"{self._shown} dropped the connection") from None
        if response.status_code != 200:
            said = inner_message(data[: chat_wire.MOST_LOOKED_AT].decode("utf-8", "replace"))
            raise refusal(response.status_code, said, response.headers, self._model, self._shown)
        return _read(chat_wire.read_body(data))


def _read(data: object) -> ChatReply:
    answers = data.get("answers") if isinstance(data, Mapping) else None
    if not isinstance(data, Mapping) or not isinstance(answers, Mapping):
        raise BadReply(
            "the server's reply holds no 'answers'", hint="Is it a decision model's address?"
        )
    used = data.get("usage")
    tokens = used.get("input_tokens") if isinstance(used, Mapping) else 0
    usage = Usage(tokens_in=tokens) if isinstance(tokens, int) and tokens >= 0 else Usage()
    return ChatReply(json.dumps(answers), usage)
