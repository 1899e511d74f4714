"""What a question asks for."""

from __future__ import annotations

import pytest

from assistant.question import analyse, analyse_last


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hoeveel geld gaat er naar de wegen?", "amount"),
        ("Hoe hoog is het tekort in 2030?", "amount"),
        ("hoeveel extra krijgt de politie", "amount"),
        ("Welk bedrag is er voor sport?", "amount"),
        ("Hoeveel woningen komen erbij?", "count"),
        ("Hoe vaak wordt er getoetst?", "count"),
        ("Hoeveel procent is sociale huur?", "share"),
        ("Wanneer gaat de wet in?", "date"),
        ("vanaf welk jaar geldt dat", "date"),
        ("Hoe lang duurt de uitkering?", "duration"),
        ("Wie betaalt de kosten van de sloop?", "who"),
        ("Welke minister gaat erover?", "who"),
        ("In welke gemeenten komt een proef?", "place"),
        ("Waarom is de VNG ertegen?", "reason"),
        ("Wat is een warmtenet?", "definition"),
        ("Welke wetten veranderen?", "list"),
        ("Komt er geld voor de bus?", "yesno"),
        ("Hoe wordt het geld verdeeld?", "how"),
        ("Waar gaat hoofdstuk 2 over?", "summary"),
        ("Vat de brief samen", "summary"),
        ("In welk hoofdstuk staat iets over sport?", "navigation"),
        ("jeugdzorg tekort", "keyword"),
        ("Wat vindt de VNG van het plan?", "explain"),
    ],
)
def test_kind(text: str, kind: str) -> None:
    assert analyse(text).kind == kind


def test_names_and_years() -> None:
    question = analyse("Hoeveel krijgt Enschede in 2027 uit het EFRO?")
    assert question.names == ("Enschede", "EFRO")
    assert question.years == ("2027",)


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("Wat wil de coalitie met de bus?", "akkoord"),
        ("Wat vindt de VNG daarvan?", "vng"),
        ("Wat betekent dit voor gemeenten?", "vng"),
        ("Hoeveel kost het?", None),
    ],
)
def test_whose_word_is_asked(text: str, voice: str | None) -> None:
    assert analyse(text).voice == voice


def test_a_follow_up_keeps_its_own_kind_and_takes_the_names_along() -> None:
    question = analyse_last("En hoeveel kost dat?", "Komt er een tram in Delft? En hoeveel kost dat?")
    assert (question.kind, question.names) == ("amount", ("Delft",))
