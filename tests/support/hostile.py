"""A small release whose names, titles and figures try to be more than text; the world is that of the good examples."""

from __future__ import annotations

import shutil
from pathlib import Path

from kg.release.build import build
from kg.settings import Settings

__all__ = ["HOSTILE", "hostile_release"]

GOOD = Path(__file__).parents[2] / "ontology" / "examples" / "good"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> {{ 7*7 }} ${7*7} \u202eevil\u202c"
_QUOTED = HOSTILE.replace("'", "''")
_EDITS = {
    "entities/company.yaml": [("en: Example Cells, zh", f"en: '{_QUOTED}', zh")],
    "entities/media.yaml": [("en: Lakeside Herald", f"en: '{_QUOTED} media'")],
    "documents/digest-of-lakeside.yaml": [("en: Lakeside base at a glance", f"en: '{_QUOTED} title'")],
}


def hostile_release(folder: Path) -> Path:
    """Build the release, and give its folder."""
    data = folder / "data"
    shutil.copytree(GOOD, data)
    for name, edits in _EDITS.items():
        text = (data / name).read_text("utf-8")
        for old, new in edits:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        (data / name).write_text(text, "utf-8")
    ontology = GOOD.parents[1]
    return build(Settings(ontology, data, folder / "releases", (data / "texts",)))
