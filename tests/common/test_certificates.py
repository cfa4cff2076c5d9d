"""Certificates are read once, and again where the environment names others."""

from __future__ import annotations

import ssl
from pathlib import Path

import certifi
import pytest

from interviewer.common.certificates import certificates

PEM = "-----END CERTIFICATE-----\n"


@pytest.fixture
def one_only(tmp_path: Path) -> Path:
    """The first of the certificates that come with certifi."""
    first, end, _ = Path(certifi.where()).read_text("utf-8").partition(PEM)
    path = tmp_path / "one.pem"
    path.write_text(first + end, "utf-8")
    return path


def test_all_share_what_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    found = certificates(trust_env=True)
    assert found is certificates(trust_env=True)
    assert found.verify_mode is ssl.CERT_REQUIRED
    assert found.check_hostname
    assert len(found.get_ca_certs()) > 50


def test_what_the_environment_names_now_is_heeded_where_it_may_be(
    monkeypatch: pytest.MonkeyPatch, one_only: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(one_only))
    assert len(certificates(trust_env=True).get_ca_certs()) == 1
    assert len(certificates(trust_env=False).get_ca_certs()) > 50
    monkeypatch.delenv("SSL_CERT_FILE")
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    assert len(certificates(trust_env=True).get_ca_certs()) > 50
