"""What is a question back, and what is an answer."""

from __future__ import annotations

import pytest
from hostile import HOSTILE
from hypothesis import given

from interviewer.check.gold_files import GOLD_NAME, load_gold
from interviewer.interview.asides import asks_back, expected
from interviewer.specs import banks

TFIDF = "How do you compute the TF-IDF weight of a term in a document? Give me the formula."

ASKED_BACK = [
    "what do you mean?",
    "What do you mean by the weight of a term?",
    "do you want the formula?",
    "can you repeat that?",
    "Sorry, could you rephrase the question?",
    "Could you say that again please",
    "I didn't catch that, can you repeat it?",
    "I don't understand the question.",
    "what?",
    "Sorry?",
    "What does term mean here?",
    "Should I give the formula or just the idea?",
    "do you want me to write the loss?",
    "Are you asking about training or inference?",
    "How much detail do you want?",
    "Hold on. Do you want examples?",
    "what was the question again?",
    "Just the formula?",
    "In words or in symbols?",
    "can you clarify what you mean by weight?",
    "which one do you mean?",
    "Could you clarify? Thanks.",
]
ANSWERS = [
    "",
    "Is it the log?",
    "It's the log, right?",
    "cosine?",
    "idk",
    "I don't know",
    "Do you mean that every word is its own dimension?",
    "because words are orthogonal, do you mean?",
    "can you say that the words are orthogonal?",
    "You multiply them. Do you want the formula?",
    "Should I use the term frequency times the inverse document frequency?",
    "Can I say dot product over norms?",
    "just the dot product",
    "What matters is the order?",
    "What does it mean? It means the vectors are close.",
    "no idea what you mean by that but it is the softmax",
    "Do you want tf = count and idf = log(N/df)?",
    "what do you mean by " + "a very long story " * 10 + "?",
]


@pytest.mark.parametrize("text", ASKED_BACK)
def test_a_question_back(text: str) -> None:
    assert asks_back(text, TFIDF)
    assert asks_back(f"  {text.upper()} ", TFIDF)


@pytest.mark.parametrize("text", ANSWERS)
def test_an_answer(text: str) -> None:
    assert not asks_back(text, TFIDF)


def test_no_tuned_gold_answer_is_taken_for_a_question_back() -> None:
    bank = banks.open_bank()
    seen = 0
    for gold in load_gold(banks.bank_folder(None) / GOLD_NAME, bank):
        for answer in gold.answers:
            if not answer.held_out:
                seen += 1
                assert not asks_back(answer.answer, gold.question(answer).prompt), answer.id
    assert seen > 1000


@given(HOSTILE, HOSTILE)
def test_it_never_raises(text: str, asked: str) -> None:
    assert asks_back(text, asked) in (True, False)


@pytest.mark.parametrize("probe", [False, True])
def test_what_is_expected_says_nothing_of_any_criterion(probe: bool) -> None:
    from interviewer.interview.voice.leaks import gives_away

    for question in banks.open_bank().questions:
        text = f"Once more: {question.prompt} {expected(question.kind, probe=probe)}"
        statements = tuple(c.statement for c in question.criteria)
        assert not gives_away(text, statements, (), [question.prompt])
