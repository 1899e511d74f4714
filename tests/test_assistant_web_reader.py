"""The letter's page: every paragraph in its place, the quote marked by its offsets, all escaped."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.answer import Citation
from assistant.web.loading import LoadingAssistant
from assistant.web.reader import marked_url, render_letter
from assistant.web.site import create_site
from ingest.letter import Letter, Part, Passage

VOID = {"meta", "link", "br", "img", "input"}


class Page(HTMLParser):
    """A page as the tests look at it: the text of each element with an id, of marks, of headings."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.by_id: dict[str, list[str]] = {}
        self.ids: list[str] = []
        self.marks: list[str] = []
        self.headings: list[tuple[str, str]] = []
        self.contents: list[str] = []
        self.tags: list[str] = []
        self._open: list[tuple[str, str]] = []
        self.feed(html)
        self.unclosed = [tag for tag, _ in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name = found.get("id") or ""
        self.tags.append(tag)
        if name:
            self.ids.append(name)
            self.by_id[name] = []
        if tag == "mark":
            self.marks.append("")
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.headings.append((tag, ""))
        if tag == "a" and any(tag == "nav" for tag, _ in self._open):
            self.contents.append(found["href"] or "")
        if tag not in VOID:
            self._open.append((tag, name))

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1][0] == tag, f"</{tag}> closes <{self._open[-1][0]}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self._open]
        for _, name in self._open:
            if name:
                self.by_id[name].append(data)
        if "mark" in tags:
            self.marks[-1] += data
        if tags and tags[-1] in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)

    def text_of(self, name: str) -> str:
        return _bare("".join(self.by_id[name]))


def _bare(text: str) -> str:
    """Return ``text`` without white space and list bullets, which HTML shows in its own way."""
    return "".join(text.replace("•", "").split())


@pytest.fixture(scope="module")
def client(letter: Letter) -> TestClient:
    """The site while the assistant and the chat still load."""

    def load(progress: object) -> object:
        raise AssertionError("not started in these tests")

    assistant = LoadingAssistant(load, report=lambda message: None)  # type: ignore[arg-type]
    return TestClient(create_site(assistant, [letter], opened=lambda failure: None))


def small_letter(text: str = "Een zin. Nog een zin.", title: str = "Titel") -> Letter:
    """A letter of one paragraph."""
    passage = Passage(text, 0, len(text), page=1, number=1, anchor="h1-1")
    part = Part(1, "Begin", ("Deel",), "1.2", "", "vng", 1, (passage,))
    return Letter("brief", title, text, 1, (part,))


def test_every_passage_stands_once_under_its_anchor(letter: Letter) -> None:
    page = Page(render_letter(letter))
    for _, passage in letter.places:
        assert page.ids.count(passage.anchor) == 1
        assert page.text_of(passage.anchor) == _bare(passage.text)


def test_page_is_well_formed_with_unique_ids(letter: Letter) -> None:
    page = Page(render_letter(letter))
    assert page.unclosed == []
    assert len(page.ids) == len(set(page.ids))


