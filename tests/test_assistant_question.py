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
        ("Waar komen de nieuwe bruggen te liggen?", "place"),
        ("Waar worden de huizen voor ouderen neergezet?", "place"),
        ("Waar wordt dat geld allemaal aan besteed?", "explain"),
        ("Waar zijn gemeenten bang voor?", "explain"),
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


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Wie is de voorzitter van de vereniging?", True),
        ("Wie wordt de nieuwe landelijk coördinator?", True),
        ("Wie zit de club van experts voor?", True),
        ("Hoe heet de wethouder die dat zei?", True),
        ("Wie is verantwoordelijk voor het onderhoud?", False),
        ("Wie is straks aan zet?", False),
        ("Wie wordt de volgende kanselier?", True),
        ("Wie is de nieuwe eigenaar van het gebouw?", False),
        ("Hoe heet het plan van de gemeenten?", False),
    ],
)
def test_a_person_is_wanted_where_a_role_is_named(text: str, wanted: bool) -> None:
    assert analyse(text).wants_person is wanted


def test_a_name_of_stop_words_is_none() -> None:
    assert analyse("Welke partijen zitten achter ‘Aan de slag!’?").names == ()
