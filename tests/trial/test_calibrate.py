"""Curves: how they are fitted, kept and used, and what holds without one."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import Ran
from fake_server import FakeServer
from fakes import ScriptedChat, ScriptedGrader
from samples import BLUE, ICE
from trial_parts import Flat, decider, reader

from interviewer.bank.questions import Bank
from interviewer.chat.messages import ChatReply, ChatRequest
from interviewer.errors import InputError, ModelTimeout
from interviewer.grading.chances import logistic, logit
from interviewer.grading.grader import GradeRequest
from interviewer.grading.grades import GraderIdentity, Ungraded, Verdict
from interviewer.grading.judges.curved import CurvedJudge
from interviewer.grading.judges.fusing import Curve, centred
from interviewer.grading.judges.judge_data import examples
from interviewer.grading.judges.logprob_judge import LogprobJudge
from interviewer.grading.judges.schema_judge import VERSION
from interviewer.specs.judge_specs import Judging, fitting_of, make_judge, parse
from interviewer.specs.model_specs import ModelOptions, make_chat, model_digest
from interviewer.trial import fitting, own_files
from interviewer.trial.fitting import JudgedClaim

Call = Callable[..., Ran]
IDENTITY = GraderIdentity(spec="x", version="1")


def word(odds: float) -> ChatReply:
    yes = logistic(odds)
    return ChatReply("No", alternatives=(("Yes", math.log(yes)), ("No", math.log(1 - yes))))


def leaning(lean: float, true: set[str]) -> Callable[[ChatRequest], ChatReply]:
    """A model that tells claims apart by two in log odds, around a middle of its own."""

    def answer(request: ChatRequest) -> ChatReply:
        claim = request.messages[-1].text.partition("Claim: ")[2].partition("\n")[0]
        return word(lean + (1.0 if claim in true else -1.0))

    return answer


def judged(tiny: Bank, chat: ScriptedChat, **more: Any) -> list[Any]:
    judge = LogprobJudge(chat, Flat(), spec="logprob:x", new_marker=lambda: "m", **more)
    asked = tiny.question(1)
    grade = judge.grade(GradeRequest(asked, BLUE, asked.prompt))
    return [*grade.verdicts, *grade.misconceptions]


TRUE = {"Air scatters sunlight.", *(e.statement for e in examples() if e.asserted)}


def test_without_a_curve_a_model_that_leans_to_no_does_not_fail_everything(tiny: Bank) -> None:
    """Its odds are -5 for what is asserted and -7 for what is not: as they are, everything fails.
    Half way is -6, so they become +1 and -1, probabilities 0.73 and 0.27."""
    raw = judged(tiny, ScriptedChat(leaning(-6.0, TRUE)))
    assert [o.level for o in raw] == ["unmet"] * 3
    found = judged(tiny, ScriptedChat(leaning(-6.0, TRUE)), centre_on=examples())
    assert [o.level for o in found] == ["met", "unmet", "unmet"]
    assert found[0].confidence == pytest.approx(logistic(1.0), abs=0.01)


def test_the_middle_is_found_once_and_again_after_a_failure(tiny: Bank) -> None:
    known = leaning(0.0, TRUE)
    replies: list[Any] = [ModelTimeout("late")]
    chat = ScriptedChat(lambda request: replies.pop(0) if replies else known(request))
    judge = LogprobJudge(
        chat, Flat(), spec="logprob:x", new_marker=lambda: "m", centre_on=examples()
    )
    request = GradeRequest(tiny.question(1), BLUE, tiny.question(1).prompt)
    late = judge.grade(request)
    assert all(isinstance(o, Ungraded) and o.cause == "timeout" for o in late.verdicts)
    for _ in range(2):
        assert all(isinstance(o, Verdict) for o in judge.grade(request).verdicts)
    assert len(chat.requests) == 1 + len(examples()) + 2 * 3
    assert judge.identity.version.endswith("uncalibrated")


def test_no_middle_where_a_model_tells_nothing_apart() -> None:
    # medians of the log odds: ln 4 and ln(1/4) for shares .8 and .2; half way is 0
    assert centred([0.8, 0.8], [0.2, 0.2]).offset == pytest.approx(0.0)
    # ln(.1/.9) = -2.197 and ln(.01/.99) = -4.595: half way -3.396
    assert centred([0.1], [0.01]).offset == pytest.approx(3.396, abs=0.001)
    for same in (centred([0.1], [0.1]), centred([0.1], [0.2]), centred([], [0.2])):
        assert same == Curve()


def test_words_alone_are_votes(tiny: Bank) -> None:
    """Of five tries Yes, Yes, No, Yes, Yes: (4 + 1/2) / (5 + 1) = 0.75."""
    said = iter(["Yes.", "Yes", "no", "**Yes**", "Yes, it does", *["No"] * 10])
    chat = ScriptedChat(lambda _: next(said))
    found = judged(tiny, chat, way="yesno", samples=5)
    assert [o.level for o in found] == ["met", "unmet", "unmet"]
    assert found[0].confidence == pytest.approx(0.75)
    hot = [(r.temperature > 0, r.seed) for r in chat.requests[:5]]
    assert hot == [(False, 0), (True, 1), (True, 2), (True, 3), (True, 4)]
    assert all(r.top_logprobs == 0 for r in chat.requests)
    once = judged(tiny, ScriptedChat(["Perhaps", "Yes", "No"]), way="yesno")
    assert once[0].cause == "off-menu"
    assert [o.level for o in once[1:]] == ["met", "unmet"]  # 3/4 and 1/4


def test_a_curve_on_stated_confidence_lowers_and_never_raises(tiny: Bank) -> None:
    inner = ScriptedGrader({BLUE: {"scatter": "met", "wavelength": "unmet", "ocean": "timeout"}})
    asked = tiny.question(1)
    request = GradeRequest(asked, BLUE, asked.prompt)
    # stated 0.9 for met and 0.1 for unmet: odds +2.197 and -2.197
    low = CurvedJudge(inner, Curve(offset=-3.0), IDENTITY).grade(request)
    assert [o.level for o in low.graded] == ["unmet", "unmet"]  # -0.8: 0.31
    high = CurvedJudge(inner, Curve(offset=3.0), IDENTITY).grade(request)
    assert [o.level for o in high.graded] == ["met", "unmet"]
    assert high.graded[0].confidence == pytest.approx(logistic(logit(0.9) + 3.0))
    assert high.graded[1].confidence == pytest.approx(0.9)
    assert isinstance(high.misconceptions[0], Ungraded)


def pairs(count: int, seed: int = 3) -> list[JudgedClaim]:
    """The judge's odds are worth half, and it is too hopeful by one; offline knows as much again."""
    rng = np.random.default_rng(seed)
    made = []
    for number in range(count):
        odds, ours = rng.normal(0, 2), rng.normal(0, 1)
        truth = float(rng.random() < logistic(0.5 * odds + ours - 1.0))
        made.append(
            JudgedClaim(number // 4, logistic(odds), logistic(ours), truth, number % 3 == 0)
        )
    return made


def test_a_fit_finds_what_made_the_data() -> None:
    rng = np.random.default_rng(3)
    odds = rng.normal(0, 2, 4000)
    truth = (rng.random(4000) < 1 / (1 + np.exp(-(0.5 * odds - 1.0)))).astype(float)
    slope, offset = fitting.fit([odds], truth)
    assert slope == pytest.approx(0.5, abs=0.08)
    assert offset == pytest.approx(-1.0, abs=0.12)
    weights, found = fitting.weights_to(pairs(4000), None)
    assert weights.judge == pytest.approx(0.5, abs=0.1)
    assert weights.offline == pytest.approx(1.0, abs=0.15)
    assert found.after.brier < found.before.brier


def test_a_fit_to_nothing_is_what_is_known_beforehand() -> None:
    none = np.zeros(0)
    assert list(fitting.fit([none], none, (0.7, 0.3))) == pytest.approx([0.7, 0.3])
    assert not fitting.enough(pairs(20))
    assert fitting.enough(pairs(400))


def test_a_judge_that_says_the_opposite_gets_no_weight() -> None:
    against = [
        JudgedClaim(p.question, 1 - p.judged, p.offline, p.truth, p.wrong) for p in pairs(900)
    ]
    weights, found = fitting.weights_to(against, None)
    assert weights.judge == 0.0
    assert found.after.brier <= found.before.brier
    turned = fitting.curve_of(fitting.curve_to(against).fitted)
    assert turned.slope == 0.0


def test_figures_are_of_probabilities() -> None:
    # .9 is above both .6 and .4, .4 is above neither: 2 of 4 pairs... ties count half
    found = fitting.figures_of(np.asarray([0.9, 0.4, 0.6, 0.4]), np.asarray([1, 1, 0, 0.5]))
    assert found.auc == 0.625  # (1 + 1 + 0 + 0.5) / 4
    # squares: .01, .36, .36, .01; right: .9 met, .4 not, .6 not, .4 not met as due
    assert found.brier == pytest.approx(0.185)
    assert found.right == 0.5
    assert fitting.figures_of(np.asarray([0.9]), np.asarray([1.0])).auc is None


TOLD = {
    1: [(BLUE, "met", "met"), ("Air scatters sunlight.", "met", "unmet"), ("Bread rises.", "unmet", "unmet"),
        ("Short wavelengths are scattered more than long ones.", "unmet", "met")],
    2: [("Ice is less dense than liquid water.", "met", None), ("Ice is cold.", "unmet", None), (ICE, "met", None)],
    3: [("At 100 degrees.", "met", None), ("At ninety.", "unmet", None)],
}  # fmt: skip
NAMES = {1: ("scatter", "wavelength"), 2: ("density",), 3: ("hundred",)}


@pytest.fixture
def gold(tiny_folder: Path) -> Path:
    rows = [
        {"id": f"{number}-{at}-{copy}", "question": number, "answer": f"{text} So {copy}.",
         "score": float(first == "met"), "misconceptions": [],
         "verdicts": {c: v for c, v in zip(NAMES[number], levels, strict=False) if v}}
        for number, told in TOLD.items() for at, (text, *levels) in enumerate(told)
        for first in levels[:1] for copy in range(2)
    ]  # fmt: skip
    path = tiny_folder / "gold.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_the_program_fits_keeps_and_uses_a_curve(
    call: Call, tiny_folder: Path, tiny: Bank, gold: Path, home: dict[str, str]
) -> None:
    with FakeServer(default=partial(reader, lean=-4.0), schema="ignored") as server:
        spec = ("logprob:openai:fake", "--base-url", server.url, "--bank", tiny_folder)
        models = ModelOptions(base_url=server.url)
        parsed = parse(spec[0])
        assert fitting_of(parsed, models).source == "none"
        before = call("grade", 1, BLUE, "--grader", *spec)
        assert "judges uncalibrated" in before.err
        ran = call("calibrate", *spec, "--answers", 18)
        assert ran.code == 0, ran.err
        assert "with its curve" in ran.out
        found = fitting_of(parsed, models)
        assert found.source == "own"
        assert found.curve is not None
        assert found.curve.offset > 1.0
        kept = own_files.read_fit(model_digest("openai:fake", server.url), "logprob")
        assert kept is not None
        assert kept.curved.brier < kept.raw.brier
        assert kept.answers == 18
        assert kept.weighed > 30
        assert kept.fused is not None
        assert kept.offline is not None
        after = call("grade", 1, BLUE, "--json", "--grader", *spec)
        assert "uncalibrated" not in after.err
        graded = json.loads(after.out)["grader"]
        assert found.curve.content_digest()[:8] in graded["version"]
        assert fitting_of(parsed, ModelOptions(base_url="http://127.0.0.1:9/v1")).source == "none"
        assert fitting_of(parse("whole:openai:fake"), models).source == "none"


