"""The letters that the pages show follow the disk, and a question can be put to some of them."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.web.letter_filter import current, documents
from assistant.web.shelf import Shelf
from ingest.errors import LetterError
from ingest.letter import Letter
from ingest.letter_store import LetterStore

TEXT = "Geld\n\nEr komt geld bij voor de kust."


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "kust.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_letter_that_is_added_elsewhere_is_seen(tmp_path: Path, file: Path) -> None:
    shelf = Shelf(LetterStore(tmp_path))
    changed = threading.Event()
    end = shelf.watch(changed.set)
    LetterStore(tmp_path).add(file)
    assert changed.wait(10)
    end()
    assert [letter.slug for letter in shelf][-1] == "kust"


def test_a_letter_that_got_damaged_leaves_the_letters_as_they_were(tmp_path: Path, file: Path) -> None:
    store = LetterStore(tmp_path)
    store.add(file)
    shelf = Shelf(store)
    (tmp_path / "letters" / "kust" / "letter.json").write_text("{", encoding="utf-8")
    shelf.refresh()
    assert len(shelf) == 2


def test_only_the_chosen_letters_are_shown(tmp_path: Path, file: Path) -> None:
    store = LetterStore(tmp_path)
    store.add(file)
    assert [letter.slug for letter in Shelf(store, ["kust"])] == ["kust"]
    with pytest.raises(LetterError, match="met de naam 'weg'"):
        Shelf(store, ["weg"])


@pytest.fixture
def dated(letter: Letter) -> list[Letter]:
    first = replace(letter, slug="eerste", date=date(2026, 2, 3), replaced_by="tweede")
    second = replace(letter, slug="tweede", date=date(2026, 9, 1))
    return [letter, first, second, replace(letter, slug="derde", date=date(2027, 1, 1))]


def test_a_replaced_letter_does_not_count(dated: list[Letter]) -> None:
    assert [letter.slug for letter in current(dated)][1:] == ["tweede", "derde"]


@pytest.mark.parametrize(
    ("chosen", "since", "until", "expected"),
    [
        ([], "", " ", []),
        (["eerste"], "", "", ["eerste"]),
        ([], "2026", "2026", ["tweede"]),
        ([], "1-9-2026", "", ["tweede", "derde"]),
        (["eerste", "derde"], "", "31 december 2026", ["eerste"]),
    ],
)
def test_letters_are_chosen_by_name_and_period(
    dated: list[Letter], chosen: list[str], since: str, until: str, expected: list[str]
) -> None:
    assert documents(dated, chosen, since, until) == expected


@pytest.mark.parametrize(
    ("since", "until", "said"), [("2030", "", "is er geen brief"), ("", "ooit", "'ooit' is geen datum")]
)
def test_a_period_without_letters_and_one_that_is_none_are_said(
    dated: list[Letter], since: str, until: str, said: str
) -> None:
    with pytest.raises(LetterError, match=said):
        documents(dated, [], since, until)
