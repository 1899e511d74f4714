"""A turn as HTML: voices, numbers that lead to their cards, marks by offset, all escaped."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from typing import get_args

import pytest

from assistant.answer import Answer, Citation, Note, NoteKind, Statement, Status
from assistant.web.turns import Beside, render_message, render_turn
from ingest.letter import Letter, Part, Passage

ATTACK = "<script>alert(1)</script>"
TEXT = f"Ja. Ja. {ATTACK} & meer."


def citation(marker: int = 1, start: int = 4, end: int = 7) -> Citation:
    """A citation of a letter of one paragraph, that begins at offset 0."""
    passage = Passage(TEXT, 0, len(TEXT), page=3, number=1, anchor="h1-deel-1")
    part = Part(1, "Begin", ("Deel",), "", "Wat staat er in het akkoord?", "akkoord", 3, (passage,))
    letter = Letter("brief", "Brief", TEXT, 3, (part,))
    return Citation.of(letter, part, passage, marker=marker, start=start, end=end)


def named(titles: dict[str, str]) -> tuple[Letter, ...]:
    """Letters with these slugs and titles."""
    return tuple(Letter(slug, title, TEXT, 3, ()) for slug, title in titles.items())


def answered() -> Answer:
    """An answer of one statement with its source."""
    return Answer(
        question="Klopt dat?",
        resolved_question="Klopt dat?",
        status="answered",
        answer="Ja. [1]",
        statements=(Statement("Ja.", (1,), "akkoord"),),
        citations=(citation(),),
    )


def test_statement_has_voice_text_and_number() -> None:
    html = render_turn(2, answered(), Beside())
    assert '<span class="voice akkoord">Akkoord</span>\n<div class="said">Ja.&nbsp;<a' in html
    assert 'href="#bron-2-1"' in html
    assert html.count('id="bron-2-1"') == 1


def test_two_halves_stand_in_two_columns_under_their_headings() -> None:
    own = replace(citation(2), heading="Wat betekent dit voor gemeenten?", voice="vng")
    both = replace(
        answered(),
        statements=(Statement("Nee.", (2,), "vng"), Statement("Ja.", (1,), "akkoord")),
        citations=(citation(), own),
    )
    html = render_turn(1, both, Beside())
    order = [
        html.index(text)
        for text in (">Wat staat er in het akkoord?<", "Ja.&nbsp;", ">Wat betekent dit", "Nee.&nbsp;")
    ]
    assert order == sorted(order)
    assert 'class="halves"' not in render_turn(1, answered(), Beside())


def test_quote_is_marked_by_offset_not_by_its_words() -> None:
    assert "<blockquote>Ja. <mark>Ja.</mark> &lt;script&gt;" in render_turn(1, answered(), Beside())


def test_source_links_to_the_marked_quote() -> None:
    assert 'href="/brief/brief?citaat=4-7#h1-deel-1"' in render_turn(1, answered(), Beside())


@pytest.mark.parametrize("status", get_args(Status))
def test_html_is_escaped_everywhere(status: Status) -> None:
    hostile = Answer(
        question=ATTACK,
        resolved_question=f"{ATTACK}?",
        status=status,
        answer=f"{ATTACK} [1]",
        statements=(Statement(ATTACK, (1,), "vng"),),
        citations=(replace(citation(), heading=ATTACK, document=ATTACK),),
        nearest=(replace(citation(), chapter_title=ATTACK, chapter=0),),
        notes=tuple(Note(kind, ATTACK, (1,)) for kind in get_args(NoteKind)),
    )
    html = render_turn(1, hostile, Beside(letters=named({ATTACK: ATTACK, "b": "B"})))
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 9
    assert "<script" not in render_message(1, ATTACK, ATTACK, waiting=True)


def test_figure_up_front_stands_before_the_statements() -> None:
    answer = replace(answered(), answer="2029 [1]\nJa. [1]")
    html = render_turn(1, answer, Beside())
    assert html.index('<p class="lead decisive">2029 <a class="marker"') < html.index('class="said"')


def test_number_without_a_source_stays_text() -> None:
    answer = replace(answered(), answer="Zie [7].", statements=(), citations=())
    assert '<p class="lead">Zie [7].</p>' in render_turn(1, answer, Beside())


def test_notes_are_set_apart_with_their_numbers() -> None:
    answer = replace(answered(), notes=(Note("caveat", "Nog onduidelijk.", (1,)),))
    html = render_turn(1, answer, Beside())
    assert '<div class="note caveat" role="note">' in html
    assert "<strong>Let op:</strong> Nog onduidelijk.&nbsp;<a" in html


def test_refusal_has_its_heading_and_nearest_places() -> None:
    answer = Answer("Wat?", "Wat?", "not_stated", "Dat staat er niet.", nearest=(citation(),))
    html = render_turn(1, answer, Beside())
    assert "<h3>Dit zegt de brief niet</h3>" in html
    assert "Dat staat er niet." in html
    assert citation().label.split(" › ")[1] in html


def test_resolved_question_is_shown_when_history_changed_it() -> None:
    answer = replace(answered(), resolved_question="Klopt dat bij zorg?")
    assert "Gelezen als: Klopt dat bij zorg?" in render_turn(1, answer, Beside())
    assert "Gelezen als" not in render_turn(1, answered(), Beside())


@pytest.mark.parametrize(("titles", "shown"), [({"brief": "Brief 1"}, 0), ({"brief": "A", "b": "B"}, 1)])
def test_title_is_shown_when_there_is_more_than_one_letter(titles: dict[str, str], shown: int) -> None:
    assert render_turn(1, answered(), Beside(letters=named(titles))).count('class="document"') == shown


def test_an_answer_and_a_source_can_be_copied_with_their_place() -> None:
    html = render_turn(1, answered(), Beside(letters=named({"brief": "Brief over de kust"})))
    assert (
        'data-copy="Brief over de kust, hoofdstuk 1, Deel, ‘Wat staat er in het akkoord?’, alinea 1, p. 3"'
        in html
    )
    (copied,) = re.findall(r'data-copy="([^"]*)" data-copied="Antwoord gekopieerd', html)
    assert "Klopt dat?" in copied and "Ja." in copied and "hoofdstuk 1" in copied


def test_what_was_asked_goes_with_the_turn_for_reactions_and_export() -> None:
    html = render_turn(
        1, answered(), Beside(history=('Eerst "dit"?',), documents=("brief",), label="Gecontroleerd")
    )
    (asked,) = re.findall(r'data-asked="([^"]*)"', html)
    assert json.loads(unescape(asked)) == {"history": ['Eerst "dit"?'], "documents": ["brief"]}
    assert '<p class="checked">Gecontroleerd</p>' in html
