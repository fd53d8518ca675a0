"""One small index of the made-up archive, searched with the real model: built once for all tests here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Assistant
from assistant.outcome import Answer
from index.build import build
from index.embedding import Embedder, load_embedder
from index.snapshot import Snapshot

TESTS = Path(__file__).parents[1]
OBSERVED = date(2026, 8, 22)
TODAY = date(2026, 9, 1)

Ask = Callable[..., Answer]


@pytest.fixture(scope="session")
def model() -> Embedder:
    """The model that ships."""
    return load_embedder()


@pytest.fixture(scope="session")
def small_index(tmp_path_factory: pytest.TempPathFactory, model: Embedder) -> Path:
    """46 pages of the made-up archive and of the made-up feed."""
    folder = tmp_path_factory.mktemp("small") / "index"
    build(folder, {"archive": TESTS / "archive", "us": TESTS / "us_advisories"}, model, observed=OBSERVED)
    return folder


@pytest.fixture(scope="session")
def snapshot(small_index: Path, model: Embedder) -> Snapshot:
    """Its one state."""
    return Snapshot.open(small_index, model)


@pytest.fixture(scope="session")
def assistant(snapshot: Snapshot) -> Assistant:
    """Who answers from it."""
    return Assistant(snapshot)


@pytest.fixture(scope="session")
def ask(assistant: Assistant) -> Ask:
    """Ask it on 1 September 2026: `ask(words, history=…, place=…)`."""
    return lambda words, **rest: assistant.ask(words, today=TODAY, **rest)
