"""What kind of turn is heard, over turns of many wordings and over answers that look like them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from samples import WHEN, bank, question
from studio_parts import Held

from interviewer.interview.talk import asking_back, going_back, objecting
from interviewer.interview.talk.listener import Listener
from interviewer.session.events import ANSWERS, Answered, Probed, Remarked
from interviewer.session.record import Record, Session, Turn
from interviewer.specs import banks
from interviewer.specs.embedders import cached_embedder

DATA = Path(__file__).parent.parent / "data"
BANK = banks.open_bank()
LISTENER = Listener(cached_embedder())
EMPTY = Held("all", count=1).session
NUMBERS = [q.id for q in BANK.questions]


def rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (DATA / name).read_text("utf-8").splitlines()]


def record(place: str) -> Record:
    """Where a candidate stands: a question, or "7:0" for its first written probe."""
    number, _, probe = place.partition(":")
    asked = BANK.question(int(number))
    if not probe:
        return Record(asked)
    put = asked.probes[int(probe)]
    said = Answered(seq=3, at=WHEN, question=asked.id, text="something")
    followed = Probed(seq=5, at=WHEN, question=asked.id, criterion=put.criterion, text=put.text)
    return Record(asked, (Turn(None, said), Turn(followed)))


def heard(place: str, before: list[str], said: str) -> str:
    """The kind of a turn, with the number of the earlier question that it turns to."""
    now = record(place)
    session: Session = replace(EMPTY, records=(*map(record, before), now))
    if back := going_back.going_back(session, said):
        kind = "addition" if back.said else "moves" if back.moves else "go-back"
        return f"{'both' if back.said and back.rest else kind}:{back.record.question.id}"
    return LISTENER.kind_of(said, now.asked(now.turns[-1]), now.question)


def test_turns_that_are_no_answer_to_the_open_question_are_known() -> None:
    turns = rows("turns.tsv")
    found = [
        (kind, heard(place, before.split(","), said), said) for kind, place, before, said in turns
    ]
    assert len(found) >= 150
    assert not [row for row in found if row[1] in ANSWERS]
    wrong = [row for row in found if row[0] != row[1]]
    assert len(wrong) <= 0.04 * len(found), wrong


def test_answers_that_look_alike_are_answers_after_whatever_question() -> None:
    answers = rows("like_talk.tsv")
    assert len(answers) >= 150
    lost = []
    for number, said in answers:
        at = NUMBERS.index(int(number))
        for other in {NUMBERS[at - 1], NUMBERS[(at * 7 + 3) % len(NUMBERS)]} - {int(number)}:
            kind = heard(number, [str(other)], said)
            lost += [] if kind in ANSWERS else [(kind, number, other, said)]
    assert not lost


@pytest.mark.parametrize(
    "said",
    [
        "Is it because they share the space?",
        "Do you mean that the vectors have length one?",
        "The dot product, or the cosine?",
        "What does it do? It makes the dot product a cosine.",
    ],
)
def test_a_guess_put_as_a_question_asks_for_nothing(said: str) -> None:
    assert asking_back.asks_only(said, BANK.question(43).prompt, BANK.question(43)) is None


def test_what_brings_words_of_the_answer_objects_to_nothing() -> None:
    prompt = BANK.question(43).prompt
    assert objecting.objects(
        "You said that was fine. Do you disagree now?", prompt, BANK.question(43)
    )
    assert not objecting.objects(
        "You said so: with unit norm the cosine equals the dot product.", prompt, BANK.question(43)
    )


def test_the_first_of_all_questions_has_none_before_it() -> None:
    session = replace(EMPTY, records=(record("43"),))
    assert going_back.going_back(session, "Can we go back to the last question?") is None
    assert going_back.follows(session, "IVF-PQ is smaller.") is None


def remarks_of(held: Held) -> list[Remarked]:
    return [e for e in held.log.events if isinstance(e, Remarked)]


@pytest.mark.parametrize("said", ["Do you disagree?", "You said that stands. Which is it now?"])
def test_an_objection_gets_a_true_sentence_and_the_offer_and_no_grade(said: str) -> None:
    slip = bank([question(1, misconceptions=[("wrong", 0.5)]), question(2)])
    for first, words in (("big", "othing wrong"), ("slips", "one point in it")):
        held = Held(
            first, said, "all",
            of=slip, table={"slips": {"big": "met", "wrong": "met"}}, count=2, probes=0,
        )  # fmt: skip
        (remark,) = remarks_of(held)
        assert remark.kind == "protest"
        assert words in remark.reply
        assert "/dispute" in remark.reply
        assert [r.answer for r in held.grader.requests] == [first, "all"]
        assert not held.session.records[0].appeals


def test_an_objection_to_what_could_not_be_graded_says_so() -> None:
    (remark,) = remarks_of(
        Held(
            "lost",
            "Do you disagree?",
            "all",
            table={"lost": {"big": "timeout", "small": "timeout"}},
            count=2,
        )
    )
    assert "could not judge" in remark.reply


def test_an_objection_before_any_grade_and_in_a_silent_session_says_nothing_of_it() -> None:
    (remark,) = remarks_of(Held("Do you disagree?", "all", count=1))
    assert "not judged anything yet" in remark.reply
    (remark,) = remarks_of(Held("all", "Do you disagree?", "all", count=2, silent=True))
    assert "wrong" not in remark.reply
    assert "to the end" in remark.reply


def test_a_hint_beside_the_question_for_a_word_is_a_hint() -> None:
    held = Held("Sorry, number means digit? Give me small hint please.", "all", count=1)
    assert "hinted" in held.log.names


def test_where_no_hint_is_left_the_question_is_put_in_its_other_words() -> None:
    spare = bank([question(1, probes=[], again="The prompt in other words?")])
    held = Held("/hint", "/hint", "all", of=spare, count=1)
    assert "The prompt in other words?" in held.terminal.text("note")
    assert "nothing" not in held.terminal.text("note")


def test_the_word_that_is_asked_for_is_explained_and_not_one_beside_it() -> None:
    terms = {"negative sampling": "Random pairs are drawn.", "softmax": "Scores to shares."}
    asked = question(
        1, prompt="Why negative sampling and no full softmax?", terms=terms, again="Other words?"
    )
    said = "Negative sampling I know, but what do you mean by a full softmax?"
    (remark,) = remarks_of(Held(said, "all", of=bank([asked]), count=1))
    assert "Scores to shares." in remark.reply
