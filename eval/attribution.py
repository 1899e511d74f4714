"""Citation recall and precision in the sense of ALCE (Gao et al., EMNLP 2023, section 4).

There a model for entailment says whether cited passages bear out a statement. Here statements are the
letter's own words, so a passage bears out a statement when these stand in it verbatim; a statement is
borne out by several passages when each of its sentences stands in one of them. The letter's text is
read by the citation's offsets, not taken from the citation's own word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.answer import Answer, Citation
from eval.matching import flat
from ingest.sentences import sentence_spans


def verbatim(citation: Citation, texts: Mapping[str, str]) -> bool:
    """Tell whether quote and passage stand in the letter's text, to the character, where they say."""
    text = texts.get(citation.document, "")
    begin = citation.passage_start
    return (
        bool(citation.quote)
        and text[citation.start : citation.end] == citation.quote
        and text[begin : begin + len(citation.passage)] == citation.passage
        and begin <= citation.start < citation.end <= begin + len(citation.passage)
    )


def attribution(answer: Answer, texts: Mapping[str, str]) -> tuple[float, float] | None:
    """Return recall (of statements) and precision (of citations), None for an answer without statements.

    A statement has recall 1 when its cited passages together bear it out. A citation is precise when
    its statement has recall and needs it: it bears the statement out alone, or the others do not.
    """
    passages = {c.marker: _read(c, texts) for c in answer.citations}
    said = [(s.text, s.markers) for s in answer.statements]
    said += [(note.text, note.markers) for note in answer.notes if note.kind == "caveat"]
    if not said:
        return None
    recalls: list[bool] = []
    precise: list[bool] = []
    for text, markers in said:
        sentences = [flat(text[a:b]) for a, b in sentence_spans(text)]
        cited = [passages.get(marker, "") for marker in markers]
        borne = _bear_out(cited, sentences)
        recalls.append(borne)
        for number, passage in enumerate(cited):
            others = [*cited[:number], *cited[number + 1 :]]
            precise.append(borne and (_bear_out([passage], sentences) or not _bear_out(others, sentences)))
    return sum(recalls) / len(recalls), sum(precise) / len(precise) if precise else 0.0


def _read(citation: Citation, texts: Mapping[str, str]) -> str:
    """Return the cited passage as the letter has it, flattened."""
    text = texts.get(citation.document, "")
    return flat(text[citation.passage_start : citation.passage_start + len(citation.passage)])


def _bear_out(passages: Sequence[str], sentences: Sequence[str]) -> bool:
    return bool(sentences) and all(any(s in passage for passage in passages) for s in sentences)
