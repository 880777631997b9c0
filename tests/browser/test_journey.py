"""The LocalGovCamp exercise from the QR code to the CSV: eight phones, a console and a board, each its own browser."""

from __future__ import annotations

import csv
import json
import random
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Download, Locator, Page, expect

from tests.browser import localgovcamp
from tests.browser.people import LAPTOP, People, Phone, everybody, is_live, presses, was_told
from tests.browser.pictures import read_qr
from tests.server.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(300)]

DOTS_IN_ALL = localgovcamp.PEOPLE * localgovcamp.ALLOWANCE
WITHOUT_JAVASCRIPT = 7
"""Which of the phones, counted from 0."""


@pytest.mark.parametrize("mode", ["eventlet", "threading"])
def test_the_localgovcamp_exercise_from_the_qr_code_to_the_csv(browser: Browser, tmp_path: Path, mode: str) -> None:
    with Server(tmp_path, mode) as server, everybody(browser, server.base) as people:
        journey = Journey(people, server.organiser_path)
        journey.the_organiser_opens_the_workshop()
        journey.the_board_shows_the_lobby()
        journey.eight_phones_join_by_the_qr_code()
        journey.everybody_writes()
        journey.everybody_votes()
        journey.everybody_finishes()
        journey.the_facilitator_closes_and_reveals()
        journey.every_screen_agrees_with_the_recount()
        journey.the_files_agree_with_the_recount()
        assert server.faults() == []


class Row(NamedTuple):
    """A response in a result."""

    rank: str
    number: int
    dots: int


