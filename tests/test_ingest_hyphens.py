"""Words broken at the end of a line are mended, hyphens of their own kept."""

from __future__ import annotations

import pytest

from ingest.hyphens import Hyphens

BY_MACHINE = [
    "de gemeente krijgt geld",
    "voor het gemeen-",
    "tefonds en het gemeentefonds",
    "groeit, dus de gemeen-",
    "te groeit mee",
]
BY_HAND = ["de re-integratie en de zzp-toets, ook re-", "integratie, en nog een keer re-", "integratie"]


@pytest.mark.parametrize(
    ("row", "text", "joined"),
    [
        ("de subsidie-", "verordening geldt", "de subsidieverordening geldt"),
        ("de zorg-", "en welzijnsraad", "de zorg- en welzijnsraad"),
        ("de zee-", "egel", "de zee-egel"),
        ("het VNG-", "bestuur", "het VNG-bestuur"),
        ("de NAVO-af-", "spraak", "de NAVO-afspraak"),
        ("van Noord-", "Holland", "van Noord-Holland"),
        ("de mbo-", "studenten", "de mbo-studenten"),
        ("de niet-", "betaalde rekening", "de niet-betaalde rekening"),
        ("een niet-", "temin goed", "een niettemin goed"),
        ("de sociaal-", "economische raad", "de sociaal-economische raad"),
        ("de maatschappe-", "lijke raad", "de maatschappelijke raad"),
        ("gewoon", "verder", "gewoon verder"),
        ("een zin -", "met een streep", "een zin - met een streep"),
    ],
)
def test_in_a_letter_hyphenated_by_machine(row: str, text: str, joined: str) -> None:
    assert Hyphens(BY_MACHINE).join(row, text) == joined


@pytest.mark.parametrize(
    ("row", "text", "joined"),
    [
        ("de subsidie-", "verordening", "de subsidie-verordening"),
        ("de Re-", "integratie", "de Re-integratie"),
    ],
)
def test_in_a_letter_broken_by_hand(row: str, text: str, joined: str) -> None:
    assert Hyphens(BY_HAND).join(row, text) == joined


def test_a_soft_hyphen_is_none_of_the_words_own() -> None:
    assert Hyphens(BY_HAND).join("de zee\u00ad", "egel") == "de zeeegel"


def test_where_soft_hyphens_are_known_the_others_are_the_words_own() -> None:
    lines = [*BY_MACHINE, *("en het gemeen\u00ad", "tefonds") * 5]
    assert Hyphens(lines).join("de fatbike-", "vrije zone") == "de fatbike-vrije zone"


def test_lines_become_one() -> None:
    assert (
        Hyphens(BY_MACHINE).mended("de subsidie-\nverordening\nen meer") == "de subsidieverordening en meer"
    )


def test_without_lines() -> None:
    assert Hyphens([]).join("de zee-", "egel") == "de zee-egel"


def test_a_narrow_cell_breaks_words_without_a_hyphen() -> None:
    letter = Hyphens(
        ["het geld is beschikbaar", "Beschikba", "ar op", "de maat en het werk", "maat", "werk is maatwerk"]
    )
    assert letter.mended("Beschikba\nar op\nbegroting") == "Beschikbaar op begroting"
    assert letter.mended("maat\nwerk") == "maat werk"
