"""The form in which staff look at a letter's outline and correct it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.about import parse_date
from ingest.errors import LetterError
from ingest.hints import MAX_LEVEL, Fix, FixKind, Hints
from ingest.letter import Letter
from ingest.letter_folder import About, Opened
from ingest.outline import Item

_CHOICES: dict[str, tuple[FixKind, int]] = {
    "chapter": ("chapter", 0),
    **{f"title-{level}": ("title", level) for level in range(1, MAX_LEVEL + 1)},
    "akkoord": ("akkoord", 0),
    "vng": ("vng", 0),
    "text": ("text", 0),
    "gone": ("gone", 0),
}
CHOICE_NAMES = {
    "chapter": "Hoofdstuk",
    "title-1": "Titel, niveau 1",
    "title-2": "Titel, niveau 2",
    "title-3": "Titel, niveau 3",
    "title-4": "Titel, niveau 4",
    "akkoord": "Kopje: wat het akkoord zegt",
    "vng": "Kopje: wat de afzender zegt",
    "text": "Gewone tekst",
    "gone": "Weglaten",
}
_SHOWN = 160  # characters of a paragraph


@dataclass(frozen=True, slots=True)
class Row:
    """A block as the form shows it; ``choice`` is what it is now, "" for the letter's own title."""

    number: int
    text: str
    page: int
    choice: str


@dataclass(frozen=True, slots=True)
class Group:
    """A title, None before the first, with the paragraphs under it."""

    title: Row | None
    paragraphs: tuple[Row, ...]


def version_of(opened: Opened) -> str:
    """Return what is other when someone changed the letter since."""
    kept = (opened.record, opened.hints.title, opened.hints.fixes)
    return hashlib.sha256(repr(kept).encode()).hexdigest()[:16]


def groups(items: Sequence[Item]) -> list[Group]:
    """Return the blocks by title, in reading order."""
    found: list[tuple[Row | None, list[Row]]] = [(None, [])]
    for number, item in enumerate(items):
        text = item.text if len(item.text) <= _SHOWN else f"{item.text[:_SHOWN].rsplit(' ', 1)[0]} …"
        row = Row(number, text, item.page, _choice(item))
        if item.kind in ("text", "gone"):
            found[-1][1].append(row)
        else:
            found.append((row, []))
    return [Group(title, tuple(rows)) for title, rows in found if title or rows]


def about_of(form: Mapping[str, str], letter: Letter, kept: About) -> About:
    """Return what the form says of the letter, where that is not what was read or said before.

    Raises LetterError when the date is none.
    """
    text = form.get("date", "").strip()
    date = parse_date(text)
    if text and date is None:
        raise LetterError(f"'{text}' is geen datum. Schrijf de datum als 30-1-2026 of '30 januari 2026'.")
    title, sender, kind = (form.get(name, "").strip() for name in ("title", "sender", "kind"))
    return replace(
        kept,
        title=kept.title if title in ("", letter.title) else title,
        sender=kept.sender if sender == letter.sender else sender,
        kind=kept.kind if kind in ("", letter.kind) else kind,
        date=kept.date if date == letter.date else date,
    )


def hints_of(form: Mapping[str, str], items: Sequence[Item], kept: Hints) -> Hints:
    """Return ``kept`` with what the form says that a block is, where that is not what it was."""
    fixes = {(fix.text, fix.nth): fix for fix in kept.fixes}
    fixes |= {(fix.text, fix.nth): fix for fix in _fixes(form, items)}
    return replace(kept, fixes=tuple(fixes.values()))


def _fixes(form: Mapping[str, str], items: Sequence[Item]) -> Iterator[Fix]:
    for number, item in enumerate(items):
        choice = form.get(f"block-{number}", "")
        if choice in _CHOICES and choice != _choice(item):
            kind, level = _CHOICES[choice]
            yield Fix(item.text, item.nth, kind, level)


def _choice(item: Item) -> str:
    if item.kind == "title":
        return f"title-{min(item.level, MAX_LEVEL)}"
    return "" if item.kind == "name" else item.kind
