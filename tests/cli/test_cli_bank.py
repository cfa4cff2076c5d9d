"""`interviewer import` and `bank`, by their commands."""

from __future__ import annotations

import json
import os
import signal
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Program, Ran
from fake_server import FakeServer
from player import CTRL_C, CTRL_D, ENTER, Player
from rich_replies import GOOD
from samples import ROOT

from interviewer.bank import drafts
from interviewer.bank.bank_files import load_bank
from interviewer.bank.questions import Bank
from interviewer.specs.banks import DEFAULT_BANK

Call = Callable[..., Ran]
DOCUMENTS = ROOT / "tests" / "data" / "documents"
FOLDER = Path("rubrics", "storage-grill")


@pytest.fixture
def grill(call: Call) -> Ran:
    """The small grill, imported."""
    ran = call("import", DOCUMENTS / "storage-grill.txt")
    assert ran.code == 0, ran.err
    return ran


def unread(bank: Bank) -> int:
    return sum(len(drafts.unread(q)) for q in bank.questions)


def test_import_tells_what_it_found_and_missed(grill: Ran) -> None:
    out = " ".join(grill.out.split())
    assert "14 questions in 4 sections, 2 tiers, 2 aims" in out
    assert "tier 1-4: You don't know where rows live." in out
    assert "aim 'cold': 10 of 1-14" in out
    assert "the document says 12 questions; 14 were found" in out
    assert "question 7 (line 11): nothing before a '.'" in out
    assert f"Bank: {FOLDER}" in out
    assert "# line 11: Covering index" in (FOLDER / "b-indexes-access.yaml").read_text("utf-8")


def test_what_was_imported_can_be_asked_by_its_name(grill: Ran, call: Call) -> None:
    listed = call("bank", "list").out
    assert "storage-grill" in listed
    assert "multimodal-embeddings" in listed
    said = "".join(json.dumps({"question": q, "answer": "rows"}) + "\n" for q in range(1, 15))
    Path("a.jsonl").write_text(said)
    ran = call(
        "run", "--bank", "storage-grill", "--grader", "overlap", "--answers", "a.jsonl",
        "--probes", 0,
    )  # fmt: skip
    assert ran.code == 0, ran.err


