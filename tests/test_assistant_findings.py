"""Amounts, dates, deadlines and durations are found whole, and with a value that sorts."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.findings import findings


def found(text: str, scale: float = 0) -> list[tuple[str, str, str, str, str]]:
    """What stands in ``text``: kind, words, value, until, unit."""
    return [
        (f.kind, text[f.start : f.end], f.value, f.until, f.unit)
        for f in findings(text, scale=scale, written=date(2026, 2, 12))
    ]


@pytest.mark.parametrize(
    ("text", "words", "value", "until"),
    [
        ("een korting van € 2,6 miljard.", "€ 2,6 miljard", "2600000000", ""),
        ("er is €100 miljoen voor", "€100 miljoen", "100000000", ""),
        ("nodig is € 4 à 5 miljard per keer", "€ 4 à 5 miljard", "4000000000", "5000000000"),
        ("van 200 tot 300 miljoen euro", "200 tot 300 miljoen euro", "200000000", "300000000"),
        ("een boete van € 500 tot 2 miljoen", "€ 500 tot 2 miljoen", "500", "2000000"),
        ("kost 12,50 euro.", "12,50 euro", "12.50", ""),
        ("begroot op € 1,4 mln. De rest", "€ 1,4 mln", "1400000", ""),
        ("€ 1.234.567 en niets meer", "€ 1.234.567", "1234567", ""),
        ("Er is 15 miljard voor wegen", "15 miljard", "15000000000", ""),
        ("Advies € 1.184,1", "€ 1.184,1", "", ""),
    ],
)
def test_amounts(text: str, words: str, value: str, until: str) -> None:
    assert found(text) == [("amount", words, value, until, "euro")]


def test_year_before_an_amount_is_no_range() -> None:
    assert found("stijgt in 2027 tot 45.000 euro") == [
        ("date", "2027", "2027", "", ""),
        ("amount", "45.000 euro", "45000", "", "euro"),
    ]


def test_amount_in_another_currency_keeps_it() -> None:
    assert found("een fonds van 3 miljoen dollar") == [
        ("amount", "3 miljoen dollar", "3000000", "", "dollar")
    ]


def test_scale_of_a_table_holds_where_an_amount_has_none() -> None:
    assert [f[2] for f in found("€ 1.184,1 en € 2 miljard", scale=1e6)] == ["1184100000", "2000000000"]


@pytest.mark.parametrize(
    ("text", "words", "value", "until"),
    [
        ("Dat gebeurt in 2030.", "2030", "2030", ""),
        ("op 30 januari 2026 gepresenteerd", "30 januari 2026", "2026-01-30", ""),
        ("sinds maart 2027 geldt", "maart 2027", "2027-03", ""),
        ("vindt plaats in april", "april", "", ""),
        ("de periode 2026-2028 of", "2026-2028", "2026", "2028"),
        ("in 2027 tot en met 2029", "2027 tot en met 2029", "2027", "2029"),
        ("het schooljaar 2026/27 begint", "het schooljaar 2026/27", "2026", "2027"),
        ("het najaar van 2026 wordt", "het najaar van 2026", "2026", ""),
        ("op 1-7-2027 om", "1-7-2027", "2027-07-01", ""),
        ("op 31-2-2027 om", "31-2-2027", "", ""),
        ("de middelen van vorig jaar", "vorig jaar", "2025", ""),
        ("€ 1 miljard voor 2029", "2029", "2029", ""),
    ],
)
def test_dates(text: str, words: str, value: str, until: str) -> None:
    assert [f for f in found(text) if f[0] != "amount"] == [("date", words, value, until, "")]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("vanaf 2029 geld", "vanaf 2029", "2029"),
        ("geschrapt met ingang van 1 januari 2029.", "met ingang van 1 januari 2029", "2029-01-01"),
        ("loopt tot eind 2026.", "tot eind 2026", "2026"),
        ("per maart 2027", "per maart 2027", "2027-03"),
        ("komt voor het einde van 2026", "voor het einde van 2026", "2026"),
        ("meld u voor 1 juli 2028 aan", "voor 1 juli 2028", "2028-07-01"),
        ("Uiterlijk in 2030 klaar", "Uiterlijk in 2030", "2030"),
        ("vóór 15 december", "vóór 15 december", ""),
        ("loopt t/m 2035", "t/m 2035", "2035"),
    ],
)
def test_deadlines(text: str, words: str, value: str) -> None:
    assert found(text) == [("deadline", words, value, "", "")]


@pytest.mark.parametrize(
    ("text", "words", "value", "unit"),
    [
        ("verkort naar één jaar.", "één jaar", "1", "jaar"),
        ("binnen zes weken antwoord", "binnen zes weken", "6", "week"),
        ("een termijn van dertig dagen", "dertig dagen", "30", "dag"),
        ("na anderhalf jaar", "anderhalf jaar", "1.5", "jaar"),
    ],
)
def test_durations(text: str, words: str, value: str, unit: str) -> None:
    assert found(text) == [("duration", words, value, "", unit)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "jongeren tussen twaalf en dertig jaar",
        "wie jonger is dan 18 jaar",
        "kinderen van 4 jaar en ouder",
        "om 14:30 uur",
        "gemiddeld acht uur per week",
        "2011 RD Haarlem",
        "kenmerk 2026-12345",
        "12026 woningen, 30% meer",
    ],
)
def test_what_is_no_amount_or_time(text: str) -> None:
    assert found(text) == []


def test_order_sorts_each_kind() -> None:
    def order(text: str) -> list[str]:
        return [text[f.start : f.end] for f in sorted(findings(text), key=lambda f: f.order or float("inf"))]

    assert order("1 maart 2029, 2028, maart 2029, 2029, april") == [
        *("2028", "2029", "maart 2029", "1 maart 2029", "april")
    ]
    assert order("twee jaar, drie weken, 40 dagen") == ["drie weken", "40 dagen", "twee jaar"]
