"""Workshops to look at: played by people without browsers up to where they are to be seen."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from playwright.sync_api import Page, expect

from tests.browser import localgovcamp
from tests.browser.people import LAPTOP, People, Phone, is_live
from tests.server import phones
from tests.server.phones import Facilitator, Organiser

WORDS = """
accessible benefits bins buses cafés carers council culture cycling decisions democracy digital evidence families forms
funding green health heritage housing inclusive jobs libraries local markets mobile neighbours open parks people phone
play plans public repairs reports safe schools services shared signs simple skills streets support swimming teams town
trees trust users volunteers walking water welcome young
"""
FOREIGN = ["Gwasanaethau cyhoeddus yn Gymraeg i bawb", "خدمات عامة مفتوحة للجميع", "שירותים פתוחים לכולם"]


def mixed(count: int) -> list[tuple[str, str]]:
    """Responses of 8 to 140 characters, on both sides, some of them in other scripts. The longest is 140."""
    chance = random.Random(8)
    lengths = [140, 8, *(chance.randint(8, 140) for _ in range(count - 2 - len(FOREIGN)))]
    texts = [_text(length, chance) for length in lengths] + FOREIGN
    return [("yes" if chance.random() < 0.6 else "no", text) for text in texts]


def _text(length: int, chance: random.Random) -> str:
    text = ""
    while len(text) < length:
        text += f"{chance.choice(WORDS.split())} "
    text = text[:length].strip().capitalize()
    return text.ljust(length, "s")


class Workshop(NamedTuple):
    facilitator: Facilitator
    phones: list[phones.Phone]

    @property
    def code(self) -> str:
        return self.facilitator.code


def play(
    organiser: Organiser,
    phase: str,
    responses: list[tuple[str, str]] = localgovcamp.RESPONSES,
    people: int = localgovcamp.PEOPLE,
    **form: str,
) -> Workshop:
    """Have people join, write, and vote, as far as that goes in a phase. In `vote`, the last two are still at it."""
    facilitator = organiser.opens(**localgovcamp.FORM | form)
    workshop = Workshop(facilitator, [facilitator.phone() for _ in range(people)])
    reached = Facilitator.PHASES.index(phase)
    if reached >= 1:
        facilitator.goes_to("gather")
        for place, (side, text) in enumerate(responses):
            workshop.phones[place % people].writes(text, side)
    if reached >= 2:
        facilitator.goes_to("vote")
        chance = random.Random(8)
        for person in workshop.phones[: people - 2 if phase == "vote" else people]:
            spend(person, [chance.randint(1, len(responses)) for _ in range(8)])
            person.ask(f"/w/{person.code}/1/finished", {"finished": "yes"})
    facilitator.goes_to(phase)
    return workshop


def spend(person: phones.Phone, responses: list[int]) -> None:
    """Put dots, from the first one on, onto these responses."""
    moves = [person.move(dot, 0, response) for dot, response in enumerate(responses, start=1)]
    answer = person.ask_json(f"/w/{person.code}/1/dots", {"moves": moves}).json()
    assert answer["ok"], answer


class Workshops:
    """One of each kind is enough for everybody who only looks."""

    def __init__(self, organiser: Organiser) -> None:
        self.organiser = organiser
        self.at = cache(self._at)
        self.made: dict[Callable[[Scene], Workshop], Workshop] = {}

    def _at(self, phase: str, kind: str = "localgovcamp") -> Workshop:
        kinds: dict[str, dict[str, Any]] = {
            "localgovcamp": {},
            "empty": {"responses": []},
            "many": {"responses": mixed(60), "prompts": "one", "prompt": "What should the town centre be like?"},
            "live": {"totals": "live"},
            # Enough for results in bars, and for discs at the board's foot that stand for several dots.
            "crowd": {"responses": localgovcamp.RESPONSES[:6], "people": 40},
            "generous": {"responses": localgovcamp.RESPONSES[:6], "allowance": "20"},
        }
        return play(self.organiser, phase, **kinds[kind])


class Scene:
    """Brings people to where there is something to see."""

    def __init__(self, people: People, workshops: Workshops) -> None:
        self.people = people
        self.workshops = workshops

    def goes(self, path: str, **options: Any) -> Page:
        """A stranger."""
        return self.people.somebody(path, **options)

    def joins(self, phase: str, kind: str = "localgovcamp", **options: Any) -> Phone:
        """Somebody who comes late to a workshop."""
        phone = self.people.phone(self.workshops.at(phase, kind).facilitator, **options)
        if options.get("scripts", True):
            phone.is_live()
        return phone

    def returns(self, phase: str, kind: str = "localgovcamp", who: int = 0) -> Phone:
        """Somebody who took part from the start."""
        phone = self.people.phone_of(self.workshops.at(phase, kind).phones[who])
        phone.is_live()
        return phone

    def fresh(self, phase: str, **options: Any) -> Workshop:
        """A workshop where something may be done."""
        return play(self.workshops.organiser, phase, **options)

    def made(self, make: Callable[[Scene], Workshop]) -> Workshop:
        """A workshop that takes more to make, and where nothing is done: it is made once."""
        if make not in self.workshops.made:
            self.workshops.made[make] = make(self)
        return self.workshops.made[make]

    def organises(self, path: str) -> Page:
        page = self.people.somebody_known(self.workshops.organiser, viewport=LAPTOP)
        page.goto(path)
        return page

    def facilitates(self, phase: str, kind: str = "localgovcamp") -> Page:
        """The console."""
        return self.runs(self.workshops.at(phase, kind))

    def runs(self, workshop: Workshop, **options: Any) -> Page:
        page = self.people.somebody_known(workshop.facilitator, viewport=LAPTOP, **options)
        page.goto(f"/w/{workshop.code}/console")
        if options.get("scripts", True):
            is_live(page)
        return page

    def projects(self, phase: str, kind: str = "localgovcamp", **options: Any) -> Page:
        """The board."""
        facilitator = self.workshops.at(phase, kind).facilitator
        page = self.people.somebody(facilitator.path("board"), **{"viewport": LAPTOP, **options})
        is_live(page)
        return page

    def reads_results(self, phase: str, kind: str = "localgovcamp", query: str = "") -> Page:
        facilitator = self.workshops.at(phase, kind).facilitator
        page = self.people.somebody(facilitator.path("results"), viewport=LAPTOP)
        page.goto(f"/w/{facilitator.code}/results{query}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        return page
