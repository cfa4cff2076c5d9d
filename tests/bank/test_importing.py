"""Documents of several shapes: what is found in them, and what is said to be missed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from samples import ROOT

from interviewer.bank import bank_writing, drafts
from interviewer.bank.bank_files import load_bank
from interviewer.bank.importing import cutting, drafting, import_report, reading
from interviewer.bank.importing.drafting import Imported
from interviewer.bank.importing.import_report import ImportReport
from interviewer.bank.importing.spoken import spoken

DOCUMENTS = ROOT / "tests" / "data" / "documents"


def imported(name: str) -> Imported:
    return drafting.draft(reading.read_document(DOCUMENTS / name), bank_id="x", title=name)


def pasted(text: str) -> Imported:
    return drafting.draft(reading.read_pasted(text, "-"), bank_id="x", title="pasted")


def report(found: Imported) -> ImportReport:
    return import_report.report_of(found, document="d", folder="f")


def missed(found: Imported) -> list[tuple[int, str]]:
    return [(m.line, m.why) for m in found.missed]


def prompts(found: Imported) -> list[str]:
    return [q.prompt for q in found.bank.questions]


def statements(found: Imported, number: int) -> list[str]:
    return [c.statement for c in found.bank.question(number).criteria]


def test_a_grill_of_the_shape_of_the_first_one() -> None:
    """Headings with and without letters, questions that run on in a line, tiers and aims in prose."""
    found = imported("storage-grill.txt")
    bank = found.bank
    assert bank.title == "Databases from Disk Up — Interview Grill"
    assert [q.id for q in bank.questions] == list(range(1, 15))
    assert [(s.id, s.title) for s in bank.sections] == [
        ("A", "Storage"),
        ("B", "Indexes / access"),
        ("C", "Transactions"),
        ("Q", "Quick fire"),
    ]
    assert [q.section for q in bank.questions] == list("AAAABBBCCCQQQQ")
    assert [(t.questions, t.failing) for t in bank.tiers] == [
        ((1, 2, 3, 4), "You don't know where rows live."),
        ((5, 6, 7, 8, 9, 10), "Query tuning will go past you."),
    ]
    # "12 questions ... until you can answer 8+": of the 12 that the document counts.
    assert [(a.name, len(a.questions), a.target) for a in bank.aims] == [
        ("drill", 12, 8),
        ("cold", 14, 10),
    ]
    assert found.remarks == ("the document says 12 questions; 14 were found",)
    assert found.missed == ()
    assert [q.id for q in bank.questions if q.gaps] == [1, 7, 10]
    assert {q.id: q.kind for q in bank.questions if q.kind != "definition"} == {
        1: "formula", 2: "why", 3: "list", 5: "list", 6: "contrast", 8: "list",
        **dict.fromkeys((11, 12, 13, 14), "quick-fire"),
    }  # fmt: skip
    assert found.origins[12].line == found.origins[11].line == 17
    assert bank.question(12).references == ("Reading what is not committed.",)


def test_markdown_with_headings_lists_code_and_folds() -> None:
    found = imported("networks.md")
    assert prompts(found) == [
        "What does TCP promise that UDP does not?",
        "Why is there a three-way handshake?",
        "What is a subnet mask?",
        "How large is an IPv6 address?",
        "What does NAT do?",
    ]
    assert [s.title for s in found.bank.sections] == ["Transport", "Addressing"]
    assert statements(found, 1)[:3] == [
        "Ordered delivery.",
        "Retransmission of lost segments.",
        "Flow control.",
    ]
    # Steps within an answer are no questions.
    assert statements(found, 2)[1:] == ["SYN.", "SYN-ACK.", "ACK."]
    assert [m.statement for m in found.bank.question(4).misconceptions] == ["64 bits."]
    assert missed(found) == [
        (3, "it belongs to no question"),
        (26, "a question without an answer"),
        (44, "it belongs to no question"),
    ]
    assert [q.id for q in found.bank.questions if q.gaps] == [5]  # the picture


def test_a_pasted_chat() -> None:
    found = imported("chat.txt")
    assert prompts(found) == [
        "What is the GIL?",
        "Why does it not hurt programs that wait for the network?",
        "What is a generator?",
    ]
    assert "and numpy releases it as well" in found.bank.question(2).references[0]
    assert missed(found) == [
        (1, "in a chat, and answered by no more than 'yes'"),
        (10, "a question without an answer"),
        (11, "the one who asks says it, and it is no question"),
    ]


def test_a_table() -> None:
    found = imported("linux.csv")
    assert [s.title for s in found.bank.sections] == ["Processes", "Files"]
    assert found.bank.question(1).references == ("0", "It returns zero.")
    assert found.bank.question(1).criteria[0].accepts == ("It returns zero.",)
    assert missed(found) == [
        (5, "a question without an answer"),
        (6, "a row without a question"),
    ]


def test_notes_of_anki() -> None:
    found = imported("anki-notes.txt")
    assert [s.title for s in found.bank.sections] == ["Statistics, Tests", "Statistics"]
    assert prompts(found)[:2] == ["What is a p-value?", "When is a t-test used?"]
    assert statements(found, 2) == ["Small samples.", "Unknown variance."]
    assert found.bank.question(3).references == ("the square root of n",)
    assert missed(found)[-1] == (8, "a picture asks it, and nobody can say that")


def test_promptfoo() -> None:
    found = imported("promptfoo.yaml")
    first, second = found.bank.questions
    assert first.references == ("A refund takes up to five working days.",)
    assert [(c.statement, c.weight) for c in first.criteria] == [
        ("Says that it takes up to five working days", 2.0),
        ("Tells where the money goes", 1.0),
    ]
    assert [m.statement for m in first.misconceptions] == ["at once"]
    assert [(g.enough, len(g.of)) for g in second.groups] == [(1, 3)]
    assert [line for line, _ in missed(found)] == [19, 25, 27]
    # What the file itself states is no draft; its kind, and a reference made of criteria, are.
    assert {line.at for line, _ in drafts.unread(first)} == {"kind"}
    assert {line.at for line, _ in drafts.unread(second)} == {"kind", "references"}


def test_autorubric() -> None:
    found = imported("autorubric.json")
    (only,) = found.bank.questions
    assert [c.weight for c in only.criteria] == [10, 5, 3]
    assert [m.statement for m in only.misconceptions] == [
        "Claims that the sugar comes from the soil"
    ]
    assert missed(found) == [(8, "its scale was not taken over: it is met or not")]


@pytest.mark.parametrize(
    "path", sorted(p for p in DOCUMENTS.rglob("*") if p.is_file()), ids=lambda p: p.name
)
def test_what_is_written_loads_as_it_was(path: Path, tmp_path: Path) -> None:
    found = imported(str(path.relative_to(DOCUMENTS)))
    told = {n: f"line {o.line}: {o.text}" for n, o in found.origins.items()}
    bank_writing.write_bank(tmp_path / "x", bank_writing.bank_texts(found.bank, told))
    assert load_bank(tmp_path / "x") == found.bank
    for question in found.bank.questions:
        own = {
            ("prompt", found.origins[question.id].text),
            *(("references", r) for r in question.references),
        }
        marked = {(line.at, line.text) for line, _ in drafts.unread(question)}
        for line in drafts.lines_of(question):
            if line.at in ("kind", "prompt"):
                assert (line.at, line.text) in own | marked


SHAPES: list[tuple[str, int, list[str]]] = [
    ("1. What is a? It is b.\n2. What is c? It is d.", 2, ["It is b."]),
    ("1) What is a?\n   It is b.\n2) What is c?\n   It is d.", 2, ["It is b."]),
    ("Q1: What is a?\nA1: It is b.\nQ2: What is c?\nA2: It is d.", 2, ["It is b."]),
    ("Q. What is a?\nA. It is b.\n\nQ. What is c?\nA. It is d.", 2, ["It is b."]),
    ("- What is a? It is b.\n- What is c? It is d.", 2, ["It is b."]),
    ("What is a?\nIt is b.\n\nWhat is c?\nIt is d.", 2, ["It is b."]),
    ("## What is a?\nIt is b.\n## What is c?\nIt is d.", 2, ["It is b."]),
    ("# Deck\n## Explain a\nIt is b.\n## Explain c\nIt is d.", 2, ["It is b."]),
    ("Question 1: What is a?\nAnswer: It is b.\nQuestion 2: What is c?\nAnswer: It is d.", 2, ["It is b."]),
    ("Interviewer: What is a?\nCandidate: It is b.\nInterviewer: And c?\nCandidate: It is d.", 2, ["It is b."]),
    ("1. What is a? It is b. 2. What is c? It is d. 3. What is e? It is f.", 3, ["It is b."]),
    ("1. Alpha: It is b.\n2. Gamma: It is d.", 2, ["It is b."]),
    ("**1. What is a?**\n\nIt is b.\n\n**2. What is c?**\n\nIt is d.", 2, ["It is b."]),
    ("What is a?\tIt is b.\nWhat is c?\tIt is d.", 2, ["It is b."]),
    ("1. How does a work?\n1. it b1\n2. it b2\n2. What is c? It is d.", 2, ["It b1.", "It b2."]),
    ("1. What is a (or \"a?\") in b? It is c.\n2. d? It is e.", 2, ["It is c."]),
    ("1. What is a? Why? It is b.\n2. c? It is d.", 2, ["It is b."]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "count", "first"), SHAPES, ids=[s[0][:24] for s in SHAPES])
def test_questions_in_all_their_shapes(text: str, count: int, first: list[str]) -> None:
    found = pasted(text)
    assert len(found.bank.questions) == count
    assert statements(found, found.bank.questions[0].id) == first
    table = "no headings: the first column is taken for the question, the second for the answer"
    assert missed(found) == ([(1, table)] if "\t" in text else [])


def test_numbers_that_cannot_be_kept_are_told() -> None:
    twice = pasted("1. a? It is b.\nTwo things\n1. c? It is d.\nIf you can't answer 1-2, no.")
    assert [q.id for q in twice.bank.questions] == [1, 2]
    assert twice.remarks == (
        "the numbers of the document were not kept (1 stands more than once): they now run from 1",
    )
    # Which questions that tier means cannot be told.
    assert twice.bank.tiers == ()
    assert [why for _, why in missed(twice)] == ["a tier of questions that were not found"]
    gone = pasted("1. a? It is b.\n2. c? It is d.\n5. e? It is f.")
    assert gone.remarks == ("no question has the number 3-4",)


@pytest.mark.parametrize(
    ("said", "target", "count"),
    [
        ("Aim for 2+/3 cold.", 2, 3),
        ("Target: 3 out of 3.", 3, 3),
        ("Pass mark is 60%.", 2, 3),  # 0.6 * 3 = 1.8, so 2
        ("You should get at least 2+ before the day.", 2, 3),
    ],
)
def test_aims_in_prose(said: str, target: int, count: int) -> None:
    found = pasted(f"1. a? It is b.\n2. c? It is d.\n3. e? It is f.\n{said}")
    assert [(a.target, len(a.questions)) for a in found.bank.aims] == [(target, count)]


def test_an_aim_that_counts_what_is_not_there_is_told() -> None:
    found = pasted("1. a? It is b.\n2. c? It is d.\nAim for 5/9.")
    assert found.bank.aims == ()
    assert missed(found) == [(3, "an aim beyond the 2 questions")]
    assert found.remarks == ("line 3 counts 9 questions; 2 were found",)


def test_a_package_of_anki(tmp_path: Path) -> None:
    """One that this program writes itself, and what Anki's newest form is told."""
    pytest.importorskip("genanki")
    from samples import WHEN

    from interviewer.drill.card_files import write_deck
    from interviewer.drill.cards import make_cards
    from interviewer.specs.banks import open_bank

    shipped = open_bank()
    cards = list(make_cards(shipped))[:12]
    write_deck(tmp_path / "d.apkg", cards, bank=shipped.id, title=shipped.title, at=WHEN)
    found = drafting.draft(reading.read_document(tmp_path / "d.apkg"), bank_id="x", title="deck")
    assert len(found.bank.questions) == 12
    assert found.bank.sections[0].title == shipped.title
    assert found.bank.questions[0].prompt == shipped.question(1).prompt
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("collection.anki21b", b"zstd")
    (tmp_path / "new.apkg").write_bytes(held.getvalue())
    with pytest.raises(Exception, match="Support older"):
        reading.read_document(tmp_path / "new.apkg")


