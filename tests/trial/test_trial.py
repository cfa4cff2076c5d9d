"""`interviewer trial`: a model on loopback is tried, by every mode, and what is said of it."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran
from fake_server import FakeServer, wait_until
from fakes import FixedClock, ScriptedGrader
from samples import BLUE, ICE, PYTHON
from trial_parts import fooled, reader

from interviewer.agreement.bootstrap import Difference
from interviewer.agreement.gold_answers import GoldAnswer, GoldSet
from interviewer.bank.questions import Bank
from interviewer.check.behaving import Share
from interviewer.cli.graders.one_model import asked_of
from interviewer.cli.model_options import Models
from interviewer.errors import ModelError
from interviewer.grading.grader import TRIED, GradeRequest
from interviewer.grading.grades import AnswerGrade, GraderIdentity
from interviewer.specs.judge_specs import bare_judge, parse
from interviewer.specs.model_specs import ModelOptions
from interviewer.trial import reporting, trying
from interviewer.trial.attacks import shipped_attacks
from interviewer.trial.measuring import NAMES, Remembering, Trial, matter_of
from interviewer.trial.recommending import better, recommend
from interviewer.trial.trial_values import (
    ModeTried,
    Paid,
    Recommendation,
    SideBySide,
    TrialReport,
    TrialSide,
    Wordings,
)

Call = Callable[..., Ran]
GOLD = [
    {"id": "g1", "question": 1, "answer": BLUE, "score": 1,
     "verdicts": {"scatter": "met", "wavelength": "met"}, "misconceptions": []},
    {"id": "g2", "question": 1, "answer": "It mirrors the sea.", "score": 0,
     "verdicts": {"scatter": "unmet", "wavelength": "unmet"}, "misconceptions": ["ocean"]},
    {"id": "g3", "question": 2, "answer": ICE, "score": 1, "verdicts": {"density": "met"}},
    {"id": "g4", "question": 2, "answer": "Ice is cold.", "score": 0,
     "verdicts": {"density": "unmet"}},
]  # fmt: skip


@pytest.fixture
def gold(tiny_folder: Path) -> Path:
    path = tiny_folder / "gold.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in GOLD), "utf-8")
    return path


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with FakeServer(default=reader, schema="ignored") as found:
        yield found


def tried(call: Call, folder: Path, server: FakeServer, *more: object) -> Ran:
    return call(
        "trial",
        "openai:fake",
        "--base-url",
        server.url,
        "--bank",
        folder,
        "--minutes",
        0.005,
        *more,
    )


def test_the_page_says_how_it_grades_and_what_it_is_good_for(
    call: Call, tiny_folder: Path, gold: Path, server: FakeServer, home: dict[str, str]
) -> None:
    ran = tried(call, tiny_folder, server, "--judge-mode", "whole", "--html", "page.html")
    assert ran.code == 0, ran.err
    for said in (
        "Trial of openai:fake on Tiny grill", "Test answer: passed", "offline", "judge", "fused",
        "of 4 answers of gold", "Behaviour on answers by construction",
        "Attacks on the grader", "Recommendation: ", "follow-up",
    ):  # fmt: skip
        assert said in " ".join(ran.out.split()), said
    page = Path("page.html").read_text("utf-8")
    assert "Trial of openai:fake" in page
    assert "<script" not in page
    (kept,) = Path(home["XDG_DATA_HOME"], "interviewer", "trials").glob("*.json")
    assert json.loads(kept.read_text("utf-8"))["model"] == "openai:fake"
    assert kept.name.endswith("-whole.json")
    kept.with_name("bad.json").write_text('{"trial_version": 1}', "utf-8")
    table = call("trial", "--table")
    assert table.code == 0
    assert "openai:fake" in table.out
    assert "bad.json" in table.err
    assert json.loads(call("trial", "--table", "--json").out)["trials"][0]["answers"] > 0


def test_no_trial_yet(call: Call) -> None:
    ran = call("trial", "--table")
    assert (ran.code, ran.out) == (1, "")
    assert "no trial was kept" in ran.err


def test_the_same_seed_draws_the_same(tiny: Bank) -> None:
    clock = FixedClock()
    first, again = (
        trial_of(tiny, ScriptedGrader(default="met"), clock).run(nothing) for _ in range(2)
    )
    assert first == again
    assert [len(first.attacked[n]) for n in NAMES] == [len(first.attacked["judge"])] * 3
    assert len(first.attacked["judge"]) > 80


def test_a_requirement_that_is_missed_exits_with_3(
    call: Call, tiny_folder: Path, gold: Path, server: FakeServer
) -> None:
    more = ("--json", "--judge-mode", "whole")
    missed = tried(call, tiny_folder, server, *more, "--require", "coverage>=1,bias>=0.9")
    assert missed.code == 3
    assert "bias>=0.9" in missed.err
    assert "coverage" not in missed.err
    assert json.loads(missed.out)["answers"] > 0
    wrong = tried(call, tiny_folder, server, "--require", "quack>1")
    assert (wrong.code, wrong.out) == (2, "")


def test_without_log_probabilities_or_json_it_is_asked_for_yes_or_no(tiny: Bank) -> None:
    def plain(body: dict[str, Any]) -> Any:
        body = {k: v for k, v in body.items() if k != "response_format"}
        return reader(body, logprobs=False)

    with FakeServer(default=plain, schema="refused", logprobs=False) as server:
        options = ModelOptions(base_url=server.url, deadline=5.0)

        def made(mode: Any) -> Any:
            return bare_judge(parse(f"{mode}:openai:fake"), tiny, options)

        found = trying.tried(TRIED, made, FixedClock())
    assert trying.chosen(found) == "yesno"
    assert {one.mode: one.verdicts for one in found} == {
        "whole": 0, "each": 0, "logprob": 0, "yesno": 4,
    }  # fmt: skip
    assert "could not be read" in found[0].why


def test_ways_in_which_the_model_failed_on_record_are_not_tried(
    call: Call, tiny_folder: Path
) -> None:
    def plain(body: dict[str, Any]) -> Any:
        body = {k: v for k, v in body.items() if k != "response_format"}
        return reader(body, logprobs=False)

    with FakeServer(default=plain, schema="ignored", logprobs=False) as server:
        assert "log-probabilit" in call("models", "--ports", server.port).out
        server.requests.clear()
        found = json.loads(tried(call, tiny_folder, server, "--json").out)
        assert not any("response_format" in body for body in server.requests)
        named = tried(call, tiny_folder, server, "--json", "--judge-mode", "each")
    by_mode = {one["mode"]: one for one in found["modes"]}
    assert [mode for mode, one in by_mode.items() if one["claims"]] == ["yesno"]
    assert found["mode"] == "yesno"
    assert "on record" in by_mode["whole"]["why"]
    assert (named.code, "no verdict in any mode" in named.err) == (1, True)


def test_the_mode_in_a_spec_comes_before_a_configured_one() -> None:
    models = Models(judge_mode="each", mode_named=True)
    assert asked_of("logprob:openai:fake", models, None, "onnx").modes == ("logprob",)
    assert asked_of("openai:fake", models, None, "onnx").modes == ("each",)
    assert asked_of("openai:fake", Models(), None, "onnx").modes == TRIED


def test_one_that_can_be_talked_round_is_no_judge(
    call: Call, tiny_folder: Path, gold: Path
) -> None:
    with FakeServer(default=fooled, schema="ignored") as server:
        found = json.loads(
            tried(call, tiny_folder, server, "--json", "--judge-mode", "logprob").out
        )
    assert found["test_answer"] == "failed"
    assert found["recommendation"]["use"] in ("wordings only", "not at all")
    assert "full marks" in found["recommendation"]["because"][0]


def test_a_model_that_is_not_there_is_told_in_a_line(
    call: Call, tiny_folder: Path, server: FakeServer
) -> None:
    url = server.url
    server.__exit__(None, None, None)
    ran = call(
        "trial", "openai:fake", "--base-url", url, "--bank", tiny_folder, "--deadline", 1,
    )  # fmt: skip
    assert (ran.code, ran.out) == (1, "")
    assert "Traceback" not in ran.err
    assert ran.err.startswith("interviewer: ")


@pytest.mark.parametrize("spec", ["offline", "fused:openai:x", "panel:offline,openai:x"])
def test_what_is_no_one_model_is_a_wrong_use(call: Call, spec: str) -> None:
    assert call("trial", spec).code == 2


def test_a_bank_without_gold_is_tried_without_agreement(
    call: Call, tiny_folder: Path, server: FakeServer
) -> None:
    ran = tried(call, tiny_folder, server, "--json", "--judge-mode", "each", "--require", "qwk>0")
    found = json.loads(ran.out)
    assert ran.code == 3
    assert (found["answers"], found["gold"], found["comparisons"]) == (0, "", [])
    assert all(side["measured"] is None for side in found["sides"])
    assert found["sides"][1]["families"]


def sets_of(bank: Bank) -> list[GoldSet]:
    answers = tuple(GoldAnswer.model_validate(row) for row in GOLD)
    return [GoldSet(name="gold", bank=bank, answers=answers)]


def trial_of(bank: Bank, judge: Any, clock: FixedClock, seconds: float = 60.0) -> Trial:
    matter = matter_of(bank, sets_of(bank), shipped_attacks(), sets_of(bank)[0].answers[1:2], 0)
    remembered = [Remembering(grader, clock) for grader in (judge, ScriptedGrader())]
    return Trial(*remembered, remembered[0], matter, clock, seconds, lambda *_: None)


def nothing(_: float) -> Iterator[Wordings]:
    return iter(())


class Slow(ScriptedGrader):
    """Takes some seconds for each answer, and is stopped at the keyboard at one of them."""

    def __init__(self, clock: FixedClock, seconds: float, stop_at: int = 0):
        super().__init__(default="met")
        self._clock, self._each, self._stop_at = clock, seconds, stop_at

    def grade(self, request: GradeRequest) -> AnswerGrade:
        self._clock.advance(self._each)
        if len(self.requests) + 1 == self._stop_at:
            raise KeyboardInterrupt
        return super().grade(request)


def test_a_slow_model_is_asked_a_little_of_everything_within_the_time(tiny: Bank) -> None:
    clock = FixedClock()
    trial = trial_of(tiny, Slow(clock, 10.0), clock)
    found = trial.run(nothing)
    # 60 s: gold ends at 33 s (4 answers of 10 s are 40 s), behaviour at 48 s, attacks at 55 s.
    assert len(found.checked["judge"]) == 4
    assert [len(found.cases[n]) for n in NAMES] == [1, 1, 1]
    assert [len(found.attacked[n]) for n in NAMES] == [1, 1, 1]
    assert 60 <= trial.passed <= 90
    assert not found.stopped


def test_ways_that_there_is_no_time_for_are_not_tried() -> None:
    clock = FixedClock()
    # Two answers of 10 s each: after the first way 20 s are over, of the 15 that there are.
    found = trying.tried(TRIED, lambda _: Slow(clock, 10.0), clock, 15.0)
    assert [one.mode for one in found] == ["logprob"], "the quickest first"
    # 20 s each: after two of them 40 s are over, and a third would end at 60 s of 50.
    found = trying.tried(TRIED, lambda _: Slow(clock, 10.0), clock, 50.0)
    assert [one.mode for one in found] == ["logprob", "yesno"]
    mute = ScriptedGrader(default="timeout")
    found = trying.tried(TRIED, lambda m: mute if m == "logprob" else Slow(clock, 10.0), clock, 0.0)
    assert [one.mode for one in found] == ["logprob", "yesno"], "until one gives verdicts"


def test_of_ways_as_good_the_one_that_says_most_is_chosen() -> None:
    clock = FixedClock()
    found = trying.tried(TRIED, lambda _: Slow(clock, 0.0), clock)
    assert len({(one.verdicts, one.right) for one in found}) == 1
    assert trying.chosen(found) == "whole"
    assert trying.chosen(found, ("yesno",)) == "yesno", "a curve of its own comes before"


@pytest.mark.parametrize(
    ("use", "line"),
    [
        ("judge alone", "To use it: --judge each:openai:m"),
        ("fused", "To use it: --judge fused:each:openai:m"),
        ("wordings only", "To use it: --model openai:m --judge offline"),
        ("not at all", "Grade without it: the offline grader needs no --model and no --judge."),
    ],
)
def test_what_to_type_is_told(use: str, line: str) -> None:
    report = TrialReport.model_construct(
        grader=GraderIdentity(spec="each:openai:m", version="1"),
        mode="each",
        recommendation=Recommendation.model_construct(use=use, because=()),
    )
    assert reporting.use_line(report) == line
    if line.startswith("To use it: --judge "):
        assert parse(line.removeprefix("To use it: --judge ")).kind in ("judge", "fused")


def test_ctrl_c_keeps_what_was_measured(tiny: Bank) -> None:
    clock = FixedClock()
    found = trial_of(tiny, Slow(clock, 1.0, stop_at=3), clock).run(nothing)
    assert found.stopped == "Ctrl-C"
    assert [len(found.checked[n]) for n in NAMES] == [2, 2, 2]
    assert found.cases["judge"] == []


def test_a_model_that_is_gone_ends_the_trial(tiny: Bank) -> None:
    clock = FixedClock()
    judge = ScriptedGrader(default="budget")
    found = trial_of(tiny, judge, clock).run(nothing)
    assert found.stopped == "the budget is used up"
    assert len(judge.requests) == 3
    assert [len(found.checked[n]) for n in NAMES] == [2, 2, 2]


def test_held_out_gold_comes_before_what_was_tuned_on(tiny: Bank) -> None:
    (tuned,) = sets_of(tiny)
    held = tuned.model_copy(update={"name": "held", "held_out": True})
    matter = matter_of(tiny, [tuned, held], shipped_attacks(), (), 0)
    assert matter.gold is not None
    assert matter.gold.name == "held"
    other = matter_of(tiny, [tuned], shipped_attacks(), (), 1)
    assert {a.id for a in other.attacks} == {a.id for a in matter.attacks}
    assert [a.id for a in other.attacks] != [a.id for a in matter.attacks]
    families = [case.family for case in matter.cases]
    assert len(set(families[:8])) == 8  # one of each comes first


def test_the_mode_with_most_verdicts_is_chosen_then_the_right_then_the_fitted() -> None:
    def one(mode: Any, verdicts: int, right: int) -> ModeTried:
        return ModeTried(mode=mode, claims=4, verdicts=verdicts, right=right, seconds=1)

    found = [one("whole", 4, 3), one("each", 2, 2), one("logprob", 4, 4), one("yesno", 4, 4)]
    assert trying.chosen(found) == "logprob"
    assert trying.chosen(found, ["yesno"]) == "yesno"
    assert trying.chosen(found[:2], ["each"]) == "whole"
    with pytest.raises(ModelError, match="no verdict"):
        trying.chosen([one("whole", 0, 0)])


def side(name: Any, paid: float = 0.0, coverage: float = 1.0) -> TrialSide:
    from interviewer.check.measures import Measured

    share = Share(graded=40, share=paid, low=0.0, high=0.2)
    measured = Measured(metrics={"coverage": coverage}, intervals={})
    return TrialSide(name=name, measured=measured, families=(), attacks=Paid(tried=40, paid=share))


def pair(left: str, right: str, low: float, high: float) -> SideBySide:
    gap = Difference(value=(low + high) / 2, interval=(low, high), close=low <= 0 <= high)
    return SideBySide(left=left, right=right, differences={"kappa": gap})


WORDED = Wordings(asked=3, fit=2)
MUTE = Wordings(asked=0, fit=0, why="It words nothing.")
GOOD, CLOSE, BAD = (0.02, 0.2), (-0.1, 0.1), (-0.3, -0.1)


@pytest.mark.parametrize(
    ("test_answer", "alone", "both", "against", "paid", "coverage", "wordings", "use"),
    [
        ("passed", GOOD, GOOD, CLOSE, 0.0, 1.0, WORDED, "judge alone"),
        ("passed", GOOD, GOOD, GOOD, 0.0, 1.0, WORDED, "fused"),
        ("passed", BAD, GOOD, GOOD, 0.0, 1.0, WORDED, "fused"),
        ("passed", GOOD, GOOD, CLOSE, 0.0, 0.9, WORDED, "fused"),
        ("passed", GOOD, CLOSE, BAD, 0.06, 1.0, WORDED, "wordings only"),
        ("failed", GOOD, GOOD, GOOD, 0.0, 1.0, WORDED, "wordings only"),
        ("passed", CLOSE, CLOSE, CLOSE, 0.0, 1.0, WORDED, "wordings only"),
        ("passed", BAD, BAD, CLOSE, 0.0, 1.0, Wordings(asked=3, fit=1), "not at all"),
        ("passed", BAD, BAD, CLOSE, 0.0, 1.0, Wordings(asked=0, fit=0), "wordings only"),
        ("passed", BAD, BAD, CLOSE, 0.0, 1.0, MUTE, "not at all"),
    ],
)
def test_the_recommendation_follows_the_rules(
    test_answer: str, alone: Any, both: Any, against: Any, paid: float, coverage: float,
    wordings: Wordings, use: str,
) -> None:  # fmt: skip
    compared = (
        pair("judge", "offline", *alone), pair("fused", "offline", *both),
        pair("fused", "judge", *against),
    )  # fmt: skip
    judge, fused = side("judge", paid, coverage), side("fused", paid)
    found = recommend(test_answer, judge, fused, compared, wordings)
    assert found.use == use
    assert found.because


def test_better_wants_an_interval_above_zero_and_none_below() -> None:
    good, bad = (
        Difference(value=v, interval=(v - 0.05, v + 0.05), close=False) for v in (0.2, -0.2)
    )
    none = Difference(value=0.3, interval=None, close=True)
    assert better({"kappa": good})
    assert not better({"kappa": good, "qwk": bad})
    assert not better({"kappa": none})
    assert not better({})


def test_ctrl_c_at_the_program_shows_and_keeps_what_there_is(
    tiny_folder: Path, gold: Path, home: dict[str, str], tmp_path: Path
) -> None:
    def slow(body: dict[str, Any]) -> Any:
        if "mirrors the sea.\n" in str(body) or "Ice is cold" in str(body):
            time.sleep(30)
        return reader(body)

    with FakeServer(default=slow, schema="ignored") as server:
        args = ("trial", "whole:openai:fake", "--base-url", server.url, "--bank", tiny_folder)
        child = subprocess.Popen(
            [PYTHON, "-m", "interviewer", *map(str, args)],
            cwd=tmp_path, env=home, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        wait_until(lambda: any("Ice is cold" in str(r) for r in server.requests), 60)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=30)
    assert child.returncode == 130
    assert b"Stopped after" in out
    assert b"Recommendation" in out
    assert b"Traceback" not in err
    (kept,) = Path(home["XDG_DATA_HOME"], "interviewer", "trials").glob("*.json")
    assert json.loads(kept.read_text("utf-8"))["stopped"] == "Ctrl-C"
