"""Codes that people read from a wall and type into a phone, and secrets that nobody types."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop import tokens

CODES = st.text(alphabet=tokens.CODE_LETTERS, min_size=6, max_size=6)


def test_a_code_has_six_letters_that_nobody_misreads() -> None:
    codes = {tokens.new_code(random.Random(seed)) for seed in range(1000)}
    assert len(codes) == 1000
    assert all(tokens.read_code(code) == code for code in codes)
    assert set("".join(codes)) == set(tokens.CODE_LETTERS)
    assert not set("01OIL") & set(tokens.CODE_LETTERS)
    assert len(tokens.CODE_LETTERS) == 31


@given(CODES, st.lists(st.sampled_from([" ", "-", "\t", "\u00a0"]), max_size=8), st.randoms())
def test_a_code_may_be_typed_in_any_case_with_any_spaces_and_dashes(
    code: str, between: list[str], chance: random.Random
) -> None:
    typed = [chance.choice([letter, letter.lower()]) for letter in code]
    for space in between:
        typed.insert(chance.randint(0, len(typed)), space)
    assert tokens.read_code("".join(typed)) == code


@given(CODES)
def test_a_code_reads_back_as_it_is_shown(code: str) -> None:
    shown = tokens.show_code(code)
    assert re.fullmatch(r"\w\w \w\w \w\w", shown)
    assert tokens.read_code(shown) == code


@pytest.mark.parametrize(
    "typed",
    ["", " ", "K74M2", "K74M2PP", "K74M2O", "K74M21", "K74M2I", "K74M2L", "K74M20", "K74M2é", "K74M2\0", "../../"],
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert tokens.read_code(typed) is None


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_whatever_is_typed_a_code_has_the_letters_of_codes(typed: str) -> None:
    code = tokens.read_code(typed)
    assert code is None or (len(code) == 6 and set(code) <= set(tokens.CODE_LETTERS))


def test_a_secret_has_256_bits_and_can_stand_in_an_address() -> None:
    secrets = {tokens.new_secret(random.Random(seed)) for seed in range(100)}
    assert len(secrets) == 100
    assert all(re.fullmatch(r"[\w-]{43}", secret) for secret in secrets)


def test_only_the_same_key_makes_the_same_secret_again() -> None:
    secret = tokens.derive("key", "link 1")
    assert re.fullmatch(r"[\w-]{43}", secret)
    assert secret == tokens.derive("key", "link 1")
    assert len({secret, tokens.derive("key", "link 2"), tokens.derive("other key", "link 1")}) == 3


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_whatever_is_sent_for_a_secret_can_be_looked_up_and_compared(sent: str) -> None:
    secret = tokens.derive("key", "organiser")
    assert len(tokens.digest(sent)) == 32
    assert tokens.same(secret, secret)
    assert not tokens.same(sent, secret)
    assert not tokens.same(secret, sent)
