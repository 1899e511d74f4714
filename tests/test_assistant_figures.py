"""Figures are read with their unit and their scale."""

from __future__ import annotations

import pytest

from assistant.figures import figures


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Er komt € 2,6 miljard bij.", [(2.6e9, "€")]),
        ("€150 miljoen en 3.400 euro", [(150e6, "€"), (3400, "€")]),
        ("15 mld voor wegen", [(15e9, "€")]),
        ("een korting van 10%", [(10, "%")]),
        ("8,5 procent", [(8.5, "%")]),
        ("47 zwembaden", [(47, "zwembaad")]),
        ("vijf bouwstenen", [(5, "bouwsteen")]),
        ("4,6 miljoen huishoudens", [(4.6e6, "huishouden")]),
        ("in 2027 gemeenten", []),
        ("27 Europese lidstaten", [(27, "europes")]),
        ("7 procentpunt", [(7, "procentpunt")]),
        ("100 nieuwe woningen", []),
        ("op 1 januari om 14:30 uur", []),
        ("tien procent", [(10, "%")]),
        ("vijf miljoen euro", [(5e6, "€")]),
        ("twee derde van de leden", []),
        ("30 tot 40 procent", [(40, "%")]),
        ("", []),
    ],
)
def test_figures(text: str, found: list[tuple[float, str]]) -> None:
    assert [(round(f.value, 3), f.unit) for f in figures(text)] == found
