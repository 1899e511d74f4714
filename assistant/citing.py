"""How a place in a letter is named outside Vraagbaak, so that a reader finds it there."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer import Citation
from ingest.letter import Letter


def letter_name(letter: Letter) -> str:
    """Return e.g. "VNG-ledenbrief ‘Aan de slag’ (12 februari 2026)", as far as the letter says it.

    What the title says itself is not said twice.
    """
    kind, sender = letter.kind, letter.sender
    title = letter.title.casefold()
    if kind and kind.casefold() in title:
        return letter.dated_title
    sender = "" if sender.casefold() in title else sender
    is_short = bool(kind) and " " not in sender  # "VNG-ledenbrief"
    label = ("-" if is_short else ", ").join(step for step in (sender, kind) if step)
    if not label:
        return letter.dated_title
    named = f"{label[0].upper()}{label[1:]}{'' if kind else ','} ‘{letter.title}’"
    return replace(letter, title=named).dated_title


def reference(citation: Citation, letter: Letter) -> str:
    """Return the letter and the place in it, e.g. "…, hoofdstuk 5, Mbo, alinea 1, p. 24"."""
    chapter = citation.chapter_name
    if not chapter[1:2].isupper():  # as "VNG-reactie" begins
        chapter = chapter[0].lower() + chapter[1:]
    section = f"{citation.section_number} {citation.section[-1]}".strip() if citation.section else ""
    steps = (
        letter_name(letter),
        chapter,
        section,
        f"‘{citation.heading}’" if citation.heading else "",
        f"alinea {citation.paragraph}",
        f"p. {citation.page}" if citation.page else "",
    )
    return ", ".join(step for step in steps if step)
