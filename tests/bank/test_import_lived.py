"""Documents as people have them, untidy: all questions are found, and what is left out is told with its line.

`tests/data/documents/lived` holds eight: pages of Notion and Obsidian, a pasted text document, a README with
folds, cards in CSV with HTML, nested JSON, a FAQ, a chat into which somebody pasted a list.
"""

from __future__ import annotations

import pytest
from samples import ROOT

from interviewer.bank.importing import drafting, import_report, reading
from interviewer.bank.importing.drafting import Imported

LIVED = ROOT / "tests" / "data" / "documents" / "lived"

# The file, its questions that have an answer, its sections, the lines that are left out with why.
DOCUMENTS: list[tuple[str, int, list[str], list[int]]] = [
    ("notion.md", 14, ["Basics", "Networking", "Operations"], [3, 4, 5, 6, 8, 93, 94]),
    ("obsidian.md", 15, ["Questions", "HTTP", "Spaced repetition"], [1, 6, 7, 11, 49, 60, 66]),
    # 55 and 58: "[no fixed answer ...]" and "(open)".
    ("gdoc.txt", 12, ["Fundamentals", "Deeper"], [2, 5, 55, 58]),
    ("readme.md", 12, ["Core", "Async"], [5, 7, 13, 25, 32, 42, 48, 52, 54, 123, 133, 137]),
    ("anki.csv", 11, ["biology, metabolism", "biology, hormones", "biology, cell"], [1, 7, 13, 14]),
    # 19: a further field; 20: no answer; 21: the shorter of two answers.
    ("list.json", 9, ["SQL", "Data modelling"], [19, 20, 21]),
    ("faq.md", 11, ["Getting started", "Fermentation", "Bottling"], [4]),
    # 27: the one question of twenty without an answer.
    ("chat.txt", 19, ["Questions"], [1, 2, 3, 18, 19, 27, 30, 31, 32]),
]  # fmt: skip


def imported(name: str) -> Imported:
    return drafting.draft(reading.read_document(LIVED / name), bank_id="x", title="x")


def pasted(text: str, name: str = "-") -> Imported:
    return drafting.draft(reading.read_pasted(text, name), bank_id="x", title="x")


def found(made: Imported) -> list[tuple[str, str]]:
    return [(q.prompt, q.references[0]) for q in made.bank.questions]


@pytest.mark.parametrize(
    ("name", "count", "sections", "left"), DOCUMENTS, ids=[d[0] for d in DOCUMENTS]
)
def test_a_document_is_found_in_full(
    name: str, count: int, sections: list[str], left: list[int]
) -> None:
    made = imported(name)
    assert len(made.bank.questions) == count
    assert [s.title for s in made.bank.sections] == sections
    assert [m.line for m in made.missed] == left
    prompts = [q.prompt for q in made.bank.questions]
    # Nothing of the program that the page came from is asked or claimed.
    said = [*prompts, *(c.statement for q in made.bank.questions for c in q.criteria)]
    assert not [s for s in said if any(mark in s for mark in ("[!", "<", "::", "](", "&nbsp", "=="))
                and "===" not in s and "`==`" not in s]  # fmt: skip