class Journey:
    def __init__(self, people: People, organiser_path: str) -> None:
        self.people = people
        self.organiser_path = organiser_path
        self.console: Page
        self.board: Page
        self.phones: list[Phone] = []
        self.written: dict[int, tuple[str, str]] = {}
        """Side and text of every response, by number."""
        self.recount: Counter[int] = Counter()
        """The dots that we placed, counted here."""

    # Before -----------------------------------------------------------------------------------------------------------

    def the_organiser_opens_the_workshop(self) -> None:
        page = self.console = self.people.somebody(self.organiser_path, viewport=LAPTOP)
        page.get_by_role("link", name="New workshop").click()
        page.get_by_role("link", name="Blank").click()
        page.get_by_role("textbox", name="Title").fill(localgovcamp.TITLE)
        page.get_by_label("One prompt for YES and one for NO").check()
        page.get_by_role("textbox", name="YES prompt").fill(localgovcamp.PROMPTS["yes"])
        page.get_by_role("textbox", name="NO prompt").fill(localgovcamp.PROMPTS["no"])
        expect(page.get_by_label("Dots each")).to_have_value(str(localgovcamp.ALLOWANCE))
        page.get_by_role("button", name="Open the workshop").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(localgovcamp.TITLE)
        expect(page.locator("[aria-current=step]")).to_have_text("Draft")
        is_live(page)

    def the_board_shows_the_lobby(self) -> None:
        link = self.console.get_by_role("link", name="/b/")
        self.board = self.people.somebody(link.text_content() or "", viewport=LAPTOP)
        expect(self.board).to_have_title(f"Join – {localgovcamp.TITLE} – Eight Dots")
        expect(self.board.get_by_role("heading", level=1)).to_have_text(localgovcamp.TITLE)
        is_live(self.board)

    def eight_phones_join_by_the_qr_code(self) -> None:
        address = read_qr(self.board)
        code = address.rpartition("/")[2]
        assert address == f"{self.people.base}/j/{code}"
        expect(self.board.locator(".lobby .code")).to_have_text(re.sub("..", r"\g<0> ", code).strip())
        for here in range(1, localgovcamp.PEOPLE + 1):
            page = self.people.somebody(address, java_script_enabled=here - 1 != WITHOUT_JAVASCRIPT)
            page.get_by_role("button", name="Join").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("You're in")
            self.phones.append(Phone(page, code))
            expect(self._foot).to_have_text(re.compile(rf"\b{here} (person is|people are) here"))
        for phone in self._scripted:
            phone.is_live()

    # Responses --------------------------------------------------------------------------------------------------------

    def everybody_writes(self) -> None:
        self._presses("Open responses")
        expect(self.board.locator(".prompt")).to_have_text(list(localgovcamp.PROMPTS.values()))
        self._look_for_changes()
        for phone in self.phones:
            expect(phone.page.get_by_role("heading", level=1)).to_have_text("Respond")
        for place, (side, text) in enumerate(localgovcamp.RESPONSES):
            self._writes(self.phones[place % localgovcamp.PEOPLE], side, text)
        self._edits(self.phones[0], 1)
        self._edits(self.phones[WITHOUT_JAVASCRIPT], 8)
        self._removes_and_writes_again(self.phones[2], 3)
        self._everybody_reads_everything()

    def _writes(self, phone: Phone, side: str, text: str) -> None:
        phone.writes(text, side)
        expect(phone.said).to_have_text("Added. You can edit or remove it until voting starts.")
        self.written[max(self.written, default=0) + 1] = (side, text)
        self._board_shows_what_was_written()

    def _edits(self, phone: Phone, number: int) -> None:
        """First to something else and then back, for the published wording is meant to stand there in the end."""
        side, text = self.written[number]
        for wording in (f"{text}, and what else?", text):
            phone.card(number).get_by_role("link", name="Edit").click()
            expect(phone.page.get_by_role("heading", level=1)).to_have_text(f"Edit your response R{number}")
            phone.page.get_by_label("Your response", exact=True).fill(wording)
            phone.page.get_by_role("button", name="Save").click()
            expect(phone.card(number).locator(".text")).to_have_text(wording)
            self.written[number] = (side, wording)
            self._board_shows_what_was_written()

    def _removes_and_writes_again(self, phone: Phone, number: int) -> None:
        phone.card(number).get_by_role("button", name="Remove").click()
        expect(phone.card(number)).to_have_count(0)
        response = self.written.pop(number)
        self._board_shows_what_was_written()
        self.written[len(localgovcamp.RESPONSES)] = self.written.get(len(localgovcamp.RESPONSES), response)
        self._writes(phone, *response)

    def _everybody_reads_everything(self) -> None:
        self._look_for_changes()
        for phone in self._scripted:
            new = phone.page.locator("[data-show-new]")
            # All have come, shown or held back, so nothing comes after the press.
            expect(phone.page.locator("[data-items] > .card")).to_have_count(len(self.written))
            # Whoever edited something has a new page and sees them all.
            if phone not in (self.phones[0], self.phones[2]):
                expect(new).to_have_text(re.compile(r"^\d+ new responses – show$"))
            if new.is_visible():
                new.click()
        for phone in self.phones:
            for side in localgovcamp.PROMPTS:
                shown = phone.page.locator(f"[data-items={side}] > .card:visible .text")
                texts = [text for each, text in self.written.values() if each == side]
                assert sorted(shown.all_text_contents()) == sorted(texts)

    def _board_shows_what_was_written(self) -> None:
        for side in localgovcamp.PROMPTS:
            texts = [text for _, (each, text) in sorted(self.written.items()) if each == side]
            expect(self.board.locator(f"[data-items={side}] .text")).to_have_text(texts)
        expect(self._foot).to_have_text(re.compile(rf"\b{len(self.written)} responses? · 8 people are here"))

    # Dots -------------------------------------------------------------------------------------------------------------

    def everybody_votes(self) -> None:
        self._presses(f"Start voting ({len(self.written)} responses, {localgovcamp.ALLOWANCE} dots each)")
        self._foot_shows(placed=0, finished=0)
        self._look_for_changes()
        chance = random.Random(8)
        for phone in self.phones:
            phone.shows_left(localgovcamp.ALLOWANCE)
            self._spends_all(phone, chance)
            self._asks_for_a_ninth(phone)
            self._moves_one(phone)
            self._foot_shows(placed=self.recount.total(), finished=0)
            self._nothing_of_the_totals_is_seen()
        assert self.recount.total() == DOTS_IN_ALL

    def _spends_all(self, phone: Phone, chance: random.Random) -> None:
        """Three on one YES, two on one NO, and one each on three more."""
        yes, no = ([n for n, (each, _) in self.written.items() if each == side] for side in ("yes", "no"))
        favourite, dreaded = chance.choice(yes), chance.choice(no)
        others = chance.sample([n for n in self.written if n not in (favourite, dreaded)], 3)
        for spent, number in enumerate([favourite] * 3 + [dreaded] * 2 + others, start=1):
            phone.adds(number)
            phone.shows_left(localgovcamp.ALLOWANCE - spent)
            self.recount[number] += 1
        phone.shows_dots({favourite: 3, dreaded: 2, **dict.fromkeys(others, 1)})

    def _asks_for_a_ninth(self, phone: Phone) -> None:
        phone.asks_for_one_too_many(min(self.written))
        refusal = "You've used all 8 dots. Remove one to move it."
        expect(phone.page.get_by_text(refusal).first).to_be_visible()
        phone.shows_left(0)

    def _moves_one(self, phone: Phone) -> None:
        there = next(iter(phone.placed()))
        here = next(number for number in self.written if number not in phone.placed())
        phone.takes(there)
        phone.shows_left(1)
        phone.adds(here)
        phone.shows_left(0)
        self.recount[there] -= 1
        self.recount[here] += 1

    def _nothing_of_the_totals_is_seen(self) -> None:
        for page in (self.board, *(phone.page for phone in self.phones)):
            expect(page.locator("#stage .total, #stage .plot, #stage .standings, #stage .count")).to_have_count(0)
        cards = [f"R{number} {text}" for number, (_, text) in sorted(self.written.items())]
        shown = [" ".join(each.split()) for each in self.board.locator("#stage .card").all_text_contents()]
        assert sorted(shown) == sorted(cards)

    def everybody_finishes(self) -> None:
        for finished, phone in enumerate(self.phones, start=1):
            phone.finishes()
            expect(phone.page.get_by_role("button", name="Change my dots")).to_be_visible()
            self._foot_shows(placed=DOTS_IN_ALL, finished=finished)

    def _foot_shows(self, placed: int, finished: int) -> None:
        expect(self._foot).to_have_text(
            re.compile(rf"{placed} of {DOTS_IN_ALL} dots placed\s+{finished} of 8 people have finished")
        )
        expect(self._foot.locator(".dot")).to_have_count(DOTS_IN_ALL)
        expect(self._foot.locator(".dot:not(.spent)")).to_have_count(placed)

    # Results ----------------------------------------------------------------------------------------------------------

    def the_facilitator_closes_and_reveals(self) -> None:
        self._presses("Close voting")
        expect(self._foot).to_have_text(re.compile("Voting has closed"))
        self._look_for_changes()
        for phone in self.phones:
            expect(phone.page.get_by_role("heading", level=1)).to_have_text("Voting has closed")
            expect(phone.page.locator(".counted")).to_have_text("8 of your dots were counted.")
        self._nothing_of_the_totals_is_seen()
        self._presses("Reveal results")
        for number in ("3", "2", "1"):
            was_told(self.board, number, "#countdown")
        expect(self.board).to_have_title(f"Results – {localgovcamp.TITLE} – Eight Dots")
        self._look_for_changes()

    def every_screen_agrees_with_the_recount(self) -> None:
        for page in (self.board, *(phone.page for phone in self.phones)):
            expect(page.locator(".standings > li")).to_have_count(len(self.written))
            assert [_standing(row) for row in page.locator(".standings > li").all()] == self._ranked
            expect(page.get_by_text("8 people used 64 of 64 dots.")).to_be_visible()

    def the_files_agree_with_the_recount(self) -> None:
        page = self.console
        page.get_by_role("link", name="Results and downloads").click()
        rows = page.get_by_role("table", name="YES and NO together").locator("tbody tr")
        assert [_row(row) for row in rows.all()] == self._ranked

        lines = list(csv.DictReader(self._downloads("CSV").read_text("utf-8-sig").splitlines()))
        total = lines.pop()
        assert [Row(each["rank"], int(each["number"][1:]), int(each["dots"])) for each in lines] == self._ranked
        assert total["dots"] == "64"
        assert total["note"] == "Checked: 8 ballots hold 64 dots, and the tally holds the same 64."

        told = json.loads(self._downloads("JSON").read_text())
        assert told["check"]["sum_of_ballots"] == told["check"]["sum_of_tally"] == DOTS_IN_ALL
        assert told["check"]["sentence"] == total["note"]
        ranked = [Row(f"{e['rank']}{'=' * e['shared']}", e["number"], e["dots"]) for e in told["results"]]
        assert ranked == self._ranked

    def _downloads(self, form: str) -> Path:
        with self.console.expect_download() as waiting:
            self.console.get_by_role("link", name=re.compile(f"^{form} ?:")).click()
        download: Download = waiting.value
        assert re.fullmatch(rf"\d{{4}}-\d\d-\d\d_digital-peer-challenge_ex1-results\.{form.lower()}",
                            download.suggested_filename)  # fmt: skip
        return download.path()

    @property
    def _ranked(self) -> list[Row]:
        """Our own count: a response's rank is one more than how many have more dots, and equal dots share it."""
        dots = {number: self.recount[number] for number in sorted(self.written)}
        held = list(dots.values())
        rows = [
            Row(f"{1 + sum(each > count for each in held)}{'=' * (held.count(count) > 1)}", number, count)
            for number, count in dots.items()
        ]
        assert any(row.rank.endswith("=") for row in rows)
        return sorted(rows, key=lambda row: -row.dots)

    # Everywhere -------------------------------------------------------------------------------------------------------

    @property
    def _foot(self) -> Locator:
        return self.board.locator("#progress")

    @property
    def _scripted(self) -> list[Phone]:
        return [phone for place, phone in enumerate(self.phones) if place != WITHOUT_JAVASCRIPT]

    def _presses(self, button: str) -> None:
        presses(self.console, button)

    def _look_for_changes(self) -> None:
        """What the others see by themselves."""
        self.phones[WITHOUT_JAVASCRIPT].page.get_by_role("link", name="Look for changes").click()


def _standing(row: Locator) -> Row:
    rank = (row.locator(".rank").text_content() or "").removeprefix("Rank ").strip()
    dots = re.search(r"\d+", row.locator(".count").text_content() or "")
    assert dots
    return Row(rank, int(row.get_attribute("data-standing") or 0), int(dots.group()))


def _row(row: Locator) -> Row:
    number = (row.locator(".number").text_content() or "").removeprefix("R")
    dots = row.locator(".figure b").text_content() or ""
    return Row((row.locator(".rank").text_content() or "").strip(), int(number), int(dots))
