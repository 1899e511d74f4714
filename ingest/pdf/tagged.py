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
        ends = SENTENCE_END.search(row.text)
        if abs(row.style.size - after.style.size) > _OTHER_SIZE or (gaps[i + 1] and ends):
            apart.append(not same)
        elif not ends and row.text[-1] not in _ENDS and after.text[0].islower():
            inside.append(same)
    if all(len(seen) >= _FEWEST and sum(seen) >= _AGREE * len(seen) for seen in (inside, apart)):
        return list(rows)
    return [replace(row, tag=UNTAGGED) for row in rows]


def parted(rows: Sequence[Row], gaps: Sequence[bool]) -> list[bool]:
    """Return ``gaps`` with those between elements, and without those where one runs on over columns or pages.

    At the end of a column some programs end the element too: there a sentence has to end as well.
    """
    result = list(gaps)
    for i, (row, after) in enumerate(pairwise(rows), start=1):
        if not row.tag.block or not after.tag.block or row.cells or after.cells:
            continue
        below = is_under(row, after)
        if row.tag.block != after.tag.block:
            result[i] |= below or bool(SENTENCE_END.search(row.text))
        elif not below:
            result[i] = False
    return result


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
