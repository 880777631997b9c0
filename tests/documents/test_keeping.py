"""Blocks that are kept as data and made again."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import get_args

import pytest

from tests.documents.cast import EMPTY, EVIL, FULL
from workshop import documents
from workshop.documents import Block, Document
from workshop.documents.keeping import from_data, to_data


def again(document: Document) -> Document:
    """The document with its blocks as they come out of a database."""
    return replace(document, blocks=from_data(json.loads(json.dumps(to_data(document.blocks)))))


@pytest.mark.parametrize("form", documents.FORMATS)
@pytest.mark.parametrize("document", [FULL, EVIL, EMPTY], ids=["full", "evil", "empty"])
def test_a_document_of_kept_blocks_has_the_same_bytes(form: str, document: Document) -> None:
    assert documents.write(form, again(document)) == documents.write(form, document)


def test_every_kind_of_block_can_be_kept() -> None:
    assert {type(block) for block in FULL.blocks} == set(get_args(Block))
    assert [type(block) for block in again(FULL).blocks] == [type(block) for block in FULL.blocks]


def test_what_is_kept_has_only_what_json_has() -> None:
    data = to_data(FULL.blocks)
    assert json.loads(json.dumps(data)) == data
