"""The register holds every amount and time of a letter at its place, and goes into a spreadsheet whole."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from assistant.register import as_csv, register
from ingest.letter import Letter, Part, Passage, Table, TableRow

ROOT = Path(__file__).parent.parent


def letter_of(text: str, table: Table | None = None) -> Letter:
    """A letter of one paragraph."""
    passage = Passage(text, 0, len(text), 1, 1, "h1-1", "table" if table else "text", table)
    return Letter("brief", "Brief", text, 1, (Part(1, "Begin", ("Deel",), "", "", "vng", 1, (passage,)),))


def rows(*letters: Letter) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(letters).decode("utf-8-sig")), delimiter=";"))


def test_words_and_sentence_stand_at_their_offsets(letter: Letter) -> None:
    for entry in register(letter):
        citation = entry.citation
        assert letter.text[entry.start : entry.end] == entry.text
        assert letter.text[citation.start : citation.end] == citation.quote
        assert citation.start <= entry.start < entry.end <= citation.end


def test_every_euro_sign_and_year_of_the_shipped_letter_is_in_it(letter: Letter) -> None:
    covered = [range(entry.start, entry.end) for entry in register(letter)]
    for _, passage in letter.places:
        for match in re.finditer(r"€|(?<!\d)20[2-9]\d(?!\d)", passage.text):
            place = passage.start + match.start()
            assert any(place in span for span in covered), letter.text[place - 40 : place + 40]


def test_entries_are_in_reading_order_and_numbered(letter: Letter) -> None:
    entries = register(letter)
    assert [entry.start for entry in entries] == sorted({entry.start for entry in entries})
    assert [entry.citation.marker for entry in entries] == list(range(1, len(entries) + 1))


def test_list_item_is_quoted_without_its_bullet() -> None:
    assert [e.citation.quote for e in register(letter_of("• Er is € 5.\n• Niets."))] == ["Er is € 5."]


def test_amount_in_a_table_has_column_and_scale() -> None:
    head, row = "2027 2028", "Wonen € 1,5 € 20,0"
    table = Table(
        "Bedragen in miljoenen euro's", ("2027", "2028"), (TableRow("Wonen", ("€ 1,5", "€ 20,0"), 39, 57),)
    )
    entries = register(letter_of(f"Bedragen in miljoenen euro's\n{head}\n{row}", table))
    assert [(e.text, e.column, e.finding.value) for e in entries if e.finding.kind == "amount"] == [
        ("€ 1,5", "2027", "1500000"),
        ("€ 20,0", "2028", "20000000"),
    ]


def test_letter_without_figures_has_an_empty_register() -> None:
    assert register(letter_of("Geen enkel getal.")) == []
    assert rows(letter_of("Geen enkel getal.")) == []


def test_csv_is_as_a_dutch_spreadsheet_wants_it(letter: Letter) -> None:
    data = as_csv([letter])
    assert data.startswith(b"\xef\xbb\xbfBrief;Soort;Wat er staat;Waarde;")
    assert data.count(b"\r\n") == len(register(letter)) + 1


def test_csv_has_values_that_sort() -> None:
    first, second = rows(letter_of("Vanaf 1 juli 2029 kost het 12,50 euro."))
    assert (first["Soort"], first["Waarde"], first["Eenheid"]) == ("Termijn", "2029-07-01", "")
    assert (second["Soort"], second["Waarde"], second["Eenheid"]) == ("Bedrag", "12,50", "euro")
    assert first["Bron"] == "Brief, hoofdstuk 1, Deel, alinea 1, p. 1"
    assert first["Adres"] == "/brief/brief#h1-1"


def test_command_line_gives_the_register(letter: Letter, tmp_path: Path) -> None:
    def run(*options: str) -> bytes:
        command = [sys.executable, "-m", "assistant", "letters", "register", letter.slug, *options]
        environment = os.environ | {"VRAAGBAAK_HOME": str(tmp_path), "PYTHONUTF8": "1"}
        return subprocess.run(command, capture_output=True, check=True, env=environment, cwd=ROOT).stdout

    assert run("--csv") == as_csv([letter])
    assert "Bedrag: € 435 mln  (Aanbiedingsbrief › Wmo › alinea 1 (p. 2))" in run().decode()


def test_cell_that_looks_like_a_formula_is_text() -> None:
    letter = replace(letter_of('=HYPERLINK("x";2029)'), title="@SUM(A1)")
    (row,) = rows(letter)
    assert row["Zin"] == '\'=HYPERLINK("x";2029)'
    assert row["Brief"] == "'@SUM(A1)"