def test_headings_go_down_one_level_at_a_time(letter: Letter) -> None:
    levels = [int(tag[1]) for tag, _ in Page(render_letter(letter)).headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_chapter_is_a_second_level_heading(letter: Letter) -> None:
    page = Page(render_letter(letter))
    chapters = {part.chapter: part.chapter_title for part in letter.parts}
    found = [text.strip() for tag, text in page.headings if tag == "h2"]
    assert found == [
        f"Hoofdstuk {number} – {title}" if number else title for number, title in chapters.items()
    ]


def test_contents_lead_to_every_chapter_and_section(letter: Letter) -> None:
    page = Page(render_letter(letter))
    targets = [href.removeprefix("#") for href in page.contents]
    assert len(targets) == len(set(targets))
    assert set(targets) <= set(page.ids)
    titles = {title for part in letter.parts for title in part.section}
    assert {page.by_id[target][0].strip() for target in targets} >= titles


def test_voice_stands_at_every_heading_with_paragraphs(letter: Letter) -> None:
    html = render_letter(letter)
    body = html[html.index("</nav>") :]
    legend, margins = 2, len(letter.parts)
    assert body.count('class="voice ') == len(letter.parts) + legend + margins


def test_page_numbers_count_through_the_letter(letter: Letter) -> None:
    html = render_letter(letter)
    numbers = [int(rest.split("<")[0]) for rest in html.split('class="page">bladzijde ')[1:]]
    assert numbers == sorted({passage.page for _, passage in letter.places})


def test_quote_is_marked_at_its_offsets_in_every_paragraph(letter: Letter) -> None:
    for _, passage in letter.places:
        start = passage.start + len(passage.text) // 3
        end = passage.start + 2 * len(passage.text) // 3
        page = Page(render_letter(letter, f"{start}-{end}"))
        assert _bare("".join(page.marks)) == _bare(letter.text[start:end])
        if passage.kind == "text":
            assert page.marks == [letter.text[start:end]]


def test_repeated_words_are_marked_only_at_the_offsets() -> None:
    html = render_letter(small_letter("ja ja ja"), "3-5")
    assert "ja <mark>ja</mark> ja" in html


def test_quote_over_list_items_is_marked_in_each_of_them(letter: Letter) -> None:
    passage = next(passage for _, passage in letter.places if passage.kind == "list")
    page = Page(render_letter(letter, f"{passage.start}-{passage.end}"))
    assert page.marks == [line.removeprefix("• ") for line in passage.text.split("\n")]


def test_list_items_are_list_elements(letter: Letter) -> None:
    passages = [passage for _, passage in letter.places if passage.kind == "list"]
    tags = Page(render_letter(letter, "")).tags
    items = sum(line.startswith("• ") for p in passages for line in p.text.split("\n"))
    contents = len(Page(render_letter(letter)).contents)
    assert tags.count("li") == items + contents


def test_table_row_is_marked_cell_by_cell(letter: Letter) -> None:
    table = next(passage.table for _, passage in letter.places if passage.table)
    row = table.rows[1]
    page = Page(render_letter(letter, f"{row.start}-{row.end}"))
    assert page.marks == [row.label, *row.cells]


def test_table_has_caption_and_scoped_heads(letter: Letter) -> None:
    table = next(passage.table for _, passage in letter.places if passage.table)
    html = render_letter(letter)
    assert f"<caption>{table.caption}</caption>" in html
    assert html.count('scope="col"') == len(table.columns)
    assert html.count('scope="row"') == len(table.rows)


@pytest.mark.parametrize(
    "quote", ["", "x", "5", "5-", "-5", "9-3", "4-4", "0-99999999", "1-2-3", "<b>", "٣-٤", "1e1-20"]
)
def test_invalid_quote_is_ignored(client: TestClient, letter: Letter, quote: str) -> None:
    answer = client.get(f"/brief/{letter.slug}", params={"citaat": quote})
    assert answer.status_code == 200
    assert "<mark>" not in answer.text
    assert ("staat niet meer op die plaats" in answer.text) == bool(quote)


def test_quote_over_two_paragraphs_is_no_quote(letter: Letter) -> None:
    first, second = (passage for _, passage in list(letter.places)[:2])
    assert "<mark>" not in render_letter(letter, f"{first.start}-{second.end}")


def test_replaced_letter_leads_to_the_newer_one() -> None:
    old = replace(small_letter(), replaced_by="nieuw")
    newer = replace(small_letter(title="Nieuwe titel"), slug="nieuw")
    assert '<a href="/brief/nieuw">Lees Nieuwe titel</a>' in render_letter(old, newer=newer)
    assert "staat nog niet in Vraagbaak" in render_letter(old)
    assert "nieuwere versie" not in render_letter(newer)


def test_page_says_what_is_known_of_the_letter() -> None:
    known = replace(small_letter(), sender="VNG", date=date(2026, 2, 12), pages=3)
    assert "De hele brief, VNG, 12 februari 2026, 3 bladzijden." in render_letter(known)
    assert "De hele brief, 1 bladzijde." in render_letter(small_letter())


def test_every_paragraph_has_a_link_to_itself(letter: Letter) -> None:
    html = render_letter(letter)
    for _, passage in letter.places:
        assert html.count(f'<a class="here" href="#{passage.anchor}"') == 1


def test_addresses_of_paragraphs_do_not_change(letter: Letter) -> None:
    anchors = {passage.anchor for _, passage in letter.places}
    assert {  # as they stand in links that people keep
        "h0-2",
        "h0-wmo-1",
        "h1-wat-staat-er-in-het-coalitieakkoord-1",
        "h2-het-gemeenschapsfonds-wat-staat-er-in-het-akkoord-1",
        "h5-huishoudelijke-hulp-wat-staat-in-het-akkoord-1",
    } <= anchors


def test_html_in_a_letter_is_text() -> None:
    attack = "<script>alert(1)</script> & <img src=x onerror=alert(1)> {{ 7 * 7 }}"
    letter = small_letter(attack, title=attack)
    page = Page(render_letter(letter, f"0-{len(attack)}"))
    assert page.marks == [attack]
    assert "img" not in page.tags
    assert page.tags.count("script") == Page(render_letter(small_letter())).tags.count("script")


def test_section_number_stands_before_the_title() -> None:
    assert ("h3", "1.2 Deel ") in Page(render_letter(small_letter())).headings


def test_number_of_a_section_above_follows_from_the_one_below() -> None:
    letter = small_letter()
    deeper = replace(letter.parts[0], section=("Deel", "Stuk"), section_number="1.2.3")
    headings = Page(render_letter(replace(letter, parts=(deeper,)))).headings
    assert [text.strip() for _, text in headings][-2:] == ["1.2 Deel", "1.2.3 Stuk"]


def test_marked_url_leads_to_the_marked_quote(client: TestClient, letter: Letter) -> None:
    part, passage = list(letter.places)[40]
    quote = {"start": passage.start + 5, "end": passage.start + 30}
    url = marked_url(Citation.of(letter, part, passage, marker=1, **quote))
    assert url == (f"/brief/{letter.slug}?citaat={quote['start']}-{quote['end']}#{passage.anchor}")
    page = Page(client.get(url).text)
    assert page.marks == [letter.text[quote["start"] : quote["end"]]]
    assert url.partition("#")[2] in page.ids


@pytest.mark.parametrize(
    "path", ["/brief/nee", "/brief/../x", "/brief/a/b", "/brief/<b>", "/nee", "/web/nee"]
)
def test_unknown_address_is_a_dutch_page_with_a_way_on(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Deze bladzijde is er niet" in answer.text
    assert 'href="/"' in answer.text
    assert "<b>" not in answer.text


def test_shelf_lists_the_letters(client: TestClient, letter: Letter) -> None:
    for path in ("/brief", "/brief/"):
        assert f'href="/brief/{letter.slug}"' in client.get(path).text


def test_pages_load_nothing_from_elsewhere(client: TestClient, letter: Letter) -> None:
    answer = client.get(f"/brief/{letter.slug}")
    assert answer.headers["content-security-policy"].startswith("default-src 'self';")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "http://" not in answer.text
    assert "https://" not in answer.text
    assert answer.text.count("<script") == answer.text.count('<script src="/web/')


def test_style_sheets_are_served(client: TestClient) -> None:
    folder = Path(__file__).parent.parent / "assistant" / "web" / "static"
    for file in folder.iterdir():
        assert client.get(f"/web/{file.name}").status_code == 200


def test_start_page_says_what_is_loading(client: TestClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert "Vraagbaak start" in answer.text
    assert answer.headers["refresh"] == "1"


def test_status_says_what_is_loading_and_for_how_long(client: TestClient) -> None:
    status = client.get("/api/status").json()
    assert status["state"] == "laden"
    assert "Dat duurt" in status["message"]


@pytest.mark.parametrize("body", [b"", b"{}", b"[1]", b'{"question": 3}', b"\xff"])
def test_bad_request_says_what_to_send(client: TestClient, body: bytes) -> None:
    answer = client.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in {400, 422}
    assert answer.json()["error"].startswith("Stuur JSON met een vraag")
