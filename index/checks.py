"""What is checked of an index: that it fits the model, and that all of a state is as it was written."""

from __future__ import annotations

from pathlib import Path

from index import searchfiles
from index.documents import Document
from index.embedding import Embedder
from index.errors import DamagedError, ModelError
from index.manifest import Manifest, read_manifest
from index.store import Store
from index.units import passages_key


def check_model(index: Path, manifest: Manifest, embedder: Embedder) -> None:
    """Raises ModelError where the index was built with another model than the embedder's."""
    mine = embedder.identity.to_record()
    if {**manifest.model, "name": ""} != {**mine, "name": ""}:
        raise ModelError(
            f"this index was built with {manifest.model.get('name')}, not with {mine['name']}.",
            path=index,
            way_out="Use that model, or build with this one into another folder (--index).",
        )


def verify(index: Path, name: str) -> None:
    """Read a whole snapshot back: manifest, store rows, search files. Raises DamagedError at the first fault."""
    manifest = read_manifest(index, name)
    keys: set[str] = set()
    with Store(index / "store.sqlite") as store:
        for record in manifest.documents:
            document = Document.from_record(record, store.get_text(record["text_sha256"]))
            if document.with_hashes(store.get_bytes("raw", document.raw_sha256)).to_record() != record:
                raise DamagedError(f"{document.doc_id} does not match its hash.", path=index, way_out="Build again.")
            for piece in store.get_passages(passages_key(document, manifest.chunking)):
                keys.update(piece.keys)
        store.get_vectors(sorted(keys), manifest.dimension)
    if searchfiles.is_whole(index / "cache" / name):  # else they are made again when they are needed
        searchfiles.load(index / "cache" / name)
