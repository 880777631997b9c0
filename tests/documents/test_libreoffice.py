"""The Word file, opened by another program than wrote it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.documents.samples import HOSTILE, sample
from tests.test_printing import letters
from workshop.documents import Block, Cell, Heading, Table
from workshop.documents.docx import write


def converted(body: bytes, to: str, folder: Path) -> Path:
    program = shutil.which("soffice")
    assert program, "LibreOffice (libreoffice-writer) is not installed"
    file = folder / "document.docx"
    file.write_bytes(body)
    subprocess.run(
        [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", to,
         "--outdir", str(folder), str(file)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return folder / f"document.{to.partition(':')[0]}"


@pytest.mark.slow
def test_libreoffice_finds_every_heading_and_cell(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [[text, place] for place, text in enumerate(HOSTILE)]
    blocks: list[Block] = [*sample().blocks, Heading(1, "Hostile"), Table("By people", ["Text", "Place"], rows)]
    told = converted(write(sample(blocks, marks=["Provisional"])), "txt:Text (encoded):UTF8", tmp_path)
    said = told.read_text("utf-8-sig")
    lines = [line.strip() for line in said.splitlines()]
    for block in blocks:
        if isinstance(block, Heading):
            assert block.text in lines
        if isinstance(block, Table):
            assert block.caption in lines
            for row in [list(block.columns), *block.shown]:
                assert all(letters(cell) in letters(said) for cell in row)
    assert lines[0] == "Provisional"
