"""A conversation that a reload cut off: the browser's tab kept its questions, and they are asked again.

So nothing is lost, and no answer is shown that the letters no longer give.
"""

from __future__ import annotations

from pydantic import BaseModel, ValidationError

from assistant.web.take_along import Turn

_MOST = 30  # turns, the latest; each costs a tenth of a second
UNANSWERED = "Uw laatste vraag kreeg nog geen antwoord. Hij staat hierboven: stel hem opnieuw."
AGAIN = "Vraagbaak haalt uw gesprek terug …"


class Kept(BaseModel):
    """What the tab kept: the questions with an answer, and ``draft``, what stood in the question box.

    ``waiting`` says that the draft was sent already and waited for its answer.
    """

    turns: list[Turn] = []
    draft: str = ""
    waiting: bool = False

    @classmethod
    def read(cls, kept: object) -> Kept:
        """Return what the browser sent, nothing where that cannot be read."""
        try:
            found = cls.model_validate(kept or {})
        except ValidationError:
            return cls()
        return found.model_copy(update={"turns": found.turns[-_MOST:]})
