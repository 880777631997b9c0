"""A whole workshop in browsers: two facilitators, a board, a phone with scripts, one without, and a sheet of paper."""

from __future__ import annotations

import csv
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.people import LAPTOP, People, Phone, is_live, presses, was_told
from tests.server.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

MOVED_ON = "This exercise has already moved on. Here is how it stands now."
READS = (
    "() => document.querySelector('#timer .clock').textContent.split(':').reduce((sum, part) => sum * 60 + +part, 0)"
)
DIARY_OF = "(place) => globalThis.diary[place]"

ON_PAPER = {1: 2, 3: 3, 4: 3}
"""Dots by response. With the phones', R1 gets 8 and R3 and R4 5 each: of the two that go forward, one is tied."""


def test_a_workshop_of_several_exercises(people: People, server: Server) -> None:
    day = Day(people, server.organiser_path)
    day.the_agenda_is_made_ready()
    day.everybody_comes()
    day.responses_are_checked_before_they_are_shown()
    day.two_that_say_the_same_are_merged()
    day.every_screen_shows_the_same_timer()
    day.both_facilitators_start_the_vote_at_once()
    day.everybody_votes_one_of_them_on_paper()
    day.the_people_in_the_room_are_counted()
    day.the_reveal_shows_a_tie_across_the_line()
    day.a_run_off_settles_it()
    day.the_result_is_taken_away()
    day.the_open_exercise_begins()
    day.one_response_is_talked_about()
    day.what_was_done_is_undone()
    day.another_laptop_takes_over()


