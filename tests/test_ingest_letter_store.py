"""Letters come and go as files, and the store is whole at every moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import LetterError
from ingest.export import as_dict, as_text
from ingest.letter import Letter
from ingest.letter_store import LetterStore

SHIPPED = "vng-ledenbrief-coalitieakkoord"
TEXT = "Geld\n\nEr komt geld bij voor de kust."


@pytest.fixture
def store(tmp_path: Path) -> LetterStore:
    return LetterStore(tmp_path / "home")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "Brief über 2027.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def slugs(store: LetterStore) -> list[str]:
    return [letter.slug for letter in store.load()]


def test_the_shipped_letter_is_there_without_a_home(store: LetterStore) -> None:
    assert slugs(store) == [SHIPPED]


def test_an_added_letter_gets_a_plain_name_and_stays(store: LetterStore, file: Path, tmp_path: Path) -> None:
    assert store.add(file).slug == "brief-uber-2027"
    assert slugs(LetterStore(tmp_path / "home")) == [SHIPPED, "brief-uber-2027"]


def test_a_name_that_is_taken_is_refused(store: LetterStore, file: Path) -> None:
    store.add(file)
    with pytest.raises(LetterError, match="Er is al een brief met de naam 'brief-uber-2027'"):
        store.add(file)


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02"])
def test_a_file_that_is_no_letter_changes_nothing(store: LetterStore, tmp_path: Path, content: bytes) -> None:
    bad = tmp_path / "slecht.txt"
    bad.write_bytes(content)
    with pytest.raises(LetterError):
        store.add(bad)
    assert slugs(store) == [SHIPPED]
    assert not list((tmp_path / "home").rglob("*.deel"))


def test_a_name_without_letters_is_refused(store: LetterStore, tmp_path: Path) -> None:
    odd = tmp_path / "….txt"
    odd.write_text(TEXT, encoding="utf-8")
    with pytest.raises(LetterError, match="heeft geen letters of cijfers"):
        store.add(odd)


def test_removed_letters_stay_away_and_can_come_back(store: LetterStore, file: Path, tmp_path: Path) -> None:
    store.add(file)
    store.remove("brief-uber-2027")
    store.remove(SHIPPED)
    assert slugs(LetterStore(tmp_path / "home")) == []
    again = tmp_path / f"{SHIPPED}.txt"
    again.write_text(TEXT, encoding="utf-8")
    store.add(again)
    assert slugs(store) == [SHIPPED]


def test_an_unknown_letter_is_named_with_those_there_are(store: LetterStore) -> None:
    with pytest.raises(LetterError, match=f"met de naam 'weg'. Wel aanwezig: {SHIPPED}"):
        store.get("weg")
    with pytest.raises(LetterError, match="met de naam 'weg'"):
        store.remove("weg")


def test_outline_as_data_holds_every_paragraph(letter: Letter) -> None:
    data = as_dict(letter)
    assert list(data) == ["title", "document", "pages", "parts"]
    found = [p for part in data["parts"] for p in part["paragraphs"]]
    assert [p["text"] for p in found] == [letter.text[p["start"] : p["end"]] for p in found]
    assert len(found) == 240


def test_outline_as_text_names_each_title_once(letter: Letter) -> None:
    lines = as_text(letter).split("\n")
    assert lines[0] == "VNG-ledenbrief over het coalitieakkoord ‘Aan de slag!’ (35 pagina's)"
    assert lines.count("  Een gezonde samenleving (p. 27)") == 1
    assert "    Huishoudelijke hulp (p. 27)" in lines
    assert "      Wat staat in het akkoord? [akkoord, 1 alinea]" in lines
