"""A record of an answer, proved against the store: what matches, what does not, and what cannot be told any more."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from assistant.errors import SettingsError
from assistant.record import FORMAT, identity, sha256_of
from index.documents import Document, sha256_text
from index.errors import DamagedError, IndexMissingError, SafeciteError
from index.feeds.feed import Fetched
from index.manifest import Manifest, read_head, read_manifest
from index.rereading import reread
from index.store import Store


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of a proof, in sentences. It holds where `mismatches` and `unproven` are empty.

    `notes` change nothing: the present reader may read a document differently than the one that read it then.
    """

    quotes: int = 0
    mismatches: list[str] = field(default_factory=list)
    unproven: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether everything in the record is proved."""
        return not (self.mismatches or self.unproven)


def prove(record: Any, index: Path) -> Proof:
    """Prove a record. Raises SettingsError where it is none, SafeciteError where there is no index."""
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        raise SettingsError("this is no record of an answer.", way_out="Name a file that `safecite record` wrote.")
    if not (index / "store.sqlite").is_file():
        raise IndexMissingError("there is no index.", path=index, way_out="Name the one that the record came from.")
    try:
        with Store(index / "store.sqlite") as store:
            return _Prover(record, index, store).run()
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SettingsError(
            "this record is not of the shape that safecite writes.", way_out="It has been changed."
        ) from error


class _Prover:
    def __init__(self, record: dict[str, Any], index: Path, store: Store) -> None:
        self.record = record
        self.index = index
        self.store = store
        self.proof = Proof(len(record["quotes"]))
        self.bad = self.proof.mismatches.append
        self.unknown = self.proof.unproven.append

    def run(self) -> Proof:
        if sha256_of(self.record) != self.record["sha256"]:
            self.bad("The file is not as it was written: its sha256 differs.")
        cited, quotes = self.record["answer"]["citations"], self.record["quotes"]
        if [_place(c) for c in cited] != [_place(q) for q in quotes]:
            self.bad("The answer cites other quotes than those that are listed.")
        manifest = self._manifest()
        for quote in quotes:
            self._quote(f"Quote {quote['number']}", quote, manifest)
        return self.proof

    def _manifest(self) -> Manifest | None:
        said = self.record["snapshot"]
        try:
            head, manifest = read_head(self.index, said["id"]), read_manifest(self.index, said["id"])
        except IndexMissingError:
            self.unknown(f"Snapshot {said['id']} is no longer here: that it listed these documents cannot be proved.")
            return None
        except DamagedError as error:
            self.unknown(f"Snapshot {said['id']} is damaged: {error}")
            return None
        for name, value in (("manifest_sha256", head.sha256), ("observed", head.observed), ("created", head.created)):
            if said[name] != value:
                self.bad(f"Snapshot {head.name}: {name} is {value}, not {said[name]}.")
        return manifest

    def _quote(self, who: str, quote: Mapping[str, Any], manifest: Manifest | None) -> None:
        if sha256_text(quote["quote"]) != quote["quote_sha256"]:
            self.bad(f"{who}: its words do not match their sha256.")
        doc, start, end = quote["doc"], quote["start"], quote["end"]
        raw = self._stored("raw", quote["raw_sha256"], f"{who}: the bytes of {doc}")
        stored = self._stored("texts", quote["text_sha256"], f"{who}: the text of {doc}")
        text = None if stored is None else stored.decode("utf-8", "surrogatepass")
        if text is not None and (start < 0 or text[start:end] != quote["quote"]):
            self.bad(f"{who}: {doc} does not say this at {start} to {end}.")
        fetched = self.store.fetches(quote["raw_sha256"])
        for told in quote["fetched"]:
            if Fetched(**told) not in fetched:
                self.unknown(
                    f"{who}: that {doc} was fetched from {told['url']} at {told['retrieved']} is not noted here."
                )
        document = None if manifest is None else self._listed(who, quote, manifest)
        if manifest is not None and document is not None and raw is not None and text is not None:
            self._read_again(who, document, raw, text, manifest, fetched)

    def _stored(self, table: Literal["raw", "texts"], key: str, what: str) -> bytes | None:
        """The stored bytes of which this is the sha256; None, and said so, where they are not here or not those."""
        if not self.store.has(table, [key]):
            self.unknown(f"{what}: not here any more.")
            return None
        try:
            found = self.store.get_bytes(table, key)
        except DamagedError as error:
            self.bad(f"{what}: {error}")
            return None
        if hashlib.sha256(found).hexdigest() != key:
            self.bad(f"{what}: its sha256 differs.")
            return None
        return found

    def _listed(self, who: str, quote: Mapping[str, Any], manifest: Manifest) -> Document | None:
        """The document as the snapshot lists it, compared with what the record says of it."""
        key = quote["source"], quote["doc"]
        for document in manifest.documents:
            if (document["source"], document["doc_id"]) == key:
                for name, value in identity(document).items():
                    if quote[name] != value:
                        self.bad(f"{who}: the snapshot gives {name} of {quote['doc']} as {value}, not {quote[name]}.")
                return Document.from_record(document)
        self.bad(f"{who}: the snapshot lists no document {quote['doc']} of {quote['source']}.")
        return None

    def _read_again(
        self, who: str, document: Document, raw: bytes, text: str, manifest: Manifest, fetched: Sequence[Fetched]
    ) -> None:
        try:
            now = reread(document, raw, manifest.sources.get(document.source, {}), fetched)
        except SafeciteError:
            now = None
        if now is None:
            self.proof.notes.append(f"{who}: the present readers cannot read {document.doc_id} alone.")
        elif now != text:
            self.proof.notes.append(f"{who}: {document.doc_id} is read differently by a newer reader.")


def _place(quote: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(quote[name] for name in ("source", "doc", "start", "end", "quote"))
