"""A letter as a web page, to be printed in whatever layout the style sheet gives."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from ingest.letter import Letter, Passage

Piece = tuple[int, str | Passage]  # the level of a title (5 for the heading of a half), 0 for a passage


def as_page(letter: Letter, style: str) -> str:
    """Return ``letter`` as HTML: h1 for chapters, h2 and h3 for sections, h5 for the halves."""
    return (
        f'<!doctype html><html lang="nl"><meta charset="utf-8"><title>{escape(letter.title)}</title>'
        f"<style>{style}</style><body>{''.join(_body(letter))}"
    )


def _body(letter: Letter) -> Iterator[str]:
    for level, piece in pieces(letter):
        yield f"<h{level}>{escape(piece)}</h{level}>" if isinstance(piece, str) else _passage(piece)


def pieces(letter: Letter) -> Iterator[Piece]:
    """Yield titles and passages in reading order."""
    chapter, section = 0, ()  # type: tuple[int, tuple[str, ...]]
    for part in letter.parts:
        if part.chapter != chapter:
            chapter, section = part.chapter, ()
            yield 1, f"Hoofdstuk {chapter} – {part.chapter_title}"
        for depth, title in enumerate(part.section):
            if part.section[: depth + 1] != section[: depth + 1]:
                yield depth + 2, title
        section = part.section
        if part.heading:
            yield 5, part.heading
        for passage in part.passages:
            yield 0, passage


def _passage(passage: Passage) -> str:
    rows = passage.text.split("\n")
    if passage.table:
        table = passage.table
        heads = "".join(f"<th>{escape(head)}</th>" for head in (table.corner, *table.columns))
        cells = [(row.label, *row.cells) for row in table.rows]
        body = "".join(f"<tr>{''.join(f'<td>{escape(c)}</td>' for c in row)}</tr>" for row in cells)
        return f"<p>{escape(table.caption)}</p><table><tr>{heads}</tr>{body}</table>"
    if passage.kind == "list":
        runs = groupby(rows, key=lambda row: row.startswith("• "))
        return "".join(
            "<ul>" + "".join(f"<li>{escape(row[2:])}</li>" for row in run) + "</ul>"
            if item
            else "".join(f"<p>{escape(row)}</p>" for row in run)
            for item, run in runs
        )
    return "<p>" + "<br>".join(map(escape, rows)) + "</p>"
