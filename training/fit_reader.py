"""Train the reader: one command, with checkpoints that it goes on from.

    python training/fit_reader.py --asag FOLDER --claims FOLDER [--work FOLDER] [--minutes N]

Each round draws fresh samples: graded answers (all of them), answers by construction, and a share of
what other people labelled. A round's draw, order and noise follow from its number, so a stopped run
goes on where it was. Held-out answers, exam questions, frames and follow-ups are never read here.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "training")]

import torch
from make_encoder import packaged_source
from reader_compose import Composer, elsewhere, salad, trained_frames, twins
from reader_model import Reader, collate, encode, loss_of
from reader_samples import Sample, known, thinned
from reader_sources import (
    NEAR,
    asag_answers,
    bank_answers,
    bank_rows,
    ellipses,
    entailments,
    exam_answers,
    exam_files,
    exam_part,
    fits_decision,
    is_lesson,
    is_sentence,
    read_jsonl,
    reply_part,
    withheld_answer,
)
from tokenizers import Tokenizer

from interviewer.bank.bank_files import load_bank
from interviewer.check.behaving import shipped_oddities
from interviewer.common.libraries import load as load_library

BANK = ROOT / "rubrics" / "multimodal-embeddings"
DATA = ROOT / "training"
TOKENIZER = ROOT / "interviewer/grading/offline/weights/tokenizer.json"
BATCH_TOKENS = 2400
SHARES = {
    "conjnli": 0.07, "med": 0.12, "scone": 0.22, "breaking_nli": 0.14, "summedits": 0.12,
    "argkp": 0.05, "fm2": 0.4, "scientsbank": 0.3, "beetle": 0.35, "saf": 0.5,
}  # fmt: skip
"""What part of each set a round takes."""


class Data:
    """Everything there is to draw from."""

    def __init__(self, asag: Path, claims: Path, without: set[str], times: int = 1):
        self.times = times
        self.bank = load_bank(BANK)
        gold = [r for r in read_jsonl(BANK / "gold.jsonl") if not r["held_out"]]
        rows = bank_rows()
        if "voices" in without:
            rows = [r for r in rows if not str(r["id"]).startswith("v6-")]
        taught = [
            r for r in (*gold, *rows) if not withheld_answer(r) and not fits_decision(str(r["id"]))
        ]
        self.answers = bank_answers([r for r in taught if not is_lesson(r)], self.bank)
        self.classes = bank_answers([r for r in taught if is_lesson(r)], self.bank)
        paths = exam_files()
        self.exams: list[Sample] = []
        self.lessons: list[Sample] = []
        held = {"exams": self.exams, "lessons": self.lessons, "classes": self.classes}
        self.near: list[Sample] = []
        for path in paths:
            kept = self.near if path.stem in NEAR else held[path.parent.name]
            kept.extend(exam_answers(path, "train"))
        self.statements = [
            (r["question"], [c["statement"] for c in r["criteria"]], f"exam-{r['id']}")
            for p in paths
            for r in read_jsonl(p)
            if exam_part(r) == "train"
        ]
        if "exams" in without:
            self.exams, self.lessons, self.classes, self.near, self.statements = [], [], [], [], []
        self.ellipses = [s for s in ellipses(self.bank) if reply_part(s) == "train"]
        self.twins = {} if "twins" in without else twins()
        self.composer = Composer(trained_frames(), shipped_oddities()[::2], self.twins)
        self.others: dict[str, list[Sample]] = {}
        if "others" not in without:
            for s in [*asag_answers(asag, random.Random(1)), *entailments(asag, claims)]:
                self.others.setdefault(s.source, []).append(s)
        words = {w for q in self.bank.questions for c in q.criteria for w in c.statement.split()}
        self.vocabulary = sorted(w.strip(".,;()") for w in words if len(w) > 3)
        self.without = without

    def round(
        self,
        number: int,
        size: float = 1.0,
        exams_size: float = 1.0,
        lessons_size: float = 1.0,
        classes_size: float = 1.0,
    ) -> list[Sample]:
        """The samples of a round. exams_size, lessons_size, classes_size: the shares of exams/, of
        lessons/, and of classes/ with the lessons on the bank; what is near to right is drawn whole."""
        rng = random.Random(number)
        plain: list[Sample] = []
        plain += rng.sample(self.answers, int(len(self.answers) * size))
        exams = rng.sample(self.exams, int(len(self.exams) * exams_size))
        exams += rng.sample(self.lessons, int(len(self.lessons) * lessons_size))
        exams += rng.sample(self.classes, int(len(self.classes) * classes_size)) + self.near
        plain += [self.composer.spoken(s, rng) if rng.random() < 0.3 else s for s in exams]
        plain += self.ellipses
        near = 0.0 if "edits" in self.without else 0.2
        drawn = [self.composer.beside(s, rng) if rng.random() < near else s for s in plain]
        for name, samples in self.others.items():
            drawn += rng.sample(samples, int(len(samples) * SHARES[name] * size))
        if "composed" not in self.without:
            drawn += self._constructed(plain, rng, size)
        rng.shuffle(drawn)
        return known([thinned(s, rng, 12) for s in drawn])

    def _constructed(self, plain: list[Sample], rng: random.Random, size: float) -> list[Sample]:
        composer, found = self.composer, []
        for _ in range(int(90 * size)):
            found += [composer.bank_sample(q, rng) for q in self.bank.questions]
        for _ in range(int(16 * size) or 1):
            found += [salad(q, self.vocabulary, rng) for q in self.bank.questions]
        found += [elsewhere(self.bank, self.answers, rng) for _ in range(int(1500 * size))]
        if "edits" not in self.without:
            found += self._edited(rng, size)
        framable = [(q, s, g) for q, s, g in self.statements if any(map(is_sentence, s))]
        for _ in range(self.times):
            for (question, statement), pair in self.twins.items():
                for _ in range(max(1, len(pair.right) // 2)):
                    found += composer.twinned(question, statement, f"twins-{question}", rng)
        for _ in range(int(200 * size)):
            found += [s for q in self.bank.questions for s in composer.nearly(q, rng)]
        for _ in range(int(2500 * size) if framable else 0):
            question, statements, group = rng.choice(framable)
            good = [s for s in statements if is_sentence(s)]
            found.append(composer.statement_sample(question, good, group, rng))
        pairs = [s for n in ("conjnli", "scone", "med") for s in self.others.get(n, ())]
        for sample in rng.sample(plain + pairs[: len(plain) // 6], int(6000 * size)):
            made = composer.wrapped(sample, rng)
            if made:
                found.append(made)
        found += [composer.with_oddity(s, rng) for s in rng.sample(plain, int(1500 * size))]
        return found

    def _edited(self, rng: random.Random, size: float) -> list[Sample]:
        """Statements, exemplars and what is said for them, each beside itself with one change."""
        pool = [
            (q.prompt, [c.statement for c in claims], text, f"bank-{q.id}")
            for q in self.bank.questions
            for claims in ((*q.criteria, *q.misconceptions),)
            for c in claims
            for text in (c.statement, c.statement, *c.accepts[:6])
        ]
        pool += [
            (question, statements, s, group)
            for question, statements, group in self.statements
            for s in statements
            if is_sentence(s)
        ]
        pool += [(q, [], pair.right[0], f"twins-{q}") for (q, _), pair in self.twins.items()]
        drawn = rng.sample(pool, min(len(pool), int(2200 * size)))
        return [s for one in drawn for s in self.composer.minimal(*one, rng)]


def batches(lengths: list[int], rng: random.Random) -> list[list[int]]:
    """Indices in batches of like length, shuffled."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + rng.random() * 12)
    out: list[list[int]] = [[]]
    for i in order:
        if out[-1] and max(lengths[j] for j in [*out[-1], i]) * (len(out[-1]) + 1) > BATCH_TOKENS:
            out.append([])
        out[-1].append(i)
    rng.shuffle(out)
    return out


