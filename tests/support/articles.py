"""The data of the articles alone: what part A of the questions was read from, cut from the data of this repository.

Other documents speak of the same bases, so that the wide graph rightly says more than these do.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

__all__ = ["copy_articles"]

DATA = Path(__file__).parents[2] / "data"
ARTICLES = (
    "bs178-jining-may", "dazhong-daily-may", "guian-2023-06-17", "mladies-jining-launch", "shandong-times-60gwh",
    "shunwang-jining-may",
)  # fmt: skip
_ID = re.compile(r"\b[a-z]+/[a-z0-9/-]+")
_BLOCK = re.compile(r"(?m)^(?=  - id: )")
_HOLDERS = re.compile(r"(?:leftEntity|rightEntity): (\S+)")


def copy_articles(data: Path) -> None:
    """Write the articles, the entities they name, those that these name in turn, and the judgements on them."""
    (data / "documents").mkdir(parents=True)
    waiting: list[str] = []
    for slug in ARTICLES:
        (path,) = DATA.glob(f"documents/*/{slug}.yaml")
        shutil.copy(path, data / "documents")
        waiting += _ID.findall(path.read_text(encoding="utf-8"))
    entities = {name: block for _, name, block in _blocks("entities")}
    kept: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in entities and name not in kept:
            kept.add(name)
            waiting += _ID.findall(entities[name])
    _write(data, "entities", lambda name, _: name in kept)
    _write(data, "judgements", lambda _, block: set(_HOLDERS.findall(block)) <= kept)


def _write(data: Path, folder: str, wanted: Callable[[str, str], bool]) -> None:
    """Write the files of a folder with those of their blocks that are wanted."""
    texts: dict[Path, str] = {}
    for path, name, block in _blocks(folder):
        if wanted(name, block):
            texts.setdefault(path, f"{folder}:\n")
            texts[path] += block
    for path, text in texts.items():
        target = data / path.relative_to(DATA)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def _blocks(folder: str) -> Iterator[tuple[Path, str, str]]:
    """Give every entity or judgement as it is written, with its file and its id."""
    for path in sorted((DATA / folder).rglob("*.yaml")):
        for block in _BLOCK.split(path.read_text(encoding="utf-8"))[1:]:
            yield path, block.split(maxsplit=3)[2], block
