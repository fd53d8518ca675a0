"""Fixtures that several test modules share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes import HashEmbedder

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture
def embedder() -> HashEmbedder:
    """A fresh hash embedder, so that what it embedded can be counted."""
    return HashEmbedder()


@pytest.fixture(scope="session")
def archive_folder() -> Path:
    """The real advisories; the test is skipped where they are absent."""
    folder = DATA / "advisories"
    if not folder.is_dir():
        pytest.skip(f"the archive is not at {folder}")
    return folder
