"""Dutch sentence ends."""

from __future__ import annotations

import pytest

from ingest.letter import Letter
from ingest.sentences import sentence_spans


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("Eén zin.", ["Eén zin."]),
        ("Een zin. Nog een.", ["Een zin.", "Nog een."]),
        ("Zie o.a. de Wmo. Dat is al.", ["Zie o.a. de Wmo.", "Dat is al."]),
        (
            "De commissie o.l.v. Glenn Thodé adviseert.",
            ["De commissie o.l.v. Glenn Thodé adviseert."],
        ),
        ("Het kost € 1.184,1 mln. per jaar.", ["Het kost € 1.184,1 mln. per jaar."]),
        ("Dat zegt dr. L.K. Geluk. Klaar.", ["Dat zegt dr. L.K. Geluk.", "Klaar."]),
        ("Hij zei: ‘Kom.’ Zij ging.", ["Hij zei: ‘Kom.’", "Zij ging."]),
        ("Het loopt af (in 2026). Daarna niet.", ["Het loopt af (in 2026).", "Daarna niet."]),
        ("Komt het? ‘Ja’, zei hij.", ["Komt het?", "‘Ja’, zei hij."]),
        ("Er geldt:\n• een;\n• twee.", ["Er geldt:", "• een;", "• twee."]),
        ("Het is af. € 3 miljoen volgt.", ["Het is af.", "€ 3 miljoen volgt."]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[a:b] for a, b in sentence_spans(text)] == sentences


def test_sentences_cover_every_paragraph_of_the_letter(letter: Letter) -> None:
    for _, passage in letter.places:
        spans = sentence_spans(passage.text)
        assert "".join(passage.text[a:b] for a, b in spans).replace(" ", "") == (
            passage.text.replace(" ", "").replace("\n", "")
        )
        for a, b in spans:
            assert passage.text[a:b].strip() == passage.text[a:b]
