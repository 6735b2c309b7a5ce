"""Releases that are damaged while clients ask: none is served, each is refused with its reason, a good one is taken."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.workers.test_swap import fork_server_of
from tests.support.damages import Asking, Damage, damaged_copy, draw_damages, publish, refuse, take
from tests.support.serving import Server, eventually, serving_unharmed
from tests.support.soaks import make_named_releases

# The benchmark does five hundred.
DAMAGES = 12
IDS = (b"release-0", b"release-1")


@pytest.fixture
def releases(release_folder: Path, tmp_path: Path) -> Path:
    return make_named_releases(release_folder, tmp_path / "releases", 3)


@pytest.fixture
def server(releases: Path, tmp_path: Path) -> Iterator[Server]:
    with serving_unharmed(releases, tmp_path) as running:
        yield running


def test_damaged_releases_are_refused_while_clients_ask(server: Server, releases: Path) -> None:
    with Asking(server, IDS) as asking:
        for place, damage in enumerate(draw_damages(releases / "release-2", DAMAGES, 5)):
            damaged_copy(releases / "release-2", releases / f"damaged-{place}", damage)
            publish(releases, f"damaged-{place}")
            refuse(server, f"damaged-{place}", damage)
            if place == DAMAGES // 2:
                take(server, releases, "release-1")
        take(server, releases, "release-0")
    assert (asking.wrong, asking.others) == ([], [])
    assert asking.answers > 10 * DAMAGES


@pytest.mark.parametrize("below", ["graph.nq", "names", "networks", "store"])
def test_a_release_that_is_damaged_while_it_is_served_gives_nothing_wrong(
    server: Server, releases: Path, below: str
) -> None:
    served, whole = releases / "release-0", releases / "release-2"
    paths = [path for path in sorted(whole.rglob("*")) if path.is_file() and path.stat().st_size]
    [name, *_] = [one.relative_to(whole).as_posix() for one in paths if f"/{below}" in str(one)]
    with Asking(server, IDS) as asking:
        Damage("flip", name, 20, 3).do(served)
        # New workers open what lies there now.
        os.kill(fork_server_of(server), signal.SIGKILL)
        assert eventually(lambda: server.ask("/health").json()["trouble"], 30)
        assert f"{name} was changed" in server.ask("/health").json()["trouble"]
        if below == "graph.nq":
            reply = server.ask("/dumps/graph.nq")
            assert (reply.status, reply.json()["detail"]) == (
                503, "graph.nq was changed since the release was checked; take another release",
            )  # fmt: skip
        shutil.copyfile(whole / name, served / name)
        assert eventually(lambda: server.ask("/health").json()["trouble"] is None, 60)
        assert server.ask("/dumps/graph.nq").body == (whole / "graph.nq").read_bytes()
    assert asking.wrong == []


def test_another_release_is_taken_in_place_of_one_that_was_damaged(server: Server, releases: Path) -> None:
    with Asking(server, IDS) as asking:
        (releases / "release-0" / "questions.json").write_bytes(b"[]")
        os.kill(fork_server_of(server), signal.SIGKILL)
        assert eventually(lambda: server.ask("/health").json()["trouble"], 30)
        take(server, releases, "release-1")
        assert server.ask("/health").json()["trouble"] is None
        assert server.ask("/api/v1/find?text=catl").status == 200
    assert asking.wrong == []
