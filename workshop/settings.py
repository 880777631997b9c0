"""The only reader of the environment. Every setting is described in docs/settings.md; a test compares the two."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from workshop.concurrency import MODES

# Whoever guesses the key can open workshops and read every cookie.
SHORTEST_KEY = 16

PUBLIC_URL = re.compile(r"https?://[^/?#\s]+")
DATABASE_URL = re.compile(r"(sqlite|postgres|postgresql)(\+\w+)?://")
CONTACT = re.compile(r"https?://[^/?#\s@]+(/[^\s]*)?|[^\s@:/?#<>]+@[^\s@:/?#<>]+\.[^\s@:/?#<>]+")


class BadSetting(Exception):
    """A setting cannot be meant; the sentence says which and why."""


@dataclass(frozen=True, slots=True)
class Settings:
    host: str = "0.0.0.0"
    port: int = 5000
    public_url: str | None = None
    """The address that people's browsers use, without a slash at the end; worked out from the network where it is not
    set.
    """
    data_dir: Path = Path("data")
    database_url: str = "sqlite:///data/eightdots.sqlite"
    async_mode: str = MODES[0]
    secret_key: str = field(default="", repr=False)
    proxies: int = 0
    """How many reverse proxies stand before us and may say who is asking."""
    log_level: str = "WARNING"
    contact: str | None = None
    """Whom people can ask about this server: an e-mail address or a web address."""
    translations: Path | None = None
    """A folder of further catalogues, `CODE/LC_MESSAGES/messages.po`."""

    @property
    def secure(self) -> bool:
        return bool(self.public_url and self.public_url.startswith("https://"))


def from_environ(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read `EIGHTDOTS_…`. Raises `BadSetting` with a sentence."""

    def read(name: str, default: str) -> str:
        return environ.get(f"EIGHTDOTS_{name}", "").strip() or default

    def number(name: str, default: int, least: int, most: int) -> int:
        text = read(name, str(default))
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise BadSetting(f"EIGHTDOTS_{name} is {text!r}; it takes a whole number from {least} to {most}.")
        return int(text)

    def word(name: str, default: str, words: tuple[str, ...]) -> str:
        text = read(name, default)
        if text not in words:
            raise BadSetting(f"EIGHTDOTS_{name} is {text!r}; it takes one of {', '.join(words)}.")
        return text

    defaults = Settings()
    public_url = read("PUBLIC_URL", "").rstrip("/")
    if public_url and not PUBLIC_URL.fullmatch(public_url):
        raise BadSetting(
            f"EIGHTDOTS_PUBLIC_URL is {public_url!r}; it is http:// or https:// and a host, without a path."
        )
    secret = read("SECRET_KEY", "")
    if secret and len(secret) < SHORTEST_KEY:
        raise BadSetting(f"EIGHTDOTS_SECRET_KEY is too short; it takes {SHORTEST_KEY} characters or more, at random.")
    database_url = read("DATABASE_URL", "")
    if database_url and not DATABASE_URL.match(database_url):
        raise BadSetting("EIGHTDOTS_DATABASE_URL begins with sqlite:/// or postgresql://.")
    contact = read("CONTACT", "")
    if contact and not CONTACT.fullmatch(contact):
        raise BadSetting(
            f"EIGHTDOTS_CONTACT is {contact!r}; it is an e-mail address, or one that begins with http:// or https://."
        )
    data_dir = Path(read("DATA_DIR", "data")).absolute()
    translations = read("TRANSLATIONS", "")
    if translations and not Path(translations).is_dir():
        raise BadSetting(f"EIGHTDOTS_TRANSLATIONS is {translations!r}; there is no such folder.")
    return Settings(
        host=read("HOST", defaults.host),
        port=number("PORT", defaults.port, 0, 65535),
        public_url=public_url or None,
        data_dir=data_dir,
        database_url=database_url or f"sqlite:///{data_dir / 'eightdots.sqlite'}",
        async_mode=word("ASYNC_MODE", defaults.async_mode, MODES),
        secret_key=secret,
        proxies=number("PROXIES", 0, 0, 10),
        log_level=word("LOG_LEVEL", defaults.log_level, ("DEBUG", "INFO", "WARNING", "ERROR")),
        contact=contact or None,
        translations=Path(translations).absolute() if translations else None,
    )


def secret_key(settings: Settings) -> str:
    """The key that signs cookies and makes links: the one set, or one made once and kept beside the data.

    Kept, because phones must hold on to their ballots when the server starts again.
    """
    if settings.secret_key:
        return settings.secret_key
    path = settings.data_dir / "secret-key"
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        _make_secret(path)
    key = path.read_text().strip()
    if len(key) < SHORTEST_KEY:
        raise BadSetting(
            f"{path} does not hold a key. Remove it to have a new one made; links and cookies change with it."
        )
    return key


def _make_secret(path: Path) -> None:
    """Put a new key at `path`, whole or not at all, and leave alone one that somebody else has put there meanwhile."""
    draft = path.with_name(f"{path.name}-{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(32))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()


def assets() -> Path:
    """The folder that holds `templates/` and `static/`: this package in a wheel, the one above it in a checkout."""
    here = Path(__file__).resolve().parent
    return here if (here / "templates").is_dir() else here.parent


def public_address(settings: Settings) -> str:
    """The address that phones use: the one set, or this machine's on its network."""
    if settings.public_url:
        return settings.public_url
    host = _address_on_network() if settings.host in ("0.0.0.0", "::") else settings.host
    if ":" in host:
        host = f"[{host}]"
    return f"http://{host}:{settings.port}" if settings.port != 80 else f"http://{host}"


def phones_can_reach(settings: Settings) -> bool:
    """Whether the address that phones are given leads anywhere but to themselves."""
    return "://127." not in public_address(settings) and "://localhost" not in public_address(settings)


def _address_on_network() -> str:
    # Asks the system by which address it would send. The address asked for is one for documentation (RFC 5737), and a
    # datagram socket that is only connected sends nothing.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
