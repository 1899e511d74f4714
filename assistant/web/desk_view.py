"""A claim as the desk shows it: beside its quotes, with what differs between them marked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from assistant.answer import Citation
from assistant.checks import Claim, ClaimKind, Place, Verdict, passage_at
from assistant.differences import Detail, missing, small_words
from assistant.web.reader import marked_url
from ingest.letter import Letter, Voice

_NAMES: dict[ClaimKind, str] = {
    "lead": "Het korte antwoord",
    "statement": "Zin",
    "note": "Kanttekening",
    "refusal": "De weigering",
}
_DIFFERENT = Markup('<span class="differs">{}</span>')


@dataclass(frozen=True, slots=True)
class Source:
    """A cited paragraph with its quote marked."""

    label: str
    url: str
    voice: Voice
    document: str
    start: int
    html: Markup


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim, the paragraphs beside it, and the details that stand on one side only."""

    name: str
    voice: Voice | None
    html: Markup
    sources: tuple[Source, ...]
    only_said: tuple[str, ...]
    only_quoted: tuple[str, ...]
    compared: bool
    verdict: Verdict
    place: str
    place_label: str


def views(
    claims: Sequence[Claim], verdicts: Sequence[Verdict], letters: Mapping[str, Letter]
) -> list[ClaimView]:
    """Return the claims with their verdicts; ``letters`` are by slug."""
    counted = sum(claim.kind == "statement" for claim in claims) > 1
    found: list[ClaimView] = []
    number = 0
    for claim, verdict in zip(claims, verdicts, strict=True):
        name = _NAMES[claim.kind]
        if claim.kind == "statement" and counted:
            number += 1
            name = f"{name} {number}"
        found.append(_view(claim, name, verdict, letters))
    return found


def place_value(place: Place | None) -> str:
    """Return a place as it stands in a form: "slug:start-end"."""
    return f"{place.document}:{place.start}-{place.end}" if place else ""


def _view(claim: Claim, name: str, verdict: Verdict, letters: Mapping[str, Letter]) -> ClaimView:
    quotes = " ".join(citation.quote for citation in claim.citations)
    compared = claim.kind != "refusal" and bool(quotes)
    small = _small_words({c.document for c in claim.citations}, letters)
    said = missing(claim.text, quotes, small) if compared else []
    # A lead or a note says less than its quote on purpose.
    both = compared and claim.kind == "statement"
    unsaid = {c.marker: missing(c.quote, claim.text, small) if both else [] for c in claim.citations}
    return ClaimView(
        name=name,
        voice=claim.voice,
        html=_highlight(claim.text, said),
        sources=tuple(_source(c, unsaid[c.marker]) for c in claim.citations),
        only_said=_spelled((claim.text, said)),
        only_quoted=_spelled(*((c.quote, unsaid[c.marker]) for c in claim.citations)),
        compared=compared,
        verdict=verdict,
        place=place_value(verdict.place),
        place_label=_label_of(letters, verdict.place) if verdict.place else "",
    )


def _label_of(letters: Mapping[str, Letter], place: Place) -> str:
    """Return where ``place`` is in the letter, or that it is not there any more."""
    found = passage_at(letters, place.document, place.start, place.end)
    if found is None or found[2].text != place.text:
        return "Een alinea die niet meer zo in de brief staat"
    return Citation.of(*found, marker=1, start=place.start, end=place.end).label


def _spelled(*found: tuple[str, Sequence[Detail]]) -> tuple[str, ...]:
    """Return the details of each text as they stand in it, each once."""
    return tuple(dict.fromkeys(text[d.start : d.end] for text, details in found for d in details))


def _small_words(slugs: Collection[str], letters: Mapping[str, Letter]) -> frozenset[str]:
    return frozenset().union(*(_of_text(letters[slug].text) for slug in slugs if slug in letters))


@lru_cache(maxsize=16)
def _of_text(text: str) -> frozenset[str]:
    return small_words(text)


def _source(citation: Citation, unsaid: Sequence[Detail]) -> Source:
    start, end = citation.start - citation.passage_start, citation.end - citation.passage_start
    quote = _highlight(citation.quote, unsaid)
    html = Markup("{}<mark>{}</mark>{}").format(citation.passage[:start], quote, citation.passage[end:])
    return Source(
        label=citation.label,
        url=marked_url(citation),
        voice=citation.voice,
        document=citation.document,
        start=citation.passage_start,
        html=html,
    )


def _highlight(text: str, found: Sequence[Detail]) -> Markup:
    html, done = Markup(""), 0
    for detail in found:
        html += escape(text[done : detail.start]) + _DIFFERENT.format(text[detail.start : detail.end])
        done = detail.end
    return html + escape(text[done:])