def test_a_decision_model_is_fitted_and_tried_like_any_other(
    call: Call, tiny_folder: Path, gold: Path
) -> None:
    with FakeServer(default=decider) as server:
        spec = ("systemone:kev", "--base-url", server.url, "--bank", tiny_folder)
        assert (
            fitting_of(parse("systemone:kev"), ModelOptions(base_url=server.url)).source == "none"
        )
        before = call("grade", 1, BLUE, "--json", "--grader", *spec)
        assert "uncalibrated" not in before.err
        assert json.loads(before.out)["grader"]["version"] == VERSION
        ran = call("calibrate", *spec, "--answers", 18, "--json")
        assert ran.code == 0, ran.err
        curve = Curve.model_validate(json.loads(ran.out)["curve"])
        tried = json.loads(call("trial", *spec, "--minutes", 0.005, "--json").out)
    assert tried["grader"]["version"] == f"{VERSION}-{curve.content_digest()[:8]}"
    assert (tried["fitted"], tried["mode"], tried["test_answer"]) == ("own", "logprob", "passed")
    assert tried["wordings"] == {
        "asked": 0, "fit": 0, "why": "A decision model words nothing.",
    }  # fmt: skip


def test_a_fit_to_other_prompts_or_a_damaged_one_is_not_used(
    call: Call, tiny: Bank, home: dict[str, str]
) -> None:
    with FakeServer(default=reader, schema="ignored") as server:
        models, parsed = ModelOptions(base_url=server.url), parse("logprob:openai:fake")
        path = own_files.fit_file(model_digest("openai:fake", server.url), "logprob")
        path.parent.mkdir(parents=True)
        path.write_text("{}", "utf-8")
        with pytest.raises(InputError, match="cannot be read"):
            own_files.read_fit(model_digest("openai:fake", server.url), "logprob")
        assert fitting_of(parsed, models).curve is None
        warned: list[str] = []
        make_judge(parsed.text, tiny, Judging(models=models, trusted=True, warn=warned.append))
        assert str(path) in warned[0]
        assert "uncalibrated" in warned[1]


