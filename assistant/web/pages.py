"""A page as the site sends it: nothing is loaded from elsewhere, no scripts of others run."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import HTMLResponse, Response

_POLICY = "default-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action"
_HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
FORM_HEADERS = {
    "Content-Security-Policy": f"{_POLICY} 'self'",
    "Referrer-Policy": "same-origin",  # else browsers would not say that a form comes from here
    "Cache-Control": "no-store",
}


def page(
    html: str,
    *,
    status: int = 200,
    refresh: int | None = None,
    forms: bool = False,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """Return ``html`` as a page; with ``forms`` it may send them to this site, and is not kept.

    ``refresh`` is after how many seconds the browser asks again.
    """
    sent = _HEADERS | (FORM_HEADERS if forms else {"Content-Security-Policy": f"{_POLICY} 'none'"})
    if refresh is not None:
        sent["Refresh"] = str(refresh)
    return HTMLResponse(html, status, sent | dict(headers or {}))


def download(content: bytes, name: str, media_type: str) -> Response:
    """Return ``content`` as a file that the browser keeps under ``name``."""
    headers = _HEADERS | {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, headers=headers, media_type=media_type)
