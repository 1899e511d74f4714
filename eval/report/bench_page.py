"""The benchmark as one HTML page: what a question costs as letters are added, and the tables."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import log10
from typing import Protocol

from eval.report.page import style_sheet
from eval.report.plots import Axis, Line, curves


class Size(Protocol):
    """What the plot asks of a size that was measured: the times are "median / 95th percentile"."""

    @property
    def letters(self) -> int:
        """How many letters."""

    @property
    def total_ms(self) -> str:
        """The milliseconds of a question."""


def bench_page(rows: Sequence[Size], tables: Sequence[str]) -> str:
    """Return a page that needs no network; ``tables`` are in Markdown."""
    times = [[float(part) for part in row.total_ms.split("/")] for row in rows]
    places = [log10(row.letters) for row in rows]
    lines = [
        Line([(x, pair[which]) for x, pair in zip(places, times, strict=True)], style, name)
        for which, style, name in ((0, "line", "mediaan"), (1, "reference", "95e percentiel"))
    ]
    across = Axis("aantal brieven, als macht van tien", places[0], max(places[-1], 1.0), percent=False)
    up = Axis("milliseconden per vraag", 0.0, 1.2 * max(max(pair) for pair in times), percent=False)
    plot = curves(lines, across, up, "Wat een vraag kost bij meer brieven")
    return (
        '<!doctype html>\n<html lang="nl"><head><meta charset="utf-8"><title>Meting van Vraagbaak</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{style_sheet()}</style>'
        "</head><body><main><h1>Wat veel brieven kosten</h1>"
        f"<figure>{plot}</figure>{''.join(map(_table, tables))}</main></body></html>\n"
    )


def _table(markdown: str) -> str:
    lines = markdown.split("\n")
    heads, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    first = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(c)}</td>" for c in row[1:])}</tr>'
        for row in rows
    )
    return f"<table><thead><tr>{first}</tr></thead><tbody>{body}</tbody></table>"
