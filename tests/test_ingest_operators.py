"""The reader of content streams gives what pypdf's own gives, and passes over what is broken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from letter_prints import by_fpdf, by_reportlab
from pypdf import PdfReader
from pypdf.generic import ContentStream

from ingest.letter import Letter
from ingest.pdf.operators import operators


@pytest.mark.parametrize(
    ("data", "read"),
    [
        (b"", []),
        (b"BT /F1 12 Tf (Dag) Tj ET", [([], b"BT"), (["/F1", 12.0], b"Tf"), ([b"Dag"], b"Tj"), ([], b"ET")]),
        (b"[(De) -250.5 <6B61> .5] TJ", [([[b"De", -250.5, b"ka", 0.5]], b"TJ")]),
        (rb"(a\(b\)c (d) \101\n) Tj", [([b"a(b)c (d) A\n"], b"Tj")]),
        (b"(on\\\ntwee) '", [([b"ontwee"], b"'")]),
        (
            b"/Span <</ActualText (x) /MCID 3>> BDC",
            [(["/Span", {"/ActualText": b"x", "/MCID": 3.0}], b"BDC")],
        ),
        (b"/A#20b gs % niets\n1 0 0 RG", [(["/A b"], b"gs"), ([1.0, 0.0, 0.0], b"RG")]),
        (b"BI /W 2 /H 1 ID \x00)( EI Q", [([], b"BI"), (["/W", 2.0, "/H", 1.0], b"EI"), ([], b"Q")]),
        (b"<616> Tj", [([b"a`"], b"Tj")]),
        (b"(nooit dicht", []),
        (b"] >> } 1 w", [([1.0], b"w")]),
    ],
)
def test_operators_are_read(data: bytes, read: list[tuple[list[Any], bytes]]) -> None:
    assert list(operators(data)) == read


@pytest.mark.parametrize("maker", ["reportlab", "fpdf"])
def test_a_whole_letter_is_read_as_pypdf_reads_it(maker: str, letter: Letter, tmp_path: Path) -> None:
    path = by_fpdf(letter, tmp_path) if maker == "fpdf" else by_reportlab(letter, tmp_path, columns=1)
    reader = PdfReader(path)
    for page in reader.pages:
        stream = ContentStream(page["/Contents"].get_object(), reader, "bytes")
        wanted = [(_plain(list(operands)), operator) for operands, operator in stream.operations]
        assert [(_plain(operands), op) for operands, op in operators(stream.get_data())] == wanted


def _plain(found: Any) -> Any:
    if isinstance(found, list):
        return [_plain(part) for part in found]
    if isinstance(found, dict):
        return {str(key): _plain(value) for key, value in found.items()}
    return bytes(found) if isinstance(found, bytes) else found if isinstance(found, str) else float(found)
