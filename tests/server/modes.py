"""Which tests run in which async modes."""

from __future__ import annotations

import pytest

from tests.server.server import MODES

IN_ONE_MODE = pytest.mark.parametrize("running_server", MODES[:1], indirect=True)
"""For what has nothing to do with how the server waits."""

GREEN_AND_NATIVE = pytest.mark.parametrize("running_server", ["eventlet", "threading"], indirect=True)
