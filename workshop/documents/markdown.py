"""A document as Markdown: CommonMark, with tables in pipes as GitHub has them. No text in it is read as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workshop.documents.blocks import (
    Block,
    Bullets,
    Document,
    Facts,
    Figure,
    Heading,
    NewPage,
    Paragraph,
    Signatures,
    Table,
)
from workshop.documents.tidying import tidied

# What means something wherever it stands; what makes a link of an address; what begins a heading, a list or a rule.
ANYWHERE = re.compile(r"[\\`*_\[\]<>|~$]|&(?=#?\w+;)")
ADDRESS = re.compile(r"(?<=[A-Za-z]):(?=//)|(?<=www)\.|@", re.IGNORECASE)
AT_THE_START = re.compile(r"^(?:(?=[#+\-=:])|(\d+)(?=[.)](?:\s|$)))")

# A break within a paragraph is a backslash at the end of the line. A cell is one line, whatever is in it.
BREAK = "\\\n"
BREAK_IN_A_CELL = " · "


def write(document: Document) -> bytes:
    """The file, in UTF-8."""
    document = tidied(document)
    parts = [f"# {_line(document.title)}"]
    if document.marks:
        parts.append(_strong(" · ".join(document.marks)))
    last: Block | None = None
    other = False
    for block in document.blocks:
        # Two lists that follow each other would be one, if their marks were the same.
        other = not other and type(block) is type(last)
        parts.extend(_written(block, other))
        last = block
    return ("\n\n".join(parts) + "\n").encode()


def _written(block: Block, other: bool) -> Iterator[str]:
    """The paragraphs that a block makes; a list with its `other` marks."""
    match block:
        case Heading(level, text):
            yield f"{'#' * (level + 1)} {_line(text)}"
        case Paragraph(text, "empty") if text:
            yield f"*{_lines(text)}*"
        case Paragraph(text) if text:
            yield _lines(text)
        case Bullets(texts, numbered) if texts:
            point, bullet = (")", "* ") if other else (".", "- ")
            yield "\n".join(
                _list_entry(f"{place}{point} " if numbered else bullet, _lines(text))
                for place, text in enumerate(texts, 1)
            )
        case Facts(pairs) if pairs:
            bullet = "- " if other else "* "
            yield "\n".join(
                _list_entry(bullet, f"{_strong(f'{name}:')} {_lines(what)}".rstrip()) for name, what in pairs
            )
        case Figure(alternative=alternative):
            # The picture itself would need a file beside this one.
            yield _lines(alternative)
        case Table() as table:
            yield from _table(table)
        case Signatures() as signatures:
            yield from _table(signatures.table)
        case Bullets() | Facts() | Paragraph() | NewPage():
            pass


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield _strong(table.caption)
    rule = ["---:" if is_number else "---" for is_number in table.numeric]
    yield "\n".join([_row(map(_cell, table.columns)), _row(rule), *(_row(map(_cell, row)) for row in table.shown)])


def _row(cells: Iterator[str] | Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _list_entry(mark: str, text: str) -> str:
    return mark + text.replace("\n", "\n" + " " * len(mark))


def _strong(text: str) -> str:
    return f"**{_cell(text)}**"


def _line(text: str) -> str:
    # At the end of a heading these would go.
    return _escaped(" ".join(text.split())).replace("#", r"\#")


def _lines(text: str) -> str:
    return BREAK.join(AT_THE_START.sub(r"\1\\", _escaped(line)) for line in text.splitlines())


def _cell(text: str) -> str:
    return BREAK_IN_A_CELL.join(_escaped(line) for line in text.splitlines())


def _escaped(line: str) -> str:
    return ADDRESS.sub(r"\\\g<0>", ANYWHERE.sub(r"\\\g<0>", line))
