"""A note that Ada and Ben edit at once. Ada saved first, so hers is theirs and Ben's is mine."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workshop.wording import merged

# What people do in a note, where two of them are --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "ada", "ben", "together"),
    [
        pytest.param(
            "Teh bins are full.",
            "The bins are full.",
            "Teh bins are full. Ask Jo.",
            "The bins are full. Ask Jo.",
            id="one corrects the first word and the other goes on at the end",
        ),
        pytest.param(
            "We meet on Monday.",
            "We all meet on Monday.",
            "We meet on Monday.\nJo brings the agenda.",
            "We all meet on Monday.\nJo brings the agenda.",
            id="one corrects a line and the other writes below it",
        ),
        pytest.param(
            "We meet on Monday",
            "We meet on Monday at noon\nJo brings the agenda",
            "We now meet on Monday",
            "We now meet on Monday at noon\nJo brings the agenda",
            id="one goes on to the next line and the other corrects this one",
        ),
        pytest.param(
            "We met.", "We met. Ada was late.", "We met. Ben was early.", "We met. Ada was late.\nBen was early.",
            id="both go on at the end of the line",
        ),
        pytest.param(
            "We met.\n\nThen lunch.",
            "We met. Ada was late.\n\nThen lunch.",
            "We met. Ben was early.\n\nThen lunch.",
            "We met. Ada was late.\nBen was early.\n\nThen lunch.",
            id="both go on at the end of the first of two paragraphs",
        ),
        pytest.param(
            "We met.", "We met.\nAda was late.", "We met.\nBen was early.", "We met.\nAda was late.\nBen was early.",
            id="both add a line at the end",
        ),
        pytest.param(
            "We met.",
            "We met.\n\nAda was late.",
            "We met.\n\nBen was early.",
            "We met.\n\nAda was late.\n\nBen was early.",
            id="both add a paragraph at the end",
        ),
        pytest.param(
            "We met.", "We met. Ada was late.", "We met.\nBen was early.", "We met. Ada was late.\nBen was early.",
            id="one goes on in the line and the other below it",
        ),
        pytest.param(
            "We met.", "We met.\nAda was late.", "We met. Ben was early.", "We met. Ben was early.\nAda was late.",
            id="one goes on below the line and the other in it",
        ),
        pytest.param(
            "We met.", "Ada first.\nWe met.", "We met at last.", "Ada first.\nWe met at last.",
            id="one writes above a line and the other corrects it",
        ),
        pytest.param(
            "We met at last.", "We met.", "Ben first.\nWe met at last.", "Ben first.\nWe met.",
            id="one corrects a line and the other writes above it",
        ),
        pytest.param("", "Ada was late.", "Ben was early.", "Ada was late.\nBen was early.", id="both begin the note"),
        pytest.param(
            "We meet on Monday", "We meet on Tuesday", "We meet on Friday", "We meet on Tuesday\nWe meet on Friday",
            id="both change the same word",
        ),
        pytest.param(
            "First\nWe meet on Monday\nLast",
            "First\nWe meet on Tuesday\nLast",
            "First!\nWe meet on Friday\nLast!",
            "First!\nWe meet on Tuesday\nWe meet on Friday\nLast!",
            id="both change the same word between lines that one changed",
        ),
        pytest.param(
            "A review for councils", "A short review for councils", "A kind review for councils",
            "A short review for councils\nA kind review for councils",
            id="both put a word in the same place",
        ),
        pytest.param(
            "The bin", "The bins", "The bin is full", "The bins\nThe bin is full",
            id="one corrects the word from which the other goes on",
        ),
        pytest.param(
            "Agenda\nLunch", "Agenda: scope\nLunch", "Agenda\nLunch at one", "Agenda: scope\nLunch at one",
            id="they change lines next to each other",
        ),
        pytest.param(
            "- bins\n- buses", "- bins\n- buses\n- trees", "- bins\n- buses\n- benches",
            "- bins\n- buses\n- trees\n- benches",
            id="both add to a list",
        ),
    ],
)  # fmt: skip
def test_two_who_write_at_once_both_find_their_words(base: str, ada: str, ben: str, together: str) -> None:
    assert merged(base, ada, ben) == together


@pytest.mark.parametrize(
    ("base", "ada", "ben", "together"),
    [
        ("Old bins here", "Old here", "Old green bins here", "Old green bins here"),
        ("Old green bins here", "Old red bins here", "Old bins here", "Old red bins here"),
        ("Agenda\nOld bins", "Agenda", "Agenda\nOld red bins", "Agenda\nOld red bins"),
        ("Agenda\nOld bins", "Agenda\nOld red bins", "Agenda", "Agenda\nOld red bins"),
        ("Old bins", "", "Old red bins", "Old red bins"),
        ("Old bins", "Old red bins", "", "Old red bins"),
    ],
)
def test_what_one_deletes_while_the_other_edits_it_stays_as_edited(
    base: str, ada: str, ben: str, together: str
) -> None:
    assert merged(base, ada, ben) == together


@pytest.mark.parametrize(
    ("base", "ada", "ben", "together"),
    [
        ("Agenda\nOld bins", "Agenda", "Agenda\nOld bins\nNew bins", "Agenda\nNew bins"),
        ("Old bins\nAgenda", "Agenda\nLunch", "New bins\nOld bins\nAgenda", "New bins\nAgenda\nLunch"),
        ("One two three four", "One three four", "One two three", "One three"),
        ("Agenda\n\nLunch", "Agenda\nLunch", "Agenda\n\nLunch", "Agenda\nLunch"),
    ],
)
def test_what_one_deletes_while_the_other_writes_elsewhere_is_gone(
    base: str, ada: str, ben: str, together: str
) -> None:
    assert merged(base, ada, ben) == together


@pytest.mark.parametrize(
    ("base", "ada", "ben", "together"),
    [
        # Both wrote the same, and Ben more.
        ("We met.", "We met. Jo came.", "We met. Jo came. So did Al.", "We met. Jo came. So did Al."),
        ("We met.", "We met. Jo came. So did Al.", "We met. Jo came.", "We met. Jo came. So did Al."),
        ("We met.", "We met.\nJo came.", "We met.\nJo came.\nSo did Al.", "We met.\nJo came.\nSo did Al."),
        # Hers has what Ben saved; the answer did not reach him, and he saves again, or again with more.
        ("We met.", "We met. Ada.\nBen.", "We met. Ben.", "We met. Ada.\nBen."),
        ("We met.", "We met. Ada.\nBen.", "We met. Ben. More.", "We met. Ada.\nBen. More."),
        ("We met.", "We met.\nAda.\nBen.", "We met.\nBen.\nMore.", "We met.\nAda.\nBen.\nMore."),
        ("On Monday", "On Tuesday\nOn Friday", "On Friday", "On Tuesday\nOn Friday"),
        ("Bins", "Red bins\nNew", "Bins\nNew", "Red bins\nNew"),
    ],
)
def test_what_both_wrote_at_one_place_appears_once(base: str, ada: str, ben: str, together: str) -> None:
    assert merged(base, ada, ben) == together


def test_lines_may_end_as_on_any_machine() -> None:
    assert merged("one\r\ntwo", "one\ntwo", "one\rtwo\rthree") == "one\ntwo\nthree"
    assert merged("", "one\r\n", "") == "one\n"


def test_white_space_that_one_changed_is_changed() -> None:
    assert merged("one two", "one  two", "one two three") == "one  two three"
    assert merged("one two", "one two three", "  one two") == "  one two three"
    assert merged("one\ntwo", "one\n\ntwo", "one!\ntwo") == "one!\n\ntwo"


def test_nothing_looks_like_a_conflict() -> None:
    together = merged("a\nb\nc", "x\nb\ny", "p\nb\nq")
    assert together == "x\np\nb\ny\nq"


# Whatever they write --------------------------------------------------------------------------------------------------

# Few words, so that they meet often.
SOME_WORDS = st.lists(
    st.sampled_from(["bins", "buses", "the", "a", "Jo", "-", "scope."]) | st.sampled_from([" ", "  ", "\n", "\n\n"]),
    max_size=14,
).map("".join)
NOTES = SOME_WORDS | st.lists(
    st.sampled_from(["bins", "buses", "the", "scope.", "\n", "\n\n", "  "]), max_size=20
).map(" ".join) | st.text(st.characters(exclude_categories=()), max_size=20)  # fmt: skip


def plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def words(text: str) -> Counter[str]:
    return Counter(text.split())


@given(NOTES, NOTES)
@example("", "\n")
@example("\n", "")
@example("a\r\nb", "a\nb\r")
@example("a b", " a  b ")
def test_what_only_one_changed_is_as_they_left_it(base: str, changed: str) -> None:
    assert merged(base, base, changed) == plain(changed)
    assert merged(base, changed, base) == plain(changed)
    assert merged(base, changed, changed) == plain(changed)


@given(NOTES, NOTES, NOTES)
@example("a b", "ab", "a b c")
@example("a", "b\n", "\nc")
@example("x", "y\nx\ny", "x\ny\nx")
def test_every_word_that_either_wrote_is_there_as_often_as_they_wrote_it(base: str, ada: str, ben: str) -> None:
    together = words(merged(base, ada, ben))
    for version in (ada, ben):
        written = words(version) - words(base)
        assert written <= together


@given(NOTES, NOTES, NOTES)
def test_there_is_no_word_that_nobody_wrote(base: str, ada: str, ben: str) -> None:
    together = merged(base, ada, ben)
    assert set(words(together)) <= set(words(ada)) | set(words(ben))
    assert "\r" not in together


@given(NOTES, NOTES, NOTES)
def test_what_each_wrote_on_their_side_of_a_line_is_as_they_wrote_it(base: str, ada: str, ben: str) -> None:
    apart = "\nkept\n"
    base, ada, ben = plain(base), plain(ada), plain(ben)
    together = merged(base + apart + base, ada + apart + base, base + apart + ben)
    assert together == ada + apart + ben


@given(st.integers(0, 9), st.integers(0, 9))
def test_words_changed_with_another_between_them_are_both_changed(one: int, other: int) -> None:
    base = [f"w{number}" for number in range(10)]
    ada, ben, both = list(base), list(base), list(base)
    ada[one] = both[one] = "ada"
    ben[other] = both[other] = "ben"
    together = merged(" ".join(base), " ".join(ada), " ".join(ben))
    if abs(one - other) > 1:
        assert together == " ".join(both)
    else:
        assert together == " ".join(ada) + "\n" + " ".join(ben)


@pytest.mark.parametrize("piece", ["\n", "a\n", "a ", "a", "a \n", "scope of the review\n"])
def test_a_long_note_that_repeats_itself_is_merged_like_any_other(piece: str) -> None:
    long = (piece * 10_000)[:9_990]
    assert merged(long, f"ada\n{long}", f"{long}\nben") == f"ada\n{long}\nben"
