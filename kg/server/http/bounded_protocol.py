"""The protocol of uvicorn with bounds on what arrives, how slowly, and over how many connections.

uvicorn's parser (httptools) takes whatever comes until a head is whole, and waits for it as long as its client likes.
Here bytes and time are counted beside it. What passes a bound is refused by a problem (RFC 9457) that names the bound,
before any of it reaches the application, and the connection is closed.
"""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from kg.errors import KgError, UsageError
from kg.server.http import refusals
from kg.server.http.connection_table import ConnectionTable
from kg.server.http.problems import Overloaded, RequestTimeout

__all__ = ["BoundedProtocol", "bounded_protocol"]

# What comes after a refusal is thrown away for a moment, so that the client can read why; more of it ends the matter.
LINGER_SECONDS = 2.0
LINGER_BYTES = 1_048_576
# Who reads an answer more slowly than this in `send_seconds` is taken for gone.
LEAST_PROGRESS = 65_536
LOOK_SECONDS = 1.0

_IDLE, _HEAD, _BODY, _ANSWER = "idle", "head", "body", "answer"


class _Stopped(Exception):
    """Ends the parser. No frame of its traceback names it, which would keep what arrived until the next collection."""


class BoundedProtocol(HttpToolsProtocol):
    """One connection of a client: between requests (idle), in a head, in a body, or answering."""

    table: ClassVar[ConnectionTable]

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.limits = self.table.limits
        self.owner = ""
        self.body_size = 0
        self.is_proven = False
        self._phase = _ANSWER
        self._head_size = self._header_size = self._received = self._discarded = 0
        self._running: RequestResponseCycle | None = None
        self._is_closing = False
        self._postponed: Any = None
        self._progress = (0.0, 0)
        self._timer: asyncio.TimerHandle | None = None
        self._send_timer: asyncio.TimerHandle | None = None

    # -----------------------------------------------------------------------------------------------------------------
    # The connection

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, unless there are too many."""
        super().connection_made(transport)
        self.owner = self.table.owner_of(self.client[0] if self.client else "")
        if (refusal := self.table.add(self)) is not None:
            self._is_closing = True
            self._write(refusal, lingers=False)
            return
        self._enter(_IDLE, self.limits.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        super().connection_lost(exc)
        self._disconnect()
        self.table.remove(self)
        self._stop_sending()
        self._postponed = None
        if self._timer is not None:
            self._timer.cancel()
        self._forget()
        # The parser knows its protocol: both would lie in memory until the next collection.
        self.parser = None  # type: ignore[assignment]

    def give_way(self, reason: KgError) -> None:
        """Close for others: with the reason where a request is on its way."""
        if self._phase in (_HEAD, _BODY) and not self._is_closing and not self._is_answering_before():
            self._is_closing = True
            self._write(reason, lingers=False)
        else:
            self._abort()

    def drop(self) -> None:
        """Close at once, and forget what the client has not read."""
        self._abort()

    def shutdown(self) -> None:
        """Let the request come to its end that is being answered; one that is not here yet is not waited for."""
        if self._phase in (_HEAD, _BODY):
            self._refuse(Overloaded("the server stops; try again in a moment", retry_after=5), "")
        else:
            super().shutdown()

    # -----------------------------------------------------------------------------------------------------------------
    # What arrives

    def data_received(self, data: bytes) -> None:
        """Parse what came, as long as it is within its bounds."""
        if self._is_closing:
            self._discarded += len(data)
            if self._discarded > LINGER_BYTES:
                self._abort()
            return
        if self._phase == _IDLE:
            self._enter(_HEAD, self.limits.head_seconds)
        before = self._received
        super().data_received(data)
        if self._phase in (_HEAD, _BODY) and not self._is_closing:
            # The parser joins the pieces of a header anew with each that comes, so their sum is bounded here; headers
            # may stand behind a body in chunks, too.
            self._head_size = self._head_size + len(data) if self._received == before else 0
            if self._head_size > self.limits.target_bytes + self.limits.header_bytes:
                # An address that is too long was stopped by itself.
                self._refuse(*refusals.headers_too_large(self.limits))

    def on_message_begin(self) -> None:
        """Begin to count."""
        super().on_message_begin()
        self._head_size = self._header_size = self._received = 0
        self._enter(_HEAD, self.limits.head_seconds)

    def on_url(self, url: bytes) -> None:
        """Take a piece of the target."""
        super().on_url(url)
        if len(self.url) > self.limits.target_bytes:
            self._stop(*refusals.target_too_long(self.limits))

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header."""
        self._header_size += len(name) + len(value) + 4
        if len(self.headers) >= self.limits.header_count:
            self._stop(*refusals.too_many_headers(self.limits))
        if self._header_size > self.limits.header_bytes:
            self._stop(*refusals.headers_too_large(self.limits))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Begin to answer, unless the body is declared to be too large."""
        declared = next((value for name, value in self.headers if name == b"content-length"), b"0")
        if declared.isdigit() and int(declared) > self.limits.body_bytes:
            self._stop(*refusals.body_too_large(self.limits))
        self._enter(_BODY, self.limits.body_seconds)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a piece of the body."""
        self._received += len(body)
        if self._received > self.limits.body_bytes:
            self._stop(*refusals.body_too_large(self.limits))
        if not self.cycle.response_complete and (refusal := self.table.hold(self, len(body))) is not None:
            self._stop(refusal, "")
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Have all of a request."""
        super().on_message_complete()
        self.table.stop_waiting(self)
        self.is_proven = True
        self._enter(_IDLE if self.cycle.response_complete else _ANSWER, self.limits.idle_seconds)

    def on_response_complete(self) -> None:
        """Be ready for the next request."""
        super().on_response_complete()
        self.table.release(self)
        if self.transport.get_write_buffer_size() > LEAST_PROGRESS:
            # Of a connection that is being closed nothing else tells whether its client reads.
            self._watch_sending()
        if self._phase == _ANSWER and self.cycle.response_complete:
            self._enter(_IDLE, self.limits.idle_seconds)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._running = cycle
        if self.flow.write_paused:
            # Nobody works for who has not read what he has.
            self._postponed = app
        else:
            super()._start_asgi_task(cycle, app)

    # -----------------------------------------------------------------------------------------------------------------
    # What is sent

    def pause_writing(self) -> None:
        """Watch whether the client reads on."""
        super().pause_writing()
        self._watch_sending()

    def resume_writing(self) -> None:
        """Go on, since the client has read."""
        super().resume_writing()
        self._stop_sending()
        if self._postponed is not None and self._running is not None:
            app, self._postponed = self._postponed, None
            self._start_asgi_task(self._running, app)

    def _watch_sending(self) -> None:
        if self._send_timer is None:
            self._progress = self.loop.time(), self.transport.get_write_buffer_size()
            self._check_sending()

    def _check_sending(self) -> None:
        """Count what is not read, and let a client go that does not read on."""
        now, left = self.loop.time(), self.transport.get_write_buffer_size()
        since, before = self._progress
        if left == 0:
            self._stop_sending()
            return
        if before - left >= LEAST_PROGRESS:
            self._progress = now, left
        elif now - since >= self.limits.send_seconds:
            self.table.refusals["send-seconds"] += 1
            self._abort()
            return
        pause = min(LOOK_SECONDS, self.limits.send_seconds)
        self._send_timer = self.loop.call_later(pause, self._check_sending)
        self.table.unread.note(self, left)

    def _stop_sending(self) -> None:
        if self._send_timer is not None:
            self._send_timer.cancel()
            self._send_timer = None
        self.table.unread.forget(self)

    # -----------------------------------------------------------------------------------------------------------------
    # Bounds

    def _enter(self, phase: str, seconds: float) -> None:
        """Begin a phase, which has to end within so many seconds where it waits for the client."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._phase = phase
        if phase == _ANSWER:
            self.table.stop_waiting(self)
            return
        self.table.start_waiting(self, anew=phase != _BODY)
        self._timer = self.loop.call_later(seconds, self._on_late, seconds)

    def _on_late(self, seconds: float) -> None:
        if self._phase == _IDLE:
            # Who has not read the last answer by now will not.
            (self._abort if self.transport.get_write_buffer_size() else self.transport.close)()
        elif self._is_answering_before():
            # Nothing is read while an answer waits for its turn, so that the rest of the next head cannot come.
            self._enter(_HEAD, seconds)
        else:
            reason = f"the {self._phase} of the request was not here after {seconds:g} seconds; send it faster"
            self._refuse(RequestTimeout(reason), f"{self._phase}-seconds")

    def _is_answering(self) -> bool:
        return self._running is not None and not self._running.response_complete

    def _is_answering_before(self) -> bool:
        """Tell whether what is being answered came before what arrives now."""
        return self._is_answering() and (self._phase != _BODY or self._running is not self.cycle)

    def _disconnect(self) -> None:
        """Tell the application that nobody waits any more for the answer that it makes."""
        if self._running is not None and self._is_answering():
            self._running.disconnected = True
            self._running.message_event.set()

    def _forget(self) -> None:
        """Forget what arrived of a head that nobody will answer."""
        self.url, self.headers = b"", []

    def _abort(self) -> None:
        self._disconnect()
        self.transport.abort()

    def _stop(self, refusal: KgError, bound: str) -> None:
        """Refuse a request from within the parser, which ends with the error."""
        self._refuse(refusal, bound)
        raise _Stopped

    def send_400_response(self, msg: str) -> None:
        """Refuse what the parser did not take; what a bound refused has been told already."""
        self._refuse(UsageError(f"this is not HTTP/1.1 as it should be ({msg.rstrip('.').lower()})"), "malformed")

    def _refuse(self, refusal: KgError, bound: str) -> None:
        if self._is_closing:
            return
        self._is_closing = True
        self.table.release(self)
        self._forget()
        if bound:
            self.table.refusals[bound] += 1
        if self._is_answering_before():
            # What came before is answered first, and then the connection ends.
            self.cycle.keep_alive = False
            return
        self._write(refusal, lingers=True)

    def _write(self, refusal: KgError, *, lingers: bool) -> None:
        """Tell why, and close the connection: at once, or after a moment in which the client can read it."""
        if self._running is not None and self._is_answering():
            if self._running.response_started:
                self._abort()
                return
            self._disconnect()
        self.transport.write(refusals.write_refusal(refusal))
        if not lingers:
            self.transport.close()
            return
        if self.transport.can_write_eof():
            self.transport.write_eof()
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self.loop.call_later(LINGER_SECONDS, self._abort)


def bounded_protocol(bounds: ConnectionTable) -> type[asyncio.Protocol]:
    """Make the protocol of a server whose connections stand in a table."""

    class Bound(BoundedProtocol):
        table = bounds

    return Bound
