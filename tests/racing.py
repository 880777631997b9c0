"""Many people at once: everybody starts together, and everybody's end is kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from tests.cast import Person, Room
from workshop.actions.voting import Cast
from workshop.errors import WorkshopError
from workshop.rules import Move

Answer = TypeVar("Answer")


def at_once(*acts: Callable[[], Answer]) -> list[Answer | WorkshopError]:
    """Do everything at the same time, each in a thread of its own; what each returned, or the error it raised."""
    start = threading.Barrier(len(acts))
    answers: list[Answer | WorkshopError] = [WorkshopError("no answer")] * len(acts)

    def do(place: int, act: Callable[[], Answer]) -> None:
        start.wait()
        try:
            answers[place] = act()
        except WorkshopError as error:
            answers[place] = error

    threads = [threading.Thread(target=do, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def while_somebody_writes(room: Room, *acts: Callable[[], Answer]) -> list[Answer | WorkshopError]:
    """Do everything at the same time while the workshop's lock is held, so that casts come to wait together."""
    started = threading.Barrier(len(acts) + 1)
    answers: list[list[Answer | WorkshopError]] = []

    def starting(act: Callable[[], Answer]) -> Callable[[], Answer]:
        def do() -> Answer:
            started.wait()
            return act()

        return do

    everybody = threading.Thread(target=lambda: answers.append(at_once(*map(starting, acts))))
    with room.store.change(room.id):
        everybody.start()
        started.wait()
        # Long enough for those who have started to get into the box; who is late only comes into a later batch.
        everybody.join(timeout=0.1)
    everybody.join()
    return answers[0]


def casting(person: Person, *moves: Move) -> Callable[[], Cast]:
    return lambda: person.casts(moves)


def outcome(answer: Cast | WorkshopError) -> list[str]:
    """What became of each move, or the code of what kept it from being tried or stored."""
    ends = answer.outcomes if isinstance(answer, Cast) else [answer]
    return [each.code if isinstance(each, WorkshopError) else str(each) for each in ends]
