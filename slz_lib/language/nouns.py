"""The counted nouns of the domain, so that a template can say ``{{ 5 | okruhu }}``."""

from __future__ import annotations

from slz_lib.language.counting import count

#: Forms after 1, after 2–4, after 5 and more (and 0), and after a decimal number.
NOUNS = {
    "opatreni": ("opatření", "opatření", "opatření", "opatření"),
    "okruhy": ("okruh", "okruhy", "okruhů", "okruhu"),
    "obce": ("obec", "obce", "obcí", "obce"),
    "obvody": ("správní obvod", "správní obvody", "správních obvodů", "správního obvodu"),
    "kroky": ("krok", "kroky", "kroků", "kroku"),
    "cile": ("cíl", "cíle", "cílů", "cíle"),
    "priority": ("priorita", "priority", "priorit", "priority"),
    "podklady": ("podklad", "podklady", "podkladů", "podkladu"),
    "tvrzeni": ("tvrzení", "tvrzení", "tvrzení", "tvrzení"),
    "udaje": ("údaj", "údaje", "údajů", "údaje"),
    "subjekty": ("subjekt", "subjekty", "subjektů", "subjektu"),
    "komentare": ("komentář", "komentáře", "komentářů", "komentáře"),
}


def counted(number: float, noun: str) -> str:
    """``number`` with the right form of a noun of :data:`NOUNS`: ``2 okruhy``."""
    return count(number, *NOUNS[noun])
