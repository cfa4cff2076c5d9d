"""Scripted candidates, and interviews that nobody sits."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from fakes import ScriptedChat
from hypothesis import given
from hypothesis import strategies as st

from interviewer.answer_text import guards
from interviewer.bank.questions import Bank
from interviewer.interview.talk.utterance_rules import asks_back, says_unknown
from interviewer.interview.terminal import Status
from interviewer.session.events import Answered
from interviewer.session.log_file import read_log
from interviewer.simulate import candidate_prompts, personas
from interviewer.simulate.personas import PERSONAS, Persona
from interviewer.simulate.simulation import PATIENCE, CandidateTerminal, ModelCandidate
from interviewer.specs import banks

BANK = banks.open_bank()
QUESTIONS = [q for q in BANK.questions if not q.quick_fire][:20]


def say(
    persona: Persona, number: int, ability: float, seed: int = 1, probe: str | None = None
) -> str:
    return personas.answer(persona, ability, seed, BANK.question(number), BANK, probe)


@given(
    st.sampled_from(PERSONAS),
    st.sampled_from(QUESTIONS),
    st.floats(0, 1),
    st.integers(),
    st.none() | st.text(max_size=40),
)
def test_every_persona_always_has_something_fixed_to_say(
    persona: Persona, question: object, ability: float, seed: int, probe: str | None
) -> None:
    number = question.id  # type: ignore[attr-defined]
    first = say(persona, number, ability, seed, probe)
    assert first == say(persona, number, ability, seed, probe)
    if persona != "silent":
        assert first.strip()
    assert not asks_back(first, BANK.question(number).prompt)


@given(st.sampled_from(QUESTIONS), st.integers(), st.floats(0, 1), st.floats(0, 1))
def test_more_ability_never_knows_less(question: object, seed: int, one: float, two: float) -> None:
    low, high = sorted((one, two))
    for criterion in question.criteria:  # type: ignore[attr-defined]
        knew = personas.knows(seed, low, question, criterion.id)  # type: ignore[arg-type]
        assert not knew or personas.knows(seed, high, question, criterion.id)  # type: ignore[arg-type]


def test_ability_is_the_share_of_what_is_known() -> None:
    pairs = [(q, c.id) for q in BANK.questions for c in q.criteria]
    for ability in (0.0, 0.5, 1.0):
        known = sum(personas.knows(s, ability, q, c) for q, c in pairs for s in range(5))
        assert known / (5 * len(pairs)) == pytest.approx(ability, abs=0.05)


@pytest.mark.parametrize("number", [1, 2, 6, 14])
def test_each_persona_does_as_it_is_named(number: int) -> None:
    asked = BANK.question(number)
    accepts = {a for c in asked.criteria for a in (*c.accepts, c.statement)}
    false = {a for m in asked.misconceptions for a in (*m.accepts, m.statement)}
    assert all(
        any(personas.sentence(a) in say("strong", number, 1.0) for a in (*c.accepts, c.statement))
        for c in asked.criteria
    )
    assert say("strong", number, 0.0) == "I don't know"
    assert not any(a in say("vague", number, 0.0) for a in accepts)
    assert any(personas.sentence(a) == say("wrong", number, 0.0) for a in false)
    assert any(a.rstrip(".") in say("bluffing", number, 0.0) for a in false)
    injected = [say("injecting", number, 0.0, seed) for seed in range(20)]
    assert sum(bool(guards.addressed_to_grader(text)) for text in injected) > 10
    silent = {say("silent", number, 0.0, seed) for seed in range(30)}
    assert all(says_unknown(text) or text == "/skip" for text in silent)
    assert len(silent) > 2


def test_another_seed_says_it_in_another_way() -> None:
    assert len({say("strong", 1, 1.0, seed) for seed in range(10)}) > 4


def test_a_written_probe_is_answered_on_its_criterion_alone() -> None:
    question = BANK.question(1)
    for probe in question.probes:
        assert personas.aimed_at(question, probe.text) == probe.criterion
        text = say("strong", 1, 1.0, probe=probe.text)
        own = question.criterion(probe.criterion)
        assert text in {personas.sentence(a) for a in (*own.accepts, own.statement)}


def test_a_probe_in_other_words_is_recognised_by_its_words() -> None:
    question = BANK.question(1)
    assert personas.aimed_at(question, "What is the log of, in the idf?") == "idf-log-ratio"
    assert (
        personas.aimed_at(question, "How are the term frequency and idf multiplied?") == "product"
    )


def status(number: int, *, probe: bool = False) -> Status:
    return Status(1, 1, number, "A", 0.0, None, probe=probe)


def test_the_model_that_plays_the_candidate_is_told_what_it_knows_and_nothing_else() -> None:
    chat = ScriptedChat(["  I think it is a product. "])
    question = BANK.question(1)
    assert (
        ModelCandidate(chat, "vague", 1.0, 1).answer(question, None) == "I think it is a product."
    )
    told = chat.requests[0].messages[0].text
    assert all(c.statement in told for c in question.criteria)
    chat = ScriptedChat(["No idea."])
    ModelCandidate(chat, "wrong", 0.0, 1).answer(question, "And the log?")
    told, asked = (m.text for m in chat.requests[0].messages)
    assert not any(c.statement in told for c in question.criteria)
    assert "And the log?" in asked
    assert question.prompt in asked


def test_every_persona_has_a_manner_for_a_model() -> None:
    manners = {candidate_prompts.reply(p, (), "Why?", None)[0][1] for p in PERSONAS}
    assert len(manners) == len(PERSONAS)


def test_a_candidate_that_asks_back_for_ever_passes_in_the_end() -> None:
    chat = ScriptedChat(lambda _: "What do you mean?")
    seat = CandidateTerminal(ModelCandidate(chat, "silent", 0.0, 1), BANK)
    said = [seat.ask(status(1)).text for _ in range(PATIENCE + 1)]
    assert said == ["What do you mean?"] * PATIENCE + ["/skip"]


def test_a_reply_takes_as_long_as_saying_it() -> None:
    chat = ScriptedChat(["one two three four five"])
    seat = CandidateTerminal(ModelCandidate(chat, "strong", 1.0, 1), BANK)
    assert seat.ask(status(1)).seconds == 2.0
    assert seat.confirm("quit?") is False


@pytest.fixture
def simulate(
    call: Callable[..., Ran], tiny_folder: Path, tiny: Bank
) -> Callable[..., tuple[Ran, Path]]:
    def run(*args: object) -> tuple[Ran, Path]:
        before = set(Path("transcripts").glob("*.jsonl"))
        ran = call("simulate", "--bank", tiny_folder, "--grader", "overlap", *args)
        new = set(Path("transcripts").glob("*.jsonl")) - before
        return ran, new.pop() if new else Path()

    return run


def test_the_program_writes_a_usual_session(simulate: Callable[..., tuple[Ran, Path]]) -> None:
    ran, log = simulate("--ability", 1)
    assert ran.code == 0, ran.err
    assert "In short\n" in ran.out
    assert f"{log}\n" in ran.out
    assert "Question 1 of 3" not in ran.out
    session = read_log(log).session
    assert session.closed is not None
    assert log.with_suffix(".md").exists()
    again, other = simulate("--ability", 1)
    assert again.code == 0
    assert [e.text for e in read_log(log).events if isinstance(e, Answered)] == [
        e.text for e in read_log(other).events if isinstance(e, Answered)
    ]


def test_other_commands_take_it_only_where_it_is_named(
    simulate: Callable[..., tuple[Ran, Path]], call: Callable[..., Ran], tiny_folder: Path
) -> None:
    _, log = simulate("--ability", 1)
    assert read_log(log).session.started.simulated
    listed = call("list").out
    assert listed.endswith("; simulated\n")
    for command in ("report", "replay", "progress"):
        ran = call(command)
        assert (ran.code, "there is no session in transcripts" in ran.err) == (2, True), command
        assert "Simulated ones are taken by their FILE or number." in ran.err
    assert "never asked" in call("drill", "--list", "--bank", tiny_folder).out
    data = json.loads(call("plan", "--date", "2199-01-01", "--bank", tiny_folder, "--json").out)
    assert data["asked"] == 0
    assert call("export", "csv", "-", "--missed", "--bank", tiny_folder).code == 2
    assert "simulated" in call("replay", log).out
    assert "simulated" in log.with_suffix(".md").read_text("utf-8")
    assert call("report", log).code == 0


def test_the_newest_session_of_a_person_is_taken_and_resumed(
    simulate: Callable[..., tuple[Ran, Path]],
    tiny_run: Callable[..., tuple[Ran, Path]],
    call: Callable[..., Ran],
    tiny_folder: Path,
) -> None:
    _, own = tiny_run("--questions", "1-3", stdin="An answer.")
    own = own.rename(own.with_name("2020-own.jsonl"))
    _, other = simulate()
    lines = other.read_bytes().splitlines(keepends=True)
    other.write_bytes(b"".join(lines[:2]))  # as if stopped at its first question
    assert "An answer." in call("replay").out
    call("resume", "--bank", tiny_folder, stdin="Another.")
    assert "Another." in call("replay", own).out
    assert read_log(other).session.last_seq == 1
    assert "An answer." in call("replay", "latest").out
    assert "An answer." in call("replay", "2").out
    assert "simulated" in call("replay", "1").out  # a number names what list shows
    call("resume", other, "--bank", tiny_folder, stdin="Another.")
    assert read_log(other).session.last_seq > 1


def test_it_can_be_watched(simulate: Callable[..., tuple[Ran, Path]]) -> None:
    ran, _ = simulate("--persona", "wrong", "--questions", 1, "--show", "--style", "tough")
    assert ran.code == 0, ran.err
    assert "Question 1 of 1" in ran.out
    assert "> " in ran.out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--candidate", "nobody"), "names no language model"),
        (("--questions", "99"), "no question 99"),
        (("--ability", "2"), "0<=x<=1"),
        (("--persona", "rude"), "rude"),
    ],
)
def test_what_cannot_be_simulated(
    simulate: Callable[..., tuple[Ran, Path]], args: tuple[str, ...], said: str
) -> None:
    ran, _ = simulate(*args)
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_a_candidate_that_is_not_there(simulate: Callable[..., tuple[Ran, Path]]) -> None:
    ran, _ = simulate("--candidate", "openai:x", "--base-url", "http://127.0.0.1:9/v1")
    assert ran.code == 1
    assert "127.0.0.1:9" in ran.err
