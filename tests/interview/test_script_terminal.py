"""Answers from a file or a pipe."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.errors import InputError
from interviewer.interview.script_terminal import Script, ScriptTerminal, parse_script
from interviewer.interview.terminal import Reply, Status


def status(question: int) -> Status:
    return Status(number=1, total=1, question=question, section="A", elapsed=0.0, cold=0)


def line(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False)


def test_json_lines_answer_by_number() -> None:
    script = parse_script(
        line(question=2, answer="two", probes=["more", "and more"], seconds=4.5)
        + "\n\n"
        + line(question=1, answer="one"),
        "file",
    )
    assert script.numbered
    assert script.size == 2
    terminal = ScriptTerminal(script)
    assert terminal.ask(status(1)) == Reply("text", "one")
    assert terminal.ask(status(2)) == Reply("text", "two", 4.5)
    assert terminal.ask(status(2)) == Reply("text", "more", 0.0)
    assert terminal.ask(status(2)) == Reply("text", "and more")
    assert terminal.ask(status(2)) == Reply("text", "")  # nothing more on this one
    assert terminal.ask(status(9)) == Reply("text", "")


def test_paragraphs_answer_in_order_and_then_the_input_ends() -> None:
    script = parse_script("first\nin two lines\r\n\r\n\n\n  second  \n", "file")
    assert not script.numbered
    assert script.size == 2
    terminal = ScriptTerminal(script)
    assert terminal.ask(status(7)) == Reply("text", "first\nin two lines")
    assert terminal.ask(status(1)) == Reply("text", "second")
    assert terminal.ask(status(1)) == Reply("end")


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff"])
def test_nothing_to_say(text: str) -> None:
    assert parse_script(text, "file").size == 0
    assert ScriptTerminal(Script()).ask(status(1)) == Reply("end")


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("{", "Expecting"),
        ("plain text", "Expecting"),
        ("[1]", "dictionary"),
        (line(question=1), "answer"),
        (line(answer="x"), "question"),
        (line(question="one", answer="x"), "question"),
        (line(question=2, answer="x", hints=["y"]), "hints"),
        (line(question=2, answer="x", seconds=-1), "seconds"),
        ('{"question": 2, "answer": "x", "seconds": Infinity}', "seconds"),
        (line(question=1, answer="again"), "answered twice"),
        ("[" * 100_000, "nested"),
        ('{"question": 2, "answer": "x", "answer": "y"}', "the key 'answer' stands twice"),
        (line(question=True, answer="x"), "true and false are no numbers"),
        (line(question=0, answer="x"), "question"),
        (line(question=2, answer="x", seconds=True), "true and false"),
        (line(question=2, answer="x", seconds=86_401), "seconds"),
        (line(question=2, answer="x", seconds=1e308), "seconds"),
    ],
)
def test_a_bad_line_is_named(bad: str, words: str) -> None:
    good = line(question=1, answer="x")
    with pytest.raises(InputError) as caught:
        parse_script(f"{good}\n\n{bad}\n", "answers.jsonl")
    assert str(caught.value.where) == "answers.jsonl:3"
    assert words in caught.value.message


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_any_text_travels_unchanged_in_json(answers: list[str]) -> None:
    lines = [line(question=i, answer=a) for i, a in enumerate(answers, start=1)]
    script = parse_script("\n".join(lines), "file")
    assert [script.next(i) for i in range(1, len(answers) + 1)] == answers


def test_separators_inside_json_and_a_byte_order_mark_are_no_line_ends() -> None:
    text = "a\u2028b\x85c\u2029d"
    script = parse_script("\ufeff" + line(question=1, answer=text), "file")
    assert script.next(1) == text


def test_it_shows_the_questions_and_what_was_answered(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = ScriptTerminal(Script(in_order=["an \x1b[31manswer", " "]))
    terminal.say("Why?", "question")
    terminal.ask(status(1))
    out = capsys.readouterr().out
    assert "Why?" in out
    assert "answer" not in out, "it is not on record yet"
    terminal.ask(status(1))
    terminal.say("Next.")
    out = capsys.readouterr().out
    assert "> an [31manswer" in out
    assert "> (no answer)" in out


def test_a_script_means_what_it_says() -> None:
    assert ScriptTerminal(Script()).confirm("Sure?") is True
