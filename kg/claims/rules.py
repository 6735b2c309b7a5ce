"""Rules: CONSTRUCT queries in `ontology/rules/`, one a file, each with a title and a reason."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.rdf.namespaces import RULE
from kg.sparql.query_file import read_query_file

__all__ = ["Rule", "read_rules"]


@dataclass(frozen=True)
class Rule:
    """A rule that infers triples of the accepted view."""

    name: str
    title: str
    reason: str
    text: str

    @property
    def iri(self) -> str:
        """The graph that holds what the rule infers."""
        return RULE + self.name


def read_rules(folder: Path) -> list[Rule]:
    """Read the rules of an ontology's `rules/` folder, in order of their names."""
    rules = []
    for path in sorted(folder.glob("*.rq")):
        header, text = read_query_file(path)
        rules.append(Rule(path.stem, header.one("title"), header.one("reason"), text))
    return rules
