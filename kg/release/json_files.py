"""What the JSON files of a release must hold: each by a schema, in `files.schema.json`.

A release may be of another version, or of nobody who knows us; its sums only say that it is as it was written. The
schemas are checked by `kg verify`, and before a release is served.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from kg.errors import ReleaseError

__all__ = ["JSON_FILES", "check_json_files", "read_json"]

MOST_BYTES = 512 * 2**20
"""What a JSON file may have; the largest of today has 10 MB."""

_SHOWN = 160


@cache
def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(Path(__file__).with_name("files.schema.json").read_text(encoding="utf-8"))
    return schema


def _names() -> tuple[str, ...]:
    return tuple(name for name in _schema()["$defs"] if name.endswith(".json"))


JSON_FILES: tuple[str, ...] = _names()
"""The JSON files that each release has."""


@cache
def _validator(name: str) -> jsonschema_rs.Draft202012Validator:
    part = name.replace("~", "~0").replace("/", "~1")
    return jsonschema_rs.Draft202012Validator({"$ref": f"#/$defs/{part}", "$defs": _schema()["$defs"]})


def read_json(folder: Path, name: str) -> Any:
    """Read a JSON file of a release, and check it against its schema; raises ReleaseError that says what is wrong."""
    path = folder / name
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ReleaseError(f"{folder}: {name} has over {MOST_BYTES:,} bytes; build the release again")
        given = json.loads(path.read_bytes())
    except OSError as error:
        raise ReleaseError(f"{folder}: {name} cannot be read ({error.strerror}); build the release again") from error
    except (ValueError, RecursionError) as error:
        raise ReleaseError(f"{folder}: {name} is not JSON ({str(error)[:_SHOWN]}); build the release again") from error
    wrong = next(iter(_validator(name).iter_errors(given)), None)
    if wrong is not None:
        place = "/".join(map(str, wrong.instance_path)) or "the whole"
        raise ReleaseError(
            f"{folder}: {name} is not as this kg reads it ({place}: {wrong.message[:_SHOWN]}); build the release again"
        )
    return given


def check_json_files(folder: Path) -> None:
    """Check all JSON files of a release, and that there are no others; raises ReleaseError for the first wrong one."""
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*.json")}
    if strange := sorted(present - set(JSON_FILES)):
        raise ReleaseError(f"{folder}: no release of this kg has {strange[0][:_SHOWN]}; build the release again")
    for name in JSON_FILES:
        read_json(folder, name)
