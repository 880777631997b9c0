"""Prepares a workshop in the product over HTTP, as its organiser and a participant would."""

import json
import re
import socket
from typing import Any
from urllib.parse import urlsplit

from . import BenchmarkFailure, wire
from .ballot import ALLOWANCE, RESPONSES
from .servers import Product

ORGANISER_LINK = re.compile(r"/o/[\w-]+")


class Browser:
    """Somebody who opens one page after another and posts its forms."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._cookies: dict[str, str] = {}
        self._token = ""

    def open(self, address: str) -> None:
        """Opens a page, wherever that leads, and keeps its token for the next post."""
        answer = self._ask("GET", address)
        while answer.status in (302, 303):
            answer = self._ask("GET", answer.header("location"))
        if answer.status != 200:
            raise BenchmarkFailure(f"{address} was answered {answer.status}: {answer.body[:500]}")
        self._token = answer.csrf_token()

    def post(self, path: str, **fields: str | int) -> Any:
        """Posts a form and returns the JSON that answers it."""
        form = {"csrf_token": self._token} | {name: str(value) for name, value in fields.items()}
        answer = self._ask("POST", path, form, Accept="application/json")
        if answer.status not in (200, 201):
            raise BenchmarkFailure(f"{path} was answered {answer.status}: {answer.body[:500]}")
        return json.loads(answer.body)

    def _ask(self, method: str, address: str, form: dict[str, str] | None = None, **headers: str) -> wire.Answer:
        # A link may carry the public address, which need not be the one that is listened on.
        path = urlsplit(address)._replace(scheme="", netloc="").geturl()
        host = f"127.0.0.1:{self._port}"
        asking = wire.ask(method, path, host, self._cookies, form, Connection="close", **headers)
        received = b""
        with socket.create_connection(("127.0.0.1", self._port), timeout=30) as line:
            line.sendall(asking)
            while (found := wire.Answer.of(received)) is None:
                more = line.recv(65_536)
                if not more:
                    raise BenchmarkFailure(f"{method} {path} was cut off")
                received += more
        self._cookies |= found[0].cookies()
        return found[0]


def open_workshop(product: Product) -> str:
    """The code of a new workshop with RESPONSES responses in which people now vote."""
    product.wait_for(lambda: ORGANISER_LINK.search(product.log()), "shows no organiser's link")
    link = ORGANISER_LINK.search(product.log())
    assert link is not None
    facilitator = Browser(product.port)
    facilitator.open(link[0])
    facilitator.open("/workshops/new")
    opened = facilitator.post(
        "/workshops",
        title="Benchmark",
        prompts="one",
        prompt="What should the peer challenge look at?",
        allowance=ALLOWANCE,
        most_per_response="",
        totals="hidden",
    )
    code: str = opened["code"]
    facilitator.open(opened["links"]["facilitator"])
    facilitator.post(f"/w/{code}/1/phase", **{"from": "draft", "to": "gather"})

    participant = Browser(product.port)
    participant.open(f"/j/{code}")
    participant.post(f"/j/{code}")
    participant.open(f"/w/{code}")
    for number in range(1, RESPONSES + 1):
        participant.post(
            f"/w/{code}/1/responses",
            side="yes" if number % 2 else "no",
            text=f"Response {number}: how digital services are paid for, staffed and looked after",
            op=f"response-{number}",
        )
    facilitator.post(f"/w/{code}/1/phase", **{"from": "gather", "to": "vote"})
    return code
