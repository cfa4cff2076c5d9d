"""`interviewer models` and `interviewer doctor`, in process and as the real program."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from conftest import Program, Ran
from fake_answers import BROKEN, HTML, Answer
from fake_server import FakeServer
from fakes import ScriptedChat

from interviewer.chat.manners.capability import Capability
from interviewer.chat.messages import ChatReply, ChatRequest
from interviewer.chat.model_probe import probe
from interviewer.chat.server_facts import find_servers, look
from interviewer.cli.graders.doctor import check_folder, check_weights
from interviewer.cli.graders.models import describe
from interviewer.errors import BadReply, ModelBusy, ModelUnavailable
from interviewer.grading.judges.judge_probe import probe_judge

Call = Callable[..., Ran]
KEY = "sk-test-0123456789abcdef"
COUNT = "one two three four five six seven eight"


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.endswith(("_API_KEY", "_TOKEN")) or name == "OPENAI_BASE_URL":
            monkeypatch.delenv(name)


def ports(*servers: FakeServer) -> str:
    return ",".join(str(server.port) for server in servers)


def findings(ran: Ran) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for finding in json.loads(ran.out)["findings"]:
        found.setdefault(finding["level"], []).append(f"{finding['what']} {finding['mend']}")
    return found


def test_nothing_there_is_no_error(call: Call) -> None:
    ran = call("models", "--ports", "9")
    assert ran.code == 0
    assert "No model server on the ports 9 of this machine." in ran.out
    assert "No keys in the environment." in ran.out


@pytest.mark.parametrize("kind", ["llama.cpp", "Ollama", "LM Studio", "vLLM"])
def test_each_kind_of_server_is_known_by_its_own_words(kind: Any) -> None:
    with FakeServer(kind=kind, models=("small",), context=3000) as server:
        (found,) = find_servers([server.port, 9])
    assert (found.kind, found.models, found.url) == (kind, ("small",), server.url)
    assert found.context == {"small": 3000}


def test_servers_are_asked_at_the_same_time() -> None:
    """Each keeps its reply back until all have been asked."""
    together = threading.Barrier(3, timeout=30)

    class Waits(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            together.wait()
            body = json.dumps({"data": [{"id": "small"}]}).encode()
            self.send_response(200 if self.path == "/v1/models" else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Be quiet."""

    with ExitStack() as stack:
        servers = [
            stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), Waits)) for _ in range(3)
        ]
        for server in servers:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            stack.callback(server.shutdown)
        found = find_servers([server.server_port for server in servers])
    assert [one.url for one in found] == [
        f"http://127.0.0.1:{server.server_port}/v1" for server in servers
    ]


def test_what_is_no_model_server_is_passed_over() -> None:
    with FakeServer([HTML], default=BROKEN) as server:
        assert look(server.url.removesuffix("/v1") + "/elsewhere") is None
    assert look("http://127.0.0.1:9/v1") is None
    assert look("nonsense") is None


def test_one_line_says_what_works(call: Call) -> None:
    with FakeServer(kind="llama.cpp", default=Answer(COUNT, usage=(5, 8), dribble=0.0)) as server:
        ran = call("models", "--ports", ports(server))
    assert ran.code == 0
    line = " ".join(ran.out.split())
    assert f"openai:fake at {server.url} (llama.cpp): answers, judges in one call" in line
    assert "obeys a schema, log-probabilities" in line
    assert "context 8,192" in line