def test_quick_fire_on_one_line_is_found_in_full() -> None:
    """An answer that is a number is none of the numbers of the questions."""
    found = pasted(
        "Quick fire\n1. Usual port? 443. 2. Majority of 5? 3. 3. What does fsync do? It forces data"
        " to disk. 4. CDC = ? 5. 5. And the sixth? 6."
    )
    assert [(q.id, q.references) for q in found.bank.questions] == [
        (1, ("443.",)),
        (2, ("3.",)),
        (3, ("It forces data to disk.",)),
        (4, ("5.",)),
        (5, ("6.",)),
    ]
    assert missed(found) == []
    # A criterion is not named by a number, which would read as its place.
    assert {c.id for q in found.bank.questions for c in q.criteria} == {"point", "forces-data-disk"}


def test_an_aim_at_the_first_questions_is_at_those() -> None:
    found = pasted("Aim for 1+ of the first 2.\n1. a? It is b.\n2. c? It is d.\n3. e? It is f.")
    first = pasted("1. a? It is b.\n2. c? It is d.\n3. e? It is f.\nAim for 1+ of the first 2.")
    assert [(a.questions, a.target) for a in first.bank.aims] == [((1, 2), 1)]
    assert found.bank.aims == first.bank.aims


CONTRASTS: list[tuple[str, list[str], list[str]]] = [
    # The side that is not so has a subject and a verb of its own.
    ("The clock returns not a point but an interval.",
     ["The clock returns an interval."], ["The clock returns a point."]),
    ("It has 128 bits, not 64 bits.", ["It has 128 bits."], ["It has 64 bits."]),
    # It has not: it is a point of its own, so that who says the first half has that.
    ("A commit costs one sequential write, not many random page writes.",
     ["A commit costs one sequential write.", "Not many random page writes."], []),
    ("Write: delete the cache entry, not update it.",
     ["Write: delete the cache entry.", "Write: not update it."], []),
    ("Only within a partition, not across a topic.", ["Only within a partition.", "Not across a topic."], []),
    ("Not a list but a tuple.", ["Not a list but a tuple."], []),
    ("It equals some serial order, not necessarily the real-time order.",
     ["It equals some serial order, not necessarily the real-time order."], []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "claims", "wrong"), CONTRASTS, ids=[c[0][:24] for c in CONTRASTS]
)
def test_what_is_not_so_is_told_apart(answer: str, claims: list[str], wrong: list[str]) -> None:
    found = cutting.cut("What is it?", answer)
    assert [c.statement for c in found.claims] == claims
    assert [c.statement for c in found.wrong] == wrong


