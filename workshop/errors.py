"""What can go wrong, said once: a code for programs, a sentence for people, a status for HTTP.

Rules and actions raise these; `pages` and `live` turn them into an answer, each in one place.
"""

from __future__ import annotations

from typing import Any


def N_(sentence: str) -> str:
    """Mark a sentence for translators. It is translated where it is shown, in the language of whoever reads it."""
    return sentence


class WorkshopError(Exception):
    """Something was asked that cannot be done, and the asker can be told why.

    `code` is a short word for programs, `status` the HTTP status, `sentence` the words for people, with `%(name)s`
    for each of `values`.
    """

    code = "not_possible"
    status = 400

    def __init__(self, sentence: str, *, code: str | None = None, **values: Any) -> None:
        super().__init__(sentence % values if values else sentence)
        self.sentence = sentence
        self.values = values
        if code is not None:
            self.code = code

    def at(self, sentence: str, **values: Any) -> WorkshopError:
        """The same error, with a sentence that says where it is: what it says itself is `%(problem)s` in it."""
        return type(self)(sentence, code=self.code, problem=self, **values)


class NotUnderstood(WorkshopError):
    """A field is missing or of the wrong kind."""

    code = "not_understood"
    status = 400


class NotAllowed(WorkshopError):
    """The asker does not hold what this needs."""

    code = "not_allowed"
    status = 403


class NotFound(WorkshopError):
    """There is no such workshop, exercise, response or link."""

    code = "not_found"
    status = 404


class NotNow(WorkshopError):
    """Possible, but not in this phase; or somebody else was first."""

    code = "not_now"
    status = 409


class Unacceptable(WorkshopError):
    """Understood, and against the rules of the exercise."""

    code = "unacceptable"
    status = 422


class TooMany(WorkshopError):
    """Asked too often."""

    code = "too_many"
    status = 429


class Busy(WorkshopError):
    """The queue is full or the disk is: nothing was stored, and trying again is right."""

    code = "busy"
    status = 503
