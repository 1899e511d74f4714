"""The door of the chat: a starting page until Gradio is there, then Gradio, made Dutch."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import asynccontextmanager
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

# Gradio's page runs inline scripts and makes functions of templates; but nothing may be fetched
# from elsewhere or sent there.
_CHAT_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "worker-src 'self' blob:; object-src 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_PREVIEW_META = re.compile(r'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>\s*')
_HEAD = """<meta charset="utf-8">
<title>Vraagbaak</title>
<link rel="icon" href="/web/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/web/tokens.css">
<link rel="stylesheet" href="/web/chat.css">
<script src="/web/language.js"></script>
<script src="/web/chat.js" defer></script>
<script src="/web/quotes.js" defer></script>
<script src="/web/session.js" defer></script>
<script src="/web/history.js" defer></script>
<script src="/web/reactions.js" defer></script>
<script src="/web/copy.js" defer></script>"""
_NO_SCRIPT = """<noscript><p>De chat heeft JavaScript nodig. De brief lezen kan zonder:
<a href="/brief">naar de brief</a>.</p></noscript>
<gradio-app"""
_UPLOAD = "/gradio_api/upload"  # nothing in the chat asks for files


class ChatGate:
    """Passes requests on to the chat once ``build`` has made it; until then ``waiting`` answers.

    ``waiting`` gets the path and gives a page: that of an unknown address too.

    ``build`` runs in a thread, as importing Gradio takes 3 to 5 s; ``opened`` is called after it,
    with what went wrong if anything did.
    """

    def __init__(
        self,
        build: Callable[[], Starlette],
        *,
        waiting: Callable[[str], Response],
        opened: Callable[[Exception | None], None],
    ) -> None:
        self._build = build
        self._waiting = waiting
        self._opened = opened
        self._chat: Starlette | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, as ASGI has it."""
        if self._chat is None:
            await self._waiting(scope["path"])(scope, receive, send)
        elif scope["path"].startswith(_UPLOAD):
            await PlainTextResponse("Niet toegestaan", 403)(scope, receive, send)
        elif scope["path"] == "/":
            await _translated(self._chat, scope, receive, send)
        elif "text/html" in Headers(scope=scope).get("accept", ""):
            await self._visit(self._chat, scope, receive, send)
        else:
            await self._chat(scope, receive, send)

    @asynccontextmanager
    async def lifespan(self, site: object) -> AsyncIterator[None]:
        """Build the chat while the site is up, and end it with the site."""
        closing = asyncio.Event()
        task = asyncio.create_task(self._run(closing))
        yield
        closing.set()
        if self._chat is None:
            task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def _visit(self, chat: Starlette, scope: Scope, receive: Receive, send: Send) -> None:
        """Show the page that ``waiting`` has for an address that is not the chat's either."""
        missing = False

        async def watch(message: Message) -> None:
            nonlocal missing
            missing = missing or message.get("status") == HTTPStatus.NOT_FOUND
            if not missing:
                await send(message)

        await chat(scope, receive, watch)
        if missing:
            await self._waiting(scope["path"])(scope, receive, send)

    async def _run(self, closing: asyncio.Event) -> None:
        try:
            chat = await _in_daemon_thread(self._build)
        except Exception as error:
            self._opened(error)
            return
        async with chat.router.lifespan_context(chat):
            self._chat = chat
            self._opened(None)
            await closing.wait()


async def _in_daemon_thread(work: Callable[[], Starlette]) -> Starlette:
    """Run ``work`` in a thread that does not keep the program from ending."""
    future: Future[Starlette] = Future()

    def run() -> None:
        future.set_running_or_notify_cancel()
        try:
            future.set_result(work())
        except Exception as error:
            future.set_exception(error)

    threading.Thread(target=run, name="vraagbaak-chat", daemon=True).start()
    return await asyncio.wrap_future(future)


async def _translated(chat: Starlette, scope: Scope, receive: Receive, send: Send) -> None:
    """Send the chat's page with our head, in Dutch, without the tags for social media."""
    plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
    start: Message = {}
    body = b""

    async def collect(message: Message) -> None:
        nonlocal start, body
        if message["type"] == "http.response.start":
            start = message
        elif message["type"] == "http.response.body":
            body += message.get("body", b"")
            if not message.get("more_body", False):
                await finish()

    async def finish() -> None:
        html = body
        if "text/html" in Headers(raw=start["headers"]).get("content-type", ""):
            html = _dutch(body.decode()).encode()
        headers = MutableHeaders(raw=list(start["headers"]))
        headers.update(_CHAT_HEADERS)
        if scope["method"] != "HEAD":
            headers["Content-Length"] = str(len(html))
        await send({**start, "headers": headers.raw})
        await send({"type": "http.response.body", "body": html})

    await chat({**scope, "headers": plain}, receive, collect)


def _dutch(html: str) -> str:
    html = _PREVIEW_META.sub("", html)
    html = html.replace('lang="en"', 'lang="nl"', 1).replace('<meta charset="utf-8" />', _HEAD, 1)
    return html.replace("<gradio-app", _NO_SCRIPT, 1)
