"""What servers and models do that a judge or an interviewer must cope with, and what must come of it.

One table for every client: `test_every_client.py` holds each of them to it, and
`docs/make_judges_matrix.py` writes it down as a page.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from fake_answers import LOADING, Answer, raw, refusal
from fake_server import FakeServer

from interviewer.bank.questions import Criterion, Misconception, Question
from interviewer.chat.messages import ChatRequest, Message
from interviewer.common.text import one_line
from interviewer.errors import ModelError
from interviewer.grading.grader import GradeRequest
from interviewer.grading.grades import Ungraded, Verdict
from interviewer.grading.judges.logprob_judge import LogprobJudge
from interviewer.grading.judges.schema_judge import SchemaJudge
from interviewer.grading.outcomes import by_claim, in_words
from interviewer.specs.model_specs import ModelOptions, make_chat

CLIENTS = {"openai": "openai:fake", "litellm": "litellm:openai/fake"}

QUESTION = Question(
    id=1,
    section="A",
    prompt="Why is the daytime sky blue?",
    kind="why",
    references=("Air scatters blue light more than red light.",),
    criteria=(
        Criterion(id="scatter", statement="Air scatters sunlight."),
        Criterion(id="short", statement="Short waves are scattered more."),
    ),
    misconceptions=(Misconception(id="ocean", statement="It mirrors the sea.", cost=0.5),),
)
ANSWER = "Well-known: molecules deflect the light, by the \\frac{1}{\\lambda^4} law of efficient scattering."
LABELS = ("c1", "c2", "m1")


def verdicts(evidence: str = "molecules deflect the light") -> str:
    """The right reply of a judge."""
    none = {"evidence": "", "verdict": "unmet", "confidence": "high"}
    met = {"evidence": evidence, "verdict": "met", "confidence": "high"}
    return json.dumps({"c1": met, "c2": none, "m1": none})


_MET = {"evidence": "the light", "verdict": "met", "confidence": "high"}
_UNMET = {"evidence": "", "verdict": "unmet", "confidence": "high"}
DRAFT = json.dumps(dict.fromkeys(LABELS, _MET))
"""What a model tries out while it thinks: everything met, the misconception too."""
GRADED = "graded"

Reply = Callable[[dict[str, Any]], "Answer | str"]


@dataclass(frozen=True)
class Behaviour:
    """One way to behave. row: of the list of faults that it is about. does: in words. reply: what is
    sent for each call. asked: as a judge in one call, as a judge by one word, or for words, which are
    streamed. comes: what comes of it, GRADED and "(N calls)" where it costs more than one; for words,
    what is said. again: calls that a second time costs, once this is learnt.
    """

    row: int
    does: str
    reply: Reply
    comes: str = GRADED
    asked: Literal["whole", "logprob", "words"] = "whole"
    again: int | None = None
    answer: str = ANSWER


def always(answer: Answer | str) -> Reply:
    return lambda _: answer


def until(tokens: int, before: Answer, after: Answer) -> Reply:
    """A reply that needs that much room."""

    def reply(body: dict[str, Any]) -> Answer:
        room = body.get("max_tokens", body.get("max_completion_tokens", 0))
        return after if room >= tokens else before

    return reply


def unless(wrong: Callable[[dict[str, Any]], Any], refused: Answer, good: Answer | str) -> Reply:
    """A refusal of calls of which that holds."""
    return lambda body: refused if wrong(body) else good


def has_system(body: dict[str, Any]) -> bool:
    return any(m["role"] == "system" for m in body["messages"])


def form(body: dict[str, Any]) -> str:
    return str(body.get("response_format", {}).get("type", ""))


def picky(body: dict[str, Any]) -> Answer | str:
    """As the newer models of OpenAI are."""
    if "max_tokens" in body:
        instead = "Use 'max_completion_tokens' instead."
        return refusal(400, f"Unsupported parameter: 'max_tokens' is not supported. {instead}")
    if "temperature" in body:
        return refusal(400, "Unsupported value: 'temperature' does not support 0 with this model.")
    return refusal(400, "Unknown parameter: 'seed'.") if "seed" in body else GOOD


def in_turn(*answers: Answer | str) -> Reply:
    left = list(answers)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


THOUGHT = "Let me see. The candidate speaks of molecules. " * 20
GOOD = Answer(verdicts())
YES = Answer("Yes", alternatives=(("Yes", -0.05), ("No", -4.0)))
OUT_OF_ROOM = Answer("", finish="length", message={"reasoning_content": THOUGHT}, usage=(200, 520))
WENT = "the reply of the model could not be read (its whole reply went into thinking"


def table() -> list[Behaviour]:
    """Every behaviour, with fresh replies."""
    parts = (_thinking, _forms, _refusals, _endings, _pages, _replies, _by_word, _words)
    return [behaviour for part in parts for behaviour in part()]


def _thinking() -> list[Behaviour]:
    tagged = f"<think>{THOUGHT}{DRAFT}"
    return [
        Behaviour(
            1, "thinks 2,000 tokens in a field of its own", until(2400, OUT_OF_ROOM, GOOD),
            "graded (3 calls)", again=1,
        ),
        Behaviour(
            1, "thinks 2,000 tokens between tags",
            until(2400, Answer(tagged, finish="length"), Answer(f"{tagged}</think>{verdicts()}")),
            "graded (3 calls)", again=1,
        ),
        Behaviour(
            1, "thinks without an opening tag, with a draft",
            until(1500, Answer(f"{THOUGHT}{DRAFT}", finish="length"),
                  Answer(f"{THOUGHT}{DRAFT}</think>\n{verdicts()}")),
            "graded (2 calls)", again=1,
        ),
        Behaviour(
            1, "thinks without end", always(OUT_OF_ROOM),
            f"{WENT}, 28,672 tokens and more)",
        ),
        Behaviour(
            3, "a draft in thinking that breaks off", always(Answer(tagged, finish="length")),
            f"{WENT}, 28,672 tokens and more)",
        ),
        Behaviour(
            3, "a draft in thinking, then prose", always(f"{tagged}</think>A fair answer."),
            "the reply of the model could not be read (it is no JSON: “A fair answer.”)",
        ),
        Behaviour(3, "unfinished thinking that ends by itself", always(tagged), f"{WENT})"),
        Behaviour(
            4, "the verdict in the reasoning field, no content",
            always(Answer("", message={"reasoning_content": verdicts()})),
        ),
        Behaviour(
            4, "a draft among reasoning, no content",
            always(Answer("", message={"reasoning_content": f"Perhaps {DRAFT}? Hm."})), f"{WENT})",
        ),
        Behaviour(
            4, "a verdict on one label only in the reasoning field",
            always(Answer("", message={"reasoning_content": '{"c1": {"verdict": "met"}}'})),
            f"{WENT})",
        ),
    ]  # fmt: skip


def _forms() -> list[Behaviour]:
    schema = refusal(400, "This model does not support response_format json_schema")
    never = refusal(400, "Unknown parameter: response_format")
    return [
        Behaviour(
            8, "knows no json_schema", unless(lambda b: form(b) == "json_schema", schema, GOOD),
            "graded (2 calls)", again=1,
        ),
        Behaviour(
            8, "knows no response_format", unless(form, never, GOOD), "graded (3 calls)", again=1
        ),
        Behaviour(
            8, "Groq: json_validate_failed",
            unless(lambda b: form(b) == "json_schema",
                   refusal(400, "Failed to generate JSON. See failed_generation"), GOOD),
            "graded (2 calls)", again=2,
        ),
        Behaviour(
            8, "llama.cpp: 500 failed to parse grammar",
            unless(lambda b: form(b) == "json_schema",
                   refusal(500, "failed to parse grammar"), GOOD),
            "graded (2 calls)", again=1,
        ),
        Behaviour(
            2, "no system role, said with 400",
            unless(has_system, refusal(400, "System role not supported"), GOOD),
            "graded (2 calls)", again=1,
        ),
        Behaviour(
            2, "no system role, said with 500",
            unless(has_system, refusal(500, "Jinja: System role not supported"), GOOD),
            "graded (2 calls)", again=1,
        ),
        Behaviour(
            2, "roles must alternate",
            unless(has_system, refusal(400, "Conversation roles must alternate user/assistant"), GOOD),
            "graded (2 calls)", again=1,
        ),
        Behaviour(
            13, "max_completion_tokens, no temperature, no seed",
picky,
            "graded (4 calls)", again=1,
        ),
    ]  # fmt: skip


def _refusals() -> list[Behaviour]:
    in_choice = {"error": {"code": 502, "message": "Upstream is gone"}}
    lasting = {"error": {"code": 400, "message": "Upstream knows no such model"}}
    return [
        Behaviour(
            6, "a refusal of the model", always(Answer("", message={"refusal": "I cannot do that."})),
            "the reply of the model could not be read (the model refuses: 'I cannot do that.')",
        ),
        Behaviour(
            6, "a content filter", always(Answer("", finish="content_filter")),
            "the reply of the model could not be read (the provider's content filter stopped the"
            " reply)",
        ),
        Behaviour(
            6, "502 within a choice, once",
            in_turn(Answer("", finish="error", choice=in_choice), GOOD), "graded (2 calls)", again=1,
        ),
        Behaviour(
            6, "400 within a choice", always(Answer("", finish="error", choice=lasting)),
            "the model could not be reached (the server reports an error: Upstream knows no such"
            " model)",
        ),
        Behaviour(
            6, "choices are null", always(raw({"choices": None, "id": "x", "object": "x"})),
            "the reply of the model could not be read (the server's reply holds no choices)",
        ),
        Behaviour(
            6, "prose", always("I would say that this is a fair answer."),
            "the reply of the model could not be read (it is no JSON: “I would say that this is a"
            " fair answer.”)",
        ),
        Behaviour(
            16, "400: the credit balance is too low",
            always(refusal(400, "Your credit balance is too low to access the API.")),
            "the model could not be reached (URL wants to be paid first: Your credit balance is too"
            " low to access the API.)",
        ),
        Behaviour(
            17, "cuts the prompt to 2,050 tokens", always(Answer(verdicts(), usage=(2050, 60))),
            "the reply of the model could not be read (the server cut the prompt: it read 2,050"
            " tokens of more than N words; give the model a window of at least 8,192 tokens)",
            answer=f"{ANSWER} {'And so on and so forth. ' * 560}",
        ),
        Behaviour(
            6, "half a reply", always(Answer(verdicts()[:90], finish="length")),
            "the reply of the model could not be read (the reply was cut off)",
        ),
        Behaviour(
            6, "empty text", always(Answer("")),
            "the reply of the model could not be read (the model's reply is empty)",
        ),
        Behaviour(
            6, "a page of HTML",
            always(Answer(body=b"<html>It works!</html>", kind="text/html")),
            "the reply of the model could not be read (the server's reply is not JSON:"
            " '<html>It works!</html>')",
        ),
        Behaviour(
            16, "429, to be tried again in an hour",
            always(refusal(429, "Rate limit reached", Retry_After="3600")),
            "the model could not be reached (URL limits the rate of calls: Rate limit reached (tried"
            " once; it asks to wait 3600 seconds))",
        ),
        Behaviour(
            18, "still loads its model twice over", in_turn(LOADING, LOADING, GOOD),
            "graded (3 calls)", again=1,
        ),
    ]  # fmt: skip


def _endings() -> list[Behaviour]:
    unread = "the reply of the model could not be read"
    begun = f"First {DRAFT}"
    filtered = f"{unread} (the provider's content filter stopped the reply)"
    call = {"id": "c", "type": "function", "function": {"name": "search", "arguments": "{}"}}
    return [
        Behaviour(
            3, "a draft, then verdicts that break off, said to be whole",
            always(f"{begun}. On balance {verdicts()[:90]}"),
            f"{unread} (its JSON is broken, or taken back: “{one_line(begun, 60)}”)",
        ),
        Behaviour(
            3, "verdicts that it takes back in prose",
            always(f"{DRAFT}\nWait, c2 and m1 are not met."),
            f"{unread} (its JSON is broken, or taken back: “{one_line(DRAFT, 60)}”)",
        ),
        Behaviour(
            1, "ends by MAX_TOKENS, in thinking",
            until(2400, Answer("", finish="MAX_TOKENS", message={"reasoning": THOUGHT}), GOOD),
            "graded (3 calls)", again=1,
        ),
        Behaviour(
            6, "half a reply, then the content filter",
            always(Answer(verdicts()[:150], finish="content_filter")), filtered,
        ),
        Behaviour(
            6, "half a reply, then SAFETY", always(Answer(verdicts()[:150], finish="SAFETY")), filtered
        ),
        Behaviour(
            6, "DeepSeek: insufficient_system_resource, once",
            in_turn(Answer(verdicts()[:150], finish="insufficient_system_resource"), GOOD),
            "graded (2 calls)", again=1,
        ),
        Behaviour(
            6, "calls a tool instead",
            always(Answer("", finish="tool_calls", message={"content": None, "tool_calls": [call]})),
            f"{unread} (the model called a tool instead of replying)",
        ),
        Behaviour(
            6, "an empty list of choices",
            always(raw({"choices": [], "id": "x", "object": "chat.completion", "created": 1})),
            f"{unread} (the server's reply holds no choices)",
        ),
    ]  # fmt: skip


def _pages() -> list[Behaviour]:
    def page(status: int, title: str) -> Answer:
        body = (
            f"<!DOCTYPE html><html><head><title>{title}</title></head><body>Parameter</body></html>"
        )
        return Answer(status=status, body=body.encode(), kind="text/html")

    return [
        Behaviour(
            6, "403 with a page of what stands before it",
            always(page(403, "Attention Required! | Cloudflare")),
            "the model could not be reached (URL answers 403 with a page for people: Attention"
            " Required! | Cloudflare)",
        ),
        Behaviour(
            6, "404 with a page", always(page(404, "404 Not Found")),
            "the model could not be reached (URL answers 404 with a page for people: 404 Not Found)",
        ),
        Behaviour(
            6, "502 with a page, once", in_turn(page(502, "Bad Gateway"), GOOD),
            "graded (2 calls)", again=1,
        ),
        Behaviour(
            16, "529: overloaded, once", in_turn(refusal(529, "Overloaded"), GOOD),
            "graded (2 calls)", again=1,
        ),
        Behaviour(
            16, "Groq: 498, no capacity, once", in_turn(refusal(498, "Capacity exceeded"), GOOD),
            "graded (2 calls)", again=1,
        ),
        Behaviour(
            18, "LM Studio: 400, the model is loading, once",
            in_turn(refusal(400, "Model is loading. Please try again"), GOOD),
            "graded (2 calls)", again=1,
        ),
    ]  # fmt: skip


def _replies() -> list[Behaviour]:
    plain = verdicts()
    return [
        Behaviour(
            15, "keys, labels and verdicts in any case",
            always(plain.replace("c1", "C1").replace("verdict", "Verdict").replace("met", "MET")),
        ),
        Behaviour(15, "trailing commas", always(plain.replace("}", ",}"))),
        Behaviour(15, "single quotes", always(plain.replace('"', "'"))),
        Behaviour(
            15, "a lone backslash of LaTeX",
            always(plain.replace("molecules deflect the light", "\\frac{1}{\\lambda^4}")),
        ),
        Behaviour(
            14, "another dash and a ligature in a quote",
            in_turn(verdicts("Well\u2011known: molecules"), verdicts("of e\ufb03cient scattering")),
            again=1,
        ),
        Behaviour(15, "JSON within a JSON string", always(json.dumps(plain))),
        Behaviour(15, "comments in its JSON", always(plain.replace("{", "{ // see below\n", 1))),
        Behaviour(
            15, "Python's None and single quotes",
            always(repr({"c1": _MET | {"evidence": "molecules deflect the light"},
                         **dict.fromkeys(("c2", "m1"), _UNMET | {"evidence": None})})),
        ),
        Behaviour(
            15, "its evidence as a list of quotes",
            always(plain.replace('"molecules deflect the light"', '["molecules deflect the light"]')
                   .replace('"evidence": ""', '"evidence": []')),
        ),
        Behaviour(
            15, "an array, each with its label",
            always(json.dumps([{"label": k, **v} for k, v in json.loads(plain).items()])),
        ),
        Behaviour(15, "its verdicts within another object", always(f'{{"verdicts": {plain}}}')),
        Behaviour(15, "a number for how sure it is", always(plain.replace('"high"', "0.95"))),
        Behaviour(
            15, "another word for a verdict", always(plain.replace('"unmet"', '"excellent"')),
            "the model gave a verdict that it was not offered",
        ),
        Behaviour(
            15, "labels of its own", always(plain.replace('"c1"', '"first"').replace('"c2"', '"b"')),
            "the model left them out",
        ),
        Behaviour(15, "fences and prose", always(f"Sure!\n```json\n{plain}\n```\nAnything else?")),
    ]  # fmt: skip


def _by_word() -> list[Behaviour]:
    def more_than(most: int) -> Callable[[dict[str, Any]], bool]:
        return lambda body: body.get("top_logprobs", 0) > most

    none = Answer("Yes", alternatives=())
    bare = (
        "the reply of the model could not be read (the server gives no log-probabilities;"
        " --judge-mode yesno or whole does without)"
    )
    return [
        Behaviour(
            13, "at most 5 alternatives",
            unless(more_than(5), refusal(400, "top_logprobs must be between 0 and 5"), YES),
            "graded (4 calls)", "logprob", again=3,
        ),
        Behaviour(
            13, "no log-probabilities, said with 403",
            unless(more_than(0), refusal(403, "You are not allowed to request logprobs"), none),
            bare, "logprob",
        ),
        Behaviour(13, "no log-probabilities, not said", always(none), bare, "logprob"),
        Behaviour(
            13, "at least 16 tokens a reply",
            unless(lambda b: b["max_tokens"] < 16,
                   refusal(400, "Invalid 'max_tokens': integer below minimum value. Expected a value"
                                " >= 16, but got 1 instead."), YES),
            "graded (4 calls)", "logprob", again=3,
        ),
        Behaviour(
            13, "the first token opens its thinking",
            always(Answer("<think>", alternatives=(("<think>", -0.01), ("Yes", -9.0)))),
            "the model gave a verdict that it was not offered (not Yes or No but “<think>”;"
            " --judge-mode whole does without)", "logprob",
        ),
    ]  # fmt: skip


def _words() -> list[Behaviour]:
    return [
        Behaviour(
            11, "thinks before a wording",
            always(Answer("<think>Not the answer itself.</think>\nWhat scatters?")),
            "What scatters?", "words",
        ),
        Behaviour(
            4, "the wording in the reasoning field",
            always(Answer("", message={"reasoning_content": "What scatters?"})),
            "its whole reply went into thinking", "words",
        ),
        Behaviour(
            9, "a stream that ends by [DONE] alone",
            always(Answer("What scatters?", finish=None, done=True)), "What scatters?", "words",
        ),
    ]  # fmt: skip


NO_VERDICT = "no verdict: "


def outcome(client: str, behaviour: Behaviour, server: FakeServer, deadline: float = 20.0) -> str:
    """What comes of that behaviour through that client, in the words of the table, and after a slash
    how many calls it costs the next time where the table says so."""
    options = ModelOptions(base_url=server.url, deadline=deadline)
    chat = make_chat(CLIENTS[client], options)
    if behaviour.asked == "words":
        try:
            request = ChatRequest((Message("user", "Word a follow-up."),), max_tokens=60)
            return chat.chat(request, lambda _: None).text
        except ModelError as error:
            return error.message.replace(server.url, "URL")
    numbers = iter(range(1000))
    judge: Any = (
        SchemaJudge(chat, spec="s", new_marker=lambda: f"mark{next(numbers)}")
        if behaviour.asked == "whole"
        else LogprobJudge(chat, Nowhere(), spec="s", new_marker=lambda: "mark")
    )
    found = [_graded(judge, behaviour, server)]
    if behaviour.again is not None:
        before = len(server.requests)
        _graded(judge, behaviour, server)
        found.append(str(len(server.requests) - before))
    return " / ".join(found)


def _graded(judge: Any, behaviour: Behaviour, server: FakeServer) -> str:
    before = len(server.requests)
    grade = judge.grade(GradeRequest(QUESTION, behaviour.answer, QUESTION.prompt))
    gaps = [o for o in by_claim(grade).values() if isinstance(o, Ungraded)]
    if gaps:
        assert grade.score is None
        return in_words(gaps).replace(server.url, "URL")
    if behaviour.asked == "whole":
        assert [v.level for v in grade.graded] == ["met", "unmet"]
        assert all(isinstance(m, Verdict) and m.level == "unmet" for m in grade.misconceptions)
    calls = len(server.requests) - before
    usual = 1 if behaviour.asked == "whole" else len(LABELS)
    return GRADED if calls == usual else f"{GRADED} ({calls} calls)"


class Nowhere:
    """Implements `encoders.Embedder` for who needs no evidence: everything is equally near."""

    name = "nowhere"

    def embed(self, texts: Any) -> Any:
        """One number for each text."""
        import numpy as np

        return np.ones((len(list(texts)), 1))
