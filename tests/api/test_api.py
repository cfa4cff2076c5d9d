"""The face for other Python programs, and the examples that show it."""

from __future__ import annotations

import doctest
import subprocess
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

import pytest
from class_parts import BANK
from samples import PYTHON, ROOT

import interviewer
from interviewer import api


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, home: dict[str, str], tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", home["XDG_CACHE_HOME"])
    monkeypatch.chdir(tmp_path)


def test_the_examples_hold() -> None:
    told = doctest.testmod(api)
    shown = doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False)
    assert (told.failed, shown.failed) == (0, 0)
    assert told.attempted >= 3
    assert shown.attempted >= 8


def test_the_face_names_what_is_kept_stable() -> None:
    assert interviewer.__all__ == api.__all__
    for name in api.__all__:
        assert getattr(interviewer, name) is getattr(api, name)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = interviewer.nothing  # type: ignore[attr-defined]


def test_importing_it_loads_nothing() -> None:
    code = (
        "import interviewer, sys; print(*(n for n in sys.modules if n.startswith('interviewer')))"
    )
    loaded = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, check=True).stdout
    assert loaded.split() == ["interviewer"]


def test_rows_come_as_answers_do() -> None:
    """An endless stream of answers is graded as it comes; what is no answer has a row too."""

    def stream() -> Iterator[tuple[int, str]]:
        for number in count():
            yield 1, f"number {number}"

    rows = interviewer.grade(stream(), BANK, grader="overlap", workers=1)
    assert [row.line for row in islice(rows, 200)] == list(range(1, 201))
    rows.close()
    odd = list(interviewer.grade([7, (1, 2), {"q": 1}], BANK, grader="overlap"))  # type: ignore[list-item]
    assert [row.reason for row in odd if isinstance(row, api.UngradedRow)] == [
        "a int is no answer", "the answer is no text", "there is no answer",
    ]  # fmt: skip
