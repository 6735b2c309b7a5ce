"""Where an id belongs: its file follows from it, and whoever minted it elsewhere is told where."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.cards.files import CardFile, Cards
from kg.cards.yaml_reader import Reader
from kg.checks.placement import find_misplaced


def entity_file(folder: Path, name: str, *ids: str, blank: int = 0) -> CardFile:
    """Read an entity file of that name, with so many empty lines before its last entity."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    blocks = [f"  - id: {each}\n    type: Company\n" for each in ids]
    path.write_text("entities:\n" + "".join(blocks[:-1]) + "\n" * blank + blocks[-1], encoding="utf-8")
    tree = Reader(path, f"data/entities/{name}").read()
    assert isinstance(tree, dict)
    return CardFile(path, f"data/entities/{name}", tree)


@pytest.mark.parametrize(
    ("name", "entity", "right"),
    [
        ("company/a.yaml", "company/anhe", None),
        ("company/0-9.yaml", "company/5c", None),
        ("company/a.yaml", "company/bright", "company/b.yaml"),
        ("company/a.yaml", "company/5c", "company/0-9.yaml"),
        ("company.yaml", "company/anhe", "company/a.yaml"),
        ("base.yaml", "base/luming/phase-one", None),
        ("further/base.yaml", "base/luming", "base.yaml"),
        ("company/b.yaml", "base/bright", "base.yaml"),
    ],
)
def test_a_file_follows_from_the_id(tmp_path: Path, name: str, entity: str, right: str | None) -> None:
    cards = Cards(entities=[entity_file(tmp_path, "company/z.yaml", "company/zh"), entity_file(tmp_path, name, entity)])
    fixes = [(finding.code, finding.fix) for finding in find_misplaced(cards)]
    assert fixes == ([("misplaced-id", f"move it to data/entities/{right}")] if right else [])


@pytest.mark.parametrize(("blank", "codes"), [(1990, []), (2000, ["misplaced-id"])])
def test_a_long_file_becomes_a_folder(tmp_path: Path, blank: int, codes: list[str]) -> None:
    cards = Cards(entities=[entity_file(tmp_path, "company.yaml", "company/anhe", "company/bright", blank=blank)])
    found = list(find_misplaced(cards))
    assert [finding.code for finding in found] == codes
    assert all("make a folder company/ of it" in finding.fix for finding in found)
