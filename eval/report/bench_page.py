"""The benchmark as one HTML page: what a question costs as letters are added, and the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def bench_page(rows: Sequence[Size], tables: Mapping[str, str]) -> str:
    """Return a page that needs no network; ``tables`` are in Markdown, by the heads they stand under."""
    times = [[float(part) for part in row.total_ms.split("/")] for row in rows]
    places = [log10(row.letters) for row in rows]
    lines = [
        Line([(x, pair[which]) for x, pair in zip(places, times, strict=True)], style, name)
        for which, style, name in ((0, "line", "mediaan"), (1, "reference", "95e percentiel"))
    ]
    ticks = tuple((x, f"{row.letters:,}".replace(",", ".")) for x, row in zip(places, rows, strict=True))
    room = 0.08 * max(places[-1] - places[0], 1.0)  # so that no point stands on the frame
    across = Axis("aantal brieven", places[0] - room, places[-1] + room, ticks=ticks)
    step = _round_step(max(max(pair) for pair in times) / 4)
    # A row more than the highest point, for the names of the lines.
    up = Axis(
        "milliseconden per vraag", 0, 5 * step, ticks=tuple((i * step, f"{i * step}") for i in range(6))
    )
    dots = [point for line in lines for point in line.points]
    plot = curves(lines, across, up, "Wat een vraag kost bij meer brieven", dots=dots)
    heads = "".join(f"<section><h2>{escape(head)}</h2>{_table(t)}</section>" for head, t in tables.items())
    return (
        '<!doctype html>\n<html lang="nl"><head><meta charset="utf-8"><title>Meting van Vraagbaak</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{style_sheet()}</style>'
        "</head><body><main><h1>Wat veel brieven kosten</h1>"
        '<p class="soft">Tijden zijn mediaan / 95e percentiel, in milliseconden.</p>'
        f'<figure style="max-width: 44rem">{plot}</figure>{heads}</main></body></html>\n'
    )


def _round_step(least: float) -> int:
    """Return the smallest round number from ``least`` on: one digit, with noughts behind it."""
    powers = (int(10**power) for power in range(9))
    return next(base * power for power in powers for base in (1, 2, 3, 4, 5, 6, 8) if base * power >= least)


def _table(markdown: str) -> str:
    lines = markdown.split("\n")
    heads, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    first = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(c)}</td>" for c in row[1:])}</tr>'
        for row in rows
    )
    return (
        f'<div class="scroll" tabindex="0"><table><thead><tr>{first}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
