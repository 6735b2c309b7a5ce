"""Releases: how one is made, opened, verified and described.

A release is a folder that is never changed: store, index of names, networks, manifest. Only `build` loads what reads
cards; opening one loads nothing heavy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.lazy import load_from

if TYPE_CHECKING:
    from kg.release.dcat import describe_dataset
    from kg.release.release import Release, open_release
    from kg.release.verification import verify

__all__ = [
    "Release",
    "describe_dataset",
    "open_release",
    "verify",
]

__getattr__ = load_from(
    __name__,
    dcat="describe_dataset",
    release="Release open_release",
    verification="verify",
)
