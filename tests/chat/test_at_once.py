"""Several calls about one answer at once, over a server that takes its time."""

from __future__ import annotations

import itertools
import json
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import PYTHON, Ran
from fake_answers import HANG, Answer
from fake_server import FakeServer, wait_until
from misbehaving import ANSWER, QUESTION
from samples import BLUE
from trial_parts import Flat, reader

from interviewer.chat.budget import Allowance, Budget, estimate
from interviewer.chat.call_loop import at_once
from interviewer.chat.chat_guard import GuardedChat, Limits
from interviewer.chat.messages import ChatModel, ChatReply, ChatRequest, Message, Usage
from interviewer.chat.openai_chat import OpenAIChat
from interviewer.errors import ModelUnavailable
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.grading.grades import AnswerGrade, Ungraded
from interviewer.grading.judges.logprob_judge import LogprobJudge
from interviewer.grading.judges.one_claim.sentence_judge import SentenceJudge
from interviewer.grading.judges.schema_judge import SchemaJudge
from interviewer.specs.model_specs import ModelOptions, calls_at_once, make_chat

SECONDS = 0.3
ASKED = GradeRequest(QUESTION, f"{ANSWER} Air scatters sunlight.", QUESTION.prompt)


class Slow:
    """The reply of a model that takes its time; `most` is how many calls there were at once."""

    def __init__(self, seconds: float = SECONDS):
        self._seconds = seconds
        self._now = 0
        self._lock = threading.Lock()
        self.most = 0

    def __call__(self, body: dict[str, Any]) -> Answer:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        time.sleep(self._seconds)
        with self._lock:
            self._now -= 1
        return reader(body)


def judge(mode: str, chat: ChatModel, calls: int) -> Grader:
    numbers = itertools.count()

    def marker() -> str:
        return f"{next(numbers):06}"

    if mode == "each":
        return SchemaJudge(chat, spec=mode, new_marker=marker, mode="each", calls=calls)
    if mode == "sentences":
        return SentenceJudge(chat, spec=mode, new_marker=marker, calls=calls)
    way, samples = ("yesno", 3) if mode == "votes" else (mode, 1)
    return LogprobJudge(
        chat, Flat(), spec=mode, new_marker=marker, calls=calls, way=way, samples=samples,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("mode", "in_a_row"),
    [("each", 1), ("sentences", 1), ("logprob", 1), ("yesno", 1), ("options", 2), ("votes", 3)],
)
def test_the_same_grade_with_all_claims_asked_at_once(mode: str, in_a_row: int) -> None:
    slow = Slow()

    def graded(calls: int, server: FakeServer) -> AnswerGrade:
        limits = Limits(calls=calls)
        return judge(mode, GuardedChat(OpenAIChat("fake", server.url), limits), calls).grade(ASKED)

    with FakeServer(default=reader, schema="ignored") as server:
        one = graded(1, server)
        asked = len(server.requests)
    with FakeServer(default=slow, schema="ignored") as server:
        begun = time.monotonic()
        several = graded(4, server)
        passed = time.monotonic() - begun
        assert len(server.requests) == asked == 3 * in_a_row
    assert several == one
    assert slow.most == 3, "one call of each claim at a time"
    assert passed >= in_a_row * SECONDS, "the calls of one claim wait for one another"


def test_no_more_than_are_allowed_are_under_way() -> None:
    slow = Slow(0.05)
    with FakeServer(default=slow, schema="ignored") as server:
        chat = GuardedChat(OpenAIChat("fake", server.url), Limits(calls=2))
        judge("each", chat, 8).grade(ASKED)
    assert slow.most == 2


def test_a_budget_gives_the_same_grade_and_is_never_exceeded() -> None:
    """What a call reserves is far more than it takes, so that several at once reserve what is not there."""
    usage = (300, 20)

    def reply(body: dict[str, Any]) -> Answer:
        time.sleep(0.02)
        found = reader(body)
        return Answer(found.text, usage=usage)

    def graded(calls: int, tokens: int) -> tuple[AnswerGrade, int]:
        with FakeServer(default=reply, schema="ignored") as server:
            budget = Budget(Allowance(tokens=tokens))
            inner = OpenAIChat("fake", server.url)
            chat = GuardedChat(inner, Limits(calls=calls), budget)
            found = judge("each", chat, calls).grade(ASKED)
            taken = budget.spent.tokens_in + budget.spent.tokens_out
            assert taken == sum(usage) * len(server.requests) <= tokens
            return found, len(server.requests)

    made = set()
    for tokens in (200, 1500, 1800, 2100, 2400, 9000):
        found, calls = graded(4, tokens)
        one, calls_one = graded(1, tokens)
        made.add(calls)
        assert calls == calls_one
        assert sum(
            isinstance(v, Ungraded) for v in (*found.verdicts, *found.misconceptions)
        ) == sum(isinstance(v, Ungraded) for v in (*one.verdicts, *one.misconceptions))
    assert {0, 3} <= made


class Asking:
    """Implements `messages.ChatModel`: takes what it is told to, a moment later."""

    name = "asking"

    def __init__(self, budget: Budget, taken: int):
        self._budget = budget
        self._taken = taken

    def chat(self, request: ChatRequest, on_text: object = None) -> ChatReply:
        time.sleep(0.02)
        return ChatReply("Yes", Usage(tokens_in=self._taken, tokens_out=0))


