"""Whom to trust on the web: read once, since that takes longer than a call to this machine."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl


def certificates(*, trust_env: bool) -> ssl.SSLContext:
    """What httpx itself would trust, shared by all its clients; threads and loops may share it too.

    trust_env: heed SSL_CERT_FILE and SSL_CERT_DIR, as they are now.
    """
    places = [os.environ.get(name) for name in ("SSL_CERT_FILE", "SSL_CERT_DIR")]
    return _read(trust_env, *places) if trust_env else _read(trust_env, None, None)


@lru_cache(maxsize=4)
def _read(trust_env: bool, _file: str | None, _folder: str | None) -> ssl.SSLContext:
    import httpx  # noqa: PLC0415 - takes a fifth of a second

    return httpx.create_ssl_context(trust_env=trust_env)
