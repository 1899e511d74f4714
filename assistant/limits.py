"""Limits that the light modules need too."""

from __future__ import annotations

MAX_QUESTION_CHARACTERS = 2000
