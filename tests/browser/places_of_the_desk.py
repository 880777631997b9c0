"""A workshop of several exercises while it is run, on the desk, the board and the phones: a part of `places`."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser import localgovcamp
from tests.browser.people import LAPTOP, is_live
from tests.browser.places_at_the_door import desk
from tests.browser.scene import Scene, Workshop, spend

OWN = {
    "prompt": "What next for the town centre?", "columns": "own", "name_a": "Now", "sign_a": "flag", "name_b": "Soon",
    "sign_b": "star", "name_c": "Ask the neighbours first", "sign_c": "question", "allowance": "6",
}  # fmt: skip
OPEN = {"kind": "open", "prompt": "How should a digital peer challenge or review operate?"}
TALKED = {
    "Five people for two days, from a council of much the same size": "The host pays for rooms and nothing else.",
    "A councillor in every team": "Two of them, said most of the room.",
    "Digital communications is looked at first": "",
    "Ten key recommendations at the end, published within a month": "",
}
THEMES = {"Users": (1, 14), "Openness": (2, 3), "Framework": (4, 5, 6, 7)}
NEAR = ["What the users need", "Publish all recommendations"]


# What is done at the desk ---------------------------------------------------------------------------------------------


def does(workshop: Workshop, path: str, **fields: Any) -> None:
    answer = workshop.facilitator.ask(f"/w/{workshop.code}/{path}", fields)
    assert answer["ok"], answer


def steps(workshop: Workshop, number: int, *phases: str) -> None:
    for here, there in pairwise(phases):
        does(workshop, f"{number}/phase", **{"from": here, "to": there})


def pending(scene: Scene) -> Workshop:
    """Two wait to be checked, and two may say what another says."""
    workshop = scene.fresh("gather", responses=[*localgovcamp.RESPONSES[:6], ("yes", NEAR[0])])
    does(workshop, "1/edit", **localgovcamp.FORM, checks_first="yes")
    for phone, text in zip(workshop.phones, ("Lunch for everybody", "Reports in plain English"), strict=False):
        phone.writes(text)
    return workshop


def grouped(scene: Scene) -> Workshop:
    """Under themes; R21 is merged into R1, and R22 may say what R3 says."""
    workshop = scene.fresh("gather", responses=[*localgovcamp.RESPONSES, *(("yes", text) for text in NEAR)])
    steps(workshop, 1, "gather", "group")
    does(workshop, "1/merge", response=["1", "21"], into="1")
    for name, responses in THEMES.items():
        does(workshop, "1/theme", response=list(responses), name=name)
    return workshop


def own_columns(scene: Scene, phase: str) -> Workshop:
    workshop = scene.fresh("draft", people=4)
    does(workshop, "1/edit", **OWN)
    steps(workshop, 1, "draft", "gather")
    for place, (_, text) in enumerate(localgovcamp.RESPONSES[:9]):
        workshop.phones[place % 4].writes(text, "abc"[place % 3])
    if phase == "vote":
        steps(workshop, 1, "gather", "vote")
        spend(workshop.phones[0], [1, 1, 2, 3])
    return workshop


def timed(scene: Scene) -> Workshop:
    """It runs for longer than anybody looks."""
    workshop = scene.fresh("vote")
    does(workshop, "1/timer", minutes="20")
    does(workshop, "1/timer/at-zero", at_zero="close")
    return workshop


def tied(scene: Scene, *, settled: bool = False) -> Workshop:
    """Of two that go forward R1 is one; R2 and R3 tie for the other."""
    workshop = scene.fresh("gather", responses=localgovcamp.RESPONSES[:5], people=3)
    does(workshop, "1/cut", cut="2")
    steps(workshop, 1, "gather", "vote")
    for phone in workshop.phones:
        spend(phone, [1, 1, 1, 2, 2, 3, 3, 4])
    steps(workshop, 1, "vote", "reveal")
    does(workshop, "1/in-the-room", people="2")
    if not settled:
        return workshop
    steps(workshop, 1, "reveal", "discuss")
    does(workshop, "1/run-off")
    for phone in workshop.phones:
        phone.ask_json(f"/w/{phone.code}/2/dots", {"moves": [phone.move(1, 0, 3)]})
    steps(workshop, 2, "vote", "reveal", "discuss")
    does(workshop, "2/run-off/back")
    return workshop


def across(scene: Scene) -> Workshop:
    workshop = tied(scene)
    steps(workshop, 1, "reveal", "discuss")
    return workshop


def by_share(scene: Scene) -> Workshop:
    """The line is drawn by a share of the dots: R1 alone holds it."""
    workshop = across(scene)
    does(workshop, "1/cut", cut_share="35")
    return workshop


def talked(scene: Scene) -> Workshop:
    """An open exercise, the second on the agenda: R1 is in the spotlight, and there are notes."""
    workshop = scene.fresh("discuss", responses=localgovcamp.RESPONSES[:6])
    does(workshop, "agenda", **OPEN)
    does(workshop, "2/start")
    steps(workshop, 2, "draft", "gather")
    for phone, text in zip(workshop.phones, TALKED, strict=False):
        phone.ask(f"/w/{phone.code}/2/responses", {"text": text, "op": phone.op()})
    does(workshop, "2/theme", response=[1, 2], name="The team")
    steps(workshop, 2, "gather", "discuss")
    does(workshop, "2/responses/1/spotlight")
    for response, note in enumerate(["A lively quarter of an hour.", *TALKED.values()]):
        does(workshop, f"2/notes/{response}", text=note, base="")
    return workshop


def busy(scene: Scene) -> Workshop:
    """With an agenda of three, and a history."""
    workshop = talked(scene)
    does(workshop, "agenda", **OWN)
    does(workshop, "3/skip")
    does(workshop, "2/responses/4/withdraw")
    return workshop


def rehearsed(scene: Scene) -> Workshop:
    """A rehearsal of which responses have been gathered."""
    workshop = scene.fresh("draft", people=1)
    answer = workshop.facilitator.ask(f"/w/{workshop.code}/rehearsals", {"people": "6"})
    assert answer["ok"], answer
    workshop.facilitator.code = answer["code"]
    page = scene.runs(workshop)
    page.get_by_role("button", name="Open responses").click()
    expect(page.locator("#stage .card").nth(2)).to_be_attached()
    return workshop


# Where it is looked at ------------------------------------------------------------------------------------------------


def board(scene: Scene, workshop: Workshop, key: str = "") -> Page:
    page = scene.people.somebody_known(workshop.facilitator, viewport=LAPTOP)
    page.goto(f"/w/{workshop.code}/board")
    is_live(page)
    if key:
        page.keyboard.press(key)
    return page


def phone(scene: Scene, workshop: Workshop) -> Page:
    """Of somebody who was there from the start."""
    found = scene.people.phone_of(workshop.phones[0])
    found.is_live()
    return found.page


def joins(scene: Scene, workshop: Workshop) -> Page:
    found = scene.people.phone(workshop.facilitator)
    found.is_live()
    return found.page


def originals(scene: Scene) -> Page:
    page = phone(scene, grouped(scene))
    page.locator("#r1 summary").click()
    return page


def paper(scene: Scene) -> Page:
    workshop = scene.fresh("vote")
    page = desk(scene, workshop, "1/paper")
    for response, dots in ((1, "3"), (15, "5")):
        page.locator(f"#r{response}").fill(dots)
    page.get_by_role("button", name="Enter this ballot").click()
    page.locator("#r2").fill("9")
    return page


def paper_changed(scene: Scene) -> Page:
    page = paper(scene)
    page.get_by_role("link", name="Change").click()
    expect(page.get_by_role("link", name="Leave it as it is")).to_be_visible()
    return page


def list_problem(scene: Scene) -> Page:
    page = desk(scene, scene.fresh("gather"), "1/list")
    page.get_by_label("Paste a list").fill("Lunch\nNO: " + "A league table. " * 12)
    page.get_by_role("button", name="Add the responses").click()
    expect(page.locator("#problem")).to_be_visible()
    return page


def editor(scene: Scene) -> Page:
    workshop = scene.fresh("draft", people=1)
    does(workshop, "1/edit", **OWN)
    return desk(scene, workshop, "1/edit")


def large_timer(scene: Scene) -> Page:
    return board(scene, scene.made(timed), "t")


def at(look: Any, make: Any, *more: Any) -> Any:
    """Look at a workshop that is made for those who look."""
    return lambda scene: look(scene, scene.made(make), *more)


gathered, voted_on = partial(own_columns, phase="gather"), partial(own_columns, phase="vote")

DESKS = {
    "console-pending": at(Scene.runs, pending),
    "console-group": at(Scene.runs, grouped),
    "console-talk": at(Scene.runs, talked),
    "console-timer": at(Scene.runs, timed),
    "console-room": at(Scene.runs, tied),
    "console-tie": at(Scene.runs, across),
    "console-share": at(Scene.runs, by_share),
    "console-own-columns": at(Scene.runs, voted_on),
    "console-rehearsal": at(Scene.runs, rehearsed),
    "agenda": at(desk, busy, "agenda"),
    "exercise-own-columns": editor,
    "history": at(desk, busy, "history"),
    "list": at(desk, pending, "1/list"),
    "list-problem": list_problem,
    "paper": paper,
    "paper-changed": paper_changed,
    "exercise-new": lambda scene: desk(scene, scene.workshops.at("vote"), "agenda/new"),
    "delete": lambda scene: desk(scene, scene.workshops.at("vote"), "delete"),
    "results-settled": at(desk, partial(tied, settled=True), "results"),
    "results-open": at(desk, talked, "2/results"),
}
PHONES = {
    "respond-own-columns": at(phone, gathered),
    "respond-unchecked": at(phone, pending),
    "respond-rehearsal": at(joins, rehearsed),
    "phone-grouped": originals,
    "vote-own-columns": at(phone, voted_on),
    "vote-timer": at(phone, timed),
    "phone-spotlight": at(phone, talked),
    "phone-tie": at(phone, across),
}
BOARDS = {
    "board-own-columns": at(board, gathered),
    "board-grouped": at(board, grouped),
    "board-spotlight": at(board, talked),
    "board-timer": at(board, timed),
    "board-timer-large": large_timer,
    "board-tie": at(board, across),
    "board-help": at(board, timed, "?"),
    "board-rehearsal": at(board, rehearsed),
}
