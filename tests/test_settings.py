"""Settings: read from the environment, described in docs/settings.md, refused with a sentence."""

from __future__ import annotations

import re
import stat
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from workshop.settings import BadSetting, Settings, assets, from_environ, phones_can_reach, public_address, secret_key

DOCS = Path(__file__).resolve().parents[1] / "docs" / "settings.md"


class Environ(Mapping[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self, **settings: str) -> None:
        self._kept = {f"EIGHTDOTS_{name.upper()}": value for name, value in settings.items()}
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        return self._kept[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


def test_every_setting_is_described_and_everything_described_is_a_setting() -> None:
    environ = Environ()
    from_environ(environ)
    assert set(re.findall(r"EIGHTDOTS_[A-Z_]+", DOCS.read_text())) == environ.asked


def test_the_defaults_are_described() -> None:
    defaults, described = Settings(), DOCS.read_text()
    for value in (defaults.host, str(defaults.port), defaults.async_mode, defaults.log_level):
        assert value in described


def test_without_settings_the_defaults_hold() -> None:
    settings = from_environ(Environ())
    assert settings.data_dir == Path("data").absolute()
    assert settings.database_url == f"sqlite:///{settings.data_dir}/eightdots.sqlite"
    assert (settings.host, settings.port, settings.async_mode) == ("0.0.0.0", 5000, "eventlet")
    assert (settings.public_url, settings.proxies, settings.secret_key, settings.secure) == (None, 0, "", False)


def test_every_setting_can_be_set(tmp_path: Path) -> None:
    settings = from_environ(
        Environ(
            host=" 127.0.0.1 ",
            port="80",
            public_url="https://dots.example/",
            data_dir="/srv/dots",
            database_url="postgresql://db/dots",
            async_mode="gevent",
            secret_key="a secret of enough letters",
            proxies="2",
            log_level="DEBUG",
            contact="dots@example.org",
            translations=str(tmp_path),
        )
    )
    assert settings == Settings(
        host="127.0.0.1",
        port=80,
        public_url="https://dots.example",
        data_dir=Path("/srv/dots"),
        database_url="postgresql://db/dots",
        async_mode="gevent",
        secret_key="a secret of enough letters",
        proxies=2,
        log_level="DEBUG",
        contact="dots@example.org",
        translations=tmp_path,
    )
    assert settings.secure


def test_an_empty_setting_is_none() -> None:
    empty = dict.fromkeys(
        ("host", "port", "public_url", "async_mode", "secret_key", "proxies", "log_level", "contact"), " "
    )
    assert from_environ(Environ(**empty)) == from_environ(Environ())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "http"),
        ("port", "-1"),
        ("port", "65536"),
        ("port", "5e3"),
        ("port", "٥٠٠٠"),
        ("proxies", "11"),
        ("proxies", "one"),
        ("async_mode", "asyncio"),
        ("log_level", "debug"),
        ("public_url", "dots.example"),
        ("public_url", "ftp://dots.example"),
        ("public_url", "https://dots.example/workshops"),
        ("public_url", "https:"),
        ("contact", "the help desk"),
        ("contact", "help@desk"),
        ("contact", "two@example.org, three@example.org"),
        ("contact", "example.org/help"),
        ("contact", "javascript:alert(1)"),
        ("contact", "mailto:dots@example.org"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_named_in_a_sentence(name: str, value: str) -> None:
    with pytest.raises(BadSetting) as refused:
        from_environ(Environ(**{name: value}))
    assert f"EIGHTDOTS_{name.upper()} is {value!r}" in str(refused.value)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    "contact", ["dots+help@example.org", "https://example.org/help?about=dots", "http://help.example"]
)
def test_people_can_be_sent_to_an_address_of_either_kind(contact: str) -> None:
    assert from_environ(Environ(contact=contact)).contact == contact


def test_a_key_that_can_be_guessed_is_refused_and_not_repeated() -> None:
    with pytest.raises(BadSetting) as refused:
        from_environ(Environ(secret_key="swordfish"))
    assert "EIGHTDOTS_SECRET_KEY is too short" in str(refused.value)
    assert "swordfish" not in str(refused.value)


@pytest.mark.parametrize("url", ["eightdots.sqlite", "mysql://db/dots", "/var/lib/eightdots.sqlite"])
def test_a_database_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(BadSetting) as refused:
        from_environ(Environ(database_url=url))
    assert "EIGHTDOTS_DATABASE_URL" in str(refused.value)


def test_a_key_that_was_cut_short_is_refused(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    (tmp_path / "secret-key").write_text("\n")
    with pytest.raises(BadSetting) as refused:
        secret_key(settings)
    assert str(tmp_path / "secret-key") in str(refused.value)


def test_programs_that_start_at_once_agree_on_one_whole_key(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    start = threading.Barrier(8)
    keys: list[str] = []

    def starts() -> None:
        start.wait()
        keys.append(secret_key(settings))

    threads = [threading.Thread(target=starts) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1
    assert [path.name for path in settings.data_dir.iterdir()] == ["secret-key"]


def test_the_key_is_made_once_kept_and_for_nobody_elses_eyes(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "new" / "data")
    key = secret_key(settings)
    assert len(key) >= 40
    assert secret_key(settings) == key
    assert secret_key(Settings(data_dir=tmp_path / "other")) != key
    (path,) = settings.data_dir.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(settings.data_dir.stat().st_mode) == 0o700


def test_a_key_that_is_set_is_used_and_written_nowhere(tmp_path: Path) -> None:
    assert (
        secret_key(Settings(data_dir=tmp_path / "data", secret_key="a secret of enough letters"))
        == "a secret of enough letters"
    )
    assert not (tmp_path / "data").exists()


def test_the_key_is_not_in_what_settings_say_of_themselves() -> None:
    assert "a secret of enough letters" not in repr(Settings(secret_key="a secret of enough letters"))


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        (Settings(public_url="https://dots.example"), "https://dots.example"),
        (Settings(host="10.0.0.7", port=8000), "http://10.0.0.7:8000"),
        (Settings(host="10.0.0.7", port=80), "http://10.0.0.7"),
        (Settings(host="fd00::7"), "http://[fd00::7]:5000"),
    ],
)
def test_phones_are_sent_to_the_address_that_is_set(settings: Settings, address: str) -> None:
    assert public_address(settings) == address


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_phones_are_never_sent_to_the_address_of_everywhere(host: str) -> None:
    address = public_address(Settings(host=host))
    assert re.fullmatch(r"http://[\d.]+:5000", address)
    assert "0.0.0.0" not in address


@pytest.mark.parametrize(
    ("settings", "can"),
    [
        (Settings(host="127.0.0.1"), False),
        (Settings(host="localhost"), False),
        (Settings(host="10.0.0.7"), True),
        (Settings(host="127.0.0.1", public_url="https://dots.example"), True),
    ],
)
def test_an_address_that_leads_phones_to_themselves_is_noticed(settings: Settings, can: bool) -> None:
    assert phones_can_reach(settings) is can


def test_pages_and_styles_are_where_the_program_looks() -> None:
    assert (assets() / "templates" / "base.html").is_file()
    assert (assets() / "static").is_dir()
