"""Names are those that the field uses: no identifier is made of words that a reader would not look for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.gates.test_layers import SOURCES, Function, each_module

# Words of our own that stood for a word of the field, which is what a name has instead of them.
FOREIGN = {
    "footing": "lineage", "grounds": "provenance", "testimony": "claim", "portrait": "profile", "portray": "profile",
    "likeness": "similarity", "trait": "property", "traits": "property", "nursery": "supervisor",
    "zygote": "fork server", "mourn": "exit", "bury": "reap", "obey": "handle", "screening": "prefilter",
    "tie": "edge", "ties": "edges", "stretch": "window", "lettering": "text", "belongings": "scope",
    "told": "what it holds", "tell": "report", "telling": "report", "said": "what it holds", "held": "what it holds",
    "heard": "what it holds", "hear": "read", "asked": "query",
}  # fmt: skip

# Where such a word is the field's own, or public: by module, the name, and why.
EXCEPTIONS = {
    # A draw between claims, which the ontology calls so (`kg:Tie`).
    "claims.accepted_view": {"ties"},
    "checks.check": {"tie"},
    # A field of a request, which is public in OpenAPI.
    "server.api.models": {"traits"},
}

# Names of modules that say no more than that something is in them.
EMPTY = frozenset({"common", "helpers", "misc", "plain", "results", "stuff", "util", "utils", "verbs"})


def words_of(name: str) -> set[str]:
    """Take a name apart: `_tie_words`, `TieKind` and `NO_TIES` have two words each."""
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


def names_made(source: str) -> Iterator[str]:
    """Give the names that a module makes: of functions, classes, parameters, variables and attributes."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Function | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def foreign_names(source: str) -> set[str]:
    return {name for name in names_made(source) if words_of(name) & FOREIGN.keys()}


@each_module
def test_names_are_those_of_the_field(name: str) -> None:
    assert foreign_names(SOURCES[name]) == EXCEPTIONS.get(name, set())
    assert not words_of(name) & FOREIGN.keys()


@pytest.mark.parametrize(
    "bad",
    [
        "class TieKind: ...",
        "def _tell(message): ...",
        "def find(*, asked): ...",
        "_NO_TIES = ()",
        "for told in rows: ...",
        "self.traits = 1",
        "rows = [held for held in found]",
        "if (said := read()): ...",
    ],
)
def test_a_foreign_name_is_seen(bad: str) -> None:
    assert len(foreign_names(bad)) == 1
    assert foreign_names("'told'\nx = graph.ties\nproperties = titled(untold=1)") == set()


@each_module
def test_a_module_is_named_after_what_is_in_it(name: str) -> None:
    assert not names_nothing(name)


def names_nothing(module: str) -> bool:
    return module.rpartition(".")[2] in EMPTY


def test_a_module_whose_name_says_nothing_is_seen() -> None:
    assert names_nothing("operations.plain")
    assert names_nothing("server.util")
    assert not names_nothing("mcp.pagination")
