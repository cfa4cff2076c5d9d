"""Judges against a real server on loopback, well-behaved and not, from the adapter to the program."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran
from fake_answers import HANG, MISBEHAVIOURS, RESET, WORDS, Answer, honest
from fake_server import FakeServer
from samples import BLUE, ICE

from interviewer.bank.questions import Bank
from interviewer.errors import ModelError, UsageError
from interviewer.grading.grader import GradeRequest
from interviewer.grading.grades import AnswerGrade, GraderIdentity, Ungraded, Verdict
from interviewer.session.events import Graded
from interviewer.session.log_file import read_log
from interviewer.specs import graders
from interviewer.specs.judge_specs import Judging, asks_nothing_else, parse, short_name
from interviewer.specs.model_specs import ModelOptions

Call = Callable[..., Ran]


def fooled(body: dict[str, Any]) -> Answer:
    """A judge that says met to everything, in the answer's own words."""
    asked = str(body["messages"][-1]["content"])
    words = re.findall(r"answer begins ===\n(.*)\n===", asked, re.DOTALL)[-1]
    labels = body["response_format"]["json_schema"]["schema"]["properties"]
    met = {"evidence": words, "verdict": "met", "confidence": "high"}
    return Answer(json.dumps(dict.fromkeys(labels, met)))


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with FakeServer(default=honest, schema="ignored") as found:
        yield found


def judging(server: FakeServer, deadline: float = 5.0, **changed: Any) -> Judging:
    models = ModelOptions(base_url=server.url, deadline=deadline)
    return Judging(**{"models": models, "trusted": True, **changed})


def grade(spec: str, bank: Bank, how: Judging, answer: str = BLUE) -> AnswerGrade:
    question = bank.question(1)
    grader = graders.make_grader(spec, bank, judging=how)
    assert grader.identity == graders.grader_identity(spec, judging=how)
    return grader.grade(GradeRequest(question, answer, question.prompt))


@pytest.mark.parametrize("mode", ["whole", "each", "logprob", "pointed", "yesno", "votes"])
def test_a_judge_grades_over_http(mode: str, tiny: Bank, server: FakeServer) -> None:
    found = grade(f"{mode}:openai:fake", tiny, judging(server, trusted=False))
    assert [v.level for v in found.graded] == ["met", "met"]
    assert found.graded[0].evidence is not None
    assert found.score == 1.0
    assert found.usage is not None
    assert found.usage.tokens_in > 0


@pytest.mark.parametrize("mode", ["whole", "logprob"])
@pytest.mark.parametrize("name", MISBEHAVIOURS)
def test_whatever_a_server_does_ends_in_a_grade_or_in_ungraded(
    name: str, mode: str, tiny: Bank
) -> None:
    with FakeServer(default=MISBEHAVIOURS[name]) as server:
        server.schema = "ignored"
        server.script = [MISBEHAVIOURS[name]] * 40
        alone = grade(f"{mode}:openai:fake", tiny, judging(server, 0.3))
        filled = grade(f"{mode}:openai:fake", tiny, judging(server, 0.3, fallback=True))
    assert all(isinstance(o, Ungraded) for o in alone.verdicts)
    assert alone.score is None
    assert all(isinstance(o, Verdict) for o in filled.verdicts)
    assert (
        filled.score
        == graders.make_grader("offline", tiny)
        .grade(GradeRequest(tiny.question(1), BLUE, tiny.question(1).prompt))
        .score
    )
    assert "2 of 2 criteria were graded offline" in " ".join(filled.notes)


def test_a_server_that_ignores_the_schema_may_still_say_it_in_prose(tiny: Bank) -> None:
    def prose(body: dict[str, Any]) -> Answer:
        return Answer(f"Sure!\n```json\n{honest(body).text}\n```\nAnything else?")

    with FakeServer(default=prose, schema="ignored") as server:
        assert grade("openai:fake", tiny, judging(server)).score == 1.0


def test_panel_and_fused_from_specs(tiny: Bank, server: FakeServer) -> None:
    found = grade("panel:offline,openai:fake,logprob:openai:fake", tiny, judging(server))
    assert [v.level for v in found.graded] == ["met", "met"]
    fused = grade("fused:logprob:openai:fake", tiny, judging(server))
    assert fused.score is not None
    assert fused.score > 0.8
    wrong = grade("fused:openai:fake", tiny, judging(server), "It mirrors the sea.")
    assert wrong.score == 0.0


