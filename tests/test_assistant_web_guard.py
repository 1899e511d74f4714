"""Requests that change something: only from our own pages, not too large, not too many."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.web.guard import Guard, RateLimit, TooManyError
from ingest.errors import VraagbaakError


def _ok(request: Request) -> Response:
    return PlainTextResponse("gedaan")


def _refuse(request: Request, error: VraagbaakError) -> Response:
    return PlainTextResponse(type(error).__name__, 403)


@pytest.fixture
def client() -> TestClient:
    """A site whose pages under /x take posts of 10 bytes."""
    routes = [Route(path, _ok, methods=["GET", "POST"]) for path in ("/x/doe", "/vrij")]
    return TestClient(Guard(Starlette(routes=routes), {"/x": 10}, _refuse), base_url="http://host:7860")


@pytest.mark.parametrize(
    "headers",
    [
        {},  # no browser
        {"Origin": "http://host:7860"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://host:7860"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    ],
)
def test_own_page_passes(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/x/doe", content=b"a=1", headers=headers).text == "gedaan"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://elders.example"},
        {"Origin": "http://host:7861"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://host:7860"},
    ],
)
def test_other_sites_are_refused(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post("/x/doe", content=b"a=1", headers=headers)
    assert (answer.status_code, answer.text) == (403, "ForeignRequestError")
    assert client.get("/x/doe", headers=headers).text == "gedaan"
    assert client.post("/vrij", headers=headers).text == "gedaan"


def test_large_body_and_one_of_unknown_length_are_refused(client: TestClient) -> None:
    assert client.post("/x/doe", content=b"x" * 10).text == "gedaan"
    assert client.post("/x/doe", content=b"x" * 11).text == "TooLargeError"
    assert client.post("/x/doe", content=iter([b"x"])).text == "TooLargeError"


def test_rate_is_limited_by_sender_and_together() -> None:
    limit = RateLimit(each=2, together=3)
    limit.require("a")
    limit.require("a")
    with pytest.raises(TooManyError):
        limit.require("a")
    limit.require("b")
    with pytest.raises(TooManyError):
        limit.require("c")
