"""Names of banks to banks."""

from __future__ import annotations

from pathlib import Path

from interviewer.bank.bank_files import load_bank
from interviewer.bank.questions import Bank
from interviewer.common import system
from interviewer.errors import UsageError
from interviewer.session.events import LONGEST_FOLDER

DEFAULT_BANK = "multimodal-embeddings"


def bank_folder(name: str | None) -> Path:
    """A bank by folder or by the name of a shipped one."""
    if name is None:
        name = DEFAULT_BANK
    if ("/" in name or "\\" in name or Path(name).is_dir()) and Path(name).exists():
        return Path(name)
    shipped = system.package_data("rubrics")
    if (shipped / name / "bank.yaml").is_file() and Path(name).name == name:
        return shipped / name
    there = ", ".join(shipped_banks())
    raise UsageError(f"there is no bank '{name}'", hint=f"Give a folder, or one of: {there}.")


def own_folder(name: str | None) -> str:
    """Where a bank of one's own lies, from the root on; "" for a shipped one."""
    folder = bank_folder(name).resolve()
    if folder.parent == system.package_data("rubrics").resolve():
        return ""
    return str(folder) if len(str(folder)) <= LONGEST_FOLDER else ""


def shipped_banks() -> list[str]:
    """The names of the banks that come with the package."""
    shipped = system.package_data("rubrics")
    return sorted(path.parent.name for path in shipped.glob("*/bank.yaml"))


def open_bank(name: str | None = None) -> Bank:
    """The bank of that folder or name, compiled on first use."""
    return load_bank(bank_folder(name), system.cache_folder())
