"""Word vectors in eight bits, shared by the encoders; one adds the rows that its training changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from interviewer.errors import REINSTALL, WeightsError, Where
from interviewer.grading.offline.encoders import Matrix


class WordTable:
    """Token ids to word vectors: int8 rows, each with a scale of its own."""

    def __init__(self, rows: npt.NDArray[np.int8], scales: npt.NDArray[np.float16]):
        self._rows = rows
        self._scales = scales
        self._changed: npt.NDArray[np.int32] | None = None
        self._own_rows = rows[:0]
        self._own_scales = scales[:0]

    @classmethod
    def load(cls, path: Path) -> Self:
        """The table of an .npz file with `rows` (words, width) and `scales` (words,)."""
        data = read_arrays(path, "rows", "scales")
        return cls(data["rows"], data["scales"])

    def with_changes(self, path: Path) -> WordTable:
        """The table with the rows `changed_ids` of that file replaced; the base is shared."""
        data = read_arrays(path, "changed_ids", "changed_rows", "changed_scales")
        out = WordTable(self._rows, self._scales)
        out._changed = np.full(len(self._rows), -1, dtype=np.int32)
        out._changed[data["changed_ids"]] = np.arange(len(data["changed_ids"]), dtype=np.int32)
        out._own_rows, out._own_scales = data["changed_rows"], data["changed_scales"]
        return out

    def vectors(self, ids: Sequence[int]) -> Matrix:
        """Shape (len(ids), width), float32."""
        at = np.asarray(ids)
        out: Matrix = (
            self._rows[at].astype(np.float32) * self._scales[at].astype(np.float32)[:, None]
        )
        if self._changed is not None:
            own = self._changed[at]
            mine = own >= 0
            rows = self._own_rows[own[mine]].astype(np.float32)
            out[mine] = rows * self._own_scales[own[mine]].astype(np.float32)[:, None]
        return out


def read_arrays(path: Path, *names: str) -> dict[str, Any]:
    """Those arrays of an .npz file. Raises WeightsError if one is not there."""
    try:
        with np.load(path, allow_pickle=False) as data:
            return {name: data[name] for name in names}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise WeightsError(
            "the weights of the offline grader are missing or damaged",
            where=Where(str(path)),
            hint=REINSTALL,
        ) from error
