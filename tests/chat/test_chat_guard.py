"""Tries, pauses, deadlines, calls at once and budgets, on a clock of the tests' own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import pytest
from fake_answers import TOO_MANY_WAIT
from fake_server import FakeServer, wait_until
from fakes import ChatAnswer, FixedClock, ScriptedChat
from hypothesis import given
from hypothesis import strategies as st

from interviewer.chat.budget import FREE, Allowance, Budget, Price, estimate
from interviewer.chat.chat_guard import FIRST_WAIT, GuardedChat, Limits, Surroundings
from interviewer.chat.http_refusal import retry_after
from interviewer.chat.messages import ChatReply, ChatRequest, Message, Usage
from interviewer.chat.openai_chat import OpenAIChat
from interviewer.errors import (
    BadReply,
    BudgetExceeded,
    ModelBusy,
    ModelTimeout,
    ModelUnavailable,
    UsageError,
)

REQUEST = ChatRequest((Message("user", "Hello?" * 10),), max_tokens=50)
LIMITS = Limits(deadline=10, overall=30)


class World:
    """A clock that sleeping moves; `pauses` keeps how long was slept."""

    def __init__(self, random: float = 0.0):
        self.clock = FixedClock()
        self.pauses: list[float] = []
        self.parts = Surroundings(self.clock.monotonic, self.sleep, lambda: random)

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.clock.advance(seconds)


def guarded(
    replies: Iterable[ChatAnswer] | Callable[[ChatRequest], ChatAnswer],
    world: World,
    limits: Limits = LIMITS,
    budget: Budget | None = None,
    price: Price = FREE,
) -> tuple[GuardedChat, ScriptedChat]:
    inner = ScriptedChat(replies)
    return GuardedChat(inner, limits, budget, price, world.parts), inner


def test_a_busy_server_is_tried_again_after_pauses_that_double() -> None:
    world = World()
    chat, inner = guarded([ModelBusy("busy")] * 3 + ["There."], world)
    assert chat.chat(REQUEST).text == "There."
    assert len(inner.requests) == 4
    assert world.pauses == [FIRST_WAIT / 2, FIRST_WAIT, FIRST_WAIT * 2]


@given(st.floats(0, 1, exclude_max=True))
def test_a_pause_is_random_between_half_its_bound_and_the_whole(random: float) -> None:
    world = World(random)
    chat, _ = guarded([ModelBusy("busy"), "There."], world)
    chat.chat(REQUEST)
    assert FIRST_WAIT / 2 <= world.pauses[0] <= FIRST_WAIT


def test_retry_after_is_obeyed() -> None:
    world = World(0.5)
    chat, _ = guarded([ModelBusy("busy", after=7.0), "There."], world)
    assert chat.chat(REQUEST).text == "There."
    assert 7.0 <= world.pauses[0] <= 7.0 + FIRST_WAIT


def test_a_wait_beyond_the_deadline_is_not_begun() -> None:
    world = World()
    chat, inner = guarded([ModelBusy("busy", after=3600.0), "There."], world)
    with pytest.raises(ModelBusy, match=r"tried once; it asks to wait 3600 seconds"):
        chat.chat(REQUEST)
    assert world.pauses == []
    assert inner.left == 1


def test_each_attempt_gets_the_deadline_or_what_is_left() -> None:
    world = World()

    def slow(request: ChatRequest) -> ChatAnswer:
        assert request.seconds is not None
        world.clock.advance(8)
        return ModelBusy("busy", after=1.0)

    chat, inner = guarded(slow, world)
    with pytest.raises(ModelBusy, match="tried 4 times"):
        chat.chat(REQUEST)
    assert [r.seconds for r in inner.requests] == [10, 10, 10, 3]
    assert world.clock.monotonic() <= 30 + 8


def test_a_last_attempt_that_is_late_tells_the_whole_time() -> None:
    late = ModelTimeout("no complete reply within 0.3 seconds")
    chat, _ = guarded([ModelBusy("busy"), late], World())
    with pytest.raises(ModelTimeout, match="within 30 seconds"):
        chat.chat(REQUEST)


@pytest.mark.parametrize("spent", [16.0, 29.0, 31.0])
def test_a_server_that_closes_at_once_is_not_called_slow(spent: float) -> None:
    """It drops one call after `spent` of 30 seconds; the next has less than half of them, or none."""
    world = World()

    def reply(request: ChatRequest) -> ChatAnswer:
        if world.pauses:
            return ModelTimeout("late")
        world.clock.advance(spent)
        return ModelBusy("it dropped the connection", after=0.1 if spent < 30 else None)

    chat, _ = guarded(reply, world)
    with pytest.raises(ModelBusy, match="dropped the connection"):
        chat.chat(REQUEST)


def test_a_key_that_comes_back_is_not_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "abc-123456")
    chat, _ = guarded(["It is abc-123456.", BadReply("odd: abc-123456")], World())
    assert chat.chat(REQUEST).text == "It is [key]."
    with pytest.raises(BadReply, match=r"odd: \[key\]"):
        chat.chat(REQUEST)


def test_a_request_may_ask_for_less_time() -> None:
    chat, inner = guarded(["Quick."], World())
    chat.chat(ChatRequest(REQUEST.messages, seconds=2.5))
    assert inner.requests[0].seconds == 2.5


def test_there_is_an_end_to_the_attempts() -> None:
    chat, inner = guarded([ModelBusy("busy", after=0.0)] * 9, World(), Limits(attempts=3))
    with pytest.raises(ModelBusy, match="tried 3 times"):
        chat.chat(REQUEST)
    assert inner.left == 6


@pytest.mark.parametrize(
    "error", [ModelUnavailable("no"), ModelTimeout("late"), BadReply("odd"), KeyboardInterrupt()]
)
def test_nothing_else_is_tried_again(error: BaseException) -> None:
    chat, inner = guarded([error, "There."], World())
    with pytest.raises(type(error)):
        chat.chat(REQUEST)
    assert inner.left == 1


def test_what_was_shown_is_not_shown_twice() -> None:
    shown: list[str] = []

    class BreaksOff(ScriptedChat):
        def chat(
            self, request: ChatRequest, on_text: Callable[[str], None] | None = None
        ) -> ChatReply:
            super().chat(request, on_text)
            raise ModelBusy("broke off")

    inner = BreaksOff(["Half a", "Half a sentence"])
    with pytest.raises(ModelBusy, match="broke off"):
        GuardedChat(inner, LIMITS, surroundings=World().parts).chat(REQUEST, shown.append)
    assert "".join(shown) == "Half a"
    assert inner.left == 1


def test_one_call_at_a_time() -> None:
    under_way: list[int] = []
    most: list[int] = []
    lock, go = threading.Lock(), threading.Event()

    def one(_: ChatRequest) -> str:
        with lock:
            under_way.append(1)
            most.append(len(under_way))
        go.wait(10)
        with lock:
            under_way.pop()
        return "done"

    chat = GuardedChat(ScriptedChat(one), Limits())
    threads = [threading.Thread(target=chat.chat, args=(REQUEST,)) for _ in range(6)]
    for thread in threads:
        thread.start()
    wait_until(lambda: len(under_way) == 1)
    late = ChatRequest(REQUEST.messages, seconds=0.01)
    with pytest.raises(ModelTimeout, match="other calls"):
        chat.chat(late)
    go.set()
    for thread in threads:
        thread.join(10)
    assert len(most) == 6
    assert max(most) == 1


def test_a_real_server_that_limits_the_rate() -> None:
    world = World()
    with FakeServer([TOO_MANY_WAIT, TOO_MANY_WAIT, "At last."]) as server:
        chat = GuardedChat(OpenAIChat("fake", server.url), LIMITS, surroundings=world.parts)
        assert chat.chat(REQUEST).text == "At last."
    assert world.pauses == [0.01, 0.01]


def test_the_budget_is_checked_before_a_call() -> None:
    needed = sum(estimate(REQUEST))
    budget = Budget(Allowance(tokens=needed + 40))
    chat, inner = guarded([ChatReply("a", Usage(tokens_in=30, tokens_out=10)), "b"], World(),
                          budget=budget)  # fmt: skip
    chat.chat(REQUEST)
    assert budget.spent.tokens_in == 30
    chat.chat(REQUEST)  # booked by its usage, not by the estimate; this one tells no usage
    with pytest.raises(BudgetExceeded, match=r"of the budget of .* is used"):
        chat.chat(REQUEST)
    assert len(inner.requests) == 2


def test_a_budget_in_money() -> None:
    price = Price(0.001, 0.002)
    budget = Budget(Allowance.parse("0.50"))
    reply = ChatReply("a", Usage(tokens_in=100, tokens_out=100))
    chat, inner = guarded([reply] * 9, World(), budget=budget, price=price)
    chat.chat(REQUEST)
    assert budget.spent.cost == pytest.approx(0.3)
    chat.chat(REQUEST)
    with pytest.raises(BudgetExceeded, match=r"\$0\.6000 is used"):
        chat.chat(REQUEST)
    assert inner.left == 7


@pytest.mark.parametrize(
    ("error", "booked"),
    [
        (ModelBusy("b", after=99.0), False),
        (ModelBusy("broke off", after=99.0, begun=True), True),
        (ModelTimeout("late"), True),
    ],
)
def test_a_call_that_may_have_run_is_booked(error: Exception, booked: bool) -> None:
    budget = Budget(Allowance(tokens=10_000))
    chat, _ = guarded([error], World(), budget=budget)
    with pytest.raises(type(error)):
        chat.chat(REQUEST)
    assert (budget.spent.tokens_in > 0) is booked


def test_two_models_draw_on_one_budget() -> None:
    budget = Budget(Allowance(tokens=sum(estimate(REQUEST)) + 10))
    first, _ = guarded([ChatReply("a", Usage(tokens_in=50, tokens_out=9))], World(), budget=budget)
    second, inner = guarded(["b"], World(), budget=budget)
    first.chat(REQUEST)
    with pytest.raises(BudgetExceeded):
        second.chat(REQUEST)
    assert inner.left == 1


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("0.50", Allowance(money=0.5)),
        ("$2", Allowance(money=2.0)),
        ("20000t", Allowance(tokens=20000)),
        ("20k", Allowance(tokens=20000)),
    ],
)
def test_budgets_are_read(text: str, wanted: Allowance) -> None:
    assert Allowance.parse(text) == wanted


@pytest.mark.parametrize("text", ["", "a lot", "-1", "1e9", "5 pounds", "٥"])
def test_what_is_no_budget(text: str) -> None:
    with pytest.raises(UsageError, match="is no budget"):
        Allowance.parse(text)


def test_money_needs_a_known_price() -> None:
    with pytest.raises(UsageError, match="price of 'openai:x' is not known"):
        Budget(Allowance(money=1.0)).check_price("openai:x", None)
    assert Budget(Allowance(tokens=1)).check_price("openai:x", None) == FREE


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "12"}, 12.0),
        ({"retry-after": "12", "retry-after-ms": "1500"}, 1.5),
        ({"retry-after": "Thu, 02 Jan 2025 03:05:05 GMT"}, 60.0),
        ({"retry-after": "Thu, 02 Jan 2020 03:05:05 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "nan"}, None),
    ],
)
def test_retry_after_is_read(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers, datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)) == seconds


def test_a_model_that_fails_again_and_again_is_left_alone_and_tried_now_and_then() -> None:
    """Two calls of six tries each, then one try after 60 s and one after 120 s more."""
    world = World()
    limits = Limits(deadline=10, overall=600, failures=2)
    chat, inner = guarded(lambda _: ModelBusy("down"), world, limits)
    for _ in range(2):
        with pytest.raises(ModelBusy, match="tried 6 times"):
            chat.chat(REQUEST)
    assert len(inner.requests) == 12
    for _ in range(50):
        with pytest.raises(ModelUnavailable, match="failed 2 times in a row and is left alone"):
            chat.chat(REQUEST)
    assert len(inner.requests) == 12
    for rest in (60, 120):
        world.clock.advance(rest - 1)
        with pytest.raises(ModelUnavailable, match="left alone for 1 s"):
            chat.chat(REQUEST)
        world.clock.advance(1)
        with pytest.raises(ModelBusy, match="tried once"):
            chat.chat(REQUEST)
    assert len(inner.requests) == 14


def test_a_model_that_works_again_is_called_as_before() -> None:
    world = World()
    replies: list[ChatAnswer] = [ModelTimeout("late"), ModelTimeout("late"), "There."]
    replies += [ModelBusy("busy"), "Again."]
    chat, inner = guarded(replies, world, Limits(deadline=10, overall=30, failures=2))
    for _ in range(2):
        with pytest.raises(ModelTimeout):
            chat.chat(REQUEST)
    world.clock.advance(60)
    assert chat.chat(REQUEST).text == "There."
    assert chat.chat(REQUEST).text == "Again."
    assert inner.left == 0


def test_a_bad_reply_is_no_reason_to_rest() -> None:
    chat, inner = guarded([BadReply("prose")] * 5, World(), Limits(failures=2))
    for _ in range(5):
        with pytest.raises(BadReply):
            chat.chat(REQUEST)
    assert inner.left == 0


def test_the_first_call_waits_for_a_model_that_is_being_loaded_and_says_so() -> None:
    """Loading takes 100 s, and a call may take 30: five times that is waited for, once."""
    world, told = World(), list[str]()
    still = ModelBusy("Loading model", loading=True)
    inner = ScriptedChat(lambda _: "There." if world.clock.monotonic() >= 100 else still)
    chat = GuardedChat(inner, LIMITS, surroundings=world.parts, notice=told.append)
    assert chat.chat(REQUEST).text == "There."
    assert told == ["scripted is still being loaded; it is waited for, 150 s at most"]
    assert max(world.pauses) <= 2.0


def test_a_model_that_loads_for_ever_is_given_up_and_not_waited_for_twice() -> None:
    world = World()
    chat, _ = guarded(lambda _: ModelBusy("Loading model", loading=True), world)
    with pytest.raises(ModelBusy, match="Loading model"):
        chat.chat(REQUEST)
    first = world.clock.monotonic()
    assert 140 < first <= 150
    with pytest.raises(ModelBusy):
        chat.chat(REQUEST)
    assert world.clock.monotonic() - first <= 30


def test_a_call_with_a_time_of_its_own_does_not_wait_for_loading() -> None:
    world = World()
    chat, _ = guarded(lambda _: ModelBusy("Loading model", loading=True), world)
    with pytest.raises(ModelBusy):
        chat.chat(ChatRequest(REQUEST.messages, seconds=4))
    assert world.clock.monotonic() <= 4


@pytest.mark.parametrize(("asleep", "seconds"), [(False, 10.0), (True, 150.0)])
def test_asking_whether_it_sleeps_takes_nothing_from_the_call(asleep: bool, seconds: float) -> None:
    """To ask takes 25 of the 30 seconds that a call may take; the call may take 10, or 5 times 30."""
    world = World()

    def ask() -> bool:
        world.clock.advance(25)
        return asleep

    inner = ScriptedChat(["There.", "Again."])
    chat = GuardedChat(inner, LIMITS, surroundings=world.parts, asleep=ask)
    chat.chat(REQUEST)
    chat.chat(REQUEST)
    assert [request.seconds for request in inner.requests] == [seconds, 10.0]
    assert world.clock.monotonic() == 25  # it was asked once