NET = [("What is TCP?", "A stream."), ("What is UDP?", "Datagrams.")]
SHAPES: list[tuple[str, str]] = [
    ("callouts", "> [!question] What is TCP?\n> A stream.\n\n> [!faq]- What is UDP?\n>> [!success]- Answer\n"
     ">> Datagrams."),
    ("answers in a callout", "1. What is TCP?\n> [!answer]- Show answer\n> A stream.\n\n2. What is UDP?\n> [!check]\n"
     "> Datagrams."),
    ("cards on a line", "What is TCP?::A stream.\nWhat is UDP?:::Datagrams."),
    ("cards on several lines", "What is TCP?\n?\nA stream.\n\nWhat is UDP?\n??\nDatagrams."),
    ("folds", "<details>\n<summary><b>What is TCP?</b></summary>\n\nA stream.\n</details>\n<details><summary>\n"
     "2. What is UDP?\n</summary>Datagrams.</details>"),
    ("answers in folds", "### What is TCP?\n<details><summary>Show answer</summary>\n\nA stream.\n\n</details>\n\n"
     "### What is UDP?\n<details><summary>Solution</summary>Datagrams.</details>"),
    ("labels on lines of their own", "Question 1\nWhat is TCP?\n\nAnswer\nA stream.\n\nQuestion 2:\n\n"
     "What is UDP?\n\nAnswer:\n\nDatagrams."),
    ("Org", "* Net\n** What is TCP?\nA stream.\n** What is UDP?\nDatagrams."),
    ("numbers before hashes", "1. ### What is TCP?\n\n   A stream.\n\n2. ### What is UDP?\n\n   Datagrams."),
    ("underlined headings", "What is TCP?\n------------\n\nA stream.\n\nWhat is UDP?\n------------\n\nDatagrams."),
    ("toggles", "- What is TCP?\n    \n    A stream.\n    \n- What is UDP?\n    \n    Datagrams."),
    # In a chat one word may be no more than a nod.
    ("an export of a chat", "03/05/2025, 14:02 - Tom Ray: What is TCP?\n03/05/2025, 14:03 - Eva: A stream.\n"
     "03/05/2025, 14:04 - Tom Ray: What is UDP?\n03/05/2025, 14:05 - Eva: It sends datagrams."),
    ("nested JSON", '{"a": {"b": [{"Question": "What is TCP?", "Answer": "A stream."},'
     ' {"Question": "What is UDP?", "Answer": {"text": "Datagrams."}}]}}'),
    ("JSON by question", '{"What is TCP?": "A stream.", "What is UDP?": "Datagrams."}'),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text"), SHAPES, ids=[s[0] for s in SHAPES])
def test_a_shape_is_read_in_full(name: str, text: str) -> None:
    made = pasted(text, "d.json" if "JSON" in name else "-")
    assert [p for p, _ in found(made)] == [p for p, _ in NET]
    assert [a.removeprefix("It sends ").capitalize() for _, a in found(made)] == [a for _, a in NET]
    assert made.missed == ()


def test_what_follows_a_fold_or_callout_is_no_part_of_its_answer() -> None:
    made = pasted(
        "<details><summary>What is TCP?</summary>\nA stream.\n</details>\n\nThanks for reading.\n\n"
        "> [!question] What is UDP?\n> Datagrams.\n\nSee you.\n\n> [!tip] Drink water.\n"
    )
    assert found(made) == NET
    assert [(m.line, m.text) for m in made.missed] == [
        (5, "Thanks for reading."), (10, "See you."), (12, "> [!tip] Drink water."),
    ]  # fmt: skip


def test_a_number_in_an_answer_begins_no_question() -> None:
    made = pasted("> [!question] How do 401 and 403 differ?\n> 401: not known. 403: not allowed.")
    assert found(made) == [("How do 401 and 403 differ?", "401: not known. 403: not allowed.")]
    steps = "".join(
        f"### Why {x}?\n\nOne of:\n\n1. It is cold.\n2. It is old.\n\n" for x in ("x", "y", "z")
    )
    assert [len(q.criteria) for q in pasted(steps).bank.questions] == [2, 2, 2]


def test_bullets_that_name_terms_are_questions_where_nothing_asks() -> None:
    made = pasted(
        "• Latency: time for one request\n• Throughput – requests per second\n• p99 = 99% are below\n"
    )
    assert found(made) == [
        ("What is Latency?", "time for one request"),
        ("What is Throughput?", "requests per second"),
        ("What is p99?", "99% are below"),
    ]


def test_a_rule_behind_an_answer_makes_no_heading_of_it() -> None:
    made = pasted("1. What is TCP?\n\nA stream\n---\n2. What is UDP?\n\nDatagrams\n---\n")
    assert found(made) == [("What is TCP?", "A stream"), ("What is UDP?", "Datagrams")]
    assert [s.title for s in made.bank.sections] == ["Questions"]


def test_what_looks_like_a_link_or_a_block_name_is_kept_where_it_is_none() -> None:
    made = pasted(
        "> [!question] What is the matrix?\n> [[0, 1]] and x ^2, see [[Linear algebra|notes]] ^ab12\n"
    )
    assert found(made) == [("What is the matrix?", "[[0, 1]] and x ^2, see notes")]


def test_a_comment_within_a_line_is_told() -> None:
    made = pasted("1. What is TCP? A stream. <!-- ask Ann -->\n2. What is UDP? Datagrams.\n")
    assert found(made) == NET
    assert [(m.line, m.why) for m in made.missed] == [(1, "a comment")]


def test_options_with_colons_have_their_key() -> None:
    made = pasted(
        "###### 1. What is printed?\n- A: `null`\n- B: `object`\n<details><summary>Answer</summary>\n\n"
        "#### Answer: B\n\nIt is old.\n</details>\n###### 2. What is UDP?\nDatagrams."
    )
    assert found(made)[0] == ("What is printed?", "`object`; It is old.")


def test_a_list_that_somebody_pasted_into_a_chat() -> None:
    asked = "\n".join(f"{n}) what is x{n}? it is y{n}" for n in range(1, 7))
    made = pasted(f"Eva: got the list?\nTom: here\nTom: {asked}\nEva: thanks!\nTom: bye\n")
    assert [q.id for q in made.bank.questions] == [1, 2, 3, 4, 5, 6]
    assert made.bank.question(6).references == ("it is y6",)
    assert [m.line for m in made.missed] == [1, 2, 9, 10]


def test_a_remark_in_brackets_is_no_answer_but_a_formula_is() -> None:
    made = pasted("1. Why you? (open)\n2. What is the cost? (n^2)\n3. What is UDP? Datagrams.")
    assert [q.id for q in made.bank.questions] == [2, 3]
    assert [(m.line, m.why) for m in made.missed] == [(1, "its answer is a remark in brackets")]


def test_the_same_words_left_out_again_are_told_on_one_line() -> None:
    made = pasted(
        "### What is TCP?\nA stream.\n\n**[Top](#top)**\n\n### What is UDP?\nDatagrams.\n\n**[Top](#top)**\n"
    )
    report = import_report.report_of(made, document="d", folder="f")
    shown = [text for _, text in import_report.lines(report)]
    assert "  lines 4, 9: a link within the page: **[Top](#top)**" in shown


def test_code_and_paths_with_colons_are_no_cards() -> None:
    made = pasted(
        "1. What is std::move? A cast.\n2. How do you own it?\n```\na::b::c\nq::r\n```\nWith std::unique_ptr.\n"
    )
    assert [q.prompt for q in made.bank.questions] == ["What is std::move?", "How do you own it?"]
