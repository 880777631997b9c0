"""A report as a document: what a facilitator sends round, in one page or in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from flask_babel import gettext, ngettext

from workshop import rules
from workshop.documents import Block, Document, Facts, Figure, Heading, Paragraph
from workshop.models import Exercise
from workshop.results import one_page, report_tables, sentences
from workshop.results.findings import IN_RANKING
from workshop.results.meanings import MEANINGS
from workshop.results.reporting import Report
from workshop.results.showing import show_day, side_name, together
from workshop.results.stamps import check_sentence, stamps

LANGUAGE = "en-GB"


def document(report: Report, *, full: bool = True, figures: Sequence[Figure] = ()) -> Document:
    """The report in full, or what fits on one page: the headline, the top of the table, how to read it."""
    if not report.talk.voted:
        blocks = _without_vote(report)
    else:
        blocks = _in_full(report, figures) if full else _on_a_page(report)
    return Document(
        gettext("%(title)s – results", title=report.workshop.title),
        list(blocks),
        made_at=report.workshop.opened_at,
        marks=_marks(report),
        language=LANGUAGE,
    )


def _marks(report: Report) -> list[str]:
    marks = [gettext("Provisional")] if report.talk.voted and report.result.provisional else []
    if report.workshop.is_rehearsal:
        return [*marks, gettext("Rehearsal")]
    return [*marks, gettext("Simulated")] if report.workshop.simulated else marks


def _in_full(report: Report, figures: Sequence[Figure]) -> Iterator[Block]:
    yield from _beginning(report)
    yield _facts(report)
    yield Heading(1, gettext("Results"))
    yield from figures
    yield from _ranking(report, report.result.standings)
    yield from _by_column(report)
    if report.breadth or report.stability:
        yield Heading(1, gettext("What the ranks rest on"))
        yield from _firmness(report)
    yield from _findings(report)
    yield from _merged(report)
    yield from _notes(report)
    yield from _ending(report)


def _on_a_page(report: Report) -> Iterator[Block]:
    yield from _beginning(report)
    yield Paragraph(_asked(report.exercise))
    yield from _ranking(report, one_page.top(report))
    yield from _ending(report)


def _without_vote(report: Report) -> Iterator[Block]:
    """Responses by what they have in common."""
    counted = len(report.result.responses)
    yield Paragraph(ngettext("%(num)s response.", "%(num)s responses.", counted), "lead")
    yield from map(Paragraph, stamps(report))
    yield _facts(report)
    if note := report.talk.note(0):
        yield Heading(1, gettext("Note on the exercise"))
        yield Paragraph(note)
    groups = report.talk.by_theme
    for theme, responses in groups:
        unnamed = gettext("Without a theme") if len(groups) > 1 else gettext("Responses")
        yield Heading(1, theme.name if theme else unnamed)
        yield report_tables.talked_about(report, responses)
    yield from _merged(report)


def _beginning(report: Report) -> Iterator[Block]:
    """The headline, and what one has to know to trust it."""
    yield Paragraph(sentences.headline(report.result), "lead")
    yield from map(Paragraph, stamps(report))


def _facts(report: Report) -> Facts:
    workshop, exercise, result = report.workshop, report.exercise, report.result
    day = show_day(datetime.fromtimestamp(workshop.opened_at, UTC))
    pairs = [(gettext("Workshop"), workshop.title), (gettext("Date"), day)]
    pairs.append((gettext("Exercise %(number)s", number=exercise.number), _asked(exercise)))
    if exercise.run_off_of:
        pairs.append((gettext("Run-off"), gettext("Run-off of exercise %(number)s", number=exercise.run_off_of)))
    if report.talk.voted:
        used = gettext("%(used)s of %(available)s", used=result.in_tally, available=result.available)
        pairs.append((gettext("People"), gettext("%(voted)s of %(joined)s", voted=result.people, joined=result.joined)))
        pairs.append((gettext("Dots used"), used))
        pairs.append((gettext("Dots each"), str(result.allowance)))
    else:
        pairs.append((gettext("People"), str(result.joined)))
    return Facts([*pairs, (gettext("Door"), _door(workshop.door))])


def _door(door: str) -> str:
    said: dict[str, str] = {
        "open": gettext("Whoever has the code can join."),
        "capped": gettext("As many as the facilitator expected; others were let in one by one."),
        "slips": gettext("Each slip lets one person in."),
    }
    return said.get(door, door)


def _asked(exercise: Exercise) -> str:
    if not exercise.prompts:
        return exercise.asked
    return "\n".join(f"{side_name(exercise.side(key))}: {prompt}" for key, prompt in exercise.prompts.items())


def _ranking(report: Report, shown: Sequence[rules.Standing]) -> Iterator[Block]:
    result = report.result
    yield report_tables.ranking(report, shown, together(report.exercise))
    if left := len(result.standings) - len(shown):
        more = ngettext("%(num)s more is in the full report.", "%(num)s more are in the full report.", left)
        yield Paragraph(more, "hint")
    if result.line is not None:
        yield Paragraph(" ".join(_line(report, len(shown))))


def _line(report: Report, shown: int) -> Iterator[str]:
    line = report.result.line
    assert line is not None
    if len(line.above) > shown:
        # Those that the table leaves out go forward as well.
        yield gettext("%(responses)s go forward.", responses=sentences.names(line.above))
    elif line.above:
        yield sentences.goes_forward(line)
    if line.tied:
        yield sentences.tie_across(line)
    elif line.margin:
        yield ngettext("The margin is %(num)s dot.", "The margin is %(num)s dots.", line.margin)


def _by_column(report: Report) -> Iterator[Block]:
    if len(report.exercise.sides) < 2:
        return
    for side in report.exercise.sides:
        caption = gettext("%(column)s alone", column=side_name(side))
        yield report_tables.ranking(report, report.result.on_side(side.key), caption, is_whole=False)


def _firmness(report: Report) -> Iterator[Block]:
    yield report_tables.firmness(report)
    from_one = [number for number, each in sorted(report.breadth.items()) if each.is_from_one]
    if from_one:
        said = gettext(
            "Half or more of the dots of %(responses)s come from one person.", responses=sentences.names(from_one)
        )
        yield Paragraph(said)
    for figure in ["ranks", "verdict"] if report.result.line else ["ranks"]:
        yield Paragraph(gettext(MEANINGS[figure][1]), "hint")


def _findings(report: Report) -> Iterator[Block]:
    if report.findings:
        yield Heading(1, gettext("What else was found"))
    for each in report.findings:
        yield Heading(2, each.heading)
        yield from map(Paragraph, each.sentences)
        yield from each.tables if each.key not in IN_RANKING else ()
        yield Paragraph(each.meaning, "hint")


def _merged(report: Report) -> Iterator[Block]:
    if any(report.result.merged.values()):
        yield Heading(1, gettext("Merged responses"))
        yield report_tables.merged(report)


def _notes(report: Report) -> Iterator[Block]:
    if not report.talk.notes:
        return
    yield Heading(1, gettext("Notes"))
    if note := report.talk.note(0):
        yield Paragraph(note)
    if any(report.talk.notes.keys() - {0}):
        yield report_tables.notes(report)


def _ending(report: Report) -> Iterator[Block]:
    yield Heading(1, gettext("How to read this"))
    yield from map(Paragraph, sentences.method())
    yield Paragraph(check_sentence(report.result))
    if report.fingerprint:
        yield Paragraph(gettext("Fingerprint of the ballots (SHA-256): %(hash)s", hash=report.fingerprint), "hint")
