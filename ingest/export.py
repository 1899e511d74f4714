"""A letter's outline as data and as text, for other programs and for a look."""

from __future__ import annotations

from typing import Any

from ingest.letter import Letter, Part


def as_dict(letter: Letter) -> dict[str, Any]:
    """Return the outline as the README's JSON object, in reading order."""
    return {
        "title": letter.title,
        "document": letter.slug,
        "pages": letter.pages,
        "parts": [
            {
                "chapter": part.chapter,
                "chapter_title": part.chapter_title,
                "section_number": part.section_number,
                "section": list(part.section),
                "heading": part.heading,
                "voice": part.voice,
                "page": part.page,
                "paragraphs": [
                    {"text": p.text, "page": p.page, "start": p.start, "end": p.end} for p in part.passages
                ],
            }
            for part in letter.parts
        ],
    }


def as_text(letter: Letter) -> str:
    """Return the outline as an indented table of contents."""
    lines = [f"{letter.title} ({letter.pages} pagina's)" if letter.pages else letter.title]
    chapter = -1
    section: tuple[str, ...] = ()
    for part in letter.parts:
        if part.chapter != chapter:
            chapter, section = part.chapter, ()
            title = part.chapter_title
            name = title if title.startswith(part.name) else f"{part.name}: {title}"
            lines.append(f"\n{name}{_page(part)}")
        for depth, title in enumerate(part.section):
            if part.section[: depth + 1] != section[: depth + 1]:
                number = f"{part.section_number} " if depth == len(part.section) - 1 else ""
                lines.append(f"{'  ' * (depth + 1)}{number.lstrip()}{title}{_page(part)}")
        section = part.section
        count = len(part.passages)
        label = f"{part.heading} " if part.heading else ""
        word = "alinea" if count == 1 else "alinea's"
        lines.append(f"{'  ' * (len(section) + 1)}{label}[{part.voice}, {count} {word}]")
    return "\n".join(lines)


def _page(part: Part) -> str:
    return f" (p. {part.page})" if part.page else ""
