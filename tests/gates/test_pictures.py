"""The pictures of the README: they are there, small, and what the Makefile draws them with still draws."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg.cli import run

ROOT = Path(__file__).parents[2]
COMMANDS = re.findall(r"^\t\$\(BIN\)/(kg draw .*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
LARGEST = 300_000


def target(command: str) -> Path:
    words = shlex.split(command)
    return Path(words[words.index("--output") + 1])


def test_every_picture_of_the_readme_is_drawn_by_the_makefile() -> None:
    shown = set(re.findall(r"\]\((docs/pictures/[^)]+\.svg)\)", (ROOT / "README.md").read_text("utf-8")))
    drawn = {str(target(command)) for command in COMMANDS}
    assert shown
    assert shown <= drawn
    assert drawn == {f"docs/pictures/{path.name}" for path in (ROOT / "docs" / "pictures").glob("*.svg")}


def test_a_screenshot_of_the_pages_is_shown_and_small() -> None:
    (shown,) = re.findall(r"\]\((docs/pictures/[^)]+\.png)\)", (ROOT / "README.md").read_text("utf-8"))
    kept = (ROOT / shown).read_bytes()
    assert kept.startswith(b"\x89PNG")
    assert len(kept) < LARGEST


@pytest.mark.parametrize("command", COMMANDS, ids=[target(command).stem for command in COMMANDS])
def test_a_picture_is_small_and_can_be_drawn_anew(
    command: str, wide_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = ROOT / target(command)
    assert kept.stat().st_size < LARGEST
    ElementTree.parse(kept)  # noqa: S314 - our own
    monkeypatch.setenv("KG_RELEASES", str(wide_folder.parent))
    words = shlex.split(command)[1:]
    words[words.index("--output") + 1] = str(tmp_path / kept.name)
    assert run(words) == 0
    assert capsys.readouterr().err == ""
    assert (tmp_path / kept.name).stat().st_size < LARGEST