def test_a_bank_that_is_there_is_not_written_over(grill: Ran, call: Call) -> None:
    before = (FOLDER / "bank.yaml").read_bytes()
    again = call("import", DOCUMENTS / "storage-grill.txt")
    assert again.code == 2
    assert "add --replace" in again.err
    assert call("import", DOCUMENTS / "storage-grill.txt", "--replace").code == 0
    assert (FOLDER / "bank.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["import", "none.txt"], 1, "No such file"),
        (["import", "."], 1, "not a plain file"),
        (["import", "/dev/zero"], 1, "not a plain file"),
        (["import"], 2, "Missing argument"),
        (["import", "x.txt", "--model", "small"], 2, "names no language model"),
        (["bank", "edit", "1", "--bank", "nowhere"], 2, "there is no bank 'nowhere'"),
        (["bank", "edit", "99", "--bank", "tiny"], 2, "there is no question 99"),
        (["bank", "show", "99", "--bank", "tiny"], 2, "there is no question 99"),
        (["bank", "edit", "3"], 2, "interviewer bank edit 3 --bank NAME; 'interviewer bank list'"),
        (["bank", "review"], 2, "Type: interviewer bank review --bank NAME;"),
        (["bank", "review", "1-5"], 2, "Type: interviewer bank review 1-5 --bank NAME;"),
        (["bank", "show", "999"], 2, "'interviewer bank show --bank multimodal-embeddings' lists"),
        (["bank", "edit", "99", "--bank", "tiny"], 2, "'interviewer bank show --bank tiny' lists"),
        (["bank", "test", "x", "--bank", "tiny"], 2, "neither a number nor a range"),
        (["bank", "review", "1-99", "--bank", "tiny"], 2, "there is no question 4"),
        (["bank", "new", "/proc/none/x"], 1, "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(
    call: Call, tiny_folder: Path, args: list[str], code: int, words: str
) -> None:
    Path("x.txt").write_text("1. a? b.\n")
    ran = call(*args)
    assert (ran.code, words in ran.err) == (code, True), ran.err
    assert "Traceback" not in ran.err


def test_a_document_from_standard_input(program: Program, tmp_path: Path) -> None:
    ran = program("import", "-", "-o", "b/pasted", stdin=b"Q: What is a?\nA: It is b.\n")
    assert ran.returncode == 0, ran.stderr
    assert load_bank(tmp_path / "b" / "pasted").question(1).references == ("It is b.",)


def test_a_model_adds_to_the_drafts(call: Call, tmp_path: Path) -> None:
    Path("ice.txt").write_text("1. Why does ice float? Ice is less dense than liquid water.\n")
    with FakeServer([json.dumps(GOOD)]) as server:
        ran = call("import", "ice.txt", "--model", "openai:fake", "--base-url", server.url)
    assert ran.code == 0, ran.err
    assert "Of the model's lines" in ran.out
    (made,) = load_bank(Path("rubrics", "ice")).questions
    assert made.again == GOOD["again"]
    assert {n.by for _, n in drafts.unread(made)} == {"interviewer", "openai:fake"}


def test_the_configured_model_adds_too_unless_it_is_left_out(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("ice.txt").write_text("1. Why does ice float? Ice is less dense than liquid water.\n")
    with FakeServer([json.dumps(GOOD)]) as server:
        monkeypatch.setenv("INTERVIEWER_MODEL", "openai:fake")
        monkeypatch.setenv("INTERVIEWER_BASE_URL", server.url)
        ran = call("import", "ice.txt", "--model", "offline", "-o", "plain")
        assert (ran.code, ran.err, server.requests) == (0, "", [])
        ran = call("import", "ice.txt")
    assert ran.code == 0, ran.err
    assert ran.err.startswith("openai:fake adds to the drafts; --model offline goes without.\n")
    assert load_bank(Path("rubrics", "ice")).question(1).again == GOOD["again"]


def test_a_model_that_is_not_there_leaves_the_offline_draft(call: Call) -> None:
    Path("ice.txt").write_text("1. Why does ice float? Ice is less dense than liquid water.\n")
    with FakeServer() as server:
        url = server.url
    ran = call("import", "ice.txt", "--model", "openai:fake", "--base-url", url)
    assert ran.code == 1
    assert "the bank is written with what there is" in ran.err
    assert load_bank(Path("rubrics", "ice")).question(1).criteria


def test_new_shows_stats_and_lints_clean(call: Call) -> None:
    assert call("bank", "new", "My Own", "--title", "Mine: all").code == 0
    assert load_bank(Path("rubrics", "my-own")).title == "Mine: all"
    assert call("bank", "new", "My Own").code == 2
    shown = call("bank", "show", "1", "--bank", "my-own").out
    assert "prompt: What does an index of a database cost?" in shown
    stats = call("bank", "stats", "--bank", "my-own").out
    assert "1 definition" in stats
    columns = "questions", "criteria", "accepts", "rejects", "misconc.", "probes", "unread"
    assert tuple(stats.splitlines()[1].split()) == columns  # none broken, and no gaps to be filled
    lint = call("bank", "lint", "--bank", "my-own")
    assert lint.code == 0, lint.out
    assert "advice: 3 lines that a program wrote and nobody has read (question 1)" in lint.out


def editor(tmp_path: Path, script: str) -> str:
    """An $EDITOR that runs Python on the text of the file it is given."""
    path = tmp_path / "editor.py"
    path.write_text(
        f"import sys\nname = sys.argv[1]\ntext = open(name).read()\n{script}\nopen(name, 'w').write(text)\n"
    )
    return f"{sys.executable} {path}"


def test_edit_changes_one_question_and_leaves_the_rest(
    grill: Ran, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = FOLDER / "a-storage.yaml"
    before = path.read_text("utf-8")
    monkeypatch.setenv("VISUAL", "")
    monkeypatch.setenv(
        "EDITOR", editor(tmp_path, "text = text.replace('Why pages?', 'Why do pages help?')")
    )
    ran = call("bank", "edit", "2", "--bank", "storage-grill", "--quick")
    assert ran.code == 0, ran.err
    assert ran.out.endswith("clean\n")
    assert path.read_text("utf-8") == before.replace(
        "prompt: Why pages?", "prompt: Why do pages help?"
    )
    assert "Why pages?" in before
    monkeypatch.setenv("EDITOR", editor(tmp_path, "pass"))
    assert "Nothing was changed." in call("bank", "edit", "2", "--bank", "storage-grill").out


@pytest.mark.parametrize(
    "script",
    [
        "text = ''",
        "text = '['",
        "text = text.replace('kind:', 'kinds:')",
        "text = text.replace('id: 2', 'id: 3')",
    ],
)
def test_an_edit_that_cannot_be_used_is_kept_beside_the_bank(
    grill: Ran, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    path = FOLDER / "a-storage.yaml"
    before = path.read_bytes()
    monkeypatch.setenv("VISUAL", "")
    monkeypatch.setenv("EDITOR", editor(tmp_path, script))
    ran = call("bank", "edit", "2", "--bank", "storage-grill")  # nobody there to say what now
    assert ran.code == 130
    assert "Your text is in" in ran.err
    assert (FOLDER / "question-2.rejected.txt").exists()
    assert path.read_bytes() == before
    assert call("bank", "edit", "2", "--bank", "storage-grill", stdin="d\n").code == 0
    assert path.read_bytes() == before


def test_answers_are_graded_as_they_are_typed(grill: Ran, call: Call) -> None:
    said = (
        "it is the logarithm of the number of keys to the base of the fan-out\n/help\n\nno idea\n"
    )
    ran = call("bank", "test", "1-2", "--bank", "storage-grill", stdin=said)
    assert ran.code == 0, ran.err
    assert "Question 1: 1.00" in ran.out
    assert "Question 2: 0.00" in ran.out
    assert ran.out.count("Question ") == 2
    assert ran.out.count("Enter alone: the next question.") == 2  # at the start, and for /help


def test_review_keeps_each_key_on_disk(grill: Ran, call: Call) -> None:
    before = load_bank(FOLDER)
    todo = drafts.unread(before.question(2))
    assert [line.at for line, _ in todo] == [
        "kind", "criteria.disks-move-blocks", "criteria.neighbouring-rows-come",
    ]  # fmt: skip
    ran = call(
        "bank", "review", "2", "--bank", "storage-grill", stdin="k\nc\nDisks move whole blocks.\n"
    )
    assert ran.code == 130  # the input ended
    assert "1 of 3, kind of question: " in ran.out
    assert "2 of 3, criterion 1: Disks move blocks" in " ".join(ran.out.split())
    assert "What was decided is kept." in ran.out
    after = load_bank(FOLDER).question(2)
    assert [line.at for line, _ in drafts.unread(after)] == ["criteria.neighbouring-rows-come"]
    assert after.criteria[0].statement == "Disks move whole blocks."
    done = call("bank", "review", "2", "--bank", "storage-grill", stdin="d\n")
    assert done.code == 0
    assert [c.id for c in load_bank(FOLDER).question(2).criteria] == ["disks-move-blocks"]
    assert "Every line has been read." in call("bank", "review", "2", "--bank", "storage-grill").out
    others = unread(before) - 3
    assert unread(load_bank(FOLDER)) == others


def test_what_cannot_be_dropped_stays(grill: Ran, call: Call) -> None:
    ran = call("bank", "review", "2", "--bank", "storage-grill", stdin="d\nk\nd\nd\ns\nq\n")
    assert "a question needs its kind: keep or change it" in ran.err
    assert "'criteria'" in ran.err  # the last one
    assert len(load_bank(FOLDER).question(2).criteria) == 1


def test_review_keeps_at_once_what_is_left_of_a_question(grill: Ran, call: Call) -> None:
    left = len(drafts.unread(load_bank(FOLDER).question(2)))
    ran = call("bank", "review", "--bank", "storage-grill", "2-3", stdin="s\na\nq\n")
    assert ran.code == 0, ran.err
    # What is skipped is not kept with the others, and all of it is shown before the first key.
    assert left == 3
    assert len(drafts.unread(load_bank(FOLDER).question(2))) == 1
    assert ran.out.index("criterion 2: ") < ran.out.index("1 of ")


def test_a_question_is_shown_without_notes_of_who_wrote_what(grill: Ran, call: Call) -> None:
    ran = call("bank", "show", "2", "--bank", "storage-grill")
    assert "mark:" not in ran.out
    assert ran.out.endswith(
        "# 3 lines of it nobody has read: interviewer bank review 2 --bank storage-grill\n"
    )


def test_the_linter_names_the_bank_whose_lines_are_to_be_read(grill: Ran, call: Call) -> None:
    named = call("bank", "lint", "--quick", "--bank", "storage-grill")
    assert "Read them: interviewer bank review --bank storage-grill." in named.out
    spaced = FOLDER.rename("a grill")
    by_folder = call("bank", "lint", "--quick", "--bank", f"{spaced}/")
    assert "Read them: interviewer bank review --bank 'a grill/'." in by_folder.out


def test_a_shipped_bank_is_written_in_only_where_it_is_named(call: Call) -> None:
    named = call("bank", "review", "1", "--bank", DEFAULT_BANK)
    assert (named.code, named.out) == (0, "Every line has been read.\n")
    for args in (("edit", 1), ("review", "1")):
        refused = call("bank", *args)
        assert (refused.code, "no bank is named to write in" in refused.err) == (2, True)


def test_review_marks_what_a_bank_left_out(call: Call) -> None:
    call("bank", "new", "own")
    path = Path("rubrics", "own", "a-first.yaml")
    ran = call("bank", "review", "--bank", "own", stdin="k\nk\nk\n")
    assert ran.code == 0, ran.err
    text = path.read_text("utf-8")
    assert "# A prompt and a reference are enough" in text  # what a person wrote stays
    assert text.count("read: true") == 3
    assert unread(load_bank(path.parent)) == 0


def test_review_at_a_keyboard(grill: Ran, home: dict[str, str], tmp_path: Path) -> None:
    """Single keys, and a program that is killed between two of them."""
    left = unread(load_bank(FOLDER))
    sits = Player("bank", "review", "--bank", "storage-grill", home=home, cwd=tmp_path)
    sits.wait("kind of question: formula", "[q] quit").press("k").wait("question:", "[q] quit")
    sits.child.kill(signal.SIGKILL)
    sits.child.wait()
    assert unread(load_bank(FOLDER)) == left - 1
    again = Player("bank", "review", "--bank", "storage-grill", home=home, cwd=tmp_path)
    again.wait("question:", "[q] quit").press("x").wait("[q] quit")
    # What is changed stands there to be changed.
    before = load_bank(FOLDER).question(1).prompt
    again.press("c").wait("instead:").press(" Really?", ENTER).wait("[q] quit").press("q")
    assert again.leave() == 0
    assert load_bank(FOLDER).question(1).prompt == f"{before} Really?"
    stopped = Player("bank", "review", "--bank", "storage-grill", home=home, cwd=tmp_path)
    stopped.wait("[q] quit").press(CTRL_C)
    assert stopped.leave() == 130
    tried = Player("bank", "test", "2", "--bank", "storage-grill", home=home, cwd=tmp_path)
    tried.wait("answer:").press("no idea", ENTER).wait("Question 2: 0.00", "answer:")
    # What is pasted is one answer, and nothing in it a command or the next question.
    tried.paste("no idea\n\n/quit\nat all").wait("at all").press(ENTER)
    tried.wait("Question 2: 0.00", "answer:").press(CTRL_D)
    assert tried.leave() == 0
    assert tried.text.count("Question 2: 0.00") == 2
    left = Player("bank", "test", "2", "--bank", "storage-grill", home=home, cwd=tmp_path)
    left.wait("answer:").press(CTRL_C)
    assert left.leave() == 130


def test_a_signal_while_a_line_is_changed_leaves_the_terminal_as_it_was(
    grill: Ran, home: dict[str, str], tmp_path: Path
) -> None:
    sits = Player("bank", "review", "--bank", "storage-grill", home=home, cwd=tmp_path)
    before = termios.tcgetattr(sits.child.child_fd)
    sits.wait("[q] quit").press("c").wait("instead:").settle()
    assert termios.tcgetattr(sits.child.child_fd)[3] != before[3]  # raw, while it waits for keys
    sits.child.kill(signal.SIGTERM)
    sits.wait("What was decided is kept.", "stopped by SIGTERM")
    after = termios.tcgetattr(sits.child.child_fd)
    assert sits.leave() == 128 + signal.SIGTERM
    assert after[3] == before[3]


PACKAGE = {
    "school/__init__.py": "raise SystemExit('no code of a package with banks is run')\n",
    "school/rooms/bank.yaml": "title: Rooms\nsections:\n  - {id: A, file: a.yaml}\n",
    "school/rooms/a.yaml": (
        "section: A\nquestions:\n  - prompt: What is a room?\n    references: [A space with walls.]\n"
    ),
    "school-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: school\nVersion: 1.0\n",
    "school-1.0.dist-info/entry_points.txt": (
        "[interviewer.banks]\nrooms = school:rooms\ngone = school:gone\nnone = nowhere\n"
    ),
}


def test_banks_of_other_packages_are_found_and_nothing_of_them_is_run(
    program: Program, tmp_path: Path
) -> None:
    for name, text in PACKAGE.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    road = os.pathsep.join([str(tmp_path / "site"), str(ROOT)])
    listed = program("bank", "list", PYTHONPATH=road)
    assert listed.returncode == 0, listed.stderr
    rows = {line.split()[0]: line.split() for line in listed.stdout.decode().splitlines()}
    assert rows["rooms"] == ["rooms", "school", "Rooms"]
    assert not {"gone", "none"} & set(rows)
    shown = program("bank", "show", "--bank", "rooms", PYTHONPATH=road)
    assert b"What is a room?" in shown.stdout


def test_names_in_any_script_are_names_of_their_own(call: Call) -> None:
    """Two of them do not get in each other's way, and one that says nothing is refused."""
    text = "1. What is a? It is b."
    for name in ("вопросы.txt", "тесты.txt", "Prüfung Über.txt"):
        Path(name).write_text(text, "utf-8")
        assert call("import", name).code == 0
    held = sorted(path.name for path in Path("rubrics").iterdir())
    assert held[2:] == ["prufung-uber"]
    assert all(name.startswith("bank-") for name in held[:2])
    assert call("bank", "new", "ёж").code == 0
    for name in ("", ".."):
        ran = call("bank", "new", name)
        assert (ran.code, "is no name of a bank" in ran.err) == (2, True)
    # A folder that is named by the way to it is called what it is called.
    Path("here").mkdir()
    assert call("import", "тесты.txt", "-o", "here/../here").code == 0
    assert load_bank(Path("here")).id == "here"


def test_an_editor_that_fails_is_told_with_what_to_do(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    call("bank", "new", "own")
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.setenv(name, "/no/such/editor")
    ran = call("bank", "edit", 1, "--bank", "own")
    assert ran.code == 1
    assert ran.err.startswith("interviewer: nothing was edited: /no/such/editor")
    assert "EDITOR=nano" in ran.err
