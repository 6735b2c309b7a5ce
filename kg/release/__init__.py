"""Releases: how one is made, opened, verified and described.

A release is a folder that is never changed: store, index of names, networks, manifest. Only `build` loads what reads
cards; opening one loads nothing heavy.
"""

from __future__ import annotations

__all__: list[str] = []
