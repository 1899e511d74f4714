"""What a file is, by its first bytes before its name, and what to do with one that is no letter."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import Literal

from ingest.errors import LetterError
from ingest.text import unreachable

Kind = Literal["pdf", "docx", "html", "markdown", "text"]

SUFFIXES: dict[Kind, str] = {
    "pdf": ".pdf",
    "docx": ".docx",
    "html": ".html",
    "markdown": ".md",
    "text": ".txt",
}
MAX_FILE_BYTES = 200_000_000  # a letter of a thousand scanned pages
_HEAD = 1024  # bytes in which a PDF says that it is one
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_NAMED = {".pdf": "PDF", ".docx": "Word-bestand"}
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_HTML_NAMES = (".html", ".htm", ".xhtml")
_MARKDOWN_NAMES = (".md", ".markdown")
_TAG = re.compile(rb"<[a-z!/]", re.I)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")

_SAVE_AS = "Sla het op als Word-bestand (.docx) of PDF ('Opslaan als', 'Exporteren') en voeg dat toe."
_AS_PDF = "Maak een PDF van het deel dat de brief is en voeg die toe."
_UNPACK = "Pak het uit en voeg de brief die erin zit los toe."
_MAIL = "Bewaar de bijlage met de brief, of druk het bericht af naar PDF, en voeg dat toe."
_PICTURE = "Maak er met tekstherkenning (OCR) een PDF met tekst van en voeg die toe."
# What is no letter as it stands: its name in a sentence, and what to do.
_OTHERS = {
    ".doc": ("een oud Word-bestand (.doc)", _SAVE_AS),
    ".odt": ("een OpenDocument-bestand (.odt)", _SAVE_AS),
    ".rtf": ("een RTF-bestand (.rtf)", _SAVE_AS),
    ".pages": ("een Pages-bestand (.pages)", _SAVE_AS),
    ".epub": ("een e-boek (.epub)", _SAVE_AS),
    ".xls": ("een rekenblad", _AS_PDF),
    ".xlsx": ("een rekenblad", _AS_PDF),
    ".ods": ("een rekenblad", _AS_PDF),
    ".ppt": ("een presentatie", _AS_PDF),
    ".pptx": ("een presentatie", _AS_PDF),
    ".odp": ("een presentatie", _AS_PDF),
    ".zip": ("een archief (.zip)", _UNPACK),
    ".gz": ("een archief (.gz)", _UNPACK),
    ".7z": ("een archief (.7z)", _UNPACK),
    ".rar": ("een archief (.rar)", _UNPACK),
    ".eml": ("een e-mailbericht", _MAIL),
    ".msg": ("een e-mailbericht", _MAIL),
    ".mht": ("een bewaarde webpagina (.mht)", "Bewaar de pagina als HTML of PDF en voeg dat toe."),
    ".mhtml": ("een bewaarde webpagina (.mhtml)", "Bewaar de pagina als HTML of PDF en voeg dat toe."),
    ".jpg": ("een afbeelding", _PICTURE),
    ".png": ("een afbeelding", _PICTURE),
    ".gif": ("een afbeelding", _PICTURE),
    ".tif": ("een afbeelding", _PICTURE),
    ".webp": ("een afbeelding", _PICTURE),
    ".heic": ("een afbeelding", _PICTURE),
}
_TEXTUAL = (".eml", ".mht", ".mhtml")  # only their names tell them from a text
_SIGNATURES = (
    (rb"\{\\rtf", ".rtf"),
    (rb"\x89PNG", ".png"),
    (rb"\xff\xd8\xff", ".jpg"),
    (rb"GIF8", ".gif"),
    (rb"II\*\x00|MM\x00\*", ".tif"),
    (rb"RIFF....WEBP", ".webp"),
    (rb"....ftyp(?:hei|mif|avif)", ".heic"),
    (rb"\x1f\x8b", ".gz"),
    (rb"7z\xbc\xaf\x27\x1c", ".7z"),
    (rb"Rar!\x1a", ".rar"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Office before 2007, and a Word file with a password
_OLE_NAMES = (".xls", ".ppt", ".msg")
# A file in a ZIP archive that tells what the archive is.
_MEMBERS = {
    "xl/workbook.xml": ".xlsx",
    "ppt/presentation.xml": ".pptx",
    "Index/Document.iwa": ".pages",
    "META-INF/container.xml": ".epub",
}


def kind_of(path: Path) -> Kind:
    """Return what the file at ``path`` is to be read as; what cannot be a PDF or Word file may be text.

    Raises LetterError when it is not there, too large, or of a kind that cannot be read; what a ZIP
    archive holds is not looked at here.
    """
    head, suffix = _head(path), path.suffix.lower()
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(_ZIP):
        return "docx"
    if head.startswith(_OLE) and suffix == ".docx":
        raise LetterError(
            f"Het bestand '{path.name}' is met een wachtwoord beveiligd, of het is een oud Word-bestand. Sla "
            "het zonder wachtwoord opnieuw op als Word-bestand (.docx) of PDF en voeg dat toe."
        )
    if other := _other(head, suffix):
        raise LetterError(unreadable(path.name, other))
    if _HTML_START.match(head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")):
        return "html"
    if head and (name := _NAMED.get(suffix)):
        raise LetterError(
            f"Het bestand '{path.name}' heet wel zo, maar is geen {name}. Sla de brief opnieuw op als PDF "
            "en probeer het nog eens."
        )
    if suffix in _HTML_NAMES and _TAG.search(head):
        return "html"
    return "markdown" if suffix in _MARKDOWN_NAMES else "text"


def archive_kind(members: Collection[str]) -> str:
    """Return the suffix that fits a ZIP archive of ``members`` that is no Word file, "" for a Word file."""
    for member, suffix in _MEMBERS.items():
        if member in members:
            return suffix
    if "[Content_Types].xml" in members:
        return ""
    return ".odt" if {"mimetype", "content.xml"} <= set(members) else ".zip"


def unreadable(name: str, suffix: str) -> str:
    """Word the error for the file ``name``, which is no letter but what ``suffix`` stands for."""
    what, advice = _OTHERS[suffix]
    return f"Het bestand '{name}' is {what}; dat kan ik niet lezen. {advice}"


def _other(head: bytes, suffix: str) -> str:
    """Return the suffix of what cannot be read, "" for what may be a letter."""
    if head.startswith(_OLE):
        return suffix if suffix in _OLE_NAMES else ".doc"
    for signature, found in _SIGNATURES:
        if re.match(signature, head, re.S):
            return found
    named = suffix in _OTHERS and (suffix in _TEXTUAL or _CONTROL.search(head))
    return suffix if named else ""


def _head(path: Path) -> bytes:
    """Return the first bytes of a file that is there and not too large."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise IsADirectoryError(path.name)  # or a pipe or a device, which may never end
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except (OSError, ValueError) as error:
        raise unreachable(path, error) from error
    if size > MAX_FILE_BYTES:
        raise LetterError(
            f"Het bestand '{path.name}' is te groot ({size / 1e6:.0f} MB; hoogstens "
            f"{MAX_FILE_BYTES / 1e6:.0f} MB). Splits het en voeg de delen los toe."
        )
    return head
