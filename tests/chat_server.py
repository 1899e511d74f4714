"""The real command ``chat`` as a process, for the tests that drive a browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent


@dataclass
class Server:
    """The running command, what it printed and when, and how long the page took."""

    process: subprocess.Popen[str]
    port: int
    started: float
    lines: list[tuple[float, str]] = field(default_factory=list)
    seconds_to_page: float = 0.0

    @classmethod
    def start(cls, home: Path, port: int) -> Server:
        command = [sys.executable, "-m", "assistant", "chat", "--port", str(port), "--no-browser"]
        started = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | {"VRAAGBAAK_HOME": str(home)},
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        server = cls(process, port, started)
        threading.Thread(target=server._read, daemon=True).start()
        return server

    def _read(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self.lines.append((time.monotonic() - self.started, line.rstrip()))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def wait_for_page(self) -> None:
        """Wait until the chat itself is served, not only the page that says it starts."""
        while "<gradio-app" not in self._get():
            assert self.process.poll() is None, self.lines
            assert time.monotonic() - self.started < 60, self.lines
            time.sleep(0.05)
        self.seconds_to_page = time.monotonic() - self.started

    def wait_until_ready(self) -> None:
        """Wait until the model is loaded and the index is there."""
        self.wait_for_page()
        while '"klaar"' not in self._get("api/status"):
            assert self.process.poll() is None, self.lines
            assert time.monotonic() - self.started < 300, self.lines
            time.sleep(0.2)

    def _get(self, path: str = "") -> str:
        try:
            with urllib.request.urlopen(self.address + path, timeout=10) as answer:
                text: str = answer.read().decode()
                return text
        except (urllib.error.URLError, ConnectionError):
            return ""

    def stop(self) -> int:
        """Press Ctrl-C and return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
