"""A document as Markdown: nobody's words are markup."""

from __future__ import annotations

import pytest

from tests.documents.cast import FULL, document
from workshop.documents import Bullets, Facts, Paragraph, Table, write


def text(*blocks: Paragraph | Table | Bullets | Facts) -> str:
    return write("md", document(*blocks, marks=())).decode().removeprefix("# Town centre\n\n").removesuffix("\n")


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("[click](javascript:alert(1))", r"\[click\](javascript:alert(1))"),
        ("![x](y)", r"!\[x\](y)"),
        ("a | b", r"a \| b"),
        ("# no heading", r"\# no heading"),
        ("1. no list", r"1\. no list"),
        ("12) no list", r"12\) no list"),
        ("1.5 metres", "1.5 metres"),
        ("- dash", r"\- dash"),
        ("+ plus", r"\+ plus"),
        ("---", r"\---"),
        ("===", r"\==="),
        ("> quoted", r"\> quoted"),
        ("*bold* _it_ `code` ~~gone~~", r"\*bold\* \_it\_ \`code\` \~\~gone\~\~"),
        ("back\\slash", "back\\\\slash"),
        ("&lt; R&D &#60;", r"\&lt; R&D \&#60;"),
        ("http://evil.example www.evil.example me@evil.example",
         r"http\://evil.example www\.evil.example me\@evil.example"),
        ("    four spaces", "four spaces"),
        ("two\nlines", "two\\\nlines"),
        ("nul\0here", "nulhere"),
    ],
)  # fmt: skip
def test_what_people_write_is_escaped(words: str, written: str) -> None:
    assert text(Paragraph(words)) == written


def test_a_cell_is_one_line_without_a_bar_of_its_own() -> None:
    table = Table("By dots", ["Rank", "Dots"], [["a | b\nc", 3], [None, 4.0]])
    assert text(table) == "**By dots**\n\n| Rank | Dots |\n| --- | ---: |\n| a \\| b · c | 3 |\n|  | 4.0 |"


def test_lists_that_follow_each_other_stay_apart() -> None:
    lists = [Bullets(["a", "b"], numbered=True), Bullets(["c"], numbered=True), Bullets(["d"], numbered=True)]
    assert text(*lists) == "1. a\n2. b\n\n1) c\n\n1. d"


def test_the_whole_document_reads_like_one() -> None:
    said = write("md", FULL).decode()
    assert said.startswith("# Town centre\n\n**Draft · Provisional**\n\nEight people used 62 of 64 dots.\n\n")
    assert "* **Date:** 15 November 2019\n* **People:** 8\n\n## Results\n" in said
    assert "| 1 | Digital communications | 12 | 19.4% |\n" in said
    assert "### Contested\n\n- Buses\n- Benches\n\n1) First\n2) Second\n\nand then\n\n1. First again\n" in said
    assert "*Not agreed in the workshop*" in said
