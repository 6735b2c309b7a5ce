"""Public names of a package, each loaded with the module that defines it only when it is asked for (PEP 562).

So `from kg.claims import read_ledger` works, and importing one module of a package does not load the others.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

__all__ = ["load_from"]


def load_from(package: str, **modules: str) -> Callable[[str], Any]:
    """Make the `__getattr__` of a package from its modules, each with the names that it gives.

    A name that a module shares with what it defines (`kg.checks.check`) cannot be given so: it is the module's.

    >>> load_from("kg.rdf", namespaces="expand shorten")("shorten")("https://w3id.org/zerocarbon/id/base/guian")
    'base/guian'
    """
    homes = {name: module for module, names in modules.items() for name in names.split()}

    def load(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{package}.{homes[name]}"), name)

    return load
