"""Writes the files that the readers' tests read: PDF by hand, Word with python-docx. Nothing binary is committed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence

import docx

PAGE_HEIGHT = 842
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def pdf(*pages: str, title: str = "", trailer: str = "", form: str = "") -> bytes:
    """A PDF of A4 pages; each page is given as its content stream, `form` is one that pages draw with `/X1 Do`."""
    resources = "<< /Font << /F1 4 0 R >> /XObject << /X1 5 0 R >> >>"
    form_dictionary = "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >>"
    kids = " ".join(f"{6 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        f"<< /Title ({title}) /CreationDate (D:20190203120000Z) >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< {form_dictionary} /Length {len(form)} >>\nstream\n{form}\nendstream",
    ]
    for number, content in enumerate(pages):
        box = f"/MediaBox [0 0 595 {PAGE_HEIGHT}]"
        objects += [
            f"<< /Type /Page /Parent 2 0 R {box} /Contents {7 + 2 * number} 0 R /Resources {resources} >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        ]
    out, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"trailer\n<< /Size {size} /Root 1 0 R /Info 3 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF\n"
    return (out + f"xref\n0 {size}\n0000000000 65535 f \n{table}{end}").encode("latin-1")


def pdf_lines(lines: Sequence[str], *, top: int = 760, left: int = 72, size: float = 12, leading: int = 14) -> str:
    """A content stream: one line below the other; an empty line leaves its height free."""
    shown = [
        f"BT /F1 {size} Tf {left} {top - leading * number} Td ({line}) Tj ET"
        for number, line in enumerate(lines)
        if line
    ]
    return "\n".join(shown)


def encrypted_pdf() -> bytes:
    """A PDF that no password opens."""
    keys = "/O <" + "11" * 32 + "> /U <" + "22" * 32 + ">"
    return pdf(
        pdf_lines(["Secret words"]),
        trailer=f"/Encrypt << /Filter /Standard /V 1 /R 2 {keys} /P -4 >> /ID [<{'33' * 16}> <{'33' * 16}>]",
    )


def word(fill: Callable[[docx.document.Document], object], title: str = "") -> bytes:
    """A Word document that `fill` has written into."""
    document = docx.Document()
    document.core_properties.title = title
    fill(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def word_of(*paragraphs: str) -> bytes:
    """A Word document of plain paragraphs."""

    def fill(document: docx.document.Document) -> None:
        for words in paragraphs:
            document.add_paragraph(words)

    return word(fill)


def rezipped(raw: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The package with every member replaced by `change(name, bytes)`, its checksums right."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return stream.getvalue()


def encrypted_word() -> bytes:
    """The container of a password-protected Word document: its mark and its directory's entry for the content."""
    return OLE_MARK + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(1000)
