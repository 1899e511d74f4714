"""Footnotes leave the running text and follow the paragraph that refers to them."""

from __future__ import annotations

from pathlib import Path

import pytest
from letter_prints import by_libreoffice
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.extract import read_lines
from ingest.letter import Letter
from ingest.outline import outline


def text_of(letter: Letter) -> list[str]:
    return [passage.text for _, passage in letter.places]


def drawn(path: Path) -> Path:
    """Draw a page with a raised mark in its text, a square metre, and a footnote at its foot."""
    canvas = Canvas(str(path), pagesize=A4)

    def raised(x: float, y: float, text: str) -> None:
        canvas.setFont("Helvetica", 6)
        canvas.drawString(x, y + 3.5, text)

    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(70, 770, "Wonen")
    for y, text, mark, rest in (
        (740, "De gemeente bouwt in drie jaar duizend woningen", "1", " in de wijken die daarvoor zijn"),
        (728, "aangewezen. Samen beslaan die wijken 300 m", "2", " grond, en dat is genoeg."),
        (704, "Daarna volgt de tweede fase van het plan", "2", ", waarover nog geen besluit is."),
    ):
        canvas.setFont("Helvetica", 10)
        canvas.drawString(70, y, text)
        end = 70 + canvas.stringWidth(text, "Helvetica", 10)
        raised(end, y, mark)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(end + 3.4, y, rest)
    for y, mark, text in (
        (90, "1", "Kamerstukken II 2025/26, 36 800, nr. 4, waarin het plan voor"),
        (80, "", "het eerst is genoemd."),
        (68, "2", "Zie de website van de vereniging."),
    ):
        if mark:
            raised(70, y - 1, mark)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(75, y, text)
    canvas.save()
    return path


def test_a_footnote_follows_the_paragraph_with_its_mark(tmp_path: Path) -> None:
    assert text_of(outline(read_lines(drawn(tmp_path / "noten.pdf")), "noten")) == [
        "De gemeente bouwt in drie jaar duizend woningen in de wijken die daarvoor zijn aangewezen. Samen "
        "beslaan die wijken 300 m² grond, en dat is genoeg.",
        "1 Kamerstukken II 2025/26, 36 800, nr. 4, waarin het plan voor het eerst is genoemd.",
        "Daarna volgt de tweede fase van het plan, waarover nog geen besluit is.",
        "2 Zie de website van de vereniging.",
    ]


ODF = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>
<text:h text:outline-level="1">Wonen</text:h>
<text:p>De gemeente bouwt in drie jaar duizend woningen<text:note text:note-class="footnote">
<text:note-citation>1</text:note-citation><text:note-body><text:p>Kamerstukken II 2025/26, nr. 4.</text:p>
</text:note-body></text:note>, en dat kost veel geld.</text:p>
<text:h text:outline-level="1">Werken</text:h>
<text:p>Er komt meer werk in de regio.<text:note text:note-class="footnote">
<text:note-citation>2</text:note-citation><text:note-body><text:p>Bron: de vereniging zelf.</text:p>
</text:note-body></text:note></text:p>
<text:h text:outline-level="1">Leren</text:h>
<text:p>De scholen krijgen er drie lokalen bij, en die zijn klaar in het voorjaar van 2028.</text:p>
</office:text></office:body></office:document>"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Letter:
    source = tmp_path_factory.mktemp("odf") / "noten.fodt"
    source.write_text(ODF, encoding="utf-8")
    return outline(read_lines(by_libreoffice(source)), "noten")


def test_those_of_a_word_processor_do_so_too(written: Letter) -> None:
    assert [(part.section, [p.text for p in part.passages]) for part in written.parts] == [
        (
            ("Wonen",),
            [
                "De gemeente bouwt in drie jaar duizend woningen, en dat kost veel geld.",
                "1 Kamerstukken II 2025/26, nr. 4.",
            ],
        ),
        (("Werken",), ["Er komt meer werk in de regio.", "2 Bron: de vereniging zelf."]),
        (
            ("Leren",),
            ["De scholen krijgen er drie lokalen bij, en die zijn klaar in het voorjaar van 2028."],
        ),
    ]
