"""The shipped encoder."""

import os
import shutil
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from samples import bank, question

from interviewer.bank.questions import Criterion
from interviewer.errors import WeightsError
from interviewer.grading.claims import probability_of
from interviewer.grading.grader import GradeRequest
from interviewer.grading.offline.onnx_encoder import (
    MAX_PART_TOKENS,
    OnnxClaimReader,
    OnnxEmbedder,
    OnnxPairScorer,
)
from interviewer.grading.offline.word_table import WordTable
from interviewer.specs import banks, embedders, graders

SAME = ("the dog sleeps on the mat", "a puppy is asleep on the rug")
OTHER = "quarterly revenue fell short of forecasts"


def test_rows_are_unit_vectors():
    rows = embedders.make_embedder().embed([*SAME, "", "🙂", "x " * 2000])
    assert rows.shape == (5, 384)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(5), abs=1e-4)


def test_close_meanings_are_closer():
    a, b, c = embedders.make_embedder().embed([*SAME, OTHER])
    assert a @ b > 0.5 > a @ c


def test_a_row_does_not_depend_on_its_neighbours():
    embedder = embedders.make_embedder()
    alone = embedder.embed([SAME[0]])[0]
    among = embedder.embed([OTHER * 5, SAME[0], ""])[1]
    assert np.array_equal(alone, among)


def scorer() -> OnnxPairScorer:
    return OnnxPairScorer(embedders.weights_folder(), embedders.word_table())


def test_lone_surrogates_are_read_as_replacement_characters():
    odd, mended = "word \ud800 order", "word \ufffd order"
    embedder = embedders.make_embedder()
    assert np.array_equal(embedder.embed([odd]), embedder.embed([mended]))
    scores = scorer().score([(odd, odd), (mended, mended)])
    assert np.array_equal(scores[0], scores[1])
    reader = OnnxClaimReader(embedders.weights_folder(), embedders.word_table())
    assert np.array_equal(reader.read([odd]), reader.read([mended]))
    assert scorer().parts(odd) == [mended]


@pytest.mark.parametrize(
    "statement",
    [
        "Word order is lost. " * 40,
        "one sentence that goes on and on " * 40,
        "語" * 700,
        "a" * 3000,
        "Short. " + "x y " * 200 + ". Short.",
    ],
)
def test_a_statement_longer_than_the_window_is_read_in_parts(statement):
    reader = scorer()
    parts = reader.parts(statement)
    sizes = [len(reader._whole.encode(part, add_special_tokens=False)) for part in parts]
    assert max(sizes) <= MAX_PART_TOKENS
    squeezed = "".join("".join(parts).split()).replace(".", "")
    assert squeezed == "".join(statement.split()).replace(".", "")
    rows = reader.score([(part, "the order of words is lost " * 50) for part in parts])
    assert np.isfinite(rows).all()
    assert np.isfinite(reader.score([(statement, statement)])).all()  # whoever calls


def test_no_statement_of_the_shipped_bank_is_read_in_parts():
    reader = scorer()
    for asked in banks.open_bank().questions:
        for claim in (*asked.criteria, *asked.misconceptions):
            assert reader.parts(claim.statement) == [claim.statement]


def test_a_long_statement_is_met_by_who_says_it_and_not_by_who_says_one_part():
    first = "Bag of words loses the order of the words in the sentence entirely."
    others = (
        "Its vectors are as long as the vocabulary and nearly all of their entries are zero.",
        "Two words that mean nearly the same share no dimension and are orthogonal to each other.",
        "Rare words take up as much room as frequent ones unless they are weighted by frequency.",
        "A word that was not seen in training has no dimension of its own and is dropped.",
        "The size of the counts depends on how long the document is unless they are normalised.",
    )
    statement = " ".join([first, *others])
    asked = question(criteria=(Criterion(id="all", statement=statement),), probes=[])
    grader = graders.make_grader("offline:unaided", bank([asked]))

    def chance(answer: str) -> float:
        (verdict,) = grader.grade(GradeRequest(asked, answer, asked.prompt)).graded
        return probability_of(verdict)

    assert chance(statement) > 0.5 > chance("I have no idea what that is about, sorry.")
    assert chance(statement) > chance(first)


def test_missing_weights_say_what_to_do(tmp_path):
    table = WordTable.load(embedders.weights_folder() / "words.npz")
    with pytest.raises(WeightsError, match=r"encoder\.int8\.onnx.*missing[\s\S]*Reinstall"):
        OnnxEmbedder(tmp_path, table)
    with pytest.raises(WeightsError, match=r"words\.npz"):
        WordTable.load(tmp_path / "words.npz")


def test_a_damaged_table_says_so(tmp_path):
    shutil.copy(embedders.weights_folder() / "words.npz", tmp_path / "words.npz")
    with (tmp_path / "words.npz").open("r+b") as file:
        file.truncate(1000)
    with pytest.raises(WeightsError, match="damaged"):
        WordTable.load(tmp_path / "words.npz")


def test_changed_rows_replace_the_base(tmp_path):
    base = WordTable(np.asarray([[10, 20], [30, 40]], dtype=np.int8), np.asarray([0.5, 1], "f2"))
    path = tmp_path / "own.npz"
    np.savez(
        path,
        changed_ids=np.asarray([1], dtype=np.int32),
        changed_rows=np.asarray([[7, 8]], dtype=np.int8),
        changed_scales=np.asarray([2], dtype=np.float16),
    )
    own = base.with_changes(path)
    # row 0: 10 * 0.5, 20 * 0.5; row 1 changed: 7 * 2, 8 * 2, in the base 30 * 1, 40 * 1
    assert own.vectors([0, 1]).tolist() == [[5.0, 10.0], [14.0, 16.0]]
    assert base.vectors([1]).tolist() == [[30.0, 40.0]]


@pytest.mark.models
def test_parity_with_sentence_transformers():
    """Needs INTERVIEWER_MINILM, the folder of the upstream model, and the extra."""
    source = Path(os.environ["INTERVIEWER_MINILM"])
    shipped = banks.open_bank()
    texts = [c.statement for q in shipped.questions for c in q.criteria]
    texts += [q.references[0] for q in shipped.questions]
    ours = embedders.make_embedder().embed(texts)
    theirs = embedders.make_embedder(f"sentence-transformers:{source}").embed(texts)
    assert float((ours * theirs).sum(1).mean()) >= 0.98
    pairs = list(combinations(range(len(texts)), 2))
    mine = np.asarray([ours[i] @ ours[j] for i, j in pairs])
    upstream = np.asarray([theirs[i] @ theirs[j] for i, j in pairs])
    ranks = np.corrcoef(mine.argsort().argsort(), upstream.argsort().argsort())[0, 1]
    assert ranks >= 0.95
