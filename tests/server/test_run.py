"""The server as a process: it starts, tells how it is, logs, and stops when told to."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kg.graph
from kg.server.app import make_app
from kg.server.settings import ServerSettings
from kg.server.workers.service import Serving
from tests.support.serving import Server, eventually, port_in, serving


@pytest.fixture(scope="module")
def server(release_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(release_folder, tmp_path_factory.mktemp("server")) as running:
        yield running


def test_health_names_the_release(server: Server, graph: kg.graph.Graph) -> None:
    reply = server.ask("/health")
    assert (reply.status, reply.json()["status"], reply.json()["release"]) == (200, "ok", graph.release.id)


def test_every_answer_has_the_headers_that_protect(server: Server) -> None:
    for path in ("/health", "/metrics", "/sparql", "/nothing", "/sparql?query=SELECT"):
        headers = server.ask(path).headers
        assert headers["access-control-allow-origin"] == "*"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["content-security-policy"] == "default-src 'self'"


def test_a_page_that_is_none_is_told_as_a_problem(server: Server) -> None:
    reply = server.ask("/nothing")
    assert (reply.status, reply.type) == (404, "application/problem+json")
    assert reply.json() == {"title": "Not found", "status": 404, "detail": "no page is called '/nothing'"}


def test_metrics_count_requests_and_workers(server: Server) -> None:
    server.ask("/health")
    text = server.ask("/metrics").body.decode()
    assert 'kg_http_requests_total{route="/health",status="200"}' in text
    assert 'kg_workers{service="sparql",state="ready"}' in text


def test_each_request_is_logged_as_json(server: Server) -> None:
    server.ask("/logged?secret=1")
    [line] = eventually(lambda: [line for line in server.log.read_text("utf-8").splitlines() if "/logged" in line])
    told = json.loads(line)
    assert (told["method"], told["path"], told["status"], told["client"]) == ("GET", "/logged", 404, "127.0.0.1")
    assert told["bytes"] > 0


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_signal_stops_it_and_its_workers(
    release_folder: Path, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    with serving(release_folder, tmp_path) as running:
        running.process.send_signal(number)
        assert running.process.wait(30) == code
        assert "Traceback" not in running.log.read_text(encoding="utf-8")


def test_it_ends_as_told_though_it_was_started_with_interrupts_ignored(release_folder: Path, tmp_path: Path) -> None:
    """As a shell starts what runs in the background (`nohup kg serve &`)."""
    log = tmp_path / "log"
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", "--release", str(release_folder)]
    ignoring = [
        sys.executable,
        "-c",
        "import os, signal, sys; signal.signal(2, 1); os.execv(sys.argv[1], sys.argv[1:])",
    ]
    with log.open("wb") as stream:
        process = subprocess.Popen([*ignoring, *command], stdout=subprocess.DEVNULL, stderr=stream)
    try:
        port_in(log, process)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert "Traceback" not in log.read_text("utf-8")
    finally:
        process.kill()


def test_a_stop_is_in_time_whatever_runs(release_folder: Path, tmp_path: Path) -> None:
    """A thread that nothing ends must not keep the process: it is ended by the kernel after the grace."""
    code = (
        "import sys, threading, time; from kg.server import run; run.STOP_SECONDS, run.LAST_SECONDS = 1, 2;"
        "threading.Thread(target=time.sleep, args=(600,)).start(); from kg.cli import main; main()"
    )
    log = tmp_path / "log"
    flags = ["serve", "--port", "0", "--release", str(release_folder)]
    with log.open("wb") as stream:
        process = subprocess.Popen([sys.executable, "-c", code, *flags], stdout=subprocess.DEVNULL, stderr=stream)
    try:
        port_in(log, process)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) in (0, -signal.SIGALRM)
    finally:
        process.kill()


def failure(*flags: str) -> tuple[int, str]:
    ended = subprocess.run(
        [sys.executable, "-m", "kg", "serve", "--quiet", *flags], capture_output=True, text=True, timeout=60
    )
    return ended.returncode, ended.stderr


def test_a_port_that_is_taken_is_told_in_a_sentence(server: Server, release_folder: Path) -> None:
    code, told = failure("--port", str(server.port), "--release", str(release_folder))
    assert code == 2
    assert told.startswith(f"kg: cannot listen on 127.0.0.1 port {server.port} (Address already in use)")
    assert told.count("\n") == 1


def test_no_release_is_told_in_a_sentence(tmp_path: Path) -> None:
    code, told = failure("--port", "0", "--release", str(tmp_path / "none"))
    assert (code, told) == (1, f"kg: {tmp_path / 'none'}: there is no release; run kg build first\n")


def test_it_says_that_it_serves_once_it_does(tmp_path: Path) -> None:
    (tmp_path / "current").symlink_to("gone")
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", "--release", str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert "serving at" not in ended.stderr
    assert ended.stderr.splitlines()[-1].startswith("kg: ")


def test_the_test_mode_is_for_loopback_only() -> None:
    code, told = failure("--test-mode", "--host", "0.0.0.0", "--port", "0")  # noqa: S104 - it must be refused
    assert code == 2
    assert "loopback" in told


def test_what_the_system_refuses_at_the_start_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async def refuse(_: Serving) -> None:
        raise PermissionError(13, "Permission denied", "python")

    async def start(app: Any) -> None:
        async with app.router.lifespan_context(app):
            raise AssertionError("nothing is served")

    monkeypatch.setattr(Serving, "open", refuse)
    app: Any = make_app(ServerSettings(releases=tmp_path))
    with pytest.raises(PermissionError):
        asyncio.run(start(app._inner))
    assert str(app.state.failure) == "the server cannot start ([Errno 13] Permission denied: 'python')"
