"""What is sent, made smaller: our own files once and for all, other text as it is sent.

By gzip alone, which the standard library has: browsers take the packings that do a little better only over https, and
whoever runs Eight Dots behind a proxy for that can have them from there.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import os
import re
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from flask import request, send_file, send_from_directory
from werkzeug.security import safe_join
from werkzeug.wrappers import Response as Answer

# What else is sent is packed already: typefaces, PNG, PDF, and the Office files, which are ZIP archives.
SLIMMED = (".css", ".js")
TEXT_FILES = (*SLIMMED, ".json", ".svg", ".txt")

# Not JSON. A page that polls asks for it by itself again and again, and in it are one's own dots beside what others
# write: by adding to that and watching the sizes, somebody on the same network might learn where the dots are.
TEXT_ANSWERS = frozenset(("image/svg+xml", "text/csv", "text/html", "text/markdown", "text/plain"))

# Bytes. Less than this goes in one packet anyway.
LEAST = 1000
# The highest level gains another hundredth and takes twice as long.
LEVEL = 6


class Packed(NamedTuple):
    """A file as it is sent, to those who understand gzip and to those who do not."""

    plain: bytes
    gzipped: bytes
    tag: str


def send_packed(folder: Path, path: str, max_age: int) -> Answer:
    """A file of `folder`, which may be kept for `max_age` seconds. Raises `werkzeug.exceptions.NotFound`."""
    found = safe_join(str(folder), path)
    if found is None or not found.endswith(TEXT_FILES) or not os.path.isfile(found):
        return send_from_directory(folder, path, max_age=max_age)
    packed = _packed(found)
    is_gzipped = _takes_gzip()
    # Each form has a tag of its own: half a file of one cannot be completed by the other.
    answer = send_file(
        BytesIO(packed.gzipped if is_gzipped else packed.plain),
        mimetype=mimetypes.guess_type(found)[0],
        etag=f"{packed.tag}-gzip" if is_gzipped else packed.tag,
        max_age=max_age,
    )
    answer.vary.add("Accept-Encoding")
    if is_gzipped:
        answer.headers["Content-Encoding"] = "gzip"
    return answer


@cache
def _packed(path: str) -> Packed:
    source = _read(Path(path))
    plain = (slim(source) if path.endswith(SLIMMED) else source).encode()
    return Packed(plain, gzip.compress(plain, mtime=0), hashlib.sha256(plain).hexdigest()[:16])


_IMPORT = re.compile(r'^@import "([\w-]+\.css)";$', re.MULTILINE)


def _read(path: Path) -> str:
    """A file, and in a style sheet those that it imports in the place of where it says so."""
    source = path.read_text("utf-8")
    if path.suffix != ".css":
        return source
    return _IMPORT.sub(lambda named: _read(path.with_name(named[1])), source)


_COMMENT = re.compile(
    r"""
    ^[ \t]*+ (?: /\*(?!!) (?:[^*] | \*(?!/))*+ \*/ | //[^\n]*+ ) [ \t]*+ (?:\n|\Z)  # lines that are comment alone
    | ^[ \t]++                                                                      # indentation
    | ^\n                                                                           # empty lines
    """,
    re.VERBOSE | re.MULTILINE,
)


def slim(source: str) -> str:
    """A script or a style sheet without its comments and its indentation, which are half of what it weighs.

    Every line of code stays a line, so no statement runs into the next. Comments beside code stay, and licences
    (`/*!`). It does not look for strings, so none may go over several lines; a test sees to that.
    """
    return _COMMENT.sub("", source)


def pack(answer: Answer) -> Answer:
    """Compress an answer, where that gains something, gives nothing away, and is understood."""
    if answer.mimetype not in TEXT_ANSWERS or answer.is_streamed or "Content-Encoding" in answer.headers:
        return answer
    answer.vary.add("Accept-Encoding")
    if len(answer.get_data()) >= LEAST and _takes_gzip() and not _is_asked_by_another_site():
        answer.set_data(gzip.compress(answer.get_data(), LEVEL, mtime=0))
        answer.headers["Content-Encoding"] = "gzip"
    return answer


def _takes_gzip() -> bool:
    return request.accept_encodings.quality("gzip") > 0


def _is_asked_by_another_site() -> bool:
    """Whether another site made the browser ask. It could try out words, and the size would tell which the page has."""
    return request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin")
