"""The command line: serve, show a demonstration, and handle workshops without a browser."""

from __future__ import annotations

import json
import logging
import random
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import click
import segno
from sqlalchemy.exc import OperationalError

from workshop import agenda, concurrency, create_app, migrations, recounts
from workshop.actions import hosting, rehearsing
from workshop.agenda import text
from workshop.errors import NotNow, WorkshopError
from workshop.results import counting, downloads, lenses, recount, reporting
from workshop.results.scope import files as scope_files
from workshop.settings import BadSetting, Settings, phones_can_reach, public_address, secret_key
from workshop.store import Store


def run(settings: Settings) -> None:
    """Run the command that was typed. A WorkshopError becomes a sentence and exit code 1."""
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        eightdots(obj=settings)
    except (WorkshopError, BadSetting) as error:
        sys.exit(f"eightdots: {error}")
    except OperationalError as error:
        sys.exit(f"eightdots: the database cannot be used: {str(error.orig).strip()}")
    except OSError as error:
        sys.exit(f"eightdots: {error}")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def eightdots() -> None:
    """Eight Dots runs dot-voting workshops. Settings are read from the environment: see docs/settings.md."""


@eightdots.command()
@click.pass_obj
def serve(settings: Settings) -> None:
    """Serve until stopped."""
    listener, settings = _listen(settings)
    app = create_app(settings)
    say_where(settings)
    concurrency.serve(settings.async_mode, listener, app)


@eightdots.command()
@click.option(
    "--speed",
    default=1.0,
    show_default=True,
    help="How much faster than people the simulated ones are.",
)
@click.pass_obj
def demo(settings: Settings, speed: float) -> None:
    """Serve the LocalGovCamp workshop with eight simulated participants."""
    from workshop.demo import Demonstration

    with tempfile.TemporaryDirectory(prefix="eightdots-demo-") as folder:
        settings = replace(settings, data_dir=Path(folder), database_url=f"sqlite:///{folder}/demo.sqlite")
        listener, settings = _listen(settings)
        app = create_app(settings)
        demonstration = Demonstration(app, f"http://127.0.0.1:{settings.port}", speed, say=click.echo)
        say_where(settings)
        links = demonstration.open()
        click.echo(f"The board:             {links['board']}")
        click.echo(f"The console:           {links['facilitator']}")
        click.echo(f"The results:           {links['results']}")
        click.echo(f"Join with a phone:     {links['join']}")
        click.echo("The participants are simulated, and so are their dots.\n")
        app.extensions["socketio"].start_background_task(demonstration.play)
        concurrency.serve(settings.async_mode, listener, app)


eightdots.add_command(recounts.recount_file)


@eightdots.group()
def workshop() -> None:
    """Handle workshops without a browser."""


@workshop.command("import")
@click.argument("file", type=click.File("rb"))
@click.pass_obj
def import_agenda(settings: Settings, file: IO[bytes]) -> None:
    """Open a workshop from an agenda in JSON, and print its code and links as JSON."""
    try:
        data = json.load(file)
    except ValueError as error:
        sys.exit(f"eightdots: {file.name} is not JSON: {error}")
    planned = agenda.from_json(data)
    key = secret_key(settings)
    store = _store(settings)
    opened = hosting.open_workshop(store, planned, key=key, now=int(time.time()), chance=random.SystemRandom())
    with store.reading() as session:
        paths = hosting.links(session, opened, key)
    base = public_address(settings)
    _print({"code": opened.code, "title": opened.title, "links": {role: base + path for role, path in paths.items()}})


@workshop.command("agenda")
@click.argument("code")
@click.pass_obj
def export_agenda(settings: Settings, code: str) -> None:
    """Print the agenda of a workshop as a file that can be imported: the same bytes as the page's download."""
    with _store(settings).reading() as session:
        body = text.write(rehearsing.agenda_of(session, hosting.find_workshop(session, code)))
    sys.stdout.buffer.write(body)


@workshop.command("list")
@click.pass_obj
def list_workshops(settings: Settings) -> None:
    """Print every workshop, newest first."""
    with _store(settings).reading() as session:
        for each in hosting.workshops(session):
            opened = time.strftime("%Y-%m-%d", time.gmtime(each.opened_at))
            people = counting.joined(session, each.id)
            mark = " (simulated)" if each.simulated else ""
            click.echo(f"{each.code}  {opened}  {each.exercise.phase:8}  {people:4} joined  {each.title}{mark}")


