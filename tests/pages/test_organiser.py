"""The organiser's pages: nobody opens a workshop without the link, and a form keeps what was typed."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.pages.people import Browser, Facilitator, Organiser


def test_the_link_leads_to_the_list(organiser: Organiser) -> None:
    browser = Browser(organiser.app)
    browser.get(organiser.link)
    assert (browser.status, browser.path) == (200, "/workshops")


def test_another_link_leads_nowhere(app: Flask) -> None:
    browser = Browser(app)
    for secret in ("x", "é", "\0", "A" * 43, "x" * 5000):
        browser.get(f"/o/{secret}")
        assert (browser.status, "This link is not known" in browser.page.text) == (404, True)
    browser.get("/workshops")
    assert browser.status == 403


def test_without_the_link_nobody_opens_a_workshop(app: Flask, facilitator: Facilitator) -> None:
    for somebody in (Browser(app), facilitator):
        for path in ("/workshops", "/workshops/new"):
            somebody.get(path)
            assert (somebody.status, "This page needs the organiser's link." in somebody.page.text) == (403, True)
        answer = somebody.asks("/workshops", {"title": "Town centre", "prompt": "What matters?"})
        assert (answer.status_code, answer.get_json()["error"]["code"]) == (403, "not_organiser")


def test_a_workshop_is_opened_with_a_form(organiser: Organiser) -> None:
    organiser.presses(
        "Open the workshop",
        title="Old <i>town</i>",
        prompts="two",
        yes_prompt="What should?",
        no_prompt="What not?",
        allowance="5",
        most_per_response="2",
        totals="live",
    )
    assert (organiser.status, organiser.path.endswith("/console")) == (200, True)
    for words in (
        "Old <i>town</i>",
        "What should?",
        "What not?",
        "5 dots each",
        "2 on one response at the most",
        "totals live",
    ):
        assert words in organiser.page.text
    organiser.get("/workshops")
    assert "Old <i>town</i>" in organiser.page.text
    assert "<i>town" not in organiser.page.html


def test_eight_dots_and_hidden_totals_are_what_one_gets_without_choosing(organiser: Organiser) -> None:
    form = organiser.page.form("Open the workshop")
    assert (form.fields["allowance"], form.fields["totals"], form.fields["prompts"]) == ("8", "hidden", "one")
    organiser.presses("Open the workshop", title="Town centre", prompt="What matters?")
    assert "8 dots each" in organiser.page.text
    assert "totals hidden until the reveal" in organiser.page.text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Give the workshop a title."),
        ({"title": "x" * 101}, "That is 101 characters. There is room for 100."),
        ({"prompt": " "}, "Write the prompt"),
        ({"prompts": "two", "yes_prompt": "", "no_prompt": "What not?"}, "Write the YES prompt."),
        ({"prompts": "two", "yes_prompt": "What should?", "no_prompt": ""}, "Write the NO prompt."),
        ({"allowance": "0"}, "Give a whole number from 1 to 20."),
        ({"allowance": "many"}, "Give a whole number from 1 to 20."),
        ({"allowance": "3", "most_per_response": "4"}, "Give a whole number from 1 to 3."),
    ],
)
def test_a_form_that_cannot_be_comes_back_with_everything_that_was_typed(
    organiser: Organiser, wrong: dict[str, str], sentence: str
) -> None:
    typed = {
        "title": "Town centre",
        "prompts": "one",
        "prompt": "What matters?",
        "yes_prompt": "",
        "no_prompt": "",
        "allowance": "8",
        "most_per_response": "",
        "totals": "live",
    } | wrong
    organiser.presses("Open the workshop", **typed)
    assert (organiser.status, sentence in organiser.page.problem) == (422, True)
    fields = organiser.page.form("Open the workshop").fields
    assert {name: fields[name] for name in typed} == typed
    assert organiser.page.html.count('aria-invalid="true"') == 1


def test_what_no_browser_sends_is_answered_with_the_form_as_well(organiser: Organiser) -> None:
    organiser.post("/workshops", {"title": "Town centre", "prompt": "What matters?", "totals": "secret"})
    assert (organiser.status, organiser.page.form("Open the workshop").fields["title"]) == (400, "Town centre")


def test_a_workshop_opened_in_json_is_answered_with_its_links(organiser: Organiser) -> None:
    answer = organiser.asks("/workshops", {"title": "Town centre", "prompt": "What matters?"})
    told = answer.get_json()
    assert (answer.status_code, told["ok"], set(told["links"])) == (
        201,
        True,
        {"facilitator", "board", "results", "join"},
    )
    assert told["links"]["join"] == f"http://localhost/j/{told['code']}"
    answer = organiser.asks("/workshops", {"title": "", "prompt": "What matters?"})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (422, "title")


def test_the_list_has_every_workshop_and_its_links_newest_first(organiser: Organiser) -> None:
    first, second = organiser.opens(title="First of two"), organiser.opens(title="Second of two")
    organiser.get("/workshops")
    assert organiser.page.text.index("Second of two") < organiser.page.text.index("First of two")
    for facilitator in (first, second):
        for role in ("facilitator", "results"):
            assert any(link.endswith(facilitator.links[role]) for link in organiser.page.links)
