"""Finds the writer that the registry of formats names for an export: a module of this package, and a function in it."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from kg.formats import Format

__all__ = ["find_writer"]


def find_writer(chosen: Format) -> Callable[..., Any]:
    """Give the writer of a format.

    That of a file takes the source and a stream, and gives notes on what the format could not hold; that of a table
    takes the table, its origin and a stream.
    """
    module, _, function = chosen.writer.partition(".")
    writer: Callable[..., Any] = getattr(importlib.import_module(f"kg.export.{module}"), function)
    return writer
