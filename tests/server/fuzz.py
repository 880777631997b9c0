"""Frames that no client should send, out of a seeded generator."""

from __future__ import annotations

import json
import random
import struct
from collections.abc import Callable
from typing import Any

import websocket
from websocket import ABNF

Send = Callable[[websocket.WebSocket], object]

EVENTS = ("move", "Move", "state", "patch", "connect", "disconnect", "message", "*", "", "\0", "__proto__", "x" * 5000)
JUNK: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 8, 9, 2**31, 10**400, 1.5, 1e308, "", "1", "x", "\ud800", "é" * 50, "\0", [], {}, [[]],
    [None], {"_placeholder": True, "num": 0}, {"_placeholder": True, "num": -7}, {"dot": {}}, [1] * 500,
)  # fmt: skip


class Fuzz:
    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._kinds: tuple[Callable[[], Send], ...] = (
            self._move, self._move, self._move, self._event, self._packet, self._text, self._bytes, self._binary_event,
            self._nested, self._large, self._not_text, self._frame, self._namespace,
        )  # fmt: skip

    def frame(self) -> Send:
        """Something that sends the next frame on a websocket."""
        return self._chance.choice(self._kinds)()

    def _junk(self, depth: int = 0) -> Any:
        if depth < 3 and self._chance.random() < 0.3:
            return [self._junk(depth + 1) for _ in range(self._chance.randint(0, 4))]
        if depth < 3 and self._chance.random() < 0.2:
            return {self._word(): self._junk(depth + 1) for _ in range(self._chance.randint(0, 4))}
        return self._chance.choice(JUNK)

    def _word(self) -> str:
        return self._chance.choice(("dot", "replaces", "response", "op", "moves", "exercise", "x", ""))

    def _move(self) -> Send:
        """A message `move` with something wrong in it."""
        move: dict[str, Any] = {"dot": 1, "replaces": 0, "response": 1, "op": "fuzz"}
        for _ in range(self._chance.randint(1, 3)):
            if self._chance.random() < 0.3:
                move.pop(self._word(), None)
            else:
                move[self._word()] = self._junk()
        moves: Any = [move] * self._chance.choice((1, 1, 1, 2, 0, 21, 60))
        data: Any = {"exercise": 1, "moves": moves if self._chance.random() < 0.8 else self._junk()}
        if self._chance.random() < 0.2:
            data[self._word()] = self._junk()
        return self._says(self._number(), ["move", data if self._chance.random() < 0.9 else self._junk()])

    def _event(self) -> Send:
        arguments = [self._junk() for _ in range(self._chance.randint(0, 3))]
        return self._says(self._number(), [self._chance.choice((*EVENTS, self._junk())), *arguments])

    def _number(self) -> str:
        return self._chance.choice(("", "1", "7", "99999999999999999999", "9" * 120, "-1", "٣"))

    def _says(self, number: str, data: Any) -> Send:
        return lambda wire: wire.send("42" + number + json.dumps(data))

    def _packet(self) -> Send:
        """Any kind of packet with any kind of data."""
        kind = self._chance.choice(
            ("0", "1", "2", "3", "5", "6", "7", "9", "b", "40", "43", "44", "45", "46", "47", "4")
        )
        rest = self._chance.choice(("", "probe", json.dumps(self._junk()), "[", "{", "1[]", "5-[]", "/x,", "b4="))
        return lambda wire: wire.send(kind + rest)

    def _text(self) -> Send:
        letters = "".join(chr(self._chance.randint(1, 0x2FFF)) for _ in range(self._chance.randint(1, 60)))
        return lambda wire: wire.send(letters)

    def _bytes(self) -> Send:
        raw = self._chance.randbytes(self._chance.randint(0, 200))
        return lambda wire: wire.send_binary(raw)

    def _binary_event(self) -> Send:
        count = self._chance.choice((0, 1, 2, 9, 10**9))
        start = f"45{count}-{self._number()}" + json.dumps(["move", {"_placeholder": True, "num": self._junk()}])
        raw = [self._chance.randbytes(8) for _ in range(self._chance.randint(0, 2))]
        return lambda wire: (wire.send(start), *(wire.send_binary(each) for each in raw))

    def _nested(self) -> Send:
        depth = self._chance.choice((50, 900, 5000))
        opening, closing = self._chance.choice((("[", "]"), ('{"moves":', "}")))
        end = closing * depth if self._chance.random() < 0.7 else ""
        return lambda wire: wire.send('421["move",' + opening * depth + "1" + end + ("]" if end else ""))

    def _large(self) -> Send:
        size = self._chance.choice((10_000, 16_385, 70_000, 300_000))
        return lambda wire: wire.send('421["move","' + "x" * size + '"]')

    def _not_text(self) -> Send:
        raw = self._chance.choice((b"\xff\xfe", b"42\xc3", b'421["move","\xed\xa0\x80"]'))
        return lambda wire: wire.send(raw, ABNF.OPCODE_TEXT)

    def _frame(self) -> Send:
        """Something that is no proper frame of a websocket."""
        mask = b"\0\0\0\0"
        raw = self._chance.choice(
            (
                b"\xc1\x82" + mask + b"40",  # said to be compressed
                b"\xf1\x82" + mask + b"40",  # all reserved bits
                b"\x83\x82" + mask + b"40",  # an opcode that there is not
                b"\x81\x0240",  # not masked
                b"\x80\x82" + mask + b"40",  # the end of nothing
                b"\x01\x82" + mask + b"40",  # the beginning of something that never ends
                b"\x89\xfe" + struct.pack("!H", 500) + mask + b"x" * 500,  # a ping too large
                b"\x88\x81" + mask + b"x",  # closed for a reason of one byte
                b"\x81\xff" + struct.pack("!Q", 2**62) + mask,  # the largest frame of all
                b"GET / HTTP/1.1\r\n\r\n",
                self._chance.randbytes(40),
            )
        )

        def send(wire: websocket.WebSocket) -> None:
            if wire.sock:
                wire.sock.sendall(raw)

        return send

    def _namespace(self) -> Send:
        name = self._chance.choice(("/", "/x", "/admin", "/" + "y" * 3000, "/?", "/%00"))
        kind = self._chance.choice(("40", "41", "42", "43"))
        return lambda wire: wire.send(f"{kind}{name}," + json.dumps(self._junk()))
