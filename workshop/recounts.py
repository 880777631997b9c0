"""`eightdots recount`: a file of ballots counted again, and held against its own tally and against the results."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import IO

import click

from workshop.errors import WorkshopError
from workshop.results import agreement, recounting, rereading
from workshop.results.recounting import Recount, Row
from workshop.results.robustness import rank_range, verdict
from workshop.results.sentences import goes_forward, simulated, tie_across
from workshop.results.showing import show_rank, show_share

DIFFERS, NOT_READ = 1, 2

# What is written in a file is not to break a line, let alone steer a terminal.
LONGEST = 60
COMPARED = (
    "Compared: totals, the line, the fingerprint, every figure of each response, and those of the findings made anew.\n"
    "Ballots cannot tell when dots were placed, where responses stood on a screen, who is in which group, or how a "
    "run-off went."
)
HEADINGS = ("rank", "", "dots", "people", "share", "largest", "by people", "range", "line", "response")


@click.command("recount")
@click.argument("file", type=click.File("rb"))
@click.option("--top", "places", type=click.IntRange(1, 1_000_000), help="Draw the line under so many places.")
@click.option("--share", type=click.IntRange(1, 100), help="Draw it under what holds so many per cent of all dots.")
@click.option(
    "--against", type=click.File("rb"), help="The results in JSON, to compare with; they have the line and the themes."
)
def recount_file(file: IO[bytes], places: int | None, share: int | None, against: IO[bytes] | None) -> None:
    """Count a file of ballots again, as docs/recount.md has it. Needs no workshop, no database and no network.

    With --against, everything in the results that ballots determine is worked out anew and compared, figure by figure:
    totals, the line, each response, themes, stability, breadth, what is contested or split, the order of arrival.
    Ballots cannot tell when dots were placed, where responses stood on a screen, who is in which group (lenses), or
    how a run-off went.

    Ends with 0 where everything agrees, with 1 where something differs, with 2 where a file cannot be read.
    """
    if sum(each is not None for each in (places, share, against)) > 1:
        raise click.UsageError("The line is drawn once: give --top, --share or --against.")
    try:
        ballots = rereading.read(_read(file))
        results = None if against is None else rereading.parsed(_read(against))
        if results is not None:
            places, share = agreement.line_of(results)
        recount = recounting.recount(ballots, places=places, share=share)
        figures = [] if results is None else agreement.compare(recount, results)
        themes = {} if results is None else agreement.themes_of(results)
    except WorkshopError as error:
        click.echo(f"eightdots: {error}", err=True)
        sys.exit(NOT_READ)
    for line in (*_head(recount), *_tables(recount, themes), *_line(recount)):
        click.echo(line)
    differences = [str(each) for each in figures if not each.agrees]
    own = recount.own_differences()
    click.echo("The file's own tally agrees." if not own else "The file's own tally differs:")
    for each in own:
        click.echo(f"  {each}")
    if against is not None:
        same = f"{len(figures)} figures of ballots and results compared: all agree."
        click.echo(COMPARED)
        click.echo(f"{len(differences)} of {len(figures)} figures differ:" if differences else same)
        for each in differences:
            click.echo(f"  {each}")
    sys.exit(DIFFERS if own or differences else 0)


def _read(file: IO[bytes]) -> bytes:
    # One byte more tells that it is too large.
    return file.read(rereading.LARGEST + 1)


def _head(recount: Recount) -> Iterator[str]:
    file = recount.file
    yield f"{plain(file.title)} ({plain(file.code)}), exercise {file.exercise}"
    if file.simulated:
        yield simulated()
    on_paper = f", {file.on_paper} of them on paper" if file.on_paper else ""
    yield f"Ballots: {len(file.ballots)}{on_paper}. Dots: {recount.used} of {recount.available}."
    yield f"Fingerprint: {file.fingerprint}"
    yield ""


def _tables(recount: Recount, themes: Mapping[str, Sequence[int]]) -> Iterator[str]:
    yield from _table("All responses", recount, [*recount.rows.values()])
    if len(recount.file.columns) > 1:
        for side, name in recount.file.columns.items():
            yield from _table(f"{plain(name)} alone", recount, recount.on_side(side))
    if len(recount.file.columns) > 1 or themes:
        yield from ("Rank by people, range and line are always those among all responses.", "")
    for name, numbers in themes.items():
        yield from _table(f"Theme: {plain(name)}", recount, recount.among({*numbers} & {*recount.rows}))


def _table(heading: str, recount: Recount, rows: Sequence[Row]) -> Iterator[str]:
    cells = [HEADINGS, *(_cells(recount, row) for row in rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(HEADINGS) - 1)]
    yield heading
    for row in cells:
        start = "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=False))
        yield f"{start}  {row[-1]}".rstrip()
    yield ""


def _cells(recount: Recount, row: Row) -> tuple[str, ...]:
    stable = recount.stability[row.number]
    return (
        show_rank(row.rank, row.shared),
        f"R{row.number}",
        str(row.dots),
        str(row.people),
        show_share(row.share),
        f"{row.largest} ({show_share(row.largest / row.dots)})" if row.dots else "0",
        str(row.rank_by_people),
        rank_range(stable),
        verdict(stable),
        plain(recount.file.responses[row.number].text),
    )


def _line(recount: Recount) -> Iterator[str]:
    line = recount.line
    if line is None:
        return
    above = [goes_forward(line)] if line.above else []
    tied = [tie_across(line)] if line.tied else []
    margin = [] if line.margin is None else [f"Margin in dots: {line.margin}."]
    yield " ".join([*above, *tied, *margin])
    yield ""


def plain(text: str) -> str:
    """A text from a file as it may stand in a terminal: on one line, short, and without what is not shown."""
    shown = "".join(char if char.isprintable() else "�" for char in " ".join(text.split()))
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"
