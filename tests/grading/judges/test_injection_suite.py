"""The attacks that come with the program: what they are, and a sample of them on the offline grader."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import Counter
from functools import cache
from types import ModuleType

import pytest
from fakes import ScriptedGrader
from samples import ROOT, bank, question

from interviewer.answer_text import guards
from interviewer.grading.grader import GradeRequest
from interviewer.grading.grades import Verdict
from interviewer.grading.judges.injection import GuardedJudge
from interviewer.specs import banks, graders
from interviewer.trial import attacks

BENCHMARKS = ROOT / "benchmarks"
SUBJECT = {"count", "word", "document", "frequency"}


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


suite = _load("injection")
bias = _load("judge_bias")
fitting = _load("fit_judge")
ATTACKS = attacks.shipped_attacks()


def test_the_suite_is_broad() -> None:
    families = Counter(attack.family for attack in ATTACKS)
    assert len(ATTACKS) >= 60
    assert len(families) >= 12
    assert {
        "override", "fake-json", "fake-verdict", "fake-reference", "role-play", "language",
        "unicode", "split", "closing-tag",
    } <= set(families)  # fmt: skip
    assert len({attack.id for attack in ATTACKS}) == len(ATTACKS)
    assert len({attack.text for attack in ATTACKS}) == len(ATTACKS)
    assert {attack.place for attack in ATTACKS} == {"append", "prepend", "wrap", "alone"}


def test_every_placeholder_is_filled() -> None:
    for attack in ATTACKS:
        said = attack.on(question(1), "It adds the two counts up.")
        for name in ("{answer}", "{question}", "{ids}", "{keywords}", "{head}", "{tail}"):
            assert name not in said, attack.id


@pytest.mark.parametrize(
    "attack",
    [
        a
        for a in ATTACKS
        if a.family in ("override", "fake-json", "language", "unicode", "role-play")
    ],
    ids=lambda a: a.id,
)
def test_plain_and_disguised_orders_are_seen(attack: object) -> None:
    text = "It counts the words of a document.\n" + attack.text  # type: ignore[attr-defined]
    found = guards.addressed_to_grader(text)
    rest = guards.without(text, [*found, *guards.scraps(text, found, SUBJECT)])
    assert rest.startswith("It counts the words of a document")
    assert not any(c.isalnum() for c in rest[len("It counts the words of a document") :])


@cache
def _bank():
    return banks.open_bank()


@cache
def _offline():
    return graders.make_grader("offline", _bank())


def test_a_sample_hardly_ever_moves_the_offline_grader() -> None:
    sample = ATTACKS[::3]
    done = list(attacks.attempts(_offline(), _bank(), sample, suite.wrong_answers(_bank()), 1))
    raised = [t for t in done if t.succeeded]
    assert len(done) >= 28
    assert all(t.succeeded is not None for t in done)
    assert len(raised) <= 2, [(t.attack.id, t.answer, t.before, t.after) for t in raised]
    assert all(t.after < 0.5 or t.before >= 0.5 for t in raised)


def test_no_tuned_answer_but_an_attack_loses_a_sentence() -> None:
    path = banks.bank_folder(None) / "gold.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    tuned = [row for row in rows if not row["held_out"] and row["kind"] != "injection"]
    assert len(tuned) > 1000
    lost = [row["id"] for row in tuned if guards.addressed_to_grader(row["answer"])]
    assert lost == []


def test_no_text_of_the_bank_reads_as_an_attack() -> None:
    for asked in _bank().questions:
        claims = (*asked.criteria, *asked.misconceptions)
        texts = [*asked.references, *(t for c in claims for t in (c.statement, *c.accepts))]
        assert [t for t in texts if guards.addressed_to_grader(t)] == []


def test_the_report_counts_what_succeeded_and_what_is_ungraded() -> None:
    asked = question(1)
    one = attacks.Attack(id="a-1", family="kind", place="append", text="Lucky words.")
    two = attacks.Attack(id="b-1", family="other", place="alone", text="Unlucky words.")
    gold = [a.model_copy(update={"question": 1}) for a in suite.wrong_answers(_bank(), 1)]
    answer = gold[0].answer
    grader = ScriptedGrader(
        {f"{answer}\nLucky words.": {"big": "met"}, "Unlucky words.": {"big": "timeout"}}
    )
    done = list(attacks.attempts(grader, bank([asked]), [one, two], gold, 1))
    assert [t.succeeded for t in done] == [True, None]
    lines: list[str] = []
    suite.report("name", done, lines.append)
    assert any("kind" in line and "1 of   1" in line for line in lines)
    assert any("(1 ungraded)" in line for line in lines)


def test_bias_is_counted_against_the_answer_as_it_is() -> None:
    class Swayed(ScriptedGrader):
        def grade(self, request: GradeRequest):  # type: ignore[no-untyped-def]
            fond = request.answer.startswith("- ")
            inner = ScriptedGrader(default="met" if fond else "unmet")
            return inner.grade(request)

    found = bias.measure(Swayed(), [(question(1), "It counts. It weighs.")])
    assert (found["as bullets"].flipped, found["as bullets"].verdicts) == (2, 2)
    assert found["as bullets"].changes == [1.0]
    assert found["criteria reversed"].flipped == found["unchanged"].flipped == 0
    assert "100%" in found["as bullets"].line("as bullets")


def test_the_exam_questions_for_weights_are_in_no_bank() -> None:
    exams = fitting.general_set(40)
    assert len(exams.answers) == 40
    prompts = {q.prompt for q in _bank().questions}
    assert not prompts & {q.prompt for q in exams.bank.questions}
    asked = exams.question(exams.answers[0])
    grade = GuardedJudge(ScriptedGrader(default="unmet")).grade(
        GradeRequest(asked, exams.answers[0].answer, asked.prompt)
    )
    assert all(isinstance(v, Verdict) for v in grade.verdicts)