def test_too_little_gold_is_told(call: Call, tiny_folder: Path, gold: Path) -> None:
    with FakeServer(default=reader, schema="ignored") as server:
        spec = ("yesno:openai:fake", "--base-url", server.url, "--bank", tiny_folder)
        ran = call("calibrate", *spec, "--answers", 3)
        assert (ran.code, "too few" in ran.err) == (1, True)
        gold.unlink()
        assert "no graded answers" in call("calibrate", *spec).err


def test_answers_that_the_user_settled_are_fitted_to(
    call: Call, tiny_folder: Path, tiny_run: Callable[..., tuple[Ran, Path]], answers: Path
) -> None:
    log = tiny_run("--answers", answers)[1]
    call("gold", "add", log, 2, "--rater", "Ann", "--met", 1, "--gold", "own.jsonl")
    with FakeServer(default=reader, schema="ignored") as server:
        spec = ("yesno:openai:fake", "--base-url", server.url, "--bank", tiny_folder)
        ran = call("calibrate", *spec, "--answers", 1)
        # It is the only one: the bank has no graded answers of its own.
        assert (ran.code, "of 1 answer are too few" in ran.err) == (1, True), ran.err
        section = tiny_folder / "a.yaml"
        text = section.read_text("utf-8")
        section.write_text(text.replace("Ice is less dense", "Ice has less mass"), "utf-8")
        assert "no graded answers" in call("calibrate", *spec).err


def test_a_model_is_known_by_its_file_or_by_its_name_and_server(tmp_path: Path) -> None:
    one, same, other = (tmp_path / name for name in ("a.gguf", "b.gguf", "c.gguf"))
    one.write_bytes(b"GGUF" + b"x" * 100)
    same.write_bytes(one.read_bytes())
    other.write_bytes(b"GGUF" + b"x" * 99 + b"y")
    digests = [model_digest(f"gguf:{path}") for path in (one, same, other, tmp_path / "none")]
    assert digests[0] == digests[1]
    assert len(set(digests)) == 3
    assert model_digest("openai:a", "http://h/v1") == model_digest("openai:a", "http://h/v1/")
    assert model_digest("openai:a", "http://h/v1") != model_digest("openai:a", "http://i/v1")
    assert make_chat("openai:a", ModelOptions(base_url="http://127.0.0.1:9/v1")).name == "openai:a"
