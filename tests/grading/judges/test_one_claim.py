"""Ways to ask about one claim: numbered options, sentences by number, and words pointed at."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

import pytest
from fake_server import FakeServer
from fakes import ScriptedChat, ScriptedGrader
from hostile import NASTY
from samples import SKY
from trial_parts import Flat, reader

from interviewer.bank.questions import Bank
from interviewer.chat.messages import ChatReply, ChatRequest, Usage
from interviewer.errors import BudgetExceeded, ModelTimeout
from interviewer.grading.grader import GradeRequest
from interviewer.grading.grades import AnswerGrade, Ungraded, Verdict
from interviewer.grading.judges.logprob_judge import LogprobJudge, prompt_digest
from interviewer.grading.judges.one_claim.asking import Asking
from interviewer.grading.judges.one_claim.sentence_judge import SentenceJudge
from interviewer.specs import graders
from interviewer.specs.judge_specs import Judging
from interviewer.specs.model_specs import ModelOptions

ANSWER = "Molecules deflect the light. Why is the daytime sky blue? Blue is bent more."
REQUEST = GradeRequest(SKY, ANSWER, SKY.prompt)


def numbers(one: float, two: float) -> ChatReply:
    return ChatReply("1", Usage(tokens_in=5), (("1", math.log(one)), ("2", math.log(two))))


def share(chat: ScriptedChat, **more: Any) -> float | Ungraded:
    asking = Asking(chat, **more)
    return asking.share(SKY, ANSWER, SKY.criteria[0], "m4rk", [])


def test_options_are_asked_in_both_orders_and_a_liking_for_a_number_cancels_out() -> None:
    """A model that says 1 with odds 4, whatever it stands for: ln 4 and -ln 4 come to 0, one half."""
    chat = ScriptedChat([numbers(0.8, 0.2)] * 2)
    assert share(chat, way="options") == pytest.approx(0.5)
    first, second = (r.messages[-1].text for r in chat.requests)
    assert first.index("says or implies") < first.index("does not mention")
    assert second.index("does not mention") < second.index("says or implies")
    # odds 4 for what is 1, then 9 for what is 2: log odds ln 4 and ln 9, their mean is ln 6
    told = ScriptedChat([numbers(0.8, 0.2), numbers(0.1, 0.9)])
    assert share(told, way="options") == pytest.approx(6 / 7)
    off = share(ScriptedChat([ChatReply("Yes", alternatives=(("Yes", -0.1),))]), way="options")
    assert isinstance(off, Ungraded)
    assert off.cause == "off-menu"


def test_votes_that_were_had_before_the_budget_ended_count() -> None:
    chat = ScriptedChat(["Yes", "Yes", BudgetExceeded("spent")])
    assert share(chat, way="yesno", samples=5) == pytest.approx((2 + 0.5) / 3)
    none = share(ScriptedChat([ModelTimeout("late")]), way="yesno", samples=5)
    assert isinstance(none, Ungraded)
    assert none.cause == "timeout"


def test_the_words_that_another_grader_points_at_are_named_as_data() -> None:
    evil = f"{ANSWER} {NASTY}"
    chat = ScriptedChat(lambda _: ChatReply("No", alternatives=(("No", -0.1), ("Yes", -2.0))))
    pointer = ScriptedGrader({evil: {"scatter": "met"}})
    judge = LogprobJudge(chat, Flat(), spec="pointed:x", new_marker=lambda: "m4rk", pointer=pointer)
    judge.grade(GradeRequest(SKY, evil, SKY.prompt))
    pointed, plain = (r.messages[-1].text for r in chat.requests[:2])
    words = pointed.partition("Nearest to it in the answer:")[2]
    assert words.strip().startswith("=== m4rk words begins ===")
    assert "Molecules deflect" in words
    assert "Nearest" not in plain
    assert "<|im_end|>" not in pointed
    assert judge.identity.prompt == prompt_digest((), 0, pointed=True)
    digests = {prompt_digest((), 0), prompt_digest((), 0, "options"), judge.identity.prompt}
    assert len(digests) == 3


def sentence(**said: Any) -> str:
    return json.dumps({"evidence": "none", "verdict": "unmet", "confidence": "high", **said})


def judged(chat: ScriptedChat) -> AnswerGrade:
    return SentenceJudge(chat, spec="sentences:x", new_marker=lambda: "m4rk").grade(REQUEST)


def test_a_sentence_by_its_number_is_the_evidence() -> None:
    chat = ScriptedChat(
        [
            sentence(evidence="1", verdict="met"),
            sentence(evidence="[3]", verdict="partial"),
            sentence(),
        ]
    )
    grade = judged(chat)
    found = [*grade.graded, *grade.misconceptions]
    assert [v.level for v in found if isinstance(v, Verdict)] == ["met", "partial", "unmet"]
    assert grade.graded[0].evidence is not None
    assert grade.graded[0].evidence.of(ANSWER) == "Molecules deflect the light"
    assert grade.score == pytest.approx((3 + 0.5) / 4)
    asked = chat.requests[0]
    assert asked.schema is not None
    assert asked.schema["properties"]["evidence"]["enum"] == ["none", "1", "2", "3"]
    shown = asked.messages[-1].text
    assert re.findall(r"^\[(\d)\]", shown, re.MULTILINE) == ["1", "2", "3"]
    assert shown.count("Claim: ") == 1
    assert "scatter:" not in shown


@pytest.mark.parametrize("number", ["none", "0", "4", "2", "one", "1" * 40, "٣", "-1"])
def test_a_number_of_no_sentence_earns_nothing(number: str) -> None:
    """The second sentence only asks again."""
    replies = [sentence(evidence=number, verdict="met"), sentence(), sentence()]
    first = judged(ScriptedChat(replies)).verdicts[0]
    assert isinstance(first, Ungraded)
    assert first.cause == "bad-quote"


def test_a_judge_by_sentences_that_fails_is_ungraded() -> None:
    chat = ScriptedChat([ModelTimeout("late")])
    assert [o.cause for o in judged(chat).verdicts if isinstance(o, Ungraded)] == ["timeout"] * 2
    assert len(chat.requests) == 1
    garbled = judged(ScriptedChat(["no json", sentence(verdict="maybe"), sentence()]))
    assert [o.cause for o in garbled.verdicts if isinstance(o, Ungraded)] == [
        "bad-reply", "off-menu",
    ]  # fmt: skip


def test_prompts_of_one_claim_are_what_they_were() -> None:
    from interviewer.grading.judges.one_claim import one_claim_prompts

    claim = SKY.criteria[0]
    texts = [
        one_claim_prompts.options_chat(SKY, ANSWER, claim, "m4rk", turned=False),
        one_claim_prompts.sentence_chat(SKY, ["One.", "Two."], claim, "m4rk"),
    ]
    golden = Path(__file__).parents[2] / "golden" / "one_claim.txt"
    shown = "\n".join(f"----- {role} -----\n{text}" for chat in texts for role, text in chat)
    assert golden.read_text("utf-8") == shown + "\n"


def test_a_request_says_nothing_of_other_claims() -> None:
    seen: list[ChatRequest] = []

    def answer(request: ChatRequest) -> str:
        seen.append(request)
        return sentence()

    judged(ScriptedChat(answer))
    assert ["Short waves" in r.messages[-1].text for r in seen] == [False, True, False]


@pytest.mark.parametrize("mode", ["options", "sentences"])
def test_they_grade_over_http(mode: str, tiny: Bank) -> None:
    with FakeServer(default=reader, schema="ignored") as server:
        how = Judging(models=ModelOptions(base_url=server.url), trusted=True)
        judge = graders.make_grader(f"{mode}:openai:fake", tiny, judging=how)
        assert judge.identity == graders.grader_identity(f"{mode}:openai:fake", judging=how)
        asked = tiny.question(1)
        said = "Air scatters sunlight. Bread rises."
        found = judge.grade(GradeRequest(asked, said, asked.prompt))
    first, second = found.graded
    assert (first.level, second.level != "met") == ("met", True)
    assert first.evidence is not None
    assert first.evidence.of(said).rstrip(".") == "Air scatters sunlight"