def cut(answer: str, prompt: str = "How do they differ?") -> list[str]:
    return [c.statement for c in cutting.cut(prompt, answer).claims]


def test_every_clause_after_a_label_is_about_it() -> None:
    """A claim without its label would also be met by the swapped answer."""
    sides = cut(
        "Local: each shard indexes its own rows, so a write touches one shard but a read must ask all of"
        " them. Global: the index is itself sharded; a read asks one shard but a write touches several."
    )
    assert sides == [
        "Local: each shard indexes its own rows.",
        "Local: a write touches one shard.",
        "Local: a read must ask all of them.",
        "Global: the index is itself sharded.",
        "Global: a read asks one shard.",
        "Global: a write touches several.",
    ]
    # What the next sentence says is about it only where it says so.
    assert cut("LSM: buffers writes in memory. Files may have to be merged.") == [
        "LSM: buffers writes in memory.",
        "Files may have to be merged.",
    ]


@pytest.mark.parametrize(
    ("answer", "claims"),
    [
        # What is about the clause before it stays with it.
        ("Consistency needs coordination between replicas, and that costs round trips.", 1),
        ("Rules that held before the transaction hold after it, which is mostly the job of the application.", 1),
        ("Twice: you read the same row twice and get two values.", 1),
        ("About single objects and real time.", 1),
        ("Typical: N=3, W=2, R=2.", 1),
        ("Types that merge automatically, in any order, so replicas converge.", 1),
        # And what names things is still cut.
        ("Less space and fewer files.", 2),
        ("Without locks, without waits, without retries.", 3),
        ("Atomicity, consistency, isolation, durability.", 4),
    ],
)  # fmt: skip
def test_what_hangs_on_its_neighbour_is_not_cut_off(answer: str, claims: int) -> None:
    assert len(cut(answer)) == claims


