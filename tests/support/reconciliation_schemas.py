"""The JSON schemas of the Entity Reconciliation API, where they are at hand: they are other people's."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from referencing import Registry
from referencing.jsonschema import DRAFT7

__all__ = ["require_valid"]

SCHEMAS = Path(__file__).parents[3] / "shared" / "conformance" / "reconciliation"


@cache
def _validators(version: str) -> dict[str, Draft7Validator]:
    folder = SCHEMAS / version / "schemas"
    schemas = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))}
    contents = [(schema["$id"], DRAFT7.create_resource(schema)) for schema in schemas.values()]
    registry: Registry[Any] = Registry().with_resources(contents)
    return {name: Draft7Validator(schema, registry=registry) for name, schema in schemas.items()}


def require_valid(version: str, schema: str, value: object) -> None:
    """Validate a value against a schema of a version; skips the test where the schemas are missing."""
    if not SCHEMAS.is_dir():
        pytest.skip("the schemas of the reconciliation API are not at hand")
    errors = [f"{list(error.path)}: {error.message}" for error in _validators(version)[schema].iter_errors(value)]
    assert errors == []
