"""What goes over a socket, below the messages: text only, uncompressed, limited in size, few words about nonsense."""

from __future__ import annotations

import logging
from typing import Any

from socketio.packet import Packet

# Participants send a few hundred bytes.
LARGEST_MESSAGE = 16_384

SECONDS_BETWEEN_WORDS = 60
BINARY = ("5", "6")


class TextPacket(Packet):  # type: ignore[misc]
    """A message without binary parts. The library need not look for any, which took a tenth of a move's time."""

    uses_binary_events = False

    def decode(self, encoded_packet: Any) -> Any:
        # The library would wait for the announced parts and take for them whatever else the socket says.
        if not isinstance(encoded_packet, str) or encoded_packet.startswith(BINARY):
            raise ValueError("Binary messages are refused.")
        return super().decode(encoded_packet)


class FewWords(logging.Filter):
    """Lets one line through a minute, without its traceback: what a socket sends must not fill the disk."""

    def __init__(self) -> None:
        super().__init__()
        self._last = float("-inf")

    def filter(self, record: logging.LogRecord) -> bool:
        if record.created - self._last < SECONDS_BETWEEN_WORDS:
            return False
        self._last = record.created
        record.exc_info = record.exc_text = None
        return True


def logger() -> logging.Logger:
    """Where the socket libraries write of frames that they cannot read."""
    log = logging.getLogger("workshop.wire")
    log.setLevel(logging.ERROR)
    if not log.filters:
        log.addFilter(FewWords())
    return log


def without_compression(application: Any) -> Any:
    """Decline permessage-deflate: it costs a third of the throughput and 100 kB a phone, for small messages."""

    def wrapped(environ: dict[str, Any], start_response: Any) -> Any:
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        return application(environ, start_response)

    return wrapped
