"""What is around every page: security headers, static files, the words that templates use, and the health check."""

from __future__ import annotations

import hashlib
import mimetypes
from functools import cache
from typing import Any

from flask import Flask, jsonify, request
from flask_babel import get_domain
from werkzeug.wrappers import Response as Answer

from workshop import rules, tokens
from workshop.errors import N_, Busy
from workshop.languages import current, shown
from workshop.pages import modules, packing
from workshop.pages.house import host, house
from workshop.pages.languages import page_address
from workshop.pages.said import (
    asked,
    drafts_on_board,
    further_languages,
    in_both,
    in_language,
    language_called,
    names_in_both,
    said,
    second_language,
    side_name,
)
from workshop.results import margins, sentences
from workshop.results.robustness import rank_range, verdict
from workshop.results.showing import capitalised, show_moment, show_standing, spoken_share
from workshop.settings import assets

STATIC = assets() / "static"
FOR_EVER = 365 * 24 * 3600

# What Debian's table of types does not know, and browsers refuse to run or to show without.
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("font/woff2", ".woff2")


def init_app(app: Flask) -> None:
    app.add_url_rule("/static/<path:path>", "static_file", static_file)
    app.add_url_rule("/healthz", "healthz", healthz)
    app.after_request(add_headers)
    app.after_request(packing.pack)
    app.jinja_env.globals.update(
        static=static_address,
        brought_by=modules.brought_by,
        counted=counted,
        sentences=sentences,
        margin=margins.margin,
        side_name=side_name,
        rules=rules,
        host=host,
        now_ms=lambda: house().now_ms(),
        languages=lambda: house().languages,
        language=lambda: house().languages[current()],
        page_address=page_address,
        said=said,
        asked_of=asked,
        drafts_on_board=drafts_on_board,
        in_both=in_both,
        names_in_both=names_in_both,
        in_language=in_language,
        second_language=second_language,
        further_languages=further_languages,
        language_called=language_called,
    )
    app.jinja_env.filters.update(
        capitalised=capitalised,
        code=tokens.show_code,
        rank=show_standing,
        ranks=rank_range,
        share=spoken_share,
        figure=shown,
        moment=show_moment,
        verdict=verdict,
    )


@cache
def static_version() -> str:
    """Changes when any static file does, so that a file's address can be kept for ever."""
    whole = hashlib.sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            whole.update(path.relative_to(STATIC).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()[:12]


# Between them these take every plural form of any language; most say nothing new and are left out.
SAMPLES = (0, 1, 2, 3, 4, 5, 6, 11, 21)


def counted(singular: str, plural: str, **values: str) -> dict[int, str]:
    """The wordings of a sentence that counts, for scripts: under 100, and under each sample that is worded differently.

    `{num}` stands for the number. static/js/words.js takes the wording of the sample that counts like the number.
    """
    return _counted(current(), singular, plural, tuple(values.items()))


@cache
def _counted(_locale: str, singular: str, plural: str, values: tuple[tuple[str, str], ...]) -> dict[int, str]:
    catalogue = get_domain().get_translations()

    def wording(count: int) -> str:
        return str(catalogue.ungettext(singular, plural, count) % {"num": "{num}", **dict(values)})

    most = wording(100)
    others = {each: wording(each) for each in SAMPLES}
    return {100: most} | {each: words for each, words in others.items() if words != most}


def static_address(path: str) -> str:
    """The address of a static file. Modules import each other by relative paths, so the version is a folder."""
    return f"/static/{static_version()}/{path}"


def static_file(path: str) -> Answer:
    version, _, rest = path.partition("/")
    if version == static_version():
        answer = packing.send_packed(STATIC, rest, max_age=FOR_EVER)
        answer.cache_control.immutable = True
        return answer
    # A page from before an update asks for the files of then: those of now are nearer than none.
    is_older = len(version) == len(static_version()) and not (STATIC / version).exists()
    return packing.send_packed(STATIC, rest if is_older else path, max_age=0)


def healthz() -> Answer:
    if not house().store.is_well():
        raise Busy(N_("The database does not answer."))
    return jsonify({"ok": True})


def add_headers(answer: Answer) -> Answer:
    host = request.host
    headers: dict[str, Any] = {
        "Content-Security-Policy": (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            # Older Safari does not count a websocket on the same host as 'self'.
            f"connect-src 'self' ws://{host} wss://{host}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
        "X-Content-Type-Options": "nosniff",
        # Not `no-referrer`: under it browsers send our forms with an origin of "null", like a stranger's.
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    }
    if house().settings.secure:
        headers["Strict-Transport-Security"] = f"max-age={FOR_EVER}"
    for name, value in headers.items():
        answer.headers.setdefault(name, value)
    if "Cache-Control" not in answer.headers:
        answer.headers["Cache-Control"] = "no-store"
    return answer
