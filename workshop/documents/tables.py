"""How wide the columns of a table are set, from what is in them."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.documents.blocks import Table

# In characters of the size that tables are set in: what fits beside each other on a page of A4, what stands free
# between two columns, and up to which length a text is kept on one line if there is room.
ROOM = 92
GUTTER = 3
ONE_LINE = 34
# The typeface of who opens the file may be wider than ours.
SPARE = 1.15
# No column asks for more room than a text of this length, however long the longest is.
LONGEST = 120
# A longer word may break.
LONGEST_WORD = 14

# Room for a role, a name, a signature and a date.
TO_SIGN = (0.27, 0.27, 0.3, 0.16)


def widths(table: Table) -> list[float]:
    """The part of the page's width that each column is given; they add up to 1.

    A column of short texts gets what its longest needs, and what is left is shared among those of long texts.
    """
    texts = [[name, *(row[place] for row in table.shown)] for place, name in enumerate(table.columns)]
    wanted = [SPARE * _wanted(column) + GUTTER for column in texts]
    short = [each <= ONE_LINE + GUTTER for each in wanted]
    needed = [SPARE * _needed(column) + GUTTER for column in texts]
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
    return min(LONGEST, max([_needed([heading]), len(heading) / 2, *map(len, texts)]))


def _needed(column: Sequence[str]) -> float:
    """What a column cannot do without: room for its longest word."""
    return min(LONGEST_WORD, max(len(word) for text in column for word in [*text.split(), ""]))
