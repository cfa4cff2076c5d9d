"""Where a bank's layer is kept: beside the bank, or else in the user's data folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from interviewer.grading.offline.layer import Layer

NAME = "learned.json"


@dataclass(frozen=True)
class LayerPlace:
    """Where the layer of one bank may be. folder: the bank's own. data: the user's folder for such files.
    installed: whether the bank came with a package, whose folder is no place for it.
    """

    folder: Path
    data: Path
    bank: str
    installed: bool = False

    @property
    def paths(self) -> tuple[Path, ...]:
        """In the order in which they are tried."""
        away = self.data / "learned" / f"{self.bank}.json"
        return (away,) if self.installed else (self.folder / NAME, away)


@dataclass(frozen=True)
class FoundLayer:
    """layer: None where there is none that may be used. problem: why one that is there is not, else "". path:
    where it is; None where there is none at all."""

    layer: Layer | None = None
    problem: str = ""
    path: Path | None = None
