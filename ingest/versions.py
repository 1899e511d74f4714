"""Versions of a letter: which one a newer one is likely to replace, and what changed between two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from ingest.letter import Letter, Part, Passage

_SHARED = 0.4  # of the paragraphs of either, for two letters to be versions of one
_ALIKE = 0.5  # of the characters, for two paragraphs to be the old and the new one

Place = tuple[Part, Passage]


@dataclass(frozen=True, slots=True)
class Change:
    """What changed at one place; ``old`` is None for what is new, ``new`` for what is gone."""

    kind: Literal["new", "gone", "altered"]
    old: Place | None
    new: Place | None


def likely_former(letter: Letter, letters: Sequence[Letter]) -> str:
    """Return the slug of the letter that shares most paragraphs with ``letter``, "" when none is like it."""
    own = _texts(letter)
    shares = {
        other.slug: len(own & texts) / max(1, min(len(own), len(texts)))
        for other in letters
        if other.slug != letter.slug and not other.replaced_by
        for texts in [_texts(other)]
    }
    best = max(shares, key=lambda slug: shares[slug], default="")
    return best if best and shares[best] >= _SHARED else ""


def changes(old: Letter, new: Letter) -> tuple[Change, ...]:
    """Return what changed from ``old`` to ``new``, paragraph by paragraph, in the order of ``new``.

    Letterhead and signatures are left out.
    """
    before, after = ([place for place in x.places if place[1].kind != "formality"] for x in (old, new))
    matcher = SequenceMatcher(None, [p.text for _, p in before], [p.text for _, p in after], autojunk=False)
    found: list[Change] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            found += _paired(before[a:b], after[c:d])
    return tuple(found)


def _paired(old: Sequence[Place], new: Sequence[Place]) -> list[Change]:
    """Pair each new paragraph with the old one it is most like."""
    left = list(old)
    found: list[Change] = []
    for place in new:
        ratios = [SequenceMatcher(None, o[1].text, place[1].text, autojunk=False).ratio() for o in left]
        best = max(range(len(left)), key=lambda i: ratios[i], default=-1)
        if best >= 0 and ratios[best] >= _ALIKE:
            found.append(Change("altered", left.pop(best), place))
        else:
            found.append(Change("new", None, place))
    return found + [Change("gone", place, None) for place in left]


def _texts(letter: Letter) -> set[str]:
    return {" ".join(p.text.split()) for _, p in letter.places if p.kind != "formality"}
