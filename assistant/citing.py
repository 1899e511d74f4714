"""How a place in a letter is named outside Vraagbaak, so that a reader finds it there."""

from __future__ import annotations

from datetime import date

from assistant.answer import Citation
from assistant.numbers import MONTHS
from ingest.letter import Letter


def letter_name(letter: Letter) -> str:
    """Return e.g. "VNG-ledenbrief ‘Aan de slag’ (12 februari 2026)", as far as the letter says it."""
    kind, sender = letter.kind, letter.sender
    if sender and kind:
        kind = f"{kind} van {sender}" if " " in sender else f"{sender}-{kind}"
    label = kind or sender
    name = letter.title
    if label and label.casefold() not in name.casefold():
        name = f"{label[0].upper()}{label[1:]} ‘{name}’"
    return f"{name} ({date_in_words(letter.date)})" if letter.date else name


def reference(citation: Citation, letter: Letter) -> str:
    """Return the letter and the place in it, e.g. "…, hoofdstuk 5, Mbo, alinea 1, p. 24"."""
    chapter = citation.chapter_name
    section = f"{citation.section_number} {citation.section[-1]}".strip() if citation.section else ""
    steps = (
        letter_name(letter),
        chapter[0].lower() + chapter[1:],
        section,
        f"‘{citation.heading}’" if citation.heading else "",
        f"alinea {citation.paragraph}",
        f"p. {citation.page}" if citation.page else "",
    )
    return ", ".join(step for step in steps if step)


def date_in_words(day: date) -> str:
    """Return e.g. "30 januari 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
