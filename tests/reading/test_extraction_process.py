"""The child that takes documents apart has no network, and says what is missing."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from kg.reading.extraction_process import extract
from kg.sparql.runner import child_environment

_NO_NETWORK = """
import sys, socket
sys.argv = ["x", str(1 << 30), "20", "1000000"]
sys.stdin = open(sys.argv[0] if False else "/dev/null")
import kg.reading.extraction_process as process
def try_to_connect(data, longest):
    try:
        socket.socket()
    except OSError as error:
        return {"error": "refused"}
    return {"error": "connected"}
process._answer = try_to_connect
process.main()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's filter is of Linux")
def test_the_child_opens_no_connection() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _NO_NETWORK], env=child_environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout == '{"error": "refused"}'
    # Here, where nothing was given up, it could.
    socket.socket().close()


def test_a_text_is_read_without_network_or_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("it opens something")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(Path, "open", refuse)
    assert extract(b"Signed on 5 May 2024.").text == "Signed on 5 May 2024."
