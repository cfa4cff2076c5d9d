"""Settings from the configuration file and the environment. Keys are never among them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from interviewer.common import files, system
from interviewer.errors import InputError, Where
from interviewer.grading.grader import JUDGE_MODES, JudgeMode
from interviewer.interview.telling.style import STYLES
from interviewer.session.events import Style

MAX_BYTES = 16_000
KEYS_ONLY = "Keys come only from the environment, such as OPENAI_API_KEY; take it out of this file."

_SECRET = re.compile(r"key|token|secret|password|bearer", re.IGNORECASE)
_ENV = {"model": "INTERVIEWER_MODEL", "base_url": "INTERVIEWER_BASE_URL"}
_LEAST = {"deadline": 5e-324, "judge_wait": 0.0}
"""Settings that are seconds, and the fewest of them."""
_ONE_OF: dict[str, tuple[str, ...]] = {"style": STYLES, "judge_mode": JUDGE_MODES}


@dataclass(frozen=True)
class Settings:
    """What holds where the command line says nothing. None: not set.

    model: the interviewer's and, unless `judge` is set, the judge's. deadline, judge_wait: seconds.
    """

    model: str | None = None
    judge: str | None = None
    base_url: str | None = None
    style: Style | None = None
    judge_mode: JudgeMode | None = None
    deadline: float | None = None
    budget: str | None = None
    judge_wait: float | None = None


def load_settings(file: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """The file's settings, overruled by the environment's. A file that is not there sets nothing.

    Raises InputError with file and line for what cannot be read or is not known.
    """
    environ = os.environ if environ is None else environ
    settings = _read(file or system.config_file())
    found: dict[str, Any] = {
        name: environ[variable] for name, variable in _ENV.items() if environ.get(variable)
    }
    return replace(settings, **found)


def _read(path: Path) -> Settings:
    try:
        text = files.read_text(path, MAX_BYTES, InputError, what="the configuration")
    except InputError as error:
        if isinstance(error.__cause__, FileNotFoundError | NotADirectoryError):
            return Settings()
        raise
    import tomllib

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = re.search(r"line (\d+)", str(error))
        line = int(said[1]) if said else len(text.splitlines())
        raise InputError(
            f"the configuration is no TOML: {error}", where=Where(str(path), line)
        ) from error
    except (RecursionError, ValueError) as error:  # a number of thousands of digits
        raise InputError(
            "the configuration holds what no setting is: deep nesting or a huge number",
            where=Where(str(path)),
            hint="README.md lists the settings.",
        ) from error
    for name, value in data.items():
        _check(name, value, Where(str(path), _line_of(text, name)))
    return Settings(**data)


def _check(name: str, value: Any, where: Where) -> None:
    from difflib import get_close_matches

    from interviewer.common.scrub import holds_key

    known = [field.name for field in fields(Settings)]
    if name not in known:
        if _SECRET.search(name):
            raise InputError(f"'{name}' does not belong here", where=where, hint=KEYS_ONLY)
        near = get_close_matches(name, known, n=1)
        hint = f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join(known)}."
        raise InputError(f"there is no setting '{name}'", where=where, hint=hint)
    number = name in _LEAST
    if number and not (type(value) in (int, float) and _LEAST[name] <= value < float("inf")):
        most = "of seconds from 0" if not _LEAST[name] else "of seconds above 0"
        raise InputError(f"'{name}' takes a number {most}", where=where)
    if not number and not isinstance(value, str):
        raise InputError(f"'{name}' takes text in quotes", where=where)
    if isinstance(value, str) and holds_key(value):
        raise InputError(f"the value of '{name}' looks like a key", where=where, hint=KEYS_ONLY)
    if name in _ONE_OF and value not in _ONE_OF[name]:
        raise InputError(
            f"there is no {name.replace('_', ' ')} '{value}'",
            where=where,
            hint=f"There are: {', '.join(_ONE_OF[name])}.",
        )


def _line_of(text: str, name: str) -> int | None:
    pattern = re.compile(rf"\s*(?:\[+\s*)?[\"']?{re.escape(name)}[\"']?\s*[=.\]]")
    for number, line in enumerate(text.splitlines(), start=1):
        if pattern.match(line):
            return number
    return None
