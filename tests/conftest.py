"""Fixtures that several test modules share."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from index.documents import Document, Reading
from index.readers.folder import read_source
from tests.fakes import HashEmbedder

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture
def embedder() -> HashEmbedder:
    """A fresh hash embedder, so that what it embedded can be counted."""
    return HashEmbedder()


@pytest.fixture(scope="session")
def archive_pages() -> list[Document]:
    """150 real pages, the same at each run; the test is skipped where the archive is absent."""
    folder = DATA / "advisories"
    if not folder.is_dir():
        pytest.skip(f"the archive is not at {folder}")
    found = [item.document for item in read_source("advisories", folder) if isinstance(item, Reading)]
    return random.Random(7).sample(found, 150)
