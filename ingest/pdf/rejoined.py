"""Puts tables that a column or page cuts together again: repeated heads go, rows that were cut are one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from ingest.pdf.columns import Segment
from ingest.pdf.table_rows import Line


def rejoined(columns: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the lines of ``columns``; of a table that goes on in the next, its rows there without the head.

    A row is the rest of the last one where all it has begins in lower case and other cells are empty.
    """
    result: list[list[Line]] = []
    table: list[Segment] = []  # that the column before ends with
    for lines in columns:
        own = list(lines)
        if own and table and own[0][0].cells == table[0].cells:
            del own[0]
        if own and table and _is_rest(own[0][0], table[-1]):
            pairs = zip(table[-1].cells, own.pop(0)[0].cells, strict=True)
            table[-1].cells = tuple("\n".join(filter(None, pair)) for pair in pairs)
        result.append(own)
        if own:
            rows = [segment for segment, *_ in takewhile(lambda line: line[0].cells, reversed(own))][::-1]
            goes_on = len(rows) == len(own) and table and len(table[0].cells) == len(rows[0].cells)
            table = [*table, *rows] if goes_on else rows
    return result


def _is_rest(row: Segment, above: Segment) -> bool:
    """Tell whether ``row`` is what did not fit of the row ``above``."""
    if len(row.cells) != len(above.cells):
        return False
    filled = [(cell, before) for cell, before in zip(row.cells, above.cells, strict=True) if cell]
    return 0 < len(filled) < len(row.cells) and all(c[0].islower() and before for c, before in filled)
