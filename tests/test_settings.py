"""Settings: read once from the environment, with defaults that work in a checkout."""

from __future__ import annotations

import os
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from kg import settings as module
from kg.settings import Settings

ROOT = Path(__file__).parents[1]


def test_a_checkout_needs_no_settings() -> None:
    assert Settings.read({}) == Settings(ROOT / "ontology", ROOT / "data", Path("releases"), ())


def test_the_environment_names_the_folders() -> None:
    documents = os.pathsep.join(("/texts/a", "/texts/b"))
    read = Settings.read({"KG_HOME": "/home/kg", "KG_RELEASES": "/var/kg", "KG_DOCUMENTS": documents})
    assert read == Settings(
        Path("/home/kg/ontology"), Path("/home/kg/data"), Path("/var/kg"), (Path("/texts/a"), Path("/texts/b"))
    )


def test_an_empty_variable_is_no_setting() -> None:
    empty = {"KG_HOME": "", "KG_RELEASES": "", "KG_DOCUMENTS": os.pathsep}
    assert Settings.read(empty) == Settings.read({})


def test_without_a_mapping_the_process_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_RELEASES", "/elsewhere")
    assert Settings.read().releases == Path("/elsewhere")


def test_an_installed_package_brings_its_own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kg" / "share").mkdir(parents=True)
    monkeypatch.setattr(module, "__file__", str(tmp_path / "kg" / "settings.py"))
    assert Settings.read({}).data == tmp_path / "kg" / "share" / "data"


def test_settings_cannot_change_under_way() -> None:
    settings = Settings.read({})
    with pytest.raises(FrozenInstanceError):
        settings.data = Path()  # type: ignore[misc]
