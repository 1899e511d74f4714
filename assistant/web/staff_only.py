"""Who may use the pages for staff: this machine, or who knows the password that the operator set."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import secrets

from fastapi import HTTPException, Request

_ELSEWHERE = (
    "Deze bladzijde is alleen te openen op de computer waarop Vraagbaak draait. Wilt u haar ook op andere "
    "computers gebruiken? Zet dan een wachtwoord in VRAAGBAAK_STAFF_PASSWORD en start Vraagbaak opnieuw."
)
_PASSWORD = "Voor deze bladzijde is een wachtwoord nodig. Laad de bladzijde opnieuw om het in te vullen."


class StaffOnly:
    """A dependency of FastAPI that lets staff in and turns others away.

    Without a ``password`` only this machine may enter, and not under a name that another site made point
    here (DNS rebinding).
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
