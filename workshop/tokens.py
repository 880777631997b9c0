"""Codes and secrets as plain values. Randomness is passed in, so tests need no patching."""

from __future__ import annotations

import base64
import hashlib
import hmac
import random
import re

# Without 0 O 1 I L, which people misread from a wall.
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 6
_CODE = re.compile(f"[{CODE_LETTERS}]{{{CODE_LENGTH}}}")


def new_code(chance: random.Random) -> str:
    """A join code: about 887 million of them."""
    return "".join(chance.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def read_code(typed: str) -> str | None:
    """The code that somebody typed, in any case and with any spaces or dashes, or None where it cannot be one."""
    code = re.sub(r"[\s-]+", "", typed).upper()
    return code if _CODE.fullmatch(code) else None


def show_code(code: str) -> str:
    """K74M2P as people read it aloud: K7 4M 2P."""
    return " ".join(code[i : i + 2] for i in range(0, len(code), 2))


def new_secret(chance: random.Random) -> str:
    """256 bits, safe in an address."""
    return _text(chance.randbytes(32))


def derive(key: str, purpose: str) -> str:
    """A secret of 256 bits that only whoever has `key` can make, and can make again: HMAC-SHA-256 of `purpose`."""
    return _text(hmac.digest(key.encode(), purpose.encode(), "sha256"))


def digest(secret: str) -> bytes:
    """What is stored of a secret: its SHA-256. A secret has 256 random bits, so no salt or slow hash is needed."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


def same(one: str, other: str) -> bool:
    """Compare two secrets in constant time."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
