"""The timer in browsers: the same on every screen whatever its clock says, said where it matters, never blinking."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import LAPTOP, People, Phone, is_live, was_told
from tests.server import phones
from tests.server.phones import Facilitator
from tests.server.server import Server

pytestmark = pytest.mark.browser

# Seven minutes ahead, as a phone's clock may be that nobody has set.
WRONG_CLOCK = """
const Right = Date;
globalThis.Date = class extends Right {
  constructor(...given) { super(...(given.length > 0 ? given : [Right.now() + 420_000])); }
  static now() { return Right.now() + 420_000; }
};
"""
# In milliseconds. A screen counts from when it heard the server's time, which on a busy machine is a while after the
# server said it; and nobody in a room sees two screens differ by less than a second.
AT_ONCE = 1000
# What the timer shows, and how far that second has gone, by the clock of the machine that all of them run on.
READING = """() => {
  const [minutes, seconds] = document.querySelector("#timer .clock").textContent.split(":").map(Number);
  return [minutes * 60 + seconds, performance.timeOrigin + performance.now()];
}"""


@pytest.fixture
def voting(facilitator: Facilitator) -> Facilitator:
    facilitator.opens_voting(3)
    return facilitator


@pytest.fixture
def board(people: People, voting: Facilitator) -> Page:
    board = people.somebody(voting.path("board"), viewport=LAPTOP)
    is_live(board)
    return board


def handle(facilitator: Facilitator, path: str = "", **fields: str) -> Any:
    answer = facilitator.ask(f"/w/{facilitator.code}/1/timer{path}", fields)
    assert answer["ok"], answer
    return answer


def clock(page: Page) -> Any:
    return page.locator("#timer .clock")


def with_wrong_clock(people: People, person: phones.Phone) -> Phone:
    page = people.somebody_known(person)
    page.add_init_script(WRONG_CLOCK)
    page.goto(f"/w/{person.code}")
    phone = Phone(page, person.code)
    phone.is_live()
    return phone


def next_second(page: Page) -> tuple[int, float]:
    """The second that begins next, and when that is, in milliseconds."""
    before = clock(page).text_content()
    page.wait_for_function(
        "(before) => document.querySelector('#timer .clock').textContent !== before", arg=before, polling=10
    )
    seconds, at = page.evaluate(READING)
    return seconds, at


def apart(one: Page, other: Page) -> float:
    """How many milliseconds lie between what two screens show."""
    (left_here, here), (left_there, there) = next_second(one), next_second(other)
    return abs((there - here) - (left_here - left_there) * 1000)


def shows_time(page: Page, at_least: int, at_most: int) -> None:
    page.wait_for_function("() => /^\\d+:\\d\\d$/.test(document.querySelector('#timer .clock').textContent)")
    left, _ = page.evaluate(READING)
    assert at_least <= left <= at_most


def test_a_phone_whose_clock_is_wrong_shows_the_same_as_the_board(
    people: People, voting: Facilitator, board: Page
) -> None:
    phone = with_wrong_clock(people, voting.phone())
    assert phone.page.evaluate("Date.now() - performance.timeOrigin - performance.now()") > 400_000
    handle(voting, minutes="5")
    for page in (phone.page, board):
        expect(clock(page)).to_have_text(re.compile(r"^4:5\d$"))
    assert apart(phone.page, board) < AT_ONCE


def test_who_comes_late_or_loads_again_shows_the_same(people: People, voting: Facilitator, board: Page) -> None:
    handle(voting, minutes="3")
    late = with_wrong_clock(people, voting.phone())
    shows_time(late.page, 60, 180)
    assert apart(late.page, board) < AT_ONCE
    late.page.reload()
    late.is_live()
    shows_time(late.page, 60, 180)
    assert apart(late.page, board) < AT_ONCE


def test_who_has_no_socket_shows_the_same(people: People, voting: Facilitator, board: Page) -> None:
    page = people.somebody_known(voting.phone())
    page.route_web_socket("**", lambda socket: socket.close())
    page.route("**/socket.io/**", lambda route: route.abort())
    page.goto(f"/w/{voting.code}")
    handle(voting, minutes="5")
    expect(clock(page)).to_have_text(re.compile(r"^4:[345]\d$"))
    assert apart(page, board) < AT_ONCE


def test_what_the_facilitator_does_with_it_shows_everywhere(people: People, voting: Facilitator, board: Page) -> None:
    phone = people.phone(voting)
    phone.is_live()
    expect(phone.page.locator("#timer")).to_be_hidden()
    handle(voting, minutes="5")
    for page in (phone.page, board):
        expect(page.locator("#timer")).to_be_visible()
    handle(voting, "/add", minutes="5")
    for page in (phone.page, board):
        expect(clock(page)).to_have_text(re.compile(r"^9:\d\d$"))
    handle(voting, "/pause")
    for page in (phone.page, board):
        expect(clock(page)).to_have_text(re.compile(r"^9:\d\d, paused$"))
    handle(voting, "/start")
    expect(clock(phone.page)).to_have_text(re.compile(r"^9:\d\d$"))
    handle(voting, "/stop")
    for page in (phone.page, board):
        expect(page.locator("#timer")).to_be_hidden()


def ends_in(page: Page, seconds: float) -> None:
    """Let the timer of a page end so soon, as a push would."""
    page.evaluate(
        """async (seconds) => {
          const { serverTime } = await import(
            new URL("clock.js", document.querySelector("script[type=module]").src));
          const timer = document.getElementById("timer");
          timer.hidden = false;
          timer.dataset.ends = String(Math.round(serverTime() + seconds * 1000));
          document.dispatchEvent(new CustomEvent("patched", { detail: { added: [], removed: [] } }));
        }""",
        seconds,
    )


@pytest.mark.parametrize(
    ("seconds", "sentence"),
    [(301, "5 minutes left."), (61, "1 minute left."), (21, "20 seconds left.")],
)
def test_the_phone_says_how_much_is_left_where_it_matters(
    people: People, voting: Facilitator, seconds: int, sentence: str
) -> None:
    phone = people.phone(voting)
    phone.is_live()
    ends_in(phone.page, seconds)
    was_told(phone.page, sentence)
    expect(phone.said).to_have_class(re.compile(r"\bvh\b"))


def test_in_between_the_phone_is_silent(people: People, voting: Facilitator) -> None:
    phone = people.phone(voting)
    phone.is_live()
    for seconds in (290, 40, 15):
        ends_in(phone.page, seconds)
        next_second(phone.page)
        next_second(phone.page)
    # A timer that somebody cuts short does not say a mark that it jumped over.
    ends_in(phone.page, 305)
    next_second(phone.page)
    ends_in(phone.page, 290)
    next_second(phone.page)
    assert phone.page.evaluate("globalThis.diary['#said']") == []


def test_at_zero_time_is_up_and_nothing_moves(people: People, voting: Facilitator) -> None:
    page = people.somebody_known(voting.phone(), reduced_motion="reduce")
    page.goto(f"/w/{voting.code}")
    is_live(page)
    ends_in(page, 1)
    expect(clock(page)).to_have_text("Time's up")
    # Zero is said to who runs the workshop.
    assert page.evaluate("globalThis.diary['#said']") == []
    assert page.evaluate("document.getAnimations().length") == 0
    expect(page.locator("#stage")).to_have_attribute("data-phase", "vote")


def test_a_vote_closes_by_itself_and_the_facilitator_reopens_it(
    people: People, voting: Facilitator, server: Server
) -> None:
    phone = people.phone(voting)
    phone.is_live()
    phone.adds(1)
    phone.has_saved(1)
    handle(voting, "/at-zero", at_zero="close")
    handle(voting, minutes="1")
    expect(phone.page.locator("#timer")).to_contain_text("Voting closes 2 seconds after zero.")
    runs_out(server, voting)
    expect(phone.alarm).to_have_text("Voting has closed")
    console = people.somebody_known(voting, viewport=LAPTOP)
    console.goto(f"/w/{voting.code}/console")
    console.get_by_role("button", name="Open voting again").click()
    expect(phone.card(1)).to_be_visible()
    phone.shows_dots({1: 1})


def runs_out(server: Server, facilitator: Facilitator) -> None:
    """Let the minute be over at once: nobody waits for it in a test."""
    with closing(sqlite3.connect(server.folder / "eightdots.sqlite")) as database, database:
        set_back = "UPDATE exercise SET timer_ends = timer_ends - 60000 WHERE workshop_id = "
        database.execute(f"{set_back} (SELECT id FROM workshop WHERE code = ?)", (facilitator.code,))


def test_without_javascript_the_page_says_about_how_much_is_left(people: People, voting: Facilitator) -> None:
    handle(voting, minutes="5")
    page = people.somebody_known(voting.phone(), java_script_enabled=False)
    page.goto(f"/w/{voting.code}")
    expect(page.locator("#timer")).to_contain_text("About 5 minutes left when this page was loaded.")


def test_the_console_starts_prolongs_and_stops_it(people: People, voting: Facilitator, board: Page) -> None:
    console = people.somebody_known(voting, viewport=LAPTOP)
    console.goto(f"/w/{voting.code}/console")
    is_live(console)
    console.get_by_role("button", name="5 minutes").click()
    expect(clock(console)).to_have_text(re.compile(r"^4:5\d$"))
    assert apart(console, board) < AT_ONCE
    console.get_by_role("button", name="+1 minute").click()
    expect(clock(console)).to_have_text(re.compile(r"^5:5\d$"))
    expect(clock(board)).to_have_text(re.compile(r"^5:5\d$"))
    console.get_by_role("button", name="Pause").click()
    expect(clock(board)).to_have_text(re.compile(r"^5:\d\d, paused$"))
    console.get_by_role("button", name="Undo").click()
    expect(clock(board)).to_have_text(re.compile(r"^5:\d\d$"))
    console.get_by_role("button", name="Stop").click()
    expect(board.locator("#timer")).to_be_hidden()
    # What somebody types is theirs, whatever is pushed meanwhile.
    console.get_by_label("Minutes").fill("42")
    handle(voting, "/at-zero", at_zero="close")
    expect(console.get_by_role("button", name="Only say so at zero")).to_be_visible()
    expect(console.get_by_label("Minutes")).to_have_value("42")
    console.get_by_role("button", name="Start the timer").click()
    expect(clock(board)).to_have_text(re.compile(r"^4[12]:\d\d$"))
