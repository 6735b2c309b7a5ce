"""Run the server: listen, serve until told to stop, let the requests that run come to their end."""

from __future__ import annotations

import logging
import os
import signal
import socket
from collections.abc import Callable
from dataclasses import replace
from math import ceil
from types import FrameType

import uvicorn

from kg.errors import UsageError
from kg.server.app import make_app
from kg.server.http.bounded_protocol import bounded_protocol
from kg.server.http.connection_table import ConnectionTable
from kg.server.http.limits import raise_open_files
from kg.server.settings import ServerSettings

__all__ = ["listen", "serve"]

STOP_SECONDS = 15
# After the grace for requests, the workers are ended and files closed; then the kernel ends the process.
LAST_SECONDS = 5


def listen(settings: ServerSettings) -> socket.socket:
    """Take the address that the server listens on; raises UsageError when it is taken or is none of this machine."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=2048)
    except (OSError, UnicodeError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
        raise UsageError(
            f"cannot listen on {settings.host} port {settings.port} ({reason}); take another --host or --port"
        ) from error


class _Server(uvicorn.Server):
    """Tells when it serves, and why it could not start by the error itself, not by a trace in the log."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready
        self.is_interrupted = False

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop as told, and see to it that the process ends in time, whatever it does by then."""
        self.is_interrupted |= sig == signal.SIGINT
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(STOP_SECONDS + LAST_SECONDS)
        super().handle_exit(sig, frame)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open the release and begin to take requests."""
        log = logging.getLogger("uvicorn.error")
        log.disabled = True
        try:
            await super().startup(sockets)
            self._ready()
        except SystemExit as error:
            raise getattr(self.config.loaded_app.state, "failure", error) from error
        finally:
            log.disabled = False


def serve(settings: ServerSettings, bound: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until SIGTERM or SIGINT, and call `ready` once requests are answered.

    Raises ReleaseError when there is no release to serve.
    """
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("kg").setLevel(logging.INFO)
    # What clients send wrong is told to them and counted, and is no news in the log.
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    # The protocol of agents writes a trace of each request that it cannot answer, with all that was sent.
    logging.getLogger("mcp").setLevel(logging.CRITICAL)
    limits = replace(settings.limits, connections=raise_open_files(settings.connections))
    table = ConnectionTable(limits, settings.proxies)
    config = uvicorn.Config(
        make_app(settings, table),
        loop="uvloop",
        http=bounded_protocol(table),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=settings.proxies or None,
        timeout_graceful_shutdown=STOP_SECONDS,
        # The protocol has a timer of its own, which ends first.
        timeout_keep_alive=ceil(limits.idle_seconds) + 1,
    )
    # uvicorn raises the signal that stopped it again, at the end; being told to stop is no failure.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    server = _Server(config, ready)
    # The alarm of a stop stays set until the process has ended.
    server.run(sockets=[bound])
    if server.is_interrupted:
        # uvicorn raises the signal again, which does nothing where whoever started us ignores it (`nohup … &`).
        raise KeyboardInterrupt
