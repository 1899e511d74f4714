"""Letters come and go as files, and the store is whole at every moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ingest.errors import LetterError
from ingest.export import as_dict, as_text
from ingest.hints import Fix, Hints
from ingest.letter import Letter
from ingest.letter_folder import About
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
    assert store.add(file).letter.slug == "brief-uber-2027"
    assert slugs(LetterStore(tmp_path / "home")) == [SHIPPED, "brief-uber-2027"]


def test_the_same_file_is_seen(store: LetterStore, file: Path, tmp_path: Path) -> None:
    store.add(file)
    copy = tmp_path / "kopie.txt"
    copy.write_bytes(file.read_bytes())
    again = store.add(copy)
    assert (again.letter.slug, again.is_new) == ("brief-uber-2027", False)
    assert slugs(store) == [SHIPPED, "brief-uber-2027"]


def test_a_name_that_is_taken_is_refused(store: LetterStore, file: Path) -> None:
    store.add(file)
    file.write_text(TEXT + " En voor de dijk.", encoding="utf-8")
    with pytest.raises(
        LetterError, match=r"al een brief met de naam 'brief-uber-2027'\. Is dit een nieuwere"
    ):
        store.add(file)


def test_a_newer_version_takes_the_place_of_the_older_which_stays(store: LetterStore, file: Path) -> None:
    store.add(file)
    file.write_text(TEXT + " En voor de dijk.", encoding="utf-8")
    newer = store.add(file, replaces="brief-uber-2027").letter
    assert newer.slug == "brief-uber-2027-2"
    assert store.get("brief-uber-2027").replaced_by == newer.slug
    assert store.get("brief-uber-2027").text == TEXT
    store.remove(newer.slug)
    assert store.get("brief-uber-2027").replaced_by == ""


def test_a_shipped_letter_can_be_replaced_and_corrected(
    store: LetterStore, file: Path, letter: Letter
) -> None:
    newer = store.add(file, replaces=SHIPPED).letter
    assert store.get(SHIPPED).replaced_by == newer.slug
    folder = store.own(SHIPPED)
    folder.write_record(replace(folder.record, about=About(date=date(2026, 2, 3))))
    again = store.get(SHIPPED)
    assert (again.date, again.replaced_by) == (date(2026, 2, 3), newer.slug)
    assert again.parts == letter.parts


def test_a_concept_counts_only_when_it_is_published(store: LetterStore, file: Path) -> None:
    folder = store.concept(file)
    assert slugs(store) == [SHIPPED]
    assert [concept.slug for concept in store.concepts()] == [folder.slug]
    assert store.publish(folder).slug == "brief-uber-2027"
    assert slugs(store) == [SHIPPED, "brief-uber-2027"]
    assert store.concepts() == []


def test_what_was_parsed_is_kept_and_follows_corrections(store: LetterStore, file: Path) -> None:
    store.add(file)
    folder = store.own("brief-uber-2027")
    assert (folder.path / "parsed.json").exists()
    assert folder.letter().parts[0].section == ("Geld",)
    folder.write_hints(Hints(fixes=(Fix("Geld", 1, "text"),)))
    assert [p.text for _, p in folder.letter().places] == ["Geld", "Er komt geld bij voor de kust."]


@pytest.mark.parametrize("name", ["letter.json", "lines.json", "outline.json"])
def test_a_damaged_letter_is_named(store: LetterStore, file: Path, name: str) -> None:
    store.add(file)
    folder = store.own("brief-uber-2027")
    (folder.path / "parsed.json").unlink()
    (folder.path / name).write_text("{", encoding="utf-8")
    with pytest.raises(LetterError, match="beschadigd"):
        store.load()
    store.remove("brief-uber-2027")
    assert slugs(store) == [SHIPPED]


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
