"""Learn how travellers ask: the encoder of their questions, and the concepts that they mean.

    python -m scripts.tune_questions --index INDEX --travel ../shared/data/travel-questions/questions.csv

INDEX holds the public archive of travel advice. Written are index/data/travel.safetensors, low-rank additions to the
default model's weights (2.7 MB), and assistant/data/concepts.safetensors with concepts.txt, a multinomial logistic
regression on the vectors that the encoder then gives. The alarm and the judgement rest on the encoder and have to be
fitted after it (scripts/fit_alarm.py, `python -m eval fit`).

Only questions are embedded anew: the vectors of documents stay those of the default model, so no index changes. Three
things are learnt at once, from the files of eval/tuning: each question is drawn to the vector of its sentence under its
headings and away from others (InfoNCE: van den Oord and others, arXiv:1807.03748); among eight quotes, to those that
were judged to answer it; and its concept is to be told from its vector. What is learnt are additions of rank `RANK` to
the linear layers (LoRA: Hu and others, arXiv:2106.09685). It takes half an hour on two cores.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import torch
from safetensors.torch import load_file, save_file
from sentence_transformers import SentenceTransformer
from torch import nn
from torch.nn import functional

from index.embedding import load_embedder
from index.models import TRAVEL_MODEL, find_model
from index.snapshot import Snapshot
from scripts.tuning_data import Data, Judged, read

ROOT = Path(__file__).parents[1]
ADDITIONS = ROOT / "index" / "data" / "travel.safetensors"
CONCEPTS = ROOT / "assistant" / "data" / "concepts.safetensors"
RANK = 32
TEMPERATURE = 0.05
BATCHES = 96, 24, 128  # questions with their sentences, with judged quotes, with concepts
AT_ONCE = 50  # questions of like length through the encoder
LONGEST = 64  # tokens of a question
SCALE = 5.0  # of the vectors that the regression sees, so that it learns as fast as the encoder
RIDGE = 1e-4
REGRESSION_RATE = 0.01
PASSES = 10  # of the regression alone
HELD_OUT = 20  # every so manieth question with a concept is kept aside, to say how well it goes

Item = TypeVar("Item")


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


class Questions(nn.Module):
    """The encoder of questions with its additions, and the regression on what it gives."""

    def __init__(self, concepts: int, start: Path | None) -> None:
        super().__init__()
        model = SentenceTransformer(str(find_model().folder), device="cpu", local_files_only=True)
        self.tokenizer, self.encoder = model.tokenizer, model[0].auto_model
        for parameter in self.encoder.parameters():
            parameter.requires_grad_(False)
        self.layers = add_low_rank(self.encoder.encoder)
        self.regression = nn.Linear(self.encoder.config.hidden_size, concepts + 1)
        if start is not None:
            known = load_file(start)
            with torch.no_grad():
                for name, layer in self.layers.items():
                    layer.down.copy_(known[f"{name}.down"])
                    layer.up.copy_(known[f"{name}.up"])

    def forward(self, questions: Sequence[str]) -> torch.Tensor:
        """Vectors of length 1, shape (questions, dimension)."""
        order = sorted(range(len(questions)), key=lambda i: len(questions[i]))
        parts = [self._embed([questions[i] for i in order[at : at + AT_ONCE]]) for at in range(0, len(order), AT_ONCE)]
        return torch.cat(parts)[torch.tensor(order).argsort()]

    def _embed(self, questions: list[str]) -> torch.Tensor:
        tokens = self.tokenizer(questions, padding=True, truncation=True, max_length=LONGEST, return_tensors="pt")
        mask = tokens["attention_mask"].unsqueeze(-1).float()
        with torch.autocast("cpu", torch.bfloat16):
            hidden = self.encoder(**tokens).last_hidden_state.float()
        return functional.normalize((hidden * mask).sum(1) / mask.sum(1), dim=1)

    def concept_loss(self, vectors: torch.Tensor, concepts: torch.Tensor) -> torch.Tensor:
        """Of the regression, its weights held small."""
        ridge = RIDGE * self.regression.weight.square().sum()
        return functional.cross_entropy(self.regression(vectors * SCALE), concepts) + ridge


def learn_concepts(model: Questions, data: Data) -> None:
    """The regression alone, on the encoder as it stands; whatever it knew is forgotten."""
    model.eval()
    nn.init.zeros_(model.regression.weight)
    nn.init.zeros_(model.regression.bias)
    with torch.no_grad():
        vectors = model([one.question for one in data.named])
    concepts = torch.tensor([one.concept for one in data.named])
    optimizer = torch.optim.Adam(model.regression.parameters(), lr=5 * REGRESSION_RATE)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 1 / PASSES, PASSES)
    for _ in range(PASSES):
        for rows in torch.randperm(len(concepts)).split(512):
            optimizer.zero_grad()
            model.concept_loss(vectors[rows], concepts[rows]).backward()
            optimizer.step()
        schedule.step()


def learn_all(model: Questions, data: Data, steps: int, rate: float, rng: random.Random) -> None:
    """Encoder and regression together."""
    learnt = [p for layer in model.layers.values() for p in (layer.down, layer.up)]
    own = {"params": list(model.regression.parameters()), "weight_decay": 0.0}
    optimizer = torch.optim.AdamW([{"params": learnt, "weight_decay": 0.01}, own])
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, [rate, REGRESSION_RATE], total_steps=steps, pct_start=0.1)
    draws = draw(data.asked, BATCHES[0], rng), draw(data.judged, BATCHES[1], rng), draw(data.named, BATCHES[2], rng)
    model.train()
    started = time.monotonic()
    for step in range(steps):
        asked, judged, named = (next(drawn) for drawn in draws)
        vectors = model([one.question for one in (*asked, *judged, *named)])
        to_asked, to_judged, to_named = vectors.split([len(asked), len(judged), len(named)])
        right = torch.tensor([one.right for one in asked])
        sentence = functional.cross_entropy(to_asked @ data.sentences.T / TEMPERATURE, right)
        concept = model.concept_loss(to_named, torch.tensor([one.concept for one in named]))
        optimizer.zero_grad()
        (sentence + quotes_loss(to_judged, judged) + concept).backward()
        nn.utils.clip_grad_norm_(learnt, 1.0)
        optimizer.step()
        schedule.step()
        if step % 25 == 24:
            losses = f"sentence {float(sentence.detach()):.2f}, concept {float(concept.detach()):.2f}"
            say(f"step {step + 1} of {steps}: {losses}; {time.monotonic() - started:.0f} s")


def quotes_loss(vectors: torch.Tensor, judged: Sequence[Judged]) -> torch.Tensor:
    """Among each question's quotes, those that answer it should be nearest."""
    pairs = zip(vectors, judged, strict=True)
    near = [(functional.log_softmax(one.vectors @ vector / TEMPERATURE, 0), one.answers) for vector, one in pairs]
    return -torch.stack([(logs * answers).sum() for logs, answers in near]).mean()


