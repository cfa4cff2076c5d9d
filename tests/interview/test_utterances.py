"""What kind of thing was said: an answer, or one of the things said around answers."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any, get_args

import pytest
from hostile import HOSTILE
from hypothesis import given
from samples import ROOT

from interviewer.check.gold_files import GOLD_NAME, load_gold
from interviewer.errors import WeightsError
from interviewer.interview.talk.listener import Listener
from interviewer.interview.talk.remarks import expected
from interviewer.interview.talk.utterance_rules import asks_back, says_unknown
from interviewer.interview.talk.utterances import UtteranceModels, features, pieces
from interviewer.session.events import ANSWERS, UtteranceKind
from interviewer.specs import banks
from interviewer.specs.embedders import cached_embedder

sys.path.insert(0, str(ROOT / "training"))

import fit_utterances

TFIDF = "How do you compute the TF-IDF weight of a term in a document? Give me the formula."

BANK = banks.open_bank()
BY_CUES = Listener()
BOTH = Listener(cached_embedder())

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
NO_QUESTIONS = [
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
    assert BY_CUES.kind_of(text, TFIDF, BANK.question(1)) in (
        *("repeat", "rephrase", "define", "clarify"),
    )


@pytest.mark.parametrize("text", NO_QUESTIONS)
def test_an_answer(text: str) -> None:
    assert not asks_back(text, TFIDF)
    assert BOTH.kind_of(text, TFIDF, BANK.question(1)) in {*ANSWERS, "dont-know"}


def test_no_tuned_gold_answer_is_taken_for_a_question_back() -> None:
    seen, lost = 0, []
    for gold in load_gold(banks.bank_folder(None) / GOLD_NAME, BANK):
        for answer in gold.answers:
            if not answer.held_out:
                seen += 1
                question = gold.question(answer)
                assert not asks_back(answer.answer, question.prompt), answer.id
                kind = BY_CUES.kind_of(answer.answer, question.prompt, question)
                lost += [] if kind in ANSWERS or answer.score == 0 else [answer.answer]
    assert seen > 1000
    assert len(lost) <= 0.002 * seen, lost


@given(HOSTILE, HOSTILE)
def test_it_never_raises(text: str, asked: str) -> None:
    assert asks_back(text, asked) in (True, False)
    assert BY_CUES.kind_of(text, asked, BANK.question(1))


@pytest.mark.parametrize("probe", [False, True])
def test_what_is_expected_says_nothing_of_any_criterion(probe: bool) -> None:
    from interviewer.answer_text.leaks import gives_away

    for question in BANK.questions:
        text = f"Once more: {question.prompt} {expected(question.kind, probe=probe)}"
        statements = tuple(c.statement for c in question.criteria)
        assert not gives_away(text, statements, (), [question.prompt])


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "  \n ",
        "I don't know",
        "I dont know.",
        "i don’t know this one",
        "I do not remember that",
        "um, well, I don't really know, sorry",
        "don't know",
        "no idea",
        "I've got no clue!",
        "idk",
        "Dunno...",
        "pass",
        "I forgot",
        "I have forgotten it",
        "not sure",
        "I'm not sure...",
        "I give up",
        "can't remember",
        "honestly no idea",
        "???",
        "No idea, sorry.",
    ],
)
def test_does_not_know(answer: str) -> None:
    assert says_unknown(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "I don't know the name, but it divides by the document frequency",
        "I'm not sure, is it cosine similarity?",
        "nothing is learned, it only counts",
        "pass the hidden state to the decoder",
        "we do not know the labels in advance",
        "No idea why it works but you take the log",
        "it forgets",
        "the model is not sure",
        "um, the softmax",
        "no",
    ],
)
def test_an_answer_that_only_sounds_like_it(answer: str) -> None:
    assert not says_unknown(answer)


def test_a_long_answer_is_never_taken_for_not_knowing() -> None:
    assert not says_unknown("I don't know" + "." * 200)


@pytest.mark.parametrize(
    "piece", ["um ", "um,", " ", ".", "so ", "so", "uh", "sorry ", "i mean ", "don't know "]
)
def test_no_short_line_takes_long(piece: str) -> None:
    begun = time.perf_counter()
    for head in ("", "idk", "um "):
        says_unknown((head + piece * 200)[:115] + "x")
        BY_CUES.kind_of((head + piece * 200)[:399] + "x", TFIDF, BANK.question(1))
    assert time.perf_counter() - begun < 2.0


@pytest.mark.parametrize(
    "piece", ["h", "m", "ah", ".", "- ", "a", "'", "or", "what", "é", "(", '"']
)
def test_nothing_that_is_said_takes_long(piece: str) -> None:
    begun = time.process_time()
    for head in ("", "what do you mean by ", "no wait ", "can you "):
        for tail in ("", "?", " x", "..."):
            BY_CUES.kind_of((head + piece * 400)[:390] + tail, TFIDF, BANK.question(1))
    assert time.process_time() - begun < 4.0


KINDS: list[tuple[str, str]] = [
    ("thinking", "Let me think."), ("thinking", "hmm..."), ("thinking", "give me a second"),
    ("repeat", "Can you repeat the question?"), ("repeat", "once more please"),
    ("rephrase", "Could you put that differently?"), ("rephrase", "I don't understand the question"),
    ("define", "What do you mean by document?"), ("define", "what does term mean?"),
    ("example", "Can you give me an example?"), ("example", "for example?"),
    ("hint", "can I have a hint?"), ("hint", "a hint please"), ("hint", "hnit pls"),
    ("on-track", "Am I on the right track?"), ("on-track", "so far so good?"),
    ("remaining", "How many questions are left?"), ("remaining", "how much time is left?"),
    ("dont-know", "I don't know"), ("dont-know", "no idea, sorry"),
    ("give-up", "pass"), ("give-up", "let's skip this one"), ("give-up", "next question please"),
    ("small-talk", "Hello there!"), ("small-talk", "Thank you very much"),
    ("protest", "But I already said that!"), ("protest", "that's unfair"),
    ("clarify", "Do you want the formula?"), ("clarify", "in words or in symbols?"),
    ("answer", "You multiply the two."), ("answer", "no"), ("answer", "is it the log?"),
    ("answer", "Let me think. You multiply term frequency by the inverse document frequency."),
    ("answer", "No idea how it is called, but rare words get a higher weight."),
    ("answer", "skip-gram"), ("answer", "for example dog and puppy are orthogonal"),
    ("answer", "momentum"), ("answer", "they don't know context?"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), KINDS)
@pytest.mark.parametrize("listener", [BY_CUES, BOTH], ids=["cues", "both"])
def test_kinds(listener: Listener, kind: str, text: str) -> None:
    assert listener.kind_of(text, TFIDF, BANK.question(1)) == kind


def test_the_encoder_is_made_for_a_doubt_alone_and_may_be_missing() -> None:
    made: list[str] = []

    def missing() -> Any:
        made.append("once")
        raise WeightsError("there are none")

    listener = Listener(missing)
    asked = BANK.question(1)
    for text in ("skip", "Can you repeat that?", "You multiply the two factors. " * 4):
        listener.kind_of(text, TFIDF, asked)
    assert made == []
    kinds = [listener.kind_of("sorry, I lost the second half", TFIDF, asked) for _ in range(2)]
    assert made == ["once"]
    assert set(kinds) == {BY_CUES.kind_of("sorry, I lost the second half", TFIDF, asked)}


def test_without_weights_what_is_in_doubt_is_an_answer(tmp_path: Path) -> None:
    for text in ("", "{}", '{"kinds": ["answer"]}'):
        (tmp_path / "utterances.json").write_text(text, "utf-8")
        listener = Listener(cached_embedder(), tmp_path)
        assert listener.kind_of("Can you repeat that?", TFIDF, BANK.question(1)) == "repeat"
        assert listener.kind_of("I lost the second half", TFIDF, BANK.question(1)) == "answer"


def test_the_shipped_weights_fit_what_is_seen() -> None:
    path = ROOT / "interviewer" / "interview" / "talk" / "utterances.json"
    models = UtteranceModels.model_validate_json(path.read_text("utf-8"))
    plain = len(features("a", TFIDF, BANK.question(1))) + len(pieces("a"))
    assert set(models.kinds) == set(get_args(UtteranceKind)) - {"go-back"}
    for rows, size in ((models.plain, plain), (models.embedded, plain + 384)):
        assert [len(row) for row in rows] == [size] * len(models.kinds)


def test_what_the_models_are_fitted_on_is_there() -> None:
    assert len(fit_utterances.read()) == 1343
    assert len(fit_utterances.read(fit_utterances.SECOND)) == 2681
    assert len(fit_utterances.more_answers(BANK)) > 3000


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("how often it is in there, scaled by how unusual it is overall", "answer"),
        ("how often the word is in there, times how rare it is overall", "answer"),
        ("It's in there, read it again", "protest"),
        ("but the word count was in there, I said that", "protest"),
    ],
)
def test_who_protests_names_an_answer_or_whose_it_is(text: str, kind: UtteranceKind) -> None:
    weights = BANK.question(1)
    assert BOTH.kind_of(text, weights.prompt, weights) == kind


IDF = BANK.question(2)
SETTLES = "Which words then steer the similarity more, the common or the rare ones?"


@pytest.mark.parametrize(
    ("text", "asked", "kind"),
    [
        ("I said already: the rare words.", SETTLES, "answer"),
        ("As I told you: rare terms decide.", SETTLES, "answer"),
        ("I said that already!", SETTLES, "protest"),
        ("No. What else do you want?", SETTLES, "answer"),
        ("No. What else do you want?", IDF.prompt, "answer"),
        ("What else do you want?", SETTLES, "on-track"),
        ("That word is new to me. What do you mean by similarity?", SETTLES, "define"),
    ],
)
def test_what_answers_a_follow_up_is_an_answer_whatever_stands_beside_it(
    text: str, asked: str, kind: UtteranceKind
) -> None:
    assert BOTH.kind_of(text, asked, IDF) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Could you say that differently? In what sense?", "rephrase"),
        ("Sorry, what? Can you give me an example?", "example"),
        ("What do you mean by term? Can you repeat?", "define"),
        ("Can you repeat that? I don't understand the question.", "rephrase"),
    ],
)
def test_of_two_requests_the_more_specific_one_counts(text: str, kind: str) -> None:
    assert BY_CUES.kind_of(text, TFIDF, BANK.question(1)) == kind


def test_a_choice_that_is_made_is_an_answer() -> None:
    asked = "Against neural retrievers, is that method easy to beat or hard to beat?"
    for text in ("Hard to beat on exact words.", "Easy.", "hard, mostly"):
        assert BOTH.kind_of(text, asked, BANK.question(4)) == "answer"
    assert BOTH.kind_of("What do you mean by hard to beat?", asked, BANK.question(4)) != "answer"
    assert BOTH.kind_of("I don't know", asked, BANK.question(4)) == "dont-know"


@pytest.mark.parametrize(
    "text",
    [
        "the rare words, am I on the right track?",
        "rare words weigh more, or am I wrong?",
        "It counts the documents. Is that what you mean?",
        "It is tf times idf. Can you give me a hint?",
    ],
)
def test_an_answer_with_a_question_at_its_end_is_one(text: str) -> None:
    assert BOTH.kind_of(text, TFIDF, BANK.question(1)) == "answer"
    assert BY_CUES.kind_of(text, TFIDF, BANK.question(1)) == "answer"
