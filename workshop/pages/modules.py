"""Which scripts a script brings along, so that a page can ask for all of them at once."""

from __future__ import annotations

import re
from functools import cache
from posixpath import dirname, join, normpath

from workshop.settings import assets

STATIC = assets() / "static"

# `import { a, b } from "./c.js";` over any number of lines, and `import "./c.js";`
_IMPORT = re.compile(r'^import\s(?:[^;"]*\sfrom\s)?\s*"(\.[^"]+)";', re.MULTILINE)


@cache
def brought_by(path: str) -> tuple[str, ...]:
    """The modules that a module imports, and those that they import, by their paths in `static/`.

    Otherwise the browser finds each only when it has read the one that imports it.
    """
    found: set[str] = set()
    waiting = [path]
    while waiting:
        reading = waiting.pop()
        named = _IMPORT.findall((STATIC / reading).read_text())
        modules = {normpath(join(dirname(reading), each)) for each in named}
        waiting += modules - found
        found |= modules
    return tuple(sorted(found - {path}))
