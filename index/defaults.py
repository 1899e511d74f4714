"""Names that the light modules need without importing the heavy ones."""

from __future__ import annotations

DEFAULT_MODEL = "multilingual-e5-small"