@workshop.command("export")
@click.argument("code")
@click.option(
    "--format",
    "form",
    type=click.Choice(sorted(downloads.FORMATS)),
    default="csv",
    show_default=True,
)
@click.option("--exercise", "number", default=1, show_default=True, help="The exercise's number.")
@click.pass_obj
def export(settings: Settings, code: str, form: str, number: int) -> None:
    """Print the results of a workshop: the same bytes as the page's download."""
    with _store(settings).reading() as session:
        found = hosting.find_workshop(session, code)
        exercise = hosting.find_exercise(session, found.id, number)
        if not exercise.can_be_taken_away:
            sys.exit("eightdots: there are no results yet: voting has not started")
        body = downloads.write(form, reporting.report(session, exercise))
    sys.stdout.buffer.write(body)


@workshop.command("ballots")
@click.argument("code")
@click.option("--exercise", "number", default=1, show_default=True, help="The exercise's number.")
@click.option("--format", "form", type=click.Choice(["json", "xlsx"]), default="json", show_default=True)
@click.option(
    "--yes", "sure", is_flag=True, help="Also where fewer than ten people voted, or results are shown by groups."
)
@click.pass_obj
def export_ballots(settings: Settings, code: str, number: int, form: str, sure: bool) -> None:
    """Print the ballots of an exercise, without whose they are: the same bytes as the page's download."""
    with _store(settings).reading() as session:
        exercise = hosting.find_exercise(session, hosting.find_workshop(session, code).id, number)
        try:
            result = counting.count(session, exercise)
            recount.check_taken_away(exercise, result, by_groups=lenses.are_shown(session, exercise), sure=sure)
        except NotNow as error:
            # Whoever runs this has the database anyway.
            if not (sure and error.code == "lenses_shown"):
                way_out = (
                    " To print them all the same, add --yes." if error.code in ("few_voters", "lenses_shown") else ""
                )
                sys.exit(f"eightdots: {error}{way_out}")
            click.echo(f"eightdots: {error}", err=True)
        body = downloads.write_ballots(form, session, exercise, result)
    sys.stdout.buffer.write(body)


@workshop.command("scope")
@click.argument("code")
@click.option("--format", "form", type=click.Choice(sorted(scope_files.FORMATS)), default="md", show_default=True)
@click.option("--version", "number", type=int, help="A saved version; without it, the scope as it stands.")
@click.pass_obj
def export_scope(settings: Settings, code: str, form: str, number: int | None) -> None:
    """Print the challenge scope of a workshop: the same bytes as the page's download."""
    with _store(settings).reading() as session:
        _, body = scope_files.prepare(session, hosting.find_workshop(session, code), form, number)
    sys.stdout.buffer.write(body())


def say_where(settings: Settings) -> None:
    """Print the organiser's secret link, the address for phones, and that address as a QR code."""
    base = public_address(settings)
    click.echo("Eight Dots is ready.\n")
    click.echo(f"Organiser (secret):    {base}/o/{hosting.organiser_secret(secret_key(settings))}")
    click.echo(f"Phones on this network: {base}/\n")
    if not phones_can_reach(settings):
        click.echo("This address leads only to this machine, so phones cannot use it: set EIGHTDOTS_PUBLIC_URL.\n")
    segno.make(base + "/", micro=False).terminal(out=sys.stdout, border=2, compact=True)
    sys.stdout.flush()


def _listen(settings: Settings) -> tuple[Any, Settings]:
    """A listening socket, and the settings with the port and the address that it turned out to have."""
    try:
        listener = concurrency.listen(settings.host, settings.port)
    except OSError as error:
        where = f"{settings.host} port {settings.port}"
        sys.exit(f"eightdots: cannot listen on {where}: {error.strerror}. Set EIGHTDOTS_PORT to another port.")
    settings = replace(settings, port=listener.getsockname()[1])
    return listener, replace(settings, public_url=public_address(settings))


def _store(settings: Settings) -> Store:
    store = Store(settings.database_url)
    migrations.upgrade(store.engine)
    return store


def _print(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))
