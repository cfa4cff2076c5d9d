"""Keys kept out of texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.chat.addresses import is_loopback, plain_address
from interviewer.common.scrub import (
    hide_values,
    holds_key,
    keep_out,
    key_names,
    scrub,
    scrub_data,
    secrets_in,
)
from interviewer.common.text import is_seen


@given(
    st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=8, max_size=40),
    st.sampled_from(["OPENAI_API_KEY", "HF_TOKEN", "AWS_SECRET_ACCESS_KEY", "x_api_key"]),
    st.text(max_size=20),
)
def test_the_value_of_a_key_is_never_left(value: str, name: str, around: str) -> None:
    assert value not in scrub(f"{around} {value}, {value}", {name: value}).replace("[key]", "")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Authorization: Bearer abc.def-123", "Authorization: Bearer [key]"),
        ("'authorization': 'bearer xyz'", "'authorization': 'bearer [key]'"),
        ("given sk-proj-abcdefghijkl0123", "given [key]"),
        ("http://me:pass@host/v1", "http://host/v1"),
        ("a risk-free sketch", "a risk-free sketch"),
        ("bad key Basic Ym9iOmh1bnRlcjI=", "bad key Basic [key]"),
        ('"authorization": "basic Ym9iOmh1bnRlcjI="', '"authorization": "basic [key]"'),
        ("a basic idea of Basic authentication", "a basic idea of Basic authentication"),
        ('WWW-Authenticate: Basic realm="here"', 'WWW-Authenticate: Basic realm="here"'),
    ],
)
def test_what_looks_like_a_key_goes(text: str, shown: str) -> None:
    assert scrub(text, {}) == shown


def test_a_key_in_the_environment_goes_where_the_rest_is_left_as_it_is() -> None:
    said = 'a bearer "token", http://me:pass@host and abc-123456'
    hidden = 'a bearer "token", http://me:pass@host and [key]'
    assert hide_values(said, {"OPENAI_API_KEY": "abc-123456"}) == hidden


def test_data_keeps_its_shape() -> None:
    data = {"a": ['a bearer "x"', 1, None, ("given sk-proj-abcdefghijkl0123", True)]}
    shown = {"a": ['a bearer "x"', 1, None, ["given [key]", True]]}
    assert scrub_data(data) == shown


def test_short_values_are_place_holders() -> None:
    assert scrub("none of it", {"OPENAI_API_KEY": "none"}) == "none of it"


@given(
    st.text(
        st.characters(codec="utf-8", categories=("L", "N", "S")), min_size=8, max_size=20
    ).filter(lambda text: all(map(is_seen, text))),
    st.sampled_from(["", "\u200b", " ", "\n", "\u2060\ufeff"]),
)
def test_gaps_hide_no_key(value: str, within: str) -> None:
    hidden = hide_values(f"<< {within.join(value)} >>", {"X_TOKEN": value})
    assert hidden == "<< [key] >>"


def test_only_what_is_a_key_goes() -> None:
    environ = {"OPENAI_API_KEY": "abc-123456"}
    said = "abc-12345 and abc 123456\u200b, 👩\u200d🔬 \\u200b stay as they are"
    assert hide_values(said, environ) == said
    assert hide_values("İİ abc-123456 İ", environ) == "İİ [key] İ"


def test_secrets_of_addresses() -> None:
    address = "https://ann:p%40ssword@h/4f9c1b7ad02e88e1/v1?api_key=qqqqqq&version=2024-02-01"
    assert secrets_in(address) == {
        "p@ssword", "p%40ssword", "ann:p@ssword", "4f9c1b7ad02e88e1", "qqqqqq"
    }  # fmt: skip
    assert secrets_in("http://[broken") == secrets_in("http://127.0.0.1:80/v1") == frozenset()
    hidden = hide_values("via p@ssword", {"HTTPS_PROXY": address})
    assert hidden == "via [key]"


def test_a_name_goes_from_errors_but_from_no_answer() -> None:
    keep_out("http://zed:qq7@127.0.0.1/v1")
    assert scrub("user zed with qq7, not zedoary", {}) == "user [key] with [key], not zedoary"
    assert hide_values("user zed", {}) == scrub_data("user zed") == "user zed"
    assert scrub("zed:qq7", {}) == hide_values("zed:qq7", {}) == "[key]"


def test_names_of_keys() -> None:
    environ = {"OPENAI_API_KEY": "a", "GITHUB_TOKEN": "b", "EMPTY_API_KEY": "", "KEYBOARD": "c"}
    assert sorted(key_names(environ)) == ["GITHUB_TOKEN", "OPENAI_API_KEY"]


def test_a_key_in_a_value() -> None:
    assert holds_key("openai:sk-abcdefghijklmnop")
    assert not holds_key("openai:gpt-4o-mini")


@pytest.mark.parametrize(
    ("url", "shown", "local"),
    [
        ("http://127.0.0.1:8080/v1/", "http://127.0.0.1:8080/v1", True),
        ("https://u:p@api.example.org/v1?key=abc#x", "https://api.example.org/v1", False),
        ("http://[::1]:80/v1", "http://[::1]:80/v1", True),
        ("http://127.0.0.1.example.org/v1", "http://127.0.0.1.example.org/v1", False),
        (
            "https://api.example.org/sk-abcdefghijkl0123/v1",
            "https://api.example.org/[key]/v1",
            False,
        ),
        ("https://example.org/4f9c1b7ad02e88e1/v1", "https://example.org/[key]/v1", False),
        ("https://example.org/secrettoken/v1", "https://example.org/[key]/v1", False),
        (
            "https://h/openai/gpt-4o-mini-2024-07-18/v1",
            "https://h/openai/gpt-4o-mini-2024-07-18/v1",
            False,
        ),
        ("http://[broken", "an address that cannot be read", False),
        ("me:pass@127.0.0.1:80/v1?key=abc", "127.0.0.1:80/v1", False),
    ],
)
def test_addresses(url: str, shown: str, local: bool) -> None:
    assert plain_address(url) == shown
    assert is_loopback(url) is local
