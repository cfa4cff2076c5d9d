"""What is wrong with this installation, and how to mend it."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal

from interviewer.chat.litellm_chat import check_release
from interviewer.chat.manners.capability import Capability
from interviewer.chat.model_probe import NEEDED_CONTEXT
from interviewer.common.text import plural
from interviewer.errors import REINSTALL, InterviewerError
from interviewer.learning.places import FoundLayer
from interviewer.specs.model_specs import is_decider

NARROW = 40
EXTRAS = {
    "litellm": ("litellm", "models of nearly all providers (litellm:...)"),
    "xllamacpp": ("local", "GGUF files without a server (gguf:...)"),
    "sentence-transformers": ("sentence-transformers", "other embedders"),
}


@dataclass(frozen=True)
class Finding:
    """One thing looked at.

    level: "ok"; "note", which is a choice; "poor", which works less well; "bad", which does not
    work. mend: what to do about it, empty where there is nothing to do.
    """

    level: Literal["ok", "note", "poor", "bad"]
    what: str
    mend: str = ""


def check_weights(folder: Path, manifest: Mapping[str, Any]) -> Finding:
    """Whether every shipped file is there and has its digest."""
    files: Mapping[str, Mapping[str, Any]] = manifest["files"]
    for name, facts in files.items():
        path = folder / name
        if not path.is_file():
            return Finding("bad", f"weights: {path} is missing", REINSTALL)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != facts["sha256"]:
            return Finding("bad", f"weights: {path} is damaged or altered", REINSTALL)
    size = sum(int(facts["bytes"]) for facts in files.values()) / 1e6
    return Finding("ok", f"weights of the offline grader: {len(files)} files, {size:.0f} MB")


def check_folder(path: Path, purpose: str, mend: str) -> Finding:
    """Whether files can be written in a folder, or it be made."""
    there = next((p for p in (path, *path.absolute().parents) if p.exists()), path)
    try:
        with tempfile.NamedTemporaryFile(dir=there, prefix=".doctor-") as file:
            file.write(b"x" * 4096)
            file.flush()
    except OSError as error:
        return Finding("bad", f"{purpose}: {path} cannot be written: {error.strerror}", mend)
    return Finding("ok", f"{purpose}: {path}")


def check_layer(name: str, found: FoundLayer) -> Finding:
    """Whether what was learned for the bank of that name is used."""
    if found.layer is None:
        what = f"what was learned for {name} is not used: {found.problem}"
        return Finding("poor", what, f"'interviewer bank learn {name}' learns anew.")
    learned = plural(found.layer.answers, "settled answer")
    what = f"learned for {name} from {learned} (learned.{found.layer.digest}): {found.path}"
    return Finding("ok", what)


def check_terminal(environ: Mapping[str, str]) -> Finding:
    """Whether a person can type here, and read."""
    if sys.stdin is None or not sys.stdin.isatty() or not sys.stdout.isatty():
        return Finding(
            "note",
            "no terminal: answers come from a file or a pipe",
            "Run it in a terminal to answer by keyboard.",
        )
    columns, rows = shutil.get_terminal_size()
    kind = environ.get("TERM", "")
    if kind in ("", "dumb") and os.name != "nt":
        return Finding(
            "poor", f"the terminal says it is '{kind}'", "Set TERM, such as xterm-256color."
        )
    if "utf" not in (sys.stdout.encoding or "").lower():
        return Finding(
            "poor", f"the terminal's encoding is {sys.stdout.encoding}", "Set LC_ALL=C.UTF-8."
        )
    if columns < NARROW:
        return Finding("poor", f"the terminal has {columns} columns", f"Widen it to {NARROW}.")
    return Finding("ok", f"terminal: {kind or os.name}, {columns} by {rows}")


def check_extras() -> Iterator[Finding]:
    """The optional packages."""
    for package, (extra, purpose) in EXTRAS.items():
        try:
            release = version(package)
        except PackageNotFoundError:
            yield Finding(
                "note",
                f"{package} is not installed: {purpose}",
                f"pip install 'interviewer[{extra}]'",
            )
            continue
        try:
            if package == "litellm":
                check_release(release)
        except InterviewerError as error:
            yield Finding("bad", error.message, error.hint or "")
        else:
            yield Finding("ok", f"{package} {release}: {purpose}")


def check_model(record: Capability) -> Iterator[Finding]:
    """What keeps a model from judging or interviewing well."""
    at = f" at {record.url}" if record.url else ""
    name = f"{record.spec}{at}"
    if record.problem is not None:
        yield Finding("bad", f"{name} does not answer: {record.problem}", record.hint or "")
        return
    poor = list(_idle(record, name) if is_decider(record.spec) else _poor(record, name))
    yield from poor or [Finding("ok", f"{name}: all that is needed works")]


def _idle(record: Capability, name: str) -> Iterator[Finding]:
    """What is wrong with a model that gave no verdicts."""
    if not record.modes:
        why = "; ".join(record.remarks) or "it gave no verdicts"
        yield Finding(
            "poor", f"{name} does not judge: {why}", "Choose another model, or the offline grader."
        )


def _poor(record: Capability, name: str) -> Iterator[Finding]:
    longer = {
        "Ollama": "Start it with OLLAMA_CONTEXT_LENGTH=8192, or set num_ctx in a Modelfile.",
        "llama.cpp": "Start the server with -c 8192.",
        "LM Studio": "Load the model with a context length of 8192.",
        "vLLM": "Start the server with --max-model-len 8192.",
    }.get(record.server, "Give the model a context of 8192 tokens.")
    if record.cut_at:
        yield Finding(
            "poor", f"{name} cuts long prompts to {record.cut_at:,} tokens without a word", longer
        )
    elif record.context is not None and record.context < NEEDED_CONTEXT:
        yield Finding("poor", f"{name} has a window of only {record.context:,} tokens", longer)
    yield from _idle(record, name)
    if record.modes and not record.whole:
        mode = record.modes[0]
        yield Finding("poor", f"{name} judges, but not in one call", f"Use --judge-mode {mode}.")
    if record.schema_held is False:
        yield Finding(
            "poor",
            f"{name} does not hold its replies to a schema",
            "Its JSON is taken as it comes; until its server is updated some claims may be ungraded.",
        )
    if record.schema_held is None and record.modes and not record.whole:
        yield Finding("poor", f"{name} fails when a schema is asked for", "Update its server.")
    if not record.logprobs:
        yield Finding(
            "note",
            f"{name} gives no log-probabilities: --judge-mode logprob will not work",
            "llama.cpp's server, vLLM and recent Ollama give them.",
        )
    if record.tokens_per_second is not None and record.tokens_per_second < 5:
        yield Finding(
            "poor",
            f"{name} writes {record.tokens_per_second:.1f} tokens a second: slow to interview",
            "Take a smaller model, stop other programs, or use --judge-mode logprob.",
        )
