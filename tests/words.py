"""Every sentence of the source, for its translators. `make words` brings the catalogues up to date with it: sentences
that are new stand in them without a translation, those that are gone are left out; and it writes the template that
another language begins from to build/messages.pot.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from workshop.languages import OURS

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "build" / "messages.pot"
# `counted` gives scripts the wordings of a sentence that counts.
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2), "counted": (1, 2)}
WIDTH = 120


def sentences() -> Catalog:
    """The template: each sentence and the files that it is in, in their order."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]
    template = Catalog(
        project="Eight Dots",
        header_comment="# The sentences of Eight Dots.",
        msgid_bugs_address="",
        last_translator="",
        language_team="",
    )
    for mapping in mappings:
        found = extract_from_dir(ROOT, [(mapping["pattern"], mapping["method"])], keywords=KEYWORDS, comment_tags=())
        for path, _line, message, _comments, _context in found:
            template.add(message, locations=[(path, 0)])
    return template


def bring_up_to_date(path: Path, template: Catalog) -> None:
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parts[-3])
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    with path.open("wb") as file:
        write(file, catalogue)


def write(file: object, catalogue: Catalog) -> None:
    """Without the numbers of lines, which change with every commit."""
    write_po(file, catalogue, width=WIDTH, sort_by_file=True, include_lineno=False, ignore_obsolete=True)  # type: ignore[arg-type]


def main() -> None:
    template = sentences()
    TEMPLATE.parent.mkdir(exist_ok=True)
    with TEMPLATE.open("wb") as file:
        write(file, template)
    print(f"{len(template)} sentences: {TEMPLATE.relative_to(ROOT)}")
    for path in sorted(OURS.glob("*/LC_MESSAGES/messages.po")):
        bring_up_to_date(path, template)
        with path.open("rb") as file:
            missing = [each for each in read_po(file) if each.id and not all(wordings(each.string))]
        print(f"{len(missing)} of them have no translation: {path.relative_to(ROOT)}")


def wordings(string: object) -> list[str]:
    """The one wording of a sentence, or each of its plural forms."""
    return [string] if isinstance(string, str) else list(string)  # type: ignore[call-overload]


if __name__ == "__main__":
    main()
