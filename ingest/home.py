"""The one folder that the program writes to."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def default_home() -> Path:
    """Return ``VRAAGBAAK_HOME``, or the platform's folder for a user's data."""
    if chosen := os.environ.get("VRAAGBAAK_HOME"):
        return Path(chosen).expanduser()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share"))
    return base / "vraagbaak"
