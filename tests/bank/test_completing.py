"""A bank that leaves out all that may be left out, groups, and which lines are drafts."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import question

from interviewer.bank import drafts
from interviewer.bank.bank_files import load_bank
from interviewer.bank.questions import Bank, Draft, mark_of
from interviewer.errors import BankError
from interviewer.grading.grader import GradeRequest
from interviewer.specs.graders import make_grader

BARE = """\
section: A
questions:
  - prompt: What does an index of a database cost?
    references: [Every write must update it as well; it takes room on disk.]
  - prompt: Name two kinds of index.
    references: ["B-tree, hash, bitmap, and GiST."]
  - id: 7
    prompt: Is a hash index ordered?
    criteria: [It is not ordered.]
  - prompt: Why does a foreign key slow down a delete?
    references: [Rows that refer to the deleted one must be looked for.]
"""


def bare(folder: Path, text: str = BARE) -> Bank:
    folder.mkdir(exist_ok=True)
    (folder / "bank.yaml").write_text("sections:\n  - {id: A, file: a.yaml}\n", "utf-8")
    (folder / "a.yaml").write_text(text, "utf-8")
    return load_bank(folder)


def test_a_prompt_and_a_reference_or_a_criterion_are_enough(tmp_path: Path) -> None:
    bank = bare(tmp_path / "My Indexes")
    assert (bank.id, bank.version, bank.title) == ("my-indexes", "1", "my-indexes")
    assert (bank.sections[0].id, bank.sections[0].title) == ("A", "A")
    # Those without a number go on from the highest before them.
    assert [q.id for q in bank.questions] == [1, 2, 7, 8]
    assert [q.kind for q in bank.questions] == ["definition", "list", "definition", "why"]
    cost, kinds, order, _ = bank.questions
    assert [c.statement for c in cost.criteria] == [
        "Every write must update it as well.",
        "It takes room on disk.",
    ]
    assert [c.statement for c in kinds.criteria] == ["B-tree.", "Hash.", "Bitmap.", "GiST."]
    assert [(g.enough, len(g.of)) for g in kinds.groups] == [(2, 4)]
    assert order.references == ("It is not ordered.",)
    assert order.criteria[0].id == "not-ordered"


def test_what_was_filled_in_is_marked_as_a_draft_nobody_has_read(tmp_path: Path) -> None:
    bank = bare(tmp_path / "b")
    cost, _, order, _ = bank.questions
    assert {line.at for line, _ in drafts.unread(cost)} == {
        "kind",
        *(f"criteria.{c.id}" for c in cost.criteria),
    }
    # The criterion is a person's own; the reference was made of it.
    assert {line.at for line, _ in drafts.unread(order)} == {"kind", "references"}
    assert {note.by for _, note in drafts.still_drafted(cost)} == {"interviewer"}


def test_it_is_gradable_at_once(tmp_path: Path) -> None:
    bank = bare(tmp_path / "b")
    grader = make_grader("offline", bank)

    def graded(number: int, answer: str) -> float | None:
        asked = bank.question(number)
        return grader.grade(GradeRequest(asked, answer, asked.prompt)).score

    assert (graded(1, "every write has to update it too, and it takes up disk space") or 0) > 0.7
    assert graded(1, "no idea") == 0.0
    # Two of the four kinds are enough.
    assert graded(2, "a B-tree and a hash index") == 1.0


def test_a_question_of_fifteen_criteria_is_graded(tmp_path: Path) -> None:
    names = "copper iron zinc gold silver lead tin nickel mercury platinum cobalt chromium tungsten".split()
    listed = ", ".join([*names, "uranium", "titanium"])
    text = (
        f'section: A\nquestions:\n  - prompt: List fifteen metals.\n    references: ["{listed}."]\n'
    )
    bank = bare(tmp_path / "b", text)
    assert len(bank.questions[0].criteria) == 15
    asked, grader = bank.questions[0], make_grader("offline", bank)
    assert grader.grade(GradeRequest(asked, listed, asked.prompt)).score == 1.0
    some = grader.grade(GradeRequest(asked, "iron and gold", asked.prompt))
    met = {v.criterion for v in some.graded if v.level == "met"}
    assert {"iron", "gold"} <= met
    assert len(met) <= 4


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("groups: [{of: [a, b]}]", "'a', which is no criterion"),
        ("groups: [{of: [hash]}]", "'groups.0.of'"),
        ("colour: red", "there is no key 'colour'"),
        ("criteria: 5", "'criteria'"),
        ("drafts: [{line: kind, by: me, mark: zz}]", "'drafts.0.mark'"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(BankError) as caught:
        bare(
            tmp_path / "b",
            f"section: A\nquestions:\n  - prompt: Why?\n    references: [So.]\n    {line}\n",
        )
    assert words in caught.value.message
    assert caught.value.where is not None
    # The line of the key, or, of what a validator over the whole says, that of the question.
    assert caught.value.where.line == (3 if "no criterion" in words else 5)


@pytest.mark.parametrize("line", ["kind: why", "references: []", "criteria: []"])
def test_a_question_with_neither_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(BankError) as caught:
        bare(tmp_path / "b", f"section: A\nquestions:\n  - prompt: Why?\n    {line}\n")
    assert caught.value.message == "question 1 has no reference and no criterion"
    assert caught.value.where is not None
    assert caught.value.where.line == 3


def test_lines_are_called_by_what_they_are() -> None:
    asked = question(misconceptions=[("wrong", 0.5)])
    named = {at: drafts.line_name(asked, at) for at in (
        "kind", "references", "criteria.small", "criteria.small.accepts", "criteria.big.rejects",
        "probes.small", "misconceptions.wrong", "again",
    )}  # fmt: skip
    assert list(named.values()) == [
        "kind of question", "full answer", "criterion 2", "criterion 2 in other words",
        "near criterion 1, and not it", "follow-up to criterion 2", "a common mistake",
        "the question in other words",
    ]  # fmt: skip


def test_a_line_that_was_rewritten_is_no_draft_any_more() -> None:
    kept = question(drafts=(Draft(line="prompt", by="x", mark=mark_of("Prompt number 1?")),))
    assert [line.at for line, _ in drafts.unread(kept)] == ["prompt"]
    assert drafts.unread(kept.model_copy(update={"prompt": "Another?"})) == []
    read = (kept.drafts[0].model_copy(update={"read": True}),)
    assert drafts.unread(kept.model_copy(update={"drafts": read})) == []


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ([{"of": ("big", "none")}], "'none', which is no criterion"),
        ([{"of": ("big", "small"), "enough": 2}], "no choice"),
        ([{"of": ("big", "small")}], "weigh the same"),
        ([{"of": ("big", "big")}], "twice"),
    ],
)
def test_groups_that_make_no_sense(groups: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        question(groups=groups)


def test_a_question_without_the_new_fields_keeps_its_digest() -> None:
    """Session logs and caches name questions by it."""
    assert not {"groups", "gaps", "drafts"} & set(question().model_dump())
