"""The register of a letter: every amount, date, deadline and duration in it, each with its sentence."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Citation
from assistant.citing import letter_name, reference
from assistant.figures import SCALES
from assistant.findings import Finding, FindingKind, findings
from assistant.messages import VOICE_NAMES
from ingest.letter import Letter, Part, Passage, Table
from ingest.sentences import sentence_spans

KIND_NAMES: dict[FindingKind, str] = {
    "amount": "Bedrag",
    "date": "Jaar of datum",
    "deadline": "Termijn",
    "duration": "Duur",
}
_COLUMNS = (
    *("Brief", "Soort", "Wat er staat", "Waarde", "Tot en met", "Eenheid", "Kolom", "Hoofdstuk"),
    *("Onderwerp", "Wie zegt het", "Bladzijde", "Zin", "Bron", "Adres"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a cell that begins so
_SCALED = re.compile(rf"\b({'|'.join(SCALES)})", re.IGNORECASE)
_BULLET = "• "


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding in a letter: ``text`` are its words, ``citation`` quotes the sentence that has them.

    ``start`` and ``end`` are the words' offsets in the letter's text; ``column`` is the head of the column
    where they stand in a table.
    """

    finding: Finding
    text: str
    start: int
    end: int
    column: str
    citation: Citation

    @property
    def kind_name(self) -> str:
        """What kind of finding it is, in Dutch."""
        return KIND_NAMES[self.finding.kind]


def register(letter: Letter) -> list[Entry]:
    """Return the entries of ``letter`` in reading order; their citations are numbered through."""
    entries: list[Entry] = []
    for part, passage in letter.places:
        for start, end in _sentences(passage):
            for finding in findings(letter.text[start:end], scale=_scale(passage.table), written=letter.date):
                words = start + finding.start, start + finding.end
                entries.append(
                    Entry(
                        finding=finding,
                        text=letter.text[slice(*words)],
                        start=words[0],
                        end=words[1],
                        column=_column(passage.table, *words),
                        citation=_cite(letter, part, passage, len(entries) + 1, (start, end)),
                    )
                )
    return entries


def as_csv(letters: Sequence[Letter]) -> bytes:
    """Return the registers of ``letters`` as a file that a Dutch spreadsheet opens as it is.

    UTF-8 with a byte order mark, semicolons between the cells, a comma before decimals.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for letter in letters:
        writer.writerows([_harmless(cell) for cell in _row(letter, entry)] for entry in register(letter))
    return out.getvalue().encode("utf-8-sig")


def _sentences(passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the sentences of ``passage`` in the letter's text, without bullets."""
    for start, end in sentence_spans(passage.text):
        skipped = len(_BULLET) if passage.text.startswith(_BULLET, start) else 0
        yield passage.start + start + skipped, passage.start + end


def _scale(table: Table | None) -> float:
    """Return what the amounts of ``table`` count in, where it says so: "(in miljoenen euro's)"."""
    if table is None:
        return 0
    found = _SCALED.search(" ".join((table.caption, table.corner, *table.columns)))
    return SCALES[found.group(1).lower()] if found else 0


def _column(table: Table | None, start: int, end: int) -> str:
    """Return the head above the cell that has ``[start, end)``, a row being its cells with spaces between."""
    for row in table.rows if table else ():
        place = row.end
        for cell, head in zip(reversed(row.cells), reversed(table.columns if table else ()), strict=False):
            place -= len(cell)
            if row.start <= place <= start and end <= place + len(cell):
                return head
            place -= 1
    return ""


def _cite(letter: Letter, part: Part, passage: Passage, marker: int, quote: tuple[int, int]) -> Citation:
    return Citation.of(letter, part, passage, marker=marker, start=quote[0], end=quote[1])


def _row(letter: Letter, entry: Entry) -> tuple[str, ...]:
    finding, citation = entry.finding, entry.citation
    decimal = "," if finding.unit else "."
    return (
        letter_name(letter),
        entry.kind_name,
        entry.text,
        finding.value.replace(".", decimal),
        finding.until.replace(".", decimal),
        finding.unit,
        entry.column,
        citation.chapter_name,
        " › ".join(citation.section),
        VOICE_NAMES[citation.voice],
        str(citation.page or ""),
        citation.quote,
        reference(citation, letter),
        citation.url,
    )


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
