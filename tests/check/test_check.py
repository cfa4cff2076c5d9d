"""`interviewer check` from the flow to the program, with graders whose grades are scripted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fakes import FixedClock, ScriptedGrader
from samples import bank, question

from interviewer.agreement.gold_answers import GoldAnswer, GoldSet
from interviewer.bank.questions import Bank
from interviewer.check import (
    check_html,
    check_report,
    check_text,
    checking,
    measures,
    requirements,
)
from interviewer.check.check_report import GraderRun
from interviewer.check.check_values import CheckReport, SetReport
from interviewer.check.checking import Contender
from interviewer.check.result_cache import ResultCache, code_digest
from interviewer.errors import ModelTimeout
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.grading.grades import AnswerGrade, GraderIdentity

Table = Mapping[str, Mapping[str, Any]]
BANK = bank([question(1, misconceptions=[("swap", 0.5)]), question(2), question(3)])


def gold(*rows: Mapping[str, Any], name: str = "gold", held_out: bool = False) -> GoldSet:
    answers = tuple(GoldAnswer(**{"answer": row["id"], "question": 1, **row}) for row in rows)
    return GoldSet(name=name, bank=BANK, answers=answers, held_out=held_out)


GOLD = gold(
    {"id": "full", "score": 1.0, "kind": "fresh", "verdicts": {"big": "met", "small": "met"},
     "misconceptions": []},
    {"id": "half", "question": 2, "score": 0.75, "verdicts": {"big": "met", "small": "unmet"}},
    {"id": "wrong", "question": 3, "score": 0.0, "kind": "wrong",
     "verdicts": {"big": "unmet", "small": "unmet"}},
    {"id": "echo", "score": 0.0, "kind": "echo", "verdicts": {"big": "unmet", "small": "unmet"},
     "misconceptions": ["swap"]},
)  # fmt: skip
RIGHT: Table = {
    "full": {"big": "met", "small": "met"},
    "half": {"big": "met"},
    "echo": {"swap": "met"},
}
FOOLED: Table = {**RIGHT, "echo": {"big": "met"}, "half": {"big": "timeout"}}


class Failing:
    """A grader that breaks its promise and raises."""

    identity = GraderIdentity(spec="failing", version="1")

    def grade(self, request: GradeRequest) -> AnswerGrade:
        raise ModelTimeout("no reply in time")


class Stopping:
    """A grader that is interrupted after some answers."""

    identity = GraderIdentity(spec="scripted", version="1")

    def __init__(self, after: int):
        self._left = after
        self._inner = ScriptedGrader()

    def grade(self, request: GradeRequest) -> AnswerGrade:
        if not self._left:
            raise KeyboardInterrupt
        self._left -= 1
        return self._inner.grade(request)


def contender(grader: Grader, name: str = "scripted") -> Contender:
    return Contender(name, grader.identity, lambda _: grader)


def runs(tables: Mapping[str, Table], sets: Sequence[GoldSet] = (GOLD,)) -> list[GraderRun]:
    makers = [contender(ScriptedGrader(table), name) for name, table in tables.items()]
    return checking.run(makers, sets, None, FixedClock())


def checked(
    tables: Mapping[str, Table], sets: Sequence[GoldSet] = (GOLD,), **shown: Any
) -> CheckReport:
    return check_report.build(runs(tables, sets), **{"worst": 5, **shown})


def reports(
    tables: Mapping[str, Table], sets: Sequence[GoldSet] = (GOLD,)
) -> tuple[SetReport, ...]:
    return checked(tables, sets).sets


def metrics(table: Table) -> Mapping[str, float | None]:
    return reports({"g": table})[0].graders[0].measured.metrics


def test_a_grader_that_agrees_with_people() -> None:
    found = metrics(RIGHT)
    for name in ("qwk", "exact", "kappa", "precision", "recall", "auc", "accuracy", "coverage"):
        assert found[name] == pytest.approx(1.0), name
    assert (found["false_pass"], found["false_fail"], found["bias"]) == (0.0, 0.0, 0.0)
    # Confidence 0.9 in verdicts that are all right: |0.9 - 1| = 0.1, squared 0.01.
    assert found["ece"] == pytest.approx(0.1)
    assert found["brier"] == pytest.approx(0.01)
    # Only question 1 has a misconception; recorded on "full" (not made) and "echo" (made, found).
    assert found["misconception_precision"] == found["misconception_recall"] == 1.0
    assert found["pass_ece"] is None


def test_ungraded_is_no_score_and_is_counted_by_cause() -> None:
    (report,) = reports({"g": FOOLED})
    measured = report.graders[0].measured
    # 3 of 4 graded; of the two that people fail, the echo passes (weights 3 and 1: 0.75).
    assert measured.metrics["coverage"] == 0.75
    assert measured.metrics["false_pass"] == 0.5
    assert measured.metrics["false_fail"] == 0.0
    assert measured.ungraded == {"timeout": 1}
    # The 3 graded answers are 0, 0 and +0.75 off.
    assert measured.metrics["bias"] == pytest.approx(0.25)
    assert report.graders[0].items[1].grade.score is None


def test_errors_by_kind() -> None:
    kinds = {k.kind: k for k in reports({"g": FOOLED})[0].graders[0].measured.kinds}
    assert (kinds["echo"].false_pass, kinds["echo"].false_fail) == (1.0, None)
    assert (kinds["fresh"].false_pass, kinds["fresh"].false_fail) == (None, 0.0)
    assert set(kinds) == {"echo", "fresh", "wrong"}


def test_criteria_are_measured_one_by_one() -> None:
    criteria = {
        (c.question, c.criterion): c for c in reports({"g": FOOLED})[0].graders[0].measured.criteria
    }
    # Question 1, big: truth met, unmet; found met, met. Agreement 1/2, precision 1/2, recall 1.
    big = criteria[1, "big"]
    assert (big.answers, big.accuracy, big.precision, big.recall) == (2, 0.5, 0.5, 1.0)
    # What is ungraded is missing, not unmet: only the other criterion of "half" has a verdict.
    assert (2, "big") not in criteria
    assert (2, "small") in criteria


def test_two_graders_are_compared_on_what_both_graded() -> None:
    first, second = runs({"a": RIGHT, "b": FOOLED})
    shuffled = replace(second, items=second.items[::-1])
    both = measures.compare(first.items, second.items)
    assert both["auc"].value == measures.compare(first.items, shuffled.items)["auc"].value
    # Without the ungraded "half": a ranks 1 above 0, 0: AUC 1. b: 1 above 0 and .75: AUC 1.
    assert both["auc"].value == 0.0
    assert both["auc"].close
    assert measures.compare(first.items, ())["qwk"].value is None
    line = check_report.comparison_lines(reports({"a": RIGHT, "b": FOOLED})[0])[0]
    assert line.startswith("a less b: QWK")
    assert "too close to call" in line


def test_the_worst_come_first_with_their_words() -> None:
    table = {**FOOLED, "half": {"big": "partial", "small": "met"}}
    first, second = reports({"g": table})[0].graders[0].worst
    assert (first.id, first.people, first.grader, first.flipped) == ("echo", 0.0, 0.75, True)
    points = {p.claim: p for p in first.points}
    assert (points["big"].people, points["big"].grader, points["big"].quote) == (
        "unmet",
        "met",
        "echo",
    )
    assert (points["swap"].people, points["swap"].grader) == ("asserted", "not")
    # (3 * 0.5 + 1) / 4 = 0.625 against 0.75.
    assert (second.id, second.grader, second.flipped) == ("half", 0.625, False)
    assert checked({"g": table}, worst=0).sets[0].graders[0].worst == ()


def test_a_metric_that_nothing_defines_is_a_dash() -> None:
    scores_only = gold({"id": "full", "score": 1.0}, {"id": "x", "score": 1.0})
    table = check_report.metric_table(reports({"g": RIGHT}, [scores_only])[0])
    cells = dict(table.rows)
    assert cells["kappa, met or not"] == cells["AUC of pass/fail"] == ("–",)
    assert cells["coverage"] == ("100%",)
    assert check_report.kind_table(reports({"g": RIGHT}, [scores_only])[0]) is None


def test_the_data_has_no_nan_and_holds_every_item() -> None:
    data = json.loads(checked({"a": RIGHT, "b": FOOLED}).model_dump_json())
    (found,) = data["sets"]
    assert [g["grader"] for g in found["graders"]] == ["a", "b"]
    items = {i["id"]: i["grade"] for i in found["graders"][1]["items"]}
    assert set(items) == {"full", "half", "wrong", "echo"}
    assert (items["half"]["score"], items["half"]["passed"]) == (None, None)
    outcomes = {c["id"]: c["outcome"] for c in items["half"]["claims"]}
    assert (outcomes["big"]["cause"], outcomes["small"]["level"]) == ("timeout", "unmet")
    assert (items["echo"]["score"], items["echo"]["passed"]) == (0.75, True)


# --- running and remembering ---------------------------------------------------------------------


def test_a_second_run_asks_nobody(tmp_path: Path) -> None:
    path = tmp_path / "c" / "results.sqlite"
    grader = ScriptedGrader(RIGHT)
    with ResultCache(path) as kept:
        first = checking.run([contender(grader)], [GOLD], kept, FixedClock())

    def never(_: Bank) -> Grader:
        raise AssertionError("loaded although everything is known")

    with ResultCache(path) as kept:
        again = checking.run(
            [Contender("scripted", grader.identity, never)], [GOLD], kept, FixedClock()
        )
    assert again == first
    assert len(grader.requests) == 4


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path = tmp_path / "results.sqlite"
    with ResultCache(path) as kept, pytest.raises(KeyboardInterrupt):
        checking.run([contender(Stopping(3))], [GOLD], kept, FixedClock())
    grader = ScriptedGrader()
    with ResultCache(path) as kept:
        checking.run([contender(grader)], [GOLD], kept, FixedClock())
    assert [r.answer for r in grader.requests] == ["echo"]


def test_what_a_grade_depends_on_is_in_its_key() -> None:
    class Memory:
        def __init__(self) -> None:
            self.kept: dict[str, tuple[AnswerGrade, float]] = {}

        def get(self, key: str) -> tuple[AnswerGrade, float] | None:
            return self.kept.get(key)

        def put(self, key: str, grade: AnswerGrade, seconds: float) -> None:
            self.kept[key] = grade, seconds

    memory = Memory()
    one = gold({"id": "x", "answer": "said", "score": 0.5})
    others: list[tuple[Contender, GoldSet]] = [
        (contender(ScriptedGrader()), one),
        (Contender("s", ScriptedGrader().identity, lambda _: ScriptedGrader(), "code 2"), one),
        (
            Contender(
                "s", GraderIdentity(spec="scripted", version="2"), lambda _: ScriptedGrader()
            ),
            one,
        ),
        (contender(ScriptedGrader()), gold({"id": "x", "answer": "said otherwise", "score": 0.5})),
        (
            contender(ScriptedGrader()),
            gold({"id": "x", "answer": "said", "score": 0.5, "question": 2}),
        ),
    ]
    for size, (who, what) in enumerate(others, start=1):
        checking.run([who], [what], memory, FixedClock())
        assert len(memory.kept) == size
    # The human grade and the id are no part of it.
    checking.run(
        [contender(ScriptedGrader())],
        [gold({"id": "y", "answer": "said", "score": 1})],
        memory,
        FixedClock(),
    )
    assert len(memory.kept) == len(others)


def test_a_failing_model_is_ungraded_and_asked_again_next_time(tmp_path: Path) -> None:
    with ResultCache(tmp_path / "r.sqlite") as kept:
        (run,) = checking.run([contender(Failing())], [GOLD], kept, FixedClock())
        assert {i.grade.score for i in run.items} == {None}
        measured = measures.measure(run.items)
        assert measured.ungraded == {"timeout": 4}
        assert measured.metrics["coverage"] == 0.0
        assert measured.metrics["qwk"] is None
        grader = ScriptedGrader()
        checking.run(
            [Contender("f", Failing.identity, lambda _: grader)], [GOLD], kept, FixedClock()
        )
    assert len(grader.requests) == 4


def test_a_damaged_cache_is_begun_anew_and_an_unwritable_one_done_without(tmp_path: Path) -> None:
    path = tmp_path / "r.sqlite"
    path.write_bytes(b"this is no database" * 100)
    grade = ScriptedGrader().grade(GradeRequest(question(), "x", "y"))
    with ResultCache(path) as kept:
        assert kept.get("k") is None
        kept.put("k", grade, 0.25)
    with ResultCache(path) as kept:
        assert kept.get("k") == (grade, 0.25)
    (tmp_path / "file").write_text("")
    with ResultCache(tmp_path / "file" / "r.sqlite") as kept:
        kept.put("k", grade, 0.25)
        assert kept.get("k") is None


def test_changed_code_and_changed_weights_are_noticed(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1")
    weights = tmp_path / "weights"
    weights.mkdir()
    before = code_digest([tmp_path], weights)
    assert before == code_digest([tmp_path], weights)
    (weights / "w.bin").write_bytes(b"1")
    between = code_digest([tmp_path], weights)
    (tmp_path / "a.py").write_text("x = 2")
    assert len({before, between, code_digest([tmp_path], weights)}) == 3


def test_one_loading_serves_two_sets_of_one_bank() -> None:
    loaded: list[str] = []

    def make(of: Bank) -> Grader:
        loaded.append(of.digest)
        return ScriptedGrader()

    who = Contender("s", ScriptedGrader().identity, make)
    sets = [gold({"id": "a", "score": 0}), gold({"id": "a", "score": 0}, name="other")]
    checking.run([who], sets, None, FixedClock())
    assert len(loaded) == 1


def test_progress_and_limit() -> None:
    many = gold(*({"id": f"n{i}", "score": 0.0} for i in range(30)))
    few = checking.limited(many, 10)
    assert [a.id for a in few.answers] == [a.id for a in many.answers if a in few.answers]
    assert few == checking.limited(many, 10)
    assert len(few.answers) == 10
    # A smaller sample is a part of a larger one.
    assert {a.id for a in checking.limited(many, 5).answers} < {a.id for a in few.answers}
    assert checking.limited(many, None) is many
    seen: list[tuple[int, int, str]] = []
    checking.run(
        [contender(ScriptedGrader())], [few], None, FixedClock(), lambda *told: seen.append(told)
    )
    assert [done for done, _, _ in seen] == list(range(1, 11))
    assert {told[1:] for told in seen} == {(10, "scripted on gold")}


# --- requirements --------------------------------------------------------------------------------


def missed(text: str, tables: Mapping[str, Table], sets: Sequence[GoldSet] = (GOLD,)) -> list[str]:
    return requirements.missed(requirements.parse(text), checked(tables, sets))


def test_requirements_are_met_or_named_with_figures() -> None:
    assert missed("qwk>=0.8, false_pass<=0.03,auc>0.9", {"g": RIGHT}) == []
    assert missed("false_pass<=0.03", {"g": FOOLED}) == ["false_pass<=0.03: 0.5 (g on gold)"]
    assert missed("false_pass:echo<0.5", {"g": FOOLED}) == ["false_pass:echo<0.5: 1 (g on gold)"]
    assert missed("pass_ece<=0.1", {"g": RIGHT}) == ["pass_ece<=0.1: undefined (g on gold)"]
    assert len(missed("coverage>=1", {"a": RIGHT, "b": FOOLED})) == 1


def test_requirements_look_at_held_out_answers_if_there_are_any() -> None:
    bad = gold({"id": "echo", "score": 0.0}, name="gold (tuned)")
    good = gold({"id": "wrong", "score": 0.0}, name="gold (held-out)", held_out=True)
    assert missed("false_pass<=0", {"g": FOOLED}, [bad, good]) == []
    assert len(missed("false_pass<=0", {"g": FOOLED}, [bad])) == 1


@pytest.mark.parametrize("text", [
    "", "qwk", "qwk=0.8", "qwk>=x", "qwk>=nan", "quack>=1", "qwk>=1,", "qwk:echo>=1",
])  # fmt: skip
def test_a_requirement_that_makes_no_sense(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a|no metric|by kind"):
        requirements.parse(text)


@pytest.mark.parametrize("text", ["kappa>=2", "auc>1.5", "bias<-1.01", "coverage>=90"])
def test_a_requirement_that_nothing_could_reach(text: str) -> None:
    with pytest.raises(ValueError, match="lies between -1 and 1"):
        requirements.parse(text)
    assert requirements.parse("seconds_p95<=2")


@pytest.mark.parametrize("text", ["frames>=95", "frames>=-1"])
def test_a_share_that_nothing_could_reach(text: str) -> None:
    with pytest.raises(ValueError, match="lies between 0 and 1"):
        requirements.parse_shares(text, ["frames"])


# --- the page ------------------------------------------------------------------------------------


def test_the_page_is_self_contained_and_escaped() -> None:
    evil = '<script>alert(1)</script><img src=x onerror=y>\x1b[2J & "quoted"'
    found = gold(
        {"id": "a<b>", "answer": evil, "score": 0.0, "kind": "<i>", "verdicts": {"big": "unmet"}}
    )
    page = check_html.render(checked({"g<u>": {evil: {"big": "met"}}}, [found]))
    assert "&lt;script&gt;alert(1)" in page
    for forbidden in (
        "<script",
        "<img",
        "<i>",
        "<u>",
        "<b>",
        "\x1b",
        "http:",
        "https:",
        "url(",
        " style=",
    ):
        assert forbidden not in page, forbidden
    assert "default-src 'none'" in page
    assert "prefers-color-scheme:dark" in page
    assert "<svg" in page


def test_held_out_answers_are_not_shown_unless_asked_for() -> None:
    held = gold({"id": "echo", "answer": "echo", "score": 0.0}, name="h (held-out)", held_out=True)
    found = checked({"g": FOOLED}, [held])
    assert "<article>" not in check_html.render(found)
    assert '"quote":"' not in found.model_dump_json()
    shown = checked({"g": FOOLED}, [held], show_held_out=True)
    assert "<article>" in check_html.render(shown)
    assert '"quote":"echo"' in shown.model_dump_json()


@pytest.mark.parametrize("width", [40, 80, 92])
def test_tables_keep_to_the_width_and_show_every_grader(
    width: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    names = ["overlap", "offline:unaided", "openai:a-model-with-a-long-name", "d", "e"]
    check_text.show(checked(dict.fromkeys(names, FOOLED), worst=2))
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= width
    # Headings may be folded, so letters are counted: one row of coverage figures per grader.
    assert out.count("75.0%") >= len(names)
    assert "timeout 1" in out
    assert "“echo”" in out
