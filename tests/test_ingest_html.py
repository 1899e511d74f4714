"""A letter as a web page gives the outline and paragraphs of its text; what is around it stays out."""

from __future__ import annotations

from pathlib import Path

import pytest
from letter_page import as_page

from ingest.errors import LetterError
from ingest.extract import read_lines
from ingest.html import html_lines, read_html
from ingest.letter import Letter
from ingest.letter_store import LetterStore
from ingest.outline import outline

Place = tuple[int, tuple[str, ...], str, str]


def places(letter: Letter) -> list[Place]:
    """Every paragraph with its titles; of a table only the rows, for its caption stands above it."""
    return [
        (p.chapter, p.section, p.heading, "\n".join(passage.text.split("\n")[-len(passage.table.rows) :]))
        if passage.table
        else (p.chapter, p.section, p.heading, passage.text)
        for p, passage in letter.places
    ]


def lines(page: str) -> list[str]:
    return [line.text for line in html_lines(page, "brief.html")]


def test_a_web_page_reads_as_its_text(letter: Letter, tmp_path: Path) -> None:
    path = tmp_path / "brief.html"
    path.write_text(as_page(letter, ""), encoding="utf-8")
    read = outline(read_lines(path), "brief")
    captions = {p.table.caption for _, p in letter.places if p.table}
    found = [place for place in places(read) if place[-1] not in captions]
    assert found == places(letter)
    assert read.pages == 0


def test_the_page_is_kept_and_removed(tmp_path: Path) -> None:
    path = tmp_path / "brief.htm"
    path.write_text("<h1>Wonen</h1><p>Er komt geld bij.</p>", encoding="utf-8")
    store = LetterStore(tmp_path / "home")
    added = store.add(path).letter
    assert LetterStore(tmp_path / "home").get("brief") == added
    assert (tmp_path / "home" / "letters" / "brief" / "original.html").read_bytes() == path.read_bytes()
    store.remove("brief")
    assert not list((tmp_path / "home" / "letters").glob("brief*"))


def test_a_title_before_the_salutation_is_the_letters() -> None:
    page = "<h1>Brief over de kust</h1><p>Geachte leden,</p><h2>Zand</h2><p>Er komt zand.</p>"
    assert outline(html_lines(page, "x"), "x").title == "Brief over de kust"


def test_titles_have_their_level() -> None:
    page = "<h1>Een</h1><h3>Twee<br>regels</h3><p><strong>Vet</strong></p><p><b>Vet</b> en gewoon</p>"
    found = [(line.text, line.rank) for line in html_lines(page, "x")]
    assert found == [("Een", 1), ("Twee", 3), ("regels", 3), ("Vet", 7), ("Vet en gewoon", 0)]


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("<p>a  b\n c<p>d", ["a b c", "d"]),
        ("<p>a<br>b</p>c", ["a", "b", "c"]),
        ("<pre>a\n  b</pre>", ["a", "b"]),
        ("<p>m&eacute;&#233;r&nbsp;&amp; ge&shy;meen&ZeroWidthSpace;te", ["méér & gemeente"]),
        ("<p>€ 30<sup>2</sup>, m<sup>2</sup>, 1<sup>e</sup>", ["€ 30², m², 1e"]),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", ["• a", "• b", "• c"]),
        ("<ul><li><p>a</p><p>b</p></ul>", ["• a b"]),
        ("<ol start=3><li>a<li value=7>b<li>c</ol>", ["3. a", "7. b", "8. c"]),
        ("<ol type=a><li>a<li>b</ol><ol type=I><li>c</ol>", ["a. a", "b. b", "I. c"]),
        ("<ul><li><h2>Kop</h2><p>a</p><p>b</p></ul>", ["Kop", "a", "b"]),
        ("<dl><dt>Duin<dd>Hoog zand.<dt>Wie?<dd>Wij.</dl>", ["Duin: Hoog zand.", "Wie? Wij."]),
        ("<blockquote><p>a</p></blockquote><address>b</address>", ["a", "b"]),
        ("<table><tr><td><h2>Kop</h2><p>a</p><td>b</table>", ["Kop", "a", "b"]),
        ("<table><tr><td>a<tr><td>b</table>", ["a", "b"]),
    ],
)
def test_what_stands_on_a_page_becomes_lines(page: str, wanted: list[str]) -> None:
    assert lines(page) == wanted


