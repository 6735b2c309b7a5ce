"""Reads the kinds of edges of an ontology's `networks/` folder."""

from __future__ import annotations

from pathlib import Path

from kg.errors import InputError
from kg.languages import LANGUAGES
from kg.networks.edges import NETWORKS, EdgeKind
from kg.networks.words import EdgeWords, read_words
from kg.provenance.lineage_parser import parse_lineage
from kg.sparql.query_file import read_query_file

__all__ = ["read_edge_kinds"]


def read_edge_kinds(folder: Path) -> list[EdgeKind]:
    """Read the kinds of edges of an ontology's `networks/` folder, in order of their names."""
    return [_read_edge_kind(path) for path in sorted(folder.glob("*.rq"))]


def _read_edge_kind(path: Path) -> EdgeKind:
    header, text = read_query_file(path)
    network = header.one("network")
    if network not in NETWORKS:
        raise InputError(f"{path.name}: {network!r} is no network; use one of {', '.join(NETWORKS)}")
    return EdgeKind(
        name=path.stem,
        title={"en": header.one("title-en"), "zh": header.one("title-zh")},
        network=network,
        relation=header.one("relation"),
        inverse=next(iter(header.all("inverse")), None),
        words=EdgeWords(
            read_words({language: header.one(f"reads-{language}") for language in LANGUAGES}, path.name),
            read_words({language: header.one(f"majority-{language}") for language in LANGUAGES}, path.name)
            if header.all("majority-en")
            else None,
        ),
        reason=header.one("reason"),
        text=text,
        lineage=parse_lineage(text),
    )
