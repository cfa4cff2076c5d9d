"""Keys kept out of texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.chat.addresses import is_loopback, plain_address
from interviewer.common.scrub import hide_values, holds_key, key_names, scrub, scrub_data


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
        ("http://[broken", "an address that cannot be read", False),
        ("me:pass@127.0.0.1:80/v1?key=abc", "127.0.0.1:80/v1", False),
    ],
)
def test_addresses(url: str, shown: str, local: bool) -> None:
    assert plain_address(url) == shown
    assert is_loopback(url) is local
