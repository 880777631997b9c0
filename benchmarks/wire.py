"""Bytes on the wire, by hand: HTTP/1.1 asks and answers, and WebSocket frames (RFC 6455).

By hand, because a client library would cost more time than the server that is to be measured.
"""

import gzip
import re
import struct
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from . import BenchmarkFailure

TEXT_FINAL = 0x81
MASKED = 0x80
CLOSE = 0x88


def frame(text: bytes, key: bytes) -> bytes:
    """One masked text frame, of up to 65,535 bytes. `key` is four bytes."""
    length = len(text)
    if length < 126:
        head = struct.pack("!BB", TEXT_FINAL, MASKED | length)
    else:
        head = struct.pack("!BBH", TEXT_FINAL, MASKED | 126, length)
    # XOR as two large integers: about a microsecond, whatever the length.
    mask = (key * (length // 4 + 1))[:length]
    masked = int.from_bytes(text, "big") ^ int.from_bytes(mask, "big")
    return head + key + masked.to_bytes(length, "big")


def texts(received: bytes) -> tuple[list[bytes], bytes]:
    """The texts of all complete frames from a server, and the bytes of an incomplete one."""
    found = []
    at = 0
    while len(received) - at >= 2:
        kind, length = received[at], received[at + 1]
        start = at + 2
        if length == 126:
            start += 2
            length = int.from_bytes(received[at + 2 : start], "big")
        elif length == 127:
            start += 8
            length = int.from_bytes(received[at + 2 : start], "big")
        if len(received) < start + length:
            break
        if kind != TEXT_FINAL:
            # Neither compressed, binary nor split: docs/protocol.md promises none of them.
            what = "closed the socket" if kind == CLOSE else f"sent a frame of kind {kind:#x}"
            raise BenchmarkFailure(f"the server {what}: {received[start : start + length]!r}")
        at = start + length
        found.append(received[start:at])
    return found, received[at:]


@dataclass
class Answer:
    """One HTTP answer. Names of headers are in small letters."""

    status: int
    headers: list[tuple[str, str]]
    body: str

    @classmethod
    def of(cls, received: bytes) -> tuple[Self, bytes] | None:
        """The answer in front of `received` and what follows it; None while it is incomplete."""
        head, blank, rest = received.partition(b"\r\n\r\n")
        if not blank:
            return None
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = [(name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)]
        status = int(first.split(" ")[1])
        length = int(dict(headers).get("content-length", -1))
        if length < 0:
            if status != 101:
                raise BenchmarkFailure(f"an answer without a length: {first!r}")
            length = 0
        if len(rest) < length:
            return None
        body = rest[:length]
        if dict(headers).get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        return cls(status, headers, body.decode()), rest[length:]

    def header(self, name: str) -> str:
        return dict(self.headers).get(name, "")

    def cookies(self) -> dict[str, str]:
        """The cookies that it sets, by name."""
        pairs = (value.split(";")[0] for name, value in self.headers if name == "set-cookie")
        return {name: value for name, _, value in (pair.partition("=") for pair in pairs)}

    def csrf_token(self) -> str:
        return self._found(r'<meta name="csrf-token" content="([^"]+)"')

    def version(self) -> int:
        """The version of the page, which its socket says on connecting."""
        return int(self._found(r'<body[^>]* data-version="(\d+)"'))

    def _found(self, pattern: str) -> str:
        match = re.search(pattern, self.body)
        if match is None:
            raise BenchmarkFailure(f"no {pattern} in a page: {self.body[:500]}")
        return match[1]


def ask(
    method: str,
    path: str,
    host: str,
    cookies: dict[str, str],
    form: dict[str, str] | None = None,
    **headers: str,
) -> bytes:
    """An HTTP ask as a browser's, with a form if there is one. `Some_Name` becomes `Some-Name`."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}"]
    body = ""
    if form is not None:
        body = urlencode(form)
        headers |= {
            "Content_Type": "application/x-www-form-urlencoded",
            "Content_Length": str(len(body)),
            "Origin": f"http://{host}",
            "Sec_Fetch_Site": "same-origin",
        }
    if cookies:
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()
