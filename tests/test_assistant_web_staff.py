"""Staff add a letter, correct its outline and let it count; the page and the real chat follow."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient
from letter_page import as_page
from playwright.sync_api import Browser, TimeoutError

from assistant.settings import Settings
from assistant.web.loading import LoadingAssistant
from assistant.web.shelf import Shelf
from assistant.web.site import create_site
from chat_server import Server, free_port
from ingest.letter_store import LetterStore, read_letter

SHIPPED = "vng-ledenbrief-coalitieakkoord"
TEXT = b"""Datum: 3 mei 2027

Geachte leden,

Geld

Er komt geld bij voor de kust.

Duinen

Er komt zand."""
LETTER = Path(__file__).parents[1] / "eval" / "letters" / "brief-waterzorgplan.txt"


def site(home: Path, *, password: str = "", host: str = "127.0.0.1", client: str = "127.0.0.1") -> TestClient:
    """The site with the staff's pages, as a browser on ``client`` sees it under the name ``host``."""
    shelf = Shelf(LetterStore(home))
    assistant = LoadingAssistant(lambda _: pytest.fail("nothing is asked here"), report=lambda _: None)
    settings = Settings(home=home, staff_password=password)
    app = create_site(assistant, shelf, opened=lambda _: None, settings=settings)
    return TestClient(app, f"http://{host}", client=(client, 50000), follow_redirects=False)


@pytest.fixture
def staff(tmp_path: Path) -> TestClient:
    return site(tmp_path)


def send(staff: TestClient, name: str = "Kustbrief.txt", data: bytes = TEXT) -> str:
    """Upload a file and return where the browser is sent."""
    answer = staff.post("/beheer/brief", files={"file": (name, data)}, headers={"Accept": "application/json"})
    assert answer.status_code == 200, answer.text
    place: str = answer.json()["place"]
    return place


def fields(staff: TestClient, place: str) -> dict[str, str]:
    """Return the form at ``place`` as it stands."""
    html = staff.get(place).text
    inputs = dict(re.findall(r'<input[^>]* name="(\w+)"[^>]*? value="([^"]*)"', html))
    for name, body in re.findall(r'<select id="[\w-]+" name="([\w-]+)">(.*?)</select>', html, re.DOTALL):
        inputs[name] = next(iter(re.findall(r'value="([\w-]*)" selected', body)), "")
    return inputs


def test_an_uploaded_letter_waits_for_a_look_and_then_counts(staff: TestClient, tmp_path: Path) -> None:
    place = send(staff)
    assert place == "/beheer/brief/kustbrief"
    assert [letter.slug for letter in LetterStore(tmp_path).load()] == [SHIPPED]
    assert "Nog na te kijken" in staff.get("/beheer").text
    form = fields(staff, place)
    assert (form["title"], form["date"]) == ("Kustbrief", "3 mei 2027")
    answer = staff.post(place, data=form | {"action": "publish"})
    assert answer.status_code == 303
    assert "telt mee zodra de index is bijgewerkt" in unquote(answer.headers["location"])
    assert [letter.slug for letter in LetterStore(tmp_path).load()] == [SHIPPED, "kustbrief"]
    assert "Er komt geld bij" in staff.get("/brief/kustbrief").text


def test_what_is_corrected_is_kept_with_the_letter(staff: TestClient, tmp_path: Path) -> None:
    place = send(staff)
    form = fields(staff, place)
    titles = [name for name, value in form.items() if value == "title-1"]
    staff.post(place, data=form | {titles[1]: "title-2", "sender": "Bond van Kust", "date": "4 mei 2027"})
    staff.post(place, data=fields(staff, place) | {"action": "publish"})
    letter = LetterStore(tmp_path).get("kustbrief")
    assert [part.section for part in letter.parts][-1] == ("Geld", "Duinen")
    assert (letter.sender, str(letter.date)) == ("Bond van Kust", "2027-05-04")


