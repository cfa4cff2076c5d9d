"""The program from Python: `from interviewer import Bank, grade`.

What stands here is kept stable: `open_bank`, `grade`, `read_grades` and the values that they take
and give. docs/python.md shows it at work.
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from pydantic import PrivateAttr

from interviewer.bank.questions import Bank
from interviewer.classroom import grades_file
from interviewer.classroom.answer_fields import fields_of, row_of
from interviewer.classroom.class_values import (
    CollectedRow,
    GradedRow,
    NotGradable,
    UngradedRow,
)
from interviewer.errors import Where
from interviewer.specs import banks, layers
from interviewer.specs.class_jobs import ClassJob
from interviewer.specs.judge_specs import Judging

if TYPE_CHECKING:
    from interviewer.grading.offline.layer import Layer

__all__ = ["Bank", "GradedRow", "UngradedRow", "grade", "open_bank", "read_grades"]

Answer: TypeAlias = tuple[int, str] | Mapping[str, Any]
"""The number of a question with an answer to it, or these as "question" and "answer", with "candidate"
and "id" if they are known."""


def open_bank(name: str | Path | None = None) -> Bank:
    """The bank of that folder, or the shipped one of that name; the default bank for None.

    Raises BankError with file and line, UsageError where there is none.

    >>> bank = open_bank("multimodal-embeddings")
    >>> len(bank.questions), bank.question(2).prompt
    (55, 'In TF-IDF, what is the IDF factor there for?')
    """
    folder = banks.bank_folder(None if name is None else str(name))
    return _OpenedBank.of(banks.open_bank(str(folder)), folder)


class _OpenedBank(Bank):
    """A bank with the folder it came from, beside which lies what was learned for it."""

    _folder: Path = PrivateAttr()

    @classmethod
    def of(cls, bank: Bank, folder: Path) -> Self:
        """That bank, from that folder."""
        made = cls.model_construct(**{name: getattr(bank, name) for name in Bank.model_fields})
        made._folder = folder
        return made

    def layer(self, spec: str) -> Layer | None:
        """What a grader of that spec uses of what was learned for it; warns where it cannot be used."""
        found = layers.used_by(spec, self._folder, self)
        if found.problem:
            warnings.warn(layers.problem_line(found, self), stacklevel=3)
        return found.layer


def grade(
    answers: Iterable[Answer],
    bank: Bank | None = None,
    *,
    grader: str = "offline",
    workers: int | None = None,
    cluster: str | None = None,
    judging: Judging | None = None,
) -> Iterator[GradedRow | UngradedRow]:
    """Grade answers: one row for each, in their order, as soon as it is there.

    It takes as many answers as there are and holds a bounded number of them, and it grades a text
    that comes again only once. The grades are those of one answer after the other, whatever the
    number of workers. An answer that cannot be graded gives an `UngradedRow` with the reason.

    The offline grader uses what `interviewer bank learn` keeps for a bank that `open_bank` gave, as the
    interview does, and warns where that does not fit any more.

    bank: the default one for None; for one made otherwise nothing is learned. grader: a spec, as
    `--grader` takes it. workers: processes, or threads of a grader that asks a language model; as many
    as there are processors for None. With more than one, the calling module must be one that can be
    imported again, as `multiprocessing` wants it: guard what it does with `if __name__ == "__main__":`.
    cluster: the address of a Dask scheduler, instead of processes. judging: how a language model is
    asked.

    Raises UsageError for a spec that is none, ModelError for a judge that fails the test answer,
    WeightsError for damaged weights.

    >>> rows = grade([(1, "It is what it is."), (999, "Hm.")], grader="overlap")
    >>> for row in rows:
    ...     print(row.kind, row.line, row.grade.score if row.kind == "graded" else row.reason)
    graded 1 0.0
    ungraded 2 there is no such question in 'multimodal-embeddings': 999
    """
    bank = open_bank() if bank is None else bank
    layer = bank.layer(grader) if isinstance(bank, _OpenedBank) else None
    job = ClassJob(grader, bank, judging=judging, layer=layer)
    with tempfile.TemporaryDirectory(prefix="interviewer-") as folder:
        rows = _rows(answers, job.bank)
        yield from job.grade(rows, Path(folder, "grades.jsonl"), workers, cluster=cluster)


def read_grades(path: str | Path) -> Iterator[GradedRow | UngradedRow]:
    """The rows of a file that `interviewer grade ANSWERS... -o GRADES` wrote, one after the other.

    A last line that was cut off is left out. Raises InputError with the line of what is no row.
    """
    return grades_file.read_rows(Path(path))


def _rows(answers: Iterable[Answer], bank: Bank) -> Iterator[CollectedRow]:
    for number, answer in enumerate(answers, start=1):
        where = Where("answers", number)
        if isinstance(answer, Mapping):
            yield row_of(where, fields_of(answer), bank)
        elif isinstance(answer, tuple) and len(answer) == 2:
            yield row_of(where, {"question": answer[0], "answer": answer[1]}, bank)
        else:
            reason = f"a {type(answer).__name__} is no answer"
            yield NotGradable(file=where.file, line=number, reason=reason)
