"""The log of accesses: a line a request, and one line in all where none can be written."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.server.middleware.access_log import AccessEntry, AccessLog

ENTRY = AccessEntry("127.0.0.1", "GET", "/health", 200, 5, 0.001, "r")


def test_each_request_is_a_line(tmp_path: Path) -> None:
    log = AccessLog(str(tmp_path / "log"))
    for _ in range(3):
        log.write(ENTRY)
    log.close()
    log.write(ENTRY)
    lines = (tmp_path / "log").read_text("utf-8").splitlines()
    assert [json.loads(line)["path"] for line in lines] == ["/health"] * 3


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is full")
def test_a_full_disk_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    log = AccessLog("/dev/full")
    with caplog.at_level(logging.ERROR):
        for _ in range(100):
            log.write(ENTRY)
    log.close()
    assert [record.getMessage() for record in caplog.records] == [
        "the access log cannot be written ([Errno 28] No space left on device); lines are lost until it can"
    ]


def test_a_pipe_that_nobody_reads_is_told_at_the_start(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "log")
    with pytest.raises(UsageError, match="is no file; name one, - or none"):
        AccessLog(str(tmp_path / "log"))
    with pytest.raises(UsageError, match="cannot be written"):
        AccessLog(str(tmp_path / "none" / "log"))
