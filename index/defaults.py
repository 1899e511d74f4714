"""Names that the light modules need without importing the heavy ones."""

from __future__ import annotations

BASE_MODEL = "multilingual-e5-small"  # as it came
DEFAULT_MODEL = "vraagbaak-e5-small"  # the same, trained on Dutch questions about letters