def test_what_only_seems_to_join_a_clause_stays() -> None:
    said = [
        "Because the choices were tuned on it, its score is too rosy.",
        "Because of the load the queue grows.",
        "Then comes the tuning on instructions.",
    ]
    assert cut(" ".join(said)) == said


def test_a_claim_begins_with_a_capital_and_without_what_joined_it() -> None:
    assert cut(
        "It skips files that do not contain the key, so a point lookup does not read every file."
        " More shards do not help, because one key lives on one shard."
    ) == [
        "It skips files that do not contain the key.",
        "A point lookup does not read every file.",
        "More shards do not help.",
        "One key lives on one shard.",
    ]


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Write skew?", "What is write skew?"),
        ("Name two optimizers?", "Name two optimizers."),
        ("Default isolation level in Postgres?", "What is the default isolation level in Postgres?"),
        ("Majority of 5 nodes?", "What is the majority of 5 nodes?"),
        ("Dirty read vs phantom?", "How do dirty read and phantom differ?"),
        ("Redis vs Memcached?", "How do Redis and Memcached differ?"),
        ("Cache-aside: how do reads and writes go?", "Cache-aside: how do reads and writes go?"),
        ("Nested loop and merge join: when which?", "Nested loop and merge join: when which?"),
    ],
)  # fmt: skip
def test_a_heading_as_it_is_spoken(heading: str, said: str) -> None:
    assert spoken(heading) == said


