"""Two languages that nobody speaks, to see what becomes of the pages in one that needs more room and in one that is
written from right to left. They are made from the source's own sentences, so there is nothing to keep up to date.

A catalogue has to have a real language's code, for that says how plurals are formed and which way it is written; these
two stand in for Esperanto and for Hebrew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from babel.messages import Catalog

from tests.words import sentences, write

LONGER, LEFTWARDS = "eo", "he"

# What is put in later, and what is markup, stays as it is.
KEPT = re.compile(r"(%\(\w+\)[sd]|%%|\{\w*\}|<[^>]*>|&#?\w+;)")
WORD = re.compile(r"[A-Za-z]+")
ACCENTS = str.maketrans("aceinosuyACEINOSUY", "àçéîñöšûÿÀÇÉÎÑÖŠÛŸ")
HEBREW = str.maketrans("abcdefghijklmnopqrstuvwxyz", "אבגדהוזחטיכלמנסעפצקרשתאבגד")


def longer(text: str) -> str:
    """Forty per cent longer, and with accents above and below: “Add dot” becomes “Àddd dött”."""

    def stretch(word: re.Match[str]) -> str:
        letters = word.group().translate(ACCENTS)
        return letters + letters[-1] * max(1, round(len(letters) * 0.4))

    return WORD.sub(stretch, text)


def leftwards(text: str) -> str:
    """Letter for letter in another script."""
    return text.lower().translate(HEBREW)


def translated(text: str, how: Callable[[str], str]) -> str:
    parts = KEPT.split(text)
    return "".join(part if place % 2 else how(part) for place, part in enumerate(parts))


def write_catalogues(folder: Path) -> None:
    """Both, as `EIGHTDOTS_TRANSLATIONS` wants them."""
    template = sentences()
    for code, how in ((LONGER, longer), (LEFTWARDS, leftwards)):
        catalogue = Catalog(locale=code, fuzzy=False)
        for message in template:
            if not message.id:
                continue
            one = (message.id,) if isinstance(message.id, str) else message.id
            wordings = [translated(each, how) for each in one]
            many = (wordings[0], *[wordings[-1]] * (catalogue.num_plurals - 1))
            catalogue.add(message.id, many if message.pluralizable else wordings[0], flags=message.flags)
        path = folder / code / "LC_MESSAGES" / "messages.po"
        path.parent.mkdir(parents=True)
        with path.open("wb") as file:
            write(file, catalogue)
