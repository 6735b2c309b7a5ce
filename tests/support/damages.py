"""Damage to releases, drawn at random: a bit flipped, a file cut off, a file removed; and clients who ask meanwhile."""

from __future__ import annotations

import os
import random
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.good_clients import ASKED
from tests.support.serving import Server, eventually

__all__ = ["Asking", "Damage", "damaged_copy", "draw_damages", "publish", "refuse", "take"]

SECONDS = 120

_KINDS = ("flip", "flip", "flip", "cut", "removal")
_ASKED = (*ASKED, "/dumps/release.json", "/ontology.ttl", "/api/v1/ask/base-operator?base=base/yanzhou&format=csv")


@dataclass(frozen=True)
class Damage:
    """What is done to which file, and where: a bit of a byte, or the size that is left."""

    kind: str
    name: str
    place: int = 0
    bit: int = 0

    def do(self, folder: Path) -> None:
        """Damage the file where it lies."""
        path = folder / self.name
        if self.kind == "removal":
            path.unlink()
        elif self.kind == "cut":
            os.truncate(path, self.place)
        else:
            with path.open("r+b") as file:
                file.seek(self.place)
                byte = file.read(1)[0]
                file.seek(self.place)
                file.write(bytes([byte ^ (1 << self.bit)]))


def draw_damages(folder: Path, number: int, seed: int) -> Iterator[Damage]:
    """Draw damages of a release; each file is as likely as the others, its first and last byte among the places."""
    chance = random.Random(seed)  # noqa: S311 - what is damaged
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)
    for _ in range(number):
        path, kind = chance.choice(files), chance.choice(_KINDS)
        size = path.stat().st_size
        place = chance.choice((0, size - 1, chance.randrange(size)))
        yield Damage(kind, path.relative_to(folder).as_posix(), place, chance.randrange(8))


def damaged_copy(original: Path, copy: Path, damage: Damage) -> None:
    """Make a copy of a release that differs in one damage; all files but that one are shared."""
    shutil.copytree(original, copy, copy_function=os.link)
    whole, own = original / damage.name, copy / damage.name
    own.unlink()
    shutil.copyfile(whole, own)
    damage.do(copy)


def publish(folder: Path, name: str) -> None:
    """Make a release current, as `kg build` does."""
    link = folder / "current.tmp"
    link.symlink_to(name)
    link.replace(folder / "current")


def refuse(server: Server, name: str, damage: Damage) -> str:
    """Wait until the server says why it does not take a damaged release, and give the reason."""

    def told() -> str:
        reason = str(server.ask("/health").json()["refused"])
        return reason if f"{name}: " in reason else ""

    reason = eventually(told, SECONDS)
    expected = f"{damage.name} {'is missing' if damage.kind == 'removal' else 'was changed'}"
    # What stands in a manifest that is damaged itself is told as the fault of another file.
    assert expected in reason or (reason and damage.name == "MANIFEST.sha256"), (damage, server.ask("/health").body)
    return reason


def take(server: Server, folder: Path, name: str) -> None:
    """Make a good release current, and wait until it is served."""
    publish(folder, name)
    assert eventually(lambda: server.ask("/health").json()["release"] == name, SECONDS), server.ask("/health").body
    assert server.ask("/health").json()["refused"] is None


@dataclass
class Asking:
    """Two clients who ask without pause and compare each answer with the first one, but for the id of the release.

    `others` are answers that are no success; what a good release gives must never be wrong.
    """

    server: Server
    ids: tuple[bytes, ...]
    answers: int = 0
    wrong: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    expected: dict[str, bytes] = field(default_factory=dict)
    _stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Asking:
        self.expected = {path: self._ask(path, "127.0.0.31") or b"" for path in _ASKED}
        assert all(self.expected.values()), self.others
        self._threads = [threading.Thread(target=self._run, args=(f"127.0.0.{31 + n}",)) for n in range(2)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(60)

    def _run(self, source: str) -> None:
        while not self._stop.is_set():
            for path in _ASKED:
                body = self._ask(path, source)
                if body is not None and body != self.expected[path]:
                    self.wrong.append(f"{path}: {body[:200]!r}")
            time.sleep(0.05)

    def _ask(self, path: str, source: str) -> bytes | None:
        """Give an answer with one name for all releases; None where there was none."""
        try:
            reply = self.server.ask(path, source=source)
        except OSError as error:
            self.others.append(f"{path}: {error!r}")
            return None
        self.answers += 1
        if reply.status != 200:
            self.others.append(f"{path}: {reply.status} {reply.body[:200]!r}")
            return None
        body = reply.body
        for one in self.ids:
            body = body.replace(one, b"THE-RELEASE")
        return body
