"""Tune the encoder of travellers' questions: low-rank additions to the default model's weights, 2.7 MB as safetensors.

    python scripts/tune_questions.py --index INDEX --out index/data/travel.safetensors

INDEX holds the public archive of travel advice. Each line of eval/tuning/questions.jsonl names a sentence of it
(document, offsets, sha256) and three questions that it answers, written for this project; see eval/tuning/README.md.

Only questions are embedded anew: the vectors of documents stay those of the default model, so no index changes. Each
question is drawn to the vector of its sentence under its headings and away from those of all other sentences that were
asked about and of some random ones (InfoNCE: van den Oord and others, arXiv:1807.03748). What is learnt are additions
of rank `RANK` to the linear layers (LoRA: Hu and others, arXiv:2106.09685). On two cores it takes about ten minutes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from safetensors.torch import save_file
from sentence_transformers import SentenceTransformer
from torch import nn

from index.embedding import load_embedder
from index.models import find_model
from index.snapshot import Snapshot
from index.units import embedded_texts

QUESTIONS = Path(__file__).parents[1] / "eval" / "tuning" / "questions.jsonl"
RANK = 32
TEMPERATURE = 0.05
BATCH = 128
RANDOM_SENTENCES = 6000
LONGEST = 64  # tokens of a question


class Example(NamedTuple):
    """A question, and the row of its sentence among the candidates."""

    question: str
    right: int


class LowRank(nn.Module):
    """A frozen linear layer plus `up @ down`."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.linear = linear
        self.down = nn.Parameter(torch.randn(RANK, linear.in_features) / linear.in_features**0.5)
        self.up = nn.Parameter(torch.zeros(linear.out_features, RANK))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """The layer's output with the addition."""
        added: torch.Tensor = self.linear(x) + (x @ self.down.T) @ self.up.T
        return added


def add_low_rank(module: nn.Module, prefix: str = "encoder.") -> dict[str, LowRank]:
    """Replace every linear layer inside a module; by the names of their weights."""
    found: dict[str, LowRank] = {}
    for name, child in list(module.named_children()):
        if isinstance(child, nn.Linear):
            found[f"{prefix}{name}.weight"] = low = LowRank(child)
            setattr(module, name, low)
        else:
            found |= add_low_rank(child, f"{prefix}{name}.")
    return found


def read(index: Path, rng: random.Random) -> tuple[list[Example], torch.Tensor]:
    """The examples, and the vectors of the sentences asked about and of others, shape (sentences, dimension)."""
    snapshot = Snapshot.open(index, load_embedder())
    texts: dict[str, int] = {}
    examples = []
    for record in map(json.loads, QUESTIONS.read_text("utf-8").splitlines()):
        text = sentence(snapshot, record)
        if text is not None:
            right = texts.setdefault(text, len(texts))
            examples += [Example(question, right) for question in record["questions"]]
    for row in rng.sample(range(len(snapshot)), min(RANDOM_SENTENCES, len(snapshot))):
        found = unit_texts(snapshot, row)
        if found:
            texts.setdefault(rng.choice(list(found.values())), len(texts))
    return examples, torch.from_numpy(snapshot.embedder.embed(list(texts)))


def sentence(snapshot: Snapshot, record: dict[str, str | int]) -> str | None:
    """The embedded text of the sentence that a record names; None where the index has it no more."""
    numbers = [n for n, d in enumerate(snapshot.manifest.documents) if d["doc_id"] == record["doc"]]
    start, end = int(record["start"]), int(record["end"])
    for number in numbers:
        text = snapshot.text(snapshot.document(number))
        if hashlib.sha256(text[start:end].encode()).hexdigest() == record["sha256"]:
            for row in np.flatnonzero(snapshot.files.tables.document == number).tolist():
                if start in (found := unit_texts(snapshot, row)):
                    return found[start]
    return None


def unit_texts(snapshot: Snapshot, row: int) -> dict[int, str]:
    """What was embedded for each unit of a passage, by where the unit begins."""
    document = snapshot.document(int(snapshot.files.tables.document[row]))
    units, _ = snapshot.units(row)
    whole = replace(document, text=snapshot.text(document))
    found = embedded_texts(whole, snapshot.files.tables.passage(row), units)
    return {unit.start: text for unit, text in zip(units, found, strict=True)}


def tune(
    examples: list[Example], sentences: torch.Tensor, epochs: int, rate: float, rng: random.Random
) -> dict[str, LowRank]:
    """Learn the additions."""
    model = SentenceTransformer(str(find_model().folder), device="cpu", local_files_only=True)
    encoder, tokenizer = model[0].auto_model, model.tokenizer
    for parameter in encoder.parameters():
        parameter.requires_grad_(False)
    layers = add_low_rank(encoder.encoder)
    learnt = [p for layer in layers.values() for p in (layer.down, layer.up)]
    optimizer = torch.optim.AdamW(learnt, lr=rate, weight_decay=0.01)
    steps = epochs * (len(examples) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps, pct_start=0.1)
    encoder.train()
    for step in range(steps):
        at = step % (len(examples) // BATCH)
        if at == 0:
            rng.shuffle(examples)
        batch = examples[at * BATCH : (at + 1) * BATCH]
        tokens = tokenizer(
            [e.question for e in batch], padding=True, truncation=True, max_length=LONGEST, return_tensors="pt"
        )
        mask = tokens["attention_mask"].unsqueeze(-1).float()
        hidden = encoder(**tokens).last_hidden_state
        vectors = nn.functional.normalize((hidden * mask).sum(1) / mask.sum(1), dim=1)
        loss = nn.functional.cross_entropy(vectors @ sentences.T / TEMPERATURE, torch.tensor([e.right for e in batch]))
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(learnt, 1.0)
        optimizer.step()
        schedule.step()
        if step % 20 == 19:
            print(f"step {step + 1} of {steps}, loss {float(loss.detach()):.3f}", file=sys.stderr, flush=True)
    return layers


def main() -> None:
    """Read, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    torch.manual_seed(asked.seed)
    rng = random.Random(asked.seed)  # noqa: S311 - a draw, not a secret
    examples, sentences = read(asked.index, rng)
    print(f"{len(examples)} questions, {len(sentences)} sentences", file=sys.stderr)
    layers = tune(examples, sentences, asked.epochs, asked.rate, rng)
    halves = {(name, part): getattr(layer, part) for name, layer in layers.items() for part in ("down", "up")}
    save_file({f"{n}.{part}": t.detach().half().contiguous() for (n, part), t in halves.items()}, asked.out)


if __name__ == "__main__":
    main()
