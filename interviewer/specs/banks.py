"""Names of banks to banks."""

from __future__ import annotations

import shlex
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from interviewer.bank.bank_files import load_bank
from interviewer.bank.questions import Bank
from interviewer.common import system
from interviewer.errors import InterviewerError, UsageError
from interviewer.session.events import LONGEST_FOLDER, Started

DEFAULT_BANK = "multimodal-embeddings"


OWN = Path("rubrics")
"""Where `interviewer import` and `bank new` put banks, under the folder one is in, and where they are
looked for."""

GROUP = "interviewer.banks"
"""The entry points by which other packages bring banks: NAME = "package" or "package:folder"."""


def bank_folder(name: str | None) -> Path:
    """A bank by folder, or by the name of a shipped one, of one's own or of another package's."""
    if name is None:
        name = DEFAULT_BANK
    if ("/" in name or "\\" in name or Path(name).is_dir()) and Path(name).exists():
        return Path(name)
    shipped = system.package_data("rubrics")
    if (shipped / name / "bank.yaml").is_file() and Path(name).name == name:
        return shipped / name
    found = {found.name: found.folder for found in own_banks() + installed_banks()}
    if name in found:
        return found[name]
    there = ", ".join(dict.fromkeys([*shipped_banks(), *found]))
    raise UsageError(f"there is no bank '{name}'", hint=f"Give a folder, or one of: {there}.")


def as_option(name: str | None) -> str:
    """ "--bank NAME", as it is typed for the bank that this names; the shipped one if None."""
    return f"--bank {shlex.quote(name or DEFAULT_BANK)}"


def own_folder(name: str | None) -> str:
    """Where a bank of one's own lies, from the root on; "" for a shipped one."""
    folder = bank_folder(name).resolve()
    if folder.parent == system.package_data("rubrics").resolve():
        return ""
    return str(folder) if len(str(folder)) <= LONGEST_FOLDER else ""


def lies_in(folder: Path) -> bool:
    """Whether a bank is in that folder, read from the root on: what a log says of it is data."""
    return folder.is_absolute() and (folder / "bank.yaml").is_file()


def home_of(started: Started) -> str | None:
    """The folder of the bank that a session was begun on; None where it is not at hand.

    That is where it lay then, or else where the bank of its name lies. Only a bank of that id counts.
    """
    began, folder = started.bank, Path(started.folder)
    named = [found.folder for found in all_banks() if found.name == began.id]
    for home in ([folder] if lies_in(folder) else []) + named:
        with suppress(InterviewerError):
            if open_bank(str(home)).id == began.id:
                return str(home)
    return None


def shipped_banks() -> list[str]:
    """The names of the banks that come with the package."""
    shipped = system.package_data("rubrics")
    return sorted(path.parent.name for path in shipped.glob("*/bank.yaml"))


@dataclass(frozen=True)
class NamedBank:
    """A bank that may be chosen by name. source: "shipped", "own", or the package that brings it."""

    name: str
    folder: Path
    source: str


def all_banks() -> list[NamedBank]:
    """Every bank that may be chosen by name, the first of a name being the one it chooses."""
    shipped = system.package_data("rubrics")
    found = [NamedBank(name, shipped / name, "shipped") for name in shipped_banks()]
    named = {bank.name: bank for bank in reversed(found + own_banks() + installed_banks())}
    return sorted(named.values(), key=lambda bank: bank.name)


def own_banks() -> list[NamedBank]:
    """The banks under rubrics/ in the folder one is in."""
    try:
        heads = sorted(OWN.glob("*/bank.yaml"))
    except OSError:
        return []
    return [NamedBank(head.parent.name, head.parent, "own") for head in heads]


def installed_banks() -> list[NamedBank]:
    """The banks that installed packages bring. No code of theirs is run."""
    from importlib.metadata import entry_points

    found = []
    for point in entry_points(group=GROUP):
        folder = _folder_of(point.module, point.attr)
        if folder is not None and (folder / "bank.yaml").is_file():
            found.append(NamedBank(point.name, folder, point.module.split(".")[0]))
    return sorted(found, key=lambda bank: bank.name)


def _folder_of(module: str, folder: str) -> Path | None:
    from importlib.machinery import PathFinder

    top, *inner = module.split(".")
    spec = PathFinder.find_spec(top)  # finds the package and does not import it
    held = list(spec.submodule_search_locations or ()) if spec else []
    return Path(held[0], *inner, *([folder] if folder else [])) if held else None


def open_bank(name: str | None = None) -> Bank:
    """The bank of that folder or name, compiled on first use."""
    return load_bank(bank_folder(name), system.cache_folder())
