"""A letter as Markdown, as an editor would write it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.letter import Letter, Passage

_MEANS_SOMETHING = re.compile(r"([\\`*_\[\]<>|])")


def as_markdown(letter: Letter) -> str:
    """Return ``letter`` as Markdown: # for chapters, ## and ### for sections, ##### for the halves."""
    return "\n\n".join(_blocks(letter)) + "\n"


def _blocks(letter: Letter) -> Iterator[str]:
    chapter, section = 0, ()  # type: tuple[int, tuple[str, ...]]
    for part in letter.parts:
        if part.chapter != chapter:
            chapter, section = part.chapter, ()
            yield f"# Hoofdstuk {chapter} – {_escaped(part.chapter_title)}"
        for depth, title in enumerate(part.section):
            if part.section[: depth + 1] != section[: depth + 1]:
                yield f"{'#' * (depth + 2)} {_escaped(title)}"
        section = part.section
        if part.heading:
            yield f"##### {_escaped(part.heading)}"
        for passage in part.passages:
            yield from _passage(passage)


def _passage(passage: Passage) -> Iterator[str]:
    if passage.table:
        table = passage.table
        rows = [[table.corner, *table.columns], ["---"] * (1 + len(table.columns))]
        rows += [[row.label, *row.cells] for row in table.rows]
        yield _escaped(table.caption)
        yield "\n".join(f"| {' | '.join(row)} |" for row in rows)
    elif passage.kind == "list":
        items = [row.startswith("• ") for row in passage.text.split("\n")]
        rows_of_text = [_escaped(row.removeprefix("• ")) for row in passage.text.split("\n")]
        run: list[str] = []
        for is_item, row in zip(items, rows_of_text, strict=True):
            if is_item:
                run.append(f"- {row}")
                continue
            if run:
                yield "\n".join(run)
            run = []
            yield row
        yield "\n".join(run)
    else:
        yield "  \n".join(map(_escaped, passage.text.split("\n")))


def _escaped(text: str) -> str:
    text = _MEANS_SOMETHING.sub(r"\\\1", text)
    return re.sub(r"^(\d+)\.", r"\1\\.", text)
