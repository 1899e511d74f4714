"""What there is to check in an answer, and when two answers are the same one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from answers import answer_of
from assistant.answer import Answer, Note
from assistant.checks import are_initials, claims, key_of, passage_at, still_there
from ingest.letter import Letter


@pytest.fixture
def answer(letter: Letter) -> Answer:
    return answer_of(letter, "Wat staat er?", 40, 60)


def test_every_statement_is_a_claim_with_its_citations(answer: Answer) -> None:
    found = claims(answer)
    assert [claim.kind for claim in found] == ["statement", "statement"]
    assert [claim.citations for claim in found] == [(c,) for c in answer.citations]
    assert [claim.voice for claim in found] == [s.voice for s in answer.statements]


def test_lead_and_notes_that_cite_are_claims_too(answer: Answer) -> None:
    notes = (Note("caveat", "Nog onduidelijk.", (2,)), Note("language", "U vroeg dit in het Engels."))
    found = claims(replace(answer, answer=f"€ 40 miljoen [1]\n{answer.answer}", notes=notes))
    assert [(claim.kind, claim.text) for claim in (found[0], found[-1])] == [
        ("lead", "€ 40 miljoen"),
        ("note", "Nog onduidelijk."),
    ]
    assert found[0].citations == answer.citations[:1]
    assert found[-1].citations == answer.citations[1:]
    assert len(found) == 4


def test_refusal_is_one_claim_beside_the_nearest_places(letter: Letter) -> None:
    refused = answer_of(letter, "Wat?", 40, 41, status="not_stated")
    (claim,) = claims(refused)
    assert (claim.kind, claim.text, claim.citations) == ("refusal", refused.answer, refused.nearest)


def test_answer_of_another_make_has_something_to_judge_too(answer: Answer) -> None:
    for text in ("", "Ja. [1]"):
        (claim,) = claims(replace(answer, answer=text, statements=()))
        assert claim.text == text.removesuffix(" [1]")


@pytest.mark.parametrize("question", ["wat staat er", "  Wat  staat er? ", "WAT STÁÁT ER?!"])
def test_case_accents_and_punctuation_make_no_other_question(answer: Answer, question: str) -> None:
    assert key_of(replace(answer, question=question, resolved_question=question)) == key_of(answer)


def test_anything_the_reader_sees_makes_another_answer(answer: Answer, letter: Letter) -> None:
    first = answer.citations[0]
    changes = [
        replace(answer, resolved_question="Wat staat er over 2029?"),
        replace(answer, answer="Nee. " + answer.answer),
        replace(answer, statements=answer.statements[:1]),
        replace(answer, notes=(Note("caveat", "Let op.", (1,)),)),
        replace(answer, citations=(replace(first, passage=first.passage + "!"), answer.citations[1])),
        replace(answer, citations=(replace(first, voice="vng"), answer.citations[1])),
        replace(answer, citations=(replace(first, document="andere"), answer.citations[1])),
    ]
    assert first.voice == "akkoord"
    assert len({key_of(other) for other in [answer, *changes]}) == len(changes) + 1


def test_time_and_confidence_make_no_other_answer(answer: Answer) -> None:
    assert key_of(replace(answer, timing_ms={"total": 9.0}, confidence=0.5, id="x")) == key_of(answer)


def test_answer_is_still_there_while_its_passages_are(answer: Answer, letter: Letter) -> None:
    assert still_there(answer, {letter.slug: letter})
    part = next(
        p for p in letter.parts for passage in p.passages if passage.text == answer.citations[0].passage
    )
    cut = replace(letter, parts=tuple(p for p in letter.parts if p is not part))
    assert not still_there(answer, {letter.slug: cut})
    assert not still_there(answer, {})


def test_passage_is_found_by_exactly_its_offsets(letter: Letter) -> None:
    letters = {letter.slug: letter}
    for part, passage in list(letter.places)[::40]:
        found = passage_at(letters, letter.slug, passage.start, passage.end)
        assert found == (letter, part, passage)
        assert passage_at(letters, letter.slug, passage.start, passage.end - 1) is None
    assert passage_at(letters, "weg", 0, 1) is None


@pytest.mark.parametrize("text", ["AB", "A.B.", "JdV", "J. de V.", "É", "A-B"])
def test_initials(text: str) -> None:
    assert are_initials(text)


@pytest.mark.parametrize("text", ["", " ", "12", "<b>", "Een heel lange naam", "A" * 13, ".A"])
def test_not_initials(text: str) -> None:
    assert not are_initials(text)
