"""A server that acknowledges every move at once and stores nothing: it shows what the load can do.

Where the load reaches no more against this than against the product, the load is what was measured.

    python -m benchmarks.floors.mirror PORT DATABASE
"""

import json
import select
import socket
import struct
import sys

LISTEN_BACKLOG = 4096
SWITCHING = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"


def frame(text: bytes) -> bytes:
    if len(text) < 126:
        return struct.pack("!BB", 0x81, len(text)) + text
    return struct.pack("!BBH", 0x81, 126, len(text)) + text


def texts(received: bytes) -> tuple[list[bytes], bytes]:
    """The unmasked texts of all complete frames, and what is left over."""
    found = []
    while len(received) >= 8:
        start, length = 2, received[1] & 0x7F
        if length == 126:
            start, length = 4, int.from_bytes(received[2:4], "big")
        end = start + 4 + length
        if len(received) < end:
            break
        mask = (received[start : start + 4] * (length // 4 + 1))[:length]
        text = int.from_bytes(received[start + 4 : end], "big") ^ int.from_bytes(mask, "big")
        found.append(text.to_bytes(length, "big"))
        received = received[end:]
    return found, received


def answer(text: bytes) -> bytes:
    if text.startswith(b"40"):
        return frame(b'40{"sid":"mirror"}') + frame(b'42["state",{}]')
    start = text.index(b"[")
    [wish] = json.loads(text[start:])[1]["moves"]
    moved = {"dot": wish["dot"], "op": wish["op"], "outcome": "moved"}
    return frame(b"43" + text[2:start] + json.dumps([{"ok": True, "moves": [moved]}]).encode())


def serve(port: int) -> None:
    listening = socket.create_server(("127.0.0.1", port), backlog=LISTEN_BACKLOG)
    epoll = select.epoll()
    epoll.register(listening, select.EPOLLIN)
    lines: dict[int, socket.socket] = {}
    left: dict[int, bytes] = {}
    while True:
        for number, _ in epoll.poll():
            if number == listening.fileno():
                line, _ = listening.accept()
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                lines[line.fileno()], left[line.fileno()] = line, b""
                epoll.register(line, select.EPOLLIN)
                continue
            received = lines[number].recv(65_536)
            if not received:
                lines.pop(number).close()
            elif received.startswith(b"GET "):
                lines[number].sendall(SWITCHING + frame(b'0{"sid":"mirror"}'))
            else:
                found, left[number] = texts(left[number] + received)
                if found:
                    lines[number].sendall(b"".join(answer(text) for text in found))


if __name__ == "__main__":
    serve(int(sys.argv[1]))
