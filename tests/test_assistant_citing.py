"""A citation in words names the letter, its date and the paragraph, as far as they are known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.answer import Citation
from assistant.citing import letter_name, reference
from ingest.letter import Letter, Part, Passage

PASSAGE = Passage("Een zin.", 0, 8, page=26, number=1, anchor="h5-hulp-1")
PART = Part(5, "Nederland werkt", ("Samen", "Hulp"), "", "Wat staat er?", "akkoord", 26, (PASSAGE,))
LETTER = Letter("brief", "Aan de slag", "Een zin.", 30, (PART,))


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({}, "Aan de slag"),
        ({"sender": "VNG", "kind": "ledenbrief"}, "VNG-ledenbrief ‘Aan de slag’"),
        ({"kind": "factsheet"}, "Factsheet ‘Aan de slag’"),
        ({"sender": "VNG"}, "VNG, ‘Aan de slag’"),
        ({"sender": "Gemeente Zwolle", "kind": "raadsbrief"}, "Gemeente Zwolle, raadsbrief ‘Aan de slag’"),
        (
            {"sender": "Vereniging", "kind": "ledenbrief", "title": "VNG-ledenbrief over wonen"},
            "VNG-ledenbrief over wonen",
        ),
        ({"sender": "VNG", "kind": "factsheet", "title": "VNG over wonen"}, "Factsheet ‘VNG over wonen’"),
        ({"date": date(2026, 2, 12)}, "Aan de slag (12 februari 2026)"),
    ],
)
def test_letter_name(fields: dict[str, object], name: str) -> None:
    assert letter_name(replace(LETTER, **fields)) == name  # type: ignore[arg-type]


def cited(part: Part, passage: Passage = PASSAGE) -> str:
    return reference(Citation.of(LETTER, part, passage, marker=1, start=0, end=8), LETTER)


def test_reference_names_every_step() -> None:
    assert cited(PART) == "Aan de slag, hoofdstuk 5, Hulp, ‘Wat staat er?’, alinea 1, p. 26"


def test_reference_has_the_section_number() -> None:
    part = replace(PART, section_number="5.2", heading="")
    assert cited(part) == "Aan de slag, hoofdstuk 5, 5.2 Hulp, alinea 1, p. 26"


def test_reference_keeps_an_abbreviation() -> None:
    part = replace(PART, chapter=0, chapter_title="VNG-reactie", section=(), heading="")
    assert cited(part) == "Aan de slag, VNG-reactie, alinea 1, p. 26"


def test_reference_without_page_or_section() -> None:
    part = replace(PART, chapter=0, chapter_title="Aanbiedingsbrief", section=(), heading="")
    assert cited(part, replace(PASSAGE, page=0)) == "Aan de slag, aanbiedingsbrief, alinea 1"
