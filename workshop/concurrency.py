"""What differs between eventlet, gevent and threads, and nothing else.

Once `patch` has run, the standard library's locks, queues and sleeps belong to the mode, so the rest of the house is
written for threads. eventlet is what Eight Dots runs on by default; it is in maintenance, and leaving it is the
setting `EIGHTDOTS_ASYNC_MODE`.
"""

from __future__ import annotations

import contextlib
import errno
import resource
import signal
import socket
import warnings
from collections.abc import Callable, Iterable
from typing import Any

MODES = ("eventlet", "gevent", "threading")

# A room of people scans one code in the same second; the usual backlog of 50 makes them wait for retries.
BACKLOG = 4096

# Each holds a green thread; beyond it, connections wait in the backlog.
MOST_CONNECTIONS = 20_000

# How long to wait, in seconds, for somebody to leave where there is no room for another connection.
NO_ROOM_PAUSE = 0.1

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def patch(mode: str) -> None:
    """Make the standard library cooperative. Must run before anything else is imported that uses it."""
    if mode == "eventlet":
        with warnings.catch_warnings():
            # Its notice of retirement is known, and the reason why only this module names it.
            warnings.filterwarnings("ignore", r"\s*Eventlet is deprecated")
            import eventlet
        eventlet.monkey_patch()
    elif mode == "gevent":
        from gevent import monkey

        monkey.patch_all()


def make_psycopg_cooperative(mode: str) -> None:
    """Let other green threads run while PostgreSQL answers."""
    if mode == "eventlet":
        from eventlet.support import psycopg2_patcher

        psycopg2_patcher.make_psycopg_green()
    elif mode == "gevent":
        import psycopg2.extensions
        from gevent.socket import wait_read, wait_write

        def wait(connection: Any) -> None:
            while (state := connection.poll()) != psycopg2.extensions.POLL_OK:
                (wait_read if state == psycopg2.extensions.POLL_READ else wait_write)(connection.fileno())

        psycopg2.extensions.set_wait_callback(wait)


def native_runner(mode: str) -> Callable[[Callable[[], Any]], Any]:
    """A function that runs another in a native thread and waits for it without holding up the green ones.

    For the calls that block in C, such as a disk's fsync.
    """
    if mode == "eventlet":
        from eventlet import tpool

        return lambda work: tpool.execute(work)
    if mode == "gevent":
        import gevent

        return lambda work: gevent.get_hub().threadpool.apply(work)
    return lambda work: work()


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Connections inherit TCP_NODELAY: an answer of a few bytes must not wait for more."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.bind((host, port))
    listener.listen(BACKLOG)
    _make_room()
    return listener


def _make_room() -> None:
    """Use as many connections as the system allows: the usual 1,024 are too few for a room of phones."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):  # Some systems name a limit that they do not grant.
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def serve(mode: str, listener: socket.socket, application: Application) -> None:
    """Answer requests on `listener` until the process is told to stop. Nobody's address is written down."""
    if mode == "eventlet":
        _serve_with_eventlet(listener, application)
    elif mode == "gevent":
        _serve_with_gevent(listener, application)
    else:
        _serve_with_threads(listener, application)


def _serve_with_eventlet(listener: socket.socket, application: Application) -> None:
    import eventlet
    from eventlet import wsgi

    class Quiet(wsgi.HttpProtocol):  # type: ignore[misc]
        def log_message(self, *_: Any) -> None:
            pass

    accept = listener.accept

    def patient_accept() -> Any:
        """Accept, whatever happens to one connection: eventlet would end the server, or quietly stop accepting."""
        while True:
            try:
                return accept()
            except OSError as error:
                if error.errno == errno.EBADF:
                    raise
                eventlet.sleep(NO_ROOM_PAUSE)

    # Python raises Ctrl+C in whichever green thread runs, and some of the library's would swallow it.
    main = eventlet.getcurrent()
    signal.signal(signal.SIGINT, lambda *_: eventlet.kill(main, KeyboardInterrupt))
    listener.accept = patient_accept  # type: ignore[method-assign]
    wsgi.server(
        listener,
        application,
        protocol=Quiet,
        custom_pool=eventlet.GreenPool(MOST_CONNECTIONS),
        log_output=False,
        debug=False,
        socket_timeout=60,
        keepalive=30,
    )


def _serve_with_gevent(listener: socket.socket, application: Application) -> None:
    import gevent
    from gevent.pywsgi import WSGIServer

    server = WSGIServer(listener, application, log=None, error_log=None)
    gevent.signal_handler(signal.SIGINT, server.stop)
    server.serve_forever()


def _serve_with_threads(listener: socket.socket, application: Application) -> None:
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Quiet(WSGIRequestHandler):
        protocol_version = "HTTP/1.1"

        def log(self, *_: Any) -> None:
            pass

    host, port = listener.getsockname()[:2]
    make_server(host, port, application, threaded=True, request_handler=Quiet, fd=listener.fileno()).serve_forever()
