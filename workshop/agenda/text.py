"""An agenda file as bytes: what is downloaded, kept and brought back."""

from __future__ import annotations

import json
from typing import Any

from workshop.agenda.files import from_json, to_json
from workshop.agenda.planned import Agenda
from workshop.errors import N_, NotUnderstood


def read(body: bytes) -> Agenda:
    """The agenda in a file. Raises an error with a sentence for whatever is wrong with it."""
    return from_json(parse(body))


def parse(body: bytes) -> Any:
    """What JSON says, in UTF-8 with or without a byte order mark."""
    if not body.strip():
        raise NotUnderstood(N_("This file is empty."), code="agenda")
    try:
        return json.loads(body.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise NotUnderstood(N_("This file is not text in UTF-8, as an agenda is."), code="agenda") from error
    except json.JSONDecodeError as error:
        raise NotUnderstood(
            N_("This is not JSON: it cannot be read from line %(line)s, column %(column)s on."),
            code="agenda",
            line=error.lineno,
            column=error.colno,
        ) from error
    except (RecursionError, ValueError) as error:
        raise NotUnderstood(
            N_("This is not an agenda: it is too deep, or has a number too long."), code="agenda"
        ) from error


def write(agenda: Agenda) -> bytes:
    """The file of an agenda: the same bytes for the same agenda."""
    return (json.dumps(to_json(agenda), ensure_ascii=False, indent=2) + "\n").encode()
