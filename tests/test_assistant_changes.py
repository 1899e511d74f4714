"""What changed between two letters is asked in many ways, and both are shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.changes import all_changes, pair_asked, subject_of
from assistant.service import Assistant
from assistant.settings import Settings
from ingest.letter import Letter
from ingest.letter_store import LetterStore, read_letter

DATA = Path(__file__).parents[1] / "eval" / "letters" / "brief-waterzorgplan.txt"


@pytest.fixture(scope="module")
def older() -> Letter:
    return replace(read_letter(DATA), replaced_by="nieuw")


@pytest.fixture(scope="module")
def newer(older: Letter) -> Letter:
    return replace(older, slug="nieuw", replaced_by="")


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("Wat is er veranderd?", ""),
        ("Wat is er veranderd ten opzichte van de vorige versie?", ""),
        ("Wat zijn de verschillen tussen de nieuwe en de vorige brief?", ""),
        ("Wat is er veranderd aan de dijkwacht?", "de dijkwacht"),
        ("Wat is er sinds de vorige brief gewijzigd voor gemalen?", "gemalen"),
    ],
)
def test_versions_are_compared_whole_or_on_a_subject(
    question: str, subject: str, older: Letter, newer: Letter
) -> None:
    assert pair_asked(question, [newer], [older, newer]) == (older, newer)
    assert subject_of(question) == subject


@pytest.mark.parametrize("question", ["Wat verandert er voor de dijkwacht?", "Hoeveel dijkwachten zijn er?"])
def test_other_questions_compare_nothing(question: str, older: Letter, newer: Letter) -> None:
    assert pair_asked(question, [newer], [older, newer]) is None


def test_letters_that_are_no_versions_are_compared_only_when_letters_are_named(newer: Letter) -> None:
    other = replace(newer, slug="ander")
    assert pair_asked("Wat is er veranderd aan de dijkwacht?", [newer, other], [newer, other]) is None
    assert pair_asked("Wat is er veranderd sinds de vorige brief?", [newer, other], [newer, other])


def test_equal_versions_are_said_to_be_equal(older: Letter, newer: Letter) -> None:
    assert all_changes(older, newer).lead == "De tekst van beide brieven is gelijk. Zo begint de brief:"


def test_both_versions_answer_from_the_real_index(tmp_path: Path) -> None:
    store = LetterStore(tmp_path)
    store.remove("vng-ledenbrief-coalitieakkoord")
    store.add(DATA)
    changed = tmp_path / "nieuw.txt"
    text = DATA.read_text(encoding="utf-8")
    changed.write_text(text.replace("1.600", "1.750").replace("9 oktober 2028", "12 november 2028"), "utf-8")
    store.add(changed, replaces=DATA.stem)
    assistant = Assistant.load(Settings(home=tmp_path))

    whole = assistant.ask("Wat is er veranderd?")
    assert whole.answer.startswith("Er is 1 alinea veranderd.")
    assert [("1.750" in c.quote, c.document) for c in whole.citations] == [
        (True, "nieuw"),
        (False, DATA.stem),
    ]

    about = assistant.ask("Wat is er veranderd aan de dijkwacht?")
    assert {c.document for c in about.citations} == {"nieuw", DATA.stem}
    assert about.notes[0].text.startswith("Dit is gewijzigd")

    same = assistant.ask("Wat is er veranderd aan de waterschapsbelasting?")
    assert {c.document for c in same.citations} == {"nieuw"}
    assert same.notes[-1].text == "Hierover is niets veranderd."

    plain = assistant.ask("Hoeveel dijkwachten moeten er komen?")
    assert {c.document for c in plain.citations} == {"nieuw"}
    former = assistant.ask("Hoeveel dijkwachten moeten er komen?", documents=[DATA.stem])
    assert {c.document for c in former.citations} == {DATA.stem}
