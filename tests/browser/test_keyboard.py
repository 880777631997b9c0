"""From joining to finishing with a keyboard alone: focus is always somewhere, and always to be seen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.people import People, Phone
from tests.server.phones import Facilitator

pytestmark = pytest.mark.browser

# What is wrong with focus, or nothing. Where a field lies in its label, the label may show it.
FAULTS = """() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return "Focus is nowhere.";
  const shown = focused.closest("label") ?? focused;
  const hasRing = [focused, shown].some((each) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  });
  if (!hasRing) return `No ring around ${focused.outerHTML}`;
  const { left, right, top, bottom } = shown.getBoundingClientRect();
  const corners = [[left + 3, top + 3], [right - 3, top + 3], [left + 3, bottom - 3], [right - 3, bottom - 3]];
  const isFree = ([x, y]) => {
    const there = document.elementFromPoint(x, y);
    return there && (shown.contains(there) || there.contains(shown));
  };
  return corners.every(isFree) ? "" : `Something covers ${focused.outerHTML}`;
}"""
COMES_BEFORE = """(target) =>
  Boolean(document.activeElement.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_PRECEDING)
  && document.activeElement !== document.body"""


class Hands:
    """Somebody who has no mouse and touches nothing."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            assert self.page.evaluate(FAULTS) == "", key

    def go_to(self, target: Locator) -> None:
        """Tab after tab, in whichever direction it lies."""
        key = "Shift+Tab" if target.evaluate(COMES_BEFORE) else "Tab"
        for _ in range(100):
            if target.evaluate("(target) => target === document.activeElement"):
                return
            self.press(key)
        raise AssertionError(f"Tab does not lead to {target}")

    def leave_with(self, key: str) -> None:
        """A key that leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)


def test_from_joining_to_finishing(people: People, facilitator: Facilitator) -> None:
    page = people.somebody("/")
    hands, ada = Hands(page), Phone(page, facilitator.code)
    hands.press("Tab")
    expect(page.get_by_role("link", name="Skip to the main content")).to_be_focused()
    hands.go_to(page.get_by_label("Code"))
    page.keyboard.type(facilitator.code.lower())
    hands.leave_with("Enter")
    hands.go_to(page.get_by_role("button", name="Join"))
    hands.leave_with("Enter")
    ada.is_live()

    facilitator.goes_to("gather")
    expect(page.locator("#add")).to_be_visible()
    hands.go_to(page.locator("[name=side][value=yes]"))
    hands.press("ArrowRight", "Space")
    expect(page.locator("[name=side][value=no]")).to_be_checked()
    field = page.get_by_label("Your response", exact=True)
    hands.go_to(field)
    for text in ("One", "Two", "Three"):
        page.keyboard.type(text)
        hands.go_to(page.get_by_role("button", name="Add response"))
        hands.press("Enter")
        expect(page.locator("#stage .card .text").last).to_have_text(text)
        expect(field).to_be_focused()

    facilitator.goes_to("vote")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    hands.go_to(add(ada, 1))
    hands.press("Enter", "Space", "Enter")
    hands.go_to(add(ada, 2))
    hands.press("Enter", "Space", "Enter", "Space")
    hands.go_to(add(ada, 3))
    # The last of eight and one too many: the button does nothing any more, and keeps its focus.
    hands.press("Enter", "Enter")
    expect(ada.said).to_have_text("You've used all 8 dots. Remove one to move it.")
    expect(add(ada, 3)).to_be_focused()
    ada.shows_dots({1: 3, 2: 4, 3: 1})

    # With the only dot on a card its button goes, and focus stays on the card.
    hands.go_to(ada.card(3).get_by_role("button", name="Remove"))
    hands.press("Enter")
    expect(add(ada, 3)).to_be_focused()
    hands.go_to(add(ada, 1))
    hands.press("Space")
    ada.shows_dots({1: 4, 2: 4})
    ada.has_saved(8)
    hands.go_to(page.get_by_role("button", name="Finished"))
    hands.press("Enter")
    expect(page.get_by_role("button", name="Change my dots")).to_be_focused()
    expect(ada.said).to_have_text("You have finished. You can still change your dots.")

    facilitator.goes_to("discuss")
    expect(page.get_by_role("heading", level=1)).to_have_text("Results")
    assert page.evaluate(FAULTS) == ""
    assert ada.placed() == {1: 4, 2: 4}


@pytest.mark.parametrize("phase", ["gather", "vote"])
def test_focus_stays_near_when_what_had_it_is_withdrawn(people: People, facilitator: Facilitator, phase: str) -> None:
    facilitator.goes_to("gather")
    ada = people.phone(facilitator)
    ada.is_live()
    for text in ("One", "Two", "Three"):
        ada.writes(text)
        expect(ada.page.locator("#stage .card .text").last).to_have_text(text)
    facilitator.goes_to(phase)
    expect(ada.page.locator("#stage")).to_have_attribute("data-phase", phase)
    card = ada.page.locator("#stage .card").nth(1)
    neighbour = ada.page.locator("#stage .card").nth(2).get_attribute("id")
    card.get_by_role("button").last.focus()
    facilitator.withdraws(int((card.get_attribute("id") or "r0")[1:]))
    expect(ada.page.locator(f"#{neighbour}")).to_be_focused()


def test_the_dialog_keeps_focus_and_gives_it_back(people: People, facilitator: Facilitator) -> None:
    facilitator.opens_voting(3)
    ada = people.phone(facilitator)
    ada.is_live()
    ada.adds(1, 2)
    hands = Hands(ada.page)
    back = ada.page.get_by_role("button", name="Take all my dots back")
    hands.go_to(back)
    hands.press("Enter")
    expect(ada.page.get_by_role("button", name="Leave them")).to_be_focused()
    hands.press("Escape")
    expect(back).to_be_focused()
    ada.shows_dots({1: 2})


def add(phone: Phone, number: int) -> Locator:
    return phone.card(number).get_by_role("button", name="Add dot")
