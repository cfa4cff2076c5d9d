"""Documents of shapes that a reader takes for another: the smallest form of each, and what is said of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.bank.importing import cutting, drafting, import_report, reading
from interviewer.bank.importing.drafting import Imported
from interviewer.bank.importing.spoken import spoken
from interviewer.errors import BankError

Found = list[tuple[str, tuple[str, ...]]]
TCP, UDP = ("What is TCP?", ("A stream.",)), ("What is UDP?", ("Datagrams.",))
BOTH = [TCP, UDP]


def pasted(text: str, name: str = "-") -> Imported:
    return drafting.draft(reading.read_pasted(text, name), bank_id="x", title="x")


def found(made: Imported) -> Found:
    return [(q.prompt, q.references) for q in made.bank.questions]


def missed(made: Imported) -> list[tuple[int, str]]:
    return [(m.line, m.why) for m in made.missed]


WHOLE: list[tuple[str, str]] = [
    ("answers named by letter and bracket", "Q1) What is TCP?\nA1) A stream.\nQ2) What is UDP?\nA2) Datagrams."),
    ("no space behind the number", "1.What is TCP? A stream.\n2.What is UDP? Datagrams."),
    ("numbers of several levels", "1.1 What is TCP? A stream.\n1.2 What is UDP? Datagrams."),
    ("letters", "a) What is TCP? A stream.\nb) What is UDP? Datagrams."),
    ("Roman numbers", "I. What is TCP? A stream.\nII. What is UDP? Datagrams."),
    ("several on a line", "Q: What is TCP? A: A stream. Q: What is UDP? A: Datagrams."),
    ("small pictures", "### ❓ What is TCP?\n💡 A stream.\n### ❓ What is UDP?\n💡 Datagrams."),
    ("bullets within bullets", "* **What is TCP?**\n  * A stream.\n* **What is UDP?**\n  * Datagrams."),
    ("answers at the end", "1. What is TCP?\n2. What is UDP?\n\nAnswers\n\n1. A stream.\n2. Datagrams."),
    ("answers first", "Answers: 1. A stream. 2. Datagrams.\nQuestions:\n1. What is TCP?\n2. What is UDP?"),
    ("carriage returns and a mark of order", "\ufeff1. What is TCP? A stream.\r\n2. What is UDP? Datagrams.\r\n"),
    ("a Markdown table",
     "| Question | Answer |\n|:--|--:|\n| What is TCP? | A stream. |\n| What is UDP? | Datagrams. |"),
]  # fmt: skip


@pytest.mark.parametrize("text", [w[1] for w in WHOLE], ids=[w[0] for w in WHOLE])
def test_a_shape_is_read_in_full(text: str, tmp_path: Path) -> None:
    path = tmp_path / "d.md"
    path.write_text(text, "utf-8", newline="")
    made = drafting.draft(reading.read_document(path), bank_id="x", title="x")
    assert found(made) == BOTH
    assert missed(made) == []
    assert made.doubts == ()


def test_answers_before_their_questions_are_taken_so_and_told() -> None:
    made = pasted("A: A stream.\nQ: What is TCP?\nA: Datagrams.\nQ: What is UDP?")
    assert found(made) == BOTH
    assert missed(made) == [
        (1, "each answer stands before its question and is taken for the one after it")
    ]


def test_a_list_of_answers_is_matched_by_number_or_told() -> None:
    """Restarting numbers are matched in their order, if there are as many answers as questions."""
    lists = "## A\n1. What is TCP?\n## B\n1. What is UDP?\n## Answers\n1. A stream.\n{}"
    assert found(pasted(lists.format("1. Datagrams."))) == BOTH
    one = pasted(lists.format("2. Datagrams.\n## C\n1. What is DNS? Names."))
    assert found(one) == [("What is DNS?", ("Names.",))]
    assert missed(one) == [
        (2, "several questions or answers have its number"),
        (4, "several questions or answers have its number"),
        (6, "an answer to no question"),
        (7, "an answer to no question"),
    ]


def test_a_table_in_an_answer_is_left_out_and_told() -> None:
    made = pasted(
        "1. What is TCP? A stream.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n2. What is UDP? Datagrams."
    )
    assert found(made) == BOTH
    assert missed(made) == [(3, "a table in an answer is not taken over")]
    other = pasted("| a | b |\n|---|---|\n| 1 | 2 |\n\n1. What is TCP? A stream.")
    assert missed(other) == [
        (1, "a table without columns named question and answer is not taken over")
    ]


def test_a_table_keeps_its_topics_and_bars() -> None:
    made = pasted(
        "# Net\n| # | Question | Answer | Topic | Level |\n|---|---|---|---|---|\n"
        "| 1 | What is TCP? | A \\| stream. | T | easy |\n| 2 | What is BGP? | | R | hard |"
    )
    assert found(made) == [("What is TCP?", ("A | stream.",))]
    assert [s.title for s in made.bank.sections] == ["T"]
    assert missed(made) == [
        (2, "columns that are not taken over"), (5, "a question without an answer"),
    ]  # fmt: skip


def test_a_chat_whose_replies_hold_questions() -> None:
    made = pasted(
        "User: can you quiz me?\nAssistant: Sure! Here are some:\n\n1. What is TCP?\nAnswer: A stream.\n"
        "User: more please\nAssistant: 2. What is UDP?\nAnswer: It sends datagrams.\nUser: what is DNS?\n"
        "Assistant: It maps names to addresses.\n"
    )
    assert found(made) == [
        TCP,
        ("What is UDP?", ("It sends datagrams.",)),
        ("What is DNS?", ("It maps names to addresses.",)),
    ]
    assert missed(made) == [
        (1, "in a chat, and what follows is no answer but something it leads to"),
        (6, "the one who asks says it, and it is no question"),
    ]


def test_options_are_no_points() -> None:
    keyed = "1. Which one is reliable?\nA. UDP\nB. TCP\nAnswer: B\n2. What is UDP? Datagrams."
    made = pasted(keyed)
    assert found(made) == [("Which one is reliable?", ("TCP",)), UDP]
    assert missed(made) == [(1, "options: the right one is the answer")]
    bare = pasted(keyed.replace("Answer: B\n", ""))
    assert found(bare) == [UDP]
    assert missed(bare) == [(1, "options, and it is not said which is right")]
    # What asks for no choice is a list with letters.
    listed = pasted(
        "1. What are the stages of it?\na) lexing\nb) parsing\n2. What is UDP? Datagrams."
    )
    assert [c.statement for c in listed.bank.questions[0].criteria] == ["Lexing.", "Parsing."]


def test_code_is_no_claim() -> None:
    made = pasted(
        "## How do you open a file?\nUse a context manager:\n```python\nwith open(p) as f:\n    # why?\n"
        "    f.read()\n    f.close()\n```\nIt closes it.\n## How do you list files?\n```sh\nls -l\n```\n"
    )
    first, second = made.bank.questions
    assert [c.statement for c in first.criteria] == ["Use a context manager.", "It closes it."]
    assert second.references == ("ls -l",)
    assert missed(made) == [(3, "code is not taken over: nobody can say it")]


def test_a_question_within_an_answer_is_no_criterion() -> None:
    made = pasted(
        "1. What is a hash table? It maps keys to buckets.\n   - Follow-up: what is the load factor?"
        " Entries per bucket.\n2. What is UDP? Datagrams."
    )
    assert [c.statement for c in made.bank.questions[0].criteria] == [
        "It maps keys to buckets.", "Entries per bucket.",
    ]  # fmt: skip
    assert [(d.line, d.why) for d in made.doubts] == [
        (1, "a question within an answer is no criterion")
    ]


def test_numbers_that_restart_under_headings_with_letters() -> None:
    made = pasted(
        "# Section A: Net\n1. What is TCP? A stream.\n# Section B: Data\n1. What is UDP? Datagrams."
    )
    assert [(s.id, s.title) for s in made.bank.sections] == [("A", "Net"), ("B", "Data")]
    assert [(q.id, q.section) for q in made.bank.questions] == [(1, "A"), (2, "B")]
    assert "the numbers of the document were not kept (1 stands more than once)" in made.remarks[0]


def test_cells_and_columns_that_are_left_out_are_told() -> None:
    made = pasted("Frage;Antwort;Stufe\nWas ist TCP?;Ein Strom;1;und mehr\n", "d.csv")
    assert found(made) == [("Was ist TCP?", ("Ein Strom",))]
    assert missed(made) == [
        (1, "columns that are not taken over"),
        (2, "cells beyond the columns; put quotes around what holds the delimiter"),
    ]


def test_quotes_and_lines_within_a_cell() -> None:
    made = pasted(
        'question,answer\n"What does ""ACID"" mean?","Atomicity,\nConsistency, Isolation,\nDurability"\n',
        "d.csv",
    )
    (only,) = made.bank.questions
    assert only.prompt == 'What does "ACID" mean?'
    assert [c.statement for c in only.criteria] == [
        "Atomicity.", "Consistency.", "Isolation.", "Durability.",
    ]  # fmt: skip


def test_a_cloze_of_anki_is_in_its_deck() -> None:
    made = pasted(
        "#separator:tab\n#html:true\n#deck column:1\nBio::Cells\t<b>What is it?</b>\tA cell<br>of a"
        " body\nBio::Cells\tIt holds {{c1::DNA}}.\t\n",
        "d.txt",
    )
    assert [s.title for s in made.bank.sections] == ["Bio, Cells"]
    assert found(made) == [
        ("What is it?", ("A cell of a body",)), ("What is missing: It holds [...].", ("DNA",)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "prompts"),
    [
        ("1. 什么是事务？一组操作，全部完成。\n2、什么是死锁？互相等待。", ["什么是事务?", "什么是死锁?"]),
        ("Frage: Was ist ein Deadlock?\nAntwort: Zwei warten aufeinander.", ["Was ist ein Deadlock?"]),
        ("1. Warum braucht man Indizes? Damit es schnell geht.", ["Warum braucht man Indizes?"]),
        ("1. ¿Por qué se usa TCP? Porque garantiza la entrega.", ["¿Por qué se usa TCP?"]),
    ],
)  # fmt: skip
def test_other_languages_stay_as_they_are(text: str, prompts: list[str]) -> None:
    assert [q.prompt for q in pasted(text).bank.questions] == prompts


def test_a_language_that_the_grader_does_not_read_is_told() -> None:
    words = "Eine Folge von Operationen, die ganz oder gar nicht ausgeführt wird, auch wenn etwas dazwischen kommt."
    told = "it seems not to be in English, which is all that the offline grader reads"
    assert pasted(f"1. Was ist eine Transaktion? {words}").remarks == (told,)
    assert pasted("1. 什么是死锁？互相等待。").remarks == (told,)
    assert pasted("1. What is TCP? Reliable streams.").remarks == ()
    assert spoken("Was the first one faster?") == "Was the first one faster?"


def test_wrapped_lines_and_lists_within_a_line() -> None:
    wrapped = "It is a reliable stream of bytes between two hosts of\nGoogle, with congestion control\nas well."
    assert cutting.lines_of(wrapped) == [" ".join(wrapped.split())]
    assert cutting.lines_of("Ordered delivery\nRetransmission") == [
        "Ordered delivery",
        "Retransmission",
    ]
    listed = cutting.lines_of("Steps: 1. Hello. 2. Keys. 3) Done.")
    assert listed == ["Steps:", "1. Hello.", "2. Keys.", "3) Done."]
    assert cutting.lines_of("In version 2. it is so.") == ["In version 2. it is so."]
    said = [c.statement for c in cutting.cut("How?", "1. Hello. 2. Keys. 3. Done.").claims]
    assert said == ["Hello.", "Keys.", "Done."]
    assert [c.statement for c in cutting.cut("What?", "It prints 0, 1 and 2.").claims] == [
        "It prints 0, 1 and 2."
    ]
    assert [c.statement for c in cutting.cut("What?", "A penalty, e.g. L2. It is added.").claims] == [
        "A penalty, e.g. L2.", "It is added.",
    ]  # fmt: skip


def test_what_is_to_be_told_without_a_question_mark() -> None:
    made = pasted("1. Explain TCP. A stream.\n2. What is UDP? Datagrams.")
    assert found(made) == [("Explain TCP.", ("A stream.",)), UDP]


def test_a_web_page_is_told() -> None:
    with pytest.raises(BankError, match="a web page: copy its text"):
        reading.read_pasted("<!DOCTYPE html>\n<html><body>1. a? b", "-")


def test_doubts_are_shown_with_their_lines() -> None:
    report = import_report.report_of(
        pasted("1. Why? It rains. Or it snows. And why? The sea is warm.\n"),
        document="d", folder="f",
    )  # fmt: skip
    shown = [text for _, text in import_report.lines(report)]
    assert "What may be meant otherwise (2); 'bank edit' changes it:" in shown
    assert "  line 1: a question within an answer is no criterion: Why?" in shown
