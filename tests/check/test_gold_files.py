"""Gold answers and sets from elsewhere: what loads, and what is refused with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import ROOT, bank, question

from interviewer.check import asag_files, check_report, measures
from interviewer.check.check_report import GraderRun
from interviewer.check.gold_files import GOLD_NAME, load_gold, rows_of
from interviewer.check.splits import kept_back
from interviewer.errors import GoldError, UsageError
from interviewer.grading import scoring
from interviewer.grading.grades import GraderIdentity
from interviewer.specs.banks import bank_folder, open_bank

BANK = bank([question(1, misconceptions=[("swap", 0.5)]), question(2)])
SCORED = {"id": "a", "question": 1, "answer": "x", "score": 0.5}


def write(path: Path, *rows: Any) -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_a_score_alone_is_enough(tmp_path: Path) -> None:
    (found,) = load_gold(write(tmp_path / "g.jsonl", SCORED, "", {**SCORED, "id": "b"}), BANK)
    first = found.answers[0]
    assert (found.name, found.held_out, len(found.answers)) == ("gold", False, 2)
    assert (first.passed, first.verdicts, first.misconceptions, first.second) == (
        True,
        {},
        None,
        None,
    )


@pytest.mark.parametrize(("score", "passed", "is_"), [
    (0.5, None, True), (0.49, None, False), (0.1, True, True), (0.9, False, False),
])  # fmt: skip
def test_passed_follows_the_score_unless_it_is_said(
    tmp_path: Path, score: float, passed: bool | None, is_: bool
) -> None:
    row = {**SCORED, "score": score, "passed": passed}
    (found,) = load_gold(write(tmp_path / "g.jsonl", row), BANK)
    assert found.answers[0].passed is is_


def test_held_out_answers_are_a_set_of_their_own(tmp_path: Path) -> None:
    rows = [{**SCORED, "id": str(i), "held_out": i % 3 == 0} for i in range(6)]
    tuned, held = load_gold(write(tmp_path / "g.jsonl", *rows), BANK)
    assert (tuned.name, tuned.held_out, [a.id for a in tuned.answers]) == (
        "gold (tuned)", False, ["1", "2", "4", "5"],
    )  # fmt: skip
    assert (held.name, held.held_out, [a.id for a in held.answers]) == (
        "gold (held-out)", True, ["0", "3"],
    )  # fmt: skip


def test_a_raters_own_word_goes_before_the_score(tmp_path: Path) -> None:
    """Three answers with two ratings each. Scores of 0.6 and 0.6 pass, 0.4 does not. By word the first
    rater passes a and b, the second a alone; c has no word: 0.4 and 0.6 are read off the score.

    Agreement on passing 1 of 3; by the scores alone it would be 2 of 3.
    """

    def rated(name: str, first: dict[str, object], second: dict[str, object]) -> dict[str, object]:
        return {**SCORED, "id": name, "raters": {"1": first, "2": second}}

    high, low = {"score": 0.6}, {"score": 0.4}
    rows = [
        {**rated("a", {**high, "passed": True}, {**high, "passed": True}), "passed": True},
        rated("b", {**high, "passed": True}, {**high, "passed": False}),
        rated("c", low, high),
    ]
    (found,) = load_gold(write(tmp_path / "g.jsonl", *rows), BANK)
    people = measures.ceiling(found.answers)
    assert people is not None
    assert people.metrics["accuracy"] == pytest.approx(1 / 3)
    run = GraderRun("overlap", GraderIdentity(spec="overlap", version="1"), found, ())
    (report,) = check_report.build([run], 0).sets
    assert report.passing.words == (
        "Whether people pass an answer is their own word in 1 of 3 answers and 4 of 6 ratings, read off the"
        " score (0.5 or more) in the others."
    )


def test_two_raters_are_kept_and_scored_from_their_verdicts(tmp_path: Path) -> None:
    row = {
        **SCORED,
        "verdicts": {"big": "met", "small": "unmet"},
        "misconceptions": ["swap"],
        "raters": {
            "2": {"verdicts": {"big": "partial", "small": "met"}, "misconceptions": ["swap"]},
            "1": {"verdicts": {"big": "met", "small": "unmet"}, "misconceptions": [], "score": 0.7},
        },
    }
    (found,) = load_gold(write(tmp_path / "g.jsonl", row), BANK)
    answer = found.answers[0]
    assert answer.first is not None
    assert answer.second is not None
    assert answer.first.score == 0.7
    # Weights 3 and 1: (3 * 0.5 + 1) / 4 = 0.625, less 0.5 for the misconception.
    assert answer.second.score == pytest.approx(0.125)
    people = measures.ceiling(found.answers)
    assert people is not None
    # Rater 1 says met, unmet; rater 2 partial, met: of 1 found met by the second, 0 by the first.
    assert people.metrics["precision"] == 0.0
    # Rater 1 does not see the misconception that rater 2 sees.
    assert people.metrics["misconception_precision"] == 0.0


def test_one_rater_is_held_against_the_settled_grade(tmp_path: Path) -> None:
    row = {**SCORED, "verdicts": {"big": "met"}, "raters": {"2": {"verdicts": {"big": "met"}}}}
    (found,) = load_gold(write(tmp_path / "g.jsonl", row), BANK)
    people = measures.ceiling(found.answers)
    assert people is not None
    assert people.metrics["recall"] == 1.0
    assert people.metrics["qwk"] is None  # half of the verdicts come to no score
    (alone,) = load_gold(write(tmp_path / "h.jsonl", SCORED), BANK)
    assert measures.ceiling(alone.answers) is None


@pytest.mark.parametrize(("row", "line", "says"), [
    ("{", 2, "not valid JSON"),
    ("[1]", 2, "one JSON object"),
    ({"id": "b", "question": 1, "answer": "x"}, 2, "'score' is missing"),
    ({**SCORED, "id": "b", "score": 1.5}, 2, "'score'"),
    ({**SCORED, "id": "b", "score": float("nan")}, 2, "'score'"),
    ({**SCORED, "id": "b", "score": "high"}, 2, "'score'"),
    (SCORED, 2, "stands twice"),
    ({**SCORED, "id": "b", "question": 9}, 2, "question 9"),
    ({**SCORED, "id": "b", "verdicts": {"huge": "met"}}, 2, "no criterion 'huge'"),
    ({**SCORED, "id": "b", "verdicts": {"big": "yes"}}, 2, "verdicts.big"),
    ({**SCORED, "id": "b", "misconceptions": ["big"]}, 2, "no misconception 'big'"),
    ({**SCORED, "id": "b", "verdict": {"big": "met"}}, 2, "no key 'verdict'"),
    ({**SCORED, "id": "b", "raters": [1]}, 2, "'raters'"),
    ({**SCORED, "id": "b", "question": True}, 2, "true and false are no numbers"),
    ({**SCORED, "id": "b", "score": True}, 2, "true and false are no numbers"),
    ({**SCORED, "id": "b", "score": 10**399}, 2, "'score'"),
    ({**SCORED, "id": "b", "question": {"a": []}}, 2, "'question'"),
    ('{"id": "b", "id": "c", "question": 1, "answer": "x", "score": 1}', 2, "'id' stands twice"),
    ('{"id": ' + "[" * 200 + "]" * 200 + "}", 2, "nested"),
    ({**SCORED, "id": "b", "k" * 5000: 1, "scores": 1}, 2, "no key 'scores'"),
])  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_line(
    tmp_path: Path, row: Any, line: int, says: str
) -> None:
    path = write(tmp_path / "g.jsonl", SCORED, row)
    with pytest.raises(GoldError) as caught:
        load_gold(path, BANK)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert says in caught.value.message


def test_foreign_keys_are_passed_over(tmp_path: Path) -> None:
    (found,) = load_gold(write(tmp_path / "g.jsonl", {**SCORED, "note": 1, "source": "me"}), BANK)
    assert len(found.answers) == 1


def test_missing_empty_and_binary_files(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n\n")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    for name in ("absent", "empty", "binary"):
        with pytest.raises(GoldError, match=name):
            load_gold(tmp_path / name, BANK)


@given(answer=st.text())
def test_any_answer_survives(tmp_path_factory: pytest.TempPathFactory, answer: str) -> None:
    # Line separators inside a string must not split the row.
    text = answer.encode("utf-8", "ignore").decode()
    path = tmp_path_factory.mktemp("g") / "g.jsonl"
    path.write_text(json.dumps({**SCORED, "answer": text}, ensure_ascii=False), "utf-8", newline="")
    ((_, row),) = rows_of(path)
    assert row["answer"] == text


def external(**fields: Any) -> dict[str, Any]:
    return {
        "id": "e1", "dataset": "d", "qid": "Q", "question": "Why?", "reference": ["one", "two"],
        "answer": "because", "score": 1.5, "max_score": 2.0, **fields,
    }  # fmt: skip


def test_a_reference_becomes_the_criterion_and_the_others_its_accepts(tmp_path: Path) -> None:
    rows = [
        external(label={"2way": "correct", "5way": "correct"}),
        external(id="e2", score=0, label={"2way": "incorrect", "5way": "contradictory"}),
        external(
            id="e3", qid="R", question="How?", reference="three", score=2, label="Partially correct"
        ),
    ]
    (found,) = asag_files.load_set("other", [write(tmp_path / "other.jsonl", *rows)])
    first, second, third = found.answers
    asked = found.question(first)
    assert (asked.criteria[0].statement, asked.criteria[0].accepts) == ("one", ("two",))
    assert (first.score, first.passed, first.verdicts) == (0.75, True, {"reference": "met"})
    assert (second.kind, second.verdicts) == ("contradictory", {"reference": "unmet"})
    assert (third.question, third.verdicts) == (2, {"reference": "partial"})
    assert first.question == second.question == 1


def test_rubric_items_are_criteria_with_their_own_truth(tmp_path: Path) -> None:
    rubric = [
        {"id": 1, "text": "A.", "points": 2.0, "met": True, "met_raters": [True, True]},
        {"id": 2, "text": "B.", "points": 1.0, "met": None, "met_raters": [True, False]},
    ]
    row = external(reference="A. B.", rubric=rubric, rater_scores=[2.0, 1.0], split="test")
    (found,) = asag_files.load_set("physics", [write(tmp_path / "physics.jsonl", row)])
    answer = found.answers[0]
    assert (found.name, found.held_out) == ("physics (held-out)", True)
    assert [(c.id, c.weight) for c in found.question(answer).criteria] == [
        ("item-1", 2.0),
        ("item-2", 1.0),
    ]
    assert answer.verdicts == {"item-1": "met"}
    assert answer.first is not None
    assert answer.second is not None
    assert (answer.first.score, answer.second.score) == (1.0, 0.5)
    assert answer.second.verdicts == {"item-1": "met", "item-2": "unmet"}


def test_the_shipped_gold_is_scored_by_the_shipped_bank() -> None:
    """A changed cost, weight or claim without the gold regraded shows here."""
    shipped = open_bank()
    for gold in load_gold(bank_folder(None) / GOLD_NAME, shipped):
        for answer in gold.answers:
            for rating in (answer, answer.first, answer.second):
                assert rating is not None
                value = scoring.of_levels(
                    shipped.question(answer.question), rating.verdicts, rating.misconceptions or ()
                )
                assert rating.score == pytest.approx(value, abs=1e-4), answer.id
            assert answer.passed is scoring.passed(answer.score), answer.id


def test_questions_that_trained_nothing_are_held_out(tmp_path: Path) -> None:
    rows = [external(id=f"e{i}", qid=f"Q{i}") for i in range(40)]
    tuned, held = asag_files.load_set("saf", [write(tmp_path / "saf.jsonl", *rows)])
    assert (tuned.held_out, held.held_out) == (False, True)
    assert {a.id for a in held.answers} == {f"e{i}" for i in range(40) if kept_back("saf", f"Q{i}")}
    (all_of_it,) = asag_files.load_set("physics", [write(tmp_path / "physics.jsonl", *rows)])
    assert all_of_it.held_out  # no weight was ever trained on any of it


@pytest.mark.parametrize("fields", [
    {"question": ""}, {"reference": ""}, {"score": 3}, {"score": "x"}, {"answer": None}, {"id": None},
    {"question": 5}, {"reference": [1]}, {"reference": {"a": 1}}, {"rubric": 5}, {"rubric": [1]},
    {"rubric": [{"id": 1}]}, {"rubric": [{"text": "A.", "points": True}]}, {"rater_scores": "12"},
    {"rubric": [{"id": [1], "text": "A."}]}, {"label": [[1]]}, {"label": {"2way": []}},
    {"max_score": [1]}, {"max_score": 10**399}, {"max_score": True}, {"max_score": "nan"},
    {"score": 10**399}, {"score": True}, {"rater_scores": [{}, {}]},
    {"rubric": [{"id": str(n), "text": "A."} for n in range(16)]},
])  # fmt: skip
def test_a_bad_external_row_names_its_line(tmp_path: Path, fields: dict[str, Any]) -> None:
    path = write(tmp_path / "saf.jsonl", external(id="ok"), external(**fields))
    with pytest.raises(GoldError, match=r"saf\.jsonl:2: "):
        asag_files.load_set("saf", [path])


def test_sets_are_found_by_name_in_the_folder(tmp_path: Path) -> None:
    write(tmp_path / "saf_en.train.jsonl", external())
    write(tmp_path / "beetle.train.jsonl", external())
    assert [p.name for p in asag_files.set_files("saf", tmp_path)] == ["saf_en.train.jsonl"]
    with pytest.raises(UsageError, match="physics"):
        asag_files.set_files("physics", tmp_path)
    assert asag_files.looks_external(tmp_path / "beetle.train.jsonl")
    assert not asag_files.looks_external(write(tmp_path / "g.jsonl", SCORED))


def test_lone_surrogates_become_replacement_characters(tmp_path: Path) -> None:
    rows = '{"id": "a", "question": 1, "answer": "word \\ud800 order \\ud83d\\ude00", "score": 1}'
    (found,) = load_gold(write(tmp_path / "g.jsonl", rows), BANK)
    assert found.answers[0].answer == "word \ufffd order \U0001f600"


def test_the_rows_in_the_format_document_load(tmp_path: Path) -> None:
    text = ROOT.joinpath("docs", "bank-format.md").read_text("utf-8")
    told = text.partition("\n## Gold answers\n")[2].partition("\n## ")[0]
    ours, others = (
        write(tmp_path / f"{n}.jsonl", part.partition("```")[0].strip())
        for n, part in enumerate(told.split("```json\n")[1:])
    )
    (found,) = load_gold(ours, bank([question(3)]))
    assert (found.answers[0].question, found.answers[0].score) == (3, 0.5)
    assert not asag_files.looks_external(ours)
    assert asag_files.looks_external(others)
    (made,) = asag_files.load_set("own", [others])
    assert made.question(made.answers[0]).criteria[0].statement == "Air scatters blue light most."
    for key in ("question", "reference", "answer", "score", "max_score", "qid", "rubric"):
        assert f"`{key}`" in told or f'"{key}"' in told
