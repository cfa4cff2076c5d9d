"""Printing an HTML page to PDF through an installed Chromium, Chrome or Edge."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from interviewer.errors import BrowserError

VARIABLE = "INTERVIEWER_BROWSER"
SECONDS = 60.0
_NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "microsoft-edge-stable", "msedge", "brave-browser"),
)
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
_INSTEAD = "Write the page with --html FILE and print it from any browser."

# The page asks for nothing from the network; these keep the browser itself from asking.
QUIET = (
    *("--disable-gpu", "--disable-quic", "--no-first-run", "--no-default-browser-check"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-default-apps", "--disable-extensions", "--disable-breakpad"),
    "--host-resolver-rules=MAP * ~NOTFOUND",
)


def find_browser(environment: Mapping[str, str] = os.environ) -> Path:
    """The browser that INTERVIEWER_BROWSER names, or the first one found.

    Raises BrowserError if there is none.
    """
    named = environment.get(VARIABLE)
    path = environment.get("PATH")
    if named:
        found = shutil.which(named, path=path)
        if found is None:
            raise BrowserError(f"{VARIABLE} names no program: {named}", hint=_INSTEAD)
        return Path(found)
    for name in _NAMES:
        if found := shutil.which(name, path=path):
            return Path(found)
    for place in _PLACES:
        if Path(place).is_file():
            return Path(place)
    raise BrowserError(
        "printing needs Chromium, Chrome or Edge, and none was found",
        hint=f"Install one, name it in {VARIABLE}, or: {_INSTEAD[0].lower()}{_INSTEAD[1:]}",
    )


def sandbox_flags() -> tuple[str, ...]:
    """What Chromium needs to run as root at all, as in a container; nothing for anybody else."""
    root = sys.platform != "win32" and os.geteuid() == 0
    return ("--no-sandbox", "--disable-dev-shm-usage") if root else ()


def print_pdf(page: str, browser: Path, *, seconds: float = SECONDS) -> bytes:
    """The HTML page as PDF, printed in a profile of its own that is deleted afterwards.

    Raises BrowserError if the browser does not start, fails, or takes longer than `seconds`.
    """
    with tempfile.TemporaryDirectory(prefix="interviewer-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, target = folder / "page.html", folder / "page.pdf"
        source.write_text(page, "utf-8")
        command = (
            *(str(browser), "--headless", *QUIET, *sandbox_flags()),
            f"--user-data-dir={folder / 'profile'}",
            *("--no-pdf-header-footer", "--print-to-pdf-no-header"),
            *(f"--print-to-pdf={target}", source.as_uri()),
        )
        said = _run(command, seconds)
        data = target.read_bytes() if target.is_file() else b""
    if not data.startswith(b"%PDF"):
        raise BrowserError(f"{browser.name} printed nothing: {_last_line(said)}", hint=_INSTEAD)
    return data


def _run(command: tuple[str, ...], seconds: float) -> str:
    """What the program said on standard error; it and its children are gone on return."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise BrowserError(
            f"{command[0]} does not start: {error.strerror}", hint=_INSTEAD
        ) from error
    try:
        _, said = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise BrowserError(
            f"{Path(command[0]).name} took longer than {seconds:g} s to print", hint=_INSTEAD
        ) from error
    finally:
        _end(process)
    return said.decode("utf-8", "replace")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End what is left of the browser: Chromium is a family of processes."""
    with suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stderr is not None:
        process.stderr.close()


def _last_line(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1][:200] if lines else "it gave no reason"
