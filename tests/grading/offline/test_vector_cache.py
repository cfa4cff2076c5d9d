"""Cached embeddings: the same whether found or fresh."""

import numpy as np

from interviewer.grading.offline.vector_cache import VectorCache


class CountingEmbedder:
    """Embeds a text as (length, 1), scaled to norm 1, and counts the texts it was given."""

    name = "counting"

    def __init__(self):
        self.seen = []

    def embed(self, texts):
        self.seen += texts
        rows = np.asarray([[len(t), 1.0] for t in texts], dtype=np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_a_text_is_embedded_once(tmp_path):
    inner = CountingEmbedder()
    cache = VectorCache(inner, store=tmp_path / "v.npz")
    first = cache.embed(["one", "three", "one"])
    again = cache.embed(["three", "one"])
    assert sorted(inner.seen) == ["one", "three"]
    assert np.array_equal(first[1], again[0])
    assert np.array_equal(first[0], first[2])


def test_a_second_process_finds_them_and_gets_the_same_numbers(tmp_path):
    store = tmp_path / "deep" / "v.npz"
    fresh = VectorCache(CountingEmbedder(), store=store).embed(["alpha", "be"])
    inner = CountingEmbedder()
    found = VectorCache(inner, store=store).embed(["alpha", "be"])
    assert inner.seen == []
    assert np.array_equal(fresh, found)


def test_shipped_vectors_are_used_and_not_copied_to_the_store(tmp_path):
    shipped, store = tmp_path / "shipped.npz", tmp_path / "own.npz"
    first = VectorCache(CountingEmbedder())
    first.embed(["alpha"])
    first.dump(shipped)
    inner = CountingEmbedder()
    cache = VectorCache(inner, shipped=shipped, store=store)
    cache.embed(["alpha", "beta"])
    assert inner.seen == ["beta"]
    with np.load(store) as data:
        assert len(data["keys"]) == 1


def test_a_damaged_store_is_passed_over(tmp_path):
    store = tmp_path / "v.npz"
    store.write_bytes(b"PK\x03\x04 not an archive")
    inner = CountingEmbedder()
    assert VectorCache(inner, store=store).embed(["alpha"]).shape == (1, 2)
    assert inner.seen == ["alpha"]


def test_another_model_has_other_vectors(tmp_path):
    store = tmp_path / "v.npz"
    VectorCache(CountingEmbedder(), store=store).embed(["alpha"])
    other = CountingEmbedder()
    other.name = "another"
    VectorCache(other, store=store).embed(["alpha"])
    assert other.seen == ["alpha"]
