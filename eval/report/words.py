"""The Dutch of the names that sets and answers use for kinds and styles of question and for statuses."""

from __future__ import annotations

from collections.abc import Mapping

_DUTCH: Mapping[str, str] = {
    "amount": "bedrag",
    "answered": "beantwoord",
    "attack": "aanval",
    "colloquial": "spreektaal",
    "command": "opdracht",
    "compare": "vergelijking",
    "date": "datum",
    "definition": "betekenis",
    "discrepancy": "tegenspraak",
    "explain": "uitleg",
    "fact": "feit",
    "falsepremise": "onjuiste aanname",
    "far": "ander onderwerp",
    "followup": "vervolgvraag",
    "formal": "formeel",
    "invalid": "onleesbaar",
    "keyword": "trefwoord",
    "list": "opsomming",
    "multi": "meer in één",
    "navigation": "vindplaats",
    "near": "net niet in de brief",
    "not_in_letter": "gaat er niet over",
    "not_stated": "staat er niet in",
    "out_of_scope": "geen vraag erover",
    "plain": "gewoon",
    "reason": "reden",
    "smalltalk": "praatje",
    "summary": "samenvatting",
    "synonym": "andere woorden",
    "table": "tabel",
    "typo": "tikfout",
    "unanswerable": "niet in de brief",
    "who": "wie",
    "yesno": "ja of nee",
}


def in_dutch(name: str) -> str:
    """Return what a reader calls ``name``; a name that a set made up is left as it is."""
    return _DUTCH.get(name, name)
