"""Questions for what changed: between two versions of a letter, or between two letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant import messages
from assistant.draft import Draft, Span
from index.analysis import terms
from ingest.letter import Letter
from ingest.sentences import sentence_spans
from ingest.versions import Change, Place, changes

_MAX_CHANGES = 6
_LETTERS = r"(?:brief|brieven|ledenbrief|versies?)"
_CHANGED = re.compile(
    r"\bwat (?:is|zijn) (?:de |het )?(?:verschil|verschillen|wijzigingen|veranderingen)\b|"
    r"\bwat (?:is|zijn|was) er\b.*?\b(?:veranderd|gewijzigd|aangepast|anders|nieuw|bijgekomen|vervallen)\b|"
    rf"\bwat (?:verandert|is nieuw|is anders)\b(?=.*\b{_LETTERS}\b)|"
    rf"\b(?:verschil|verschillen|wijzigingen|veranderingen)\b(?=.*\b{_LETTERS}\b)",
    re.IGNORECASE,
)
_WHICH = r"(?:\s+(?:de|deze|die|beide|twee|een|en|vorige|eerdere|oude|nieuwe|laatste|andere))"
_COMPARED = re.compile(
    rf"\b(?:ten opzichte van|vergeleken met|sinds|tussen|met|in|van){_WHICH}*\s+{_LETTERS}\b"
    rf"(?:{_WHICH}+(?:\s+{_LETTERS}\b)?)?",
    re.IGNORECASE,
)
_BEFORE_SUBJECT = re.compile(r"^\W*(?:er )?(?:aan|bij|in|voor|over|op|rond|met|van|qua)\b", re.IGNORECASE)


def pair_asked(
    question: str, chosen: Sequence[Letter], letters: Sequence[Letter]
) -> tuple[Letter, Letter] | None:
    """Return the (older, newer) letters that ``question`` compares, None when it compares none.

    Those are a letter of ``chosen`` and the version that it replaced; without versions the two latest
    of ``chosen``, where the question speaks of letters.
    """
    if not _CHANGED.search(question):
        return None
    for newer in chosen:
        for older in letters:
            if older.replaced_by == newer.slug:
                return older, newer
    dated = sorted(chosen, key=lambda letter: letter.date or date.min)
    return (dated[-2], dated[-1]) if len(dated) > 1 and _COMPARED.search(question) else None


def subject_of(question: str) -> str:
    """Return what the change is asked of ("huishoudelijke hulp"), "" for the letter as a whole."""
    rest = _COMPARED.sub(" ", _CHANGED.sub(" ", question)).strip(" ?.!")
    subject = " ".join(_BEFORE_SUBJECT.sub("", rest).split())
    return subject if terms(subject) else ""


def all_changes(older: Letter, newer: Letter) -> Draft:
    """Return the first changes from ``older`` to ``newer``, each in the letters' own words."""
    if found := changes(older, newer):
        return _listed(found, older, newer)
    first = next(newer.places)
    draft = Draft(lead=messages.UNCHANGED)
    draft.state(_span(newer, first, *sentence_spans(first[1].text)[0]))
    return draft


def on_subject(pair: tuple[Letter, Letter], older: Draft | None, newer: Draft | None) -> Draft | None:
    """Return what changed where ``older`` and ``newer``, the answers of the two letters, stand.

    Of letters that are no versions of each other it is what each says. None when neither answers.
    """
    drafts = [draft for draft in (newer, older) if draft]
    if not drafts or pair[0].replaced_by != pair[1].slug:
        return _side_by_side(pair, older, newer)
    sections = {citation.section for draft in drafts for citation in draft.citations}
    found = [c for c in changes(*pair) if any(p and p[0].section in sections for p in (c.old, c.new))]
    if found:
        return _listed(found, *pair)
    draft = Draft()
    draft.absorb(drafts[0])
    draft.remark("premise", messages.SAME, [citation.marker for citation in draft.citations])
    return draft


def _listed(found: Sequence[Change], older: Letter, newer: Letter) -> Draft:
    draft = Draft(lead=messages.changed(len(found), min(len(found), _MAX_CHANGES)))
    spans: dict[str, list[Span]] = {kind: [] for kind in messages.CHANGES}
    for change in found[:_MAX_CHANGES]:
        for span in _spans(change, older, newer):
            draft.state(span)
            spans[change.kind].append(span)
    for kind, of_kind in spans.items():
        if of_kind:
            draft.note("premise", messages.CHANGES[kind], *of_kind)
    return draft


def _side_by_side(pair: tuple[Letter, Letter], older: Draft | None, newer: Draft | None) -> Draft | None:
    draft = Draft()
    for one, letter in ((newer, pair[1]), (older, pair[0])):
        if one is not None:
            draft.absorb(one)
            markers = [c.marker for c in draft.citations if c.document == letter.slug]
            draft.remark("premise", messages.FROM_LETTER.format(title=letter.dated_title), markers)
    if older is None or newer is None:
        draft.note("premise", messages.ONLY_ONE)
    return draft if draft.statements else None


def _spans(change: Change, older: Letter, newer: Letter) -> list[Span]:
    """Return the sentences that changed: the new one first, then what it was."""
    spans = []
    for letter, place, other in ((newer, change.new, change.old), (older, change.old, change.new)):
        if place is not None:
            start, end = _first_other_sentence(place[1].text, other[1].text if other else "")
            spans.append(_span(letter, place, start, end))
    return spans


def _first_other_sentence(text: str, other: str) -> tuple[int, int]:
    """Return the first sentence of ``text`` that ``other`` has not."""
    spans = sentence_spans(text)
    return next(((a, b) for a, b in spans if text[a:b] not in other), spans[0])


def _span(letter: Letter, place: Place, start: int, end: int) -> Span:
    part, passage = place
    return Span(letter, part, passage, passage.start + start, passage.start + end)
