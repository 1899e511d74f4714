"""Words set on a page in the tests, a line from left to right, as wide as letters are on average."""

from __future__ import annotations

from ingest.pdf.page import Style, Word

PLAIN = Style(10.0, False, False, False, "Serif", "")
BOLD = PLAIN._replace(bold=True)
SMALL = PLAIN._replace(size=8.0)


def words(text: str, x: float, y: float, style: Style = PLAIN, order: int = 0) -> list[Word]:
    """Return the words of ``text`` from (x, y), half the letter size wide a letter and a quarter a space."""
    made = []
    for number, part in enumerate(text.split()):
        end = x + 0.5 * style.size * len(part)
        made.append(Word(part, x, y, end, style, spaced=bool(number), order=order + number))
        x = end + 0.25 * style.size
    return made