def test_the_grill_on_databases_is_found_in_full() -> None:
    document = reading.read_document(ROOT / "rubrics" / "databases" / "grill.md")
    found = drafting.draft(document, bank_id="x", title="x")
    assert [q.id for q in found.bank.questions] == list(range(1, 51))
    assert found.missed == ()
    assert found.remarks == ()
    assert [(d.line, d.why) for d in found.doubts] == [
        (23, "all are asked for, though it says 'or'"),
        (29, "any one is enough"),
        (58, "any one is enough"),
    ]
    assert [(a.target, len(a.questions)) for a in found.bank.aims] == [(30, 45), (33, 50)]
    wrong = [m.statement for q in found.bank.questions for m in q.misconceptions]
    assert wrong == ["An update overwrites.", "The clock returns a point."]


def test_or_is_a_choice_between_sentences_and_told_in_a_list() -> None:
    """Each "Or" is another way to make the point of the sentence before, which stays whole; they weigh
    what the heaviest of them does."""
    found = pasted(
        "1. Why is an index not used? The query matches too much, so a scan is cheaper. Or the statistics are"
        " stale. Or the column is wrapped. It is no fault.\n"
        "2. What can it be? Null, zero, or empty.\n"
    )
    first, second = found.bank.questions
    assert [(c.statement, c.weight) for c in first.criteria] == [
        ("The query matches too much, so a scan is cheaper.", 2.0),
        ("The statistics are stale.", 2.0),
        ("The column is wrapped.", 2.0),
        ("It is no fault.", 1.0),
    ]
    assert [(g.enough, g.of) for g in first.groups] == [
        (1, tuple(c.id for c in first.criteria[:3]))
    ]
    assert (len(second.criteria), second.groups) == (3, ())
    said = " / ".join(c.statement for c in first.criteria[:3])
    assert [(d.line, d.why, d.text) for d in found.doubts] == [
        (1, "any one is enough", said),
        (2, "all are asked for, though it says 'or'", "Null, zero, or empty"),
    ]
    shown = [text for _, text in import_report.lines(report(found))]
    assert "What may be meant otherwise (2); 'bank edit' changes it:" in shown
    assert f"  line 1: any one is enough: {said}" in shown


def test_how_many_are_wanted_goes_before_or() -> None:
    found = pasted("1. Name two fruits? Apple, pear, quince. Or plum.\n2. What is c? It is d.")
    (group,) = found.bank.questions[0].groups
    assert (group.enough, len(group.of)) == (2, len(found.bank.questions[0].criteria))
    assert found.doubts == ()
