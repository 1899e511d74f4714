"""The tags of a PDF say what its words belong to; damaged ones say nothing, and the text is still read."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_file import FONT, pdf, stream

from ingest.extract import read_lines
from ingest.pdf.file import PdfFile
from ingest.pdf.page import UNTAGGED, Tag

PIECES = ("Wonen", "Er komt geld bij.", "2027", "2028")
FIRST = 6  # the number of the first element


def tagged(folder: Path, *elements: str, roles: str = "") -> Path:
    """Write a page of four pieces, marked 0 to 3; ``elements`` are the objects from 6 on."""
    draw = "".join(
        f"/P << /MCID {n} >> BDC BT /F1 12 Tf 72 {700 - 20 * n} Td ({piece}) Tj ET EMC\n"
        for n, piece in enumerate(PIECES)
    )
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /StructTreeRoot << /K {FIRST} 0 R /RoleMap << {roles} >> >> >>",
        "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        FONT.decode(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
        "/Resources << /Font << /F1 3 0 R >> >> >>",
        stream(draw.encode()).decode(),
        *elements,
    ]
    path = folder / "gemerkt.pdf"
    path.write_bytes(pdf([body.encode() for body in objects]))
    return path


def element(kind: str, kids: str, more: str = "") -> str:
    return f"<< /S /{kind} /Pg 4 0 R /K [{kids}] {more} >>"


def tags(path: Path) -> list[Tag]:
    """Return the tag of the first word of each piece."""
    firsts = {piece.split()[0] for piece in PIECES}
    (drawing,) = PdfFile(path).drawings()
    return [word.tag for word in drawing.words if word.text in firsts]


def test_words_belong_to_the_nearest_block(tmp_path: Path) -> None:
    path = tagged(
        tmp_path,
        element("Document", "7 0 R 8 0 R"),
        element("H2", "9 0 R"),
        element("P", "1 10 0 R"),
        element("Span", "0"),
        element("Link", "<< /Type /MCR /Pg 4 0 R /MCID 2 >> 3"),
    )
    assert tags(path) == [Tag(2, level=2), Tag(3), Tag(3), Tag(3)]


def test_names_of_the_programs_own_are_looked_up(tmp_path: Path) -> None:
    path = tagged(tmp_path, element("Kop", "0"), roles="/Kop /Titel /Titel /H1")
    assert tags(path) == [Tag(1, level=1), UNTAGGED, UNTAGGED, UNTAGGED]


def table(*cells: str) -> list[str]:
    return [element("Table", "7 0 R"), element("TR", "8 0 R 9 0 R 10 0 R"), *cells]


def test_cells_know_their_column(tmp_path: Path) -> None:
    wide = "/A << /O /Table /ColSpan 2 >>"
    path = tagged(tmp_path, *table(element("TH", "1", wide), element("TD", "2"), element("TD", "3")))
    assert [(tag.table, tag.row, tag.cell) for tag in tags(path)] == [
        (0, 0, 0),
        (1, 2, 1),
        (1, 2, 3),
        (1, 2, 4),
    ]


def test_a_table_with_cells_over_several_rows_is_left_to_the_page(tmp_path: Path) -> None:
    high = "/A [<< /O /Layout >> << /O /Table /RowSpan 2 >>]"
    path = tagged(tmp_path, *table(element("TH", "1", high), element("TD", "2"), element("TD", "3")))
    assert {(tag.table, tag.row, tag.cell) for tag in tags(path)} == {(0, 0, 0)}


@pytest.mark.parametrize(
    "elements",
    [
        [element("P", "6 0 R")],
        [element("P", "0 6 0 R 6 0 R")],
        ["<< /S 7 /K << /K (tekst) >> >>"],
        ["[6 0 R 99 0 R null true]"],
        [element("P", "-1 3.5 999999 /P"), "<< /MCID /0 >>"],
        [element("TR", "7 0 R"), element("TD", "0", "/A [7 0 R << /ColSpan -3 /RowSpan (2) >>]")],
    ],
)
def test_a_damaged_tree_leaves_the_text(tmp_path: Path, elements: list[str]) -> None:
    path = tagged(tmp_path, *elements)
    assert [line.text for line in read_lines(path)] == list(PIECES)
