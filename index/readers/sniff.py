"""What a file's first bytes say it is, whatever its name says."""

from __future__ import annotations

import codecs
import re

from index.errors import UnreadableError

UTF16_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = (
    (b"PK\x03\x04", "ZIP"),
    (b"PK\x05\x06", "ZIP"),  # one with nothing in it
    (_OLE, "OLE"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "gzip"),
)
_HTML = re.compile(
    rb"(?:\s|<\?xml[^>]{0,200}\?>|<!--.{0,2000}?-->){0,20}<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_PDF = re.compile(rb"\s*%PDF-")
_XML = re.compile(rb"\s*<\?xml\b")
_PDF_WINDOW = 1024  # a PDF's mark may stand anywhere in its first kilobyte (PDF 1.7, implementation note 13)
_HEAD = 8192

# What each kind of file may look like. HTML may be a fragment, so it may look like text; text never like anything else.
_ALLOWED = {"text": ("text",), "HTML": ("HTML", "text"), "PDF": ("PDF",), "Word": ("ZIP",)}


def looks_like(raw: bytes) -> str:
    """`PDF`, `ZIP`, `OLE`, `HTML`, `XML`, `text`, `binary data` … by what the bytes begin with."""
    for signature, name in _SIGNATURES:
        if raw.startswith(signature):
            return name
    head = raw[:_HEAD].removeprefix(codecs.BOM_UTF8)
    if _PDF.match(head):
        return "PDF"
    if raw.startswith(UTF16_BOMS):
        head = head.replace(b"\0", b"")[1:]
    elif b"\0" in raw:
        return "PDF" if b"%PDF-" in raw[:_PDF_WINDOW] else "binary data"
    if _HTML.match(head):
        return "HTML"
    return "XML" if _XML.match(head) else "text"


def check(raw: bytes, expected: str) -> None:
    """Raise UnreadableError where `raw` is empty or not of the kind `expected`: "text", "HTML", "PDF" or "Word"."""
    if not raw:
        raise UnreadableError("empty")
    seen = looks_like(raw)
    if expected == "PDF" and b"%PDF-" in raw[:_PDF_WINDOW]:
        return
    if seen in _ALLOWED[expected]:
        return
    if expected == "Word" and seen == "OLE":
        # Word keeps a password-protected document inside an OLE container, in a stream of this name.
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise UnreadableError("encrypted")
        seen = "an old Word document"
    raise UnreadableError(f"not what its name says (looks like {seen})")
