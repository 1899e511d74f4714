"""A letter as Markdown gives the outline and paragraphs of its text; a text is not taken for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from letter_markdown import as_markdown
from test_ingest_html import places

from ingest.extract import read_lines
from ingest.letter import Letter
from ingest.letter_store import LetterStore
from ingest.markdown import read_markdown
from ingest.outline import outline


def test_markdown_reads_as_its_text(letter: Letter, tmp_path: Path) -> None:
    path = tmp_path / "brief.md"
    path.write_text(as_markdown(letter), encoding="utf-8")
    read = outline(read_lines(path), "brief")
    captions = {p.table.caption for _, p in letter.places if p.table}
    assert [place for place in places(read) if place[-1] not in captions] == places(letter)


def test_markdown_is_kept_as_it_came(tmp_path: Path) -> None:
    path = tmp_path / "brief.markdown"
    path.write_text("# Wonen\n\nEr komt geld bij.\n", encoding="utf-8")
    store = LetterStore(tmp_path / "home")
    added = store.add(path).letter
    assert store.get("brief") == added
    assert (tmp_path / "home" / "letters" / "brief" / "original.md").read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("# Een #\n\nTwee\n----\n", [("Een", 1), ("Twee", 2)]),
        ("Een zin die\nverder gaat.", [("Een zin die verder gaat.", 0)]),
        ("Een *nadruk* en [link](http://x).", [("Een nadruk en link.", 0)]),
        ("1. een\n2. twee\n   - diep\n", [("1. een", 0), ("2. twee", 0), ("• diep", 0)]),
        ("| a | b |\n|---|:-:|\n| 1 | |\n", [("a | b", 0), ("| 1 |  |", 0)]),
        ("C# en #hashtag\n", [("C# en #hashtag", 0)]),
        ("a<br>b <script>c</script>\n\n<table><tr><td>1<td>2</table>", [("a", 0), ("b", 0), ("1 | 2", 0)]),
        ("---\ntitle: Brief\ntags:\n  - a\n---\n# Een\n", [("Een", 1)]),
        ("---\n\nTekst.\n\n---\n", [("Tekst.", 0)]),
    ],
)
def test_marks_become_lines(text: str, wanted: list[tuple[str, int]], tmp_path: Path) -> None:
    path = tmp_path / "brief.md"
    path.write_text(text, encoding="utf-8")
    assert [(line.text, line.rank) for line in read_markdown(path)] == wanted


def test_a_text_with_hashes_stays_a_text(tmp_path: Path) -> None:
    path = tmp_path / "brief.txt"
    path.write_text("# Een\n\nTekst met *sterren* en\nregels.\n", encoding="utf-8")
    found = [(line.text, line.rank) for line in read_lines(path)]
    assert found == [("Een", 0), ("Tekst met *sterren* en", 0), ("regels.", 0)]
