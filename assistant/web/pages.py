"""A page as the site sends it: nothing is loaded from elsewhere, no scripts of others run."""

from __future__ import annotations

from starlette.responses import HTMLResponse

PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def page(html: str, *, status: int = 200, refresh: int | None = None) -> HTMLResponse:
    """Return ``html`` as a page; ``refresh`` is after how many seconds the browser asks again."""
    headers = PAGE_HEADERS | ({} if refresh is None else {"Refresh": str(refresh)})
    return HTMLResponse(html, status, headers)