def test_a_judge_that_fails_the_test_answer_is_refused(tiny: Bank) -> None:
    warned: list[str] = []
    with FakeServer(default=fooled, schema="ignored") as server:
        with pytest.raises(ModelError, match="test answer") as refused:
            grade("openai:fake", tiny, judging(server, trusted=False))
        how = judging(server, warn=warned.append)
        assert grade("openai:fake", tiny, how, "Nonsense about the sea").score is not None
    assert "--force" in str(refused.value)
    assert len(warned) == 1


@pytest.mark.parametrize(
    ("spec", "text"),
    [
        ("openai:m", "whole:openai:m"),
        (" logprob:gguf:/a/b.gguf ", "logprob:gguf:/a/b.gguf"),
        ("panel: offline , each:litellm:x/y", "panel:offline,each:litellm:x/y"),
        ("fused:logprob:openai:m", "fused:logprob:openai:m"),
        ("panel:offline,fused:openai:m", "panel:offline,fused:whole:openai:m"),
    ],
)
def test_a_spec_in_full_reads_as_itself(spec: str, text: str) -> None:
    assert parse(spec).text == text
    assert parse(text, "each").text == text


@pytest.mark.parametrize(
    "spec", ["panel:offline", "panel:", "fused:offline", "fused:panel:offline,openai:m",
             "panel:offline,panel:offline,openai:m", "logprob:offline", "whole:", "bard:m",
             "panel:offline,nobody", "litellm:m"],
)  # fmt: skip
def test_a_spec_that_makes_no_sense_is_a_wrong_use(spec: str) -> None:
    with pytest.raises(UsageError):
        graders.grader_identity(spec)


def test_names_for_people_and_for_the_cache() -> None:
    assert short_name("panel:offline,logprob:gguf:/x/y.gguf,openai:m") == (
        "panel:offline,logprob:gguf:y.gguf,openai:m"
    )
    assert asks_nothing_else("logprob:openai:m")
    assert not asks_nothing_else("fused:openai:m")
    identities = {
        graders.grader_identity(spec)
        for spec in ("openai:m", "each:openai:m", "logprob:openai:m", "fused:openai:m", "openai:n")
    }
    assert len(identities) == 5
    assert all(isinstance(i, GraderIdentity) and i.prompt for i in identities)


def options(server: FakeServer, folder: Path, *more: object) -> list[object]:
    return ["--bank", folder, "--base-url", server.url, *more]


def test_grade_shows_evidence_and_usage(call: Call, tiny_folder: Path, server: FakeServer) -> None:
    ran = call("grade", *options(server, tiny_folder, "--judge", "openai:fake", "--json"), 1, BLUE)
    assert ran.code == 0, ran.err
    data = json.loads(ran.out)
    assert data["score"] == 1.0
    assert data["usage"]["tokens_in"] == 200
    evidence = data["claims"][0]["outcome"]["evidence"]
    assert BLUE[evidence["start"] : evidence["end"]] == WORDS


def test_grade_falls_back_and_says_why(call: Call, tiny_folder: Path) -> None:
    with FakeServer(default=HANG, schema="ignored") as server:
        more = ("--model", "openai:fake", "--deadline", "0.2")
        ran = call("grade", *options(server, tiny_folder, *more), 1, BLUE)
    assert ran.code == 1
    assert "2 of 2 criteria were graded offline: the model did not reply in time" in ran.out
    assert "the judge openai:fake gave no verdict: the answer was graded offline" in ran.err


@pytest.mark.parametrize("works", [0, 1, 2])
def test_a_judge_that_never_worked_is_told_at_the_end(
    call: Call, tiny_folder: Path, tmp_path: Path, works: int
) -> None:
    """Of two answers the judge grades none, one or both; only the first is an error."""
    with FakeServer([honest] * (1 + works), default=RESET, schema="ignored") as server:
        more = ("--judge", "openai:fake", "--deadline", "0.3", "--transcripts", tmp_path / "t")
        ran = call(
            "run", *options(server, tiny_folder, *more, "--questions", "1-2", "--probes", 0),
            stdin=f"{BLUE}\n\n{ICE}",
        )  # fmt: skip
    assert ran.code == (0 if works else 1), ran.err
    assert ("all 2 answers were graded offline" in ran.err) is (works == 0)
    assert ("interviewer regrade" in ran.err) is (works == 0)
    assert "That was the last question." in ran.out


