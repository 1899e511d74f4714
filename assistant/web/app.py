"""Runs the web page: takes the port, says in the terminal what goes on, serves until Ctrl-C."""

from __future__ import annotations

import errno
import logging
import os
import socket
import sys
import webbrowser
from collections.abc import Callable

from assistant.question_log import QuestionLog
from assistant.settings import Settings
from assistant.web.loading import Answering, LoadingAssistant, Progress
from assistant.web.shelf import Shelf
from ingest.errors import VraagbaakError

# Before Gradio is imported: no telemetry, and no look on the internet for a newer version.
_QUIET = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}
_SECONDS_TO_SAY_GOODBYE = 1
_LAST_PORT = 65_535


class AddressError(VraagbaakError):
    """The page cannot be served on the host and port that were asked for."""


def serve(
    load: Callable[[Progress], Answering],
    letters: Shelf,
    *,
    host: str,
    port: int,
    open_browser: bool,
    settings: Settings | None = None,
) -> None:
    """Serve the chat, the letters' pages and the checking desk until Ctrl-C.

    ``load`` makes the assistant; it runs in a thread and gets a function for its messages of
    progress, in Dutch. Port 0 takes any free port. Raises AddressError when the port is taken.
    """
    listener = _listen(host, port)
    address = _address(host, listener)
    _say(f"Vraagbaak start; de pagina opent zo op {address} …")
    os.environ.update(_QUIET)
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
    settings = settings or Settings()
    log = QuestionLog.of_home(settings.home).add if settings.log_questions else None
    assistant = LoadingAssistant(load, report=_say, log=log)

    def opened(failure: Exception | None) -> None:
        # Only now: Gradio and the model are both imports that hold the interpreter, so side by
        # side they take as long together (8.8 s) and the page would come later.
        if failure is None:
            _say(f"De pagina staat open op {address} (stoppen met Ctrl-C). Het model laadt nog …")
        else:
            _say(f"De chat kon niet worden geopend ({failure}). De brieven staan op {address}brief")
        assistant.start()

    end_watch = letters.watch(assistant.renew)
    if open_browser and _has_display():
        webbrowser.open(address)
    try:
        import uvicorn  # with FastAPI half a second: what happens is said before it

        from assistant.web.pictures import Pictures
        from assistant.web.site import create_site

        config = uvicorn.Config(
            create_site(assistant, letters, opened=opened, settings=settings, pictures=Pictures(letters)),
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=_SECONDS_TO_SAY_GOODBYE,
        )
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        pass
    end_watch()
    _say("Vraagbaak is gestopt.")


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _listen(host: str, port: int) -> socket.socket:
    if not 0 <= port <= _LAST_PORT:
        raise AddressError(f"Poort {port} bestaat niet. Kies een getal van 1 tot {_LAST_PORT}.")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        family, kind, protocol, _, place = found[0]
        listener = socket.socket(family, kind, protocol)
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(place)
        listener.listen()
    except OSError as error:
        raise AddressError(_why_not(error, host, port)) from error
    return listener


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Poort {port} is al in gebruik. Misschien draait Vraagbaak al: kijk op "
            f"http://{host}:{port}/ of kies een andere poort, bijvoorbeeld --port {port + 1}."
        )
    if error.errno == errno.EACCES:
        return f"Poort {port} mag u niet gebruiken. Kies een poort boven 1024: --port 7860."
    return f"Vraagbaak kan niet starten op '{host}'. Gebruik --host 127.0.0.1 of laat het weg."


def _address(host: str, listener: socket.socket) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{listener.getsockname()[1]}/"


def _has_display() -> bool:
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
