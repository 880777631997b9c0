"""The challenge scope to take away: for everybody who may read it."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response as Answer

from workshop.errors import N_, NotUnderstood
from workshop.languages import in_a_file
from workshop.pages.house import find_workshop, house
from workshop.pages.scope import check_may_read
from workshop.results.scope import files

pages = Blueprint("scope_files", __name__)

# More digits than any number in a database has.
MOST_DIGITS = 9


@pages.get(f"/w/<code>/scope.<any({', '.join(files.FORMATS)}):form>")
def download(code: str, form: str) -> Answer:
    """The scope as it stands, or as it was saved as a version. Files are in English, whoever reads this page."""
    version = _version()
    with in_a_file():
        with house().store.reading() as db:
            workshop = find_workshop(db, code)
            check_may_read(db, workshop)
            name, write = files.prepare(db, workshop, form, version)
        body = house().draw(write)
    return Answer(
        body,
        content_type=files.FORMATS[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _version() -> int | None:
    typed = request.args.get("version", "")
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS):
        raise NotUnderstood(N_("A version is a number."))
    return int(typed)
