"""The errors a user can cause or mend; their messages are in plain Dutch and say what to do."""

from __future__ import annotations


class VraagbaakError(Exception):
    """The root of every error whose message is meant for the user."""


class LetterError(VraagbaakError):
    """A file cannot be read as a letter, or a letter is not there."""
