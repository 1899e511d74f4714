"""Statements and notes keep their numbers, also when two drafts become one."""

from __future__ import annotations

from assistant.draft import Draft, Span, tidy
from ingest.letter import Letter
from ingest.outline import outline
from ingest.text import split_lines

LETTER: Letter = outline(split_lines("De weg gaat open.\n\nDe brug gaat dicht."), "brief")


def span(number: int) -> Span:
    part, passage = list(LETTER.places)[number]
    return Span(LETTER, part, passage, passage.start, passage.end)


def test_a_span_that_is_cited_twice_keeps_its_number() -> None:
    draft = Draft()
    draft.state(span(0))
    draft.note("caveat", "De weg gaat open.", span(0))
    assert [c.marker for c in draft.citations] == [1]
    assert draft.text == "De weg gaat open. [1]\nLet op: De weg gaat open. [1]"


def test_the_lead_goes_before_the_first_statement() -> None:
    draft = Draft()
    draft.state(span(0))
    draft.lead = "open"
    assert draft.text == "open [1]\nDe weg gaat open. [1]"


def test_what_two_drafts_share_is_said_once_under_one_number() -> None:
    first, second = Draft(), Draft()
    first.state(span(0))
    first.note("caveat", "De brug gaat dicht.", span(1))
    second.state(span(1))
    second.state(span(0))
    second.note("caveat", "De brug gaat dicht.", span(1))
    whole = Draft()
    whole.absorb(first)
    whole.absorb(second)
    assert [(s.text, s.markers) for s in whole.statements] == [
        ("De weg gaat open.", (1,)),
        ("De brug gaat dicht.", (2,)),
    ]
    assert [n.markers for n in whole.notes] == [(2,)]


def test_neighbours_touch_and_join() -> None:
    part, passage = next(iter(LETTER.places))
    left = Span(LETTER, part, passage, passage.start, passage.start + 6)
    right = Span(LETTER, part, passage, passage.start + 7, passage.end)
    assert left.touches(right)
    assert not left.touches(span(1))
    assert right.join(left).text == "De weg gaat open."


def test_a_single_item_loses_its_bullet_and_a_list_keeps_its_form() -> None:
    assert tidy("• een") == "een"
    assert tidy("Nodig:\n• een;\n• twee.") == "Nodig:\n• een;\n• twee."
