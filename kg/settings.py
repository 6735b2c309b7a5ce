"""Where things are: read once from the environment, then frozen and handed down.

KG_HOME       folder that holds `ontology/` and `data/` (default: the checkout, or what the wheel carries)
KG_RELEASES   folder of built releases (default: `releases` in the current folder)
KG_DOCUMENTS  folders with document texts, joined like PATH (default: none)
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Settings"]


@dataclass(frozen=True)
class Settings:
    """The folders that a run works with."""

    ontology: Path
    data: Path
    releases: Path
    documents: tuple[Path, ...] = ()

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings; a mapping may stand in for the process environment."""
        env = os.environ if environment is None else environment
        home = Path(env["KG_HOME"]) if env.get("KG_HOME") else _home()
        documents = tuple(Path(folder) for folder in env.get("KG_DOCUMENTS", "").split(os.pathsep) if folder)
        return cls(home / "ontology", home / "data", Path(env.get("KG_RELEASES") or "releases"), documents)


def _home() -> Path:
    """Find ontology and data: beside the package in a checkout, inside it when installed from a wheel."""
    package = Path(__file__).parent
    carried = package / "share"
    return carried if carried.is_dir() else package.parent
