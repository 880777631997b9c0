"""What each field of an agenda may be. Raises errors whose code is the field's name."""

from __future__ import annotations

from typing import Any

from workshop import rules
from workshop.agenda.planned import (
    FEWEST_SIDES,
    LONGEST_PROMPT,
    MOST_RESPONSES,
    MOST_SHARE,
    MOST_SIDES,
    PlannedSide,
)
from workshop.errors import N_, NotUnderstood, Unacceptable


def words(value: Any, field: str, missing: str, longest: int) -> str:
    """A text that must be there and have room. Raises an error whose code is the field's name."""
    if value is not None and not isinstance(value, str):
        raise NotUnderstood(N_("“%(field)s” is a text."), code=field, field=field)
    text = rules.tidy(value or "")
    if not text:
        raise Unacceptable(missing, code=field)
    if len(text) > longest:
        raise Unacceptable(
            N_("That is %(length)s characters. There is room for %(longest)s."),
            code=field,
            length=len(text),
            longest=longest,
        )
    return text


def whole(value: Any, field: str, most: int) -> int:
    text = str(value).strip()
    if (
        isinstance(value, bool)
        or not text.isascii()
        or not text.isdigit()
        or len(text) > 4
        or not 1 <= int(text) <= most
    ):
        raise Unacceptable(N_("Give a whole number from 1 to %(most)s."), code=field, most=most)
    return int(text)


def line(places: Any, share: Any) -> tuple[int | None, int | None]:
    """Where the line is to be drawn: under so many places, under as few as hold a share of all dots in per cent, or,
    where both are None, nowhere.
    """
    cut = None if places is None else whole(places, "cut", MOST_RESPONSES)
    cut_share = None if share is None else whole(share, "cut_share", MOST_SHARE)
    check_one_line(cut, cut_share)
    return cut, cut_share


def check_one_line(cut: int | None, cut_share: int | None) -> None:
    if cut is not None and cut_share is not None:
        raise Unacceptable(
            N_("There is one line: say how many go forward, or which share of the dots does, and leave the other out."),
            code="cut_share",
        )


def longest(value: Any) -> int:
    longest = whole(value, "longest", rules.LONGEST_CAP)
    if longest < rules.SHORTEST_CAP:
        raise Unacceptable(
            N_("A response may have %(shortest)s to %(longest)s characters."),
            code="longest",
            shortest=rules.SHORTEST_CAP,
            longest=rules.LONGEST_CAP,
        )
    return longest


def one_of(value: Any, field: str, words: tuple[str, ...]) -> str:
    if value not in words:
        raise NotUnderstood(N_("“%(field)s” is one of: %(words)s."), code=field, field=field, words=", ".join(words))
    return str(value)


def side_prompt(value: Any, field: str) -> str:
    missing = {"yes_prompt": N_("Write the YES prompt."), "no_prompt": N_("Write the NO prompt.")}
    return words(value, field, missing.get(field, N_("Write a prompt for each column.")), LONGEST_PROMPT)


def side_allowance(value: Any, field: str) -> int | None:
    return None if value is None else whole(value, field, rules.MOST_ALLOWANCE)


def own_sides(columns: Any, *, has_prompts: bool, keys: tuple[str, ...] | None = None) -> tuple[PlannedSide, ...]:
    """Columns of one's own. `keys` says which each is, where one of them may be taken away from between the others."""
    if not isinstance(columns, list) or not all(isinstance(each, dict) for each in columns):
        raise NotUnderstood(N_("“columns” is a list of objects with “name” and “sign”."), code="columns")
    if not FEWEST_SIDES <= len(columns) <= MOST_SIDES:
        raise Unacceptable(
            N_("Name %(fewest)s to %(most)s columns."), code="columns", fewest=FEWEST_SIDES, most=MOST_SIDES
        )
    said = tuple(str(each.get("name") or "").strip().casefold() for each in columns)
    if keys is None:
        # The column called YES is the one that is called so in every language.
        keys = rules.SIDES if said == rules.SIDES else rules.OWN_SIDES
    sides = tuple(
        PlannedSide(
            key,
            None
            if key in rules.SIDES
            else words(each.get("name"), f"name_{key}", N_("Give each column a name."), rules.LONGEST_SIDE),
            one_of(each.get("sign") or sign, f"sign_{key}", rules.SIGNS),
            side_prompt(each.get("prompt"), f"prompt_{key}") if has_prompts else None,
            side_allowance(each.get("allowance"), f"allowance_{key}"),
        )
        for key, sign, each in zip(keys, rules.SIGNS, columns, strict=False)
    )
    names = [(side.name or side.key).casefold() for side in sides]
    if len(set(names)) < len(names):
        raise Unacceptable(N_("Two columns have the same name."), code="columns")
    if len({side.sign for side in sides}) < len(sides):
        raise Unacceptable(N_("Two columns have the same sign."), code="columns")
    return sides


def dots(value: Any, sides: tuple[PlannedSide, ...]) -> int:
    """How many dots everybody has. Where each column has its own allowance, it is their sum."""
    of_sides = [side.allowance for side in sides if side.allowance is not None]
    if of_sides and len(of_sides) < len(sides):
        raise Unacceptable(N_("Give each column an allowance, or none of them."), code="allowance")
    if of_sides and sum(of_sides) > rules.MOST_ALLOWANCE:
        raise Unacceptable(
            N_("Together the columns have %(sum)s dots. Everybody has %(most)s at the most."),
            code="allowance",
            sum=sum(of_sides),
            most=rules.MOST_ALLOWANCE,
        )
    return sum(of_sides) or whole(value, "allowance", rules.MOST_ALLOWANCE)
