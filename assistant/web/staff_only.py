"""Who may use the pages for staff: this machine, or who knows the password that the operator set."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import secrets
from urllib.parse import urlsplit

from fastapi import HTTPException, Request

_ELSEWHERE = (
    "Deze bladzijde is alleen te openen op de computer waarop Vraagbaak draait. Wilt u haar ook op andere "
    "computers gebruiken? Zet dan een wachtwoord in VRAAGBAAK_STAFF_PASSWORD en start Vraagbaak opnieuw."
)
_PASSWORD = "Voor deze bladzijde is een wachtwoord nodig. Laad de bladzijde opnieuw om het in te vullen."
_FOREIGN = "Deze opdracht kwam van een andere website en is niet uitgevoerd. Open de bladzijde zelf."
_SAFE = ("GET", "HEAD", "OPTIONS")


class StaffOnly:
    """A dependency of FastAPI that lets staff in and turns others away.

    Without a ``password`` only this machine may enter. What changes something must come from our own
    pages: another site may not send it (CSRF), nor a name that was made to point here (DNS rebinding).
    """

    def __init__(self, password: str) -> None:
        self._password = password

    def __call__(self, request: Request) -> None:
        """Raise HTTPException, with a text for the user, unless the request may go on."""
        if self._password:
            if not self._knows_password(request.headers.get("authorization", "")):
                raise HTTPException(401, _PASSWORD, {"WWW-Authenticate": 'Basic realm="Vraagbaak"'})
        elif not (
            request.client and _is_local(request.client.host) and _is_local(request.url.hostname or "")
        ):
            raise HTTPException(403, _ELSEWHERE)
        if request.method not in _SAFE and not _from_own_page(request):
            raise HTTPException(403, _FOREIGN)

    def _knows_password(self, header: str) -> bool:
        kind, _, value = header.partition(" ")
        try:
            given = base64.b64decode(value, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return False
        return kind.lower() == "basic" and secrets.compare_digest(given.encode(), self._password.encode())


def _is_local(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _from_own_page(request: Request) -> bool:
    if site := request.headers.get("sec-fetch-site"):
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")
