"""Responses that may be the same idea twice, for the facilitator to look at. Nothing is ever merged because of it.

The measure is the normalised Indel similarity of two texts, 0 to 100: of the letters of both, the share that stays when
one is turned into the other by inserting and deleting letters (V. I. Levenshtein, “Binary Codes Capable of Correcting
Deletions, Insertions, and Reversals”, 1966). It forgives plurals, slips and American spelling. It is taken twice, and
the better one counts: over the words in alphabetical order, so that their order does not matter (the sorted variant of
P. Christen, “A Comparison of Personal Name Matching”, 2006), and over all of them run together, so that the spaces do
not (“car park”, “carpark”). Case, accents, punctuation and the commonest words are left out first.

Words shared are no idea shared, so two texts are not compared at all where only one has a negation, only one says
*less*, or their numbers differ; nor is “paid” like “unpaid”.

It was chosen by trying twelve measures, Jaro–Winkler, trigrams, token sets and a match word by word among them, on the
labelled responses that are now in tests/test_likeness.py. A match word by word found two or three pairs more or fewer
and is slower; token sets took every longer response for a copy of the shorter one that it contains. From `ALIKE` on,
nineteen in twenty suggestions among a workshop's responses are right, and three in four duplicates are found; among
pairs made to be mistaken for each other, nine in ten suggestions are right. Synonyms (“rubbish”, “waste”) are not
found, and one word that differs in a long response may go unnoticed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

ALIKE = 88.0


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# English and Welsh in one set: a response may be in either.
_COMMONEST = _set(
    "a an the of for in on at to and or is are be been by with it its them that which who what should please as our we "
    "y yr o i ar am yn a ac"
)
_NEGATIONS = _set(
    "no not non nor never neither none nobody nothing without cannot cant dont doesnt didnt wont isnt arent wasnt "
    "werent shouldnt wouldnt couldnt mustnt neednt hasnt havent "
    "ddim dim ni nid nad nac heb peidio beidio pheidio peidiwch"
)
# “Don't use jargon” is “no jargon”.
_WITH_NEGATIONS = _set("do does did use")
_LESS = _set("less fewer llai")
_OPPOSITE = ("un", "in", "non", "dis")
_WORDS_OF_NUMBERS = {
    "1": "one",
    "2": "two dau dwy",
    "3": "three tri tair",
    "4": "four pedwar pedair",
    "5": "five",
    "6": "six",
    "7": "seven",
    "8": "eight",
    "9": "nine",
    "10": "ten",
}
_NUMBERS = {word: digits for digits, words in _WORDS_OF_NUMBERS.items() for word in words.split()}


class Candidate(NamedTuple):
    """A response to compare: its number, its column and its wording."""

    number: int
    side: str
    text: str


class Pair(NamedTuple):
    """Two responses, the lower number first, and how alike they are: 0 to 100."""

    one: int
    other: int
    likeness: int


def suggestions(responses: Sequence[Candidate], most: int = 12) -> list[Pair]:
    """Pairs of one column that may be the same idea: at most `most`, the likest first, then by number."""
    return _pairs(responses, most, lambda one, other: one == other)


# Comparing some hundred texts takes as long as drawing them, and most of what is pushed leaves them as they were.
@lru_cache(maxsize=64)
def remembered(responses: tuple[Candidate, ...]) -> tuple[Pair, ...]:
    """`suggestions`, compared once as long as nobody writes or changes a response."""
    return tuple(suggestions(responses))


def across(responses: Sequence[Candidate], most: int = 12) -> list[Pair]:
    """Pairs of different columns that may be the same idea, in the same order: to be talked over, never merged."""
    return _pairs(responses, most, lambda one, other: one != other)


class _Read(NamedTuple):
    """A response as it is compared."""

    number: int
    side: str
    words: frozenset[str]
    in_order: str
    run_together: str


_Sense = tuple[bool, bool, tuple[str, ...]]


def _pairs(responses: Sequence[Candidate], most: int, sides: Callable[[str, str], bool]) -> list[Pair]:
    """The likest pairs whose sides are as wanted."""
    by_sense: defaultdict[_Sense, list[_Read]] = defaultdict(list)
    for response in sorted(responses):
        words = _words(response.text)
        by_sense[_sense(words)].append(_read(response, words))
    found = [
        Pair(one.number, other.number, round(likeness))
        for group in by_sense.values()
        for one, other, likeness in _alike(group)
        if sides(one.side, other.side) and not _opposites(one.words, other.words)
    ]
    return sorted(found, key=lambda pair: (-pair.likeness, pair.one, pair.other))[:most]


def _alike(group: list[_Read]) -> Iterator[tuple[_Read, _Read, float]]:
    """The pairs of a group that are at least `ALIKE`, with how much they are."""
    in_order = [each.in_order for each in group]
    run_together = [each.run_together for each in group]
    for place, one in enumerate(group, start=1):
        scores: dict[int, float] = {}
        for text, others in ((one.in_order, in_order[place:]), (one.run_together, run_together[place:])):
            for _, score, index in process.extract(text, others, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None):
                scores[index] = max(score, scores.get(index, 0))
        for index, score in scores.items():
            yield one, group[place + index], score


def _words(text: str) -> list[str]:
    """The words of a text without case, accents and punctuation; numbers as digits, apart from any unit."""
    plain = "".join(ch for ch in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(ch))
    # What stands within a word: don't, wi-fi.
    plain = re.sub(r"(?<=\w)['’ʼ`‐-](?=\w)", "", plain)
    # Welsh for “free of charge”, where *ddim* denies nothing.
    plain = re.sub(r"\bam ddim\b", "amddim", plain)
    kept = "".join(ch if unicodedata.category(ch)[0] in "LMN" else " " for ch in plain)
    return [_NUMBERS.get(word, word) for word in re.findall(r"\d+|[^\d\s]+", kept)] or [plain]


def _sense(words: Sequence[str]) -> _Sense:
    """What must be the same for two texts to say the same: whether they deny, whether they say less, their numbers."""
    # Not 1, for “one month” is “a month”.
    numbers = sorted(word for word in words if word.isdecimal() and word != "1")
    return not _NEGATIONS.isdisjoint(words), not _LESS.isdisjoint(words), tuple(numbers)


def _read(response: Candidate, words: Sequence[str]) -> _Read:
    left_out = _COMMONEST | _NEGATIONS
    if not _NEGATIONS.isdisjoint(words):
        left_out |= _WITH_NEGATIONS
    telling = [word for word in words if word not in left_out] or words
    return _Read(response.number, response.side, frozenset(telling), " ".join(sorted(telling)), "".join(telling))


def _opposites(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether they differ in a word that has a prefix in one of them which turns it round."""
    differing = one ^ other
    return any(prefix + word in differing for word in differing for prefix in _OPPOSITE)