def draw(items: Sequence[Item], size: int, rng: random.Random) -> Iterator[list[Item]]:
    """Batches without end, each item once before any comes again."""
    pool: list[Item] = []
    while True:
        if len(pool) < size:
            pool += rng.sample(items, len(items))
        yield [pool.pop() for _ in range(size)]


def say_how_well(model: Questions, aside: Data) -> None:
    """How often the concept of a question that was kept aside is the likeliest, and among the three likeliest."""
    model.eval()
    concepts = torch.tensor([one.concept for one in aside.named])
    with torch.no_grad():
        logits = model.regression(model([one.question for one in aside.named]) * SCALE)
    above = (logits > logits.gather(1, concepts[:, None])).sum(1)
    loss = functional.cross_entropy(logits, concepts)
    first, three = (float((above < n).float().mean()) for n in (1, 3))
    say(f"concepts kept aside: first {first:.3f}, among three {three:.3f}, loss {float(loss):.3f}")


def write(model: Questions, data: Data) -> None:
    """The additions, and the regression as it reads the encoder's vectors."""
    halves = {f"{n}.{part}": getattr(layer, part) for n, layer in model.layers.items() for part in ("down", "up")}
    save_file({name: tensor.detach().half().contiguous() for name, tensor in halves.items()}, ADDITIONS)
    tensors = {"weights": model.regression.weight.detach() * SCALE, "intercepts": model.regression.bias.detach()}
    key = find_model(TRAVEL_MODEL).identity.key
    save_file({name: tensor.half().contiguous() for name, tensor in tensors.items()}, CONCEPTS, {"encoder": key})
    CONCEPTS.with_suffix(".txt").write_text("".join(f"{terms}\n" for terms in data.concepts), "utf-8")


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def main() -> None:
    """Read, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--travel", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="Additions to go on from.")
    parser.add_argument("--steps", type=int, default=600, help="0 leaves the additions as they are.")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    rng = random.Random(given.seed)  # noqa: S311 - a draw, not a secret
    data = read(Snapshot.open(given.index, load_embedder()), given.travel, rng)
    rng.shuffle(data.named)
    aside = Data([], data.sentences, [], data.named[::HELD_OUT], data.concepts)
    del data.named[::HELD_OUT]
    counts = len(data.asked), len(data.sentences), len(data.judged), len(data.named), len(data.concepts)
    torch.set_num_threads(os.cpu_count() or 1)  # opening an index leaves one
    say("{} questions to {} sentences, {} with judged quotes, {} of {} concepts".format(*counts))
    model = Questions(len(data.concepts), given.start)
    learn_concepts(model, data)
    say_how_well(model, aside)
    if given.steps:
        learn_all(model, data, given.steps, given.rate, rng)
        say_how_well(model, aside)
        learn_concepts(model, data)
        say_how_well(model, aside)
    write(model, data)


if __name__ == "__main__":
    main()
