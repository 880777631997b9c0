"""Numbers as their reader writes them: 1,200; 1.200; 1 200. Values of files have none of this, only sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from babel.numbers import format_decimal
from jinja2 import pass_context

# What a sentence has under these names says which one is meant, and not how many there are: R1200 is never R1,200.
NAMES = frozenset({
    "ballot", "column", "copy", "cut", "dot", "exercise", "first", "kept", "last", "line", "number", "one", "original",
    "other", "place", "rank", "response", "version",
})  # fmt: skip

Spoken = Callable[..., Any]


def shown(value: float, locale: str | None) -> str:
    """A number as a reader of `locale` writes it, to two decimals; as it is where that is None."""
    # Most are small, and a board says hundreds of them.
    if locale is None or (isinstance(value, int) and 0 <= value < 1000):
        return str(value)
    return format_decimal(value, "#,##0" if isinstance(value, int) else "#,##0.0#", locale)


def in_sentence(values: Mapping[str, Any], locale: str | None) -> dict[str, Any]:
    """What is filled into a sentence, with its counts as a reader writes them."""
    return {
        name: shown(value, locale) if type(value) is int and name not in NAMES else value
        for name, value in values.items()
    }


def for_templates(gettext: Spoken, ngettext: Spoken, locale: Callable[[], str | None]) -> dict[str, Spoken]:
    """Jinja's two functions, which fill sentences in by themselves, made to do the same."""

    @pass_context
    def with_numbers(context: Any, sentence: str, **values: Any) -> Any:
        return gettext(context, sentence, **in_sentence(values, locale()))

    @pass_context
    def counting(context: Any, singular: str, plural: str, num: int, **values: Any) -> Any:
        return ngettext(context, singular, plural, num, **in_sentence({"num": num} | values, locale()))

    return {"gettext": with_numbers, "ngettext": counting}