def test_a_shipped_letter_is_corrected_only_when_it_is_saved(staff: TestClient, tmp_path: Path) -> None:
    place = f"/beheer/brief/{SHIPPED}"
    form = fields(staff, place)
    assert LetterStore(tmp_path).folder(SHIPPED) is None
    staff.post(place, data=form | {"date": "3 februari 2026"})
    letter = LetterStore(tmp_path).get(SHIPPED)
    assert str(letter.date) == "2026-02-03"
    assert len(letter.parts) == 155


def test_what_someone_else_changed_meanwhile_is_not_overwritten(staff: TestClient) -> None:
    place = send(staff)
    form = fields(staff, place)
    staff.post(place, data=form | {"sender": "De eerste"})
    answer = staff.post(place, data=form | {"sender": "De tweede"})
    assert "Iemand anders heeft deze brief net veranderd" in answer.text
    assert 'value="De tweede"' in answer.text
    assert fields(staff, place)["sender"] == "De eerste"


def test_a_date_that_is_none_is_said_and_nothing_is_lost(staff: TestClient) -> None:
    place = send(staff)
    answer = staff.post(place, data=fields(staff, place) | {"date": "ooit", "sender": "Bond"})
    assert "&#39;ooit&#39; is geen datum" in answer.text
    assert 'value="Bond"' in answer.text


def test_a_letter_without_paragraphs_left_is_not_saved(staff: TestClient) -> None:
    place = send(staff)
    form = fields(staff, place)
    gone = {name: "gone" for name in form if name.startswith("block-")}
    answer = staff.post(place, data=form | gone | {"action": "publish"})
    assert "staan alleen titels" in answer.text
    assert "Er komt geld bij" in staff.get(place).text


def test_a_newer_version_is_offered_as_one(staff: TestClient, tmp_path: Path) -> None:
    staff.post(send(staff), data=fields(staff, "/beheer/brief/kustbrief") | {"action": "publish"})
    place = send(staff, "Kustbrief.txt", TEXT.replace(b"zand", b"veel zand"))
    assert place == "/beheer/brief/kustbrief-2"
    form = fields(staff, place)
    assert form["replaces"] == "kustbrief"
    staff.post(place, data=form | {"action": "publish"})
    assert LetterStore(tmp_path).get("kustbrief").replaced_by == "kustbrief-2"


