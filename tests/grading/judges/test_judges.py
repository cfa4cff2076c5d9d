"""Language models as graders, over scripted replies: by schema and by log-probability."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Callable, Mapping
from string import ascii_lowercase
from typing import Any

import numpy as np
import pytest
from fakes import ScriptedChat
from samples import SKY

from interviewer.bank.questions import Criterion
from interviewer.chat.messages import ChatReply, ChatRequest, Usage
from interviewer.errors import BadReply, BudgetExceeded, ModelError, ModelTimeout, ModelUnavailable
from interviewer.grading.grader import GradeRequest
from interviewer.grading.grades import AnswerGrade, Ungraded, Verdict
from interviewer.grading.judges.fusing import Curve
from interviewer.grading.judges.logprob_judge import LOCATED, LogprobJudge
from interviewer.grading.judges.schema_judge import SchemaJudge

ANSWER = "Molecules deflect the light. Blue is bent away far more often than red."
QUOTE = "Molecules deflect the light"
DEAD: list[tuple[ModelError, str]] = [
    (ModelTimeout("no reply in 60 s"), "timeout"),
    (ModelUnavailable("nothing answers"), "no-reply"),
    (BudgetExceeded("the budget is spent"), "budget"),
]


def finding(verdict: str, evidence: str = "", confidence: str = "high") -> dict[str, str]:
    return {"evidence": evidence, "verdict": verdict, "confidence": confidence}


def reply(**said: Mapping[str, str]) -> ChatReply:
    return ChatReply(json.dumps(said), Usage(tokens_in=100, tokens_out=10, cost=0.5))


GOOD = reply(c1=finding("met", QUOTE), c2=finding("unmet"), m1=finding("unmet"))
VOID = reply(c1=finding("met", "Air scatters sunlight"), c2=finding("unmet"), m1=finding("unmet"))


def marker() -> Callable[[], str]:
    numbers = itertools.count()
    return lambda: f"mark{next(numbers)}"


def judge(chat: ScriptedChat, mode: Any = "whole") -> SchemaJudge:
    return SchemaJudge(chat, spec="whole:scripted", new_marker=marker(), mode=mode)


def graded(chat: ScriptedChat, answer: str = ANSWER, mode: Any = "whole") -> AnswerGrade:
    return judge(chat, mode).grade(GradeRequest(SKY, answer, SKY.prompt))


def causes(grade: AnswerGrade) -> list[str]:
    outcomes = (*grade.verdicts, *grade.misconceptions)
    return [o.cause if isinstance(o, Ungraded) else o.level for o in outcomes]


def test_one_call_judges_every_claim() -> None:
    chat = ScriptedChat([GOOD])
    grade = graded(chat)
    assert causes(grade) == ["met", "unmet", "unmet"]
    assert grade.score == 0.75
    assert grade.usage == Usage(tokens_in=100, tokens_out=10, cost=0.5)
    first = grade.verdicts[0]
    assert isinstance(first, Verdict)
    assert first.confidence == 0.95
    assert first.evidence is not None
    assert first.evidence.of(ANSWER) == QUOTE
    (request,) = chat.requests
    assert request.schema is not None
    assert list(request.schema["properties"]) == ["c1", "c2", "m1"]
    assert request.temperature == 0
    assert request.marker in request.messages[-1].text


def test_a_misconception_costs() -> None:
    wrong = reply(c1=finding("met", QUOTE), c2=finding("partial", "Blue is bent away"),
                  m1=finding("met", "than red"))  # fmt: skip
    grade = graded(ScriptedChat([wrong]))
    assert grade.score == pytest.approx((3 + 0.5) / 4 - 0.5)
    assert [v.criterion for v in grade.asserted] == ["ocean"]


def test_each_claim_can_be_judged_in_a_call_of_its_own() -> None:
    chat = ScriptedChat(
        [reply(c1=finding("met", QUOTE)), ChatReply(json.dumps(finding("unmet"))), "no json"]
    )
    grade = graded(chat, mode="each")
    assert causes(grade) == ["met", "unmet", "bad-reply"]
    assert grade.score == 0.75
    assert len({r.marker for r in chat.requests}) == 3
    assert all("Statements:\n" in r.messages[-1].text for r in chat.requests)


def test_only_claims_with_a_void_quote_are_asked_about_again() -> None:
    again = reply(c1=finding("partial", QUOTE, "low"))
    chat = ScriptedChat([VOID, again])
    grade = graded(chat)
    assert causes(grade) == ["partial", "unmet", "unmet"]
    assert grade.usage == Usage(tokens_in=200, tokens_out=20, cost=1.0)
    first, second = chat.requests
    assert second.schema is not None
    assert list(second.schema["properties"]) == ["c1"]
    assert "Short waves" not in second.messages[-1].text
    assert first.marker != second.marker


@pytest.mark.parametrize(
    "quote",
    ["Air scatters sunlight", "", "the daytime sky is blue", "blue", "...", "red than blue"],
)
def test_what_is_void_twice_is_ungraded(quote: str) -> None:
    void = reply(c1=finding("met", quote), c2=finding("unmet"), m1=finding("unmet"))
    chat = ScriptedChat([void, void, void])
    answer = f"{ANSWER} The daytime sky is blue."
    grade = graded(chat, answer)
    assert causes(grade) == ["bad-quote", "unmet", "unmet"]
    assert grade.score is None
    assert chat.left == 1


def test_nothing_said_needs_no_quote() -> None:
    silent = reply(c1=finding("unmet", "made up"), c2=finding("unmet"), m1=finding("unmet"))
    assert graded(ScriptedChat([silent])).score == 0.0


def test_a_misconception_without_a_quote_costs_nothing() -> None:
    made_up = reply(c1=finding("met", QUOTE), c2=finding("unmet"), m1=finding("met", "the sea"))
    grade = graded(ScriptedChat([made_up, made_up]))
    assert causes(grade) == ["met", "unmet", "bad-quote"]
    assert grade.score == 0.75


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("I think it is fine.", "bad-reply"),
        ('{"c1": {"verdict": "met"', "bad-reply"),
        ('{"c2": {"verdict": "unmet"}, "m1": {"verdict": "unmet"}}', "missing"),
        ('{"c1": {"verdict": "excellent"}, "c2": {"verdict": "unmet"}}', "off-menu"),
        ('{"c1": {"verdict": "cannot tell"}, "c2": {"verdict": "unmet"}}', "undecided"),
    ],
)
def test_what_is_no_verdict_is_no_score(text: str, cause: str) -> None:
    grade = graded(ScriptedChat([text]))
    assert causes(grade)[0] == cause
    assert grade.score is None


def test_a_reply_that_was_cut_off_says_so() -> None:
    grade = graded(ScriptedChat([ChatReply('{"c1": ', cut=True)]))
    assert grade.verdicts[0].detail == "the reply was cut off"  # type: ignore[union-attr]


@pytest.mark.parametrize(("error", "cause"), DEAD)
def test_after_a_call_without_reply_no_other_is_made(error: ModelError, cause: str) -> None:
    chat = ScriptedChat([reply(c1=finding("met", QUOTE)), error, GOOD])
    grade = graded(chat, mode="each")
    assert causes(grade) == ["met", cause, cause]
    assert chat.left == 1
    assert grade.verdicts[1].detail == error.message  # type: ignore[union-attr]


def test_a_bad_reply_on_one_claim_leaves_the_others_their_calls() -> None:
    fine = ChatReply(json.dumps(finding("unmet")))
    assert causes(graded(ScriptedChat([BadReply("no JSON"), fine, fine]), mode="each")) == [
        "bad-reply", "unmet", "unmet",
    ]  # fmt: skip


class Letters:
    """An embedder for tests: how often each letter occurs."""

    name = "letters"

    def embed(self, texts: Any) -> Any:
        counts = [[0.01 + text.lower().count(c) for c in ascii_lowercase] for text in texts]
        rows = np.asarray(counts, dtype=np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def word(yes: float, no: float) -> ChatReply:
    pairs = [(t, math.log(p)) for t, p in ((" Yes", yes), ("No", no), ("I", 0.01)) if p]
    return ChatReply(pairs[0][0], Usage(tokens_in=50, tokens_out=1), tuple(pairs))


def logprob(chat: ScriptedChat, curve: Curve | None = None) -> AnswerGrade:
    made = LogprobJudge(chat, Letters(), spec="logprob:scripted", new_marker=marker(), curve=curve)
    return made.grade(GradeRequest(SKY, ANSWER, SKY.prompt))


def test_one_word_per_claim_gives_a_probability() -> None:
    chat = ScriptedChat([word(0.9, 0.1), word(0.1, 0.4), word(0.05, 0.9)])
    grade = logprob(chat)
    assert causes(grade) == ["met", "unmet", "unmet"]
    assert [v.confidence for v in grade.graded] == pytest.approx([0.9, 0.8])
    assert [v.credit for v in grade.graded] == [1.0, 0.0]
    assert grade.passing is not None
    assert 0.85 < grade.passing < 0.95
    assert grade.usage == Usage(tokens_in=150, tokens_out=3)
    first = grade.graded[0]
    assert first.rationale == LOCATED
    assert first.evidence is not None
    assert first.evidence.of(ANSWER) in ANSWER
    assert grade.graded[1].evidence is None
    assert all(
        (r.max_tokens, r.top_logprobs > 1, r.schema) == (1, True, None) for r in chat.requests
    )
    assert len({r.marker for r in chat.requests}) == 1
    assert len({r.messages[:-1] for r in chat.requests}) == 1


def test_a_curve_moves_the_probabilities() -> None:
    replies = [word(0.9, 0.1), word(0.9, 0.1), word(0.9, 0.1)]
    grade = logprob(ScriptedChat(replies), Curve(slope=1.0, offset=-4.0))
    assert causes(grade) == ["unmet"] * 3
    assert grade.graded[0].confidence == pytest.approx(1 - 1 / (1 + math.exp(4 - math.log(9))))


def test_a_curve_doubts_misconceptions_by_an_offset_of_their_own() -> None:
    replies = [word(0.5, 0.5)] * 3
    grade = logprob(ScriptedChat(replies), Curve(misconception=-math.log(9)))
    # log odds 0 for criteria, -ln 9 for the misconception: 1/2 and 1/10
    assert causes(grade) == ["partial", "partial", "unmet"]
    doubted = grade.misconceptions[0]
    assert isinstance(doubted, Verdict)
    assert doubted.confidence == pytest.approx(0.9)


def test_without_alternatives_there_is_no_verdict() -> None:
    grade = logprob(ScriptedChat([ChatReply("Yes"), word(0, 0), word(0.1, 0.9)]))
    assert causes(grade) == ["bad-reply", "off-menu", "unmet"]
    assert grade.score is None
    assert grade.passing is None
    assert "--judge-mode" in grade.verdicts[0].detail  # type: ignore[union-attr]


@pytest.mark.parametrize(("error", "cause"), DEAD)
def test_a_dead_server_is_asked_once(error: ModelError, cause: str) -> None:
    chat = ScriptedChat([error, word(0.9, 0.1)])
    assert causes(logprob(chat)) == [cause] * 3
    assert chat.left == 1


def test_identities_tell_judges_apart() -> None:
    chat = ScriptedChat(name="openai:some")
    by_schema = judge(chat).identity
    plain = LogprobJudge(chat, Letters(), spec="logprob:x", new_marker=marker()).identity
    fitted = LogprobJudge(
        chat, Letters(), spec="logprob:x", new_marker=marker(), curve=Curve(offset=1)
    ).identity
    assert by_schema.model == "openai:some"
    assert len({by_schema.prompt, plain.prompt}) == 2
    assert plain.prompt == fitted.prompt
    assert plain.version != fitted.version


def test_the_model_hears_of_one_answer_only() -> None:
    def answer(request: ChatRequest) -> str:
        said = " ".join(m.text for m in request.messages)
        assert said.count(" answer begins ===") == 1
        return GOOD.text

    chat = ScriptedChat(answer)
    both = judge(chat)
    for text in (ANSWER, "Something else entirely."):
        both.grade(GradeRequest(SKY, text, SKY.prompt))
    assert ANSWER not in chat.requests[-1].messages[-1].text


def test_the_exemplars_nearest_to_the_answer_are_shown_the_nearest_last() -> None:
    claim = Criterion(
        id="a", statement="Aaa.", accepts=("bbb", "zzz zz", "lll mmm"), rejects=("qqq", "oon lll")
    )
    asked = SKY.model_copy(update={"criteria": (claim,), "misconceptions": ()})
    chat = ScriptedChat([word(0.9, 0.1)])
    made = LogprobJudge(chat, Letters(), spec="logprob:scripted", new_marker=marker(), exemplars=2)
    made.grade(GradeRequest(asked, "zzz lll", asked.prompt))
    tail = chat.requests[0].messages[-1].text.partition("Claim: ")[2].split("\n")
    assert tail[:-1] == [
        "Aaa.",
        "Would count: lll mmm",
        "Would count: zzz zz",
        "Would not count: qqq",
        "Would not count: oon lll",
    ]