def test_a_reservation_waits_for_calls_that_may_leave_enough() -> None:
    request = ChatRequest((Message("user", "x" * 300),), max_tokens=50)
    needs = sum(estimate(request))
    budget = Budget(Allowance(tokens=needs + 30))  # one reservation and what three calls take
    chat = GuardedChat(Asking(budget, 10), Limits(calls=4), budget)
    found = at_once([lambda: chat.chat(request)] * 4, 4)
    assert [reply.text for reply in found] == ["Yes"] * 4
    assert budget.spent.tokens_in == 40


def test_of_a_dead_server_no_more_is_asked_than_is_under_way_and_it_counts_once() -> None:
    with FakeServer() as server:
        url = server.url
    chat = GuardedChat(OpenAIChat("fake", url), Limits(deadline=5, failures=2, calls=2))
    for _ in range(2):
        grade = judge("each", chat, 2).grade(ASKED)
        details = {o.detail for o in grade.verdicts if isinstance(o, Ungraded)}
        assert all("nothing answers" in said for said in details)
    with pytest.raises(ModelUnavailable, match="failed 2 times in a row"):
        chat.chat(ChatRequest((Message("user", "Hello"),)))


def test_what_one_raises_is_raised_and_none_begins_after_it() -> None:
    begun: list[int] = []

    def work(number: int) -> Callable[[], int]:
        def do() -> int:
            begun.append(number)
            if number == 1:
                raise KeyError(number)
            time.sleep(0.1)
            return number

        return do

    with pytest.raises(KeyError):
        at_once([work(n) for n in range(12)], 3)
    time.sleep(0.3)
    assert set(begun) <= {0, 1, 2, 3}
    assert at_once([work(n) for n in (5, 4, 3)], 3) == [5, 4, 3]


def test_calls_under_way_end_with_the_work_they_are_part_of() -> None:
    with FakeServer([HANG, HANG, HANG]) as server:
        chat = GuardedChat(OpenAIChat("fake", server.url), Limits(calls=3))
        ended = threading.Event()

        def hang() -> ChatReply:
            try:
                return chat.chat(ChatRequest((Message("user", "Hello"),)))
            finally:
                ended.set()

        def fail() -> ChatReply:
            wait_until(lambda: len(server.requests) == 1)
            raise KeyError

        with pytest.raises(KeyError):
            at_once([hang, fail], 2)
        assert ended.wait(1.0)
        # The guard is free again, for another.
        server.script.clear()
        assert chat.chat(ChatRequest((Message("user", "Hello"),))).text == "Yes."


def test_ctrl_c_ends_the_program_at_once(
    tiny_folder: Path, home: dict[str, str], tmp_path: Path
) -> None:
    with FakeServer(default=HANG, schema="ignored") as server:
        args = ("grade", "--bank", tiny_folder, "--judge", "each:openai:fake", "--calls", 4,
                "--base-url", server.url, 1, BLUE)  # fmt: skip
        child = subprocess.Popen(
            [PYTHON, "-m", "interviewer", *map(str, args)],
            cwd=tmp_path, env=home, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        wait_until(lambda: len(server.requests) > 1, 60)
        child.send_signal(signal.SIGINT)
        begun = time.monotonic()
        _, err = child.communicate(timeout=30)
        assert time.monotonic() - begun < 5.0  # a call hangs for 30 s; a busy machine ends slowly
    assert child.returncode == 130
    assert b"Traceback" not in err


def test_calls_kept_at_once_are_answered_from_there(
    call: Callable[..., Ran], tiny_folder: Path, tmp_path: Path
) -> None:
    slow = Slow(0.1)
    options = ("--bank", tiny_folder, "--judge", "each:openai:fake", "--force", "--json")
    with FakeServer(default=slow, schema="ignored") as server:
        where = ("--base-url", server.url, "--calls", 4, "--record", tmp_path / "kept")
        first = call("grade", *options, *where, 1, BLUE)
    again = call("grade", *options, "--offline-replay", tmp_path / "kept", 1, BLUE)
    assert slow.most > 1
    assert (first.code, again.code) == (0, 0)
    one, other = ({**json.loads(ran.out), "seconds": 0} for ran in (first, again))
    assert one == other


def test_services_get_several_calls_and_servers_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    here = ModelOptions(base_url="http://127.0.0.1:1/v1")
    for spec, options, calls in (
        ("openai:gpt", ModelOptions(), 4),
        ("openai:gpt", ModelOptions(calls=2), 2),
        ("openai:gpt", here, 1),
        ("openai:gpt", ModelOptions(base_url=here.base_url, calls=3), 3),
        ("litellm:anthropic/claude", ModelOptions(), 4),
        ("litellm:ollama_chat/qwen", ModelOptions(), 1),
        ("gguf:model.gguf", ModelOptions(calls=8), 1),
        ("systemone:kev", ModelOptions(), 1),
    ):
        assert calls_at_once(spec, options) == calls
    monkeypatch.setenv("OPENAI_BASE_URL", str(here.base_url))
    assert calls_at_once("openai:gpt", ModelOptions()) == 1


def test_the_guard_of_a_named_model_lets_as_many_through() -> None:
    slow = Slow(0.1)
    with FakeServer(default=slow) as server:
        chat = make_chat("openai:fake", ModelOptions(base_url=server.url, calls=3))
        request = ChatRequest((Message("user", "Hello"),))
        at_once([lambda: chat.chat(request)] * 6, 6)
    assert slow.most == 3
