"""Where things are: the index, the model, the documents that ship."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

from index.models import DEFAULT_MODEL

SHIPPED = Path(__file__).resolve().parent.parent / "source_docs"
SHIPPED_SOURCES = Path(__file__).resolve().parent / "data" / "sources.toml"  # off until the user turns them on


def index_folder(given: Path | None = None) -> Path:
    """The index to use: the one given, else SAFECITE_INDEX, else one in the user's data folder."""
    if given is not None:
        return given
    if named := os.environ.get("SAFECITE_INDEX"):
        return Path(named)
    from index.store import SCHEMA_VERSION  # noqa: PLC0415 - a good part of a start, where an index is named

    # An index of an older version stays where it is, for that version; this one makes its own.
    return user_data_path("safecite") / f"index-{SCHEMA_VERSION}"


def model_name() -> str:
    """The model to embed with: SAFECITE_MODEL (a name or a folder), else the default."""
    return os.environ.get("SAFECITE_MODEL") or DEFAULT_MODEL
