"""Which place stands on which page: every address that answers with a page has one.

An address is as the program's rules have it, with the name of what varies in it: /w/<code>/results.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# By address: a place that is looked at there.
PAGES = {
    "/": "join",
    "/accessibility": "accessibility",
    "/across": "across",
    "/data": "data",
    "/j": "join-wrong-code",
    "/j/<typed>": "join-by-qr",
    "/s/<slip>": "join-with-a-slip",
    "/t/<secret>": "go-on-with-this-phone",
    "/w/<code>": "vote",
    "/w/<code>/<number>/dots/back": "vote-all-back-asked",
    "/w/<code>/<number>/edit": "exercise-own-columns",
    "/w/<code>/<number>/list": "list",
    "/w/<code>/<number>/paper": "paper",
    "/w/<code>/<number>/paper/<ballot>": "paper-changed",
    "/w/<code>/<number>/responses/<response>": "edit",
    "/w/<code>/<number>/results": "results-open",
    "/w/<code>/agenda": "agenda",
    "/w/<code>/agenda/new": "exercise-new",
    "/w/<code>/board": "board-vote",
    "/w/<code>/console": "console-vote",
    "/w/<code>/delete": "delete",
    "/w/<code>/history": "history",
    "/w/<code>/links": "links",
    "/w/<code>/people": "people",
    "/w/<code>/people/slips": "slips",
    "/w/<code>/results": "results",
    "/w/<code>/scope": "scope",
    "/w/<code>/scope/compare": "scope-compare",
    "/w/<code>/scope/versions/<number>": "scope-version",
    "/workshops": "workshops",
    "/workshops/file": "new-workshop-file",
    "/workshops/new": "new-workshop",
    "/workshops/new/<template>": "new-workshop-template",
    "/workshops/new/blank": "new-workshop-two-prompts",
}
# By why there is nothing to look at.
NO_PAGES = {
    "a file, for a program to open": (
        "/static/<path>",
        "/across.csv",
        "/w/<code>/<number>/ballot-paper.pdf",
        "/w/<code>/<number>/ballots.<form>",
        "/w/<code>/<number>/chart.<form>",
        "/w/<code>/<number>/results.<form>",
        "/w/<code>/<number>/sticker-cards.pdf",
        "/w/<code>/agenda.json",
        "/w/<code>/history.json",
        "/w/<code>/join.svg",
        "/w/<code>/people/slips.pdf",
        "/w/<code>/scope.<form>",
    ),
    "it leads on to a page that is listed": (
        "/b/<secret>",
        "/c/<secret>",
        "/f/<secret>",
        "/m/<secret>",
        "/o/<secret>",
        "/r/<secret>",
        "/language/<tag>",
        "/w/<code>/list",
    ),
    "JSON, for a script or a machine": ("/healthz", "/w/<code>/board/next", "/w/<code>/state"),
}


def address(rule: str) -> str:
    """Without what says how something may be written: <int:number> becomes <number>."""
    return re.sub(r"<[^<>]*:(\w+)>", r"<\1>", rule)


def pages_of(place: str) -> list[str]:
    """The addresses that a place was chosen for."""
    return [page for page, chosen in PAGES.items() if chosen == place]


def is_at(url: str, page: str) -> bool:
    return re.fullmatch(re.sub(r"<\w+>", "[^/]+", page), urlsplit(url).path) is not None
