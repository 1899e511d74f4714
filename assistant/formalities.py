"""Questions about the letter as a letter: who signed it, to whom it is, of what date it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.draft import Draft, Span
from ingest.about import parse_date
from ingest.letter import Letter, Part, Passage
from ingest.lines import is_closing, is_salutation

_LETTER = r"\b(?:de|deze|die|dit|uw) \w*(?:brief|schrijven)\b"
_SIGNED = re.compile(
    rf"\b(?:wie|door wie|welke personen)\b.*(?:\w*teken(?:d|de|den|t)\b|\bschre(?:ef|ven)\b|\bgeschreven\b|"
    rf"\b(?:ver)?stuur\w*\b|\bverzond\w*\b|\bopgesteld\b|\bafzender\b|\bhandtekening\w*)(?=.*{_LETTER})|"
    rf"{_LETTER}.*\b(?:ondertekend|getekend|geschreven|afkomstig)\b.*\bwie\b|"
    rf"\b(?:wie\b.*{_LETTER}.*(?:onderteken|geteken|geschreven|verstuurd|verzonden|opgesteld))|"
    rf"\bvan wie (?:is|komt|kwam) {_LETTER}|\bwie (?:is|zijn) (?:de )?(?:afzender|ondertekenaar)",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(
    rf"\b(?:aan|voor) wie\b.*(?:{_LETTER}|\bgericht\b)|{_LETTER}.*\baan wie\b|"
    r"\bwie (?:is|zijn) de geadresseerden?\b",
    re.IGNORECASE,
)
_DATED = re.compile(
    rf"\b(?:wanneer|welke (?:dag|datum))\b.*{_LETTER}.*\b"
    r"(?:geschreven|verstuurd|verzonden|gedateerd|getekend|van)\b|"
    rf"\b(?:van )?(?:wanneer|welke datum) is {_LETTER}|\bdatum van {_LETTER}",
    re.IGNORECASE,
)


def of_letter(question: str, letters: Sequence[Letter]) -> Draft | None:
    """Return the lines of the letterhead or the signatures that ``question`` asks for.

    None when it asks for none, or when there are none.
    """
    draft = Draft()
    for letter in letters:
        opening, closing = _formalities(letter)
        if _SIGNED.search(question):
            found = [place for place in closing if not is_closing(place[1].text)]
        elif _DATED.search(question):
            found = [place for place in (*opening, *closing) if parse_date(place[1].text)][:1]
        elif _ADDRESSED.search(question):
            found = [place for place in opening if _addresses(place[1].text)]
        else:
            return None
        for part, passage in found:
            draft.state(Span(letter, part, passage, passage.start, passage.end))
    return draft if draft.statements else None


def _formalities(letter: Letter) -> tuple[list[tuple[Part, Passage]], list[tuple[Part, Passage]]]:
    """Return the letterhead with the salutation, and the closing formula with the signatures."""
    places = list(letter.places)
    body = next((i for i, (_, p) in enumerate(places) if p.kind != "formality"), len(places))
    return places[:body], [place for place in places[body:] if place[1].kind == "formality"]


def _addresses(text: str) -> bool:
    return is_salutation(text) or bool(re.match(r"aan\b", text, re.IGNORECASE | re.MULTILINE))
