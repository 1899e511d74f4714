"""A follow-up takes its subject along; a new subject leaves the old one behind."""

from __future__ import annotations

import pytest

from assistant.conversation import resolve

SUBJECT = "Wat gebeurt er met de kinderopvang?"


@pytest.mark.parametrize(
    "follow_up",
    [
        "En wat betekent dat voor ons?",
        "Hoeveel?",
        "En vanaf wanneer?",
        "Waarom is dat zo?",
        "En voor statushouders?",
        "Wat vindt de VNG daarvan?",
        "Hoeveel geld is er?",
    ],
)
def test_a_follow_up_takes_the_subject_along(follow_up: str) -> None:
    assert resolve(follow_up, [SUBJECT]) == f"{SUBJECT} {follow_up}"


@pytest.mark.parametrize(
    "question",
    [
        "Hoeveel kernreactoren moeten er minstens komen?",
        "Wat staat er over bibliotheken?",
        "Wie wordt verantwoordelijk voor de huisvesting van arbeidsmigranten?",
    ],
)
def test_a_new_subject_ignores_the_history(question: str) -> None:
    assert resolve(question, [SUBJECT]) == question


def test_a_chain_of_follow_ups_keeps_the_subject() -> None:
    history = ["Komt er geld voor nieuwe wegen?", "Hoeveel?"]
    assert resolve("In welke jaren komt dat?", history) == (
        "Komt er geld voor nieuwe wegen? Hoeveel? In welke jaren komt dat?"
    )


def test_without_history_nothing_changes() -> None:
    assert resolve("En wat betekent dat voor ons?", []) == "En wat betekent dat voor ons?"
