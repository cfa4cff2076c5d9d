"""Documents that may be broken anywhere: sound ones spoilt, and plain noise."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

SCALARS: list[Any] = [
    None, True, False, 0, -1, 1, 1.5, "", " ", "x", "1_0", "true", "١", "\ud800", "a\x00b", "\u202e",
    10**30, 10**400, -(10**30), 1e308, 1e-308, float("nan"), float("inf"), 86_401, 100_001,
    "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2025-01-01T00:00:00", "1-999999999",
    "x" * 3000, [], {}, [[]], [None], {"": None}, {"id": 1},
]  # fmt: skip
TOKENS = [
    b"[", b"]", b"{", b"}", b":", b",", b'"', b"'", b"- ", b"\n", b"\r\n", b"\n\n", b" ", b"\t", b"\x00",
    b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"null", b"true", b"NaN", b"Infinity", b"1e999", b"-0", b"1_0",
    b"9" * 40, b"9" * 5000, b"\\ud800", b"\\u0000", b"&a ", b"*a", b"<<: ", b"!!set ", b"? ", b"| ", b"> ",
    b"# ", b"---\n", b"...\n", b"%YAML 9.9\n", b"%TAG ! x\n", b"a.b.c = 1\n", b"[[x]]\n", b"\xed\xa0\x80",
    b"1979-05-27T07:32:00Z", b"0x_", b'"""', b"'''", b"seconds", b"question", b"verdict", b"\xe2\x80\xa8",
]  # fmt: skip
OPENERS = [b"[", b"{", b'{"a":', b"- ", b"[[", b"a: ", b"? ", b"(", b'"', b"a.", b"\n ", b"> "]


def spoilt(seeds: tuple[bytes, ...]) -> st.SearchStrategy[bytes]:
    """A sound document with a few things done to it, or noise."""
    seed = st.sampled_from(seeds)
    return st.one_of(
        st.builds(_apply, seed, st.lists(_EDITS, min_size=1, max_size=4)),
        st.builds(_retyped, seed, st.lists(_CHANGES, min_size=1, max_size=3)),
        st.builds(_apply, st.binary(max_size=300), st.lists(_EDITS, max_size=2)),
        st.builds(b"".join, st.lists(st.sampled_from(TOKENS), max_size=40)),
        st.builds(lambda opener, n, tail: opener * n + tail, st.sampled_from(OPENERS),
                  st.sampled_from([20, 60, 500, 3000]), st.sampled_from([b"", b"1", b"]" * 3000])),
    )  # fmt: skip


_PLACE = st.floats(0, 1)
_EDITS = st.one_of(
    st.tuples(st.just("flip"), _PLACE, st.integers(0, 255)),
    st.tuples(st.just("cut"), _PLACE, _PLACE),
    st.tuples(st.just("end"), _PLACE, st.just(0)),
    st.tuples(st.just("put"), _PLACE, st.sampled_from(TOKENS)),
    st.tuples(st.just("twice"), _PLACE, _PLACE),
    st.tuples(st.just("swap"), _PLACE, _PLACE),
    st.tuples(st.just("deep"), _PLACE, st.sampled_from([10, 100, 2000])),
    st.tuples(st.just("utf16"), st.just(0), st.sampled_from(["utf-16", "utf-16-le", "utf-32"])),
)
_CHANGES = st.tuples(st.integers(0, 10**6), st.sampled_from(SCALARS), st.integers(0, 3))


def _apply(data: bytes, edits: list[tuple[str, float, Any]]) -> bytes:
    for what, place, more in edits:
        at = int(place * len(data))
        match what:
            case "flip" if data:
                at = min(at, len(data) - 1)
                data = data[:at] + bytes([more]) + data[at + 1 :]
            case "cut":
                data = data[:at] + data[at + int(more * 40) :]
            case "end":
                data = data[:at]
            case "put":
                data = data[:at] + more + data[at:]
            case "twice":
                part = data[at : at + int(more * 200)]
                data = data[:at] + part + data[at:]
            case "swap":
                lines = data.split(b"\n")
                i, j = int(place * (len(lines) - 1)), int(more * (len(lines) - 1))
                lines[i], lines[j] = lines[j], lines[i]
                data = b"\n".join(lines)
            case "deep":
                data = data[:at] + b"[" * more + b"]" * more + data[at:]
            case "utf16":
                data = data.decode("latin-1").encode(more)
    return data


def _retyped(data: bytes, changes: list[tuple[int, Any, int]]) -> bytes:
    """The lines that are JSON with values in them replaced, dropped or doubled."""
    lines = data.split(b"\n")
    for where, value, how in changes:
        at = where % len(lines)
        try:
            row = json.loads(lines[at])
        except ValueError:
            text = lines[at].partition(b":")[0] or lines[at].partition(b"=")[0]
            sign = b" = " if b"=" in lines[at] else b": "
            lines[at] = text + sign + json.dumps(value).encode()
            continue
        places = list(_places(row))
        if not places:
            continue
        holder, key = places[where // len(lines) % len(places)]
        if how == 0 and isinstance(holder, dict):
            del holder[key]
        elif how == 1 and isinstance(holder, list):
            holder.extend([value] * 3)
        elif how == 2 and isinstance(holder, dict):
            holder["added"] = value
        else:
            holder[key] = value
        lines[at] = json.dumps(row).encode()
    return b"\n".join(lines)


def _places(value: Any) -> Any:
    if isinstance(value, dict):
        for key, child in value.items():
            yield value, key
            yield from _places(child)
    elif isinstance(value, list):
        for at, child in enumerate(value):
            yield value, at
            yield from _places(child)