def test_calls_on_record_need_no_server(
    call: Call, tiny_folder: Path, server: FakeServer, tmp_path: Path
) -> None:
    judge = ("--judge", "openai:fake", "--json")
    first = call(
        "grade", *options(server, tiny_folder, *judge, "--record", tmp_path / "calls"), 1, BLUE
    )
    assert first.code == 0, first.err
    asked = len(server.requests)
    replay = ("--offline-replay", tmp_path / "calls")
    again = call("grade", *options(server, tiny_folder, *judge, *replay), 1, BLUE)
    assert json.loads(again.out)["claims"] == json.loads(first.out)["claims"]
    other = call("grade", *options(server, tiny_folder, *judge, *replay), 1, "Something else.")
    assert json.loads(other.out)["score"] is None
    assert len(server.requests) == asked


def test_an_interview_judged_by_a_model(
    call: Call, tiny_folder: Path, server: FakeServer, tmp_path: Path
) -> None:
    more = ("--judge", "openai:fake", "--judge-mode", "logprob", "--transcripts", tmp_path / "t")
    ran = call(
        "run", *options(server, tiny_folder, *more, "--questions", "1", "--probes", 0), stdin=BLUE
    )
    assert ran.code == 0, ran.err
    (log,) = [p for p in (tmp_path / "t").glob("*.jsonl") if not p.name.endswith(".calls.jsonl")]
    (graded,) = [e for e in read_log(log).events if isinstance(e, Graded)]
    assert graded.grade.score == pytest.approx(1.0, abs=0.05)
    assert graded.grader.spec == "logprob:openai:fake"
    assert "judges uncalibrated" in ran.err
    assert graded.grader.version.endswith("uncalibrated")
    assert graded.grade.usage is not None
    assert list((tmp_path / "t").glob("*.calls.jsonl"))


def test_a_refused_judge_holds_no_interview(call: Call, tiny_folder: Path, tmp_path: Path) -> None:
    with FakeServer(default=fooled, schema="ignored") as server:
        more = ("--judge", "openai:fake", "--transcripts", tmp_path / "t", "--questions", "1")
        ran = call("run", *options(server, tiny_folder, *more), stdin=BLUE)
        forced = call("run", *options(server, tiny_folder, *more, "--force"), stdin=BLUE)
    assert ran.code == 1
    assert "test answer" in ran.err
    assert "--force" in ran.err
    assert "Traceback" not in ran.err
    assert forced.code == 0
    assert "Beware" in forced.err


def test_check_measures_the_judge_alone(
    call: Call, tiny_folder: Path, server: FakeServer, tmp_path: Path
) -> None:
    rows = [
        {"id": "a", "question": 1, "answer": BLUE, "score": 1.0},
        {"id": "b", "question": 1, "answer": "It mirrors the sea, I think.", "score": 0.0},
        {"id": "c", "question": 2, "answer": "Ice is less dense.", "score": 1.0},
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    graders = ("--grader", "openai:fake", "--grader", "overlap", "--gold", path)
    ran = call("check", *options(server, tiny_folder, *graders))
    assert ran.code == 0, ran.err
    assert "tokens per answer" in ran.out
    assert "240" in ran.out
    assert "cost per answer" not in ran.out
    asked = len(server.requests)
    again = call("check", *options(server, tiny_folder, *graders, "--json"))
    assert len(server.requests) == asked
    (of_set,) = json.loads(again.out)["sets"]
    metrics = {g["grader"]: g["measured"]["metrics"] for g in of_set["graders"]}
    assert metrics["whole:openai:fake"]["tokens"] == 240
    assert metrics["overlap"]["tokens"] is None


def test_check_counts_what_is_ungraded(call: Call, tiny_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "a", "question": 1, "answer": BLUE, "score": 1.0}), "utf-8")
    with FakeServer(default=Answer("I cannot say."), schema="ignored") as server:
        server.script = ["I cannot say."] * 9
        graders = ("--grader", "openai:fake", "--gold", path)
        ran = call("check", *options(server, tiny_folder, *graders))
    assert ran.code == 0, ran.err
    assert "bad-reply 1" in ran.out
