"""Nothing writes to the screen but the one place that cleans it, read from the source with `ast`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import interviewer

ROOT = Path(interviewer.__file__).parent
CLEANER = ROOT / "common" / "console.py"
OTHERS = sorted(set(ROOT.rglob("*.py")) - {CLEANER})
CLICK = {"echo", "secho", "prompt", "confirm", "echo_via_pager", "progressbar", "getchar", "edit"}
MAKERS = {"Console", "CleanConsole"}
MODULES = {"rich", "rich.progress", "rich.live", "rich.status", "rich.prompt"}

EXCEPTIONS = {
    ("common/text.py", "json.dumps"),
    ("common/files.py", "sys.stdout.buffer.write"),
    ("common/files.py", "sys.stdout.buffer.flush"),
}


def writes(source: str) -> Iterator[str]:
    """Every place that writes to a screen by itself, or writes JSON that is not all seen."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module in MODULES:
            yield f"line {node.lineno}: {node.module}"
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        owner, _, name = called.rpartition(".")
        if (
            called == "print"
            or (owner == "click" and name in CLICK)
            or (owner and name in ("print", "print_json", "log", "print_exception"))
            or name in MAKERS
            or called.startswith(("sys.stdout.write", "sys.stderr.write", "sys.stdout.buffer"))
            or any(
                k.arg == "ensure_ascii" and ast.unparse(k.value) != "True" for k in node.keywords
            )
        ):
            yield f"line {node.lineno}: {called}"


def allowed(path: Path, found: str) -> bool:
    """`json_text` is what escapes the rest; pages are clean when they are made; `math.log` writes
    nothing."""
    here = path.relative_to(ROOT).as_posix(), found.partition(": ")[2]
    return here in EXCEPTIONS or here[1] in ("math.log", "np.log")


def test_only_the_console_writes() -> None:
    assert len(OTHERS) > 300
    found = [
        f"{path}: {at}"
        for path in OTHERS
        for at in writes(path.read_text("utf-8"))
        if not allowed(path, at)
    ]
    assert found == [], "use say, say_json, show, show_line or show_grid of common/console.py"


@pytest.mark.parametrize(
    "source",
    [
        "print(title)",
        "click.echo(f'{bank.title}')",
        "def f():\n    click.secho(name)",
        "console.print(Text(kind))",
        "self._console.print(line)",
        "from rich.progress import Progress",
        "from rich import print",
        "Console(stderr=True)",
        "rich.console.Console()",
        "sys.stdout.write(text)",
        "sys.stdout.buffer.write(data)",
        "json.dumps(data, ensure_ascii=False)",
        "click.prompt(question)",
    ],
)
def test_the_walk_sees_what_writes_by_itself(source: str) -> None:
    assert list(writes(source))
