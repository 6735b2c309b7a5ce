"""The process that worker processes are forked from: it has imported all they need, and runs no thread.

A worker is ready in a tenth of the time that a new Python takes. This process alone starts,
kills and buries workers, so a worker's number can never mean another process. It ends, and
its workers with it, when the server closes the connection or dies.

    python -P -m kg.server.workers.forkserver SOCKET        the number of an inherited socket

It reads lines of JSON: {"start": 7, "service": "sparql", "folder": "…", "state": "…", "nice": 5} with one
end of the worker's connection, {"kill": 7}, {"nice": 7, "by": 19}; it writes {"started": 7, "pid": 4711} and
{"ended": 7, "status": -9} (the exit code, or minus the signal).
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import selectors
import signal
import socket
import sys
from typing import Any, NoReturn

from kg.server.workers.worker import work
from kg.sparql import sandbox

__all__ = ["main"]

MOST_SOCKETS = 32


class ForkServer:
    """Starts, kills and buries workers as the server says."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._workers: dict[int, int] = {}
        self._received = b""
        self._connections: list[int] = []
        self._wake, waker = socket.socketpair()
        for end in (self._wake, waker):
            end.setblocking(False)
        self._waker = waker

    def run(self) -> None:
        """Serve until the server closes the connection."""
        # What was imported is shared with all workers, as long as nobody touches it.
        gc.collect()
        gc.freeze()
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._waker.fileno(), warn_on_full_buffer=False)
        with selectors.DefaultSelector() as selector:
            for end in (self._control, self._wake):
                selector.register(end, selectors.EVENT_READ)
            while True:
                ready = {key.fileobj for key, _ in selector.select()}
                if self._wake in ready:
                    self._wake.recv(4096)
                    self._reap()
                if self._control in ready and not self._read():
                    break
        # Nobody reads any more what a signal would write.
        signal.set_wakeup_fd(-1)
        for pid in self._workers:
            os.kill(pid, signal.SIGKILL)

    def _read(self) -> bool:
        """Read what the server says; False when it has gone."""
        try:
            data, connections, _, _ = socket.recv_fds(self._control, 65_536, MOST_SOCKETS)
        except ConnectionResetError:
            return False
        if not data:
            return False
        self._connections += connections
        *lines, self._received = (self._received + data).split(b"\n")
        for line in lines:
            self._handle(json.loads(line))
        return True

    def _handle(self, order: dict[str, Any]) -> None:
        if "start" in order:
            self._start(order)
            return
        pids = [pid for pid, number in self._workers.items() if number == order.get("kill", order.get("nice"))]
        for pid in pids:
            if "kill" in order:
                os.kill(pid, signal.SIGKILL)
            else:
                # Lower is always allowed; a worker that has just ended needs none.
                with contextlib.suppress(ProcessLookupError):
                    os.setpriority(os.PRIO_PROCESS, pid, order["by"])

    def _start(self, order: dict[str, Any]) -> None:
        connection = socket.socket(fileno=self._connections.pop(0))
        pid = os.fork()
        if pid == 0:
            self._become_worker(connection, order)
        connection.close()
        self._workers[pid] = order["start"]
        self._send({"started": order["start"], "pid": pid})

    def _become_worker(self, connection: socket.socket, order: dict[str, Any]) -> NoReturn:
        code = 1
        try:
            sandbox.die_with_parent()
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for end in (self._control, self._wake, self._waker):
                end.close()
            os.nice(order["nice"])
            # What the engine writes as it dies of a query is no news; the server tells of it.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
            work(connection, order["service"], order["folder"], order["state"])
            code = 0
        except (BrokenPipeError, ConnectionResetError):
            code = 0
        finally:
            os._exit(code)

    def _reap(self) -> None:
        with contextlib.suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if pid == 0:
                    return
                self._send({"ended": self._workers.pop(pid), "status": os.waitstatus_to_exitcode(status)})

    def _send(self, message: dict[str, Any]) -> None:
        # A server that has gone is told by the next read.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self._control.sendall(json.dumps(message).encode("ascii") + b"\n")


def main() -> None:
    """Run the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sandbox.die_with_parent()
    ForkServer(socket.socket(fileno=int(sys.argv[1]))).run()


if __name__ == "__main__":
    main()
