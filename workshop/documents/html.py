"""A document as one page of HTML that needs nothing beside it: `templates/documents/document.html`.

A page of the app shows one within its own by the macro `show` of `templates/documents/blocks.html`.
"""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from workshop.documents.blocks import Document
from workshop.documents.tidying import tidied
from workshop.settings import assets


def write(document: Document) -> bytes:
    """The file, in UTF-8."""
    return _templates().get_template("documents/document.html").render(document=tidied(document)).encode()


@cache
def _templates() -> Environment:
    # The command line draws files too, and there is no app for Jinja to be had from.
    return Environment(
        loader=FileSystemLoader(assets() / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
