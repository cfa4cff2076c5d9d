"""Chat models behind litellm, which speaks the protocols of nearly all providers; an extra."""

from __future__ import annotations

import logging
import os
import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from interviewer.chat import chat_wire
from interviewer.chat.addresses import plain_address
from interviewer.chat.call_loop import Emit, call_loop
from interviewer.chat.manners.api_keys import key_from
from interviewer.chat.manners.calling import Refused, call
from interviewer.chat.manners.capability_store import Learnt
from interviewer.chat.manners.complaints import inner_message
from interviewer.chat.messages import ChatReply, ChatRequest
from interviewer.common import libraries
from interviewer.common.scrub import keep_out, scrub
from interviewer.common.text import one_line
from interviewer.errors import BadReply, ModelBusy, ModelError, ModelTimeout, ModelUnavailable

STOLEN = ("1.82.7", "1.82.8")
"""Releases that carried a credential stealer."""

NO_KEY = "none"
"""Sent where a key is set to nothing but blanks, which no header can carry."""

_NOISE = re.compile(
    r"\blitellm\.\w+: | ssl:<[^>]*>|^(?:\w+Error: )?\w*Exception - |\s*Original exception: .*",
    re.MULTILINE,
)

_NO_PROVIDER = re.compile(r"LLM Provider NOT provided")
_NO_LIST = re.compile(r"'choices' that is not a list")
_NO_JSON = re.compile(r"Expecting value: line|JSONDecodeError|Extra data: line")
_NO_CONNECTION = re.compile(r"\AConnection error\.?\Z")
_UNREADABLE = re.compile(
    r"invalid response from LLM endpoint\. Received: (?P<reply>.*?)\. Check the reverse proxy"
    r"|Invalid response object Traceback|Received response - <APIResponse",
    re.DOTALL,
)
"""What it says of a reply that it could not take apart, with status 500, as if a server had failed."""


def check_release(release: str) -> None:
    """Raise ModelUnavailable for a release that must not be imported."""
    if release in STOLEN:
        raise ModelUnavailable(
            f"litellm {release} steals credentials and is not used",
            hint="Remove it, renew every key this machine held, then install another release.",
        )


def check_installed() -> None:
    """Raise ModelUnavailable if litellm is not installed or not to be trusted; imports nothing."""
    try:
        check_release(version("litellm"))
    except PackageNotFoundError:
        raise ModelUnavailable(
            "the extra 'litellm' is not installed", hint="pip install 'interviewer[litellm]'"
        ) from None


@lru_cache(maxsize=1)
def _litellm() -> Any:
    """The module, quiet."""
    check_installed()
    try:
        litellm = libraries.load("litellm")
    except ImportError as error:
        raise ModelUnavailable(
            f"litellm cannot be imported: {one_line(str(error), 200)}",
            hint="pip install 'interviewer[litellm]'",
        ) from None
    # Its types do not fit the odd replies of servers, which are checked here anyway.
    warnings.filterwarnings("ignore", category=UserWarning, module=r"pydantic\b")
    litellm.suppress_debug_info = True
    logging.getLogger("LiteLLM").setLevel(logging.CRITICAL)
    return litellm


