"""A source's folder, whatever it holds, as readings in a fixed order; what cannot be read is named."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from index.documents import Reading, Skipped
from index.errors import SourceError, UnreadableError
from index.readers import advisories, beir, docx, html, metadata, pdf, text, us_json
from index.readers.decoding import decode
from index.readers.metadata import Extracted, Metadata

MAX_FILE = 50_000_000  # bytes; larger files are not opened

_SIDECAR = ".yaml"
_NOT_DOCUMENTS = frozenset({"readme.md", "license", "license.md", "license.txt"})  # at the root: they describe it


class _Format(NamedTuple):
    read: Callable[[bytes], Extracted]
    reader: str  # name and version: a new version makes texts anew


_MARKDOWN = _Format(text.read_markdown, "markdown 1")
_HTML = _Format(html.read, "html 1")
_FORMATS = {
    ".txt": _Format(text.read, "text 1"),
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".html": _HTML,
    ".htm": _HTML,
    ".pdf": _Format(pdf.read, "pdf 1"),
    ".docx": _Format(docx.read, "docx 1"),
}


def read_source(source: str, root: Path) -> Iterator[Reading | Skipped]:
    """Everything in `root`, a folder or one file, in sorted order of path; a `doc_id` is the path under `root`.

    A BEIR corpus, the advisories archive and a folder of US advisories are known by what they hold. Raises SourceError,
    at once, where `root` does not exist, cannot be opened, or holds nothing.
    """
    way_out = "Name a folder of documents, or one document."
    try:
        if root.is_file():
            return iter([_read_file(source, root.parent, root.name)])
        if not root.is_dir():
            raise SourceError("there is no such folder.", path=root, way_out=way_out)
        if not any(root.iterdir()):
            raise SourceError("there is nothing in this folder.", path=root, way_out=way_out)
        if beir.is_corpus(root):
            return beir.read(source, root)
        if advisories.is_archive(root):
            return advisories.read(source, root)
        if us_json.is_us_advisories(root):
            return us_json.read(source, root)
    except OSError as error:
        raise SourceError(f"cannot be opened ({error.strerror}).", path=root, way_out=way_out) from error
    found = sorted(_walk(source, root), key=lambda item: item.path if isinstance(item, Skipped) else item)
    if not found:
        raise SourceError("there is no document in this folder.", path=root, way_out=way_out)
    return (item if isinstance(item, Skipped) else _read_file(source, root, item) for item in found)


def _walk(source: str, root: Path) -> Iterator[str | Skipped]:
    """Paths under `root` that may be documents; hidden files, sidecars and what describes the folder are left out."""
    failed: list[OSError] = []
    for folder, folders, names in os.walk(root, onerror=failed.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in folders:
            if (Path(folder) / name).is_symlink():  # os.walk does not follow it
                yield Skipped(source, _doc_id(root, Path(folder) / name), "a link to a folder")
        present = set(names)
        for name in names:
            doc_id = _doc_id(root, Path(folder) / name)
            is_sidecar = name.endswith(_SIDECAR) and name.removesuffix(_SIDECAR) in present
            if not (name.startswith(".") or is_sidecar or doc_id.lower() in _NOT_DOCUMENTS):
                yield doc_id
    for error in failed:
        yield Skipped(source, _doc_id(root, Path(error.filename)), f"cannot be opened ({error.strerror})")


def _doc_id(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def _read_file(source: str, root: Path, doc_id: str) -> Reading | Skipped:
    try:
        doc_id.encode("utf-8")
    except UnicodeEncodeError:
        shown = doc_id.encode("utf-8", "backslashreplace").decode("utf-8")
        return Skipped(source, shown, "its name is not UTF-8")
    suffix = PurePosixPath(doc_id).suffix
    try:
        form = _FORMATS.get(suffix.lower())
        if form is None:
            raise UnreadableError(f"not a kind of file that can be read ({suffix or 'no extension'})")
        raw = _bytes(root, root / doc_id, MAX_FILE)
        extracted = form.read(raw)
        document = metadata.document_of(source, doc_id, extracted, _sidecar(root, root / doc_id), form.reader)
    except UnreadableError as error:
        return Skipped(source, doc_id, error.reason)
    return Reading(document.with_hashes(raw), raw)


def _sidecar(root: Path, path: Path) -> Metadata:
    sidecar = path.with_name(path.name + _SIDECAR)
    if not os.path.lexists(sidecar):
        return Metadata()
    try:
        words = decode(_bytes(root, sidecar, 4 * metadata.MAX_YAML))  # a character takes four bytes at most
    except UnreadableError as error:
        raise UnreadableError(f"sidecar: {error.reason}") from error
    return metadata.parse(words.removeprefix("\ufeff"), "sidecar")


def _bytes(root: Path, path: Path, limit: int) -> bytes:
    """The file's bytes. Raises UnreadableError, without reading it, where it is too large, no file, or elsewhere."""
    try:
        if path.is_symlink():
            if not path.exists():
                raise UnreadableError("a link that leads nowhere")
            if not path.resolve().is_relative_to(root.resolve()):
                raise UnreadableError("a link that leads out of the folder")
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError("not a regular file")  # opening a pipe would wait for ever
        too_large = f"larger than {_size(limit)}"
        if status.st_size > limit:
            raise UnreadableError(too_large)
        with path.open("rb") as file:
            raw = file.read(limit + 1)
    except OSError as error:
        raise UnreadableError(f"cannot be opened ({error.strerror})") from error
    if len(raw) > limit:
        raise UnreadableError(too_large)  # it grew meanwhile
    return raw


def _size(limit: int) -> str:
    return f"{limit // 1_000_000} MB" if limit >= 1_000_000 else f"{limit // 1024} KB"
