"""The Markdown, character by character: nothing that people write becomes markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from tests.documents.samples import WORDS, of_words, sample
from workshop.documents import Bullets, Facts, Heading, Paragraph, Table
from workshop.documents.markdown import write


def written(*blocks: object, **facts: object) -> str:
    return write(sample(list(blocks), **facts)).decode()  # type: ignore[arg-type]


def test_a_document_reads_well_as_it_is() -> None:
    assert (
        write(sample(marks=["Provisional"])).decode()
        == """\
# Town centre

**Provisional**

27 people used 212 of 216 dots.

## The ranking

What this looks at.

**All responses**

| Rank | Response | Dots | Share |
| --- | --- | ---: | ---: |
| 1 | Trees | 12 | 75.0% |
| 2= | Benches | 2 | 12.5% |
| 2= | Shade | 2 |  |

### In figures

R1 has most dots

- First point
- Second point

#### In order

1. Step one
2. Step two

* **Date:** 14 March 2026
* **Council:** Anytown

## Agreement

*Not agreed in the workshop*

**Signatures**

| Role | Name | Signature | Date |
| --- | --- | --- | --- |
| Council leader |  |  |  |
| Peer team |  |  |  |
"""
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("| a | b |", r"\| a \| b \|"),
        ("[a link](http://evil.example)", r"\[a link\](http\://evil.example)"),
        ("![picture](x.png)", r"!\[picture\](x.png)"),
        ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
        ("# heading", r"\# heading"),
        ("1. first", r"1\. first"),
        ("23) second", r"23\) second"),
        ("- bullet", r"\- bullet"),
        ("+ plus", r"\+ plus"),
        ("===", r"\==="),
        ("---", r"\---"),
        ("> quoted", r"\> quoted"),
        ("`code`", r"\`code\`"),
        ("*bold* _it_ ~~gone~~", r"\*bold\* \_it\_ \~\~gone\~\~"),
        ("&amp; &#60; AT&T", r"\&amp; \&#60; AT&T"),
        ("me@council.example", r"me\@council.example"),
        ("www.evil.example", r"www\.evil.example"),
        ("back\\slash", r"back\\slash"),
        ("$x$", r"\$x\$"),
        ("    four spaces", "four spaces"),
        ("one\n\n\ntwo\r\n# three", "one\\\ntwo\\\n\\# three"),
        ("3.50 each", "3.50 each"),
        ("2019) then", r"2019\) then"),
        ("It costs 3.50 – 4.", "It costs 3.50 – 4."),
    ],
)
def test_what_people_write_stays_text(text: str, line: str) -> None:
    assert written(Paragraph(text)) == f"# Town centre\n\n{line}\n"


def test_a_cell_is_one_line_whatever_is_in_it() -> None:
    assert written(Table("Two\nlines", ["a|b"], [["one\ntwo"], ["x | y"]])).splitlines()[2:] == [
        "**Two · lines**", "", "| a\\|b |", "| --- |", "| one · two |", "| x \\| y |",
    ]  # fmt: skip


def test_a_heading_is_one_line_and_keeps_its_end() -> None:
    assert written(title="One\n## Two") == "# One \\#\\# Two\n"
    assert written(Heading(1, "1. In C #")).endswith("\n## 1. In C \\#\n")


def test_a_list_keeps_its_lines_together_and_apart_from_the_next_list() -> None:
    assert written(Bullets(["one\ntwo", "- three"]), Bullets(["four"])) == (
        "# Town centre\n\n- one\\\n  two\n- \\- three\n\n* four\n"
    )
    assert written(Bullets(["one\ntwo"], numbered=True)) == "# Town centre\n\n1. one\\\n   two\n"
    assert written(Facts([("Date*", "1. May")])) == "# Town centre\n\n* **Date\\*:** 1\\. May\n"


def test_the_same_document_makes_the_same_bytes() -> None:
    assert write(sample()) == write(sample())


@given(WORDS)
def test_whatever_people_write_makes_no_heading_table_or_tag_of_its_own(text: str) -> None:
    lines = write(of_words(text)).decode().split("\n")
    assert sum(1 for line in lines if line.startswith("#")) <= 2
    assert sum(1 for line in lines if re.fullmatch(r"\|( -+:? \|)+", line)) == 2
    assert not any(re.search(r"(?<!\\)[<`]", line.replace("\\\\", "")) for line in lines)
