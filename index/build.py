"""Sources → a new snapshot. Killed at any instant, it leaves the previous one answering.

Reading, cutting and embedding stream: a few hundred texts are in hand at a time. What the store already holds is not
made again, so a build that was interrupted goes on where it stopped, and an update costs what changed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from index import making, searchfiles
from index.checks import check_model
from index.documents import Document, Reading, Skipped
from index.embedding import Embedder
from index.errors import BusyError, DamagedError, SafeciteError, SourceError
from index.manifest import (
    Manifest,
    current_id,
    list_snapshots,
    read_manifest,
    snapshot_id,
    switch_to,
    write_manifest,
)
from index.passages import CHUNKING
from index.searchfiles import Progress, SearchFiles, no_progress
from index.series import supersede
from index.source import FolderSource, Source
from index.store import Store
from index.units import cut, passages_key

_BATCH = 512  # documents written at a time
_TEXTS = 4096  # embedded at a time
_BATCH_BYTES = 16_000_000  # raw bytes in hand at most, one document's aside


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did. `changed` is False where the live snapshot already held exactly this."""

    snapshot: str
    changed: bool
    documents: int
    passages: int
    vectors: int  # distinct sentences
    embedded: int  # of them those that had no vector yet
    skipped: tuple[Skipped, ...]


def build(
    index: Path,
    sources: Mapping[str, Path | Source],
    embedder: Embedder,
    *,
    observed: date | None = None,
    removed: Collection[str] = (),
    progress: Progress = no_progress,
) -> BuildResult:
    """Read the sources into a new snapshot of the index and make it live.

    Other sources stay as they were, but for those in `removed`. `observed` dates a state of a folder that was fetched
    earlier. Raises SourceError, ModelError, BusyError, DamagedError.
    """
    if not sources and not removed:
        raise SourceError("no source was named.", way_out="Name a folder: safecite build --sources DIR")
    _make_folder(index)
    try:
        with FileLock(index / "LOCK", timeout=0), Store(index / "store.sqlite", write=True) as store:
            opened = {name: FolderSource(s, observed) if isinstance(s, Path) else s for name, s in sources.items()}
            return _Build(index, store, embedder, progress).run(opened, removed)
    except Timeout as error:
        raise BusyError("another build is at work on this index.", path=index, way_out="Wait until it ends.") from error
    except OSError as error:
        raise SafeciteError(
            f"cannot be written ({error.strerror or error}).",
            path=error.filename or index,
            way_out="Is there room, and is it yours?",
        ) from error


