"""The files of an ontology folder: its modules as quads, and the JSON-LD context of the cards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.rdf import BlankNode, Quad
from kg.rdf.io import parse
from kg.rdf.vocab import ONTOLOGY
from kg.regular_file import read_regular

__all__ = ["module_files", "ontology_quads", "parse_turtle", "read_context"]


def module_files(folder: Path) -> list[Path]:
    """The Turtle modules of an ontology folder, without alignments, shapes and examples."""
    return sorted(folder.glob("*.ttl"))


def parse_turtle(path: Path) -> Iterator[Quad]:
    """Parse one Turtle file of ours, naming the file when it is broken."""
    try:
        yield from parse(read_regular(path), "ttl")
    except SyntaxError as error:
        raise InputError(f"{path.name}:{error.lineno}: broken Turtle ({error.msg}); mend it there") from error
    except OSError as error:
        raise InputError(f"{path}: the ontology cannot be read ({error.strerror}); check the folder") from error


def read_context(ontology: Path) -> dict[str, Any]:
    """Read the JSON-LD context of the cards."""
    path = ontology / "context.jsonld"
    try:
        context: dict[str, Any] = json.loads(read_regular(path))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"{path}: the context cannot be read ({error}); run python -m kg.ontology.context") from error
    return context


def ontology_quads(ontology: Path) -> Iterator[Quad]:
    """Give the ontology's modules and alignments as quads of the ontology graph."""
    graph = ONTOLOGY
    for path in [*module_files(ontology), *sorted((ontology / "alignments").glob("*.ttl"))]:
        for quad in parse_turtle(path):
            # A release has no blank nodes: a query's own BNODE() could match them.
            if isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
                raise InputError(f"{path.name}: a blank node is used; give the node an IRI")
            yield Quad(quad.subject, quad.predicate, quad.object, graph)
