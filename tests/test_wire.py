"""Below the messages: text alone, in one piece, and few words about nonsense."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from workshop import wire
from workshop.wire import FewWords, TextPacket, without_compression


def test_a_message_of_text_is_read() -> None:
    packet = TextPacket(encoded_packet='27["move",{"exercise":1,"moves":[]}]')
    assert (packet.data, packet.id) == (["move", {"exercise": 1, "moves": []}], 7)


@pytest.mark.parametrize(
    "frame",
    [
        '51-["move",{"_placeholder":true,"num":0}]',
        '61-7[{"_placeholder":true,"num":0}]',
        "5",
        "50-[]",
        b"\0\1",
        bytearray(b"2"),
    ],
)
def test_a_message_with_binary_parts_is_refused(frame: Any) -> None:
    with pytest.raises(ValueError, match="Binary"):
        TextPacket(encoded_packet=frame)


def test_what_is_sent_is_never_searched_for_binary_parts() -> None:
    assert TextPacket(packet_type=2, data=["patch", {"version": 1}]).encode() == '2["patch",{"version":1}]'


def word(seconds: float) -> logging.LogRecord:
    try:
        raise ValueError("nonsense")
    except ValueError as error:
        exc_info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("workshop.wire", logging.ERROR, __file__, 1, "A frame is nonsense", None, exc_info)
    record.created = seconds
    return record


def test_one_line_a_minute_is_written_of_nonsense_and_without_a_traceback() -> None:
    few = FewWords()
    words = [word(seconds) for seconds in (0, 1, 30, 59.9, 60, 61, 200)]
    assert [bool(few.filter(each)) for each in words] == [True, False, False, False, True, False, True]
    assert words[0].exc_info is None


def test_there_is_one_filter_however_many_servers_there_were() -> None:
    assert wire.logger() is wire.logger()
    assert len(wire.logger().filters) == 1


def test_an_offer_to_compress_is_not_passed_on() -> None:
    seen: list[dict[str, Any]] = []

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        seen.append(dict(environ))
        return [b"answer"]

    environ = {"HTTP_SEC_WEBSOCKET_EXTENSIONS": "permessage-deflate", "HTTP_HOST": "localhost"}
    assert without_compression(application)(environ, None) == [b"answer"]
    assert seen == [{"HTTP_HOST": "localhost"}]
