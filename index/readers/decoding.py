"""Bytes to characters, or an honest refusal: a wrong guess would change the words that are quoted."""

from __future__ import annotations

import codecs
import re

from bs4.dammit import EncodingDetector
from charset_normalizer import CharsetMatch, from_bytes
from charset_normalizer.constant import IANA_SUPPORTED

from index.errors import UnreadableError
from index.readers.sniff import UTF16_BOMS

# Windows-1252 and its neighbours share their bytes; only these characters prove little enough to be believed. Letters
# such as þ or ¹ in the middle of words are what Turkish or Polish look like when read in the wrong encoding.
_WESTERN = frozenset(
    "àâäáãåæçèéêëìíîïñòóôöõøœùúûüÿßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØŒÙÚÛÜŸ‘’‚“”„–—…€£¥°«»‹›¿¡ºª§©®™·•²½×†‡\u00a0\u00ad"
)
_MARGIN = 0.05  # of charset-normalizer's two measures, both 0 to 1; nearer rivals cannot be told apart
_NOT_GUESSED = ["utf_7", "utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le"]  # they fit any bytes
_LABELS = {"iso8859-1": "cp1252", "ascii": "cp1252"}  # as the WHATWG encoding standard reads these labels


def decode(raw: bytes) -> str:
    """UTF-8, or UTF-16 with its mark, or another encoding where the bytes leave no doubt.

    A byte-order mark stays as the first character (U+FEFF). Raises UnreadableError.
    """
    try:
        if raw.startswith(UTF16_BOMS):
            return raw.decode("utf-16-le" if raw.startswith(codecs.BOM_UTF16_LE) else "utf-16-be")
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(raw)


def decode_html(raw: bytes) -> str:
    """As `decode`, but what the page declares about itself comes first where its bytes agree."""
    declared = EncodingDetector.find_declared_encoding(raw, is_html=True, search_entire_document=False)
    if declared and not raw.startswith((codecs.BOM_UTF8, *UTF16_BOMS)):
        try:
            name = codecs.lookup(declared).name
            name = _LABELS.get(name, name)
            if re.sub(r"[^a-z0-9]", "_", name) in _REAL_ENCODINGS:
                return raw.decode(name)
        except (LookupError, UnicodeDecodeError, ValueError):
            pass  # a label that does not exist or is not true: the bytes decide
    return decode(raw)


# Python's codecs hold more than encodings of text (punycode, unicode_escape, zlib): a page may not ask for those.
_REAL_ENCODINGS = frozenset(
    re.sub(r"[^a-z0-9]", "_", codecs.lookup(name).name) for name in IANA_SUPPORTED if name not in _NOT_GUESSED
)


def _guess(raw: bytes) -> str:
    matches = list(from_bytes(raw, cp_exclusion=_NOT_GUESSED))
    if matches:
        best = matches[0]
        western = next((m for m in matches if "cp1252" in (m.encoding, *m.could_be_from_charset)), None)
        if western is not None and western.coherence >= best.coherence - _MARGIN:
            text = str(western)
            if all(c.isascii() or c in _WESTERN for c in text):
                return text
        if not any(_rivals(best, other) for other in matches[1:]):
            return str(best)
    raise UnreadableError("not UTF-8 text, and its encoding cannot be told")


def _rivals(best: CharsetMatch, other: CharsetMatch) -> bool:
    as_clean = other.chaos <= best.chaos + _MARGIN
    as_sensible = other.coherence >= best.coherence - _MARGIN
    return as_clean and as_sensible and str(other) != str(best)
