"""Every row is graded once and put away in its order, whatever becomes of whoever grades."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from class_parts import BANK, HEAD, ListShelf, job, make_deadly, row, scores
from hypothesis import given
from hypothesis import strategies as st

from interviewer.classroom import class_grading
from interviewer.classroom.class_grading import DEADLY, ClassGrading, grade_into
from interviewer.classroom.class_values import Collected, CollectedRow, NotGradable, UngradedRow
from interviewer.classroom.engines import HereEngine, ProcessEngine, WorkerLost
from interviewer.classroom.known_texts import KnownTexts
from interviewer.classroom.workers import Work, WorkResult
from interviewer.errors import WeightsError
from interviewer.grading.grader import Grader


@pytest.fixture
def known(tmp_path: Path) -> Iterator[KnownTexts]:
    with closing(KnownTexts(tmp_path / "known")) as found:
        yield found


class ScriptedPending:
    def __init__(self, engine: FlakyEngine, work: Work, *, dies: bool):
        self._engine, self._work, self._dies = engine, work, dies
        self.lost = dies

    def result(self) -> list[WorkResult]:
        if self._dies:
            raise WorkerLost(tried=False)
        return self._engine.done(self._work)


class FlakyEngine:
    """Grades by the length of an answer. `dies` says whether a submission is lost; `graded` counts
    the texts that were graded, `most` how many rows were submitted and not yet graded."""

    def __init__(self, dies: Callable[[int, Work], bool], *, width: int = 3, size: int = 2):
        self.width, self.size = width, size
        self._dies = dies
        self.submitted = 0
        self.graded: Counter[str] = Counter()

    def submit(self, work: Work) -> ScriptedPending:
        self.submitted += 1
        return ScriptedPending(self, list(work), dies=self._dies(self.submitted, work))

    def alone(self, work: Work) -> list[WorkResult]:
        if any("die" in text for _, text in work):
            raise WorkerLost(tried=False)
        return self.done(work)

    def done(self, work: Work) -> list[WorkResult]:
        self.graded.update(text for _, text in work)
        return [f"{number}:{text}" for number, text in work]

    def close(self) -> None:
        pass


TEXTS = st.lists(st.sampled_from(["a", "b", "c", "d", "die", "e", "f", ""]), max_size=40)


def rows_of(texts: Sequence[str]) -> list[CollectedRow]:
    return [
        row(n, text, n % 2 + 1) if text else NotGradable(file="a", line=n, reason="no answer")
        for n, text in enumerate(texts, start=1)
    ]


@given(TEXTS, st.sets(st.integers(1, 12)))
def test_every_row_is_there_once_and_in_order(texts: list[str], lost: set[int]) -> None:
    from tempfile import TemporaryDirectory

    def dies(count: int, work: Work) -> bool:
        return count in lost or any("die" in text for _, text in work)

    engine, shelf = FlakyEngine(dies), ListShelf()
    with TemporaryDirectory() as folder, closing(KnownTexts(Path(folder, "known"))) as known:
        made = list(ClassGrading(engine, shelf, known).rows(rows_of(texts)))
    assert made == shelf.rows
    assert [r.line for r in made] == list(range(1, len(texts) + 1))
    due = [
        "no answer" if not text else DEADLY if text == "die" else f"{n % 2 + 1}:{text}"
        for n, text in enumerate(texts, start=1)
    ]
    assert [r.reason for r in made if isinstance(r, UngradedRow)] == due


@given(TEXTS)
def test_a_text_that_comes_again_is_graded_once(texts: list[str]) -> None:
    from tempfile import TemporaryDirectory

    engine = FlakyEngine(lambda count, work: False)
    with TemporaryDirectory() as folder, closing(KnownTexts(Path(folder, "known"))) as known:
        rows = [row(n, f"<{text}>") for n, text in enumerate(texts, start=1)]
        list(ClassGrading(engine, ListShelf(), known).rows(rows))
    assert engine.graded == Counter({f"<{text}>": 1 for text in texts})


def test_what_is_held_is_bounded(known: KnownTexts, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are drawn as they are needed: at most the open pieces and the one being filled ahead."""
    drawn = 0

    def rows() -> Iterator[Collected]:
        nonlocal drawn
        for drawn in range(1, 1001):
            yield row(drawn, f"text {drawn}")

    engine = FlakyEngine(lambda count, work: False, width=3, size=2)
    ahead = 0
    for made in ClassGrading(engine, ListShelf(), known).rows(rows()):
        ahead = max(ahead, drawn - made.line)
    assert drawn == 1000
    # When the second row of a piece is given, four pieces of two are open behind it.
    assert ahead == 8
    monkeypatch.setattr(class_grading, "MOST_WAITING", 10)
    many = [row(n, "the same") for n in range(1, 101)]
    taken = iter(many)
    first = next(ClassGrading(FlakyEngine(lambda *_: False), ListShelf(), known).rows(taken))
    assert first.line == 1
    assert next(taken).line == 12


def test_an_answer_that_kills_is_told_and_no_other_suffers(known: KnownTexts) -> None:
    texts = ["one", "die at once", "two", "fail", *(f"text {n}" for n in range(12))]
    rows = [row(n, text) for n, text in enumerate(texts, start=1)]
    with closing(ProcessEngine(job(make=make_deadly), 1)) as engine:
        made = scores(list(ClassGrading(engine, ListShelf(), known).rows(rows)))
    assert made[1] == DEADLY
    assert made[3] == "the grader failed on it: ZeroDivisionError: no such thing"
    assert all(isinstance(score, float) for at, score in enumerate(made) if at not in (1, 3))


def fails() -> Grader:
    raise WeightsError("the weights are missing", hint="Reinstall.")


@pytest.mark.parametrize("processes", [1, 2])
def test_a_grader_that_cannot_be_made_ends_the_run(known: KnownTexts, processes: int) -> None:
    make = HereEngine if processes == 1 else lambda job: ProcessEngine(job, processes)
    with closing(make(job(make=fails))) as engine, pytest.raises(WeightsError) as failed:
        list(ClassGrading(engine, ListShelf(), known).rows([row(1, "x")]))
    assert failed.value.hint == "Reinstall."


def test_two_processes_write_what_one_writes(tmp_path: Path) -> None:
    rows = [row(n, f"reference number {n % 50} {n % 3}", n % 3 + 1) for n in range(1, 301)]
    written = []
    for name, make in (("one", HereEngine), ("two", lambda job: ProcessEngine(job, 2))):
        with closing(make(job(BANK))) as engine:
            assert len(list(grade_into(tmp_path / name, HEAD, iter(rows), engine))) == 300
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["one", "two"]