class _Build:
    def __init__(self, index: Path, store: Store, embedder: Embedder, progress: Progress) -> None:
        self.index = index
        self.store = store
        self.embedder = embedder
        self.progress = progress
        self.documents: list[Document] = []
        self.skipped: list[Skipped] = []
        self.waiting: dict[str, str] = {}  # texts to embed, by the keys of their vectors
        self.pending: list[Reading] = []  # readings whose rows are not written yet
        self.pending_bytes = 0
        self.embedded = 0

    def run(self, sources: Mapping[str, Source], removed: Collection[str]) -> BuildResult:
        parent_id = current_id(self.index)
        parent = None if parent_id is None else read_manifest(self.index, parent_id)
        known = {} if parent is None else parent.sources
        for name in removed:
            if name not in known:
                raise SourceError(f"no source {name!r} here.", path=self.index, way_out=f"Known: {', '.join(known)}.")
        if parent is not None:
            check_model(self.index, parent, self.embedder)
        for name, source in sources.items():
            for item in source.read(name):
                self._take(item)
        self._flush()
        kept = known.keys() - sources.keys() - set(removed)
        if parent is not None:
            self._keep([Document.from_record(r) for r in parent.documents if r["source"] in kept])
            self.skipped.extend(s for s in parent.skipped if s.source in kept)
        records = {name: known[name] for name in kept} | {name: _dated(s.record()) for name, s in sources.items()}
        return self._finish(parent_id, parent, dict(sorted(records.items())))

    def _keep(self, documents: list[Document]) -> None:
        """Documents of other sources stay; their texts are cut again where they were not cut as is done now."""
        known = self.store.has("passages", (passages_key(d) for d in documents))
        for document in documents:
            if passages_key(document) in known:
                self.documents.append(document)
            else:
                text = self.store.get_text(document.text_sha256)
                self._take(Reading(replace(document, text=text), self.store.get_bytes("raw", document.raw_sha256)))
        self._flush()

    def _take(self, item: Reading | Skipped) -> None:
        if isinstance(item, Skipped):
            self.skipped.append(item)
            return
        self.pending.append(item)
        self.progress("reading documents", len(self.documents) + len(self.pending), 0)
        self.pending_bytes += len(item.raw)
        if len(self.pending) >= _BATCH or self.pending_bytes >= _BATCH_BYTES:
            self._flush()

    def _flush(self) -> None:
        """Cut, embed and store the pending readings; vectors first, so that stored passages always have theirs."""
        keys = {passages_key(r.document): r.document for r in self.pending}
        known = self.store.has("passages", keys)
        pieces = {}
        for key, document in keys.items():
            if key not in known:
                pieces[key], texts = cut(document)
                self.waiting.update(texts)
            if len(self.waiting) >= _TEXTS:
                self._embed()
        self._embed()
        raw_known = self.store.has("raw", [r.document.raw_sha256 for r in self.pending])
        with self.store.transaction():
            for document, raw in self.pending:
                if document.raw_sha256 not in raw_known:
                    self.store.put_bytes("raw", document.raw_sha256, raw)
            for key, found in pieces.items():
                self.store.put_text(keys[key].text_sha256, keys[key].text)
                self.store.put_passages(key, found)
        self.documents.extend(replace(r.document, text="") for r in self.pending)
        self.pending.clear()
        self.pending_bytes = 0

    def _embed(self) -> None:
        missing = sorted(set(self.waiting) - self.store.has("vectors", self.waiting))
        if missing:
            vectors = self.embedder.embed([self.waiting[key] for key in missing])
            with self.store.transaction():
                self.store.put_vectors(missing, vectors)
            self.embedded += len(missing)
            self.progress("embedding sentences", self.embedded, 0)
        self.waiting.clear()

    def _finish(
        self, parent_id: str | None, parent: Manifest | None, sources: dict[str, dict[str, Any]]
    ) -> BuildResult:
        documents = sorted(supersede(self.documents), key=lambda d: d.key)
        if not documents:
            raise SourceError("no document could be read.", path=self.index, way_out=_first_reasons(self.skipped))
        manifest = Manifest(
            sequence=1 + max((int(name[:6]) for name in list_snapshots(self.index)), default=0),
            parent=parent_id,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            model=self.embedder.identity.to_record(),
            runtime=self.embedder.runtime,
            chunking=CHUNKING,
            dimension=self.embedder.dimension,
            sources=sources,
            documents=[d.to_record() for d in documents],
            skipped=sorted(self.skipped),
        )
        changed = parent is None or parent_id is None or not manifest.same_content(parent)
        name = snapshot_id(manifest) if changed or parent_id is None else parent_id
        files = self._search_files(self.index / "cache" / name, manifest, parent_id, parent)
        if changed:
            write_manifest(self.index, manifest)  # only now: a state in the list is a state that can be searched
            switch_to(self.index, name)
            self._drop_caches({name, parent_id or name})
        counts = (len(documents), len(files.tables), len(files.units), self.embedded)
        return BuildResult(name, changed, *counts, tuple(manifest.skipped))

    def _search_files(
        self, folder: Path, manifest: Manifest, parent_id: str | None, parent: Manifest | None
    ) -> SearchFiles:
        """The search files of a snapshot; made where missing or damaged, from its parent's where these serve."""
        try:
            return searchfiles.load(folder)
        except DamagedError:
            searchfiles.remove(folder)
        base = None
        if parent is not None and parent_id is not None:
            with suppress(DamagedError):
                base = making.Base(searchfiles.load(self.index / "cache" / parent_id), parent)
        making.make(folder, manifest, self.store, self.progress, base)
        return searchfiles.open_files(folder)

    def _drop_caches(self, kept: set[str]) -> None:
        """Search files of older states go; they are made again from the store when that state is asked for."""
        for folder in (self.index / "cache").iterdir():
            if folder.name not in kept:
                searchfiles.remove(folder)


def _dated(record: dict[str, Any]) -> dict[str, Any]:
    """With the day of this build where no other is known to be that of the source's state."""
    return record if "observed" in record else record | {"built": date.today().isoformat()}


def _first_reasons(skipped: list[Skipped]) -> str:
    return "Skipped: " + "; ".join(f"{s.path} ({s.reason})" for s in skipped[:3]) + "." if skipped else ""


def _make_folder(index: Path) -> None:
    try:
        index.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = f"cannot be made ({error.strerror or error})."
        raise SafeciteError(reason, path=index, way_out="Name another folder with --index.") from error
