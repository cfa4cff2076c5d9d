"""Every client against one misbehaving server: what comes of it is in one table for all of them."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec

import pytest
from fake_server import FakeServer
from misbehaving import CLIENTS, outcome, table
from samples import ROOT

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "ignore::DeprecationWarning")

KEY = "sk-test-0123456789abcdef"


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


@pytest.fixture(params=CLIENTS)
def client(request: pytest.FixtureRequest) -> str:
    if request.param == "litellm" and find_spec("litellm") is None:
        pytest.skip("needs the extra 'litellm' (make test installs it)")
    return str(request.param)


@pytest.mark.parametrize("does", [behaviour.does for behaviour in table()])
def test_what_comes_of_it(does: str, client: str) -> None:
    (behaviour,) = (b for b in table() if b.does == does)
    with FakeServer(default=behaviour.reply, schema="ignored") as server:
        found = outcome(client, behaviour, server)
    wanted = behaviour.comes
    if behaviour.again is not None:
        wanted += f" / {behaviour.again}"
    assert re.sub(r"[\d,]+ words", "N words", found) == wanted


def test_the_page_says_what_the_table_says() -> None:
    code = "import make_judges_matrix as m; print(m.page() == m.PAGE.read_text('utf-8'))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "docs", capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "True", done.stderr or "run 'make judges-matrix'"