def test_a_table_keeps_its_cells() -> None:
    page = (
        "<h2>Geld</h2><table><caption>In miljoenen</caption><thead><tr><th rowspan=2></th><th colspan=2>Jaar"
        "</th></tr><tr><th>2026</th><th>2027</th></tr></thead><tbody><tr><td>Rijk</td><td>1<br>%</td><td></td>"
        "</tr><tr><td>Samen</td></tr></tbody></table>"
    )
    assert lines(page)[1] == "In miljoenen"
    (table,) = [p.table for _, p in outline(html_lines(page, "x"), "x").places if p.table]
    assert table.columns == ("Jaar", "Jaar")
    assert [(row.label, row.cells) for row in table.rows] == [
        ("", ("2026", "2027")),
        ("Rijk", ("1 %", "")),
        ("Samen", ("", "")),
    ]


LETTER = "<h1>Brief</h1><p>Dit is de brief zelf, met genoeg woorden om te tellen.</p>"
AROUND = "<nav>Menu</nav><header>Logo</header>%s<aside>Meer</aside><form>Zoek</form><footer>Contact</footer>"


@pytest.mark.parametrize(
    "page",
    [
        AROUND % f"<main>{LETTER}</main>",
        AROUND % f"<div role=main>{LETTER}</div>",
        AROUND % f"<article>{LETTER}</article>",
        AROUND % f"<div>{LETTER}</div>",
        f"<form><nav>Menu</nav>{LETTER}<footer>Contact</footer></form>",
        f"<div role=navigation>Menu</div><header><h1>Brief</h1></header>{LETTER.partition('</h1>')[2]}",
        f"{LETTER}<p hidden>a<p style='color: red; display:none'>b<p aria-hidden=true>c<script>d</script>",
        f"<head><title>Naam</title><style>p {{}}</style></head>{LETTER}<!-- e --><template>f</template>",
    ],
)
def test_menus_and_what_is_hidden_stay_out(page: str) -> None:
    assert lines(page) == lines(LETTER)


def test_what_is_left_after_the_menus_must_be_the_letter() -> None:
    assert lines(f"<aside>{LETTER}</aside><main>Kort</main>") == [*lines(LETTER), "Kort"]


@pytest.mark.parametrize(
    "data",
    [
        "<meta charset=windows-1252><p>€ één".encode("cp1252"),
        '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>€ één'.encode("cp1252"),
        '<?xml version="1.0" encoding="utf-8"?><html><p>€ één'.encode(),
        "<p>€ één".encode(),
        "\ufeff<p>€ één".encode(),
        "<html><p>€ één".encode("utf-16"),
        "<meta charset=utf-8><p>€ één".encode("cp1252"),
    ],
)
def test_the_encoding_is_the_one_that_fits(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "brief.html"
    path.write_bytes(data)
    assert [line.text for line in read_html(path)] == ["€ één"]


@pytest.mark.parametrize("page", ["", "<html></html>", "<!-- niets -->", "<script>let x</script>"])
def test_a_page_without_words_is_said(page: str) -> None:
    with pytest.raises(LetterError, match=r"In het bestand 'brief\.html' staat geen tekst"):
        lines(page)


def test_a_page_nested_too_deep_is_said_rather_than_cut_off() -> None:
    with pytest.raises(LetterError, match="geen leesbare webpagina"):
        lines("<div>" * 5_000 + "tekst" + "</div>" * 5_000 + "<p>en verder")
