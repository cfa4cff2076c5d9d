"""A real, small language model on llama.cpp: `make test-models`."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from samples import PYTHON, ROOT

from interviewer.chat import gguf_server
from interviewer.chat.manners.capability import Capability, Manner
from interviewer.chat.messages import ChatModel, ChatRequest, Message
from interviewer.chat.model_probe import probe
from interviewer.errors import ModelTimeout, ModelUnavailable
from interviewer.specs.capabilities import capability_of, probed
from interviewer.specs.model_specs import ModelOptions, make_chat

sys.path.insert(0, str(ROOT / "benchmarks"))
from fetch_models import MODELS, default_folder, fetch

pytestmark = [pytest.mark.models, pytest.mark.timeout(600)]
OPTIONS = ModelOptions(deadline=300)
SCHEMA = {
    "type": "object",
    "properties": {"verdict": {"enum": ["met", "unmet"]}, "sure": {"type": "integer"}},
    "required": ["verdict", "sure"],
    "additionalProperties": False,
}


def ask(text: str, **fields: Any) -> ChatRequest:
    return ChatRequest((Message("user", text),), **{"max_tokens": 24, **fields})


@pytest.fixture(scope="module")
def path() -> Path:
    return fetch(next(m for m in MODELS if m.name == "smollm2-135m"), default_folder())


@pytest.fixture(scope="module")
def small(path: Path) -> Iterator[ChatModel]:
    yield make_chat(f"gguf:{path}", OPTIONS)
    gguf_server.stop_all()


def test_it_answers_the_same_each_time(small: ChatModel) -> None:
    replies = [small.chat(ask("Name a colour.")) for _ in range(2)]
    assert replies[0].text.strip()
    assert replies[0].text == replies[1].text
    assert 0 < replies[0].usage.tokens_out <= 24
    assert replies[0].usage.tokens_in > 3


def test_it_streams(small: ChatModel) -> None:
    pieces: list[str] = []
    reply = small.chat(ask("Count from one to ten in words."), pieces.append)
    assert len([p for p in pieces if p]) > 3
    assert "".join(pieces) == reply.text


def test_it_gives_log_probabilities(small: ChatModel) -> None:
    reply = small.chat(ask("Is water wet? Say yes or no.", max_tokens=1, top_logprobs=5))
    assert len(reply.alternatives) == 5
    values = [value for _, value in reply.alternatives]
    assert values == sorted(values, reverse=True)
    assert 0.1 < sum(map(math.exp, values)) <= 1.001


def test_it_obeys_a_schema(small: ChatModel) -> None:
    found = json.loads(small.chat(ask("Good morning!", schema=SCHEMA, max_tokens=60)).text)
    assert set(found) == {"verdict", "sure"}
    assert found["verdict"] in ("met", "unmet")
    assert isinstance(found["sure"], int)


def test_many_threads_may_ask_at_once(small: ChatModel) -> None:
    found: dict[int, str] = {}

    def one(number: int) -> None:
        found[number] = small.chat(ask(f"Repeat: {number}{number}{number}")).text

    threads = [threading.Thread(target=one, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    assert len(found) == 6
    assert found[2] == small.chat(ask("Repeat: 222")).text


def test_a_prompt_beyond_the_window_is_refused_not_cut(small: ChatModel) -> None:
    with pytest.raises(ModelUnavailable, match="does not fit into the context window"):
        small.chat(ask("word " * 9000))


def test_a_call_given_up_frees_the_server(small: ChatModel) -> None:
    with pytest.raises(ModelTimeout):
        small.chat(ask("Write a long story.", max_tokens=4000, seconds=1.0))
    assert small.chat(ask("Say yes.", max_tokens=4)).text


def test_everything_works_that_is_probed(small: ChatModel) -> None:
    found = probe(small, Capability(spec="gguf:small"))
    assert found.schema_held is True
    assert found.logprobs is True
    assert (found.tokens_per_second or 0) > 0


def test_a_record_says_how_it_judges(path: Path, tmp_path: Path) -> None:
    found = probed(f"gguf:{path}", replace(OPTIONS, known=tmp_path))
    assert found.problem is None
    assert found.whole is not None
    assert found.logprobs is True
    assert found.manner == Manner()  # llama.cpp takes all that is asked of it
    assert capability_of(f"gguf:{path}", replace(OPTIONS, known=tmp_path)) == found


def test_nobody_else_may_use_the_server(path: Path, small: ChatModel) -> None:
    small.chat(ask("Hello", max_tokens=1))
    served = gguf_server.serve(path)
    assert served.base_url.startswith("http://127.0.0.1:")
    body = {"messages": [{"role": "user", "content": "Hi"}], "max_tokens": 1}
    answer = httpx.post(f"{served.base_url}/chat/completions", json=body, trust_env=False)
    assert answer.status_code == 401


def test_one_server_serves_all_who_name_the_file(path: Path, small: ChatModel) -> None:
    small.chat(ask("Hello", max_tokens=1))
    before = gguf_server.serve(path)
    other = make_chat(f"gguf:{path}", OPTIONS)
    assert other.chat(ask("Name a colour.")).text
    assert gguf_server.serve(path) is before
    assert other.name == f"gguf:{path.name}"


def test_a_file_that_was_cut_off_is_named(path: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(path.read_bytes()[:3_000_000])
    with pytest.raises(ModelUnavailable, match="cannot load this model") as caught:
        make_chat(f"gguf:{cut}", OPTIONS).chat(ask("Hello"))
    assert str(cut) in str(caught.value)


@pytest.mark.parametrize("wait", [0.0, 0.5, 3.0])
def test_leaving_while_it_loads_is_quiet(path: Path, wait: float) -> None:
    code = (
        "import sys, time\n"
        "from interviewer.specs.model_specs import make_chat\n"
        "make_chat('gguf:' + sys.argv[1]); time.sleep(float(sys.argv[2]))\n"
    )
    done = subprocess.run(
        [PYTHON, "-c", code, str(path), str(wait)], capture_output=True, timeout=200, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_leaving_while_it_replies_does_not_wait_for_the_reply(path: Path) -> None:
    code = (
        "import sys, threading, time\n"
        "from interviewer.chat.messages import ChatRequest, Message\n"
        "from interviewer.specs.model_specs import ModelOptions, make_chat\n"
        "chat = make_chat('gguf:' + sys.argv[1], ModelOptions(deadline=900))\n"
        "def ask(text, tokens):\n"
        "    return chat.chat(ChatRequest((Message('user', text),), max_tokens=tokens))\n"
        "def wait():\n"
        "    try:\n"
        "        ask('Tell a very long story.', 7000)\n"
        "    except BaseException:\n"
        "        pass\n"
        "ask('Hello', 1)\n"
        "threading.Thread(target=wait, daemon=True).start(); time.sleep(1)\n"
    )
    done = subprocess.run(
        [PYTHON, "-c", code, str(path)], capture_output=True, timeout=100, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
