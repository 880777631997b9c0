"""Eight Dots. Applies the async mode's monkey-patching before anything else is imported, then hands over to the
command line.
"""

from __future__ import annotations

import sys

from workshop import concurrency, settings


def main() -> None:
    try:
        configured = settings.from_environ()
    except settings.BadSetting as error:
        sys.exit(f"eightdots: {error}")
    concurrency.patch(configured.async_mode)

    from workshop import cli

    cli.run(configured)


if __name__ == "__main__":
    main()