def groups_of(reader: Reader) -> list[dict[str, object]]:
    """What is trained, with less weight on what lies deeper: all but the word vectors, which the
    sentence encoder and the heads share."""
    for p in reader.bert.embeddings.parameters():
        p.requires_grad_(False)
    layers = reader.bert.encoder.layer
    found = []
    for depth, layer in enumerate(layers):
        scale = 0.85 ** (len(layers) - 1 - depth)
        found.append({"params": list(layer.parameters()), "scale": scale})
    heads = [
        p
        for part in (reader.verdict, reader.query, reader.key, reader.attend, reader.match)
        for p in part.parameters()
    ]
    return [*found, {"params": [*heads, reader.level], "scale": 3.0}]


def tokenizer() -> Tokenizer:
    """The shipped one, which neither pads nor cuts."""
    found = Tokenizer.from_file(str(TOKENIZER))
    found.no_padding()
    found.no_truncation()
    return found


def fresh_reader(source: Path | None = None, begin: Path | None = None) -> Reader:
    """The base of that folder with new heads, or with the weights to begin with.

    Without dropout: few passes do not overfit, and drawing its noise takes half of the time.
    """
    reader = Reader(
        load_library("transformers").BertModel.from_pretrained(
            source or packaged_source(),
            attn_implementation="eager",
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=0.0,
        )
    )
    if begin:
        found = torch.load(begin, weights_only=True)
        reader.load_state_dict(found.get("model", found), strict=False)
    return reader


