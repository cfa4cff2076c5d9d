"""Every requirement has a ceiling, and the locked versions lie below it."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from samples import ROOT

from interviewer.chat.litellm_chat import STOLEN

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
LOCKS = {"core": (), "dev": ("dev",), "models": ("dev", "local"), "cluster": ("dev", "cluster")}


def requirements(*extras: str) -> list[Requirement]:
    lines = [*PROJECT["dependencies"], *(line for extra in extras for line in EXTRAS[extra])]
    return [found for line in lines if (found := Requirement(line)).name != "interviewer"]


def has_ceiling(requirement: Requirement) -> bool:
    return any(bound.operator in ("<", "<=", "==", "~=") for bound in requirement.specifier)


def test_every_requirement_has_a_ceiling() -> None:
    assert [str(r) for r in requirements(*EXTRAS) if not has_ceiling(r)] == []
    assert not has_ceiling(Requirement("numpy>=1.26,!=2.0"))


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_holds_what_the_project_wants(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    locked = dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))
    for requirement in requirements(*LOCKS[name]):
        assert locked[canonicalize_name(requirement.name)] in requirement.specifier
    assert locked.get("litellm") not in STOLEN
    assert text.count("--hash=sha256:") >= len(locked)
