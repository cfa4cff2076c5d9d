"""The shipped encoder."""

import os
import shutil
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from interviewer.errors import WeightsError
from interviewer.grading.offline.onnx_encoder import OnnxEmbedder
from interviewer.grading.offline.word_table import WordTable
from interviewer.specs import banks, embedders

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


def test_lone_surrogates_are_read_as_replacement_characters():
    odd, mended = "word \ud800 order", "word \ufffd order"
    embedder = embedders.make_embedder()
    assert np.array_equal(embedder.embed([odd]), embedder.embed([mended]))


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


def test_a_row_is_its_integers_times_its_scale():
    table = WordTable(np.asarray([[10, 20], [30, 40]], dtype=np.int8), np.asarray([0.5, 1], "f2"))
    # row 0: 10 * 0.5, 20 * 0.5; row 1: 30 * 1, 40 * 1
    assert table.vectors([1, 0]).tolist() == [[30.0, 40.0], [5.0, 10.0]]


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
