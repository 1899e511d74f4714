"""What a request that changes something must meet: from our own page, small, not too many."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ingest.errors import VraagbaakError

_MINUTE = 60.0


class ForeignRequestError(VraagbaakError):
    """A page of another site sent the request."""


class TooLargeError(VraagbaakError):
    """The request holds more than is taken."""


class TooManyError(VraagbaakError):
    """There were too many requests in the last minute."""


class Guard:
    """ASGI middleware before what can be changed: POSTs come from our own pages and are not too large.

    ``limits`` are in bytes, by the beginning of the path; other paths pass. ``refuse`` words the answer.
    """

    def __init__(
        self, app: ASGIApp, limits: Mapping[str, int], refuse: Callable[[Request, VraagbaakError], Response]
    ) -> None:
        self._app = app
        self._limits = limits
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, as ASGI has it."""
        app: ASGIApp = self._app
        if scope["type"] == "http" and scope["method"] == "POST":
            limit = next((n for path, n in self._limits.items() if scope["path"].startswith(path)), None)
            if limit is not None:
                request = Request(scope)
                try:
                    _require_own_page(request)
                    _require_small(request, limit)
                except VraagbaakError as error:
                    app = self._refuse(request, error)
        await app(scope, receive, send)


def _require_own_page(request: Request) -> None:
    """Raise ForeignRequestError when a page of another site sent ``request``.

    As Go's ``net/http.CrossOriginProtection`` does it: Sec-Fetch-Site decides, else Origin against
    Host (over plain HTTP on a local network browsers send Origin only). With neither it is no browser,
    and nobody's browser is misused.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None:
        own = site in ("same-origin", "none")
    else:
        own = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    if not own:
        raise ForeignRequestError(
            "Dit verzoek kwam van een andere website en is niet uitgevoerd. Open de pagina van Vraagbaak "
            "zelf en probeer het daar opnieuw."
        )


def _require_small(request: Request, limit: int) -> None:
    """Raise TooLargeError when the body is over ``limit`` bytes, or does not say how long it is."""
    length = request.headers.get("content-length", "")
    if not length.isascii() or not length.isdigit() or int(length) > limit:
        raise TooLargeError(
            f"Dit is te groot om te versturen: hoogstens {limit // 1000} kilobyte. Maak het kleiner en "
            "probeer het opnieuw."
        )


class RateLimit:
    """Lets ``each`` requests a minute through of one sender and ``together`` of all of them."""

    def __init__(self, *, each: int, together: int) -> None:
        self._each = each
        self._together = together
        self._recent: deque[tuple[float, str]] = deque()
        self._lock = threading.Lock()

    def require(self, sender: str) -> None:
        """Count a request of ``sender``. Raises TooManyError."""
        moment = time.monotonic()
        with self._lock:
            while self._recent and self._recent[0][0] < moment - _MINUTE:
                self._recent.popleft()
            own = sum(name == sender for _, name in self._recent)
            if own >= self._each or len(self._recent) >= self._together:
                raise TooManyError(
                    "Dat zijn te veel reacties achter elkaar. Probeer het over een minuut nog eens."
                )
            self._recent.append((moment, sender))
