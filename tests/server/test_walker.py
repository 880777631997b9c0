"""The walker finds what is planted, so that its finding nothing means something."""

from __future__ import annotations

import json

import pytest

from tests.server.walker import Walker, asks

CODE = "K743MP"
WALKER = Walker([61, 43, 24], CODE)
CARD = '<li id="r2" class="card" data-number="2" data-list="yes"><p class="text">Free park and ride</p>{}</li>'


@pytest.mark.parametrize(
    "planted",
    [
        CARD.format("61"),
        CARD.format("<b>43 dots</b>"),
        CARD.format('<i style="width:61%"></i>'),
        CARD.format('<meter value="24">'),
        CARD.format("× 61"),
        CARD.format("47.7 %"),
        CARD.format('<i class="dot"></i>' * 24),
        CARD.format("<circle/>" * 43),
        CARD.format("●" * 61),
        CARD.format("● " * 24),
        CARD.format('<span class="total"></span>'),
        CARD.format('<span data-total="many"></span>'),
        CARD.format('<ol class="standings">'),
        CARD.format('<svg class="plot" data-side="yes">'),
        '<ol id="ranking">',
    ],
)
def test_it_finds_a_total_in_a_page_a_fragment_and_a_message(planted: str) -> None:
    page = f'<!doctype html><meta name="csrf-token" content="a"><main>{planted}</main>'
    assert WALKER.in_text(page)
    message = {"version": 9, "fragments": {"r2": planted}}
    assert WALKER.in_data(message)
    assert WALKER.in_packets(["42" + json.dumps(["patch", message])])


@pytest.mark.parametrize(
    "planted",
    [{"r2": 43}, {"totals": {}}, {"dots": [1] * 61}, {"result": {"share": 0.4766}}, [[2, 24]], {"r2": 0.1875}],
)
def test_it_finds_a_total_in_data(planted: object) -> None:
    assert WALKER.in_data({"version": 9, "ballot": planted})
    assert WALKER.in_packets(['431[{"ok":true,"ballot":' + json.dumps(planted) + "}]"])


def test_it_finds_nothing_where_nothing_is() -> None:
    page = (
        '<meta name="csrf-token" content="IjYx.43.24"><meta name="viewport" content="width=device-width">'
        '<input type="hidden" name="op" value="-43-"><link href="/static/61a43b24/css/eightdots.css">'
        f'<body data-code="{CODE}" data-version="61"><p class="code">K7 43 MP</p>' + CARD.format("")
    )
    assert WALKER.in_text(page) == []
    assert WALKER.in_data({"version": 61, "fragments": {"r1": CARD.format("")}, "mine": [1, 2]}) == []
    assert WALKER.in_packets(['0{"sid":"43"}', "40", '42["patch",{"version":61,"fragments":{"r1":null}}]']) == []


def test_it_knows_where_to_go() -> None:
    everywhere = set(asks())
    assert {("GET", "/w/CODE"), ("GET", "/w/CODE/state"), ("GET", "/w/CODE/N/results.csv")} <= everywhere
    assert {("POST", "/w/CODE/N/dots"), ("POST", "/w/CODE/N/dots/back"), ("GET", "/w/CODE/join.svg")} <= everywhere
