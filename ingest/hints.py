"""What people add to what the rules make of a letter: a JSON file beside it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal, get_args

from ingest.block import Block
from ingest.errors import LetterError
from ingest.lines import numbered_title

FixKind = Literal["chapter", "title", "akkoord", "vng", "text", "gone"]
MAX_LEVEL = 4


@dataclass(frozen=True, slots=True)
class Fix:
    """What the ``nth`` block (from 1) with this text is: a title of a ``level``, a half's heading, …

    "akkoord" and "vng" are headings of halves, by who speaks under them; "gone" is no part of the letter.
    """

    text: str
    nth: int
    kind: FixKind
    level: int = 0


@dataclass(frozen=True, slots=True)
class Hints:
    """What no rule can know of one letter: its title, and blocks that are not what they look.

    ``parents`` have the titles after them below them though text stands in between; ``tops`` stand
    at the first level again; ``fixes`` were made by hand, block by block.
    """

    title: str = ""
    parents: frozenset[str] = frozenset()
    tops: frozenset[str] = frozenset()
    fixes: tuple[Fix, ...] = ()


def dumps(hints: Hints) -> str:
    """Return ``hints`` as JSON."""
    fields = asdict(hints) | {"parents": sorted(hints.parents), "tops": sorted(hints.tops)}
    return json.dumps(fields, ensure_ascii=False, indent=1)


def loads(text: str, name: str) -> Hints:
    """Return the hints in the file ``name``. Raises LetterError when it is damaged."""
    try:
        fields = json.loads(text)
        fixes = tuple(Fix(**fix) for fix in fields.get("fixes", ()))
        if any(fix.kind not in get_args(FixKind) for fix in fixes):
            raise ValueError("kind")
        return Hints(
            fields.get("title", ""),
            frozenset(fields.get("parents", ())),
            frozenset(fields.get("tops", ())),
            fixes,
        )
    except (ValueError, AttributeError, TypeError) as error:
        raise LetterError(
            f"Het bestand '{name}' met de opbouw van de brief is beschadigd. Herstel of verwijder het en "
            "probeer het opnieuw."
        ) from error


def numbered(texts: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield each of ``texts`` with how many times it has come by, from 1."""
    seen: Counter[str] = Counter()
    for text in texts:
        seen[text] += 1
        yield text, seen[text]


def fixed(blocks: Sequence[Block], fixes: Iterable[Fix]) -> list[Block | None]:
    """Return ``blocks`` as ``fixes`` say they are, None for each that is gone."""
    wanted = {(fix.text, fix.nth): fix for fix in fixes}
    keys = numbered(block.text for block in blocks)
    return [
        _as(block, wanted[key]) if key in wanted else block for block, key in zip(blocks, keys, strict=True)
    ]


def _as(block: Block, fix: Fix) -> Block | None:
    if fix.kind == "gone":
        return None
    text = f"{block.number} {block.text}".strip() if block.kind == "title" else block.text
    if fix.kind == "text":
        return replace(block, kind="text", rows=(text,) if block.kind == "title" else block.rows, number="")
    if fix.kind == "title":
        number, title = numbered_title(text) or ("", text)
        return replace(block, kind="title", rows=(title,), number=number, level=fix.level)
    if fix.kind == "chapter":
        found = numbered_title(text)
        number = found[0] if found and "." not in found[0] else ""
        return replace(block, kind="chapter", rows=(text,), number=number)
    return replace(block, kind="question", rows=(text,), number="", voice=fix.kind)