class LiteLLMChat:
    """Implements `messages.ChatModel`. It retries nothing; see `chat_guard` for that.

    model: "PROVIDER/MODEL". Keys are those that litellm reads from the environment. A parameter
    that the provider does not know is an error of litellm's, never dropped in silence: a schema is
    then put in words, and log-probabilities are left out of the reply. learnt: how the model wants
    to be called, and where it is kept.
    """

    def __init__(
        self,
        model: str,
        base_url: str | None = None,
        *,
        seconds: float = 60.0,
        environ: Mapping[str, str] | None = None,
        learnt: Learnt | None = None,
    ):
        self._model = model
        self._base_url = base_url
        keep_out(base_url or "")
        self._seconds = seconds
        self._learnt = learnt or Learnt()
        named = f"{model.partition('/')[0].upper()}_API_KEY"
        environ = os.environ if environ is None else environ
        # Only where it is set: litellm knows of other names for the keys of some providers.
        self._key = key_from(environ, named) if named in environ else None
        if self._key is None and named in environ:
            self._key = NO_KEY

    @property
    def name(self) -> str:
        """ "litellm:PROVIDER/MODEL"."""
        return f"litellm:{self._model}"

    def chat(self, request: ChatRequest, on_text: Callable[[str], None] | None = None) -> ChatReply:
        """The reply. Raises ModelUnavailable (ModelBusy where another try may help), ModelTimeout
        or BadReply."""
        _litellm()
        seconds = self._seconds if request.seconds is None else request.seconds
        return call_loop().run(
            lambda emit: self._try(request, emit, seconds, stream=on_text is not None),
            seconds,
            on_text,
        )

    async def _try(
        self, request: ChatRequest, emit: Emit, seconds: float, *, stream: bool
    ) -> ChatReply:
        """One call, in whatever manner the provider takes."""

        async def send(body: dict[str, Any], thinks: bool) -> ChatReply:
            try:
                return await self._call(body, emit, seconds, request, thinks=thinks)
            except ModelError:
                raise
            except Exception as error:  # litellm raises what the libraries below it raise
                raise self._refusal(error, seconds) from None

        where = plain_address(self._base_url) if self._base_url else self.name
        return await call(self._model, request, self._learnt, send, stream=stream, address=where)

    async def _call(
        self,
        body: dict[str, Any],
        emit: Emit,
        seconds: float,
        request: ChatRequest,
        *,
        thinks: bool,
    ) -> ChatReply:
        litellm = _litellm()
        key = {"api_key": self._key} if self._key else {}
        got = await litellm.acompletion(
            **body,
            **key,
            base_url=self._base_url,
            timeout=seconds,
            num_retries=0,
            max_retries=0,
            drop_params=False,
        )
        if "stream" not in body:
            reply = chat_wire.read_reply(_plain(got), request, thinks=thinks)
            emit(reply.text)
            return self._priced(litellm, reply)
        reader = chat_wire.ReplyReader()
        async for piece in got:
            emit(reader.add(_plain(piece)))
        if not reader.ended:
            raise ModelBusy(f"the reply of '{self.name}' broke off", begun=True)
        return self._priced(litellm, reader.reply(request, thinks=thinks))

    def _priced(self, litellm: Any, reply: ChatReply) -> ChatReply:
        """With the money it took, where litellm knows the price."""
        used = reply.usage
        try:
            into, out = litellm.cost_per_token(
                model=self._model, prompt_tokens=used.tokens_in, completion_tokens=used.tokens_out
            )
            usage = used.model_copy(update={"cost": max(0.0, float(into) + float(out))})
        except Exception:  # litellm raises a plain Exception for a model without a price
            return reply
        return replace(reply, usage=usage)

    def _refusal(self, error: Exception, seconds: float) -> ModelError | Refused:
        kind = type(error).__name__
        said = inner_message(_NOISE.sub("", _NOISE.sub("", str(error))))
        shown = one_line(scrub(said), 200)
        where = plain_address(self._base_url) if self._base_url else self.name
        if kind == "Timeout" or isinstance(error, TimeoutError):
            return ModelTimeout(f"no reply of {where} within {seconds:.3g} seconds")
        if kind == "APIConnectionError":
            return ModelUnavailable(f"{where} cannot be reached: {shown}")
        if _NO_CONNECTION.search(said):
            return ModelBusy(f"{where} cannot be reached, or dropped the connection", begun=True)
        if _NO_PROVIDER.search(said):
            provider = self._model.partition("/")[0]
            return ModelUnavailable(
                f"litellm knows no provider '{one_line(scrub(provider), 40)}'",
                hint="Give litellm:PROVIDER/MODEL; a server that speaks OpenAI's protocol is"
                " openai:MODEL with --base-url.",
            )
        if _NO_LIST.search(said):  # it makes a failure of the server of it
            return BadReply(chat_wire.NO_CHOICES)
        if _NO_JSON.search(said):
            return BadReply("the server's reply is not JSON")
        if unreadable := _UNREADABLE.search(str(error)):  # and of a reply that is no completion
            return BadReply(_no_completion(unreadable["reply"]))
        status = getattr(error, "status_code", None)
        if isinstance(status, int):
            response = getattr(error, "response", None)
            headers = getattr(response, "headers", None)
            sent = headers or getattr(error, "litellm_response_headers", None) or {}
            return Refused(status, said, sent)
        return ModelUnavailable(f"{where} cannot be called: {kind}: {shown}")


def _no_completion(reply: str | None) -> str:
    """What is wrong with a reply, as litellm shows it; None where it does not."""
    if reply is None:
        return "the server's reply is no chat completion"
    shown = one_line(scrub(reply), 120)
    what = "is not JSON:" if reply[:1] in "'\"" else "is no chat completion:"
    return f"the server's reply {what} {shown}"


def _plain(got: Any) -> object:
    return got.model_dump() if hasattr(got, "model_dump") else got