def test_no_key_goes_to_a_server_that_was_merely_found(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with FakeServer() as server:
        ran = call("models", "--ports", ports(server), "--json")
    assert json.loads(ran.out)["keys"] == ["OPENAI_API_KEY"]
    assert KEY not in ran.out + ran.err
    assert server.headers
    assert all(KEY not in str(headers) for headers in server.headers)


def test_a_server_that_was_named_gets_the_key(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with FakeServer(key=KEY) as server:
        ran = call("models", "--ports", ports(server), "--json")
        assert json.loads(ran.out)["servers"][0]["state"] == "key"
        ran = call("models", "--ports", "9", "--base-url", server.url, "--model", "openai:fake",
                   "--json")  # fmt: skip
    (found,) = json.loads(ran.out)["models"]
    assert found["answers"]
    assert found["problem"] is None


def test_a_model_may_be_named_and_fail(call: Call, tmp_path: Path) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"nothing")
    ran = call("models", "--ports", "9", "--model", f"gguf:{broken}", "--model", "openai:gpt-4o")
    assert ran.code == 0
    said = " ".join(ran.out.split())
    assert "does not answer: this is no GGUF file" in said
    assert "OPENAI_API_KEY is not set" in said


@pytest.mark.parametrize("address", ["http://me:pass@127.0.0.1:99999/v1", "me:pass@127.0.0.1/v1"])
def test_an_address_that_makes_no_sense_is_told_without_its_password(
    call: Call, address: str
) -> None:
    ran = call("models", "--ports", "9", "--base-url", address)
    assert ran.code == 2
    assert "is no address of a server" in ran.err
    assert "pass" not in ran.err


def test_the_configured_model_is_tried(call: Call, home: dict[str, str]) -> None:
    config = Path(home["XDG_CONFIG_HOME"]) / "interviewer" / "config.toml"
    config.parent.mkdir(parents=True)
    with FakeServer(models=("mine",)) as server:
        config.write_text(f'model = "openai:mine"\nbase_url = "{server.url}"\n')
        ran = call("models", "--ports", ports(server), "--json")
    (found,) = json.loads(ran.out)["models"]
    assert (found["spec"], found["url"]) == ("openai:mine", server.url)


@pytest.mark.parametrize("given", ["x", "0", "70000", "80,-1"])
def test_ports_are_checked(call: Call, given: str) -> None:
    ran = call("models", "--ports", given)
    assert ran.code == 2
    assert "is no list of ports" in ran.err


def test_the_doctor_finds_what_is_wrong_with_a_model(call: Call) -> None:
    poor = FakeServer(kind="Ollama", context=2048, truncates=True, schema="ignored", logprobs=False)
    with poor as server, FakeServer(kind="llama.cpp", loading=99) as loading:
        ran = call("doctor", "--ports", ports(server, loading), "--json")
    assert ran.code == 0
    said = findings(ran)
    assert "bad" not in said
    worse = "\n".join(said["poor"])
    assert "cuts long prompts to 2,048 tokens without a word" in worse
    assert "OLLAMA_CONTEXT_LENGTH" in worse
    assert f"openai:fake at {server.url} does not hold its replies to a schema" in worse
    assert "still loading" in worse
    assert any("no log-probabilities" in note for note in said["note"])


def test_the_doctor_finds_nothing_wrong_with_a_good_server(call: Call) -> None:
    with FakeServer(kind="vLLM") as server:
        ran = call("doctor", "--ports", ports(server), "--json")
    assert ran.code == 0
    said = findings(ran)
    assert "poor" not in said
    assert any("all that is needed works" in line for line in said["ok"])
    assert any("weights of the offline grader" in line for line in said["ok"])


def test_the_doctor_fails_on_a_wrong_configuration(call: Call, home: dict[str, str]) -> None:
    config = Path(home["XDG_CONFIG_HOME"]) / "interviewer" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("modell = 1")
    ran = call("doctor", "--ports", "9")
    assert ran.code == 1
    assert "config.toml:1:thereisnosetting'modell'" in "".join(ran.out.split())
    assert "Did you mean 'model'?" in ran.out
    assert call("models", "--ports", "9").code == 1


def test_damaged_weights(tmp_path: Path) -> None:
    (tmp_path / "a.onnx").write_bytes(b"good")
    good = "770e607624d689265ca6c44884d0807d9b054d23c473c106c72be9de08b7376c"
    manifest = {"files": {"a.onnx": {"bytes": 4, "sha256": good}}}
    assert check_weights(tmp_path, manifest).level == "ok"
    (tmp_path / "a.onnx").write_bytes(b"bad.")
    assert "damaged" in check_weights(tmp_path, manifest).what
    (tmp_path / "a.onnx").unlink()
    assert "missing" in check_weights(tmp_path, manifest).what


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    assert check_folder(tmp_path / "new" / "er", "cache", "").level == "ok"
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("x")
    found = check_folder(tmp_path / "file" / "below", "cache", "Mend it.")
    assert (found.level, found.mend) == ("bad", "Mend it.")


def test_speed_is_of_the_reply_after_its_first_piece() -> None:
    ticks = iter([10.0, *(11.0 + n / 10 for n in range(1, 8)), 12.0])
    reply = ChatReply(COUNT)
    chat = ScriptedChat([reply, '{"colour": "zaffre", "count": 2}', BadReply("x")])
    found = probe(chat, Capability(spec="s"), monotonic=lambda: next(ticks))
    assert found.tokens_per_second == pytest.approx(7 / 2)
    assert found.schema_held is True
    assert found.logprobs is None


@pytest.mark.parametrize(
    ("reply", "schema"),
    [
        ("Good morning.", False),
        ('{"colour": "red", "count": 1}', False),
        ('{"colour": "zaffre", "count": 1, "more": 2}', False),
        ("[1]", False),
        ("[" * 100_000, False),
        (ModelBusy("no"), None),
    ],
)
def test_obeying_a_schema_is_not_taken_on_trust(reply: Any, schema: bool | None) -> None:
    def answer(request: ChatRequest) -> Any:
        return reply if request.schema else "word word"

    assert probe(ScriptedChat(answer), Capability(spec="s")).schema_held is schema


def test_a_model_that_does_not_answer() -> None:
    chat = ScriptedChat([ModelUnavailable("nobody home", hint="Knock.")])
    found = probe_judge(chat, Capability(spec="openai:x"), lambda: "mark")
    assert found.answers is False
    assert describe(found) == "openai:x: does not answer: nobody home"
    assert "tokens/s" in describe(Capability(spec="openai:x"))


def test_the_real_program(program: Program) -> None:
    with FakeServer() as server:
        done = program("models", "--ports", str(server.port), COLUMNS="46")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.decode().splitlines()
    assert max(map(len, lines)) <= 46
    assert "judges claim by claim" in " ".join(" ".join(lines).split())
