"""A letter as a web page, to be printed in whatever layout the style sheet gives."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from ingest.letter import Letter, Passage


def as_page(letter: Letter, style: str) -> str:
    """Return ``letter`` as HTML: h1 for chapters, h2 and h3 for sections, h5 for the halves."""
    return (
        f'<!doctype html><html lang="nl"><meta charset="utf-8"><title>{escape(letter.title)}</title>'
        f"<style>{style}</style><body>{''.join(_body(letter))}"
    )


def _body(letter: Letter) -> Iterator[str]:
    chapter, section = -1, ()  # type: tuple[int, tuple[str, ...]]
    for part in letter.parts:
        if part.chapter != chapter:
            chapter, section = part.chapter, ()
            if chapter:
                yield f"<h1>Hoofdstuk {chapter} – {escape(part.chapter_title)}</h1>"
        for depth, title in enumerate(part.section):
            if part.section[: depth + 1] != section[: depth + 1]:
                yield f"<h{depth + 2}>{escape(title)}</h{depth + 2}>"
        section = part.section
        if part.heading:
            yield f"<h5>{escape(part.heading)}</h5>"
        for passage in part.passages:
            yield _passage(passage)


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
