"""What is printed: the responses that can hold dots, by number, for whoever runs the workshop."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from tests.pages.people import Browser, Facilitator, Organiser, Phone

SHEETS = ("ballot-paper", "sticker-cards")


@pytest.fixture
def gathered(facilitator: Facilitator, ada: Phone) -> Facilitator:
    """R2 is withdrawn."""
    facilitator.goes_to("gather")
    for text, side in (("Trees", "yes"), ("Ponds", "yes"), ("#panic() Cars", "no")):
        ada.writes(text, side)
    facilitator.withdraws(2)
    return facilitator


def words(facilitator: Facilitator, sheet: str) -> str:
    answer = facilitator.http.get(f"/w/{facilitator.code}/1/{sheet}.pdf", base_url=facilitator.base)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages).split())


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_has_what_can_be_voted_on_in_the_order_of_its_numbers(gathered: Facilitator, sheet: str) -> None:
    printed = words(gathered, sheet)
    assert -1 < printed.index("R1") < printed.index("R3")
    assert "Trees" in printed
    assert "#panic() Cars" in printed
    assert "R2" not in printed


def test_a_ballot_paper_says_how_many_dots_there_are_and_what_is_asked(gathered: Facilitator) -> None:
    printed = words(gathered, "ballot-paper")
    for said in ("Town centre", "What matters?", "You have 8 dots.", "YES", "NO"):
        assert said in printed


def test_a_ballot_paper_asks_in_the_language_of_whoever_prints_it(organiser: Organiser) -> None:
    facilitator = organiser.opens(title_in_cy="Canol y dref", prompt_in_cy="Beth sydd o bwys?")
    facilitator.goes_to("gather")
    facilitator.phone().writes("Trees")
    facilitator.get("/language/cy?to=/")
    printed = words(facilitator, "ballot-paper")
    for said in ("Canol y dref", "Beth sydd o bwys?", "Mae gennych 8 dot.", "IE"):
        assert said in printed


@pytest.mark.parametrize("sheet", SHEETS)
def test_only_whoever_runs_the_workshop_prints(gathered: Facilitator, ada: Phone, sheet: str) -> None:
    for somebody in (ada, Browser(gathered.app)):
        somebody.get(f"/w/{gathered.code}/1/{sheet}.pdf")
        assert somebody.status == 403


def test_where_there_is_nothing_yet_nothing_is_printed(facilitator: Facilitator) -> None:
    facilitator.get(f"/w/{facilitator.code}/1/ballot-paper.pdf")
    assert (facilitator.status, "There is nothing to print yet." in facilitator.page.text) == (409, True)


def test_a_file_is_named_like_all_others(gathered: Facilitator) -> None:
    answer = gathered.http.get(f"/w/{gathered.code}/1/sticker-cards.pdf", base_url=gathered.base)
    assert answer.headers["Content-Disposition"].endswith('_town-centre_ex1-sticker-cards.pdf"')
