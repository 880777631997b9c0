"""The language of the pages: which one a reader gets, and how they ask for another."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Blueprint, current_app, has_request_context, redirect, request
from werkzeug.wrappers import Response as Answer

from workshop import access
from workshop.errors import N_, NotFound
from workshop.languages import SOURCE
from workshop.pages.house import house

pages = Blueprint("languages", __name__)


def language_of_reader() -> str:
    """The one that the address asks for, or that was asked for in this browser, or that the browser prefers. Where
    nothing is being requested, English.
    """
    if not has_request_context():
        return SOURCE
    wished = _asked_for(), request.headers.get("X-Language"), access.wished_language()
    return house().languages.chosen(wished, request.accept_languages)


def _asked_for() -> str | None:
    """The language that the address asks for; where a form was sent, the address of its page."""
    if request.method in ("GET", "HEAD"):
        return request.args.get("language")
    return dict(parse_qsl(urlsplit(request.referrer or "").query)).get("language")


@pages.get("/language/<tag>")
def choose(tag: str) -> Answer:
    """Have all pages in a language from now on, and go back to where one was."""
    if tag not in {language.tag for language in house().languages}:
        raise NotFound(N_("The pages are not there in this language."), code="no_such_language")
    access.wish_for_language(tag)
    return redirect(_own_page(request.args.get("to", "")), 303)


@pages.after_app_request
def _go_on_in_it(answer: Answer) -> Answer:
    """Where an address that asks for a language, or a form of its page, leads on to another of ours, so does that."""
    wished, address = _asked_for(), answer.location
    if wished and address and _own_page(address) == address:
        parts = urlsplit(address)
        answer.location = parts._replace(query=urlencode([*_query(parts.query), ("language", wished)])).geturl()
    return answer


def page_address() -> str:
    """Where one is: the page that can be asked for again, which for the answer to a form is the form's."""
    if request.method in ("GET", "HEAD"):
        return _without_language(request.full_path)
    before = _without_language(request.referrer or request.path)
    return before if _is_page(before) else _page_above(before)


def _is_page(address: str) -> bool:
    adapter = current_app.create_url_adapter(request)
    return adapter is not None and adapter.test(urlsplit(address).path, method="GET")


def _page_above(address: str) -> str:
    """The nearest page above an address that only takes forms: `/w/K74M2P` for `/w/K74M2P/1/responses`."""
    path = urlsplit(address).path
    while path and not _is_page(path):
        path = path.rpartition("/")[0]
    return path or "/"


def _without_language(address: str) -> str:
    """Path and query, but for the language that the address itself asks for: that would have the last word."""
    parts = urlsplit(address)
    query = urlencode(_query(parts.query))
    return parts.path + (f"?{query}" if query else "")


def _query(query: str) -> list[tuple[str, str]]:
    return [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name != "language"]


def _own_page(address: str) -> str:
    """An address on this server, without its host; anything else is the front page."""
    parts = urlsplit(address)
    is_ours = not parts.scheme and not parts.netloc and address.startswith("/") and "\\" not in address
    return address if is_ours and address.isprintable() else "/"
