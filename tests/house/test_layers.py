"""The layer rule of the design page, read from the source with `ast`."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from pathlib import Path

import pytest
from house_parts import MODULES, ROOT, imports_in, name_of

# A package imports itself and what stands before it. `version` is the package's own __init__.
ORDER = (
    *("version", "errors", "common", "answer_text", "bank", "chat", "grading", "agreement"),
    *("session", "interview", "simulate", "report", "replay", "regrade", "history", "progress"),
    *("drill", "check", "drafting", "learning", "classroom", "trial", "specs", "api", "cli"),
    "__main__",
)
# Within `grading` and `interview` the rooms stand in an order too.
ROOMS = (("grading", "grading.offline", "grading.judges"),)
NOT_PURE = {
    *("io", "logging", "os", "pathlib", "random", "secrets", "shutil", "socket"),
    *("subprocess", "sys", "tempfile", "threading", "time", "urllib"),
}
PURE = {
    "errors": "*",
    "common": "base text dates markup ranges",
    "answer_text": "*",
    "bank": "questions lint drafts reviewing bank_stats new_bank prompt_parts",
    "bank.importing": "documents holes cutting spoken prose line_marks plain_text drafting completing import_report",
    "bank.importing.pages": "*",
    "bank.importing.points": "*",
    "chat": "fence messages",
    "chat.manners": "capability complaints thinking api_keys",
    "grading": "*",
    "grading.offline": "deciding heard layer",
    "grading.offline.phrasing": "*",
    "grading.judges": "judge_prompts judge_replies near_json fusing curved",
    "agreement": "*",
    "session": "events fold graded_answers record runs standing counts disputes results settlements",
    "interview": "replies",
    "interview.asking": "*",
    "interview.own_word": "moments",
    "interview.talk": "asking_back belonging going_back objecting own_answer subject utterances utterance_rules sayings"
    " remarks putting tails",
    "interview.telling": "courtesies feedback phrases quotations reactions debrief summary style taking_in",
    "interview.voice": "wording wording_prompts verdict_words",
    "simulate": "personas candidate_prompts",
    "report": "shapes report_values report_data report_questions markdown_report marks verdict_text",
    "replay": "scenes",
    "regrade": "rubric comparison compare_text",
    "history": "summaries",
    "progress": "daily_rate progress_values progress_text sparks trends",
    "drill": "spacing cards",
    "drafting": "additions enrich_prompts",
    "classroom": "class_values answer_fields settling",
    "classroom.findings": "*",
    "learning": "layer_fitting lessons learning learn_report",
    "check": "check_values check_report measures requirements splits",
    "trial": "trial_values recommending fitting",
}
FOLDER_FILES = 17
"""About 15: more in one folder, and its name no longer tells what is in it."""


def package_of(module: str) -> str:
    """ "interviewer.session.fold" is in "session"; "interviewer" itself is "version"."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "version"


def room_of(module: str) -> str:
    """ "interviewer.grading.judges.panel" is in "grading.judges"."""
    return ".".join(module.split(".")[1:-1]) or package_of(module)


def arrows_up(module: str, source: str) -> list[str]:
    """The imports of a module that its place in the order does not allow."""
    here, found = package_of(module), []
    for line, name in imports_in(ast.parse(source)):
        if name.split(".")[0] != "interviewer":
            continue
        there = package_of(name)
        if (here, there) == ("version", "api"):  # its names, which are loaded when asked for
            continue
        above = ORDER.index(there) > ORDER.index(here)
        for rooms in ROOMS:
            mine, other = room_of(module), room_of(name)
            if mine in rooms and other in rooms and name.count(".") > other.count(".") + 1:
                above |= rooms.index(other) > rooms.index(mine)
        if above:
            found.append(f"{module}:{line} imports {name}")
    return found


def test_there_is_something_to_walk() -> None:
    assert {package_of(name_of(p)) for p in MODULES} == set(ORDER)


def test_no_arrow_points_up() -> None:
    assert [a for p in MODULES for a in arrows_up(name_of(p), p.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("interviewer.bank.questions", "from interviewer.session import fold"),
        ("interviewer.session.fold", "from interviewer.interview.asking.steps import next_step"),
        ("interviewer.chat.budget", "def f():\n    import interviewer.grading.grades"),
        ("interviewer.common.console", "from interviewer.specs import graders"),
        ("interviewer.specs.graders", "from interviewer.cli import main"),
        ("interviewer.errors", "from interviewer.bank.questions import Bank"),
        ("interviewer.grading.scoring", "from interviewer.grading.offline import deciding"),
        ("interviewer.grading.offline.deciding", "from interviewer.grading.judges.panel import x"),
    ],
)
def test_the_walk_sees_an_arrow_that_points_up(module: str, source: str) -> None:
    assert arrows_up(module, source) != []


def pure_modules() -> list[Path]:
    found = []
    for room, names in PURE.items():
        folder = ROOT.joinpath(*room.split("."))
        if room == "errors":
            found.append(folder.with_suffix(".py"))
        elif names == "*":
            found += sorted(folder.glob("*.py"))
        else:
            found += [folder / f"{name}.py" for name in names.split()]
    return found


def test_pure_modules_do_nothing_to_the_world() -> None:
    assert len(pure_modules()) > 100
    for path in pure_modules():
        roots = {name.split(".")[0] for _, name in imports_in(ast.parse(path.read_text("utf-8")))}
        assert not roots & NOT_PURE, path
        foreign = {r for r in roots if r not in sys.stdlib_module_names} - {"interviewer"}
        assert foreign <= {"pydantic", "pydantic_core", "numpy"}, path


def test_functions_stay_small() -> None:
    long = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                lines = node.end_lineno - node.lineno + 1
                if lines >= 60:
                    long.append(f"{name_of(path)}.{node.name} has {lines} lines")
    assert long == []


def test_a_folder_holds_about_fifteen_files() -> None:
    full = Counter(p.parent.relative_to(ROOT).as_posix() for p in MODULES)
    assert {folder: n for folder, n in full.items() if n > FOLDER_FILES} == {}


def test_no_file_name_stands_in_two_folders() -> None:
    names = Counter(p.name for p in MODULES if not p.name.startswith("__"))
    assert [name for name, n in names.items() if n > 1] == []


def test_every_package_says_what_it_is() -> None:
    for path in MODULES:
        if path.name == "__init__.py":
            assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), name_of(path)
