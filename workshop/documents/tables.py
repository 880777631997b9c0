"""How wide the columns of a table are set, from what is in them."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.documents.blocks import Table

# In characters of the size that tables are set in: what fits beside each other on a page of A4, what stands free
# between two columns, and up to which length a text is kept on one line if there is room.
ROOM = 92
GUTTER = 2.5
ONE_LINE = 34
# No column asks for more room than a text of this length, however long the longest is.
LONGEST = 120
# Headings are bold, which makes them wider by as much.
BOLDER = 1.15
# A longer word may break.
LONGEST_WORD = 14


def widths(table: Table) -> list[float]:
    """The part of the page's width that each column is given; they add up to 1.

    A column of short texts gets what its longest needs, and what is left is shared among those of long texts.
    """
    texts = [[name, *(row[place] for row in table.shown)] for place, name in enumerate(table.columns)]
    wanted = [_wanted(column) + GUTTER for column in texts]
    short = [each <= ONE_LINE + GUTTER for each in wanted]
    needed = [_needed(column) + GUTTER for column in texts]
    kept = sum(width for width, is_short in zip(wanted, short, strict=True) if is_short)
    long = sum(width for width, is_short in zip(wanted, short, strict=True) if not is_short)
    if long and kept <= ROOM / 2:
        # Those that are short stay on one line.
        left = ROOM - kept
        given = [
            width if is_short else max(least, left * width / long)
            for width, is_short, least in zip(wanted, short, needed, strict=True)
        ]
    elif sum(wanted) <= ROOM:
        given = wanted
    else:
        # Everybody gets what their words need, and a part of what is left.
        left = max(0.0, ROOM - sum(needed))
        more = [each - least for each, least in zip(wanted, needed, strict=True)]
        given = [least + left * extra / (sum(more) or 1) for least, extra in zip(needed, more, strict=True)]
    return [width / sum(given) for width in given]


def _wanted(column: Sequence[str]) -> float:
    """What a column would like: room for its longest text, but a heading may take two lines."""
    heading, *texts = column
    return min(LONGEST, max([_needed([heading]), BOLDER * len(heading) / 2, *map(len, texts)]))


def _needed(column: Sequence[str]) -> float:
    """What a column cannot do without: room for its longest word."""
    heading, *texts = column
    in_heading = BOLDER * max(map(len, heading.split()), default=0)
    return min(LONGEST_WORD, max([in_heading, *(len(word) for text in texts for word in text.split())]))
