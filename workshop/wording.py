"""The wording of a note that two facilitators edit at once: no word that either of them wrote is lost.

A three-way merge after diff3 (S. Khanna, K. Kunal and B. C. Pierce, “A Formal Investigation of Diff3”, 2007): what only
one of them changed is changed, and what neither changed stays. It goes by lines, and by words in lines that both
changed. Two versions of one place are both kept, on lines of their own, theirs first: a note is read by people, who are
helped neither by conflict markers nor by a choice made for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

_LINE_END = "\n"
# A line's end, or a word with the white space before it.
_TOKEN = re.compile(r"\n|[^\S\n]*\S+")


def merged(base: str, theirs: str, mine: str) -> str:
    r"""The one note that `theirs` and `mine`, both made from `base`, become. Its lines end in \n.

    Where one deleted what the other edited, the edited text stays. What both wrote at one place appears once where it
    is the same, or where one goes on from the other, as when a save whose answer was lost is sent again with more.
    """
    was, they, i = _lines(base), _lines(theirs), _lines(mine)
    kept: list[str] = []
    for place in _places(was, they, i):
        kept += _merged_lines(was[place.was], they[place.theirs], i[place.mine])
    return _LINE_END.join(kept)


def _lines(text: str) -> list[str]:
    text = text.replace("\r\n", _LINE_END).replace("\r", _LINE_END)
    # An empty note has no lines, rather than an empty one that stays above what is written first.
    return text.split(_LINE_END) if text else []


# Places: what belongs together in the three versions ------------------------------------------------------------------


class _Place(NamedTuple):
    """Where a place is in each version, and whether it is the same in all of them."""

    same: bool
    was: slice
    theirs: slice
    mine: slice


def _places(was: Sequence[str], theirs: Sequence[str], mine: Sequence[str]) -> Iterator[_Place]:
    """The places of three versions in order, those that differ and those that do not by turns."""
    in_theirs, in_mine = _kept(was, theirs), _kept(was, mine)
    here = (0, 0, 0)
    for same in _runs([(w, in_theirs[w], in_mine[w]) for w in sorted(in_theirs.keys() & in_mine.keys())]):
        first, last = same[0], same[-1]
        there = (last[0] + 1, last[1] + 1, last[2] + 1)
        yield _Place(False, *map(slice, here, first))
        yield _Place(True, *map(slice, first, there))
        here = there
    yield _Place(False, *map(slice, here, (len(was), len(theirs), len(mine))))


def _kept(was: Sequence[str], now: Sequence[str]) -> dict[int, int]:
    """Where each entry of `was` that `now` has kept is in it: a longest common subsequence.

    Found 64 places at a time (H. Hyyrö, “Bit-Parallel LCS-Length Computation Revisited”, 2004), for a note may have as
    many lines as characters: difflib takes minutes over lines that repeat, or gives them up.
    """
    blocks = Indel.opcodes(was, now).as_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}


def _runs(places: Sequence[tuple[int, int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    """Neighbours in all three versions, taken together."""
    run: list[tuple[int, int, int]] = []
    for place in places:
        if run and place != tuple(at + 1 for at in run[-1]):
            yield run
            run = []
        run.append(place)
    if run:
        yield run


# Lines ----------------------------------------------------------------------------------------------------------------


def _merged_lines(was: list[str], theirs: list[str], mine: list[str]) -> list[str]:
    """The lines of one place. Lines written above or below those that the other changed are not in their way."""
    if theirs == was:
        return mine
    if mine in (was, theirs):
        return theirs
    length = len(was)
    if mine[:length] == was:
        return _both_lines(theirs, mine[length:])
    if mine[-length:] == was:
        return _both_lines(mine[:-length], theirs)
    if theirs[:length] == was:
        return _both_lines(mine, theirs[length:])
    if theirs[-length:] == was:
        return _both_lines(theirs[:-length], mine)
    return _merged_words(_tokens(was), _tokens(theirs), _tokens(mine))


def _both_lines(first: list[str], second: list[str]) -> list[str]:
    """The lines of both, without those that end the first and begin the second again. Empty ones parted paragraphs."""
    if not any(map(str.strip, first)) or not any(map(str.strip, second)):
        return first + second
    return _as_lines(_both(_tokens(first), _tokens(second)))


# Words ----------------------------------------------------------------------------------------------------------------


def _tokens(lines: list[str]) -> list[str]:
    return _TOKEN.findall(_LINE_END.join(lines))


def _words(tokens: Sequence[str]) -> list[str]:
    """Tokens without the white space before words, by which they are compared."""
    return [token if token == _LINE_END else token.strip() for token in tokens]


def _as_lines(tokens: Sequence[str]) -> list[str]:
    """Tokens as lines, with a space between words that came to stand next to each other."""
    text = ""
    for token in tokens:
        apart = not text or text.endswith(_LINE_END) or token[0].isspace()
        text += token if apart else f" {token}"
    return text.split(_LINE_END)


def _both(first: list[str], second: list[str]) -> list[str]:
    """The tokens of both, the second on lines of its own. What ends the first and begins the second appears once."""
    said, more = _words(first), _words(second)
    if said[: len(more)] == more:
        return first
    for start in [0, *(place for place, word in enumerate(said, start=1) if word == _LINE_END and place < len(said))]:
        shared = len(said) - start
        if said[start:] == more[:shared]:
            return first + second[shared:]
    return [*first, _LINE_END, *second]


def _merged_words(was: list[str], theirs: list[str], mine: list[str]) -> list[str]:
    """The lines of a place that both changed, merged word by word."""
    lines: list[str] = []
    line = _Line()
    for place in _places(_words(was), _words(theirs), _words(mine)):
        before, they, i = was[place.was], theirs[place.theirs], mine[place.mine]
        if not place.same:
            line.change(before, they, i)
            continue
        for token, their_token, my_token in zip(before, they, i, strict=True):
            if token == _LINE_END:
                lines += line.merged()
                line = _Line()
            else:
                line.keep(token, their_token, my_token)
    return lines + line.merged()


class _Line:
    """A line that both changed, or several that the same line became."""

    def __init__(self) -> None:
        self.theirs: list[str] = []
        self.mine: list[str] = []
        self.together: list[str] = []
        self.ends: tuple[list[str], list[str]] | None = None
        """What they and I wrote at one place, as long as it is the end of the line."""
        self.clashes = False

    def keep(self, was: str, theirs: str, mine: str) -> None:
        """Add a word that is the same in all versions, but for the white space before it."""
        self._go_on(theirs=[theirs], mine=[mine])
        self.together.append(theirs if mine == was else mine)

    def change(self, was: list[str], theirs: list[str], mine: list[str]) -> None:
        """Add what differs at one place."""
        if not (was or theirs or mine):
            return
        self._go_on(theirs, mine)
        before, they, i = _words(was), _words(theirs), _words(mine)
        # What goes on from the other's words has them in it; so has what stays of words that the other deleted.
        if they == before or (i != before and i[: len(they)] == they):
            self.together += mine
        elif i == before or they[: len(i)] == i:
            self.together += theirs
        elif not before:
            self.ends = theirs, mine
        else:
            self.clashes = True

    def _go_on(self, theirs: list[str], mine: list[str]) -> None:
        self.clashes = self.clashes or self.ends is not None
        self.theirs += theirs
        self.mine += mine

    def merged(self) -> list[str]:
        """The line, or where both changed one place in it, the line as each of them has it."""
        if self.clashes:
            return _as_lines(_both(self.theirs, self.mine))
        if self.ends is None:
            return _as_lines(self.together)
        theirs, mine = self.ends
        # Mine begins a line anyway, and not with the space that would have parted it from the word before.
        begun = mine[0].lstrip()
        return _as_lines(self.together + _both(theirs, [begun, *mine[1:]] if begun else mine[1:]))
