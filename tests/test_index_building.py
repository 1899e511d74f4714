"""Letters come and go and only what is new is encoded; a crash costs nothing that was there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from hash_encoder import HashEncoder
from index import storage
from index.encoder import Encoding, Progress, Role
from index.letter_index import LetterIndex
from index.storage import IndexDamaged, IndexStore
from index.units import units_of
from ingest.letter import Letter
from ingest.letter_store import read_letter

DATA = Path(__file__).parent / "data"
SECOND = Path(__file__).parents[1] / "eval" / "letters" / "brief-waterzorgplan.txt"
QUESTION = "Hoeveel geld is er voor water?"


class Counting(HashEncoder):
    """Remembers which texts it encoded, and can break off before a text."""

    def __init__(self, *, dies_at: str = "") -> None:
        super().__init__()
        self.encoded: list[str] = []
        self._dies_at = dies_at

    def encode(self, texts: Sequence[str], role: Role, progress: Progress | None = None) -> list[Encoding]:
        if self._dies_at in texts:
            raise KeyboardInterrupt
        if role == "passage":
            self.encoded += texts
        return super().encode(texts, role, progress)


@pytest.fixture(scope="module")
def one() -> Letter:
    return read_letter(SECOND)


@pytest.fixture(scope="module")
def two() -> Letter:
    return read_letter(DATA / "brief-genummerd.txt")


@pytest.fixture
def store(tmp_path: Path) -> IndexStore:
    return IndexStore(tmp_path / "index")


def texts(letter: Letter) -> list[str]:
    return [unit.text for unit in units_of([letter])]


def encoded(letters: Sequence[Letter], store: IndexStore, *, thorough: bool = False) -> list[str]:
    encoder = Counting()
    LetterIndex.create(letters, encoder, store, thorough=thorough)
    return encoder.encoded


def shards(store: IndexStore) -> set[str]:
    return {path.name for path in store.shard("x").parent.iterdir()}


def test_an_added_letter_is_the_only_one_encoded(one: Letter, two: Letter, store: IndexStore) -> None:
    assert encoded([one], store) == texts(one)
    assert encoded([one, two], store) == texts(two)
    hits = LetterIndex.load([one, two], HashEncoder(), store).search(QUESTION, top=500).hits
    assert len(hits) == len(texts(one)) + len(texts(two))


def test_a_removed_letter_takes_its_shard_along_and_no_other(
    one: Letter, two: Letter, store: IndexStore
) -> None:
    encoded([one, two], store)
    before = shards(store)
    kept = store.open()[1].shards[one.slug]
    assert encoded([one], store) == []
    assert shards(store) == {kept} < before


def test_a_replaced_letter_is_encoded_anew(one: Letter, two: Letter, store: IndexStore) -> None:
    encoded([one, two], store)
    changed = replace(two, parts=two.parts[1:])
    assert encoded([one, changed], store) == texts(changed)
    assert len(shards(store)) == 2


def test_what_is_known_about_a_letter_can_change_without_encoding(one: Letter, store: IndexStore) -> None:
    encoded([one], store)
    assert encoded([replace(one, slug="ander", sender="VNG", replaced_by="x")], store) == []
    index = LetterIndex.load([replace(one, slug="ander")], HashEncoder(), store)
    assert index.search(QUESTION).hits[0].letter.slug == "ander"


def test_two_letters_of_the_same_text_share_a_shard(one: Letter, store: IndexStore) -> None:
    letters = [one, replace(one, slug="dubbel")]
    assert encoded(letters, store) == texts(one)
    hits = LetterIndex.load(letters, HashEncoder(), store).search(QUESTION, top=2).hits
    assert {hit.letter.slug for hit in hits} == {one.slug, "dubbel"}


def test_an_interrupted_build_leaves_the_former_index_and_keeps_what_it_encoded(
    one: Letter, two: Letter, store: IndexStore
) -> None:
    encoded([one], store)
    current = store.open()
    changed = replace(one, slug="nieuw", parts=one.parts[1:])
    with pytest.raises(KeyboardInterrupt):
        LetterIndex.create([one, changed, two], Counting(dies_at=texts(two)[0]), store)
    assert store.open() == current
    assert LetterIndex.load([one], HashEncoder(), store).search(QUESTION).hits
    assert encoded([one, changed, two], store) == texts(two)


def test_a_half_written_shard_is_never_used(one: Letter, two: Letter, store: IndexStore) -> None:
    encoded([one], store)

    def dies(folder: Path) -> None:
        (folder / "records.bin").write_bytes(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.keep("half", dies)
    assert not store.whole("half", thorough=False)
    assert encoded([one, two], store) == texts(two)
    assert shards(store) == set(store.open()[1].shards.values())


def test_of_a_large_index_a_cut_file_is_found_at_once_and_an_altered_one_by_checking(
    one: Letter, store: IndexStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoded([one], store)
    monkeypatch.setattr(storage, "_CHECKED", 0)
    monkeypatch.setattr(storage, "_SMALL", 1000)
    path = store.shard(store.open()[1].shards[one.slug]) / "records.bin"
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 255]))
    store.open()
    with pytest.raises(IndexDamaged, match=r"records\.bin"):
        store.open(thorough=True)
    assert encoded([one], store, thorough=True) == texts(one)
    store.open(thorough=True)
    path.write_bytes(data[:-1])
    with pytest.raises(IndexDamaged, match=r"records\.bin"):
        store.open()
    assert encoded([one], store) == texts(one)


def test_progress_counts_what_is_encoded(one: Letter, two: Letter, store: IndexStore) -> None:
    encoded([one], store)
    seen: list[tuple[int, int]] = []
    changed = replace(one, slug="nieuw", parts=one.parts[1:])
    LetterIndex.create(
        [one, two, changed], HashEncoder(), store, progress=lambda done, total: seen.append((done, total))
    )
    total = len(texts(two)) + len(texts(changed))
    assert [done for done, _ in seen] == list(range(1, total + 1))
    assert {of for _, of in seen} == {total}
