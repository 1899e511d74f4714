"""``python -m eval ablation``: what each part of the assistant adds, by taking it out.

A part is taken out by putting in its place a function that does nothing, or, for what is trained,
the model as it came; everything else stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from statistics import median
from typing import Any
from unittest.mock import patch

from assistant.reader import Reader
from assistant.service import Assistant
from assistant.settings import Settings
from eval.cases import Case
from eval.metrics import Verdict
from eval.run import run
from index.defaults import BASE_MODEL
from index.letter_index import LetterIndex
from index.sentence_encoder import load_encoder

_HEADS = ("", "answerable", "unanswerable", "first citation", "words", "ms")


def _nothing(*_: Any, **__: Any) -> None:
    return None


# What is taken out: the functions that stand for a part, and what comes in their place.
PARTS: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    "the earlier questions": {"assistant.service.resolve": lambda question, _: question},
    "splitting of double questions": {"assistant.service.split": lambda question: (question,)},
    "chapters that are named": {"assistant.service.chapters_named": lambda _: frozenset()},
    "every place, gathered": {"assistant.service.gathered": _nothing},
    "summaries of chapters": {"assistant.overview.summarise": _nothing},
    "what a question takes for granted": {"assistant.service.taken_for_granted": _nothing},
    "contradictions": {"assistant.compose.other_figure": _nothing},
    "synonyms and abbreviations": {"index.analysis.Thesaurus.expand": lambda *_: []},
    "checks on names and kind of answer": {
        "assistant.abstain._can_answer": lambda *_: True,
        "assistant.abstain._names_a_stranger": lambda *_: False,
    },
    "the no": {"assistant.service.verdict": lambda *_: "answered"},
}


def ablate(assistant: Assistant, cases: Sequence[Case]) -> Iterator[str]:
    """Yield the lines of a table in Markdown: the whole, then without each part."""
    yield _line(_HEADS)
    yield _line(["---"] * len(_HEADS))
    yield _row("the whole", run(assistant, cases))
    for name, replacements in PARTS.items():
        with ExitStack() as stack:
            for target, replacement in replacements.items():
                stack.enter_context(patch(target, replacement))
            yield _row(f"without {name}", run(assistant, cases))
    base = load_encoder(BASE_MODEL)
    plain = Assistant(LetterIndex.build(assistant.index.letters, base), Reader.load(joint=False), Settings())
    yield _row("without all that was trained on search and reading", run(plain, cases))


def _row(name: str, verdicts: Sequence[Verdict]) -> str:
    answerable = [v for v in verdicts if v.case.answerable]
    rest = [v for v in verdicts if not v.case.answerable]
    shares = (_right(answerable), _right(rest), sum(v.values["first"] for v in answerable) / len(answerable))
    times = median(v.answer.timing_ms["total"] for v in verdicts)
    words = median(v.values["words"] for v in answerable)
    return _line([name, *(f"{share:.3f}" for share in shares), f"{words:.0f}", f"{times:.0f}"])


def _right(verdicts: Sequence[Verdict]) -> float:
    return sum(not v.faults for v in verdicts) / len(verdicts) if verdicts else 0.0


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
