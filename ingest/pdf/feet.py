"""Measures how much of a column stays white below its last row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from ingest.pdf.page import Row


def with_room(rows: Sequence[Row]) -> list[Row]:
    """Return ``rows``, the last of each column with the room, in points, that is left below it.

    It is measured to the foot of the column beside it, where that follows, and at the end of a page to where
    most pages end at least.
    """
    columns = [list(column) for _, column in groupby(rows, key=lambda r: (r.page, r.left, r.right, r.limit))]
    feet = sorted(min(row.y for row in page) for _, page in groupby(rows, key=lambda r: r.page))
    result: list[Row] = []
    for column, after in pairwise([*columns, []]):
        last = column[-1]
        room = 0.0
        if after and after[0].page != last.page:
            room = last.y - feet[(len(feet) - 1) // 2]
        elif after and after[0].y > last.y:
            room = last.y - min(row.y for row in after)
        result += [*column[:-1], replace(last, room=max(0.0, room))]
    return result
