"""A question's gold, found back in the letters: which passages answer it, and with which caveats."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from eval.cases import Case, Evidence
from eval.matching import flat, in_section, stands_in
from ingest.letter import Letter, Part, Passage, Voice
from ingest.sentences import sentence_spans

# Words of a reservation, kept apart from the assistant's own list: what measures may not follow it.
_CAVEAT = re.compile(
    r"\b(?:onduidelijk\w*|onbekend|vooralsnog|nog (?:niet|geen)\b|(?:niet|onvoldoende) (?:duidelijk|helder|"
    r"bekend|structureel|uitgewerkt)|geen (?:dekking|duidelijkheid|zekerheid)|moet(?:en)? nog blijken|"
    r"onder voorbehoud|ontbre(?:ekt|ken)|incidenteel)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A passage of a letter."""

    letter: Letter
    part: Part
    passage: Passage

    @property
    def key(self) -> str:
        """Its name, the same in every run."""
        return f"{self.letter.slug}#{self.passage.anchor}"


@dataclass(frozen=True)
class Library:
    """The letters that a set is about."""

    letters: tuple[Letter, ...]

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every passage, in reading order."""
        return tuple(Place(letter, *place) for letter in self.letters for place in letter.places)

    @cached_property
    def texts(self) -> dict[str, str]:
        """The letters' texts by slug."""
        return {letter.slug: letter.text for letter in self.letters}

    def holding(self, evidence: Evidence) -> list[Place]:
        """Return the passages that hold the snippet in its section, under its heading."""
        return [place for place in self.under(evidence) if stands_in(evidence.snippet, place.passage.text)]

    def under(self, evidence: Evidence) -> list[Place]:
        """Return the passages of its section, under its heading."""
        return [
            place
            for place in self.places
            if in_section(evidence, place.part.chapter, place.part.section)
            and (not evidence.heading or flat(place.part.heading) == flat(evidence.heading))
        ]

    def voice(self, slug: str, start: int) -> Voice | None:
        """Return who speaks at an offset of a letter, None where no passage is."""
        for place in self.places:
            if place.letter.slug == slug and place.passage.start <= start < place.passage.end:
                return place.part.voice
        return None


@dataclass(frozen=True)
class Gold:
    """A case with the passages of each group of evidence; any of a group answers."""

    case: Case
    groups: tuple[tuple[Place, ...], ...]

    @classmethod
    def of(cls, case: Case, library: Library) -> Gold:
        """Find the evidence of ``case`` in ``library``."""
        groups = (
            dict.fromkeys((p.key, p) for evidence in group for p in library.holding(evidence))
            for group in case.evidence
        )
        return cls(case, tuple(tuple(place for _, place in group) for group in groups))

    @property
    def cluster(self) -> str:
        """What questions share that are about one paragraph: its name; else the question's own."""
        return self.groups[0][0].key if self.groups and self.groups[0] else self.case.id

    @property
    def voices(self) -> frozenset[Voice]:
        """Who says what answers."""
        return frozenset(place.part.voice for group in self.groups for place in group)

    @property
    def caveats(self) -> list[tuple[str, ...]]:
        """The reservations an answer must show, each in one of several wordings.

        They are what the case names and, where every place of a group makes one in the very sentences
        that are evidence, those sentences.
        """
        found: list[tuple[str, ...]] = [(caveat,) for caveat in self.case.caveats]
        for group, places in zip(self.case.evidence, self.groups, strict=True):
            reserved = [_reserved(evidence, places) for evidence in group]
            if all(reserved):
                found.append(tuple(sentence for sentences in reserved for sentence in sentences))
        return found


def _reserved(evidence: Evidence, places: Sequence[Place]) -> list[str]:
    """Return the sentences with a reservation that the snippet covers, in part or whole."""
    snippet = flat(evidence.snippet)
    texts = [p.passage.text for p in places if in_section(evidence, p.part.chapter, p.part.section)]
    sentences = [text[a:b] for text in texts for a, b in sentence_spans(text)]
    reserved = [s for s in sentences if _CAVEAT.search(s) and (flat(s) in snippet or snippet in flat(s))]
    # A snippet that is a part of one sentence, and has its reservation, is enough to show.
    within = _CAVEAT.search(evidence.snippet) and not any(flat(s) in snippet for s in reserved)
    return [evidence.snippet] if reserved and within else reserved
