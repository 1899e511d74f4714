"""Which parts of the letters a set asks about, as text: what has no question yet is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from eval.cases import QuestionSet
from ingest.letter import Part

_VOICES = {"akkoord": "wat er in het akkoord staat", "vng": "wat de VNG zegt"}


def as_text(sets: Sequence[QuestionSet], parts: Sequence[tuple[Part, Counter[str]]]) -> str:
    """Return the kinds of question of each set, the parts that have a question, and those that have none."""
    return "\n".join(_lines(sets, parts))


def _lines(sets: Sequence[QuestionSet], parts: Sequence[tuple[Part, Counter[str]]]) -> Iterator[str]:
    for questions in sets:
        known = sum(case.answerable for case in questions.cases)
        yield f"{questions.name}: {len(questions.cases)} vragen, waarvan de brief er {known} beantwoordt"
        kinds = Counter(case.kind for case in questions.cases)
        styles = Counter(case.style or "–" for case in questions.cases)
        yield f"  soorten: {_counted(kinds)}"
        yield f"  stijlen: {_counted(styles)}"
    yield ""
    yield _share("Plaatsen met een vraag", parts)
    for voice, words in _VOICES.items():
        yield _share(f"  {words}", [(part, n) for part, n in parts if part.voice == voice])
    sections: dict[tuple[int, tuple[str, ...]], Counter[str]] = {}
    for part, counts in parts:
        sections.setdefault((part.chapter, part.section), Counter()).update(counts)
    asked = sum(bool(counts.total()) for counts in sections.values())
    yield f"Paragrafen met een vraag: {asked} van {len(sections)}"
    missing = [part for part, counts in parts if not counts.total()]
    if missing:
        yield "Nog geen vraag over:"
    for part in missing:
        yield f"  {' › '.join(step for step in (part.name, *part.section, part.heading) if step)}"


def _counted(found: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in found.most_common())


def _share(name: str, parts: Sequence[tuple[Part, Counter[str]]]) -> str:
    return f"{name}: {sum(bool(n.total()) for _, n in parts)} van {len(parts)}"
