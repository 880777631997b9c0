"""What the figures of a ranking mean: one plain sentence for each, the same on the page and in every file."""

from __future__ import annotations

from workshop.errors import N_

# Each with its name in files, and what the page calls it. The last two are there where a line was drawn.
MEANINGS = {
    "rank": (
        N_("Rank"),
        N_("Most dots come first; equal dots share a rank, so after two second places (2=) comes the fourth."),
    ),
    "dots": (N_("Dots"), N_("How many dots lie on the response: more dots mean more priority, not agreement by all.")),
    "people": (N_("People"), N_("How many different people put at least one dot on it.")),
    "share": (N_("Share"), N_("Its part of all the dots that were placed.")),
    "largest": (
        N_("Most from one"),
        N_("The most dots that any one person put on it: half or more means that it rests on one person."),
    ),
    "rank_by_people": (
        N_("Rank by people"),
        N_("Where it would stand if people were counted instead of dots, so that nobody could give one thing more."),
    ),
    "ranks": (
        N_("Ranks"),
        N_("The best and the worst rank that it takes when any one ballot is left out: a wide range is a shaky rank."),
    ),
    "verdict": (
        N_("Holds?"),
        N_(
            "Safe: it stays on its side of the line whichever ballot is left out. One person decides: without one of"
            " the ballots it would be elsewhere. Coin toss: it ties across the line."
        ),
    ),
    "margin": (
        N_("Margin"),
        N_("How many dots lie between the last response above the line and the first below it."),
    ),
}
OF_THE_LINE = ("verdict", "margin")
