"""Match three lists of names, with the truth by hand, by `kg match` and by rapidfuzz beside it, on the same rows.

    python benchmarks/match_lists.py [RELEASE]

The lists are in `benchmarks/matching`: official names of Chinese companies, names in short, names as registers abroad
have them; among them names of companies that are not in the graph, most of them near ones. A match is what can be taken
unseen. rapidfuzz (WRatio, on names without the legal form by cleanco) takes its best candidate from a score on; the
score is the one with the fewest faults on all three lists, so that it is shown at its best.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from cleanco import basename
from rapidfuzz import fuzz, process

import kg
from kg.matching.matcher import Wanted
from kg.names.normalize import normalize
from kg.rdf.namespaces import shorten
from kg.rdf.store import facts
from kg.rdf.vocab import RDF_TYPE, RDFS_LABEL, SKOS_ALT_LABEL, VIEW
from kg.rdf.vocab import kg as term

LISTS = Path(__file__).parent / "matching"

Rows = list[tuple[str, str]]
Match = Callable[[str], str]


def read(name: str) -> Rows:
    """Read a list: names, each with the id that it means, or '' for none."""
    with (LISTS / f"{name}.csv").open(encoding="utf-8") as file:
        return [(row["name"], row["right"]) for row in csv.DictReader(file)]


def score(rows: Rows, match: Match) -> tuple[int, int, int]:
    """Count the rows matched rightly, those matched falsely, and those that mean a company of the graph."""
    found = [(match(name), right) for name, right in rows]
    rightly = sum(bool(right) and one == right for one, right in found)
    return rightly, sum(bool(one) and one != right for one, right in found), sum(bool(right) for _, right in rows)


def names_of_companies(graph: kg.Graph) -> dict[str, str]:
    """Give every name of a company, as it is compared, with its id."""
    store, names = graph.release.store, {}
    for kind in graph.schema.classes:
        if graph.schema.is_a(kind, "Company"):
            for fact in facts(store, None, RDF_TYPE, term(kind), VIEW):
                for predicate in (SKOS_ALT_LABEL, RDFS_LABEL):
                    for held in facts(store, fact.subject, predicate, None, VIEW):
                        names[compared(held.object.value)] = shorten(fact.subject.value)
    return names


def compared(name: str) -> str:
    """Give a name without its legal form, in the writing in which names are compared."""
    return normalize(basename(name) or name)


def by_rapidfuzz(names: dict[str, str], cutoff: float) -> Match:
    """Give a matcher that takes the best by rapidfuzz."""

    def match(name: str) -> str:
        """Give the id of the best, or ''."""
        best = process.extractOne(compared(name), names.keys(), scorer=fuzz.WRatio, score_cutoff=cutoff)
        return names[best[0]] if best else ""

    return match


def by_kg(graph: kg.Graph) -> Match:
    """Give the matcher that the commands have."""

    def match(name: str) -> str:
        """Give the id of the match, or ''."""
        found = graph.match(Wanted(name, ("Company",), strict="any", limit=1))
        return found[0].entity if found and found[0].match else ""

    return match


def faults(lists: Iterable[Rows], match: Match) -> int:
    """Count what is false or missed."""
    scored = [score(rows, match) for rows in lists]
    return sum(falsely + meant - rightly for rightly, falsely, meant in scored)


def main() -> None:
    """Show the figures of each list."""
    graph = kg.open(sys.argv[1] if len(sys.argv) > 1 else None)
    lists = {name: read(name) for name in ("official", "short", "foreign")}
    names = names_of_companies(graph)
    cutoff = min((80, 85, 90, 95, 100), key=lambda at: faults(lists.values(), by_rapidfuzz(names, at)))
    print(f"{'list':9} {'rows':>5} {'matcher':22} {'recall':>7} {'false':>6}")
    for name, rows in lists.items():
        for called, match in (("kg", by_kg(graph)), (f"rapidfuzz from {cutoff}", by_rapidfuzz(names, cutoff))):
            rightly, falsely, meant = score(rows, match)
            print(f"{name:9} {len(rows):5} {called:22} {rightly / meant:7.1%} {falsely:6}")


if __name__ == "__main__":
    main()
