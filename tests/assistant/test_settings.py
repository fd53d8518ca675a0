"""Where things are."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import SHIPPED, index_folder, model_name
from index.models import DEFAULT_MODEL


def test_the_index_given_comes_before_the_variable_before_the_data_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("SAFECITE_INDEX", "/somewhere/named")
    assert index_folder(Path("/given")) == Path("/given")
    assert index_folder() == Path("/somewhere/named")
    monkeypatch.setenv("SAFECITE_INDEX", "")
    assert (index_folder().name, index_folder().parent.name) == ("index-2", "safecite")
    monkeypatch.delenv("SAFECITE_INDEX")
    assert (index_folder().name, index_folder().parent.name) == ("index-2", "safecite")


def test_the_model_is_the_one_named_else_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFECITE_MODEL", "/models/mine")
    assert model_name() == "/models/mine"
    monkeypatch.setenv("SAFECITE_MODEL", "")
    assert model_name() == DEFAULT_MODEL
    monkeypatch.delenv("SAFECITE_MODEL")
    assert model_name() == DEFAULT_MODEL == "all-MiniLM-L6-v2"


def test_the_documents_that_ship_are_there() -> None:
    assert SHIPPED.name == "source_docs"
    assert (SHIPPED / "README.md").is_file()
