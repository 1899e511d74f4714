"""Copies of a letter are letters of their own, and the benchmark measures an index of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from eval.bench import bench, table
from eval.cases import Case, Evidence
from eval.copies import PerturbedEncoder, copy
from eval.plain import _fitting, compare
from eval.report.bench_page import bench_page
from hash_encoder import HashEncoder
from index.letter_index import LetterIndex
from index.units import units_of
from ingest.letter import Letter


def test_a_copy_is_a_letter_that_differs(letter: Letter) -> None:
    one, again, other = copy(letter, 1), copy(letter, 1), copy(letter, 2)
    assert one == again
    assert len({letter.digest, one.digest, other.digest}) == 3
    passages = [passage for _, passage in one.places]
    assert all(one.text[p.start : p.end] == p.text for p in passages)
    originals = {p.anchor: p.text for _, p in letter.places}
    assert 0.8 < len(passages) / len(originals) < 1.0
    assert {p.anchor for p in passages} < set(originals)
    assert np.mean([p.text != originals[p.anchor] for p in passages]) > 0.2
    assert [part.section for part in one.parts] != [part.section for part in letter.parts]


def test_a_copy_gets_the_encodings_of_its_original_with_noise(letter: Letter) -> None:
    plain = HashEncoder(dimension=64)
    noisy = PerturbedEncoder(plain, letter, [copy(letter, 1)])
    original = {unit.passage.anchor: unit.text for unit in units_of([letter])}
    for unit in units_of([copy(letter, 1)])[:20]:
        (found,) = noisy.encode([unit.text], "passage")
        (source,) = plain.encode([original[unit.passage.anchor]], "passage")
        assert 0.9 < float(found.vector @ source.vector) < 0.9999
        assert found.tokens.shape == source.tokens.shape
        assert found.offsets.max() <= len(unit.text)
    (query,) = noisy.encode(["een vraag"], "query")
    assert np.array_equal(query.tokens, plain.encode(["een vraag"], "query")[0].tokens)


@pytest.mark.parametrize("exact", [100, 10_000])
def test_each_size_has_a_column(letter: Letter, exact: int) -> None:
    part, passage = list(letter.places)[40]
    evidence = ((Evidence(part.chapter, "", passage.text[:60]),),)
    case = Case("a", passage.text[:300], (), "fact", "plain", True, evidence, (), ())
    encoder = HashEncoder(dimension=64)
    rows = list(bench([1, 3], letter, encoder, [case], encoded=2, exact=exact))
    assert [(row.letters, row.encoded) for row in rows] == [(1, 1), (3, 2)]
    assert rows[0].passages == 240 < rows[1].passages
    assert all(row.index_memory_mb is None or 0 < row.index_memory_mb < 1000 for row in rows)
    assert [row.recall_10 for row in rows] == [1.0, 1.0]
    assert rows[0].one_more_s is None and rows[1].one_more_s is not None
    staged = rows[1].best_found, rows[1].nearest_found
    if exact == 100:
        assert staged[0] is not None and 0.5 < staged[0] <= 1.0
        assert staged[1] is not None and staged[1] > 0.9  # equal vectors share a place
    else:
        assert staged == (None, None)
    lines = table(rows).splitlines()
    assert lines[0] == "| brieven | 1 | 3 |"
    assert lines[3].startswith("| alinea's | 240 | ")


def test_a_plain_pipeline_shows_as_many_words(letter: Letter) -> None:
    encoder = HashEncoder(dimension=64)
    index = LetterIndex.build([letter], encoder)
    passage = next(p for _, p in letter.places if len(p.text.split()) > 30)
    said = Evidence(0, "", passage.text)
    asked = Case("1", passage.text[:200], (), "fact", "plain", True, ((said,),), (), ())
    rows = [row.split(" | ") for row in compare(letter, encoder, [asked], index).split("\n")]
    assert [row[0] for row in rows] == ["|", "| ---", "| gewone opzet", "| Vraagbaak"]
    assert rows[2][2] == rows[3][2]  # words
    assert rows[3][1] == "1.000"


def test_passages_fill_the_words_there_are_and_at_least_one_is_shown() -> None:
    texts = ["een twee drie", "vier vijf", "zes"]
    assert _fitting(texts, 5) == texts[:2]
    assert _fitting(texts, 1) == texts[:1]
    assert _fitting([], 5) == []


def test_the_page_of_the_benchmark_holds_its_plot_and_tables() -> None:
    @dataclass
    class Size:
        letters: int
        total_ms: str

    given = {"Brieven & zo": "| a | b |\n| --- | --- |\n| c | <1> |"}
    html = bench_page([Size(1, "50 / 90"), Size(1000, "70 / 120")], given)
    assert html.count("<polyline") == 2 and "mediaan" in html
    assert html.count("<circle") == 4  # one size alone makes no line
    assert ">1<" in html and ">1.000<" in html  # the sizes, along the axis
    assert ">150<" in html and ">30<" in html  # round steps
    assert "<h2>Brieven &amp; zo</h2>" in html
    assert '<th scope="row">c</th><td>&lt;1&gt;</td>' in html
    assert "http" not in html.replace("http://www.w3.org", "")
