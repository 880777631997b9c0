"""The languages that the pages come in: which there are, and which a reader is shown.

A language is a catalogue: a file of gettext's, `CODE/LC_MESSAGES/messages.po`, in `workshop/translations/` or in a
folder of one's own (`EIGHTDOTS_TRANSLATIONS`). It is read as it was written; nothing is compiled beside it that could
be older. English is what the source is written in, and needs none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel import Locale, UnknownLocaleError, negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask
from flask_babel import Babel, Domain, force_locale, get_locale
from werkzeug.datastructures import LanguageAccept
from werkzeug.utils import cached_property

SOURCE = "en"
OURS = Path(__file__).parent / "translations"


class Language(NamedTuple):
    code: str
    name: str
    """What it calls itself."""
    direction: str
    """`ltr` or `rtl`."""
    is_reviewed: bool
    """Whether a translator has gone through it. Until then the head of its catalogue is marked `fuzzy`."""

    @property
    def tag(self) -> str:
        """As HTML and HTTP write it: `pt-BR`, where gettext has `pt_BR`."""
        return self.code.replace("_", "-")


class Languages:
    """The languages that there are, and their catalogues."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._known = {SOURCE: described(SOURCE, is_reviewed=True)}
        self._translations: dict[str, Translations | NullTranslations] = {SOURCE: NullTranslations()}
        for folder in folders:
            for path in sorted(folder.glob("*/LC_MESSAGES/messages.po")):
                code = path.parts[-3]
                catalogue, is_reviewed = _read(path, path.stat().st_mtime_ns)
                self._known[code] = described(code, is_reviewed)
                self._translations[code] = catalogue

    def __iter__(self) -> Iterator[Language]:
        return iter(self._known.values())

    def __contains__(self, code: object) -> bool:
        return code in self._known

    def __getitem__(self, code: str) -> Language:
        return self._known[code]

    def others(self) -> list[Language]:
        """The languages that the reader could have instead."""
        return [language for language in self if language.code != current()]

    def chosen(self, wished: Iterable[str | None], accepted: LanguageAccept) -> str:
        """The code of the first that somebody wished for (by its tag) and that there is; else of what their browser
        says that they read.
        """
        codes = {language.tag.casefold(): language.code for language in self}
        for tag in wished:
            if tag is not None and tag.casefold() in codes:
                return codes[tag.casefold()]
        # Not `best_match`: for a reader of British English and then Welsh it takes Welsh, since “en-GB” is not “en”.
        found = negotiate_locale(accepted.values(), [language.tag for language in self], sep="-")
        return codes[found.casefold()] if found else SOURCE

    def translations(self, code: str) -> Translations | NullTranslations:
        """English, where there is no catalogue: a workshop may be in a language that the pages are not in."""
        return self._translations.get(code, self._translations[SOURCE])


def of(folder: Path | None) -> Languages:
    """Those that we bring, and those in a folder of one's own. Raises `ValueError` where it cannot be read as such."""
    return Languages([OURS, *([folder] if folder else [])])


def init_app(app: Flask, languages: Languages, select: Callable[[], str]) -> None:
    """Have the app speak them. `select` says which the request that is being answered is to be answered in."""
    _Catalogues(languages, app, default_locale=SOURCE, locale_selector=select)


def current() -> str:
    """The code of the language that is spoken now; outside a request, English."""
    return str(get_locale() or SOURCE)


@contextmanager
def speaking(app: Flask, code: str) -> Iterator[None]:
    """Speak a language where nothing is being requested, as for what is pushed."""
    with app.app_context(), force_locale(code):
        yield


def said_in(code: str, own: str, text: str | None, others: Mapping[str, str] | None) -> tuple[str, str]:
    """What somebody wrote, as a reader of `code` is shown it, and the language that it is in.

    `text` is in `own`, the workshop's language; `others` has it in others, where somebody has written it in them.
    """
    written = (others or {}).get(code)
    return (written, code) if written and code != own else (text or "", own)


class _Catalogues(Babel):  # type: ignore[misc]
    def __init__(self, languages: Languages, *given: object, **named: object) -> None:
        self._languages = languages
        super().__init__(*given, **named)

    @cached_property
    def domain_instance(self) -> Domain:
        return _Spoken(self._languages)


class _Spoken(Domain):  # type: ignore[misc]
    def __init__(self, languages: Languages) -> None:
        super().__init__()
        self._languages = languages

    def get_translations(self) -> Translations | NullTranslations:
        return self._languages.translations(current())


def described(code: str, is_reviewed: bool = True) -> Language:
    """A language that may have no catalogue. Raises `ValueError` where there is none of that code."""
    try:
        locale = Locale.parse(code)
    except (UnknownLocaleError, ValueError) as error:
        raise ValueError(f"The folder of translations has “{code}”, which is not a language's code.") from error
    name = locale.get_display_name(code) or code
    return Language(code, name[:1].upper() + name[1:], locale.text_direction, is_reviewed)


@cache
def _read(path: Path, _changed_at: int) -> tuple[Translations, bool]:
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parts[-3])
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled), not catalogue.fuzzy
