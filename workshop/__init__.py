"""Eight Dots: dot-voting workshops. docs/architecture.md is the map of the house."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from workshop.settings import Settings


def create_app(settings: Settings) -> Flask:
    """Wire the house together and bring its database up to date. Decides nothing."""
    # Imported here, because `app.py` imports this package before it has patched the standard library.
    import random

    from flask import Flask
    from flask_socketio import SocketIO
    from werkzeug.middleware.proxy_fix import ProxyFix

    from workshop import access, concurrency, languages, migrations, pages, wire
    from workshop.ballot_box import BallotBox
    from workshop.live import Live
    from workshop.pages.house import House
    from workshop.rehearsal import Rehearsals
    from workshop.settings import assets, secret_key
    from workshop.store import Store
    from workshop.timekeeper import Timekeeper

    if not settings.database_url.startswith("sqlite"):
        concurrency.make_psycopg_cooperative(settings.async_mode)
    run_native = concurrency.native_runner(settings.async_mode)
    store = Store(settings.database_url, run_native)
    migrations.upgrade(store.engine)

    app = Flask("eightdots", template_folder=str(assets() / "templates"), static_folder=None)
    app.config.update(
        SECRET_KEY=secret_key(settings),
        PUBLIC_URL=settings.public_url,
        MAX_CONTENT_LENGTH=64 * 1024,
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    spoken = languages.of(settings.translations)
    languages.init_app(app, spoken, pages.language_of_reader)
    access.init_app(app, settings)
    pages.init_app(app)

    socketio = SocketIO(  # type: ignore[call-arg]
        app,
        async_mode=settings.async_mode,  # type: ignore[arg-type]
        # Moves are handled inline, in the socket's own green thread, so that one phone's moves stay in order.
        async_handlers=False,
        serializer=wire.TextPacket,
        manage_session=False,
        cors_allowed_origins=access.is_own_origin,  # type: ignore[arg-type]
        max_http_buffer_size=wire.LARGEST_MESSAGE,
        logger=wire.logger(),
        engineio_logger=wire.logger(),
        http_compression=False,
    )
    box = BallotBox(store)
    live = Live(app, socketio, store, box, spoken)
    chance = random.SystemRandom()
    rehearsals = Rehearsals(
        store,
        box,
        chance,
        socketio.start_background_task,
        socketio.sleep,  # type: ignore[arg-type]
    )
    app.extensions["eightdots"] = House(
        settings,
        store,
        box,
        live,
        rehearsals,
        spoken,
        chance=chance,
        key=app.config["SECRET_KEY"],
        run_native=run_native,
    )
    socketio.start_background_task(box.run)
    socketio.start_background_task(Timekeeper(store, socketio.sleep).run)  # type: ignore[arg-type]

    app.wsgi_app = wire.without_compression(app.wsgi_app)  # type: ignore[method-assign]
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    return app
