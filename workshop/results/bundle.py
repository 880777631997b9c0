"""Everything about an exercise in one ZIP file."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# ZIP knows no earlier year.
FIRST_YEAR = 1980


def zipped(files: Mapping[str, bytes], made_at: int) -> bytes:
    """The files by their names, in their order, dated `made_at` (seconds since 1970): always the same bytes."""
    when = datetime.fromtimestamp(made_at, UTC)
    stamp = (max(when.year, FIRST_YEAR), when.month, when.day, when.hour, when.minute, when.second)
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, body in files.items():
            entry = ZipInfo(name, stamp)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, body)
    return out.getvalue()