class Day:
    """Ana runs the workshop with Sam's help. Ada has a phone, Ben one whose browser gets no scripts."""

    def __init__(self, people: People, organiser_path: str) -> None:
        self.people = people
        self.ana = people.somebody(organiser_path, viewport=LAPTOP)
        self.sam: Page
        self.board: Page
        self.ada: Phone
        self.ben: Phone

    # Before -----------------------------------------------------------------------------------------------------------

    def the_agenda_is_made_ready(self) -> None:
        """From the template of LocalGovCamp, with both of its exercises."""
        page = self.ana
        page.get_by_role("link", name="New workshop").click()
        page.get_by_role("link", name="Digital peer challenge").click()
        page.get_by_role("button", name="Open the workshop").click()
        self._goes("Agenda")
        expect(page.locator(".exercise")).to_have_count(2)
        page.get_by_role("link", name="Edit exercise 1").click()
        page.get_by_label("shown when you have checked it").check()
        page.get_by_label("How many priorities go forward").fill("2")
        page.get_by_role("button", name="Save").click()
        expect(page.locator("#said")).to_have_text("Exercise 1 is saved.")
        expect(page.locator("#exercise-1")).to_contain_text("On now")

    def everybody_comes(self) -> None:
        page = self.ana
        self._goes("Links")
        page.get_by_label("Name (optional)").fill("Sam")
        page.get_by_role("button", name="Make the link").click()
        page.locator("summary", has_text="Show Sam").click()
        path = urlsplit(page.locator("li", has_text="Sam").locator(".address").inner_text()).path
        assert path.startswith("/c/")
        self.sam = self.people.somebody(path, viewport=LAPTOP)
        self._goes("Run")
        self.board = self.people.somebody(page.get_by_role("link", name="/b/").text_content() or "", viewport=LAPTOP)
        code = page.url.split("/")[-2]
        self.ada = self._joins(code)
        self.ben = self._joins(code, scripts=False)
        for each in (self.ana, self.sam, self.board, self.ada.page):
            is_live(each)
        expect(self.board.locator("#progress")).to_contain_text("2 people are here")

    def _joins(self, code: str, *, scripts: bool = True) -> Phone:
        page = self.people.somebody(f"/j/{code}", scripts=scripts)
        page.get_by_role("button", name="Join").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("You're in")
        return Phone(page, code)

    # The first exercise -----------------------------------------------------------------------------------------------

    def responses_are_checked_before_they_are_shown(self) -> None:
        self._presses(self.ana, "Open responses")
        self._looks(self.ben)
        self.ada.writes("What users need")
        expect(self.ada.page.locator("#unchecked .text")).to_have_text("What users need")
        self.ben.writes("What the users need")
        expect(self.ben.page.locator("#unchecked .text")).to_have_text("What the users need")
        self.ada.writes("League tables", "no")
        self.ben.writes("Publish the recommendations")
        expect(self.ana.locator("#pending-list .card")).to_have_count(4)
        expect(self.board.locator("#stage .card")).to_have_count(0)

        self._presses(self.ana, "Show R1")
        expect(self.board.locator("#stage .card .text")).to_have_text(["What users need"])
        expect(self.ada.card(1)).to_be_attached()
        self._looks(self.ben)
        expect(self.ben.page.locator("[data-items=yes] .card .text")).to_have_text(["What users need"])
        self._presses(self.sam, "Show all 3")
        expect(self.board.locator("#stage .card")).to_have_count(4)
        expect(self.ana.locator(".pending")).to_be_hidden()

    def two_that_say_the_same_are_merged(self) -> None:
        self._presses(self.ana, "Close responses and group them")
        expect(self.sam.locator("#pair-1-2")).to_contain_text("What the users need")
        self._presses(self.sam.locator("#pair-1-2"), "Keep R1's wording")
        expect(self.board.locator("#stage .card")).to_have_count(3)
        expect(self.board.locator("#r1")).to_contain_text("merged from 2")
        self._looks(self.ben)
        for phone in (self.ada, self.ben):
            phone.card(1).get_by_text("merged with 1 other").click()
            expect(phone.card(1).locator(".originals li")).to_have_text("R2 What the users need")
        expect(self.ana.locator("#r1 .originals")).to_contain_text("merged with 1 other")

    def every_screen_shows_the_same_timer(self) -> None:
        self._presses(self.ana, "5 minutes")
        screens = (self.ana, self.sam, self.board, self.ada.page)
        for page in screens:
            expect(page.locator("#timer .clock")).to_have_text(re.compile(r"^[45]:\d\d$"))
        assert len({page.locator("#timer").get_attribute("data-ends") for page in screens}) == 1
        readings = [page.evaluate(READS) for page in screens]
        # They were read one after the other.
        assert 290 <= min(readings) <= max(readings) <= 300
        assert max(readings) - min(readings) <= 2
        self._looks(self.ben)
        expect(self.ben.page.locator("#timer")).to_contain_text("About 5 minutes left when this page was loaded.")
        self._presses(self.sam.locator("#timer"), "Stop")
        for page in (self.board, self.ada.page):
            expect(page.locator("#timer")).to_be_hidden()

    def both_facilitators_start_the_vote_at_once(self) -> None:
        """Both presses are under way before either arrives."""
        held: list[Route] = []
        for page in (self.ana, self.sam):
            page.route("**/phase", lambda route: held.append(route))
            page.get_by_role("button", name="Start voting (3 responses, 8 dots each)").click()
        while len(held) < 2:
            self.ana.wait_for_timeout(20)
        for route in held:
            route.continue_()
        for page in (self.ana, self.sam):
            expect(page.locator("#stage")).to_have_attribute("data-phase", "vote")
            page.wait_for_function("() => diary['#said'].includes('Voting is open.') || diary['#alarm'].length > 0")
            page.unroute("**/phase")
        told = [page.evaluate(DIARY_OF, "#alarm") for page in (self.ana, self.sam)]
        assert sorted(told) == [[], [MOVED_ON]]
        history = self.people.somebody_on(self.ana, f"/w/{self.ada.code}/history")
        expect(history.locator(".history li", has_text="started voting")).to_have_count(1)
        history.close()

    def everybody_votes_one_of_them_on_paper(self) -> None:
        self._looks(self.ben)
        for number in (1, 1, 1, 1, 1, 1, 3, 4):
            self.ada.adds(number)
        self.ada.has_saved(8)
        self.ada.finishes()
        for number in (3, 4):
            self.ben.adds(number)
        self.ben.shows_left(6)

        page = self.ana
        page.get_by_role("link", name="Paper ballots").click()
        for number, dots in ON_PAPER.items():
            page.locator(f"#r{number}").fill(str(dots))
        expect(page.locator(".used output")).to_have_text("8 of 8 dots")
        page.get_by_role("button", name="Enter this ballot").click()
        expect(page.locator("#said")).to_have_text("Ballot 3 is entered. Write this number on the sheet.")
        expect(self.board.locator("#progress")).to_contain_text("18 of 24 dots placed")
        expect(self.board.locator("#progress")).to_contain_text("2 of 3 people have finished")
        self._goes("Run")
        is_live(page)

    def the_people_in_the_room_are_counted(self) -> None:
        self._presses(self.sam, "Close voting")
        room = self.ana.locator(".room")
        expect(room).to_contain_text("3 ballots were cast.")
        self._notes_people("2")
        expect(room).to_contain_text("More ballots than people.")
        expect(self.sam.locator(".room")).to_contain_text("More ballots than people.")
        self._notes_people("3")
        expect(room).to_contain_text("3 people are in the room.")
        expect(room.locator(".warning")).to_have_count(0)

    def _notes_people(self, count: str) -> None:
        self.ana.get_by_label("People in the room").fill(count)
        self._presses(self.ana, "Note it")

    def the_reveal_shows_a_tie_across_the_line(self) -> None:
        for page in (self.board, self.ada.page):
            expect(page.locator("#stage .count")).to_have_count(0)
        self._presses(self.ana, "Reveal results")
        self._looks(self.ben)
        for page in (self.board, self.ada.page, self.ben.page):
            expect(page.locator(".standings > li .rank")).to_have_text([re.compile("1$"), *[re.compile("2=$")] * 2])
            expect(page.locator(".standings .cut")).to_have_text(
                ["This one goes forward.", "R3 and R4 tie across the line."]
            )
        expect(self.board.locator(".standings .count")).to_have_text([re.compile(f"{dots}$") for dots in (8, 5, 5)])

    def a_run_off_settles_it(self) -> None:
        self._presses(self.ana, "Start a run-off")
        expect(self.board.locator("#stage .card")).to_have_count(2)
        self._looks(self.ben)
        for phone in (self.ada, self.ben):
            phone.shows_left(1, allowance=1)
            phone.adds(3)
            phone.shows_left(0, allowance=1)
        self.ada.has_saved(1)
        self._presses(self.sam, "Close voting")
        self._presses(self.sam, "Reveal results")
        expect(self.ana.locator(".cutting")).to_contain_text("This run-off is for 1 place, tied in exercise 1.")
        self._presses(self.ana, "Back to exercise 1")
        settled = "Settled by a run-off in exercise 3: R3 goes forward."
        self._looks(self.ben)
        for page in (self.board, self.ada.page, self.ben.page):
            expect(page.locator(".standings .cut").last).to_have_text(settled)

    def the_result_is_taken_away(self) -> None:
        page = self.ana
        page.get_by_role("link", name="Results", exact=True).click()
        expect(page.locator(".headline")).to_contain_text("1 of 3 ballots was on paper.")
        with page.expect_download() as waiting:
            page.get_by_role("link", name="CSV").click()
        rows = list(csv.DictReader(waiting.value.path().read_text("utf-8-sig").splitlines()))
        dots = {row["number"]: row["dots"] for row in rows if row["number"]}
        assert dots == {"R1": "8", "R3": "5", "R4": "5"}
        notes = " ".join(row["note"] for row in rows)
        for sentence in (
            "1 of 3 ballots was on paper.",
            "3 ballots, 3 in the room.",
            "The tie across the line was settled by a run-off in exercise 3.",
            "Checked: 3 ballots hold 18 dots, and the tally holds the same 18.",
        ):
            assert sentence in notes
        page.go_back()
        is_live(page)

    # The second -------------------------------------------------------------------------------------------------------

    def the_open_exercise_begins(self) -> None:
        self._presses(self.ana, "Close the exercise")
        self._goes("Agenda")
        self._presses(self.ana, "Start exercise 2")
        for page in (self.sam, self.board, self.ada.page):
            expect(page.locator("#stage")).to_have_attribute("data-exercise", "2")
        self._presses(self.sam, "Open responses")
        self._looks(self.ben)
        self._writes_openly(self.ada, "Five people for two days")
        self._writes_openly(self.ben, "A councillor in every team")
        expect(self.board.locator("#stage .card")).to_have_count(2)
        self._presses(self.ana, "Close responses and talk about them")
        expect(self.board).to_have_title(re.compile("^Discuss – "))

    def _writes_openly(self, phone: Phone, text: str) -> None:
        phone.page.get_by_label("Your response", exact=True).fill(text)
        phone.page.get_by_role("button", name="Add response").click()
        expect(phone.page.locator("#stage .card", has_text=text)).to_be_attached()

    def one_response_is_talked_about(self) -> None:
        self._presses(self.ana.locator("#r1"), "Spotlight R1")
        self._looks(self.ben)
        for page in (self.board, self.ada.page, self.ben.page):
            expect(page.locator("#spotlight")).to_contain_text("Five people for two days")
        note = self._note_on_r1(self.ana)
        note.fill("Two councillors, a digital officer, communications and operations.")
        note.blur()
        expect(self._note_on_r1(self.sam)).to_have_value(re.compile("^Two councillors"))

    def _note_on_r1(self, page: Page) -> Locator:
        """Beside what is in the spotlight."""
        return page.locator("#discussion").get_by_label("Note on R1")

    def what_was_done_is_undone(self) -> None:
        """From the sentence that says it was done, and from the history."""
        spotlight = self.board.locator("#spotlight")
        self._presses(self.ana, "Take it off")
        expect(spotlight).to_be_hidden()
        self._presses(self.ana, "Undo")
        expect(spotlight).to_contain_text("Five people for two days")
        self._presses(self.sam, "Withdraw R2")
        expect(self.board.locator("#stage .card")).to_have_count(1)
        self._goes("History")
        newest = self.ana.locator(".history li").first
        expect(newest).to_contain_text(re.compile("Sam.* withdrew R2"))
        newest.get_by_role("button", name="Undo").click()
        expect(self.board.locator("#stage .card")).to_have_count(2)
        expect(self.sam.locator("#r2")).to_have_attribute("data-list", "open")
        self._goes("Run")

    def another_laptop_takes_over(self) -> None:
        """Ana's battery is empty. The link that she kept opens the console elsewhere, as she left it."""
        self.ana.locator(".secret summary").click()
        path = urlsplit(self.ana.get_by_role("link", name="/f/").inner_text()).path
        self.ana.context.set_offline(True)
        other = self.people.somebody(path, viewport=LAPTOP)
        is_live(other)
        expect(self._note_on_r1(other)).to_have_value(re.compile("^Two councillors"))
        self._presses(other, "Close the exercise")
        was_told(other, "The exercise is closed.")
        self._looks(self.ben)
        for page in (self.board, self.ada.page, self.ben.page):
            expect(page.locator("#stage")).to_have_attribute("data-phase", "closed")
        expect(self.ada.page.get_by_text("This exercise has closed. Thank you for taking part.")).to_be_visible()

    # Everywhere -------------------------------------------------------------------------------------------------------

    def _goes(self, place: str) -> None:
        self.ana.get_by_role("navigation").get_by_role("link", name=place, exact=True).click()
        expect(self.ana.get_by_role("link", name=place, exact=True)).to_have_attribute("aria-current", "page")

    def _presses(self, where: Page | Locator, button: str) -> None:
        presses(where, button, exact=True)

    def _looks(self, phone: Phone) -> None:
        phone.page.get_by_role("link", name="Look for changes").click()
