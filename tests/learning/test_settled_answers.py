"""Which settled answers there are to learn from: in sessions, and in files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from samples import Story, bank, question

from interviewer.agreement.gold_answers import gold_id, settled_gold
from interviewer.errors import GoldError
from interviewer.learning.settled_answers import collect
from interviewer.session.events import EVENT, SELF, Settled

BANK = bank([question(n) for n in (1, 2, 3)])
FULL = {"big": "met", "small": "met"}
HALF = {"big": "met", "small": "unmet"}


def told(settled: list[tuple[int, dict[str, str], str]], of: Any = BANK, **started: Any) -> str:
    """The log of a session with an answer to each question, settled like that, one after the other."""
    story = Story(of)
    for number in (1, 2, 3):
        story.ask(number).answer(f"words on {number}").graded({})
    for number, levels, rater in settled:
        reply = story.session.records[number - 1].turns[0].reply
        assert reply is not None
        story.add(
            Settled, question=number, answer=reply.seq, rater=rater, levels=levels,
            score=None if len(levels) < 2 else 1.0 if levels == FULL else 0.75, passed=True,
        )  # fmt: skip
    first, *rest = story.events
    events = [first.model_copy(update=started), *rest]
    return "".join(EVENT.dump_json(event).decode() + "\n" for event in events)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def gold_row(name: str, number: int, answer: str, **more: Any) -> str:
    row = {"id": name, "question": number, "answer": answer, "score": 1, "verdicts": FULL, **more}
    return json.dumps(row) + "\n"


def test_the_latest_word_on_each_settled_answer_is_collected(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", told([(1, HALF, SELF), (1, FULL, "Ann"), (2, FULL, SELF)]))
    found = collect(BANK, tmp_path, [])
    by_question = {one.question.id: one for one in found.answers}
    assert sorted(by_question) == [1, 2]  # nobody settled the third
    assert (by_question[1].source, by_question[1].gold.verdicts) == ("settled", FULL)
    assert (by_question[2].source, by_question[2].asked) == ("self-graded", "Prompt number 2?")
    assert by_question[2].gold.answer == "words on 2"
    assert not found.left_out


def test_a_file_counts_before_a_session_on_the_same_words(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", told([(1, HALF, "Ann")]))
    (tmp_path / "graded").mkdir()
    gold = write(tmp_path / "graded", "g.jsonl", gold_row("x", 1, "Words, on 1!"))
    (one,) = collect(BANK, tmp_path, [gold]).answers
    assert (one.source, one.gold.id, one.gold.verdicts) == ("graded answers", "x", FULL)


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    changed = bank([question(1, weights={"big": 1.0, "other": 1.0}), question(2), question(3)])
    write(tmp_path, "a.jsonl", told([(1, {"big": "met", "other": "met"}, SELF)], changed))
    write(tmp_path, "b.jsonl", told([(2, {"big": "met"}, SELF)]))
    write(tmp_path, "c.jsonl", '{"event":"settled"\n')
    (tmp_path / "graded").mkdir()
    rows = gold_row("x", 1, "one", held_out=True) + gold_row("y", 2, "two", verdicts={})
    found = collect(BANK, tmp_path, [write(tmp_path / "graded", "g.jsonl", rows)])
    assert found.answers == []
    assert dict(found.left_out) == {
        "to questions whose criteria have changed since": 1,
        "not settled on every criterion": 2,
        "in sessions that cannot be read": 1,
        "held out": 1,
    }


def test_simulated_sessions_and_other_banks_teach_nothing(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", told([(1, FULL, SELF)], simulated=True))
    other = bank([question(n) for n in (1, 2, 3)], id="other")
    write(tmp_path, "b.jsonl", told([(1, FULL, SELF)], other))
    found = collect(BANK, tmp_path, [])
    assert (found.answers, dict(found.left_out)) == ([], {})


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"none\.jsonl"):
        collect(BANK, tmp_path / "nowhere", [tmp_path / "none.jsonl"])


def test_a_settled_answer_is_called_by_its_words_and_scored_by_its_levels(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", told([(1, FULL, "Ann")]))
    (one,) = collect(BANK, tmp_path, []).answers
    assert one.gold.id == gold_id(1, "Words on 1!")
    made = settled_gold(BANK.question(1), "words on 1", FULL, (), "Ann")
    assert (made.id, made.score, made.passed, made.by_score) == (one.gold.id, 1.0, True, True)
    with pytest.raises(ValueError, match="no verdict on small"):
        settled_gold(BANK.question(1), "words on 1", {"big": "met"}, (), "Ann")
    given = settled_gold(BANK.question(1), "words on 1", {"big": "met"}, (), "Ann", score=0.0)
    assert (given.score, given.verdicts) == (0.0, {"big": "met"})
