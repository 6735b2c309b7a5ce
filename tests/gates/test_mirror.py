"""Tests stand where the code stands that they try: a folder for each package, a place for gates, one for helpers."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
# Gates try the whole repository; support is what tests share.
OWN = {"gates", "support"}


def folders(root: Path) -> set[str]:
    """Name the folders below a root that hold modules."""
    return {path.parent.relative_to(root).as_posix() for path in root.rglob("*.py") if path.parent != root}


def strangers(tests: set[str], packages: set[str]) -> set[str]:
    """Give the folders of tests that no package answers to."""
    return {name for name in tests if name.partition("/")[0] not in OWN} - packages


def untried(tests: set[str], packages: set[str]) -> set[str]:
    """Give the packages right below `kg` that have no folder of tests."""
    return {name for name in packages if "/" not in name} - tests


def test_each_folder_of_tests_is_a_package() -> None:
    assert strangers(folders(ROOT / "tests"), folders(ROOT / "kg")) == set()
    assert strangers({"claims", "claim", "gates"}, {"claims"}) == {"claim"}


def test_each_package_has_a_folder_of_tests() -> None:
    assert untried(folders(ROOT / "tests"), folders(ROOT / "kg")) == set()
    assert untried({"claims"}, {"claims", "cards", "draw/map"}) == {"cards"}
