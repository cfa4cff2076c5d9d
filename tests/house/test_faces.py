"""Every room names on its face, `__all__` of its `__init__`, the modules that other rooms may import.

The modules of a package and of the rooms within it share what is not on a face; a room within it
keeps its own from the others.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from house_parts import MODULES, imports_in, name_of

Name = tuple[str, ...]
"""A module or room by its parts: ("grading", "judges", "panel")."""


def parts_of(path: Path) -> Name:
    """Without the package's own name, which all share; a room is named by its folder."""
    return tuple(name_of(path).split(".")[1:])


FILES = {parts_of(path): path for path in MODULES}
FOLDERS = {name for name, path in FILES.items() if path.name == "__init__.py"}


def room_of(module: Name) -> Name:
    return module if module in FOLDERS else module[:-1]


def face_of(room: Name) -> set[str]:
    """`__all__` as it stands in the source: reading it must load nothing."""
    for node in ast.parse(FILES[room].read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return {str(name) for name in ast.literal_eval(node.value)}
    return set()


def named_in(tree: ast.AST) -> Iterator[Name]:
    """The modules of this package that a source imports, or names to be imported later."""
    named = [name for _, name in imports_in(tree)]
    named += [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    for name in named:
        if name.startswith("interviewer.") and (found := tuple(name.split(".")[1:])) in FILES:
            yield found


def foreign(here: Name, source: str) -> Iterator[Name]:
    """The modules named in that source whose room is not the module's own or around it."""
    mine = room_of(here)
    for there in named_in(ast.parse(source)):
        room = room_of(there)
        if there not in FOLDERS and mine[: len(room)] != room:
            yield there


def beyond_a_face(here: Name, source: str) -> list[str]:
    return [".".join(t) for t in foreign(here, source) if t[-1] not in face_of(room_of(t))]


def test_other_rooms_import_only_what_is_on_a_face() -> None:
    found = {name_of(p): beyond_a_face(parts_of(p), p.read_text("utf-8")) for p in MODULES}
    assert {module: beyond for module, beyond in found.items() if beyond} == {}


@pytest.mark.parametrize(
    ("here", "source"),
    [
        ("report.report_html", "from interviewer.answer_text import disguise"),
        ("grading.scoring", "from interviewer.grading.judges.judge_replies import reply"),
        ("cli.study.plan", "NAME = 'interviewer.history.log_reader'"),
    ],
)
def test_the_walk_sees_what_reaches_past_a_face(here: str, source: str) -> None:
    assert beyond_a_face(tuple(here.split(".")), source) != []


def test_rooms_within_a_package_share_what_it_keeps() -> None:
    source = "from interviewer.interview import replies"
    assert beyond_a_face(("interview", "talk", "putting"), source) == []
    assert beyond_a_face(("report", "report_html"), source) != []


def test_a_face_names_what_others_use_and_nothing_else() -> None:
    used: dict[Name, set[str]] = defaultdict(set)
    for here, path in FILES.items():
        for there in foreign(here, path.read_text("utf-8")):
            used[room_of(there)].add(there[-1])
    rooms = FOLDERS - {()}
    assert {".".join(r): sorted(face_of(r)) for r in rooms} == {
        ".".join(r): sorted(used[r]) for r in rooms
    }


def test_a_name_with_an_underscore_stays_in_its_module() -> None:
    taken = [
        f"{name_of(path)} takes {alias.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module != "__future__"
        for alias in node.names
        if alias.name.startswith("_") and not alias.name.startswith("__")
    ]
    assert taken == []


def test_a_face_loads_nothing() -> None:
    """A face is names only, so that looking at one room does not load its modules."""
    rooms = FOLDERS - {(), ("cli",)}
    assert len(rooms) > 20
    found = {".".join(r): list(imports_in(ast.parse(FILES[r].read_text("utf-8")))) for r in rooms}
    assert {room: loaded for room, loaded in found.items() if loaded} == {}
