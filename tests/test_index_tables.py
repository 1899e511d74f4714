"""A search in two stages finds what scoring every passage finds, and keeps to the letters asked for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hash_encoder import HashEncoder
from index import candidates, dense, tables
from index.dense import NearIndex
from index.encoder import FloatArray
from index.letter_index import LetterIndex
from index.storage import IndexStore
from index.training.data import read_training
from ingest.letter import Letter

QUESTIONS = ["Hoeveel geld krijgt de politie?", "Wie betaalt de bibliotheek?", "subsidie voor sport", "qqq"]


@pytest.fixture(scope="module")
def letters(letter: Letter) -> list[Letter]:
    return [letter, *read_training().letters[:6]]


@pytest.fixture(scope="module")
def exact(letters: list[Letter]) -> LetterIndex:
    return LetterIndex.build(letters, HashEncoder(dimension=64))


@pytest.fixture(scope="module")
def staged(letters: list[Letter]) -> LetterIndex:
    return LetterIndex.build(letters, HashEncoder(dimension=64), exact=100)


def places(index: LetterIndex, question: str, **options: object) -> list[tuple[str, str]]:
    hits = index.search(question, **options).hits  # type: ignore[arg-type]
    return [(hit.letter.slug, hit.passage.anchor) for hit in hits]


@pytest.mark.parametrize("question", QUESTIONS)
def test_two_stages_are_exact_where_the_sample_is_everything(
    letters: list[Letter], exact: LetterIndex, question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "_BACKGROUND", 10_000)
    index = LetterIndex.build(letters, HashEncoder(dimension=64), exact=100)
    one, other = index.search(question, top=50), exact.search(question, top=50)
    assert [h.passage.anchor for h in one.hits] == [h.passage.anchor for h in other.hits]
    assert [h.score for h in one.hits] == pytest.approx([h.score for h in other.hits], abs=1e-4)
    assert [h.sentences for h in one.hits[:5]] == [h.sentences for h in other.hits[:5]]


def test_the_sample_and_candidates_find_nearly_what_everything_finds(
    letters: list[Letter], exact: LetterIndex, staged: LetterIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "_BACKGROUND", 60)
    monkeypatch.setattr(candidates, "_NEAR", 60)
    asked = [part.heading + " " + part.section[-1] for part in letters[0].parts[10:60:5] if part.section]
    shared = [len(set(places(exact, question)) & set(places(staged, question))) for question in asked]
    assert len(asked) >= 8
    assert np.mean(shared) >= 8.5
    assert np.mean([places(exact, q)[:1] == places(staged, q)[:1] for q in asked]) >= 0.8


def test_passages_ask_for_themselves(letters: list[Letter], staged: LetterIndex) -> None:
    for letter in letters:
        for _, passage in list(letter.places)[3:20:8]:
            found = [hit.passage.text for hit in staged.search(passage.text, top=3).hits]
            assert passage.text in found


@pytest.mark.parametrize("mode", ["exact", "staged"])
def test_filters_hold(letters: list[Letter], mode: str, request: pytest.FixtureRequest) -> None:
    index: LetterIndex = request.getfixturevalue(mode)
    some = [letters[0].slug, letters[2].slug]
    for question in QUESTIONS[:3]:
        for documents in (some, some[1:]):
            found = places(index, question, documents=documents, top=30)
            assert found and {slug for slug, _ in found} <= set(documents)
        hits = index.search(question, chapters=[2], top=30).hits
        assert hits and {hit.part.chapter for hit in hits} == {2}
        both = index.search(question, documents=some[:1], chapters=[3], top=30).hits
        assert both and {(hit.letter.slug, hit.part.chapter) for hit in both} == {(some[0], 3)}
    assert index.search(QUESTIONS[0], chapters=[77]).hits == ()


def test_one_letter_of_many_is_scored_whole(letters: list[Letter], exact: LetterIndex) -> None:
    staged = LetterIndex.build(letters, HashEncoder(dimension=64), exact=250)
    chosen = letters[0].slug
    one, other = (i.search(QUESTIONS[0], documents=[chosen], top=500) for i in (staged, exact))
    assert len(one.hits) == len(list(letters[0].places))
    assert [h.score for h in one.hits] == pytest.approx([h.score for h in other.hits], abs=1e-4)


def test_a_stored_index_in_two_stages_follows_its_letters(
    letters: list[Letter], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense, "FLAT", 200)  # inverted lists
    store, encoder = IndexStore(tmp_path), HashEncoder(dimension=64)
    trained: list[int] = []
    empty = NearIndex.empty
    monkeypatch.setattr(NearIndex, "empty", lambda *args: trained.append(1) or empty(*args))  # type: ignore[func-returns-value]
    for now in (letters[:5], letters[:6], letters[1:]):
        LetterIndex.create(now, encoder, store, exact=100)
        index = LetterIndex.load(now, encoder, store, exact=100)
        for letter in now:
            _, passage = list(letter.places)[5]
            assert (letter.slug, passage.anchor) in places(index, passage.text, top=3)
    assert trained == [1]


def vectors(count: int) -> FloatArray:
    drawn = np.random.default_rng(3).standard_normal((count, 16)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


@pytest.mark.parametrize("flat", [10**6, 100])
def test_near_vectors_come_and_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flat: int) -> None:
    monkeypatch.setattr(dense, "FLAT", flat)
    drawn = vectors(3000)
    near = NearIndex.empty(drawn, len(drawn))
    near.add(drawn[:2000], 0)
    near.add(drawn[2000:], 5000)
    near.drop(0, 10)
    near.save(tmp_path / "near")
    loaded = NearIndex.load(tmp_path / "near")
    assert loaded.count == 2990
    assert loaded.nearest(drawn[20], 5)[0] == 20
    assert loaded.nearest(drawn[2500], 5)[0] == 5500
    assert 3 not in loaded.nearest(drawn[3], 2990)
    wanted = np.zeros(6000, bool)
    wanted[5000:] = True
    assert loaded.nearest(drawn[20], 50, wanted).min() >= 5000


def test_inverted_lists_find_what_the_exact_search_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = vectors(3000)
    flat = NearIndex.empty(drawn, len(drawn))
    monkeypatch.setattr(dense, "FLAT", 100)
    lists = NearIndex.empty(drawn, len(drawn))
    for index in (flat, lists):
        index.add(drawn, 0)
    shared = [len(np.intersect1d(flat.nearest(q, 100), lists.nearest(q, 100))) for q in vectors(3050)[3000:]]
    assert np.mean(shared) >= 90
