"""What is offered to go on with is answered, from the section it is about."""

from __future__ import annotations

from assistant.answer import Answer
from assistant.follow_ups import FOLLOW_UPS, follow_ups
from assistant.service import Assistant


def test_what_is_offered_is_answered(assistant: Assistant) -> None:
    answer = assistant.ask("Hoe hoog is het dreigende tekort in de jeugdzorg in 2030?")
    offered = follow_ups(answer, assistant.letters, assistant.ask)
    assert "Wat staat er in het akkoord over jeugdzorg?" in offered
    assert len(offered) == len(set(offered)) <= FOLLOW_UPS
    for question in offered:
        assert assistant.ask(question).status == "answered"


def test_what_is_not_answered_is_not_offered(assistant: Assistant) -> None:
    answer = assistant.ask("Hoe hoog is het dreigende tekort in de jeugdzorg in 2030?")

    def refuse(question: str) -> Answer:
        return Answer(question, question, "not_stated", "")

    assert follow_ups(answer, assistant.letters, refuse) == []


def test_a_refusal_offers_nothing(assistant: Assistant) -> None:
    answer = assistant.ask("Hoeveel leden telt de kerk van Rome?")
    assert follow_ups(answer, assistant.letters, assistant.ask) == []
