"""Banks: what the values refuse, and what the loader says of a file it cannot use."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import ValidationError
from samples import ROOT, bank, grade, question

from interviewer.bank import lint
from interviewer.bank.bank_files import load_bank, source_digest
from interviewer.bank.questions import (
    Aim,
    Bank,
    Criterion,
    Deeper,
    Probe,
    QuestionKind,
    Section,
)
from interviewer.errors import BankError
from interviewer.specs.banks import open_bank


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Criterion(id="Not a slug", statement="x"), "id"),
        (lambda: Criterion(id="a", statement="  "), "statement"),
        (lambda: Criterion(id="a", statement="x", weight=0), "weight"),
        (lambda: Criterion(id="a", statement="x", weight=float("nan")), "weight"),
        (lambda: Criterion(id="a", statement="x", accepts=("Yes",), rejects=("yes",)), "both"),
        (lambda: Criterion(id="a", statement="x", note="y"), "note"),
        (lambda: question(weights={}), "criteria"),
        (lambda: question(weights=dict.fromkeys("abcdefghijklmnop", 1.0)), "criteria"),
        (lambda: question(0), "id"),
        (lambda: question(seconds=4), "seconds"),
        (lambda: question(kind="essay"), "kind"),
        (lambda: question(references=()), "references"),
        (lambda: question(probes=["missing"]), "no criterion"),
        (lambda: question(misconceptions=[("big", 0.5)]), "used twice"),
        (lambda: question(again=" "), "again"),
        (lambda: question(terms={"word": ""}), "terms"),
        (
            lambda: Deeper(
                prompt="p", references=("r",), criteria=(Criterion(id="a", statement="x"),) * 2
            ),
            "used twice",
        ),
        (lambda: question(misconceptions=[("wrong", 1.5)]), "cost"),
        (lambda: bank([question(1), question(1)]), "defined twice"),
        (lambda: bank([question(1)], sections=()), "unknown section"),
        (lambda: bank([question(1)], tiers=[(1, 2)]), "question 2"),
        (lambda: bank([question(1)], aims=(Aim(name="a", questions=(1,), target=2),)), "more"),
        (
            lambda: bank([question(1)], sections=(Section(id="A", title="x"),) * 2),
            "section 'a' is defined twice",
        ),
    ],
)
def test_values_refuse(make: Any, words: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(words)):
        make()


def test_bare_keeps_what_a_transcript_needs_and_drops_the_exemplars(tiny: Bank) -> None:
    full = tiny.question(1)
    bare = full.bare()
    assert [c.id for c in bare.criteria] == ["scatter", "wavelength"]
    assert bare.probes == full.probes
    assert "deflect" not in bare.model_dump_json()
    assert "reflects the ocean" not in bare.model_dump_json()
    talked = question(
        again="a1", easier="a2", example="a3", terms={"a4": "a5"},
        criteria=(Criterion(id="big", statement="x", settle="a6"),), probes=[],
        deeper=Deeper(prompt="a7", references=("r",), criteria=(Criterion(id="d", statement="x"),)),
    )  # fmt: skip
    assert not re.search(r"a\d", talked.bare().model_dump_json())


def test_the_digest_sees_a_changed_exemplar(tiny_folder: Path) -> None:
    before = load_bank(tiny_folder)
    edit(tiny_folder / "a.yaml", "molecules deflect light", "molecules bend light")
    assert load_bank(tiny_folder).digest != before.digest


def test_an_anchor_given_again_says_nothing_of_the_library(
    tiny_folder: Path, recwarn: pytest.WarningsRecorder
) -> None:
    edit(tiny_folder / "a.yaml", "[molecules deflect light]", "[&x molecules deflect light]")
    edit(tiny_folder / "a.yaml", "[it weighs less per volume]", "[&x it weighs less per volume]")
    assert load_bank(tiny_folder).question(2).criteria[0].accepts == ("it weighs less per volume",)
    assert not recwarn.list


def test_the_tiny_bank_loads(tiny: Bank) -> None:
    assert [q.id for q in tiny.questions] == [1, 2, 3]
    assert tiny.tiers[0].questions == (1, 2)
    assert tiny.question(1).probes[1] == Probe(
        criterion="wavelength", text="What sets one colour apart from another here?"
    )
    assert 3 in tiny
    assert 4 not in tiny
    with pytest.raises(KeyError):
        tiny.question(4)
    with pytest.raises(KeyError):
        tiny.question(1).criterion("density")


def test_the_shipped_bank_is_the_whole_grill() -> None:
    shipped = open_bank()
    assert [q.id for q in shipped.questions] == list(range(1, 56))
    assert [t.questions for t in shipped.tiers] == [
        tuple(range(1, 16)),
        tuple(range(16, 31)),
        tuple(range(31, 46)),
    ]
    aims = {a.name: (len(a.questions), a.target) for a in shipped.aims}
    assert aims == {"drill": (45, 30), "cold": (55, 35)}
    assert "".join(s.id for s in shipped.sections) == "ABCDEFGHIQ"
    for q in shipped.questions:
        assert 1 <= len(q.criteria) <= 5
        for claim in (*q.criteria, *q.misconceptions):
            assert min(len(claim.accepts), len(claim.rejects)) >= 6, (q.id, claim.id)
        if q.quick_fire:
            assert len(q.criteria) <= 2
            assert not q.probes
        else:
            assert {p.criterion for p in q.probes} == {c.id for c in q.criteria}


def test_the_shipped_bank_says_everything_in_other_words_too() -> None:
    for q in open_bank().questions:
        around = [q.again, q.easier, q.example, *q.terms.values(), *(c.settle for c in q.criteria)]
        assert all(around), q.id
        assert (q.deeper is None) == q.quick_fire, q.id
        assert q.deeper is None or q.deeper.again, q.id
        assert {t.casefold() in q.prompt.casefold() for t in q.terms} <= {True}, q.id


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) >= 1, f"'{old}' is not in the file"
    path.write_text(text.replace(old, new, 1), "utf-8")


# file, what is replaced, by what; then text on the line the error must name, question and words
BROKEN: list[tuple[str, str, str, str, int | None, str]] = [
    ("a.yaml", "weight: 2", "wieght: 2", "wieght", 1, "there is no key 'criteria.0.wieght'"),
    ("a.yaml", "    prompt: Why is the daytime sky blue?\n", "", "id: 1", 1, "'prompt' is missing"),
    ("a.yaml", "id: wavelength", "id: scatter", "id: 1", 1, "'scatter' is used twice"),
    ("q.yaml", "  - id: 3", "  - id: 2", "id: 2", 2, "question 2 is defined twice"),
    ("a.yaml", "  - id: 2", "  - id: two", "id: two", None, "question two: 'id'"),
    ("a.yaml", "  - id: 2", "  - id: 2_0", "id: 2_0", 2, "'id': must be a number, written"),
    ("a.yaml", "  - id: 2", "  - id: 100001", "id: 100001", 100001, "less than or equal to 100000"),
    ("a.yaml", "  - id: 2", f"  - id: {'9' * 30}", "id: 9", int("9" * 30), "'id'"),
    ("a.yaml", "weight: 2", "weight: 1e308", "1e308", 1, "less than or equal to 1000"),
    ("bank.yaml", "questions: 1-2", "questions: 1-999999999999", "1-9999", None, "is too long"),
    ("a.yaml", "seconds: 5", "seconds: soon", "soon", 1, "'seconds'"),
    ("a.yaml", "{criterion: wavelength", "{criterion: waves", "id: 1", 1, "points at 'waves'"),
    ("a.yaml", "id: density", "id: Density", "Density", 2, "'criteria.0.id'"),
    ("a.yaml", "weight: 2", "weight: -2", "weight: -2", 1, "'criteria.0.weight'"),
    ("a.yaml", "[molecules deflect light]", "[air absorbs sunlight]", "id: scatter", 1, "both"),
    ("a.yaml", "kind: why", "kind: why\n    kind: list", "kind: list", 1, "'kind' stands twice"),
    ("a.yaml", "sky blue?", "sky: blue?", "sky: blue?", 1, "not valid YAML"),
    ("a.yaml", "    kind: why", "    kind: why\n    again: []", "again:", 1, "'again'"),
    ("a.yaml", "    kind: why", "    kind: why\n    terms: [sky]", "[sky]", 1, "'terms'"),
    (
        "a.yaml",
        "    kind: why",
        "    kind: why\n    deeper: {ask: x}",
        "{ask",
        1,
        "'deeper.prompt'",
    ),
    ("a.yaml", "section: A", "section: B", "section: B", None, "bank.yaml says 'A'"),
    ("a.yaml", "questions:", "extra: 1\nquestions:", "extra", None, "and no others"),
    ("a.yaml", "  - id: 2", "  - a word\n  - id: 2", "a word", None, "must be a mapping"),
    ("a.yaml", "    kind: why", "    section: A\n    kind: why", "    section", 1, "its file"),
    ("bank.yaml", "questions: 1-2", "questions: 2-1", "2-1", None, "'2-1' is not a range"),
    ("bank.yaml", "questions: 1-2", "questions: 1-9", "1-9", None, "names question 4"),
    ("bank.yaml", "questions: 1-2", "questions: 1..2", "1..2", None, "neither a number nor"),
    ("bank.yaml", "target: 2", "target: 4", "id: tiny", None, "more than its questions"),
    ("bank.yaml", "target: 2", "target: many", "many", None, "target"),
    ("bank.yaml", "title: Tiny grill\n", "title: [x]\n", "title", None, "'title'"),
    ("bank.yaml", "id: tiny", "id: tiny\ncolour: 1", "colour", None, "no key 'colour'"),
    ("bank.yaml", "a.yaml", "../tiny/a.yaml", "../tiny", None, "plain name"),
    ("bank.yaml", "a.yaml", "/etc/a.yaml", "/etc", None, "plain name"),
    ("bank.yaml", "a.yaml", "a.txt", "a.txt", None, "plain name"),
    ("bank.yaml", "a.yaml", "..", "..", None, "plain name"),
    ("bank.yaml", ", file: a.yaml", "", "First things", None, "a section needs"),
    ("bank.yaml", "{id: Q,", "{id: R,", "section: Q", None, "bank.yaml says 'R'"),
]


@pytest.mark.parametrize(
    ("name", "old", "new", "at", "number", "words"), BROKEN, ids=[f"{b[2]}"[-24:] for b in BROKEN]
)
def test_an_error_names_file_line_question_and_what_to_do(
    tiny_folder: Path, name: str, old: str, new: str, at: str, number: int | None, words: str
) -> None:
    edit(tiny_folder / name, old, new)
    with pytest.raises(BankError) as caught:
        load_bank(tiny_folder)
    error = caught.value
    assert words in error.message
    assert error.where is not None
    assert error.where.line is not None
    named = Path(error.where.file).read_text("utf-8").splitlines()[error.where.line - 1]
    assert at in named
    if Path(error.where.file).name != name:
        assert name == "bank.yaml"
    if number is not None:
        assert f"question {number}" in error.message
    else:
        assert not re.match(r"question \d", error.message)
    assert error.hint
    assert str(error).startswith(f"{error.where.file}:{error.where.line}: ")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"# only a comment\n", "empty"),
        (b"section: A\nquestions:\n  - id: 1\n    prompt: caf\xe9\n", "not UTF-8"),
        (b"a: \x00\n", "forbids"),
        (b"[" * 4000, "nested too deeply"),
        (b"a: " + b"[" * 30 + b"]" * 30, "nested too deeply"),
        (b"a: &a [*a]\n", "refers to itself"),
        (b"- 1\n- 2\n", "and no others"),
        (b"- a\n- [b]\n", "and no others"),
        (b"- {a: b}\n", "and no others"),
        (b"just words\n", "and no others"),
        (b"? [a, b]\n: c\n", "a key must be a plain word"),
        (b"section: [A]\nquestions: []\n", "this file is section none"),
        (b"section: A\nquestions: [{id: [1], references: [r]}]\n", "a question: 'id'"),
        ("section: A".encode("utf-16"), "looks like UTF-16"),
        (b"section: A\nquestions: 5\n", "must be a list"),
        (b"section: A\n---\nsection: B\n", "not valid YAML"),
        (b"section: A\nquestions: !!python/object/apply:os.getcwd []\n", "names no question"),
    ],
    ids=lambda value: value[:24].decode("latin-1") if isinstance(value, bytes) else value,
)
def test_a_file_that_is_no_section(tiny_folder: Path, data: bytes, words: str) -> None:
    (tiny_folder / "a.yaml").write_bytes(data)
    if words == "names no question":  # a tag is data like any other: nothing is run
        with pytest.raises(BankError, match="question 1, which does not exist"):
            load_bank(tiny_folder)
        return
    with pytest.raises(BankError, match=words) as caught:
        load_bank(tiny_folder)
    assert "a.yaml" in str(caught.value.where)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        ("    prompt:", "    promt:", "no key 'promt'", "Did you mean 'prompt'?"),
        ("statement:", "statment:",
         "no key 'criteria.0.statment'", "Did you mean 'statement'?"),
        ("    kind: why", "    kind: why\n    colour: red", "'colour'", "Check the spelling"),
        ("    kind: why", "    kind: why\n\tagain: x", "not valid YAML", "Indent with spaces"),
    ],
)  # fmt: skip
def test_a_slip_of_the_pen_is_known_for_one(
    tiny_folder: Path, old: str, new: str, message: str, hint: str
) -> None:
    text = (tiny_folder / "a.yaml").read_text("utf-8")
    assert old in text
    (tiny_folder / "a.yaml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(BankError, match=message) as caught:
        load_bank(tiny_folder)
    assert str(caught.value.hint).startswith(hint)


def test_an_alias_bomb_is_refused_quickly(tiny_folder: Path) -> None:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    (tiny_folder / "a.yaml").write_text("\n".join(levels))  # 10^12 values when written out
    with pytest.raises(BankError, match="refers to itself") as caught:
        load_bank(tiny_folder)
    assert caught.value.hint


def test_a_huge_file_is_not_even_read(tiny_folder: Path) -> None:
    (tiny_folder / "a.yaml").write_bytes(b"# " + b"x" * 8_000_001)
    with pytest.raises(BankError, match="larger than 8 MB"):
        load_bank(tiny_folder)


def test_missing_files_say_what_to_check(tiny_folder: Path) -> None:
    (tiny_folder / "q.yaml").unlink()
    with pytest.raises(BankError, match="cannot be read") as caught:
        load_bank(tiny_folder)
    assert "q.yaml" in str(caught.value.where)
    assert "--bank" in (caught.value.hint or "")
    (tiny_folder / "bank.yaml").unlink()
    with pytest.raises(BankError, match="no bank here"):
        load_bank(tiny_folder)


def test_scalars_stay_as_written(tiny_folder: Path) -> None:
    edit(tiny_folder / "q.yaml", "accepts: [a hundred]", "accepts: [no, 1e2, 0x64, 1_0, ~x]")
    criterion = load_bank(tiny_folder).question(3).criteria[0]
    assert criterion.accepts == ("no", "1e2", "0x64", "1_0", "~x")


def test_the_compiled_copy_is_equal_and_follows_its_sources(
    tiny_folder: Path, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    first = load_bank(tiny_folder, cache)
    (copy,) = cache.glob("bank-*.json")
    assert load_bank(tiny_folder, cache) == first == load_bank(tiny_folder)
    copy.write_text("{broken")
    assert load_bank(tiny_folder, cache) == first
    before = source_digest(tiny_folder)
    edit(tiny_folder / "a.yaml", "Why does ice float", "Why would ice float")
    assert source_digest(tiny_folder) != before
    assert load_bank(tiny_folder, cache).question(2).prompt.startswith("Why would")


def test_the_compiled_copy_spares_the_parsing(tiny_folder: Path, tmp_path: Path) -> None:
    """Processor time; for the 100 questions it is about 0.25 s and 0.002 s."""
    one = (tiny_folder / "q.yaml").read_text("utf-8").partition("questions:\n")[2]
    with (tiny_folder / "q.yaml").open("a", encoding="utf-8") as file:
        file.writelines(one.replace("id: 3", f"id: {n}") for n in range(4, 101))
    taken = []
    for _ in range(2):
        begun = time.process_time()
        assert len(load_bank(tiny_folder, tmp_path / "cache").questions) == 100
        taken.append(time.process_time() - begun)
    assert taken[1] < taken[0] / 5


def test_a_cache_that_cannot_be_written_is_passed_over(tiny_folder: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert load_bank(tiny_folder, blocked / "cache") == load_bank(tiny_folder)


def test_too_many_criteria_are_refused_in_our_words(tiny_folder: Path) -> None:
    path = tiny_folder / "q.yaml"
    more = "".join(f"      - {{id: c{n}, statement: s{n}.}}\n" for n in range(15))
    path.write_text(path.read_text("utf-8") + more, "utf-8")
    with pytest.raises(BankError) as caught:
        load_bank(tiny_folder)
    assert caught.value.message == "question 3: 'criteria' holds 16, at most 15"
    assert caught.value.hint == "Make two questions of it, or join statements that go together."


def test_the_highest_weights_still_add_up() -> None:
    # 5 criteria of the highest weight: 5 * 1000, of which one met is 1000 / 5000 = 0.2
    heavy = question(weights=dict.fromkeys("abcde", 1000.0))
    assert grade(heavy, {"a": "met"}).score == pytest.approx(0.2)


def test_the_linter_names_gaps_by_their_ends() -> None:
    found = lint.missing(bank([question(2), question(100_000)]))
    assert "numbers that no question has: 1, 3-99999" in [advice.what for advice in found]


def test_a_long_statement_is_advice_and_no_problem() -> None:
    long = Criterion(id="long", statement="word " * 51, accepts=("a",), rejects=("b",))
    asked = bank([question(criteria=(long,), probes=["long"])])
    (found,) = lint.missing(asked)
    assert (found.what, found.questions) == (
        "1 statement longer than the offline grader reads at once",
        (1,),
    )
    assert lint.structural(asked) == []
    short = long.model_copy(update={"statement": "word " * 50})
    assert lint.missing(bank([question(criteria=(short,), probes=["long"])])) == []


def test_a_claim_about_the_one_before_it_is_advice() -> None:
    said = ("This costs room.", "This class costs room.", "That is so.", "It costs this.")
    claims = tuple(
        Criterion(id=f"c{n}", statement=text, accepts=("a",), rejects=("b",))
        for n, text in enumerate(said)
    )
    (found,) = lint.missing(bank([question(criteria=claims, probes=["c0", "c1", "c2", "c3"])]))
    assert found.what == "2 statements that begin with 'this' or 'that' and do not say what"


def test_what_is_missing_is_told_once_for_each_kind() -> None:
    bare = bank([question(1), question(2, kind="quick-fire", probes=[], gaps=("a formula",))])
    told = {advice.what: advice.questions for advice in lint.missing(bare)}
    assert told == {
        "4 criteria without accepts": (1, 2),
        "4 criteria without rejects": (1, 2),
        "1 place where the document has lost something": (2,),
    }


def test_claims_are_called_by_numbers_and_letters() -> None:
    asked = question(misconceptions=[("wrong", 0.5), ("worse", 0.5)])
    assert asked.labels == {"big": "1", "small": "2", "wrong": "a", "worse": "b"}
    assert asked.statements["worse"] == "The worse error."


FORMAT = ROOT.joinpath("docs", "bank-format.md").read_text("utf-8")


def test_the_bank_in_the_format_document_loads(tmp_path: Path) -> None:
    head, section = (part.partition("```")[0] for part in FORMAT.split("```yaml\n")[1:3])
    for asked in ("1-15", '"1-50"'):
        assert asked in head
        head = head.replace(asked, "3")
    (tmp_path / "bank.yaml").write_text(head.replace("target: 33", "target: 1"), "utf-8")
    (tmp_path / "a-transactions.yaml").write_text(section, "utf-8")
    bank = load_bank(tmp_path)
    assert (bank.id, bank.tiers[0].name, bank.aims[0].name) == ("databases", "Basics", "cold")
    (found,) = bank.questions
    assert (found.id, found.kind, found.criteria[0].id) == (3, "list", "no-semantics")


def test_the_format_document_says_what_every_kind_does() -> None:
    told = FORMAT.partition("## What `kind` does\n")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split("|")[0] for line in told.splitlines() if line.startswith("|")]
    assert [kind for row in rows[2:] for kind in row.strip().split(", ")] == [
        *get_args(QuestionKind)
    ]
    assert (
        "It changes no grade" in told
    )  # tests/grading/offline/test_offline_grader.py holds it to that