def train(options: argparse.Namespace) -> None:
    """Rounds until the plan is done or the time is up."""
    torch.manual_seed(0)
    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    work = options.work
    work.mkdir(parents=True, exist_ok=True)
    data = Data(options.asag, options.claims, set(options.without), options.twins)
    reader = fresh_reader(options.source, options.begin)
    groups = groups_of(reader)
    optimiser = torch.optim.AdamW(
        [{"params": g["params"], "scale": g["scale"]} for g in groups], lr=1e-4, weight_decay=0.01
    )
    state = {"round": 0, "batch": 0, "step": 0, "spent": 0.0}
    saved = work / "reader.ckpt"
    if saved.exists():
        found = torch.load(saved, weights_only=True)
        reader.load_state_dict(found["model"])
        optimiser.load_state_dict(found["optimiser"])
        state = found["state"]
    reader.train()
    began, running = time.time(), None
    while state["round"] < options.rounds:
        samples = data.round(
            state["round"], options.size, options.exams or options.size, options.lessons,
            options.classes,
        )  # fmt: skip
        rows = encode(tokenizer(), samples)
        plan = batches([len(r.ids) for r in rows], random.Random(state["round"] + 1000))
        total = options.rounds * len(plan)
        for number in range(state["batch"], len(plan)):
            share = min(1.0, (state["round"] * len(plan) + number) / total)
            rate = min(1.0, state["step"] / 150) * (
                0.5 * (1 + math.cos(math.pi * share)) * 0.96 + 0.04
            )
            for group in optimiser.param_groups:
                group["lr"] = options.rate * group["scale"] * rate
            with torch.autocast("cpu", torch.bfloat16, enabled=options.half):
                loss = loss_of(reader, collate([rows[i] for i in plan[number]]))
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimiser.step()
            state["step"] += 1
            running = loss.item() if running is None else 0.98 * running + 0.02 * loss.item()
            spent = state["spent"] + time.time() - began
            if state["step"] % 50 == 0:
                print(json.dumps({"round": state["round"], "batch": number, "of": len(plan),
                                  "loss": round(running, 4), "seconds": round(spent)}), flush=True)  # fmt: skip
            over = options.minutes and time.time() - began > options.minutes * 60
            if state["step"] % 200 == 0 or over:
                _save(saved, reader, optimiser, {**state, "batch": number + 1, "spent": spent})
            if over:
                return
        state.update(round=state["round"] + 1, batch=0)
        _save(saved, reader, optimiser, {**state, "spent": state["spent"] + time.time() - began})
    torch.save(reader.state_dict(), work / "reader.pt")


def _save(
    path: Path, reader: Reader, optimiser: torch.optim.Optimizer, state: dict[str, float]
) -> None:
    partial = path.with_suffix(".part")
    torch.save(
        {"model": reader.state_dict(), "optimiser": optimiser.state_dict(), "state": state}, partial
    )
    partial.replace(path)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--asag", type=Path, required=True)
    parser.add_argument("--claims", type=Path, required=True)
    parser.add_argument("--source", type=Path)
    parser.add_argument("--work", type=Path, default=ROOT / "training" / "checkpoints")
    parser.add_argument("--begin", type=Path, help="weights to begin with, as far as they go")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--size", type=float, default=1.0, help="share of a full round that is drawn"
    )
    parser.add_argument("--exams", type=float, help="share of exams/, if not that of all")
    parser.add_argument("--lessons", type=float, default=1.0, help="share of lessons/")
    parser.add_argument(
        "--classes", type=float, default=1.0, help="share of classes/ and the lessons on the bank"
    )
    parser.add_argument(
        "--minutes", type=float, default=0.0, help="stop after so long; run again to go on"
    )
    parser.add_argument("--twins", type=int, default=1, help="how often a round draws each pair")
    parser.add_argument("--rate", type=float, default=8e-5)
    parser.add_argument(
        "--half", action="store_true", help="compute in bfloat16 where that is safe"
    )
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--without",
        nargs="*",
        default=[],
        choices=("voices", "exams", "others", "composed", "twins", "edits"),
    )
    train(parser.parse_args())


if __name__ == "__main__":
    main()
