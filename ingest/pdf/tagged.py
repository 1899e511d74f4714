"""Uses what the tags of a PDF say of paragraphs and titles, where they agree with what the pages show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from ingest.lines import SENTENCE_END
from ingest.pdf.page import UNTAGGED, Row
from ingest.pdf.rows import is_under

_AGREE = 0.9  # of what the pages show for certain
_FEWEST = 5  # of either kind
_ENDS = ":;,"  # of what leads in a list, or is an item of one
_OTHER_SIZE = 1.0  # points
_FEWEST_TITLES = 3
_TITLE_WORDS = 30
_SHORT = 0.9  # of the titles are


def trusted(rows: Sequence[Row], gaps: Sequence[bool]) -> list[Row]:
    """Return ``rows``, without their tags where these do not agree with what is seen.

    That are sentences that run on from line to line, within one element, and elements that end where a
    sentence ends before white space (``gaps``) or where the size of the letters changes.
    """
    inside, apart = list[bool](), list[bool]()
    for i, (row, after) in enumerate(pairwise(rows)):
        if row.cells or after.cells:
            continue
        same = row.tag.block == after.tag.block != 0
        ends = gaps[i + 1] and SENTENCE_END.search(row.text)
        if ends or abs(row.style.size - after.style.size) > _OTHER_SIZE:
            apart.append(not same)
        elif _inside(row, after):
            inside.append(same)
    if all(len(seen) >= _FEWEST and sum(seen) >= _AGREE * len(seen) for seen in (inside, apart)):
        return list(rows)
    return [replace(row, tag=UNTAGGED) for row in rows]


def parted(rows: Sequence[Row], gaps: Sequence[bool]) -> list[bool]:
    """Return ``gaps`` with those between elements, and without those where one runs on over columns or pages.

    Some programs end every element at the end of a page: there they tell nothing.
    """
    pairs = [
        (i, row.tag.block == after.tag.block, is_under(row, after))
        for i, (row, after) in enumerate(pairwise(rows), start=1)
        if row.tag.block and after.tag.block and not (row.cells or after.cells)
    ]
    over = [same for i, same, under in pairs if not under and _inside(rows[i - 1], rows[i])]
    whole = 2 * sum(over) > len(over)
    result = list(gaps)
    for i, same, under in pairs:
        if under:
            result[i] |= not same
        elif same or whole:
            result[i] = not same and (gaps[i] or bool(SENTENCE_END.search(rows[i - 1].text)))
    return result


def _inside(row: Row, after: Row) -> bool:
    """Tell whether a sentence surely runs on from ``row``."""
    return row.text[-1] not in _ENDS and not SENTENCE_END.search(row.text) and after.text[0].islower()


def runs_on(row: Row, after: Row) -> bool:
    """Tell whether the tags say that ``after`` goes on with what ``row`` began, in another column."""
    return row.tag.block == after.tag.block != 0 and not is_under(row, after)


def headed(rows: Sequence[Row]) -> dict[tuple[int, int], int]:
    """Return the level of each run of rows (start, end) that is tagged as a title; none when few are found.

    None either where titles are as long as paragraphs: then the tags mean something else.
    """
    found: dict[tuple[int, int], int] = {}
    start = 0
    for tag, run in groupby(rows, key=lambda row: row.tag):
        end = start + len(list(run))
        if tag.level:
            found[start, end] = tag.level
        start = end
    words = [sum(len(row.text.split()) for row in rows[start:end]) for start, end in found]
    short = sum(count <= _TITLE_WORDS for count in words)
    return found if short >= max(_FEWEST_TITLES, _SHORT * len(found)) else {}