def test_a_concept_can_be_thrown_away_and_a_letter_removed(staff: TestClient, tmp_path: Path) -> None:
    place = send(staff)
    staff.post(place, data={"action": "discard"})
    assert LetterStore(tmp_path).concepts() == []
    assert "Deze brief verwijderen?" in staff.get(f"/beheer/weg/{SHIPPED}").text
    assert staff.post(f"/beheer/weg/{SHIPPED}").status_code == 303
    assert LetterStore(tmp_path).load() == ()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("leeg.txt", b"", "staat geen tekst"),
        ("stuk.pdf", b"%PDF-1.7 stuk", "geen leesbare PDF"),
        ("geheim.docx", b"PK\x03\x04 stuk", "geen leesbaar Word-bestand"),
    ],
)
def test_a_bad_file_is_said_and_changes_nothing(
    staff: TestClient, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    answer = staff.post("/beheer/brief", files={"file": (name, data)}, headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert said in answer.json()["error"]
    assert LetterStore(tmp_path).concepts() == []
    assert [letter.slug for letter in LetterStore(tmp_path).load()] == [SHIPPED]


@pytest.mark.parametrize("name", ["../../weg.txt", "C:\\map\\weg.txt", "/etc/weg.txt", "..weg.txt"])
def test_a_file_name_cannot_point_elsewhere(staff: TestClient, tmp_path: Path, name: str) -> None:
    assert send(staff, name) == "/beheer/brief/weg"
    assert [folder.path.parent for folder in LetterStore(tmp_path).concepts()] == [tmp_path / "concepts"]


def test_the_same_file_is_said_to_be_there(staff: TestClient) -> None:
    staff.post(send(staff), data=fields(staff, "/beheer/brief/kustbrief") | {"action": "publish"})
    answer = staff.post(
        "/beheer/brief", files={"file": ("x.txt", TEXT)}, headers={"Accept": "application/json"}
    )
    assert answer.json() == {"error": "Deze brief is er al, met de naam 'kustbrief'. U hoeft niets te doen."}


@pytest.mark.parametrize(
    ("host", "client", "expected"),
    [
        ("localhost", "127.0.0.1", 200),
        ("127.0.0.1", "::1", 200),
        ("vraagbaak.gemeente", "127.0.0.1", 403),  # a name that was made to point here
        ("192.168.1.5", "192.168.1.7", 403),
    ],
)
def test_only_this_machine_may_enter_without_a_password(
    tmp_path: Path, host: str, client: str, expected: int
) -> None:
    assert site(tmp_path, host=host, client=client).get("/beheer").status_code == expected


def test_with_a_password_others_may_enter_who_know_it(tmp_path: Path) -> None:
    other = site(tmp_path, password="geheim", host="192.168.1.5", client="192.168.1.7")
    refused = other.get("/beheer")
    assert (refused.status_code, "Basic" in refused.headers["www-authenticate"]) == (401, True)
    assert other.get("/beheer", auth=("griffie", "anders")).status_code == 401
    assert other.get("/beheer", auth=("griffie", "geheim")).status_code == 200


def test_another_site_cannot_send_anything(staff: TestClient, tmp_path: Path) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elders.example"}):
        assert staff.post(f"/beheer/weg/{SHIPPED}", headers=headers).status_code == 403
    assert len(LetterStore(tmp_path).load()) == 1


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server.start(tmp_path / "home", free_port())
    try:
        running.wait_for_page()
        yield running
    finally:
        running.process.kill()
        running.process.wait()


@pytest.mark.browser
def test_a_pdf_that_is_dropped_on_the_page_can_be_asked_about(
    server: Server, browser: Browser, tmp_path: Path
) -> None:
    page = browser.new_page()
    page.set_content(as_page(read_letter(LETTER), "h1 { font-size: 18pt } h2 { font-size: 14pt }"))
    pdf = page.pdf(format="A4")
    page.goto(f"{server.address}beheer")
    page.evaluate(
        """([data, name]) => {
          const files = new DataTransfer();
          files.items.add(new File([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], name));
          const drop = { dataTransfer: files, bubbles: true, cancelable: true };
          document.getElementById("upload").dispatchEvent(new DragEvent("drop", drop));
        }""",
        [b64encode(pdf).decode(), "Waterzorgplan.pdf"],
    )
    page.wait_for_url("**/beheer/brief/waterzorgplan", timeout=60_000)
    page.get_by_role("button", name="Zet de brief live").click()
    page.get_by_text("de brieven tellen mee").wait_for(timeout=240_000)
    page.goto(server.address)
    page.fill("#question textarea", "Hoeveel dijkwachten moeten er komen?")
    page.press("#question textarea", "Enter")
    source = page.locator(".source").first
    source.wait_for(timeout=30_000)
    assert "1.600" in source.locator("mark").inner_text()
    assert source.locator(".document").inner_text().startswith("Waterzorgplan 2029-2034")
    page.get_by_role("button", name="Kies brieven of een periode").click()
    page.get_by_label("Brieven tot en met").fill("2020")
    refusal = page.get_by_text("In deze periode is er geen brief.")
    for _ in range(30):  # while the page is still busy with the former answer, Enter does nothing
        page.fill("#question textarea", "Hoeveel dijkwachten zijn er nu?")
        page.press("#question textarea", "Enter")
        with suppress(TimeoutError):
            refusal.wait_for(timeout=1_000)
            break
    assert refusal.is_visible()
    page.close()
